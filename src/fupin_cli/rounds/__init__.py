"""The ledger of cleaning rounds: doubts, answers, status history (docs/contracts.md, "Rounds")."""

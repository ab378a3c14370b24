"""Typed tables and raw cells in; cells that are to be repaired out (docs/contracts.md, "Repairs")."""

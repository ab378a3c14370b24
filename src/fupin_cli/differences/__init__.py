"""Tables of two datasets in; what differs between them out (docs/contracts.md, "Two datasets")."""

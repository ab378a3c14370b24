"""Tables of two datasets in; what differs between them out (docs/contracts.md, "Two datasets")."""

from fupin_cli.differences.records import records
from fupin_cli.differences.sides import Facing, Pairing, Sides, kinds, known, relation

__all__ = ["Facing", "Pairing", "Sides", "kinds", "known", "records", "relation"]

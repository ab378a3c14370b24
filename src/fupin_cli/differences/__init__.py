"""Tables of two datasets in; what differs between them out (docs/contracts.md, "Two datasets")."""

from fupin_cli.differences.differ import differ
from fupin_cli.differences.pairing import facings, pair
from fupin_cli.differences.records import records
from fupin_cli.differences.sides import Facing, Pairing, Sides, kinds, known, relation

__all__ = ["Facing", "Pairing", "Sides", "differ", "facings", "kinds", "known", "pair", "records", "relation"]

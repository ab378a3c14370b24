"""Editions of one registry, judged one after the other → who came and went, how income moved, and single lines."""

from fupin_cli.trends.kept import Kept, keep
from fupin_cli.trends.lines import lines_of
from fupin_cli.trends.moves import flows, passages
from fupin_cli.trends.sums import incomes, shifts

__all__ = ["Kept", "flows", "incomes", "keep", "lines_of", "passages", "shifts"]

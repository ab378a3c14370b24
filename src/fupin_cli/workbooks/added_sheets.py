"""Sheets that are to stand behind those of a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fupin_cli.workbooks.spliced import NewCell


@dataclass(frozen=True, slots=True)
class AddedSheet:
    """A sheet to be added; its rows are taken once, one after the other, as they are written."""

    name: str  # made legal and unique: see `free_name`
    rows: Iterable[Sequence[NewCell | str | int | None]]  # from row 1 and column A on; a cell has no note here
    widths: Sequence[float]  # of the columns from A on, in characters
    frozen: int = 1  # rows that stay in sight, the last of them the heading
    filtered: bool = True  # the heading has filter buttons

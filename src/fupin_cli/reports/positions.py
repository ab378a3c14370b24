"""A Place in; how a program points at it out: the file as seen from the working folder, a line and a column."""

import re
from pathlib import Path

from fupin_cli.model.place import Place, column_index

_CELL = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]*)")


def from_here(file: Path) -> Path:
    """Return the path from the working folder for a file under it, else the path as it was given."""
    here = Path.cwd()
    return file.relative_to(here) if file.is_absolute() and file.is_relative_to(here) else file


def position(place: Place) -> tuple[int | None, int | None]:
    """Return row and column, both counted from 1; None for what the place does not have.

    A text table has lines, but what stands in its third field is not in the third column of characters: no column.
    """
    cell = _CELL.fullmatch(place.cells[0]) if place.cells else None
    row = place.row or (int(cell[2]) if cell else None)
    return row, column_index(cell[1]) + 1 if cell and place.sheet else None

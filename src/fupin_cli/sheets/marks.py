"""What the reader library does not tell of a sheet: odd cells and hidden parts. A record the scanners fill."""

import re
from typing import Any, NamedTuple

from msgspec import Struct, field

from fupin_cli.model.place import column_index
from fupin_cli.model.sheet import Kind


class Odd(NamedTuple):
    """A cell that calamine gives as blank: an error, or a formula that was saved without a value."""

    text: str
    kind: Kind


class Marks(Struct):
    """Odd cells, hidden parts and the outline of one sheet. Rows and columns count from 0 here."""

    cells: dict[int, dict[int, Odd]] = field(default_factory=dict)  # row → column → cell
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)  # where calamine tells none
    rows: int = 0  # 1 + the last row that may hold a cell
    columns: int = 0  # 1 + the last column that may hold a cell
    cell_count: int = 0

    def put(self, row: int, column: int, odd: Odd) -> None:
        """Remember an odd cell."""
        self.cells.setdefault(row, {})[column] = odd


DENSE_BOX = 100_000_000  # cells; the whole box from the first used cell to the last is laid out


def is_sparse(rows: int, columns: int, cell_count: int) -> bool:
    """Whether a few cells lie so far apart that the box around them is not to be laid out."""
    box = rows * columns
    return box > DENSE_BOX and box > 20 * cell_count


_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


def position(reference: str) -> tuple[int, int] | None:
    """Row and column, counted from 0, of a reference such as `O12`; None when it is none."""
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]) - 1, column_index(match[1])) if match and int(match[2]) > 0 else None


def hide_columns(marks: Marks, attributes: dict[str, Any]) -> None:
    """Mark the columns of a `col` element that hides them."""
    first, last = str(attributes.get("min", "")), str(attributes.get("max", ""))
    if attributes.get("hidden") in ("1", "true") and first.isdecimal() and last.isdecimal():
        marks.hidden_columns.update(range(int(first) - 1, min(int(last), 16_384)))

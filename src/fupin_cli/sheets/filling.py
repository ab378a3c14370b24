"""Rows of cells in, wherever they stand; one loaded Sheet with its merges and hidden parts out."""

import datetime
from collections.abc import Callable, Mapping
from itertools import repeat
from pathlib import Path

from fupin_cli.model.sheet import Merge, Sheet
from fupin_cli.sheets.grid import CHUNK_CELLS, Loader
from fupin_cli.sheets.marks import Odd, is_sparse
from fupin_cli.sheets.refusals import refuse

Value = str | float | bool | datetime.date | datetime.time | datetime.timedelta | Odd
Range = tuple[int, int]  # first and last

MOST_REPEATED = 20_000_000  # cells that one sheet may state by a number of repetitions
_WIDEST = 1 << 16  # columns; LibreOffice and Excel have 16 384
_GAP = 100  # blank rows that are laid out rather than begin a chunk of their own


class Filling:
    """One sheet while it is read. Rows count from 1 as Excel shows them, columns from 0; rows come in their order.

    What is formatted for a million rows and holds nothing costs nothing: merges and hidden ranges beyond the last row
    and column with content are not kept.
    """

    def __init__(self, path: Path, name: str, open_loader: Callable[[], Loader]) -> None:
        self.name = name
        self.hidden = False
        self._path = path
        self._open_loader = open_loader
        self._loader: Loader | None = None
        self._rows: dict[int, Mapping[int, Value]] = {}
        self._width, self._last, self._count, self._repeated = 0, 0, 0, 0
        self._merges: list[tuple[Merge, int]] = []
        self._hidden_rows: list[Range] = []
        self._hidden_columns: list[Range] = []

    @property
    def is_blank(self) -> bool:
        """Whether no cell has come yet."""
        return not self._count

    def put(self, row: int, cells: Mapping[int, Value], times: int = 1) -> None:
        """Take the cells of a row, none of them blank; the same stand in the `times - 1` rows below.

        Raises:
            InputError: rows out of order, a few cells far apart, or too many by repetition.
        """
        if not cells:
            return
        if row <= self._last:
            raise refuse(self._path, "damaged", "XML")
        if self._loader is None:
            self._loader = self._open_loader()
        self._measure(row + times - 1, 1 + max(cells), len(cells) * times)
        if times > 1:
            self._repeat(len(cells) * times)
        for number in range(row, row + times):
            self._rows[number] = cells
            if len(self._rows) * self._width >= CHUNK_CELLS:
                self._flush()

    def merge(self, merge: Merge, times: int = 1) -> None:
        """Note a merged range; the same stands in the `times - 1` rows below."""
        self._merges.append((merge, times))

    def hide_rows(self, first: int, last: int) -> None:
        """Note hidden rows."""
        self._hidden_rows.append((first, last))

    def hide_columns(self, first: int, last: int) -> None:
        """Note hidden columns."""
        self._hidden_columns.append((first, last))

    def repeat_across(self, row: int, column: int, times: int) -> None:
        """Note that `times` cells of a row, from `column` on, are one cell repeated.

        Raises:
            InputError: too far, or too many.
        """
        if column + times > _WIDEST:
            raise refuse(self._path, "sparse", self.name, row, column + times)
        self._repeat(times)

    def finish(self) -> Sheet:
        """Load what is left and tell of the sheet."""
        loader = self._loader or self._open_loader()
        self._loader = loader
        self._flush()
        extent = loader.extent
        return Sheet(
            file=self._path,
            name=self.name,
            relation=loader.relation,
            width=extent.width,
            row_count=extent.row_count,
            last_row=extent.last_row,
            merges=tuple(
                sorted(self._told_merges(extent.last_row), key=lambda told: (told.first_row, told.first_column))
            ),
            hidden=self.hidden,
            hidden_rows=_within(self._hidden_rows, extent.last_row),
            hidden_columns=_within(self._hidden_columns, extent.width - 1),
            kinds=extent.kinds,
        )

    def _measure(self, last: int, width: int, count: int) -> None:
        self._last, self._width, self._count = last, max(self._width, width), self._count + count
        if is_sparse(self._last, self._width, self._count):
            raise refuse(self._path, "sparse", self.name, self._last, self._width)

    def _repeat(self, cells: int) -> None:
        self._repeated += cells
        if self._repeated > MOST_REPEATED:
            raise refuse(self._path, "repeated", self.name, MOST_REPEATED)

    def _flush(self) -> None:
        if self._loader is None or not self._rows:
            return
        first, blank, chunk = next(iter(self._rows)), [""] * self._width, list[list[Value]]()
        for number, cells in self._rows.items():
            if number - first - len(chunk) > _GAP:
                self._loader.add(first, chunk)
                first, chunk = number, []
            chunk.extend(repeat(list(blank), number - first - len(chunk)))
            row: list[Value] = list(blank)
            for column, value in cells.items():
                row[column] = value
            chunk.append(row)
        self._loader.add(first, chunk)
        self._rows = {}

    def _told_merges(self, last_row: int) -> list[Merge]:
        return [
            Merge(merge.first_row + below, merge.last_row + below, merge.first_column, merge.last_column)
            for merge, times in self._merges
            for below in range(min(times, last_row - merge.first_row + 1))
        ]


def _within(ranges: list[Range], last: int) -> frozenset[int]:
    return frozenset(index for low, high in ranges for index in range(low, min(high, last) + 1))

"""Turn a grid into boxes, a merged range being one, by the row they begin in: what forms are read from."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.model.place import letter
from fupin_cli.model.sheet import Kind, Merge
from fupin_cli.tables.grid import Grid


class Box(Struct, frozen=True):
    """A cell that is not blank, or a merged range; rows as Excel shows them, columns counted from 0."""

    top: int
    bottom: int
    left: int
    right: int
    text: str
    kind: Kind

    @property
    def address(self) -> str:
        """Where its text stands: "C5"."""
        return f"{letter(self.left)}{self.top}"


_KINDS = tuple(Kind)  # by number: asking the enumeration is ten times as long
Rows = dict[int, tuple[Box, ...]]


def boxes_of(grid: Grid) -> Rows:
    """Return the boxes of every row that begins some, from left to right."""
    merges = {(merge.first_row, merge.first_column): merge for merge in grid.merges}
    return {row: found for row in grid.raw if (found := tuple(_boxes(grid, row, merges)))}


def texts_of(rows: Rows) -> set[str]:
    """Return the different texts of all boxes: far fewer than boxes where records stand."""
    return {box.text for boxes in rows.values() for box in boxes}


def _boxes(grid: Grid, row: int, merges: dict[tuple[int, int], Merge]) -> Iterator[Box]:
    kinds = grid.kinds[row]
    for column, text in enumerate(grid.raw[row]):
        if text is None:
            continue
        merge = merges.get((row, column)) if merges else None
        if merge is None and (row, column) in grid.merged:
            continue  # hidden behind another cell's text
        last_row, last_column = (merge.last_row, merge.last_column) if merge else (row, column)
        yield Box(row, last_row, column, last_column, text, _KINDS[kinds[column]])


def rows_between(grid: Grid, first: int, last: int) -> Grid:
    """Return a part of a grid."""
    return replace(
        grid,
        raw={row: texts for row, texts in grid.raw.items() if first <= row <= last},
        kinds={row: kinds for row, kinds in grid.kinds.items() if first <= row <= last},
        filled={row: texts for row, texts in grid.filled.items() if first <= row <= last},
        merges=tuple(merge for merge in grid.merges if merge.first_row <= last and merge.last_row >= first),
    )

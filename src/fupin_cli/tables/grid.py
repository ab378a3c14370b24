"""Turn some rows of a sheet into a small grid of texts with merged cells filled: where headings are looked for."""

from collections.abc import Iterable

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Kind, Merge, Sheet

Texts = tuple[str | None, ...]


class Grid(Struct, frozen=True):
    """Rows of a sheet by Excel's number."""

    width: int
    raw: dict[int, Texts]  # as stored; blank rows are absent
    kinds: dict[int, tuple[int, ...]]
    filled: dict[int, Texts]  # every cell of a merged range holds the range's text; blank rows are absent
    merges: tuple[Merge, ...]  # those that touch these rows
    merged: frozenset[tuple[int, int]]  # cells inside merged ranges

    def row(self, number: int) -> Texts:
        """Return a row with merged cells filled; all blank when there is none."""
        return self.filled.get(number) or (None,) * self.width

    def distinct(self, number: int) -> list[str]:
        """Return the different texts of a row, from left to right."""
        return list(dict.fromkeys(text for text in self.row(number) if text))


def read_grid(engine: Engine, sheet: Sheet, first: int, last: int, rows: int = 80) -> Grid:
    """Read the rows that are not blank between two of Excel's row numbers, at most `rows` of them."""
    columns = [f'"c{i}"' for i in range(sheet.width)] + [f'"k{i}"' for i in range(sheet.width)]
    wanted = f'SELECT "r" FROM "{sheet.relation}" WHERE "r" BETWEEN ? AND ? ORDER BY "r" LIMIT {rows}'
    ((end,),) = engine.rows(f'SELECT max("r") FROM ({wanted})', (first, last))  # one column is sorted, not all
    found = engine.rows(
        f'SELECT "r", {", ".join(columns)} FROM "{sheet.relation}" WHERE "r" BETWEEN ? AND ? ORDER BY "r"', (first, end)
    )
    raw: dict[int, Texts] = {}
    kinds: dict[int, tuple[int, ...]] = {}
    blank = Kind.BLANK
    for number, *cells in found:
        raw[number] = tuple([text.strip() or None if text else None for text in cells[: sheet.width]])
        kinds[number] = tuple([kind or blank for kind in cells[sheet.width :]])
    end = max(raw, default=first - 1)
    merges = tuple(merge for merge in sheet.merges if merge.first_row <= end and merge.last_row >= first)
    return Grid(sheet.width, raw, kinds, _fill(raw, merges, sheet.width), merges, _inside(merges, first, end))


def _fill(raw: dict[int, Texts], merges: Iterable[Merge], width: int) -> dict[int, Texts]:
    filled = {number: list(texts) for number, texts in raw.items()}
    end = max(raw, default=0)
    for merge in merges:
        texts = raw.get(merge.first_row)
        text = texts[merge.first_column] if texts and merge.first_column < width else None
        if text is None:
            continue
        for number in range(merge.first_row, min(merge.last_row, end) + 1):
            row = filled.setdefault(number, [None] * width)
            row[merge.first_column : merge.last_column + 1] = [text] * (
                min(merge.last_column, width - 1) - merge.first_column + 1
            )
    return {number: tuple(texts) for number, texts in sorted(filled.items())}


def _inside(merges: Iterable[Merge], first: int, end: int) -> frozenset[tuple[int, int]]:
    return frozenset(
        (row, column)
        for merge in merges
        for row in range(max(first, merge.first_row), min(end, merge.last_row) + 1)
        for column in range(merge.first_column, merge.last_column + 1)
    )

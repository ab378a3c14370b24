"""Rows and columns → the cells they were read from, and the text that stands in them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import compress

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.place import Place, Role
from fupin_cli.model.table import Layout, Mapped, Tables

FAR = 1_000_000_000  # a household value's place is source × FAR + row
At = tuple[int, int]  # source, Excel row
Wanted = dict[tuple[int, str], set[int]]  # source, column → Excel rows


class Own(Struct, frozen=True):
    """A column of which each row has one cell of its own."""

    index: int
    letter: str
    texts: dict[int, str]  # Excel row → what stands in its cell, of the rows that were fetched; none where it is blank


class Cells:
    """The raw sheets of a run, asked in batches."""

    def __init__(self, engine: Engine, tables: Tables, dictionary: Dictionary) -> None:
        self._engine = engine
        before = tables.previous.layouts if tables.previous is not None else ()
        self.layouts = (*tables.layouts, *before)
        self._known = [_known(layout, dictionary) for layout in self.layouts]
        self._columns = [_by_column(*each) for each in zip(self.layouts, self._known, strict=True)]
        self._merged = [  # columns with merged cells that hold for every row they cover → first and last rows of these
            {
                name: ranges
                for name, found in columns.items()
                if name in known and known[name].level == "地" and (ranges := _merged_down(layout, found[0].index))
            }
            for layout, columns, known in zip(self.layouts, self._columns, self._known, strict=True)
        ]
        self._texts: dict[tuple[int, int], dict[int, str]] = defaultdict(dict)
        self._own = [  # nearly all columns, and the quick way through what follows
            {
                name: Own(found[0].index, found[0].letter, self._texts[source, found[0].index])
                for name, found in columns.items()
                if len(found) == 1 and not found[0].cell and name not in merged
            }
            for source, (columns, merged) in enumerate(zip(self._columns, self._merged, strict=True))
        ]

    def stands(self, at: At, column: str) -> At:
        """Return the row whose cell holds a column's value: a place merged down over its households stands in the first."""
        source, row = at
        if column in self._own[source]:
            return at
        fixed = self._columns[source].get(column, ())[:1]
        if fixed and fixed[0].cell:
            return source, fixed[0].cell.row
        ranges = self._merged[source].get(column, [])
        found = bisect_right(ranges, (row, FAR)) - 1
        return (source, ranges[found][0]) if found >= 0 and row <= ranges[found][1] else at

    def own(self, source: int, columns: Iterable[str]) -> dict[str, Own] | None:
        """Return columns of which every row of a sheet has a cell of its own; None when one of them is not such a column."""
        known = self._own[source]
        found = {name: known[name] for name in columns if name in known}
        return found if found.keys() == set(columns) else None

    def fetch(self, wanted: Iterable[tuple[At, str]]) -> None:
        """Read the text of these (row, column) pairs, one query a sheet; what was read before is forgotten."""
        alike: Wanted = defaultdict(set)
        for (source, row), name in wanted:
            alike[source, name].add(row)
        self.fetch_rows(alike)

    def fetch_rows(self, wanted: Wanted) -> None:
        """Read the text of columns in rows, as `fetch` does."""
        for texts in self._texts.values():
            texts.clear()
        rows: dict[int, set[int]] = defaultdict(set)
        indexes: dict[int, set[int]] = defaultdict(set)
        for (source, name), numbers in wanted.items():
            read = [mapped.index for mapped in self._columns[source].get(name, ()) if not mapped.cell]
            if read:
                own = name in self._own[source]
                rows[source] |= numbers if own else {self.stands((source, row), name)[1] for row in numbers}
                indexes[source].update(read)
        for source, numbers in rows.items():
            self._read(source, numbers, sorted(indexes[source]))

    def _read(self, source: int, rows: set[int], indexes: list[int]) -> None:
        relation = self.layouts[source].sheet.relation
        numbered = ",".join(map(str, sorted(rows)))  # one text: it is parsed much faster than a list
        selected = ", ".join(f's."c{index}"' for index in indexes)
        found = self._engine.rows(
            f"SELECT s.\"r\", {selected} FROM \"{relation}\" s JOIN (SELECT CAST(UNNEST(STRING_SPLIT('{numbered}', ',')) AS INTEGER) AS r) w"
            ' ON w.r = s."r"'
        )
        numbers, *columns = zip(*found, strict=True) if found else ((),)
        for index, texts in zip(indexes, columns, strict=bool(found)):
            self._texts[source, index].update(compress(zip(numbers, texts, strict=True), texts))

    def text(self, at: At, column: str) -> str:
        """Return what stands in the cell, as written; several cells of one column joined with "、"."""
        own = self._own[at[0]].get(column)
        if own is not None:
            return own.texts.get(at[1], "")
        found = self._columns[at[0]].get(column, ())
        if len(found) == 1:
            return self._text(at, found[0])
        texts = [self._text(at, mapped) for mapped in found]
        return "、".join(text for text in texts if text.strip())

    def _text(self, at: At, mapped: Mapped) -> str:
        return (mapped.cell.text or "") if mapped.cell else self._texts[at[0], mapped.index].get(at[1], "")

    def addresses(self, at: At, column: str) -> list[str]:
        """Return the addresses of a column's cells in a row: ["O12"]."""
        source, row = at
        own = self._own[source].get(column)
        if own is not None:
            return [f"{own.letter}{row}"]
        return [
            f"{mapped.letter}{mapped.cell.row if mapped.cell else row}"
            for mapped in self._columns[source].get(column, ())
        ]

    def columns(self, source: int) -> Iterable[str]:
        """Return the columns of a sheet's table."""
        return self._columns[source]

    def column(self, source: int, name: str) -> Column | None:
        """Return what the dictionary, or the list the sheet is, says of a column."""
        return self._known[source].get(name)

    def place(self, at: At, cells: Iterable[str], role: Role) -> Place:
        """Return the place of some cells of a row."""
        sheet = self.layouts[at[0]].sheet
        return Place(sheet.file, sheet.name, at[1], tuple(dict.fromkeys(cells)), role)


def _known(layout: Layout, dictionary: Dictionary) -> dict[str, Column]:
    if layout.kind.startswith("名单:"):
        return {**dictionary.columns, **dictionary.lists[layout.kind.removeprefix("名单:")].columns}
    return dictionary.columns


def _by_column(layout: Layout, known: dict[str, Column]) -> dict[str, tuple[Mapped, ...]]:
    """Return the columns as the table has them: a second one counts only where several are gathered."""
    found: dict[str, tuple[Mapped, ...]] = {}
    for mapped in layout.columns:
        if mapped.column not in found:
            found[mapped.column] = (mapped,)
        elif mapped.column in known and known[mapped.column].gather:
            found[mapped.column] += (mapped,)
    return found


def _merged_down(layout: Layout, index: int) -> list[tuple[int, int]]:
    return sorted(
        (merge.first_row, merge.last_row)
        for merge in layout.sheet.merges
        if merge.first_column == index and merge.last_row > merge.first_row and merge.first_row >= layout.first_row
    )

"""Rows and columns → the cells they were read from, and the text that stands in them."""

from collections import defaultdict
from collections.abc import Iterable

from fupin_cli.engines import Engine
from fupin_cli.model.place import Place, Role
from fupin_cli.model.table import Layout, Mapped, Tables

FAR = 1_000_000_000  # a household value's place is source × FAR + row
At = tuple[int, int]  # source, Excel row


class Cells:
    """The raw sheets of a run, asked in batches."""

    def __init__(self, engine: Engine, tables: Tables) -> None:
        self._engine = engine
        self.layouts = tables.layouts
        self._columns: list[dict[str, list[Mapped]]] = []
        for layout in tables.layouts:
            by_name: dict[str, list[Mapped]] = defaultdict(list)
            for mapped in layout.columns:
                by_name[mapped.column].append(mapped)
            self._columns.append(by_name)
        self._texts: dict[tuple[int, int, int], str] = {}

    def fetch(self, wanted: Iterable[tuple[At, str]]) -> None:
        """Read the text of these (row, column) pairs from the sheets, one query a sheet."""
        rows: dict[int, set[int]] = defaultdict(set)
        columns: dict[int, set[int]] = defaultdict(set)
        for (source, row), name in wanted:
            for mapped in self._columns[source].get(name, ()):
                rows[source].add(row)
                columns[source].add(mapped.index)
        for source, numbers in rows.items():
            indexes = sorted(columns[source])
            selected = ", ".join(f'"c{index}"' for index in indexes)
            numbered = ", ".join(str(number) for number in sorted(numbers))
            relation = self.layouts[source].sheet.relation
            for row, *texts in self._engine.rows(f'SELECT "r", {selected} FROM "{relation}" WHERE "r" IN ({numbered})'):
                for index, text in zip(indexes, texts, strict=True):
                    self._texts[source, row, index] = text or ""

    def text(self, at: At, column: str) -> str:
        """Return what stands in the cell, as written; several cells of one column joined with "、"."""
        source, row = at
        found = [self._texts.get((source, row, mapped.index), "") for mapped in self._columns[source].get(column, ())]
        return "、".join(text for text in found if text.strip())

    def addresses(self, at: At, column: str) -> tuple[str, ...]:
        """Return the addresses of a column's cells in a row: ("O12",)."""
        source, row = at
        return tuple(f"{mapped.letter}{row}" for mapped in self._columns[source].get(column, ()))

    def layout(self, source: int) -> Layout:
        """Return the table a row came from."""
        return self.layouts[source]

    def place(self, at: At, cells: Iterable[str], role: Role) -> Place:
        """Return the place of some cells of a row."""
        sheet = self.layouts[at[0]].sheet
        return Place(sheet.file, sheet.name, at[1], tuple(dict.fromkeys(cells)), role)

"""A failing row → the texts of its columns and where they stand; the same of the rows beside it."""

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from fupin_cli.engines.cells import At, Cells, Wanted
from fupin_cli.findings.rows import Failing
from fupin_cli.model.plan import EARLIER, PlannedRule

Listed = list[dict[str, str]]  # rows of lists: column → text
Addresses = dict[At, list[str]]  # row → addresses of cells on it


class _OwnRow(Struct, frozen=True):
    """What is read of a row that has one cell of its own for each column."""

    texts: list[tuple[str, dict[int, str]]]  # column, its texts by row
    letters: list[str]  # of the rule's own columns


class Beside(Struct, frozen=True):
    """What is read of the rows beside a row."""

    names: list[str]  # of members
    listed: Listed
    before: dict[str, At | None]  # column asked of the earlier edition → the row it stands on there
    earlier: dict[str, str]  # its name in a message → its text
    evidence: tuple[dict[str, str], ...]  # rows of lists, each with the name of its list


NOTHING = Beside([], [], {}, {}, ())


class RowTexts:
    """Reads the failing rows of one rule."""

    def __init__(self, planned: PlannedRule, columns: list[str], cells: Cells) -> None:
        self._planned, self._columns, self._cells = planned, columns, cells
        self.own = [column for column in planned.columns if column in columns]  # the cells of a finding
        self._known: dict[int, _OwnRow | None] = {}  # source → of its rows

    def add_wanted(self, rows: list[Failing], wanted: Wanted) -> None:
        """Add the cells that the findings of the rows tell."""
        alone: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            if row.alone:
                alone[row.at[0]].add(row.at[1])
            if row.beside or not row.alone:
                for (source, number), column in self._wanted(row):
                    wanted[source, column].add(number)
        for source, numbers in alone.items():
            for column in self._columns:
                wanted[source, column] |= numbers

    def _wanted(self, row: Failing) -> Iterator[tuple[At, str]]:
        for told in (row.columns, row.earlier):
            for column, found in told.items():
                for at in found:
                    yield at, column
        for at in row.members:
            for column in (*self._planned.member_columns, "姓名"):
                yield at, column
        for _, at in row.listed:
            for column in self._cells.columns(at[0]):
                yield at, column

    def read(self, row: Failing) -> tuple[dict[str, str], Addresses]:
        """Return the texts of a row's columns, and where they stand: rows with the addresses of the rule's own columns."""
        source, number = at = row.at
        own = self._own_row(source) if row.alone else None
        if own is not None:
            texts = {column: known.get(number, "") for column, known in own.texts}
            return texts, {at: [f"{letter}{number}" for letter in own.letters]}
        stood = {column: self._at(found, column) for column, found in row.columns.items()}
        cells: Addresses = {at: []}
        for column in self.own:
            place = stood[column]
            if place is not None:
                cells.setdefault(place, []).extend(self._cells.addresses(place, column))
        return {column: self._cells.text(place, column) if place else "" for column, place in stood.items()}, cells

    def _own_row(self, source: int) -> _OwnRow | None:
        """Return what is read of a row of the sheet that has a cell of its own for each column; None when none has."""
        if source not in self._known:
            own = self._cells.own(source, self._columns)
            self._known[source] = (
                None
                if own is None
                else _OwnRow([(name, one.texts) for name, one in own.items()], [own[name].letter for name in self.own])
            )
        return self._known[source]

    def beside(self, row: Failing) -> Beside:
        """Return the texts of the rows beside a row."""
        text = self._cells.text
        listed = [{column: text(at, column) for column in self._cells.columns(at[0])} for _, at in row.listed]
        before = {column: self._at(found, column) for column, found in row.earlier.items()}
        return Beside(
            [text(at, "姓名") for at in row.members],
            listed,
            before,
            {EARLIER + column: text(at, column) if at else "" for column, at in before.items()},
            tuple({"list": name, **entry} for (name, _), entry in zip(row.listed, listed, strict=True)),
        )

    def _at(self, rows: tuple[At, ...], column: str) -> At | None:
        """Return the row a column's text stands on: the first that is not blank, else the first that has such a cell."""
        if len(rows) == 1:
            return self._cells.stands(rows[0], column)
        found = [self._cells.stands(at, column) for at in rows]
        for at in found:
            if self._cells.text(at, column).strip():
                return at
        return next((at for at in found if self._cells.addresses(at, column)), None)

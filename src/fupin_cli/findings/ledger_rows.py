"""A judged special ledger in; its rows out: what the registry says, what is missing, and the rows of which nobody can tell."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from fupin_cli.engines.cells import FAR, At, Cells
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.subjects import Subject, subject_columns, subject_of
from fupin_cli.model.plan import HEADS
from fupin_cli.model.rows import rows_with
from fupin_cli.model.special_ledger import LedgerMade, LedgerRow, LedgerTownship, Shown, SpecialLedger

IN, MISSING, UNSURE = 1, 2, 3  # verdicts: pass, fail, cannot tell


class LedgerRows:
    """Asks the engine for the rows of one ledger."""

    def __init__(self, judged: Judged, ledger: SpecialLedger, stands: str, needs: Sequence[str]) -> None:
        """Name the rules of the ledger: the one that says who stands in it, and those of its needs, in their order."""
        self._judged, self._ledger, self._stands, self._needs = judged, ledger, stands, needs
        self._alias = "p" if ledger.subject == "人" else "h"
        self._values = judged.plan.rules[stands].values  # SQL of the columns that are derived
        self._cells = Cells(judged.engine, judged.tables, judged.book.dictionary)

    def made(self) -> LedgerMade:
        """Return the ledger."""
        rows, unsure = self._rows(IN), self._rows(UNSURE)
        ran = {reason.rule: reason for reason in self._judged.plan.not_run}
        known = self._judged.book.dictionary.columns
        return LedgerMade(
            ledger=self._ledger,
            rows=rows,
            unsure=unsure,
            absent=tuple(dict.fromkeys(self._absent())),
            not_run=tuple((number, ran[name]) for number, name in enumerate(self._needs) if name in ran),
            townships=_townships(rows, unsure),
            masks=tuple(known[one.column].mask if one.column in known else "" for one in self._ledger.columns),
        )

    def _level(self, column: str) -> str | None:
        """Return the table whose row has the column; None where it is derived or nowhere."""
        levels = (self._ledger.subject, "户") if self._ledger.subject == "人" else ("户",)
        return next((level for level in levels if self._judged.has(level, column)), None)

    def _absent(self) -> list[str]:
        named = [one.column for one in self._ledger.columns if one.column]
        return [name for name in named if self._level(name) is None and name not in self._values]

    def _sql(self, column: str) -> tuple[str, str, str]:
        """SQL of a column's value, of its state (2: there is a text that could not be read), and of its place."""
        level = self._level(column)
        own = f'{self._alias}."_source"::BIGINT * {FAR} + {self._alias}."_row"'
        if level is None:
            value = self._values.get(column)
            return (f"({value})" if value else "NULL"), "1", "NULL"
        row = "p" if level == "人" else "h"
        place = own if row == self._alias == "p" else f'h."{column}@"'
        return f'{row}."{column}"', f'{row}."{column}$"', f"coalesce({place}, {own})"

    def _rows(self, verdict: int) -> tuple[LedgerRow, ...]:
        judged, alias, level = self._judged, self._alias, self._ledger.subject
        columns = [self._sql(one.column) if one.column else ("NULL", "1", "NULL") for one in self._ledger.columns]
        asked = [f'x."{name}"' if name in judged.plan.rules else "0" for name in self._needs]
        subject = subject_columns(judged, "p" if level == "人" else "", "h")
        parts = [*asked, *subject, f'{alias}."_source"', f'{alias}."_row"', *(sql for each in columns for sql in each)]
        said = ", ".join(parts)
        heads = f' LEFT JOIN {HEADS} t ON t."_household" = h."_id"'
        chosen = f' JOIN "verdicts_{level}" x ON x."_id" = {alias}."_id" AND x."{self._stands}" = {verdict}'
        where = rows_with(judged.plan.rows_of[level], said + heads, narrowed=chosen)
        found = judged.engine.rows(f'SELECT {said}{where}{heads} ORDER BY {alias}."_id"')
        n, m = len(asked), len(asked) + len(subject)
        self._cells.fetch(pair for row in found for pair in _unread(row[m + 2 :], self._names()))
        return tuple(
            self._row(row[:n], subject_of(row[n:m]), (int(row[m]), int(row[m + 1])), row[m + 2 :])
            for row in found
            if row[m] is not None
        )

    def _names(self) -> list[str]:
        return [one.column for one in self._ledger.columns]

    def _row(self, verdicts: Sequence[int], about: Subject, at: At, cells: Sequence[object]) -> LedgerRow:
        values: list[Shown] = []
        unread: list[int] = []
        pairs = {name: where for where, name in _unread(cells, self._names())}
        for number, name in enumerate(self._names()):
            if name in pairs:
                unread.append(number)
                values.append(self._cells.text(pairs[name], name).strip())
            else:
                values.append(_shown(cells[3 * number]))
        return LedgerRow(
            household=about.household,
            person=about.person,
            township=about.township,
            village=about.village,
            values=tuple(values),
            unread=tuple(unread),
            missing=tuple(number for number, verdict in enumerate(verdicts) if verdict == MISSING),
            unsure=tuple(number for number, verdict in enumerate(verdicts) if verdict == UNSURE),
            place=self._cells.place(at, (), "subject"),
        )


def _unread(cells: Sequence[object], columns: Sequence[str]) -> list[tuple[At, str]]:
    """Return row and column of the cells that hold a text nobody could read."""
    found = []
    for number, name in enumerate(columns):
        state, place = cells[3 * number + 1], cells[3 * number + 2]
        if name and state == 2 and isinstance(place, int):
            found.append((divmod(place, FAR), name))
    return found


def _shown(value: object) -> Shown:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, int | float) else str(value)


def _townships(rows: Sequence[LedgerRow], unsure: Sequence[LedgerRow]) -> tuple[LedgerTownship, ...]:
    names = dict.fromkeys(row.township or "" for row in (*rows, *unsure))
    all_rows = Counter(row.township or "" for row in rows)
    lacking = Counter(row.township or "" for row in rows if row.missing)
    doubtful = Counter(row.township or "" for row in unsure)
    return tuple(LedgerTownship(name, all_rows[name], lacking[name], doubtful[name]) for name in names)

"""Verdicts that could not be given → the cells whose values are missing, each with the verdicts that wait for it.

A cell counts when a rule asks its column, cannot tell on its row, and has no value there: it is blank (and a blank means
nothing), or could not be read. A verdict may wait for several cells.
"""

from collections import defaultdict

from msgspec import Struct

from fupin_cli.engines.cells import FAR, At, Cells
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.subjects import Subject, subject_columns, subject_of
from fupin_cli.findings.unknown import missing_parameters
from fupin_cli.model.plan import HEADS, PlannedRule
from fupin_cli.model.question import Asked, Question

_TABLE = '"_asked"'
_LEVELS = ("人", "户")


def ask(judged: Judged) -> Asked:
    """Return every question of a judged registry."""
    judged.engine.run(
        f"CREATE OR REPLACE TABLE {_TABLE} (level VARCHAR, id BIGINT, col VARCHAR, rule VARCHAR, waits BIGINT)"
    )
    unknown = 0
    for planned in judged.plan.rules.values():
        if planned.level in _LEVELS and judged.counts[planned.rule.id].unknown:
            unknown += judged.counts[planned.rule.id].unknown
            _collect(judged, planned)
    found = _questions(judged)
    unlocked = judged.engine.rows(f"SELECT count(DISTINCT (rule, waits)) FROM {_TABLE}")[0][0]
    homes = {
        (one.household, one.head, one.place.file, one.place.row if one.household is None else None) for one in found
    }
    known = judged.book.dictionary.columns
    return Asked(
        tuple(found),
        judged.wanted,
        unknown,
        int(unlocked),
        len(homes),
        missing_parameters(judged),
        frozenset(name for name, column in known.items() if column.mask),
    )


def _collect(judged: Judged, planned: PlannedRule) -> None:
    """Note every cell without a value that one rule asks where it cannot tell; `waits` is the row it judges."""
    rule, table = planned.rule.id, judged.plan.verdicts[planned.rule.id]
    own = [(level, column) for column in planned.columns if (level := _level(judged, planned.level, column))]
    for level in _LEVELS:
        columns = [column for where, column in own if where == level]
        if columns:
            row = "r" if level == planned.level else "h"
            home = ' JOIN "户" h ON h."_id" = r."_household"' if row == "h" else ""
            _insert(
                judged, level, rule, columns, row,
                f'FROM "{planned.level}" r{home} JOIN "{table}" v ON v."_id" = r."_id" WHERE v."{rule}" = 3', 'r."_id"',
            )  # fmt: skip
    members = [column for column in planned.member_columns if _level(judged, "人", column) == "人"]
    if members and judged.tables.persons:
        home = 'r."_household"' if planned.level == "人" else 'r."_id"'
        _insert(
            judged, "人", rule, members, "p",
            f'FROM "{planned.level}" r JOIN "{table}" v ON v."_id" = r."_id" JOIN "人" p ON p."_household" = {home}'
            f' JOIN "推_人" q ON q."_id" = p."_id" WHERE v."{rule}" = 3 AND coalesce(q."在册", TRUE)', 'r."_id"',
        )  # fmt: skip


def _insert(judged: Judged, level: str, rule: str, columns: list[str], row: str, rows: str, waits: str) -> None:  # noqa: PLR0913, PLR0917  # parts of one statement
    lacking = ", ".join(f"CASE WHEN {_lacks(judged, row, column)} THEN '{column}' END" for column in columns)
    judged.engine.run(
        f"INSERT INTO {_TABLE} SELECT '{level}', id, col, '{rule}', waits FROM"
        f' (SELECT {row}."_id" AS id, {waits} AS waits, UNNEST([{lacking}]) AS col {rows}) AS found WHERE col IS NOT NULL'
    )


def _lacks(judged: Judged, row: str, column: str) -> str:
    """SQL: the cell gives no value; a certificate gives none either when it is not of 18 characters or more."""
    lacks = f'{row}."{column}" IS NULL AND {row}."{column}$" IN (1, 2)'
    if judged.book.dictionary.columns[column].type != "证件":
        return lacks
    return f"({lacks} OR NOT regexp_matches({row}.\"{column}\", '^[0-9]{{17}}[0-9Xx]'))"


def _level(judged: Judged, level: str, column: str) -> str | None:
    """Return the table whose row has the column's cell, or None where there is no such cell."""
    if column not in judged.book.dictionary.columns:
        return None
    return next((table for table in (level, "户") if judged.has(table, column)), None)


class _Cell(Struct, frozen=True):
    at: At
    column: str
    level: str
    subject: Subject
    rules: tuple[str, ...]
    unlocks: int


def _questions(judged: Judged) -> list[Question]:
    found = [cell for level in _LEVELS for cell in _cells(judged, level)]
    waiting: dict[object, int] = defaultdict(int)
    for cell in found:
        waiting[_home(cell)] += cell.unlocks
    found.sort(key=lambda cell: (-waiting[_home(cell)], str(_home(cell)), -cell.unlocks, cell.at, cell.column))
    cells = Cells(judged.engine, judged.tables, judged.book.dictionary)
    cells.fetch([(cell.at, cell.column) for cell in found])
    return [_question(cell, cells) for cell in found]


def _home(cell: _Cell) -> object:
    return cell.subject.household_id if cell.subject.household_id is not None else cell.at


def _cells(judged: Judged, level: str) -> list[_Cell]:
    person = level == "人"
    if person and not judged.tables.persons:
        return []
    alias = "p" if person else "h"
    rows = (
        f'"人" p LEFT JOIN "户" h ON h."_id" = p."_household" LEFT JOIN {HEADS} t ON t."_household" = h."_id"'
        if person
        else f'"户" h LEFT JOIN {HEADS} t ON t."_household" = h."_id"'
    )
    columns = [
        str(name) for (name,) in judged.engine.rows(f"SELECT DISTINCT col FROM {_TABLE} WHERE level = '{level}'")
    ]
    own_row = f'{alias}."_source"::BIGINT * {FAR} + {alias}."_row"'
    place = own_row
    if not person and columns:  # a household's value may stand on another row
        cases = " ".join(f"WHEN '{column}' THEN h.\"{column}@\"" for column in columns)
        place = f"coalesce(CASE a.col {cases} END, {own_row})"
    found = judged.engine.rows(
        f"SELECT a.col, a.rules, a.n, {place}, {', '.join(subject_columns(judged, 'p' if person else '', 'h'))}"
        f" FROM (SELECT id, col, list_sort(list(DISTINCT rule)) AS rules, count(DISTINCT (rule, waits)) AS n FROM {_TABLE}"
        f" WHERE level = '{level}' GROUP BY 1, 2) a JOIN {rows} ON {alias}.\"_id\" = a.id"
    )
    return [
        _Cell(divmod(int(at), FAR), column, level, subject_of(rest), tuple(rules), int(n))
        for column, rules, n, at, *rest in found
    ]


def _question(cell: _Cell, cells: Cells) -> Question:
    about = cell.subject
    at = cells.stands(cell.at, cell.column)
    return Question(
        household=about.household,
        head=about.head,
        person=about.person if cell.level == "人" else None,
        relation=about.relation if cell.level == "人" else None,
        village=about.village,
        township=about.township,
        column=cell.column,
        written=cells.text(cell.at, cell.column).strip(),
        place=cells.place(at, cells.addresses(cell.at, cell.column), "subject"),
        rules=cell.rules,
        unlocks=cell.unlocks,
    )

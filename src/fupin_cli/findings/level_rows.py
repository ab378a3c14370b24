"""Rules of one table of verdicts that failed → its rows on which one did: who they are about, where the values of the rules stand."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from fupin_cli.engines import Row
from fupin_cli.engines.cells import FAR, At
from fupin_cli.findings.earlier import earlier_places, earlier_rows
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.message import fields_of
from fupin_cli.findings.other_levels import places_of, source_and_row, subject_columns_of
from fupin_cli.findings.subjects import Subject, subject_columns, subject_of
from fupin_cli.language.levels import alias_of
from fupin_cli.model.plan import HEADS, PlannedRule

_RULES, _SUBJECT = 4, slice(5, 14)  # after id, source, row and day: the rules that failed, a subject and its key
_NOWHERE = "CAST(NULL AS BIGINT)"
Where = tuple[tuple[str, int, int], ...]  # columns, and the two positions of the places where each may stand


class Positions(Struct, frozen=True):
    """Where in the rows of its level stands what one rule tells."""

    columns: Where
    earlier: Where  # columns of the earlier edition
    values: tuple[tuple[str, int], ...]  # derived columns and parameters named in the message
    parameters: tuple[int, ...]  # value, day and place of each
    grade: int | None  # the severity; None: the rule's own


class LevelRows:
    """The rows of a level on which some rule failed, with all that its rules tell of them: one query, however many rules."""

    def __init__(self, judged: Judged, level: str, failed: Sequence[PlannedRule]) -> None:
        self._judged, self._level, self._failed = judged, level, failed
        alias, own = alias_of(level), level in {"人", "户"}
        at = (f'{alias}."_source"', f'{alias}."_row"') if own else source_and_row(level)
        named = ", ".join(f"'{planned.rule.id}'" for planned in failed)
        says = ", ".join(f'x."{planned.rule.id}" = 2' for planned in failed)
        self._asked = [f'{alias}."_id"', *at, f'{alias}."数据日期"', f"list_where([{named}], [{says}])"]
        self._asked += (
            [*subject_columns(judged, "p" if level == "人" else "", "h"), "NULL"]
            if own
            else subject_columns_of(judged, level)
        )
        self._known: dict[str, int] = {}  # SQL → its position among what is asked
        self.positions = {planned.rule.id: self._positions(planned) for planned in failed}
        before = earlier_rows(level) if any(planned.earlier for planned in failed) else ""
        self._joined = f' LEFT JOIN {HEADS} t ON t."_household" = h."_id"{before}' if own else ""
        self._stands = _Stands()

    @property
    def sql(self) -> str:
        """SQL of the rows, in the order of the files."""
        said = ", ".join(self._asked)
        return f"SELECT {said}{self._judged.told(self._failed, 2, said, self._joined)} ORDER BY 1"

    def _positions(self, planned: PlannedRule) -> Positions:
        asked = [part for one in planned.parameters for part in (one.value, one.day, one.place)]
        return Positions(
            tuple(self._where(name, self._places(name)) for name in columns_told(self._judged, planned)),
            tuple(self._where(name, earlier_places(self._judged, self._level, name)) for name in planned.earlier),
            tuple((name, self._position(sql)) for name, sql in planned.values.items()),
            tuple(self._position(sql) for sql in asked),
            self._position(planned.grade) if planned.grade else None,
        )

    def _where(self, column: str, places: list[str]) -> tuple[str, int, int]:
        first, second, *_ = *places, _NOWHERE, _NOWHERE
        return column, self._position(first), self._position(second)

    def _position(self, sql: str) -> int:
        if sql not in self._known:
            self._known[sql] = len(self._asked)
            self._asked.append(sql)
        return self._known[sql]

    def _places(self, column: str) -> list[str]:
        """Return SQL of source × FAR + row, once for each row a column's value may stand on."""
        if self._level not in {"人", "户"}:
            return places_of(self._judged, self._level, column)
        places = []
        if self._level == "人" and self._judged.has("人", column):
            places.append(f'p."_source"::BIGINT * {FAR} + p."_row"')
        if self._judged.has("户", column):
            places.append(f'COALESCE(h."{column}@", h."_source"::BIGINT * {FAR} + h."_row")')
        return places

    def of_each(self, rows: Iterable[Row]) -> dict[str, list[tuple[Row, Subject]]]:
        """Return of each rule its failing rows: the engine's answer to `sql`, shared out."""
        found: dict[str, list[tuple[Row, Subject]]] = {planned.rule.id: [] for planned in self._failed}
        for row in rows:
            told = row, subject_of(row[_SUBJECT])
            for rule in row[_RULES]:
                found[rule].append(told)
        return found

    def stood(self, row: Row, where: Where) -> dict[str, tuple[At, ...]]:
        """Return the rows each column's value may stand on, the likeliest first."""
        if not where:
            return {}
        stands = self._stands
        return {column: stands[row[first]] + stands[row[second]] for column, first, second in where}


class _Stands(dict[int | None, tuple[At, ...]]):
    """Places as the engine tells them → source and row; those of one row are asked for again and again."""

    def __missing__(self, place: int | None) -> tuple[At, ...]:
        found = self[place] = () if place is None else (divmod(place, FAR),)
        return found


def columns_told(judged: Judged, planned: PlannedRule) -> list[str]:
    """Return the columns whose cells are read: those of the rule, then those only the message speaks of."""
    named = [name for name in fields_of(planned.rule.message, planned.rule.message_en) if name not in planned.values]
    wanted = dict.fromkeys([*planned.columns, *named])
    return [name for name in wanted if any(judged.has(level, name) for level in _levels(planned))]


def _levels(planned: PlannedRule) -> tuple[str, ...]:
    """Return the levels whose columns the rows of a rule have."""
    return {"人": ("人", "户"), "户": ("户",)}.get(planned.level, (planned.level,))

"""Rules of one level that failed → its rows on which one did: who they are about, where the values of the rules stand."""

from collections.abc import Iterable, Sequence

from fupin_cli.engines import Row
from fupin_cli.engines.cells import FAR, At
from fupin_cli.findings.earlier import earlier_places, earlier_rows
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.message import fields_of
from fupin_cli.findings.other_levels import places_of, source_and_row, subject_columns_of
from fupin_cli.findings.subjects import HEADS, Subject, subject_columns, subject_of
from fupin_cli.language.levels import alias_of
from fupin_cli.model.plan import PlannedRule

_SUBJECT = slice(4, 13)  # the columns of a subject and its key, after id, source, row and day
_NOWHERE = "CAST(NULL AS BIGINT)"
Where = list[tuple[str, int, int]]  # columns, and two positions in a row: of the places where each may stand


class LevelRows:
    """The rows of a level on which some rule failed, and what is the same whatever the rule: so it is asked once."""

    def __init__(self, judged: Judged, level: str, failed: Sequence[PlannedRule]) -> None:
        alias, own = alias_of(level), level in {"人", "户"}
        at = (f'{alias}."_source"', f'{alias}."_row"') if own else source_and_row(level)
        self._asked = [f'{alias}."_id"', *at, f'{alias}."数据日期"', *_subject(judged, level)]
        self._places: dict[str, int] = {}  # SQL of a place → its position among what is asked
        self.columns = {
            planned.rule.id: self._where(
                [(name, _places(judged, name, level)) for name in columns_told(judged, planned)]
            )
            for planned in failed
        }
        self.earlier = {
            planned.rule.id: self._where([(name, earlier_places(judged, level, name)) for name in planned.earlier])
            for planned in failed
        }
        before = earlier_rows(level) if any(planned.earlier for planned in failed) else ""
        heads = f' LEFT JOIN {HEADS} t ON t."_household" = h."_id"{before}' if own else ""
        said = ", ".join(self._asked)
        self.sql = f"SELECT {said}{judged.told(failed, 2, said, heads)}"
        self._rows: dict[int, tuple[Row, Subject]] = {}
        self._stands = _Stands()

    def _where(self, columns: Iterable[tuple[str, list[str]]]) -> Where:
        """Return where each column's places will be found among what is asked."""
        found = []
        for name, places in columns:
            first, second, *_ = *places, _NOWHERE, _NOWHERE
            found.append((name, self._position(first), self._position(second)))
        return found

    def _position(self, place: str) -> int:
        if place not in self._places:
            self._places[place] = len(self._asked)
            self._asked.append(place)
        return self._places[place]

    def fill(self, rows: Iterable[Row]) -> None:
        """Take what the engine answered to `sql`."""
        self._rows = {row[0]: (row, subject_of(row[_SUBJECT])) for row in rows}

    def about(self, number: int) -> tuple[Row, Subject]:
        """Return the row of this `_id`: it begins with its id, source, Excel row and day."""
        return self._rows[number]

    def stood(self, row: Row, where: Where) -> dict[str, tuple[At, ...]]:
        """Return the rows each column's value may stand on, the likeliest first."""
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


def _subject(judged: Judged, level: str) -> list[str]:
    if level not in {"人", "户"}:
        return subject_columns_of(judged, level)
    return [*subject_columns(judged, "p" if level == "人" else "", "h"), "NULL"]


def _places(judged: Judged, column: str, level: str) -> list[str]:
    """Return SQL of source × FAR + row, once for each row a column's value may stand on."""
    if level not in {"人", "户"}:
        return places_of(judged, level, column)
    places = []
    if level == "人" and judged.has("人", column):
        places.append(f'p."_source"::BIGINT * {FAR} + p."_row"')
    if judged.has("户", column):
        places.append(f'COALESCE(h."{column}@", h."_source"::BIGINT * {FAR} + h."_row")')
    return places

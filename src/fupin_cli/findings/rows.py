"""One rule's verdicts → its failing rows: who they are about, where their values stand, what was computed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from fupin_cli.engines.cells import FAR, At
from fupin_cli.findings.earlier import earlier_places, earlier_rows
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.message import fields_of, shown
from fupin_cli.findings.other_levels import places_of, source_and_row, subject_columns_of
from fupin_cli.findings.subjects import HEADS, Subject, subject_columns, subject_of
from fupin_cli.findings.used import Sources
from fupin_cli.language.levels import alias_of
from fupin_cli.model.finding import UsedParameter
from fupin_cli.model.plan import PlannedRule
from fupin_cli.model.rule import Severity

_SUBJECT = slice(4, 13)  # the columns of a subject and its key among those selected


@dataclass(slots=True)
class Failing:
    """One failing row."""

    id: int
    at: At
    day: date | None
    subject: Subject
    columns: dict[str, tuple[At, ...]]  # column → the rows its value may stand on, the likeliest first
    values: dict[str, str]  # derived columns and parameters named in the message
    parameters: tuple[UsedParameter, ...]
    severity: Severity
    earlier: dict[str, tuple[At, ...]]  # column asked of the earlier edition → the rows its value may stand on there
    members: list[At] = field(default_factory=list)
    others: dict[At, tuple[str, ...]] = field(default_factory=dict)  # row → columns that are the same there
    listed: list[tuple[str, At]] = field(default_factory=list)  # list, row


def columns_told(judged: Judged, planned: PlannedRule) -> list[str]:
    """Return the columns whose cells are read: those of the rule, then those only the message speaks of."""
    named = [name for name in fields_of(planned.rule.message, planned.rule.message_en) if name not in planned.values]
    wanted = dict.fromkeys([*planned.columns, *named])
    return [name for name in wanted if any(judged.has(level, name) for level in _levels(planned))]


def _levels(planned: PlannedRule) -> tuple[str, ...]:
    """Return the levels whose columns the rows of a rule have."""
    return {"人": ("人", "户"), "户": ("户",)}.get(planned.level, (planned.level,))


def failing_rows(judged: Judged, planned: PlannedRule, sources: Sources) -> Iterator[Failing]:
    """Yield the failing rows in the order of the files."""
    alias, own = alias_of(planned.level), planned.level in {"人", "户"}
    columns = columns_told(judged, planned)
    places = [_places(judged, column, planned.level) for column in columns]
    severity = planned.grade or f"'{planned.severity}'"
    at = (f'{alias}."_source"', f'{alias}."_row"') if own else source_and_row(planned.level)
    parts = [f'{alias}."_id"', *at, f'{alias}."数据日期"']
    parts += _subject(judged, planned.level) if own else subject_columns_of(judged, planned.level)
    earlier = [earlier_places(judged, planned, column) for column in planned.earlier]
    parts += [one for found in (*places, *earlier) for one in found]
    parts += planned.values.values()
    parts += [one for parameter in planned.parameters for one in (parameter.value, parameter.day, parameter.place)]
    parts.append(severity)
    heads = f' LEFT JOIN {HEADS} t ON t."_household" = h."_id"{earlier_rows(planned)}' if own else ""
    asked = ", ".join(parts)
    for row in judged.engine.rows(f"SELECT {asked}{judged.told(planned, 2, asked, heads)} ORDER BY 1"):
        rest = iter(row[_SUBJECT.stop :])
        found, before = (
            {
                column: tuple([divmod(at, FAR) for one in where if (at := next(rest)) is not None])
                for column, where in zip(names, where_each, strict=True)
            }
            for names, where_each in ((columns, places), (planned.earlier, earlier))
        )
        values = {name: shown(next(rest)) for name in planned.values}
        used = [sources.of((asked, next(rest), next(rest), next(rest))) for asked in planned.parameters]
        yield Failing(
            row[0], (row[1], row[2]), row[3], subject_of(row[_SUBJECT]), found, values,
            tuple([one for one in used if one is not None]), next(rest), before,
        )  # fmt: skip


def _subject(judged: Judged, level: str) -> list[str]:
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

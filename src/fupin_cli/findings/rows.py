"""Rules that failed → their failing rows: who they are about, where their values stand, what was computed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fupin_cli.engines import Row
from fupin_cli.engines.cells import At
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.level_rows import LevelRows
from fupin_cli.findings.message import shown
from fupin_cli.findings.subjects import Subject
from fupin_cli.findings.used import Sources
from fupin_cli.language.levels import alias_of
from fupin_cli.model.finding import UsedParameter
from fupin_cli.model.plan import PlannedRule
from fupin_cli.model.rule import Severity


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


def failing_rows(judged: Judged, failed: Sequence[PlannedRule]) -> Iterator[list[Failing]]:
    """Yield the failing rows of each rule, in the order of the files."""
    levels = {
        level: LevelRows(judged, level, [planned for planned in failed if planned.level == level])
        for level in dict.fromkeys(planned.level for planned in failed)
    }
    asked = [*(level.sql for level in levels.values()), *(_sql(judged, planned) for planned in failed)]
    found = iter(judged.engine.rows_of_each(asked))
    for level in levels.values():
        level.fill(next(found))
    sources = Sources(judged)
    for planned, rows in zip(failed, found, strict=True):
        yield list(_failing(planned, levels[planned.level], rows, sources))


def _sql(judged: Judged, planned: PlannedRule) -> str:
    """Return SQL of the `_id` of the failing rows, and what the rule computes on each: values, parameters, severity."""
    rule, asked = planned.rule.id, [*planned.values.values()]
    asked += [one for parameter in planned.parameters for one in (parameter.value, parameter.day, parameter.place)]
    asked += [planned.grade] if planned.grade else []
    if not asked:
        return f'SELECT "_id" FROM "verdicts_{planned.level}" WHERE "{rule}" = 2 ORDER BY 1'
    said = ", ".join([f'{alias_of(planned.level)}."_id"', *asked])
    return f"SELECT {said}{judged.told([planned], 2, said)} ORDER BY 1"


def _failing(planned: PlannedRule, level: LevelRows, rows: Iterable[Row], sources: Sources) -> Iterator[Failing]:
    columns, earlier = level.columns[planned.rule.id], level.earlier[planned.rule.id]
    last = 1 + len(planned.values)  # of the values; the parameters follow
    known: dict[Row, tuple[UsedParameter, ...]] = {}  # a hundred thousand rows ask for the same few
    for row in rows:
        about, subject = level.about(row[0])
        asked = row[last : last + 3 * len(planned.parameters)]
        if asked not in known:
            known[asked] = _used(planned, asked, sources)
        yield Failing(
            row[0], (about[1], about[2]), about[3], subject, level.stood(about, columns),
            {name: shown(value) for name, value in zip(planned.values, row[1:last], strict=True)},
            known[asked], row[-1] if planned.grade else planned.severity, level.stood(about, earlier),
        )  # fmt: skip


def _used(planned: PlannedRule, asked: tuple[Any, ...], sources: Sources) -> tuple[UsedParameter, ...]:
    """Return the parameters that had a value; `asked` has value, day and place of each."""
    rest = iter(asked)
    used = [sources.of((one, next(rest), next(rest), next(rest))) for one in planned.parameters]
    return tuple(one for one in used if one is not None)

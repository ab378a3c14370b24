"""Rules that failed → their failing rows: who they are about, where their values stand, what was computed."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct, field

from fupin_cli.engines import Row
from fupin_cli.engines.cells import At
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.level_rows import LevelRows
from fupin_cli.findings.message import shown
from fupin_cli.findings.subjects import Subject
from fupin_cli.findings.used import Sources
from fupin_cli.model.finding import UsedParameter
from fupin_cli.model.plan import PlannedRule
from fupin_cli.model.rule import Severity


class Failing(Struct):
    """One failing row."""

    id: int
    at: At
    day: date | None
    subject: Subject
    columns: dict[str, tuple[At, ...]]  # column → the rows its value may stand on, the likeliest first
    alone: bool  # all of them stand on the row itself and nowhere else
    values: dict[str, str]  # derived columns and parameters named in the message
    parameters: tuple[UsedParameter, ...]
    severity: Severity
    earlier: dict[str, tuple[At, ...]]  # column asked of the earlier edition → the rows its value may stand on there
    members: list[At] = field(default_factory=list)
    others: dict[At, tuple[str, ...]] = field(default_factory=dict)  # row → columns that are the same there
    listed: list[tuple[str, At]] = field(default_factory=list)  # list, row

    @property
    def beside(self) -> bool:
        """Whether there are other rows to tell of."""
        return bool(self.members or self.others or self.listed or self.earlier)


def failing_rows(judged: Judged, failed: Sequence[PlannedRule]) -> Iterator[list[Failing]]:
    """Yield the failing rows of each rule, in the order of the files."""
    together: dict[str, list[PlannedRule]] = {}
    for planned in failed:
        together.setdefault(judged.plan.verdicts[planned.rule.id], []).append(planned)
    tables = {table: LevelRows(judged, rules[0].level, rules) for table, rules in together.items()}
    answers = judged.engine.rows_of_each([table.sql for table in tables.values()])
    rows = {
        rule: found
        for table, answer in zip(tables.values(), answers, strict=True)
        for rule, found in table.of_each(answer).items()
    }
    sources = Sources(judged)
    for planned in failed:
        table = tables[judged.plan.verdicts[planned.rule.id]]
        yield list(_failing(planned, table, rows[planned.rule.id], sources))


def _failing(
    planned: PlannedRule, level: LevelRows, rows: list[tuple[Row, Subject]], sources: Sources
) -> Iterator[Failing]:
    told = level.positions[planned.rule.id]
    known: dict[Row, tuple[UsedParameter, ...]] = {}  # a hundred thousand rows ask for the same few
    for row, subject in rows:
        asked = tuple([row[position] for position in told.parameters])
        if asked not in known:
            known[asked] = _used(planned, asked, sources)
        at = row[1], row[2]
        columns = level.stood(row, told.columns)
        yield Failing(
            row[0], at, row[3], subject, columns, [*columns.values()].count((at,)) == len(columns),
            {name: shown(row[position]) for name, position in told.values},
            known[asked], row[told.grade] if told.grade else planned.severity, level.stood(row, told.earlier),
        )  # fmt: skip


def _used(planned: PlannedRule, asked: Row, sources: Sources) -> tuple[UsedParameter, ...]:
    """Return the parameters that had a value; `asked` has value, day and place of each."""
    rest = iter(asked)
    used = [sources.of((one, next(rest), next(rest), next(rest))) for one in planned.parameters]
    return tuple(one for one in used if one is not None)

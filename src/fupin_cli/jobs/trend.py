"""`fupin trend`: editions of one registry → each judged with the one before it, and the series. Every file is read once."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine, open_engine
from fupin_cli.errors import UsageError
from fupin_cli.findings import Judged, explain
from fupin_cli.jobs.compiled import Compiled, compiled
from fupin_cli.jobs.editions import Dated, named, read_editions
from fupin_cli.jobs.files import is_large
from fupin_cli.jobs.layouts import Read
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.result import result
from fupin_cli.jobs.wanted import resolved, with_mapping
from fupin_cli.model.audit import Audit
from fupin_cli.model.choice import wanted
from fupin_cli.model.finding import Finding
from fupin_cli.model.parameters import value_at
from fupin_cli.model.rule import Rule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.model.trend import Edition, Level, Line, Trend
from fupin_cli.tables import build_tables, set_aside
from fupin_cli.trends import Kept, flows, incomes, keep, lines_of, passages, shifts
from fupin_cli.verdicts import judge

_SHARP = "INC009"
_LIMIT = "收入年际变化上限"
Asked = tuple[Level, str]


def run(
    request: Request,
    editions: Sequence[str],
    asked: Sequence[Asked] = (),
    progress: Progress = lambda _stage, _done, _total: None,
) -> Trend:
    """Judge each edition with the one before it and follow everybody through all of them.

    Args:
        request: settings, wishes and rules; its files are not read.
        editions: files and folders, one an edition, in any order; `2019=FILE` where its day is not to be seen.
        asked: households (户编号) and persons (name, certificate, 人编号) whose line is wanted.
        progress: told of each stage.

    Raises:
        UsageError: an unknown rule id, profile or region; an edition without a day, or two of one; nobody who was asked for.
        RuleError: a broken rule file, all faults at once.
        InputError: a file cannot be read, or holds no registry.
    """
    given = named(editions)
    book = compiled(request.rules_dir)
    settings = resolved(request.settings, book.source)
    rules = _over_two_editions(wanted(book.source, settings))
    settings = replace(settings, select=tuple(rules), ignore=(), as_of=None)
    wishes = with_mapping(request.wishes, request.mapping, book.source.dictionary)
    engine = open_engine(large=is_large(file for edition in given for file in edition.files))
    try:
        read = read_editions(engine, given, wishes, book.source.dictionary, settings, progress)
        series = _Series(engine, book, settings, progress)
        judged = [series.judged(edition, number) for number, edition in enumerate(read)]
        lines = tuple(_lines(engine, series.kept, asked))
        return series.trend(read, [_about(audit, lines) for audit in judged] if asked else judged, lines)
    finally:
        engine.close()


class _Series:
    """The editions as they are judged, one after the other, in one engine."""

    def __init__(self, engine: Engine, book: Compiled, settings: Settings, progress: Progress) -> None:
        self._engine, self._book, self._settings, self._progress = engine, book, settings, progress
        self._previous: Tables | None = None
        self.kept: list[Kept] = []

    def judged(self, edition: Dated, number: int) -> Audit:
        """Build the edition, judge it with the one before, keep what the series needs, and set it aside for the next."""
        engine, book = self._engine, self._book
        settings = replace(self._settings, today=edition.day, as_of=edition.day if edition.given else None)
        self._progress("tables", number, 0)
        built = build_tables(engine, edition.layouts, book.source.dictionary, settings)
        tables = replace(built, previous=self._previous)
        self._progress("plans", number, 0)
        planned = book.plan(tables, settings)
        self._progress("verdicts", number, 0)
        counts = judge(engine, planned)
        judged = Judged(engine, planned, tables, book.source, settings, wanted(book.source, settings), counts)
        told = explain(judged, self._progress)
        audit = result(judged, Read(list(edition.layouts), list(edition.notes), []), told)
        self.kept.append(keep(engine, tables, number))
        if edition.given:
            for table in tables.columns.keys() & {"人", "户"}:
                engine.run(f'UPDATE "{table}" SET "_undated" = FALSE')
        self._previous = set_aside(engine, built)
        return audit

    def trend(self, read: Sequence[Dated], judged: Sequence[Audit], lines: tuple[Line, ...]) -> Trend:
        """Return the whole series."""
        engine, kept = self._engine, self.kept
        self._progress("findings", 0, 0)
        moved = flows(engine, kept)
        limits = [_limit(self._book.source, self._settings, one) for one in read]
        sharp = [judged[n].counts[_SHARP].failed if _SHARP in judged[n].counts else None for n in range(len(read))]
        income = incomes(engine, limits, sharp)
        editions = tuple(
            Edition(
                one.day.isoformat(),
                one.day,
                tuple(dict.fromkeys(str(layout.sheet.file) for layout in one.layouts)),
                moved["户"][n],
                moved["人"][n],
                income[n],
                kept[n].tables.persons,
                kept[n].tables.households,
            )
            for n, one in enumerate(read)
        )
        notes = tuple(
            both("{name}：{told}", name=edition.name, told=(zh, en))
            for edition, audit in zip(editions, judged, strict=True)
            for zh, en in audit.notes
        )
        return Trend(
            editions, tuple(judged[1:]), tuple(shifts(engine, kept)), tuple(passages(engine, kept)), lines, notes
        )


def _over_two_editions(rules: dict[str, Rule]) -> dict[str, Rule]:
    """Return the rules that compare two editions; no others are judged."""
    found = {name: rule for name, rule in rules.items() if rule.scope == "跨期"}
    if not found:
        raise UsageError(*both("选定的规则中没有比较两期的；用 fupin rules list --scope 跨期 查看。"))
    return found


def _limit(book: RuleBook, settings: Settings, edition: Dated) -> float | None:
    """Return by how much an income may change, as INC009 asks it."""
    profile = book.profiles.get(settings.profile or "")
    given = {**(profile.parameters if profile else {}), **settings.given}.get(_LIMIT)
    if given is not None:
        return float(given)
    value = value_at(book.parameters[_LIMIT], edition.day, settings.region) if _LIMIT in book.parameters else None
    return float(value.value) if value else None


def _about(audit: Audit, lines: Sequence[Line]) -> Audit:
    """Return the judgement with the findings that speak of the lines asked for."""
    points = [(line.level, point) for line in lines for point in line.points if point.there]
    whole = {point.household for level, point in points if level == "户"}
    people = {(point.household, point.person) for level, point in points if level == "人"}
    theirs = {household for household, _ in people}

    def is_wanted(finding: Finding) -> bool:
        if finding.household in whole:
            return True
        if audit.rules[finding.rule].subject == "人":
            return (finding.household, finding.person) in people
        return finding.household in theirs

    found = tuple(finding for finding in audit.findings if finding.household and is_wanted(finding))
    return replace(audit, findings=found)


def _lines(engine: Engine, kept: Sequence[Kept], asked: Sequence[Asked]) -> Iterator[Line]:
    for level, text in asked:
        found = list(lines_of(engine, kept, level, text.strip()))
        if not found:
            what, option = ("户", "--household") if level == "户" else ("人", "--person")
            raise UsageError(
                *both(
                    "{option}：哪一期都没有这{what}；请核对写法。",
                    option=option,
                    what=(both("一户", "trend") if what == "户" else both("个人")),
                )
            )
        yield from found

"""`fupin whatif`: one registry, two cases → every verdict that differs between them. The files are read once."""

from dataclasses import dataclass, replace

from fupin_cli.engines import Engine, open_engine
from fupin_cli.findings import Judged
from fupin_cli.findings.changes import Twice, changed_counts, changes, set_aside, townships
from fupin_cli.jobs.compiled import Compiled, compiled
from fupin_cli.jobs.files import is_large
from fupin_cli.jobs.layouts import Read, read_layouts
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.wanted import lists_by_kind, resolved, with_mapping
from fupin_cli.model.choice import wanted
from fupin_cli.model.settings import Settings
from fupin_cli.model.whatif import Case, WhatIf
from fupin_cli.rules import load_case
from fupin_cli.tables import build_tables
from fupin_cli.verdicts import judge


def run(request: Request, before: str, after: str, progress: Progress = lambda _stage, _done, _total: None) -> WhatIf:
    """Judge the registry in both cases and return what differs.

    Args:
        request: the registry, and what holds in both cases.
        before: the first case as the user wrote it.
        after: the second.
        progress: told of each stage.

    Raises:
        UsageError: an unknown rule id, list, profile, parameter or region.
        RuleError: a broken rule file or case file, all faults at once.
        InputError: no file could be read, or none holds a registry.
    """
    book = compiled(request.rules_dir)
    first, second = (load_case(text, book.source) for text in (before, after))
    cases = [_settings(request.settings, case, book) for case in (first, second)]
    lists = lists_by_kind(request.lists, book.source.dictionary)
    rules = wanted(book.source.rules, cases[0])
    request = replace(request, wishes=with_mapping(request.wishes, request.mapping, book.source.dictionary))
    engine = open_engine(large=is_large(request.files))
    try:
        read = read_layouts(engine, request, lists, book.source.dictionary, progress)
        ground = _Ground(engine, read, book, progress)
        was = ground.judged(cases[0])
        set_aside(was)
        twice = Twice(was, ground.judged(cases[1]))
        progress("findings", 0, 0)
        counts = changed_counts(twice)
        found = tuple(changes(twice, counts))
        notes = (*read.notes, *twice.after.tables.notes)
        return WhatIf(first, second, rules, found, counts, townships(twice), tuple(dict.fromkeys(notes)))
    finally:
        engine.close()


def _settings(settings: Settings, case: Case, book: Compiled) -> Settings:
    """Return what holds in the case: its own day, region, profile and values before those of both."""
    asked = replace(
        settings,
        as_of=case.as_of or settings.as_of,
        region=case.region or settings.region,
        profile=case.profile or settings.profile,
        given={**settings.given, **case.parameters},
    )
    return resolved(asked, book.source)


@dataclass(frozen=True, slots=True)
class _Ground:
    """The sheets as read, to be judged once for each case."""

    engine: Engine
    read: Read
    book: Compiled
    progress: Progress

    def judged(self, settings: Settings) -> Judged:
        self.progress("tables", 0, 0)
        tables = build_tables(self.engine, self.read.layouts, self.book.source.dictionary, settings)
        self.progress("plans", 0, 0)
        planned = self.book.plan(tables, settings)
        self.progress("verdicts", 0, 0)
        counts = judge(self.engine, planned)
        return Judged(self.engine, planned, tables, self.book.source, settings, self.book.source.rules, counts)

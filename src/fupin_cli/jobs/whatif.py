"""`fupin whatif`: one registry, two cases → every verdict that differs between them.

The files are read once. Where the cases are of different years, each is judged by the amounts of its own, if a table has both.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.findings.changes import Twice, changed_counts, changes, set_aside, townships
from fupin_cli.jobs.ground import opened
from fupin_cli.jobs.layouts import Note
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.wanted import resolved
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.model.whatif import Case, WhatIf
from fupin_cli.rules import load_case


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
    with opened(request, progress) as ground:
        book = ground.book.source
        first, second = (load_case(text, book) for text in (before, after))
        settings = [_settings(request.settings, case, book) for case in (first, second)]
        earlier = ground.on(settings[0])
        was = earlier.judged(settings[0])
        set_aside(was)
        later = earlier.on(settings[1])  # not before: what it finds takes the place of what the first found
        twice = Twice(was, later.judged(settings[1]))
        progress("findings", 0, 0)
        counts = changed_counts(twice)
        found = tuple(changes(twice, counts))
        notes = tuple(dict.fromkeys((*_of_both(earlier.read.notes, later.read.notes), *twice.after.tables.notes)))
        return WhatIf(first, second, twice.after.wanted, found, counts, townships(twice), notes)


def _of_both(before: Sequence[Note], after: Sequence[Note]) -> Iterator[Note]:
    """Yield what is said of the sheets in both cases, then what is said in one of them, with its name."""
    yield from (note for note in before if note in after)
    yield from (both("甲：{note}", note=note) for note in before if note not in after)
    yield from (both("乙：{note}", note=note) for note in after if note not in before)


def _settings(settings: Settings, case: Case, book: RuleBook) -> Settings:
    """Return what holds in the case: its own day, region, profile and values before those of both."""
    asked = replace(
        settings,
        as_of=case.as_of or settings.as_of,
        region=case.region or settings.region,
        profile=case.profile or settings.profile,
        given={**settings.given, **case.parameters},
    )
    return resolved(asked, book)

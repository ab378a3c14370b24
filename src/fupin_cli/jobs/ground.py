"""What every job over a registry stands on: a request in; the files read, to be typed and judged as often as asked, out."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines import Engine, open_engine
from fupin_cli.findings import Judged
from fupin_cli.jobs.compiled import Compiled, compiled, with_listing
from fupin_cli.jobs.earlier import read_earlier
from fupin_cli.jobs.files import is_large
from fupin_cli.jobs.layouts import Read, read_layouts
from fupin_cli.jobs.request import LEDGER, Progress, Request
from fupin_cli.jobs.wanted import listings, lists_by_kind, resolved, wishes_of, with_mapping
from fupin_cli.model.choice import wanted
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Tables
from fupin_cli.tables import build_tables
from fupin_cli.verdicts import judge


class Ground(Struct, frozen=True):
    """A registry as read, in an open engine."""

    engine: Engine
    book: Compiled
    settings: Settings  # what it was read with, its names looked up
    read: Read
    earlier: Tables | None
    progress: Progress
    read_on: Callable[[date | None], Read]  # finds the tables of the sheets again, as on a day

    def on(self, settings: Settings) -> "Ground":
        """Return the registry as it is read with other settings: of amounts in several years those of another year."""
        days = [_day(each, self.book) for each in (self.settings, settings)]
        if len({day and day.year for day in days}) == 1:
            return self
        return replace(self, settings=settings, read=self.read_on(days[1]))

    def judged(self, settings: Settings, walked: str = "") -> Judged:
        """Type and judge the registry; tables and verdicts of a time before are replaced.

        Args:
            settings: which rules are judged, when and where.
            walked: the rule whose conditions are taken apart.
        """
        self.progress("tables", 0, 0)
        tables = build_tables(self.engine, self.read.layouts, self.book.source.dictionary, settings)
        tables = replace(tables, previous=self.earlier)
        self.progress("plans", 0, 0)
        planned = self.book.plan(tables, settings, walked)
        self.progress("verdicts", 0, 0)
        counts = judge(self.engine, planned)
        rules = wanted(self.book.source, settings)
        return Judged(self.engine, planned, tables, self.book.source, settings, rules, counts)


@contextmanager
def opened(request: Request, progress: Progress) -> Iterator[Ground]:
    """Read every file of a request; the engine is closed when the block ends.

    Raises:
        UsageError: an unknown rule id, list, profile or region.
        RuleError: a broken rule file, all faults at once; a mapping file likewise.
        InputError: no file could be read, or none holds a registry.
    """
    earlier_files = (each for each in request.previous if isinstance(each, Path))
    with closing(open_engine(large=is_large((*request.files, *earlier_files)))) as engine:
        book = compiled(request.rules_dir)
        dictionary = book.source.dictionary
        settings = resolved(request.settings, book.source)
        wanted(book.source, settings)  # an unknown id is told before anything is read
        entries, notes = listings(request.lists, dictionary)
        book = with_listing(book, entries)
        dictionary = book.source.dictionary
        given = (*request.lists, *((LEDGER, file) for file in request.ledgers))
        described = wishes_of(entries)
        lists = [
            (file, described.get((name, file), Wishes(list_name=name)))
            for name, file in (*lists_by_kind(given, dictionary), *described)
        ]
        wishes = replace(request.wishes, as_of=_day(settings, book))
        request = replace(request, wishes=with_mapping(wishes, request.mapping, dictionary))
        sheets: dict[int, list[Sheet]] = {}

        def read_on(day: date | None) -> Read:
            asked = replace(request, wishes=replace(request.wishes, as_of=day))
            read = read_layouts(engine, asked, lists, dictionary, progress, sheets)
            return replace(read, notes=[*notes, *read.notes])

        read = read_on(request.wishes.as_of)
        earlier = read_earlier(engine, request, dictionary, settings, progress)
        yield Ground(engine, book, settings, read, earlier, progress, read_on)


def _day(settings: Settings, book: Compiled) -> date | None:
    """Return the day that is asked for: of amounts in several years, those of its year are read."""
    profile = book.source.profiles.get(settings.profile or "")
    return settings.as_of or (profile.as_of if profile else None)

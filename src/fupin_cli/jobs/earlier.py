"""The files of an earlier edition in; its tables beside those of this edition, and what is to be said of them, out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.errors import UsageError
from fupin_cli.jobs.files import Source, expanded
from fupin_cli.jobs.layouts import Note, layouts_of, numbered, skipped
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.plan import Plan
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.table import Layout, Tables
from fupin_cli.tables import build_tables, earlier_settings, set_aside

if TYPE_CHECKING:
    from fupin_cli.jobs.request import Frame

APART = 1_000_000  # the sheets of an earlier edition are numbered from here


def read_earlier(
    engine: Engine, request: Request, dictionary: Dictionary, settings: Settings, progress: Progress
) -> Tables | None:
    """Read the earlier edition into 上期_人 and 上期_户; None when none was given.

    The headings the user mapped are mapped here too; the sheets he chose are those of this edition.

    Raises:
        UsageError: a file is of both editions.
        InputError: a file cannot be read: a person it has would seem to be new.
    """
    if not request.previous:
        return None
    files = expanded(each for each in request.previous if isinstance(each, Path))
    _refuse_the_same(files, request.files)
    wishes = Wishes(mapping=request.wishes.mapping, known=request.wishes.known)
    layouts: list[Layout] = []
    notes: list[Note] = [skipped(source) for source in files if source.skipped]
    wanted: list[Source | Frame] = [source for source in files if not source.skipped]
    wanted += [each for each in request.previous if not isinstance(each, Path)]
    for number, source in enumerate(wanted):
        progress("sheets", number, len(wanted))
        found = layouts_of(engine, source, APART + number, wishes, dictionary)
        layouts += numbered(found, len(layouts))
    tables = set_aside(engine, build_tables(engine, layouts, dictionary, earlier_settings(settings)))
    doubts = [_of_earlier(doubt) for layout in layouts for doubt in layout.doubts]
    return replace(tables, notes=(*(_of_earlier(note) for note in notes), *doubts, *tables.notes))


def of_two_editions(engine: Engine, tables: Tables, plan: Plan) -> list[Note]:
    """Say what was read of the earlier edition, and how many persons of this one were met there."""
    if tables.previous is None:
        return []
    households = engine.rows('SELECT COUNT(*) FROM "上期_户"')[0][0]
    persons = engine.rows('SELECT COUNT(*) FROM "上期_人"')[0][0] if tables.previous.persons else 0
    zh, en = both("上期读到 {households} 户 {persons} 人", households=households, persons=persons)
    if any(statement.startswith('CREATE OR REPLACE TABLE "上期值_人"') for statement in plan.statements):
        met, all_persons = engine.rows('SELECT COUNT(*) FILTER (WHERE there), COUNT(*) FROM "上期值_人"')[0]
        zh, en = both(
            "{told}；本期 {all_persons} 人中有 {met} 人在上期找到（按证件号码）",
            told=(zh, en),
            all_persons=all_persons,
            met=met,
        )
    return [*tables.previous.notes, both("{told}。", told=(zh, en))]


def _refuse_the_same(sources: Sequence[Source], files: Sequence[Path]) -> None:
    now = {source.file.resolve() for source in expanded(files) if not source.skipped}
    for source in sources:
        if source.file.resolve() in now:
            raise UsageError(*both("--previous {file}：这个文件也是本期的登记表；请给出上期的文件。", file=source.file))


def _of_earlier(note: Note) -> Note:
    return both("上期：{note}", note=note)

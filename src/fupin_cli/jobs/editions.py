"""The arguments of `fupin trend` in; its editions, read into one engine and in the order of their days, out."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.files import Source, expanded
from fupin_cli.jobs.layouts import Note, layouts_of, numbered, skipped
from fupin_cli.jobs.left import SheetRead, not_read, refuse_unknown_sheets
from fupin_cli.jobs.request import Progress
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.table import Layout
from fupin_cli.tables import build_tables

_NAMED = re.compile(r"(\d{4})(?:[-.年](\d{1,2})(?:[-.月](\d{1,2})日?)?)?[年月]?")


class Named(Struct, frozen=True):
    """One edition as the user gave it: a file, a folder, or all files he named by one day."""

    files: tuple[Path, ...]
    day: date | None = None  # that he gave: `2019=file.xlsx`


class Dated(Struct, frozen=True):
    """One edition as read."""

    layouts: tuple[Layout, ...]
    day: date
    given: bool  # the day is the user's: it goes before what the rows say
    notes: tuple[Note, ...]


def named(texts: Iterable[str]) -> list[Named]:
    """Return the editions of the arguments `FILE`, `FOLDER`, `2019=FILE`; what one day names is one edition.

    Raises:
        UsageError: what stands before `=` is no day, or there are fewer than two editions.
    """
    found: list[Named] = []
    by_day: dict[date, int] = {}
    for text in texts:
        before, sign, after = text.partition("=")
        if not sign or Path(text).exists():
            found.append(Named((Path(text),)))
            continue
        day = _day_of(before.strip())
        if day is None:
            raise UsageError(
                *both("{text}：“=”前要写这一期的日期，如 2019={after} 或 2019-12-31={after}。", text=text, after=after)
            )
        if day in by_day:
            place = by_day[day]
            found[place] = replace(found[place], files=(*found[place].files, Path(after)))
            continue
        by_day[day] = len(found)
        found.append(Named((Path(after),), day))
    if len(found) < 2:
        raise UsageError(*both("只有一期，没有可比的：请给出两期或更多的登记表，每期一个文件或文件夹。"))
    return found


def _day_of(text: str) -> date | None:
    import calendar

    match = _NAMED.fullmatch(text)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or 12)
    if not (1 <= month <= 12 and year > 1900):
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(match[3] or last)
    return date(year, month, day) if 1 <= day <= last else None


def read_editions(
    engine: Engine, editions: Sequence[Named], wishes: Wishes, dictionary: Dictionary, settings: Settings, progress: Progress
) -> list[Dated]:  # fmt: skip
    """Read every file once and return the editions, the earliest first.

    Raises:
        UsageError: a file is of two editions, an edition has no day, or two have the same.
        InputError: a file cannot be read: whom it has would seem to be gone.
    """
    sources = [expanded(edition.files) for edition in editions]
    _refuse_the_same(sources)
    total, number = sum(len(own) for own in sources), 0
    dated: list[tuple[Named, Dated]] = []
    read: list[SheetRead] = []
    for edition, own in zip(editions, sources, strict=True):
        layouts: list[Layout] = []
        notes = [skipped(source) for source in own if source.skipped]
        for source in own:
            progress("sheets", number, total)
            number += 1
            if not source.skipped:
                found = layouts_of(engine, source, number, replace(wishes, as_of=edition.day), dictionary)
                layouts += numbered(found, len(layouts))
                read += found
                notes += not_read(
                    engine, [one for one in found if not wishes.sheets or one.sheet.name in wishes.sheets]
                )
        if not layouts:
            raise _nothing(edition)
        notes += [doubt for layout in layouts for doubt in layout.doubts]
        day, more = _own_day(engine, edition, layouts, dictionary, settings)
        dated.append((edition, Dated(tuple(layouts), day, edition.day is not None, (*notes, *more))))
    refuse_unknown_sheets(wishes.sheets, (each.sheet.name for each in read))
    dated.sort(key=lambda one: one[1].day)
    _refuse_one_day(dated)
    return [one for _, one in dated]


def _own_day(
    engine: Engine, edition: Named, layouts: Sequence[Layout], dictionary: Dictionary, settings: Settings
) -> tuple[date, list[Note]]:
    """Return the last day its rows are dated, and what is to be said where they give several."""
    if edition.day is not None:
        return edition.day, []
    tables = build_tables(engine, layouts, dictionary, settings)
    kinds = [kind for kind, there in (("人", tables.persons), ("户", tables.households)) if there]
    if not kinds:
        raise _nothing(edition)
    days = " UNION ".join(f'SELECT "数据日期" AS d FROM "{kind}" WHERE NOT "_undated"' for kind in kinds)
    first, last = engine.rows(f"SELECT min(d), max(d) FROM ({days})")[0]
    shown = _shown(edition)
    if last is None:
        raise UsageError(
            *both("{shown}：看不出是哪一期，各行、标题、文件名都没有日期；请写明日期，如 2019={shown}。", shown=shown)
        )
    if first == last:
        return last, []
    return last, [
        both("{shown}：各行的数据日期从 {first} 到 {last}，作为 {last} 这一期", shown=shown, first=first, last=last)
    ]


def _shown(edition: Named) -> str:
    return "、".join(str(file) for file in edition.files)


def _nothing(edition: Named) -> InputError:
    shown = _shown(edition)
    return InputError(
        *both(
            "{shown}：没有可读的登记表。请给出工作簿（如 .xlsx .xls .csv），或含工作簿的文件夹、压缩包。", shown=shown
        )
    )


def _refuse_the_same(sources: Sequence[Sequence[Source]]) -> None:
    seen: set[Path] = set()
    for own in sources:
        files = {source.file.resolve() for source in own if not source.skipped}
        for source in own:
            if source.file.resolve() in seen:
                raise UsageError(*both("{file}：这个文件给了两次；每期的文件只给一次。", file=source.file))
        seen |= files


def _refuse_one_day(dated: Sequence[tuple[Named, Dated]]) -> None:
    for (one, first), (other, second) in pairwise(dated):
        if first.day == second.day:
            a, b = _shown(one), _shown(other)
            raise UsageError(
                *both(
                    "{a} 和 {b}：日期都是 {day}，分不出先后；同一期的请放在一个文件夹里，不是同一期的请写明日期，如 "
                    "2019={a}。",
                    a=a,
                    b=b,
                    day=first.day,
                )
            )

"""A part of a sheet in, what stands above its heading out: the titles, the unit of all amounts, the day of the figures."""

from collections.abc import Iterator
from datetime import date

from fupin_cli.model.sheet import Sheet
from fupin_cli.tables.dates_in_titles import date_in
from fupin_cli.tables.segments import Segment
from fupin_cli.values.patterns import regex

_UNIT_LINE = regex(r"(?:单位|金额)[:：]\s*([万千百亿]?元)")
_PLACE_LINE = regex(r"(省|市|州|县|区|旗|乡|镇|街道|村|社区|组|湾|支书|单位|日期|金额|附件\d*)(?:名称?)?[:：]")
_DATE_LINE = regex(r"数据(截止|截至)?(日期|时间|时点)|截[止至]")
_OTHER_WORDS = {"说明", "附件"}


def titles_of(segment: Segment) -> list[str]:
    """Return the titles above a heading, without notes and without lines of places, units and dates."""
    titles = (" ".join(text.split()) for text in _texts_above(segment))
    return [
        title
        for title in titles
        if 2 <= len(title) <= 80 and not _PLACE_LINE.search(title) and title[:2] not in _OTHER_WORDS
    ]


def unit_above(segment: Segment) -> str | None:
    """Return the unit that a line above a heading states for all amounts."""
    return next((stated[1] for text in _texts_above(segment) if (stated := _UNIT_LINE.search(text))), None)


def day_of(sheet: Sheet, segment: Segment) -> date | None:
    """Return the day of the title, of a line that states the day of the figures, of the sheet's or the file's name."""
    stated = [text for text in _texts_above(segment) if _DATE_LINE.search(text)]
    for title in (*titles_of(segment), *stated):
        if (found := date_in(title)) is not None:
            return found
    return date_in(sheet.name, bare=True) or date_in(sheet.file.stem, bare=True)


def _texts_above(segment: Segment) -> Iterator[str]:
    for row in segment.grid.filled:
        if segment.begin <= row < segment.heading.top:
            yield from segment.grid.distinct(row)

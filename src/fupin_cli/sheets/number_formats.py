"""styles.xml in; for every cell style whether its numbers are numbers, dates, lengths of time or percents, out."""

import re
from enum import IntEnum
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


class Meaning(IntEnum):
    """What a number format makes of a number."""

    NUMBER = 0
    DATE = 1  # or a time of day
    DURATION = 2  # hours beyond a day: [h]:mm
    PERCENT = 3  # shown a hundredfold: 0.00%


_DATES = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}
_DURATIONS = {46}
_PERCENTS = {9, 10}
_QUOTED = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[([^\]]*)\]")
_DURATION = re.compile(r"h+|m+|s+", re.IGNORECASE)


def read_meanings(stream: IO[bytes]) -> tuple[Meaning, ...]:
    """The meaning of each cell style, in the order of their numbers."""
    from lxml import etree

    root = etree.parse(stream, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)).getroot()
    codes = {
        str(node.get("numFmtId")): meaning_of(str(node.get("formatCode", "")))
        for node in root.iterfind("{*}numFmts/{*}numFmt")
    }
    return tuple(_meaning(node, codes) for node in root.iterfind("{*}cellXfs/{*}xf"))


def _meaning(style: "etree._Element", codes: dict[str, Meaning]) -> Meaning:
    number = str(style.get("numFmtId", "0"))
    if number in codes:
        return codes[number]
    return built_in(int(number) if number.isdecimal() else 0)


def built_in(number: int) -> Meaning:
    """The meaning of a format that no workbook states because every program knows it; 27 … 58 are Chinese dates."""
    known = ((_DURATIONS, Meaning.DURATION), (_DATES, Meaning.DATE), (_PERCENTS, Meaning.PERCENT))
    return next((meaning for numbers, meaning in known if number in numbers), Meaning.NUMBER)


def meaning_of(code: str) -> Meaning:
    """The meaning of a format code such as `[$-804]yyyy"年"m"月"`; its first section decides."""
    bare = _QUOTED.sub("", code)
    for bracket in _BRACKETS.findall(bare):
        if _DURATION.fullmatch(bracket):
            return Meaning.DURATION
    first = _BRACKETS.sub("", bare).split(";")[0]
    if "general" in first.lower():
        return Meaning.NUMBER
    if re.search(r"[dmyhs]|AM/PM|A/P", first, re.IGNORECASE):
        return Meaning.DATE
    return Meaning.PERCENT if "%" in first else Meaning.NUMBER

"""FIX008: a whole day written as text, or as eight digits, becomes a date; in text tables 2016-05-01."""

import re
import unicodedata

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind

_DIGITS = re.compile(r"(?:18|19|20)[0-9]{6}(?:\.0+)?")
_PARTS = re.compile(r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?")
_WRITTEN = re.compile(
    r"[0-9〇○零一二三四五六七八九]{4}年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}[日号]?"
)
_FIRST = "1900-03-01"  # spreadsheets count earlier days differently


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the day that is read; a month, a year, or a day with its hour says something else and is left."""
    text = unicodedata.normalize("NFKC", cell.text).strip().lstrip("#'‘’\"")
    day = cell.value
    whole = _DIGITS.fullmatch(text) or _PARTS.fullmatch(text) or _WRITTEN.fullmatch(re.sub(r"\s", "", text))
    if day is None or not whole:
        return None
    if cell.plain:
        return (day, Kind.TEXT) if day != cell.text else None
    return (day, Kind.DATE) if day >= _FIRST else None


KIND = Spelling(
    Repair(
        "FIX008", *both("文本日期改为日期"), True,
        *both("写成文本的日期不能排序、计算年龄，写法不一时比对不上。")
    ),
    frozenset(("日期",)), respell, both("改为日期"),
)  # fmt: skip

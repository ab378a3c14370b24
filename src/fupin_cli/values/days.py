"""A day as people write it in; the date out, None where it cannot be told."""

import re
from datetime import date, timedelta

from fupin_cli.values.text import fold

_PARTED = re.compile(r"(\d{4})[年./\\,、-](\d{1,2})[月./\\,、-](\d{1,2})[日号]?(?:$|T|\()")
_TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T|\d{2}:)")
_PLAIN = re.compile(r"(20\d{2}|19\d{2})(\d{2})(\d{2})")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # 2000 to 2099, as Excel counts days


def day_of(text: str) -> date | None:
    """Return the day a text says: 2020-6-8, 2020年6月8日, 2020.6.8, 20200608, or Excel's number of a day."""
    plain = fold(text)
    if found := _PARTED.match(_arabic(plain)) or _PLAIN.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _TIMED.match(plain):
        return date.fromisoformat(found[1])
    if plain.isdigit() and int(plain) in _SERIALS:
        return _EPOCH + timedelta(days=int(plain))
    return None


def _arabic(text: str) -> str:
    """Write the years, months and days of Chinese numerals in digits: 二〇二〇年六月十八日."""
    if "年" not in text or text[0].isdigit():
        return text
    parts = re.split("[年月日号]", text)
    return "-".join(str(_number(part)) if number else part.translate(_DIGITS) for number, part in enumerate(parts[:3]))


def _number(text: str) -> str:
    if "十" not in text:
        return text.translate(_DIGITS)
    tens, _, ones = text.partition("十")
    return f"{tens.translate(_DIGITS) or '1'}{ones.translate(_DIGITS) or '0'}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

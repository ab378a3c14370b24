"""A number as it was written, and its format, in; the number, date or time it stands for out."""

import datetime
import math
import re

_NUMERAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NAMED_DATES = {"general date", "long date", "medium date", "short date", "long time", "medium time", "short time"}
_NAMED_NUMBERS = {"general", "general number", "standard", "currency", "euro currency", "fixed", "percent", "scientific",
                  "yes/no", "true/false", "on/off", "boolean"}  # fmt: skip
_SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_LAST_SERIAL = 2_958_466  # 10000-01-01


def number_in(text: str | None) -> float | None:
    """The number a text writes in ASCII digits, None when it is none or beyond what a cell holds."""
    stripped = (text or "").strip()
    if not _NUMERAL.fullmatch(stripped):
        return None
    number = float(stripped)
    return number if math.isfinite(number) else None


def is_date_format(code: str) -> bool:
    """Whether a number format (`yyyy-mm-dd`, `Short Date`, `[$-804]e"年"m"月"`) shows a number as a date or time."""
    named = code.strip().lower()
    if named in _NAMED_DATES:
        return True
    if named in _NAMED_NUMBERS:
        return False
    return bool(re.search(r"[ymdhs]", _SILENT.sub("", named.split(";")[0])))


def shown_as(number: float, code: str, *, from_1904: bool = False) -> float | datetime.datetime | datetime.time:
    """The date or time of a serial number whose format is one; below one day it is a time. Else the number."""
    if not is_date_format(code) or not 0 <= number < _LAST_SERIAL:
        return number
    begin = datetime.datetime(1904, 1, 1) if from_1904 else datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
    seconds = round(number * 86_400)
    if seconds < 86_400:
        return (begin + datetime.timedelta(seconds=seconds)).time()
    if not from_1904 and number < 60:  # Excel counts a 29 February 1900 that was none
        begin += datetime.timedelta(days=1)
    return begin + datetime.timedelta(seconds=seconds)

"""Find the data date in a title, a sheet's name or a file's name; None when there is none, or more than one."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from fupin_cli.values.patterns import regex

FIRST_YEAR, LAST_YEAR = 2005, 2040  # registries begin in 2013; desktop ledgers before them in 2011
_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
_CHINESE = regex(
    r"[〇○零一二三四五六七八九]{4}年(?:[〇○零一二三四五六七八九十]{1,3}月)?(?:[〇○零一二三四五六七八九十]{1,3}[日号])?"
)
_DAY = regex(r"(?<!\d)(20\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})(?!\d)[日号]?")
_EIGHT = regex(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_MONTH = regex(r"(?<!\d)(20\d\d)(?:年|[-./])(\d{1,2})(?:月(?:底|末|份)?|(?![\d-]))")
_SIX = regex(r"(?<!\d)(20\d\d)(\d\d)(?!\d)")
_YEAR = regex(r"(?<![\d〔\[/号-])(20\d\d)(?:年度|年底|年末|年)(?!以?[来前后起至]|之[前后]|[-—~至到])")
_BARE_YEAR = regex(r"(?<![\d〔\[号.-])(20\d\d)(?![\d〕\]年号.-])")
_RANGE = regex(r"20\d\d年?度?\s*[-—–~至到]+\s*(?:20)?\d\d(?!\d)年")
_DOCUMENT = regex(r"[〔\[(（【]\s*20\d\d\s*[〕\])）】]\s*第?\d*号?")


def date_in(text: str, *, bare: bool = False) -> date | None:
    """Return the day a text is dated: a month alone means its last day, a year alone 31 December.

    Args:
        text: a title, or the name of a sheet or file.
        bare: also take four or six digits that stand alone (a file called 2020.xlsx); a title must say 年.
    """
    plain = _DOCUMENT.sub(" ", _RANGE.sub(" ", _CHINESE.sub(_in_digits, text).translate(_DIGITS)))
    for find in (_days, _months, _bare_months, _years, _bare_years):
        if find in (_bare_months, _bare_years) and not bare:
            continue
        found = set(find(plain))
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _in_digits(match: re.Match[str]) -> str:
    return re.sub(r"([一二三]?)十([一二三四五六七八九]?)", _tens, match[0])


def _tens(match: re.Match[str]) -> str:
    tens, ones = ("零一二三四五六七八九".index(part) if part else None for part in match.groups())
    return str((1 if tens is None else tens) * 10 + (ones or 0))


def _days(text: str) -> Iterator[date]:
    for pattern in (_DAY, _EIGHT):
        for match in pattern.finditer(text):
            yield from _real(int(match[1]), int(match[2]), int(match[3]))


def _months(text: str) -> Iterator[date]:
    for match in _MONTH.finditer(text):
        yield from _month_end(int(match[1]), int(match[2]))


def _bare_months(text: str) -> Iterator[date]:
    for match in _SIX.finditer(text):
        yield from _month_end(int(match[1]), int(match[2]))


def _years(text: str) -> Iterator[date]:
    for match in _YEAR.finditer(text):
        yield from _real(int(match[1]), 12, 31)


def _bare_years(text: str) -> Iterator[date]:
    for match in _BARE_YEAR.finditer(text):
        yield from _real(int(match[1]), 12, 31)


def _month_end(year: int, month: int) -> Iterator[date]:
    if 1 <= month <= 12:
        yield from _real(year, month, calendar.monthrange(year, month)[1])


def _real(year: int, month: int, day: int) -> Iterator[date]:
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        yield date(year, month, day)

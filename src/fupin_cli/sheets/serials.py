"""A number under a date or percent format in; the text and kind a clerk would call it by, out."""

import datetime
import math
import re

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.number_formats import Meaning
from fupin_cli.values.percents import percent_text

_DAY = 86_400_000  # milliseconds; finer is noise of the floating point
_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?")


def serial_text(serial: float, meaning: Meaning, *, from_1904: bool) -> tuple[str, Kind] | None:
    """Text and kind of a serial; None when no calendar has it, and it stays a number.

    Days count from 1 January 1900 with a 29 February 1900 that never was, or from 1 January 1904.
    """
    if meaning is Meaning.PERCENT:
        return (percent_text(serial), Kind.PERCENT) if math.isfinite(serial) else None
    if meaning is Meaning.DATE and serial < 0:
        return None
    try:
        length = datetime.timedelta(milliseconds=round(serial * _DAY))
        if meaning is Meaning.DURATION:
            return hours(length), Kind.TEXT
        if serial < 1:
            return time_of_day(datetime.datetime(1, 1, 1) + length), Kind.TEXT  # noqa: DTZ001
        return to_the_second(_first_day(serial, from_1904=from_1904) + length), Kind.DATE
    except OverflowError:
        return None


def _first_day(serial: float, *, from_1904: bool) -> datetime.datetime:
    if from_1904:
        return datetime.datetime(1904, 1, 1)  # noqa: DTZ001  a workbook knows no time zone
    return datetime.datetime(1899, 12, 31 if serial < 60 else 30)  # noqa: DTZ001


def iso_text(text: str) -> tuple[str, Kind]:
    """Text and kind of a cell that says of itself that it is an ISO 8601 date."""
    try:
        if _ISO.fullmatch(text):
            return to_the_second(datetime.datetime.fromisoformat(text)), Kind.DATE
    except ValueError:
        return text, Kind.TEXT  # there is no such day
    return text, Kind.TEXT


def to_the_second(moment: datetime.datetime) -> str:
    """`2016-05-01 08:30:00`, or `2016-05-01` at midnight."""
    up = datetime.timedelta(seconds=moment.microsecond >= 500_000 and moment.year < 9999)
    rounded = moment.replace(microsecond=0) + up
    return rounded.isoformat(sep=" ").removesuffix(" 00:00:00")


def time_of_day(moment: datetime.datetime) -> str:
    """`08:30:00`, to the second."""
    up = datetime.timedelta(seconds=moment.microsecond >= 500_000)
    return (moment.replace(microsecond=0) + up).time().isoformat()


def hours(length: datetime.timedelta) -> str:
    """`36:00:00`, to the second."""
    seconds = round(abs(length.total_seconds()))
    sign = "-" if length < datetime.timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"

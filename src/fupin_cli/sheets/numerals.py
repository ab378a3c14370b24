"""A number as it was written, and its format, in; the number, date, time or percent it stands for out."""

import math
import re
import struct

from fupin_cli.sheets.marks import Odd
from fupin_cli.sheets.number_formats import Meaning, meaning_of
from fupin_cli.sheets.serials import serial_text

_NUMERAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_LAST_SERIAL = 2_958_466  # 10000-01-01
_NAMED = (
    dict.fromkeys(
        ["general date", "long date", "medium date", "short date", "long time", "medium time", "short time"],
        Meaning.DATE,
    )
    | dict.fromkeys(
        ["standard", "currency", "euro currency", "fixed", "scientific", "yes/no", "true/false", "on/off", "boolean"],
        Meaning.NUMBER,
    )
    | {"percent": Meaning.PERCENT}
)  # as markup of Excel and LibreOffice calls them; any other code is spelled out


def number_in(text: str | None) -> float | None:
    """The number a text writes in ASCII digits, None when it is none or beyond what a cell holds."""
    stripped = (text or "").strip()
    if not _NUMERAL.fullmatch(stripped):
        return None
    number = float(stripped)
    return number if math.isfinite(number) else None


def shown_as(number: float, code: str, *, from_1904: bool = False) -> float | Odd:
    """The date, time or percent that the format of a number (`yyyy-mm-dd`, `Short Date`, `0%`) shows, else the number."""
    named = code.strip().lower()
    meaning = _NAMED[named] if named in _NAMED else meaning_of(code)
    if meaning is Meaning.NUMBER or not number < _LAST_SERIAL:
        return number
    told = serial_text(number, meaning, from_1904=from_1904)
    return number if told is None else Odd(*told)


def packed_number(packed: bytes) -> float:
    """The number of an RK of .xls and .xlsb, 30 bits: whole or the upper half of a real one, of hundredths or not."""
    flags = packed[0] & 3
    if flags & 2:
        value: float = struct.unpack("<i", packed)[0] >> 2
    else:
        value = struct.unpack("<d", bytes(4) + bytes([packed[0] & 0xFC]) + packed[1:])[0]
    return value / 100 if flags & 1 else value

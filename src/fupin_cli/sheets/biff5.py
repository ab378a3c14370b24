"""The stream of an Excel 5/95 workbook in; its sheets, loaded into the engine, out.

calamine 0.37 opens these too, but takes Chinese texts apart byte by byte, leaves out rich text, cuts the first sign off formats,
and gives up on names and texts in formulas. Sheets of that time are small: 16 384 rows at most.
"""

import codecs
import struct
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Kind, Merge, Sheet
from fupin_cli.sheets.biff import ERRORS, scan_sheet
from fupin_cli.sheets.filling import Filling, Value
from fupin_cli.sheets.grid import Loader
from fupin_cli.sheets.marks import Odd
from fupin_cli.sheets.number_formats import Meaning, built_in, meaning_of
from fupin_cli.sheets.numerals import packed_number
from fupin_cli.sheets.ole import DamagedError
from fupin_cli.sheets.refusals import refuse
from fupin_cli.sheets.serials import serial_text

_EOF, _BOF, _FILE_PASS, _DATE_MODE, _CODE_PAGE, _SHEET, _FORMAT, _STYLE = (
    0x0A,
    0x809,
    0x2F,
    0x22,
    0x42,
    0x85,
    0x41E,
    0xE0,
)
_FORMULA, _NUMBER, _LABEL, _BOOLEAN, _TEXT, _RK = 0x06, 0x203, 0x204, 0x205, 0x207, 0x27E
_MANY_RK, _RICH_LABEL, _MERGES = 0xBD, 0xD6, 0xE5
_CODECS = {367: "ascii", 1200: "utf-16-le", 10_000: "mac_roman", 32_768: "mac_roman", 32_769: "cp1252", 65_001: "utf-8"}
_CHINESE = "gb18030"
_SPREAD = {936: _CHINESE, 10_008: _CHINESE, 54_936: _CHINESE}

Record = tuple[int, bytes]


class _Book(Struct):
    """What the cells of every sheet need to know."""

    codec: str
    from_1904: bool
    styles: list[Meaning]
    sheets: list[tuple[int, bool, str]]  # where it begins, whether it is hidden, its name


def is_biff5(book: bytes) -> bool:
    """Whether the stream is of Excel 5 or 95."""
    return book[:2] == b"\x09\x08" and book[4:6] == b"\x00\x05"


def read_biff5(engine: Engine, path: Path, number: int, book: bytes) -> list[Sheet]:
    """Every worksheet of the workbook.

    Raises:
        InputError: encrypted, or damaged.
    """
    sheets: list[Sheet] = []
    try:
        if any(code == _FILE_PASS for code, _ in _records(book, 0)):
            raise refuse(path, "encrypted")
        told = _globals(book)
        for start, hidden, name in told.sheets:
            filling = Filling(path, name, partial(Loader, engine, f"sheet_{number}_{len(sheets)}"))
            filling.hidden = hidden
            sheets.append(_sheet(filling, told, book, start))
    except (DamagedError, struct.error, IndexError) as error:
        raise refuse(path, "damaged", "BIFF5") from error
    return sheets


def _globals(book: bytes) -> _Book:
    found = list(_records(book, 0))
    page = next((_word(record) for code, record in found if code == _CODE_PAGE), 936)
    told = _Book(_codec(page), from_1904=False, styles=[], sheets=[])
    stated: dict[int, Meaning] = {}
    for code, record in found:
        if code == _DATE_MODE:
            told.from_1904 = _word(record) == 1
        elif code == _FORMAT:
            stated[_word(record)] = meaning_of(record[3 : 3 + record[2]].decode(told.codec, "replace"))
        elif code == _STYLE:
            written = _word(record, 2)
            told.styles.append(stated[written] if written in stated else built_in(written))
        elif code == _SHEET and record[5] == 0:
            name = record[7 : 7 + record[6]].decode(told.codec, "replace")
            told.sheets.append((struct.unpack_from("<I", record)[0], bool(record[4] & 3), name))
    return told


def _codec(page: int) -> str:
    name = _SPREAD.get(page) or _CODECS.get(page) or f"cp{page}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _CHINESE


def _records(book: bytes, start: int) -> Iterator[Record]:
    """The records of one substream, without those of what is embedded in it."""
    at, depth = start, 0
    while True:
        code, size = struct.unpack_from("<HH", book, at)
        if at + 4 + size > len(book):
            raise DamagedError
        if code == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif code == _BOF:
            depth += 1
        elif depth == 1:
            yield code, book[at + 4 : at + 4 + size]
        at += 4 + size


def _sheet(filling: Filling, told: _Book, book: bytes, start: int) -> Sheet:
    rows: dict[int, dict[int, Value]] = {}
    awaited = (0, 0)
    for code, record in _records(book, start):
        if code == _FORMULA:
            awaited = _word(record), _word(record, 2)
        for row, column, value in _cells(told, code, record, awaited):
            if value != "":
                rows.setdefault(row, {})[column] = value
        if code == _MERGES:
            for index in range(_word(record)):
                first, last, left, right = struct.unpack_from("<4H", record, 2 + 8 * index)
                filling.merge(Merge(first + 1, last + 1, left, right))
    marks = scan_sheet(book, start)
    for row in sorted(rows):
        filling.put(row + 1, rows[row])
    for row in sorted(marks.hidden_rows):
        filling.hide_rows(row + 1, row + 1)
    for column in sorted(marks.hidden_columns):
        filling.hide_columns(column, column)
    return filling.finish()


def _cells(told: _Book, code: int, record: bytes, awaited: tuple[int, int]) -> Iterator[tuple[int, int, Value]]:
    """Row, column and value of each cell that a record states."""
    if code == _TEXT:
        yield *awaited, _text(told, record, 0)
    elif code in {_LABEL, _RICH_LABEL}:
        yield *_place(record), _text(told, record, 6)
    elif code == _NUMBER:
        yield *_place(record), _number(told, _word(record, 4), struct.unpack_from("<d", record, 6)[0])
    elif code == _RK:
        yield *_place(record), _number(told, _word(record, 4), packed_number(record[6:10]))
    elif code == _MANY_RK:
        row, first = _place(record)
        for index, at in enumerate(range(4, len(record) - 2, 6)):
            yield row, first + index, _number(told, _word(record, at), packed_number(record[at + 2 : at + 6]))
    elif code == _BOOLEAN:
        yield *_place(record), _error(record[6]) if record[7] else bool(record[6])
    elif code == _FORMULA:
        yield *_place(record), _result(told, record)


def _result(told: _Book, record: bytes) -> Value:
    """The value of a formula; "" for a text, which stands in a record of its own."""
    if record[12:14] != b"\xff\xff":
        return _number(told, _word(record, 4), struct.unpack_from("<d", record, 6)[0])
    if record[6] == 1:
        return bool(record[8])
    return _error(record[8]) if record[6] == 2 else ""


def _number(told: _Book, style: int, value: float) -> Value:
    meaning = told.styles[style] if style < len(told.styles) else Meaning.NUMBER
    shown = serial_text(value, meaning, from_1904=told.from_1904) if meaning is not Meaning.NUMBER else None
    return Odd(*shown) if shown else value


def _text(told: _Book, record: bytes, at: int) -> str:
    return record[at + 2 : at + 2 + _word(record, at)].decode(told.codec, "replace")


def _error(number: int) -> Odd:
    return Odd(ERRORS.get(number, "#ERROR"), Kind.ERROR)


def _place(record: bytes) -> tuple[int, int]:
    return _word(record), _word(record, 2)


def _word(record: bytes, at: int = 0) -> int:
    return int.from_bytes(record[at : at + 2], "little")

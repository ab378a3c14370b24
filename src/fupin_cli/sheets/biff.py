"""An .xls (BIFF5, BIFF8) in; the Marks of each of its sheets out: error cells, percents, hidden rows and columns.

A formula of an .xls always carries a value, so none is marked as uncomputed: one that was never computed carries the
empty text, as one does whose result is empty.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.marks import Marks, Odd
from fupin_cli.sheets.number_formats import Meaning, built_in, meaning_of
from fupin_cli.sheets.numerals import packed_number
from fupin_cli.sheets.ole import Container, DamagedError
from fupin_cli.sheets.refusals import refuse
from fupin_cli.sheets.serials import serial_text

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FORMULA, _EOF, _FILE_PASS, _COLUMNS, _SHEET, _ERROR, _ROW, _BOF = 0x06, 0x0A, 0x2F, 0x7D, 0x85, 0x205, 0x208, 0x809
_FORMAT, _STYLE, _MANY_RK, _NUMBER, _RK = 0x41E, 0xE0, 0xBD, 0x203, 0x27E
_WANTED = frozenset({_FORMULA, _COLUMNS, _ERROR, _ROW})
_NUMBERS = frozenset({_MANY_RK, _NUMBER, _RK})


def read_marks(path: Path) -> list[Marks]:
    """Marks of every sheet, in the order of the workbook.

    Raises:
        InputError: encrypted, damaged, or no workbook in the container.
    """
    book = book_stream(path)
    try:
        return _scan_book(path, book)
    except (DamagedError, struct.error, IndexError) as error:
        raise refuse(path, "damaged", "OLE") from error


def book_stream(path: Path) -> bytes:
    """The stream that holds the workbook.

    Raises:
        InputError: encrypted, damaged, or no workbook in the container.
    """
    try:
        container = Container(path.read_bytes())
        if "encryptedpackage" in container.names:
            raise refuse(path, "encrypted")
        stream = next((name for name in ("workbook", "book") if name in container.names), None)
        if stream is None:
            raise refuse(path, "document")
        return container.stream(stream)
    except (DamagedError, struct.error, IndexError) as error:
        raise refuse(path, "damaged", "OLE") from error


def _scan_book(path: Path, book: bytes) -> list[Marks]:
    starts: list[int] = []
    styles: list[int] = []
    stated: dict[int, Meaning] = {}
    at = 0
    while True:
        code, size = struct.unpack_from("<HH", book, at)
        if code == _FILE_PASS:
            raise refuse(path, "encrypted")
        if code == _SHEET:
            starts += struct.unpack_from("<I", book, at + 4)
        elif code == _STYLE:
            styles.append(_word(book, at + 6))
        elif code == _FORMAT:
            stated[_word(book, at + 4)] = meaning_of(_text(book, at + 6))
        at += 4 + size
        if code == _EOF:
            break
    meanings = [stated[code] if code in stated else built_in(code) for code in styles]
    percents = frozenset(style for style, meaning in enumerate(meanings) if meaning is Meaning.PERCENT)
    return [scan_sheet(book, start, percents) for start in starts]


def _text(book: bytes, at: int) -> str:
    length = _word(book, at)
    wide, code_page = book[at + 2] & 1, ("latin-1", "utf-16-le")
    return book[at + 3 : at + 3 + length * (1 + wide)].decode(code_page[wide], "replace")


def scan_sheet(book: bytes, start: int, percents: frozenset[int] = frozenset()) -> Marks:
    """Marks of the sheet whose records begin at `start`; the same records serve BIFF5 and BIFF8.

    Args:
        book: the stream.
        start: where the sheet begins.
        percents: the styles whose numbers are percents, which calamine does not tell.
    """
    marks = Marks()
    wanted = _WANTED | (_NUMBERS if percents else frozenset())
    header = struct.Struct("<HH").unpack_from
    at, depth, end = start, 0, len(book)
    while at + 4 <= end:
        code, size = header(book, at)
        if code == _BOF:
            depth += 1
        elif code == _EOF:
            depth -= 1
            if depth <= 0:
                return marks
        elif code in wanted and depth == 1:
            record = book[at + 4 : at + 4 + size]
            _mark(marks, code, record)
            if percents:
                for row, column, style, number in _numbers(code, record):
                    if style in percents and (shown := serial_text(number, Meaning.PERCENT, from_1904=False)):
                        marks.put(row, column, Odd(*shown))
        at += 4 + size
    raise DamagedError


def _mark(marks: Marks, code: int, record: bytes) -> None:
    if code == _ROW:
        if record[12] & 0x20:
            marks.hidden_rows.add(int.from_bytes(record[:2], "little"))
    elif code == _COLUMNS:
        first, last, options = struct.unpack_from("<HH4xH", record)
        if options & 1:
            marks.hidden_columns.update(range(first, min(last, 255) + 1))
    elif code not in _NUMBERS:
        row, column = struct.unpack_from("<HH", record)
        number = _error_number(code, record)
        if number is not None:
            marks.put(row, column, Odd(ERRORS.get(number, "#ERROR"), Kind.ERROR))


def _error_number(code: int, record: bytes) -> int | None:
    if code == _ERROR:
        return record[6] if record[7] else None
    return record[8] if record[6] == 2 and record[12:14] == b"\xff\xff" else None


def _numbers(code: int, record: bytes) -> Iterator[tuple[int, int, int, float]]:
    """Row, column, style and number of each cell that a record states."""
    if code in {_FORMULA, _NUMBER} and (code == _NUMBER or record[12:14] != b"\xff\xff"):
        yield *struct.unpack_from("<HHH", record), struct.unpack_from("<d", record, 6)[0]
    elif code == _RK:
        yield *struct.unpack_from("<HHH", record), packed_number(record[6:10])
    elif code == _MANY_RK:
        row, first = struct.unpack_from("<HH", record)
        for index, at in enumerate(range(4, len(record) - 2, 6)):
            yield row, first + index, _word(record, at), packed_number(record[at + 2 : at + 6])


def _word(record: bytes, at: int) -> int:
    return int.from_bytes(record[at : at + 2], "little")

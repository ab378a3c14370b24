"""An .xls (BIFF5, BIFF8) in; the Marks of each of its sheets out: error cells, hidden rows and columns.

A formula of an .xls always carries a value, so none is marked as uncomputed: one that was never computed carries the
empty text, as one does whose result is empty.
"""

import struct
from pathlib import Path

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.marks import Marks, Odd
from fupin_cli.sheets.ole import Container, DamagedError
from fupin_cli.sheets.refusals import refuse

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FORMULA, _EOF, _FILE_PASS, _COLUMNS, _SHEET, _ERROR, _ROW, _BOF = 0x06, 0x0A, 0x2F, 0x7D, 0x85, 0x205, 0x208, 0x809
_WANTED = {_FORMULA, _COLUMNS, _ERROR, _ROW}


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
    at = 0
    while True:
        code, size = struct.unpack_from("<HH", book, at)
        if code == _FILE_PASS:
            raise refuse(path, "encrypted")
        if code == _SHEET:
            starts += struct.unpack_from("<I", book, at + 4)
        at += 4 + size
        if code == _EOF:
            break
    return [scan_sheet(book, start) for start in starts]


def scan_sheet(book: bytes, start: int) -> Marks:
    """Marks of the sheet whose records begin at `start`; the same records serve BIFF5 and BIFF8."""
    marks = Marks()
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
        elif code in _WANTED and depth == 1:
            _mark(marks, code, book[at + 4 : at + 4 + size])
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
    else:
        row, column = struct.unpack_from("<HH", record)
        number = _error_number(code, record)
        if number is not None:
            marks.put(row, column, Odd(ERRORS.get(number, "#ERROR"), Kind.ERROR))


def _error_number(code: int, record: bytes) -> int | None:
    if code == _ERROR:
        return record[6] if record[7] else None
    return record[8] if record[6] == 2 and record[12:14] == b"\xff\xff" else None

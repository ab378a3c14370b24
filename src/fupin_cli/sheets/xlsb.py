"""A binary workbook (.xlsb) in; the Marks of each of its sheets out: errors, merges, hidden parts, what calamine misreads.

calamine 0.37 gives a date that is kept as a whole RK number as a bare number, as it gives any percent, and leaves out rich
text that stands in its own cell. Formulas of an .xlsb always carry a value, so none is marked as uncomputed. Basis: [MS-XLSB].
"""

import struct
import zipfile
import zlib
from pathlib import Path

from msgspec import Struct

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.biff12 import records, text_at
from fupin_cli.sheets.marks import Marks, Odd, is_sparse
from fupin_cli.sheets.number_formats import Meaning, built_in, meaning_of
from fupin_cli.sheets.numerals import packed_number
from fupin_cli.sheets.package import check_parts, check_sizes, open_part, targets_of
from fupin_cli.sheets.refusals import refuse
from fupin_cli.sheets.serials import serial_text

_BOOK = "xl/workbook.bin"
_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR, _RICH_TEXT = 0, 2, 3, 5, 9, 11, 62
_SHORT = set(range(12, 19))  # cells without a column of their own; Excel reads them, and writes none
_COLUMN, _MERGE = 60, 176
_CELLS = set(range(1, 12)) | {_RICH_TEXT}
_WANTED = frozenset({_ROW, _COLUMN, _MERGE} | _CELLS | _SHORT)
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}


class _Book(Struct, frozen=True):
    """What the cells of every sheet need to know."""

    styles: list[Meaning]
    from_1904: bool

    @property
    def telling(self) -> set[int]:
        """The records of cells that may be odd."""
        numbers = {_REAL, _FORMULA_NUMBER} if Meaning.PERCENT in self.styles else set()
        return {_RK, _ERROR, _FORMULA_ERROR, _RICH_TEXT} | numbers


def read_marks(path: Path) -> list[Marks]:
    """Marks of every sheet, in the order of the workbook (empty ones for a chart sheet).

    Raises:
        InputError: encrypted, damaged, too large inflated, or with cells too far apart.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as package:
            check_sizes(path, package)
            check_parts(path, package)
            book = open_part(package, _BOOK).read()
            told = _Book(_styles(package), any(book[at] & 1 for _, at, _ in records(book, {153})))
            targets = targets_of(package, _BOOK)
            return [_scan(path, package, told, name, targets.get(key)) for key, name in _sheets(book)]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise refuse(path, "damaged", "zip") from error
    except (struct.error, IndexError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise refuse(path, "damaged", "BIFF12") from error


def _sheets(book: bytes) -> list[tuple[str, str]]:
    """Relation and name of every sheet that has a part."""
    sheets = []
    for _, at, _ in records(book, {156}):
        key, behind = text_at(book, at + 8)
        if key:
            sheets.append((key, text_at(book, behind)[0]))
    return sheets


def _styles(package: zipfile.ZipFile) -> list[Meaning]:
    try:
        part = open_part(package, "xl/styles.bin").read()
    except KeyError:
        return []
    stated = {
        struct.unpack_from("<H", part, at)[0]: meaning_of(text_at(part, at + 2)[0]) for _, at, _ in records(part, {44})
    }
    styles, inside = [], False
    for number, at, _ in records(part, {47, 617, 618}):
        if number == 47 and inside:
            code = struct.unpack_from("<H", part, at + 2)[0]
            styles.append(stated[code] if code in stated else built_in(code))
        inside = number == 617 or (inside and number != 618)
    return styles


def _scan(path: Path, package: zipfile.ZipFile, book: _Book, name: str, part: str | None) -> Marks:
    marks = Marks()
    if part is None:
        return marks
    content = open_part(package, part).read()
    row, word, telling = 0, struct.Struct("<I").unpack_from, book.telling
    for number, at, end in records(content, _WANTED):
        if number == _ROW:
            row = word(content, at)[0]
            if content[at + 11] & 0x10:
                marks.hidden_rows.add(row)
        elif number in _CELLS:
            if number != 1:
                marks.rows, marks.cell_count = row + 1, marks.cell_count + 1
                marks.columns = max(marks.columns, word(content, at)[0] + 1)
            if number in telling:
                _odd_cell(marks, book, row, number, content[at:end])
        elif number in _SHORT:
            raise refuse(path, "unknown_cells", name)
        else:
            _mark(marks, number, content[at:end])
    if is_sparse(marks.rows, marks.columns, marks.cell_count):
        raise refuse(path, "sparse", name, marks.rows, marks.columns)
    return marks


def _odd_cell(marks: Marks, book: _Book, row: int, number: int, cell: bytes) -> None:
    column = int.from_bytes(cell[:4], "little")
    if number in {_ERROR, _FORMULA_ERROR}:
        marks.put(row, column, Odd(_ERRORS.get(cell[8], "#ERROR"), Kind.ERROR))
    elif number == _RICH_TEXT:
        text = text_at(cell, 9)[0]
        if text:
            marks.put(row, column, Odd(text, Kind.TEXT))
    else:
        style = int.from_bytes(cell[4:7], "little")
        meaning = book.styles[style] if style < len(book.styles) else Meaning.NUMBER
        whole = number == _RK and cell[8] & 3 == 2  # not one of hundredths
        if meaning is Meaning.PERCENT or (whole and meaning is not Meaning.NUMBER):
            value = packed_number(cell[8:12]) if number == _RK else struct.unpack_from("<d", cell, 8)[0]
            if shown := serial_text(value, meaning, from_1904=book.from_1904):
                marks.put(row, column, Odd(*shown))


def _mark(marks: Marks, number: int, content: bytes) -> None:
    if number == _MERGE:
        first, last, left, right = struct.unpack_from("<IIII", content)
        marks.merges.append(((first, left), (last, right)))
    else:
        left, right, options = struct.unpack_from("<II8xH", content)
        if options & 1:
            marks.hidden_columns.update(range(left, min(right, 16_383) + 1))

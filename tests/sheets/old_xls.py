"""Write an Excel 5/95 workbook (BIFF5), record by record, into the container it stands in: no library writes them.

Layouts: Excel 97 Developer's Kit; openoffice.org's documentation of the Excel file format.
"""

import datetime
import struct
from pathlib import Path

from tests.sheets.xlsb_writer import ERRORS, rk, serial
from tests.sketch import Drawing, Error, Formula, Percent, read_sketch

GENERAL, DATE, DATE_TIME, CHINESE_DATE, PERCENT, BUILT_IN_DATE = range(6)  # styles of the workbooks written here


def ole(*streams):
    """A compound file with small streams of these names and contents, all kept in full sectors."""
    sectors, fat, entries = [], [], []

    def put(content):
        start = len(sectors)
        parts = [content[at : at + 512].ljust(512, b"\0") for at in range(0, max(1, len(content)), 512)]
        sectors.extend(parts)
        fat.extend([*range(start + 1, start + len(parts)), 0xFFFFFFFE])
        return start

    for name, content in streams:
        entries.append((name, 2, put(content.ljust(5120, b"\0")), 5120))
    directory = b""
    for name, kind, start, size in [("Root Entry", 5, 0xFFFFFFFE, 0), *entries]:
        written = name.encode("utf-16-le")
        directory += written.ljust(64, b"\0") + struct.pack("<HBB", len(written) + 2, kind, 1) + b"\xff" * 12
        directory += b"\0" * 36 + struct.pack("<III", start, size, 0)
    start = put(directory)
    fat_sector = len(sectors)
    fat += [0xFFFFFFFD] + [0xFFFFFFFF] * (127 - len(fat))
    sectors.append(struct.pack("<128I", *fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<IIIIIIIII", 1, start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, fat_sector)
    return head.ljust(512, b"\xff") + b"".join(sectors)


def record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def label(row: int, column: int, text: str, codec: str = "gbk") -> bytes:
    """A text in its cell: BIFF5 has no shared ones."""
    written = text.encode(codec)
    return record(0x204, struct.pack("<HHHH", row, column, GENERAL, len(written)) + written)


def formula(row: int, column: int, value: bytes, style: int = GENERAL) -> bytes:
    """A formula cell of eight bytes' value; its formula is the number 1."""
    return record(6, struct.pack("<HHH", row, column, style) + value + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00")


def write_biff5(path: Path, drawn: str, *, from_1904: bool = False, page: int = 936, codec: str = "gbk") -> Path:
    """Write the sketch as Excel 5 would."""
    drawings = read_sketch(drawn)
    cells = [_cells(drawing, codec, from_1904=from_1904) for drawing in drawings]
    names = [(drawing.name, int(drawing.hidden)) for drawing in drawings]
    return write_stream(path, names, cells, from_1904=from_1904, page=page, codec=codec)


def write_stream(path, names, cells, *, from_1904=False, page=936, codec="gbk", before=b""):
    """Write a workbook of these (name, state) and records of cells; `before` stands among the globals."""
    formats = {164: "yyyy-mm-dd", 165: "yyyy-mm-dd hh:mm:ss", 166: 'yyyy"年"m"月"d"日"', 167: "0%"}
    head = record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0)) + record(0x42, struct.pack("<H", page)) + before
    head += record(0x22, struct.pack("<H", int(from_1904)))
    for number, code in formats.items():
        written = code.encode(codec, "replace")
        head += record(0x41E, struct.pack("<HB", number, len(written)) + written)
    for number in (0, *formats, 31):
        head += record(0xE0, struct.pack("<HHHHHHHH", 0, number, 0, 0, 0, 0, 0, 0))
    bodies = [record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0)) + part + record(0x0A) for part in cells]
    encoded = [name.encode(codec) for name, _ in names]
    place = len(head) + sum(11 + len(name) for name in encoded) + 4
    for name, (_, state), body in zip(encoded, names, bodies, strict=True):
        head += record(0x85, struct.pack("<IBBB", place, state, 0, len(name)) + name)
        place += len(body)
    path.write_bytes(ole(("Book", head + record(0x0A) + b"".join(bodies))))
    return path


def _cells(drawing: Drawing, codec: str, *, from_1904: bool) -> bytes:
    written = b"".join(
        record(0x7D, struct.pack("<HHHHH", ord(letter) - 65, ord(letter) - 65, 2304, 0, 1) + bytes(2))
        for letter in drawing.hidden_columns
    )
    for row in drawing.hidden_rows:
        written += record(0x208, struct.pack("<HHHHHHHH", row - 1, 0, 9, 300, 0, 0, 0x20, 0))
    for (row, column), value in sorted(drawing.cells.items()):
        written += _cell(row - 1, column - 1, value, codec, from_1904=from_1904)
    return written


def _cell(row: int, column: int, value: object, codec: str, *, from_1904: bool) -> bytes:
    place = struct.pack("<HHH", row, column, GENERAL)
    if isinstance(value, str):
        return label(row, column, value, codec)
    if isinstance(value, Error):
        return record(0x205, place + bytes([ERRORS[value.text], 1]))
    if isinstance(value, bool):
        return record(0x205, place + bytes([value, 0]))
    if isinstance(value, Formula) and isinstance(value.saved, str):
        text = value.saved.encode(codec)
        return formula(row, column, bytes(6) + b"\xff\xff") + record(0x207, struct.pack("<H", len(text)) + text)
    if isinstance(value, Formula):
        return formula(row, column, struct.pack("<d", value.saved or 0))
    return _number(row, column, value, from_1904=from_1904)


def _number(row: int, column: int, value: object, *, from_1904: bool) -> bytes:
    style = GENERAL
    if isinstance(value, datetime.date):
        style = DATE_TIME if isinstance(value, datetime.datetime) else DATE if column % 2 else CHINESE_DATE
        value = serial(value, from_1904=from_1904)
    if isinstance(value, Percent):
        style, value = PERCENT, value.number
    if not isinstance(value, int | float):
        return b""
    place = struct.pack("<HHH", row, column, style)
    if value == int(value) and abs(value) < 1 << 28:
        return record(0x27E, place + rk(value))
    return record(0x203, place + struct.pack("<d", value))

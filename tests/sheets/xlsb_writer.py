"""Write a binary workbook (.xlsb) from drawings of tests/sketch.py: no library writes them.

Record numbers and layouts: [MS-XLSB] 2.1.4 (record), 2.3 (numbers), 2.5.9 (cell), 2.5.122 (RkNumber), 2.5.168 (text).
"""

import datetime
import struct
import zipfile
from pathlib import Path

from tests.sketch import Drawing, Error, Formula, Percent, read_sketch

ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
GENERAL, DATE, DATE_TIME, CHINESE_DATE, PERCENT = range(5)  # styles of the workbooks written here
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def record(number: int, content: bytes = b"") -> bytes:
    """A record: its number in one or two bytes, its length in one to four, its content."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = b"", len(content)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + content


def text(value: str) -> bytes:
    encoded = value.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def cell(number: int, column: int, content: bytes = b"", style: int = GENERAL) -> bytes:
    return record(number, struct.pack("<II", column, style) + content)


def formula(number: int, column: int, value: bytes, style: int = GENERAL) -> bytes:
    """A formula cell; its formula is the number 1, whatever its value is."""
    return cell(number, column, value + struct.pack("<HI", 0, 3) + b"\x1e\x01\x00" + struct.pack("<I", 0), style)


def rk(value: float, *, hundredth: bool = False) -> bytes:
    """An RK number: a whole one of 30 bits, or the upper 30 bits of a real one."""
    if value == int(value) and not hundredth:
        return struct.pack("<i", int(value) << 2 | 2)
    if hundredth:
        return struct.pack("<i", round(value * 100) << 2 | 3)
    bits = struct.unpack("<Q", struct.pack("<d", value))[0] >> 32
    return struct.pack("<I", bits & 0xFFFFFFFC)


def serial(moment: datetime.date, *, from_1904: bool) -> float:
    day = moment.toordinal() - datetime.date(1904, 1, 1).toordinal() + (0 if from_1904 else 1462)
    if not isinstance(moment, datetime.datetime):
        return day
    return day + (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86_400


def write_xlsb(path: Path, drawn: str, *, from_1904: bool = False, inline: bool = False) -> Path:
    """Write the sketch; `inline` keeps texts in the cells instead of the shared ones, and numbers as RK where they fit."""
    drawings = read_sketch(drawn)
    strings: dict[str, int] = {}
    sheets = [_sheet(drawing, strings, from_1904=from_1904, inline=inline) for drawing in drawings]
    return write_parts(path, [(drawing.name, int(drawing.hidden)) for drawing in drawings], sheets, strings, from_1904)


def write_parts(path, names, sheets, strings=(), from_1904=False):
    """Write a package of these (name, state) and sheet parts."""
    bundle = b"".join(
        record(156, struct.pack("<II", state, number) + text(f"rId{number}") + text(name))
        for number, (name, state) in enumerate(names, 1)
    )
    book = record(131) + record(153, struct.pack("<III", int(from_1904), 0, 0)) + record(143) + bundle + record(144)
    targets = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.bin") for number in range(1, len(sheets) + 1)]
    targets += [("rIdA", "styles", "styles.bin"), ("rIdB", "sharedStrings", "sharedStrings.bin")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/'
            'vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
            + "".join(
                f'<Override PartName="/xl/{target}" ContentType="application/vnd.ms-excel.{kind}"/>'
                for _, kind, target in targets
            )
            + "</Types>",
        )
        package.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.bin")]))
        package.writestr("xl/_rels/workbook.bin.rels", _relations(targets))
        package.writestr("xl/workbook.bin", book + record(157, struct.pack("<II", 0, 0) + bytes(18)) + record(132))
        package.writestr("xl/styles.bin", _styles())
        package.writestr("xl/sharedStrings.bin", _shared(list(strings)))
        for number, part in enumerate(sheets, 1):
            package.writestr(f"xl/worksheets/sheet{number}.bin", part)
    return path


def sheet_part(rows: bytes, columns: bytes = b"", after: bytes = b"") -> bytes:
    """The part of a sheet around its rows."""
    dimension = record(148, struct.pack("<IIII", 0, 1_048_575, 0, 16_383))
    return record(129) + dimension + columns + record(145) + rows + record(146) + after + record(130)


def row_header(row: int, *, hidden: bool = False) -> bytes:
    """A row, counted from 0."""
    return record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def _sheet(drawing: Drawing, strings: dict[str, int], *, from_1904: bool, inline: bool) -> bytes:
    rows: dict[int, bytes] = {row - 1: b"" for row in drawing.hidden_rows}
    for (row, column), value in sorted(drawing.cells.items()):
        rows[row - 1] = rows.get(row - 1, b"") + _cell(column - 1, value, strings, from_1904=from_1904, inline=inline)
    body = b"".join(
        row_header(row, hidden=row + 1 in drawing.hidden_rows) + cells for row, cells in sorted(rows.items())
    )
    columns = b"".join(
        record(60, struct.pack("<IIIIH", ord(letter) - 65, ord(letter) - 65, 2304, 0, 1))
        for letter in drawing.hidden_columns
    )
    merges = b"".join(
        record(176, struct.pack("<IIII", first - 1, last - 1, left - 1, right - 1))
        for first, left, last, right in drawing.merges
    )
    count = record(177, struct.pack("<I", len(drawing.merges)))
    return sheet_part(
        body, record(390) + columns + record(391) if columns else b"", count + merges + record(178) if merges else b""
    )


def _cell(column: int, value: object, strings: dict[str, int], *, from_1904: bool, inline: bool) -> bytes:
    if isinstance(value, datetime.date):
        style = DATE_TIME if isinstance(value, datetime.datetime) else CHINESE_DATE if inline else DATE
        return _number(column, serial(value, from_1904=from_1904), style, inline=inline)
    if isinstance(value, Percent):
        return _number(column, value.number, PERCENT, inline=inline)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(column, value, GENERAL, inline=inline)
    if isinstance(value, str):
        shared = b"" if inline else struct.pack("<I", strings.setdefault(value, len(strings)))
        return cell(6, column, text(value)) if inline else cell(7, column, shared)
    return _rare(column, value)


def _number(column: int, value: float, style: int, *, inline: bool) -> bytes:
    if inline and value == int(value) and abs(value) < 1 << 28:
        return cell(2, column, rk(value), style)
    if inline and value * 100 == int(value * 100) and abs(value) < 1 << 20:
        return cell(2, column, rk(value, hundredth=True), style)
    return cell(5, column, struct.pack("<d", value), style)


def _rare(column: int, value: object) -> bytes:
    if isinstance(value, Error):
        return cell(3, column, bytes([ERRORS[value.text]]))
    if isinstance(value, bool):
        return cell(4, column, bytes([value]))
    if isinstance(value, Formula) and isinstance(value.saved, str):
        return formula(8, column, text(value.saved))
    if isinstance(value, Formula):
        return formula(9, column, struct.pack("<d", value.saved or 0))
    return b""


def _styles() -> bytes:
    formats = {164: "yyyy-mm-dd", 165: "yyyy\\-mm\\-dd\\ hh:mm:ss", 166: 'yyyy"年"m"月"d"日"', 167: "0.0%"}
    written = record(615, struct.pack("<I", len(formats)))
    written += b"".join(record(44, struct.pack("<H", number) + text(code)) for number, code in formats.items())
    used = (0, *formats)
    cells = b"".join(record(47, struct.pack("<HHHHHBBHBB", 0, number, 0, 0, 0, 0, 0, 0, 0, 0)) for number in used)
    return (
        record(278)
        + written
        + record(616)
        + record(617, struct.pack("<I", len(used)))
        + cells
        + record(618)
        + record(279)
    )


def _shared(strings: list[str]) -> bytes:
    items = b"".join(record(19, b"\0" + text(value)) for value in strings)
    return record(159, struct.pack("<II", len(strings), len(strings))) + items + record(160)


def _relations(targets: list[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_RELATION}/{kind}" Target="{target}"/>' for key, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'

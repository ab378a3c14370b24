"""Draw a workbook (.xlsx, .xlsm, .xls, .csv, .tsv, .txt) from a text table: a test shows its data where it is used.

    # 花名册 {hidden rows=3,5 columns=B}      a sheet and its hidden parts; without such a line: "Sheet1"
    | 姓名 | 收入 | <  |                      < merged with the cell to the left, ^ with the cell above
    | 张三 | 1.5  | 2  |                      plain numbers are numbers
                                             an empty line is a blank row (so is `||`)
    | '001 | @2016-05-01 | =A1+B1 |           text; date (@2016-05-01 08:30:00, @08:30:00 too); formula without a value
    | #N/A | TRUE | " a " | x\\ny | a\\|b |     error; boolean; text with its blanks; a line break; a bar
    | =A1+B1 -> 3200 | =B2&"" -> 甲村 |      formula with the value Excel saved beside it
    | %0.05 |                                a number with a percent format: 5.00%
    | 姓名 | >AC | 收入 |                     the cell after >AC stands in column AC
    ... 120                                  the next line is row 120

Options of a sheet, a blank between: hidden, rows=3,5 and columns=B (hidden), frame=A1:Z300 (ruled, empty cells),
filter=A2:F9, freeze=B3, chart (a sheet with a diagram and no cells), 1904 (dates of the whole book count from 1904).

`001` and digits of 16 or more places are text; `n:990101200001010019` forces a number (Excel keeps 15 digits of it).
Cells are trimmed of ASCII blanks only. One newline right after the opening quotes is dropped, a common indent too.
"""

import csv
import datetime
import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?([eE][+-]?\d+)?")
_JUMP = re.compile(r"\.\.\.\s*(\d+)")
_SHEET = re.compile(r"#\s+(?P<name>.*?)(?:\s*\{(?P<hidden>[^}]*)\})?")
_OPTIONS = {"hidden", "rows", "columns", "frame", "filter", "freeze", "chart", "1904"}
_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}


class Formula(Struct, frozen=True):
    """A formula: `=A1+B1`, never computed, or `=A1+B1 -> 3200`, saved with its value."""

    text: str
    saved: str | float | None = None


class Error(Struct, frozen=True):
    """An error value: `#N/A`."""

    text: str


class Percent(Struct, frozen=True):
    """A number with a percent format: `%0.05`."""

    number: float


class Drawing(Struct):
    """One drawn sheet. Rows and columns of `cells` and `merges` count from 1, as openpyxl has them."""

    name: str
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)  # frame, filter, freeze, chart, 1904
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def merges(self) -> list[tuple[int, int, int, int]]:
        """First row, first column, last row, last column of each merged range."""
        ends: dict[tuple[int, int], tuple[int, int]] = {}
        for (row, column), anchor in self.anchors.items():
            last = ends.get(anchor, anchor)
            ends[anchor] = (max(last[0], row), max(last[1], column))
        return [(*first, *last) for first, last in ends.items()]


def read_sketch(text: str) -> list[Drawing]:
    """Read the sketch language."""
    drawings: list[Drawing] = []
    row = 0
    for line in map(str.strip, text.removeprefix("\n").splitlines()):
        heading = _SHEET.fullmatch(line)
        if heading:
            drawings.append(_new_sheet(heading["name"], heading["hidden"] or ""))
            row = 0
            continue
        if not drawings:
            drawings.append(Drawing("Sheet1"))
        if jump := _JUMP.fullmatch(line):
            row = int(jump[1]) - 1
            continue
        row += 1
        column = 1
        for raw in _cells(line):
            if raw[:1] == ">" and raw[1:].isalpha():
                column = _column_number(raw[1:])
                continue
            _place(drawings[-1], row, column, raw)
            column += 1
    return drawings or [Drawing("Sheet1")]


def _new_sheet(name: str, hidden: str) -> Drawing:
    options = dict(word.partition("=")[::2] for word in hidden.split())
    if set(options) - _OPTIONS:
        raise ValueError(f"unknown option in {{{hidden}}}: use {', '.join(sorted(_OPTIONS))}")
    rows = tuple(int(row) for row in options.get("rows", "").split(",") if row)
    columns = tuple(column for column in options.get("columns", "").split(",") if column)
    shown = {key: value for key, value in options.items() if key not in ("hidden", "rows", "columns")}
    return Drawing(name.strip('"'), "hidden" in options, rows, columns, shown)


def _cells(line: str) -> Iterator[str]:
    if not line:
        return
    if not line.startswith("|") or not line.endswith("|") or len(line) < 2:
        raise ValueError(f"a row begins and ends with |: {line}")
    for cell in re.split(r"(?<!\\)\|", line[1:-1]):
        yield cell.strip(" ").replace("\\|", "|").replace("\\n", "\n")


def _place(sheet: Drawing, row: int, column: int, raw: str) -> None:
    if raw in ("<", "^"):
        near = (row, column - 1) if raw == "<" else (row - 1, column)
        sheet.anchors[row, column] = sheet.anchors.get(near, near)
    elif raw:
        sheet.cells[row, column] = _value(raw)


def _value(raw: str) -> Any:
    digits = raw.removeprefix("n:")
    value: Any = raw
    if raw[0] == "'":
        value = raw[1:]
    elif len(raw) > 1 and raw[0] == raw[-1] == '"':
        value = raw[1:-1]
    elif raw in ("TRUE", "FALSE"):
        value = raw == "TRUE"
    elif raw in _ERRORS:
        value = Error(raw)
    elif raw[0] == "=":
        value = _formula(raw)
    elif raw[0] == "@":
        value = _moment(raw[1:])
    elif raw[0] == "%":
        value = Percent(float(raw[1:]))
    elif digits != raw or _NUMBER.fullmatch(raw):
        value = int(digits) if digits.lstrip("-").isdecimal() else float(digits)
    return value


def _formula(raw: str) -> Formula:
    text, arrow, saved = raw.partition(" -> ")
    return Formula(text, (float(saved) if _NUMBER.fullmatch(saved) else saved) if arrow else None)


def _moment(raw: str) -> Any:
    if ":" not in raw:
        return datetime.date.fromisoformat(raw)
    return datetime.datetime.fromisoformat(raw) if "-" in raw else datetime.time.fromisoformat(raw)


def write_sketch(path: Path, text: str, *, encoding: str = "utf-8", delimiter: str | None = None) -> Path:
    """Write the sketch to `path` in the format of its suffix; `encoding` and `delimiter` are for text files."""
    drawings = read_sketch(text)
    if path.suffix in (".csv", ".tsv", ".txt"):
        _write_text(path, drawings, encoding, delimiter or ("," if path.suffix == ".csv" else "\t"))
    elif path.suffix == ".xls":
        _write_xls(path, drawings)
    else:
        _write_xlsx(path, drawings)
    return path


def _write_xlsx(path: Path, drawings: list[Drawing]) -> None:
    import openpyxl
    from openpyxl.chart import BarChart
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    if any("1904" in drawing.options for drawing in drawings):
        book.epoch = CALENDAR_MAC_1904
    for drawing in drawings:
        if "chart" in drawing.options:
            book.create_chartsheet(drawing.name).add_chart(BarChart())
            continue
        sheet = book.create_sheet(drawing.name)
        _dress(sheet, drawing.options)
        for (row, column), value in drawing.cells.items():
            cell = sheet.cell(row, column)
            if isinstance(value, Percent):
                cell.value, cell.number_format = value.number, "0.00%"
                continue
            plain = getattr(value, "text", value)
            cell.value = plain
            cell.data_type = _xlsx_type(value, cell.data_type)
        for first_row, first_column, last_row, last_column in drawing.merges:
            sheet.merge_cells(None, first_row, first_column, last_row, last_column)
        for row in drawing.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for letter in drawing.hidden_columns:
            sheet.column_dimensions[letter].hidden = True
        sheet.sheet_state = "hidden" if drawing.hidden else "visible"
    shown = [index for index, drawing in enumerate(drawings) if not drawing.hidden]
    book.active = shown[0] if shown else 0
    book.save(path)
    _save_values(path, drawings)


def _dress(sheet: Any, options: dict[str, str]) -> None:
    """Rule empty cells, set a filter, freeze panes: what a reader must see through."""
    from openpyxl.styles import Border, Side

    thin = Side(style="thin")
    ruled = Border(thin, thin, thin, thin)
    for row in sheet[options["frame"]] if "frame" in options else ():
        for cell in row:
            cell.border = ruled
    sheet.auto_filter.ref = options.get("filter")
    sheet.freeze_panes = options.get("freeze")


def _save_values(path: Path, drawings: list[Drawing]) -> None:
    """Put the values of formulas into the XML; openpyxl writes none."""
    from openpyxl.utils import get_column_letter

    sheets = {
        f"xl/worksheets/sheet{number}.xml": {
            f"{get_column_letter(column)}{row}": value.saved
            for (row, column), value in drawing.cells.items()
            if isinstance(value, Formula) and value.saved is not None
        }
        for number, drawing in enumerate((one for one in drawings if "chart" not in one.options), 1)
    }
    if not any(sheets.values()):
        return
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, _with_values(content.decode(), sheets[name]) if sheets.get(name) else content)


def _with_values(xml: str, values: dict[str, str | float]) -> str:
    for address, value in values.items():
        kind = ' t="str"' if isinstance(value, str) else ""
        saved = html.escape(value) if isinstance(value, str) else repr(value)
        pattern = rf'<c r="{address}"([^>]*)>(<f>.*?</f>)<v\s*/?>(</v>)?</c>'
        xml, count = re.subn(pattern, rf'<c r="{address}"\1{kind}>\2<v>{saved}</v></c>', xml)
        assert count == 1, address
    return xml


def _xlsx_type(value: Any, guessed: str) -> str:
    if isinstance(value, Error):
        return "e"
    if isinstance(value, Formula):
        return "f"
    return "s" if isinstance(value, str) else guessed


def _write_xls(path: Path, drawings: list[Drawing]) -> None:
    import xlwt

    book = xlwt.Workbook()
    for drawing in drawings:
        sheet = book.add_sheet(drawing.name, cell_overwrite_ok=True)
        for first_row, first_column, last_row, last_column in drawing.merges:
            sheet.merge(first_row - 1, last_row - 1, first_column - 1, last_column - 1)
        for (row, column), value in drawing.cells.items():
            _write_xls_cell(sheet.row(row - 1), column - 1, value)
        for row in drawing.hidden_rows:
            sheet.row(row - 1).hidden = True
        for letter in drawing.hidden_columns:
            sheet.col(_column_number(letter) - 1).hidden = True
        sheet.visibility = int(drawing.hidden)
    shown = [index for index, drawing in enumerate(drawings) if not drawing.hidden]
    book.set_active_sheet(shown[0] if shown else 0)
    book.save(str(path))


def _write_xls_cell(row: Any, column: int, value: Any) -> None:
    import xlwt

    if isinstance(value, Formula):
        raise TypeError("xlwt writes a value of 0 with every formula: draw uncomputed formulas as .xlsx")
    if isinstance(value, Error):
        row.set_cell_error(column, _ERRORS[value.text])
    elif isinstance(value, Percent):
        row.write(column, value.number, xlwt.easyxf(num_format_str="0.00%"))
    elif isinstance(value, datetime.datetime):
        row.write(column, value, xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss"))
    elif isinstance(value, datetime.date):
        row.write(column, value, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    elif isinstance(value, datetime.time):
        row.write(column, value, xlwt.easyxf(num_format_str="hh:mm:ss"))
    else:
        row.write(column, value)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _write_text(path: Path, drawings: list[Drawing], encoding: str, delimiter: str) -> None:
    (drawing,) = drawings
    last_row = max((row for row, _ in drawing.cells), default=0)
    width = max((column for _, column in drawing.cells), default=0)
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        for row in range(1, last_row + 1):
            values = [drawing.cells.get((row, column)) for column in range(1, width + 1)]
            writer.writerow([_plain(value) for value in values])


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return str(getattr(value, "text", value))

"""An XML Spreadsheet of Excel 2003 (SpreadsheetML) in, under whatever name; its sheets, loaded into the engine, out.

Read: values with their types, `ss:Index`, merges, hidden rows, columns and sheets, errors, formulas without a value (in
the R1C1 notation they are kept in). Not read: comments, phonetic guides, styles but for dates kept as bare numbers.
"""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Kind, Merge, Sheet
from fupin_cli.sheets.filling import Filling, Value
from fupin_cli.sheets.grid import Loader
from fupin_cli.sheets.marks import Odd
from fupin_cli.sheets.numerals import number_in, shown_as
from fupin_cli.sheets.plain_xml import elements, forget
from fupin_cli.sheets.refusals import refuse

if TYPE_CHECKING:
    from lxml import etree

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_HIDDEN = {"SheetHidden", "SheetVeryHidden"}


class _Book(Struct):
    """What was met so far, outside and inside the sheet that is being read."""

    from_1904: bool = False
    formats: dict[str, str] = field(default_factory=dict)  # style → number format
    row: int = 0  # the last one begun
    row_span: int = 0  # rows below it that share its attributes
    column: int = 0  # the first that may be free, of the row
    defined: int = 0  # the first column not yet told of
    cells: dict[int, Value] = field(default_factory=dict)


def read_spreadsheetml(engine: Engine, path: Path, number: int) -> list[Sheet]:
    """Every worksheet, in its order.

    Raises:
        InputError: broken XML, a document type, or cells too far apart.
    """
    sheets: list[Sheet] = []
    book, filling = _Book(), None
    names = ("Worksheet", "Row", "Cell", "Column", "Style")
    wanted = [*(_SS + name for name in names), _X + "Date1904", _X + "Visible"]
    starts = {_SS + "Worksheet", _SS + "Row"}
    try:
        with path.open("rb") as stream:
            for event, element in elements(path, stream, wanted, starts):
                name = element.tag.rpartition("}")[2]
                if event == "start" and name == "Worksheet":
                    relation = f"sheet_{number}_{len(sheets)}"
                    filling = Filling(path, element.get(_SS + "Name", ""), _opener(engine, relation))
                    book.row, book.row_span, book.defined = 0, 0, 0
                elif filling is None:
                    _take_setting(book, name, element)
                elif event == "start":
                    _begin_row(book, filling, element)
                elif name == "Worksheet":
                    sheets.append(filling.finish())
                    filling = None
                    forget(element)
                else:
                    _take(book, filling, name, element)
    except ValueError as error:
        raise refuse(path, "damaged", "XML") from error
    return sheets


def _opener(engine: Engine, relation: str) -> Callable[[], Loader]:
    return lambda: Loader(engine, relation)


def _take_setting(book: _Book, name: str, element: "etree._Element") -> None:
    if name == "Date1904":
        book.from_1904 = (element.text or "").strip() not in {"0", "False", "false"}
    elif name == "Style":
        shape = element.find(_SS + "NumberFormat")
        book.formats[element.get(_SS + "ID", "")] = shape.get(_SS + "Format", "") if shape is not None else ""


def _take(book: _Book, filling: Filling, name: str, element: "etree._Element") -> None:
    if name == "Cell":
        _take_cell(book, filling, element)
        forget(element)
    elif name == "Row":
        filling.put(book.row, book.cells)
        book.row += book.row_span
        forget(element)
    elif name == "Column":
        first = _number(element, "Index", book.defined + 1) - 1
        book.defined = first + _number(element, "Span", 0) + 1
        if element.get(_SS + "Hidden") == "1":
            filling.hide_columns(first, book.defined - 1)
    elif name == "Visible":
        filling.hidden = (element.text or "").strip() in _HIDDEN


def _begin_row(book: _Book, filling: Filling, row: "etree._Element") -> None:
    book.row = _number(row, "Index", book.row + 1)
    book.row_span = _number(row, "Span", 0)
    book.column, book.cells = 0, {}
    if row.get(_SS + "Hidden") == "1":
        filling.hide_rows(book.row, book.row + book.row_span)


def _number(element: "etree._Element", name: str, otherwise: int) -> int:
    text = element.get(_SS + name)
    return int(text) if text else otherwise


def _take_cell(book: _Book, filling: Filling, cell: "etree._Element") -> None:
    column = _number(cell, "Index", book.column + 1) - 1
    across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
    if column < 0 or across < 0 or down < 0:
        raise ValueError
    if across or down:
        filling.merge(Merge(book.row, book.row + down, column, column + across))
    book.column = column + across + 1
    value = _value(book, cell)
    if value != "":
        book.cells[column] = value


def _value(book: _Book, cell: "etree._Element") -> Value:
    content = cell.find(_SS + "Data")
    kind = "String" if content is None else content.get(_SS + "Type", "String")
    text = "" if content is None else "".join(str(piece) for piece in content.itertext())
    formula = cell.get(_SS + "Formula")
    if formula is not None and (content is None or (text == "" and kind != "String")):
        return Odd("=" + formula.removeprefix("="), Kind.UNCOMPUTED)
    if kind == "Number":
        number = number_in(text)
        code = book.formats.get(cell.get(_SS + "StyleID", ""), "")
        return text if number is None else shown_as(number, code, from_1904=book.from_1904)
    if kind == "DateTime":
        return _moment(text, from_1904=book.from_1904)
    if kind == "Boolean" and text.strip() in {"0", "1"}:
        return text.strip() == "1"
    if kind == "Error" and text.strip():
        return Odd(text.strip(), Kind.ERROR)
    return text


def _moment(text: str, *, from_1904: bool) -> Value:
    """The date, date and time or (on the day before all days) time of an ISO text; the text when it is none."""
    try:
        moment = datetime.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return text
    before_all_days = (1904, 1, 1) if from_1904 else (1899, 12, 31)
    if (moment.year, moment.month, moment.day) == before_all_days and moment.time() != datetime.time():
        return moment.time()
    return moment

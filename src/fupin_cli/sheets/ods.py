"""An OpenDocument spreadsheet (.ods, or flat .fods) in; its sheets, loaded into the engine, out.

Read: values with their types, merges and what stands under them, hidden rows, columns and sheets, errors, formulas without
a value. Not read: comments, ruby text, drawings, tracked changes. The text of a number is its value, not what is shown.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec import Struct, field

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Merge, Sheet
from fupin_cli.sheets.filling import Filling, Value
from fupin_cli.sheets.grid import Loader
from fupin_cli.sheets.ods_cell import OFFICE, TABLE, cell_value
from fupin_cli.sheets.package import MEGABYTE, inflates_too_far
from fupin_cli.sheets.plain_xml import elements, forget
from fupin_cli.sheets.refusals import refuse

if TYPE_CHECKING:
    from lxml import etree

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
_GROUPS = {TABLE + "table-row-group", TABLE + "table-column-group"}
_KEPT = 64  # columns of a row of which the XML may still be in memory
_HIDDEN = {"collapse", "filter"}


class _Book(Struct):
    """What was met so far, outside and inside the sheet that is being read."""

    hidden_styles: set[str] = field(default_factory=set)
    row: int = 1  # the one being read, or the next
    column: int = 0  # the next of the row
    defined: int = 0  # the first column not yet told of
    inner: int = 0  # tables around that are no sheets
    folded: int = 0  # groups around that are not shown
    times: int = 1  # how often the row stands
    cells: dict[int, Value] = field(default_factory=dict)


def read_ods(engine: Engine, path: Path, number: int) -> list[Sheet]:
    """Every table of the document that is a sheet, in its order.

    Raises:
        InputError: encrypted, damaged, too large inflated, with a document type, or with cells too far apart.
    """
    try:
        with _content(path) as (stream, flat):
            return _read(engine, path, number, stream, flat=flat)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        raise refuse(path, "damaged", "zip") from error
    except ValueError as error:
        raise refuse(path, "damaged", "XML") from error


@contextmanager
def _content(path: Path) -> Iterator[tuple[IO[bytes], bool]]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            yield stream, True
        return
    with zipfile.ZipFile(path) as package:
        entries = package.infolist()
        size = inflates_too_far(entries)
        if size is not None:
            raise refuse(path, "bomb", size // MEGABYTE)
        names = set(package.namelist())
        manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        encrypted = "encrypted-package" in names or b"encryption-data" in manifest
        if encrypted or any(entry.flag_bits & 1 for entry in entries):
            raise refuse(path, "encrypted")
        with package.open("content.xml") as stream:
            yield stream, False


def _read(engine: Engine, path: Path, number: int, stream: IO[bytes], *, flat: bool) -> list[Sheet]:
    sheets: list[Sheet] = []
    book, filling = _Book(), None
    table, row = TABLE + "table", TABLE + "table-row"
    wanted = {table, row, *_CELLS, *_GROUPS, TABLE + "table-column", _STYLE + "style"}
    for event, element in elements(path, stream, wanted, {table, row, *_GROUPS}, huge=flat):
        if element.tag == _STYLE + "style":
            _take_style(book, element)
        elif element.tag == table:
            if not _is_sheet(element):
                book.inner += 1 if event == "start" else -1
            elif event == "start":
                relation = f"sheet_{number}_{len(sheets)}"
                filling = Filling(path, element.get(TABLE + "name", ""), _opener(engine, relation))
                filling.hidden = element.get(TABLE + "style-name") in book.hidden_styles
                book.row, book.defined, book.folded = 1, 0, 0
            elif filling is not None:
                sheets.append(filling.finish())
                filling = None
                forget(element)
        elif filling is not None and not book.inner:
            _take(book, filling, event, element)
    return sheets


def _opener(engine: Engine, relation: str) -> Callable[[], Loader]:
    return lambda: Loader(engine, relation)


def _is_sheet(table: "etree._Element") -> bool:
    """Whether a table is a sheet; tables inside cells, charts, links and tracked changes are not."""
    parent = table.getparent()
    return parent is not None and parent.tag == OFFICE + "spreadsheet"


def _take_style(book: _Book, style: "etree._Element") -> None:
    shape = style.find(_STYLE + "table-properties")
    if style.get(_STYLE + "family") == "table" and shape is not None and shape.get(TABLE + "display") == "false":
        book.hidden_styles.add(style.get(_STYLE + "name", ""))


def _take(book: _Book, filling: Filling, event: str, element: "etree._Element") -> None:
    if element.tag in _GROUPS:
        if element.get(TABLE + "display") == "false":
            book.folded += 1 if event == "start" else -1
    elif element.tag in _CELLS:
        _take_cell(book, filling, element)
        if book.column % _KEPT == 0:
            forget(element)
    elif element.tag == TABLE + "table-column":
        times = _times(element, "columns-repeated")
        if _is_hidden(book, element):
            filling.hide_columns(book.defined, book.defined + times - 1)
        book.defined += times
    elif event == "start":
        book.column, book.cells, book.times = 0, {}, _times(element, "rows-repeated")
    else:
        if _is_hidden(book, element):
            filling.hide_rows(book.row, book.row + book.times - 1)
        filling.put(book.row, book.cells, book.times)
        book.row += book.times
        forget(element)


def _is_hidden(book: _Book, element: "etree._Element") -> bool:
    return book.folded > 0 or element.get(TABLE + "visibility") in _HIDDEN


def _take_cell(book: _Book, filling: Filling, cell: "etree._Element") -> None:
    times = _times(cell, "columns-repeated")
    across, down = _times(cell, "columns-spanned"), _times(cell, "rows-spanned")
    if across > 1 or down > 1:
        merge = Merge(book.row, book.row + down - 1, book.column, book.column + across - 1)
        filling.merge(merge, book.times)
    value = cell_value(cell)
    if value != "":
        if times > 1:
            filling.repeat_across(book.row, book.column, times)
        for column in range(book.column, book.column + times):
            book.cells[column] = value
    book.column += times


def _times(element: "etree._Element", name: str) -> int:
    text = element.get(f"{TABLE}number-{name}")
    return max(1, int(text)) if text else 1

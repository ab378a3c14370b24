"""A web page saved as a workbook in (HTML, or MHTML with its parts); a Sheet for each of its tables out.

Web systems export so, and Excel's own "web page" is so. Every table with text of its own is a sheet, its rows counted from 1
at its first; one that only lays out other tables is not. Sheets are named by Excel's worksheet names, a caption, or 表1, 表2.
Not read: text outside tables, scripts, styles, form fields, what is not shown inside a cell. Digits without a hint are text
(`web_cell`). Rows, columns and tables that are not shown are read, and told as hidden.
"""

import codecs
import email
import html
import io
import posixpath
import re
import urllib.parse
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Sheet
from fupin_cli.sheets.filling import Filling
from fupin_cli.sheets.grid import Loader
from fupin_cli.sheets.refusals import refuse
from fupin_cli.sheets.web_cell import SIGNS
from fupin_cli.sheets.web_tables import WebTables

if TYPE_CHECKING:
    from lxml import etree

_BLOCK = 1 << 20
_STATED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_NO_STATEMENT = {"ascii", "iso8859-1", "cp1252"}  # what servers state of themselves; never true of a Chinese page
_WORKSHEET = re.compile(r"<x:ExcelWorksheet\b[^>]*>(.*?)</x:ExcelWorksheet>", re.IGNORECASE | re.DOTALL)


class _Page(Struct, frozen=True):
    """One HTML document."""

    open_bytes: Callable[[], IO[bytes]]
    charset: str = ""  # stated outside the document
    location: str = ""


class _Told(Struct, frozen=True):
    """What a page tells Excel of one worksheet."""

    name: str
    source: str  # the page that holds it, "" for this one
    hidden: bool


def read_page(engine: Engine, path: Path, number: int) -> list[Sheet]:
    """Every table of a web page.

    Raises:
        InputError: an unknown encoding, or no table with text in it.
    """
    return _Reader(engine, path, number).read([_Page(lambda: path.open("rb"))])


def read_archive(engine: Engine, path: Path, number: int) -> list[Sheet]:
    """Every table of the pages of an MHTML file ("single file web page").

    Raises:
        InputError: as `read_page`.
    """
    with path.open("rb") as stream:
        letter = email.message_from_binary_file(stream)
    pages = []
    for part in letter.walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes):
            location = str(part.get("Content-Location", ""))
            pages.append(_Page(_opener(content), part.get_content_charset() or "", _base(location)))
    return _Reader(engine, path, number).read(pages)


def _opener(content: bytes) -> Callable[[], IO[bytes]]:
    return lambda: io.BytesIO(content)


def _base(location: str) -> str:
    return posixpath.basename(urllib.parse.unquote(location).replace("\\", "/")).lower()


class _Reader:
    def __init__(self, engine: Engine, path: Path, number: int) -> None:
        self._engine = engine
        self._path = path
        self._number = number
        self._loaded = count()

    def read(self, pages: list[_Page]) -> list[Sheet]:
        """The sheets of the pages; where one says which pages hold the worksheets, of those alone, in its order."""
        sheets: list[Sheet] = []
        elsewhere: list[_Told] = []
        for page in pages:
            tables, told = self._parse(page)
            elsewhere = [worksheet for worksheet in told if worksheet.source]
            if elsewhere:
                sheets = list(self._named_parts(pages, elsewhere))
                break
            sheets += _finish(tables, told, len(sheets))
        if not sheets:
            raise self._refusal(elsewhere)
        return sheets

    def _named_parts(self, pages: list[_Page], told: list[_Told]) -> Iterator[Sheet]:
        for worksheet in told:
            for page in pages:
                if page.location == _base(worksheet.source):
                    yield from _finish(self._parse(page)[0], [worksheet], 0)

    def _refusal(self, elsewhere: list[_Told]) -> Exception:
        if elsewhere:
            folder = posixpath.dirname(urllib.parse.unquote(elsewhere[0].source).replace("\\", "/"))
            return refuse(self._path, "frames", folder)
        return refuse(self._path, "no_table")

    def _parse(self, page: _Page) -> tuple[WebTables, list[_Told]]:
        from lxml import etree

        encoding = self._encoding(page)
        tables = WebTables(lambda: Filling(self._path, "", self._open_loader))
        parser = etree.HTMLParser(
            target=cast("etree.ParserTarget", tables), encoding="utf-8", huge_tree=True, no_network=True
        )
        decoder = codecs.getincrementaldecoder(encoding)()
        with page.open_bytes() as stream:
            for block in iter(lambda: stream.read(_BLOCK), b""):
                parser.feed(SIGNS.sub("", decoder.decode(block)).encode())
        try:
            parser.close()
        except etree.XMLSyntaxError:  # a page without a single tag
            return tables, []
        return tables, [_told(match[1]) for match in _WORKSHEET.finditer("".join(tables.island))]

    def _open_loader(self) -> Loader:
        return Loader(self._engine, f"sheet_{self._number}_{next(self._loaded)}")

    def _encoding(self, page: _Page) -> str:
        """UTF-8 wherever the bytes are that (no Chinese text in GBK is, by chance), then what is stated."""
        with page.open_bytes() as stream:
            head = stream.read(8192)
        if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            candidates = ["utf-16"]
        elif b"\0" in head[:2]:
            candidates = ["utf-16-be" if head[:1] == b"\0" else "utf-16-le"]
        else:
            stated = _STATED.search(head)
            candidates = ["utf-8", page.charset, stated[1].decode() if stated else "", "gb18030"]
        for candidate in candidates:
            encoding = _known(candidate)
            if encoding and _decodes(page, encoding):
                return encoding
        raise refuse(self._path, "undecodable")


def _told(worksheet: str) -> _Told:
    def content(tag: str) -> str:
        match = re.search(rf"<x:{tag}\b[^>]*>(.*?)</x:{tag}>", worksheet, re.IGNORECASE | re.DOTALL)
        return html.unescape(match[1]).strip() if match else ""

    source = re.search(r"<x:WorksheetSource\b[^>]*\bHRef\s*=\s*[\"']([^\"']*)", worksheet, re.IGNORECASE)
    return _Told(content("Name"), html.unescape(source[1]) if source else "", content("Visible").endswith("Hidden"))


def _finish(page: WebTables, told: list[_Told], before: int) -> list[Sheet]:
    """Sheets of the tables that hold text; `before` sheets were read of other pages."""
    tables = [table for table in page.tables if not table.filling.is_blank]
    named = told if len(told) == len(tables) else [None] * len(tables)
    sheets = []
    for position, (table, worksheet) in enumerate(zip(tables, named, strict=True), before + 1):
        table.filling.name = (worksheet.name if worksheet else "") or table.name or f"表{position}"
        table.filling.hidden = table.filling.hidden or (worksheet is not None and worksheet.hidden)
        sheets.append(table.filling.finish())
    return sheets


def _known(stated: str) -> str:
    """The decoder of an encoding's name; GB2312 and GBK are its later form, which holds them; "" when there is none."""
    try:
        name = codecs.lookup(stated).name if stated else ""
    except LookupError:
        return ""
    if name in _NO_STATEMENT:
        return ""
    return {"gb2312": "gb18030", "gbk": "gb18030", "utf-8": "utf-8-sig"}.get(name, name)


def _decodes(page: _Page, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with page.open_bytes() as stream:
            for block in iter(lambda: stream.read(_BLOCK), b""):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True

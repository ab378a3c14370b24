"""The inflated XML of one xlsx sheet in, its Marks out: errors, uncomputed formulas, percents, hidden rows and columns.

Two ways to the same Marks. The fast one looks for a few literal strings in blocks of whole rows; it gives up
(`_NeedsParserError`) on spellings it does not know: single quotes, comments, cells without references. Then a real
parser reads the sheet, some ten times slower.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from typing import IO, TYPE_CHECKING

from fupin_cli.model.place import column_index
from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.formulas import formula_text
from fupin_cli.sheets.marks import Marks, Odd, hide_columns, is_sparse, position
from fupin_cli.sheets.number_formats import Meaning
from fupin_cli.sheets.numerals import number_in
from fupin_cli.sheets.serials import serial_text

if TYPE_CHECKING:
    from lxml import etree

BLOCK = 4 << 20
LONGEST_ROW = 256 << 20
_TRUE = {"1", "true"}


class _NeedsParserError(Exception):
    """The fast scan met a spelling it does not know."""


class SparseBoxError(Exception):
    """A few cells so far apart that the box around them would not fit into memory."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(f"{rows} × {columns}")
        self.rows = rows
        self.columns = columns


def scan_sheet_xml(open_part: Callable[[], IO[bytes]], meanings: Sequence[Meaning] = ()) -> Marks:
    """Marks of the sheet whose XML `open_part` opens.

    Args:
        open_part: gives the XML; it may be asked twice.
        meanings: of the cell styles, for percents.

    Raises:
        SparseBoxError: a few cells that lie too far apart to be read.
        lxml.etree.XMLSyntaxError: no well-formed XML (seen only on the slow way).
    """
    percents = frozenset(str(style) for style, meaning in enumerate(meanings) if meaning is Meaning.PERCENT)
    try:
        with open_part() as stream:
            marks = _scan_fast(stream, percents)
        if not is_sparse(marks.rows, marks.columns, marks.cell_count):
            return marks
    except _NeedsParserError:
        pass  # the parser knows every spelling
    with open_part() as stream:
        marks = parse_sheet_xml(stream, percents)
    if is_sparse(marks.rows, marks.columns, marks.cell_count):
        raise SparseBoxError(marks.rows, marks.columns)
    return marks


def _scan_fast(stream: IO[bytes], percents: frozenset[str]) -> Marks:
    head = stream.read(BLOCK)
    root = re.search(rb"<((?:[\w.-]+:)?)worksheet[\s>]", head)
    if not root or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _NeedsParserError
    scanner = _FastScanner(root[1], percents)
    for block in _whole_rows(head[root.start() :], stream, b"</" + root[1] + b"row>"):
        scanner.scan(block)
    return scanner.marks


def _whole_rows(head: bytes, stream: IO[bytes], end_of_row: bytes) -> Iterator[bytes]:
    carried = head
    while True:
        cut = carried.rfind(end_of_row)
        if cut >= 0:
            cut += len(end_of_row)
            yield carried[:cut]
            carried = carried[cut:]
        block = stream.read(BLOCK)
        if not block:
            break
        carried += block
        if len(carried) > LONGEST_ROW:
            raise _NeedsParserError
    yield carried


class _FastScanner:
    """Literal searches over blocks of XML that hold whole rows."""

    def __init__(self, prefix: bytes, percents: frozenset[str]) -> None:
        self.marks = Marks()
        p = re.escape(prefix)
        self._cell = b"<" + prefix + b"c"
        self._formula = (b"<" + prefix + b"f>", b"<" + prefix + b"f ")
        self._masters: dict[str, tuple[str, str]] = {}
        self._cell_tag = re.compile(rb"<" + p + rb"c(\s[^>]*)>")
        self._row_tag = re.compile(rb"<" + p + rb"row(\s[^>]*)>")
        self._column_tag = re.compile(rb"<" + p + rb"col(\s[^>]*)>")
        self._row_end = re.compile(rb"</" + p + rb"row>")
        self._percent = re.compile(rb'\ss="(?:%s)"' % "|".join(percents).encode()) if percents else None
        self._value = re.compile(
            rb"[^<]*(?:<%sf(?:\s[^>]*?)?(?:/>|>[^<]*</%sf>)[^<]*)?<%sv(?:\s[^>]*)?>([^<]*)<" % ((p,) * 3)
        )
        self._empty_formula = re.compile(
            rb"<%sf((?:\s[^>]*?)?)(?:/>|>([^<]*)</%sf>)\s*(<%sv\s*/>\s*|<%sv>\s*</%sv>\s*)?</%sc>" % ((p,) * 6)
        )

    def scan(self, block: bytes) -> None:
        if b"<!" in block or b" r='" in block or b" t='" in block:
            raise _NeedsParserError
        self._outline(block)
        if b'hidden="' in block:
            self._hidden(block)
        if b't="e"' in block:
            self._errors(block)
        if self._percent:
            if b" s='" in block:
                raise _NeedsParserError
            self._percents(block, self._percent)
        if any(opening in block for opening in self._formula):
            self._formulas(block)

    def _outline(self, block: bytes) -> None:
        """Where the last cells of the rows stand: enough to see a box that would not fit into memory."""
        marks, start, last = self.marks, 0, -1
        for end in self._row_end.finditer(block):
            cell = block.rfind(self._cell, start, end.start())
            start = end.end()
            if cell >= 0:
                last = cell
                tag = self._cell_tag.match(block, cell)
                marks.columns = max(marks.columns, self._place(tag)[1] + 1)
        if last >= 0:
            marks.rows = max(marks.rows, self._place(self._cell_tag.match(block, last))[0] + 1)
        marks.cell_count += block.count(self._cell)

    def _place(self, tag: re.Match[bytes] | None) -> tuple[int, int]:
        reference = re.search(rb'\sr="([A-Z]{1,3})([1-9]\d{0,6})"', tag[1]) if tag else None
        if not reference:
            raise _NeedsParserError
        return int(reference[2]) - 1, column_index(reference[1].decode())

    def _hidden(self, block: bytes) -> None:
        for tag in self._row_tag.finditer(block):
            attributes = _attributes(tag[1])
            if attributes.get("hidden") in _TRUE:
                if not attributes.get("r", "").isdecimal():
                    raise _NeedsParserError
                self.marks.hidden_rows.add(int(attributes["r"]) - 1)
        for tag in self._column_tag.finditer(block):
            hide_columns(self.marks, _attributes(tag[1]))

    def _errors(self, block: bytes) -> None:
        for hit in re.finditer(rb'\st="e"', block):
            tag = self._cell_tag.match(block, block.rfind(self._cell, 0, hit.start()))
            if tag and tag.end() > hit.start() and not tag[1].endswith(b"/"):
                value = self._value.match(block, tag.end())
                text = html.unescape(value[1].decode()) if value else ""
                self.marks.put(*self._place(tag), Odd(text or "#ERROR", Kind.ERROR))

    def _percents(self, block: bytes, styled: re.Pattern[bytes]) -> None:
        for hit in styled.finditer(block):
            tag = self._cell_tag.match(block, block.rfind(self._cell, 0, hit.start()))
            if tag and tag.end() > hit.start() and not tag[1].endswith(b"/"):
                value = self._value.match(block, tag.end())
                if value and _attributes(tag[1]).get("t", "n") == "n" and (odd := _percent(value[1].decode())):
                    self.marks.put(*self._place(tag), odd)

    def _formulas(self, block: bytes) -> None:
        for hit in self._empty_formula.finditer(block):
            tag = self._cell_tag.match(block, block.rfind(self._cell, 0, hit.start()))
            if not tag:
                raise _NeedsParserError
            kind = _attributes(tag[1]).get("t", "n")
            row, column = self._place(tag)
            if column not in self.marks.cells.get(row, {}) and not (kind == "str" and hit[3]):
                text = html.unescape((hit[2] or b"").decode())
                formula = formula_text(text, _attributes(hit[1]), (row, column), self._masters)
                self.marks.put(row, column, Odd(formula, Kind.UNCOMPUTED))


def _percent(text: str) -> Odd | None:
    number = number_in(text)
    shown = None if number is None else serial_text(number, Meaning.PERCENT, from_1904=False)
    return Odd(*shown) if shown else None


def _attributes(text: bytes) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in re.findall(rb'([\w:.-]+)\s*=\s*"([^"]*)"', text)}


def parse_sheet_xml(stream: IO[bytes], percents: frozenset[str] = frozenset()) -> Marks:
    """Marks by a real parser, whatever the spelling; also the exact outline of the cells that hold something."""
    from lxml import etree

    marks = Marks()
    masters: dict[str, tuple[str, str]] = {}
    row, column = -1, -1
    for event, element in etree.iterparse(
        stream, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=True
    ):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if event == "start" and name == "row":
            row, column = int(element.get("r") or row + 2) - 1, -1
            if element.get("hidden") in _TRUE:
                marks.hidden_rows.add(row)
        elif event == "end" and name == "c":
            row, column = position(str(element.get("r") or "")) or (row, column + 1)
            _parsed_cell(marks, element, (row, column), masters, percents)
        elif event == "end" and name == "col":
            hide_columns(marks, dict(element.attrib))
        elif event == "end" and name == "row":
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return marks


def _parsed_cell(
    marks: Marks,
    cell: "etree._Element",
    place: tuple[int, int],
    masters: dict[str, tuple[str, str]],
    percents: frozenset[str],
) -> None:
    parts = {part.tag.rpartition("}")[2]: part for part in cell if isinstance(part.tag, str)}
    value, formula = parts.get("v"), parts.get("f")
    kind, text = cell.get("t", "n"), (value.text or "").strip() if value is not None else ""
    if kind == "e":
        marks.put(*place, Odd(text or "#ERROR", Kind.ERROR))
    elif formula is not None and not text and "is" not in parts and not (kind == "str" and value is not None):
        marks.put(
            *place,
            Odd(
                formula_text(
                    formula.text or "", {str(name): text for name, text in formula.attrib.items()}, place, masters
                ),
                Kind.UNCOMPUTED,
            ),
        )
    elif kind == "n" and cell.get("s") in percents and (odd := _percent(text)):
        marks.put(*place, odd)
    if parts:
        marks.rows, marks.columns = max(marks.rows, place[0] + 1), max(marks.columns, place[1] + 1)
        marks.cell_count += 1

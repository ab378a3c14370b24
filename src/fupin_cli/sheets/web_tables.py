"""The tags and texts of a web page in, as a parser meets them; the tables that hold text, each a Filling, out."""

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from fupin_cli.model.sheet import Merge
from fupin_cli.sheets.filling import Filling, Value
from fupin_cli.sheets.web_cell import BLOCK, BREAK, HARD_BLANK, Styles, cell_text, cell_value

_SILENT = {"script", "style", "template", "noscript", "select", "comment", "rt", "rp", "xml", "object", "svg"}
_BLOCKS = {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "center"}
_ROWS = {"tr", "tbody", "thead", "tfoot"}
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576


class _Cell(Struct):
    attributes: dict[str, str]
    column: int
    across: int
    is_hidden: bool
    pieces: list[str] = field(default_factory=list)


class WebTable(Struct):
    """A table of the page; rows count from 1 at its first."""

    filling: Filling
    depth: int  # of its own tag
    named: str = ""  # by a heading of LibreOffice above it
    caption: list[str] = field(default_factory=list)
    row: int = 0
    is_row_open: bool = False
    cells: dict[int, Value] = field(default_factory=dict)
    cell: _Cell | None = None
    column: int = 0  # the next that may be free
    defined: int = 0  # the first column no <col> told of
    above: list[tuple[int, int, int]] = field(default_factory=list)  # first column, last column, last row it covers
    merges: list[Merge] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)  # columns with a cell that is shown
    unseen: set[int] = field(default_factory=set)  # columns with a cell that is not
    row_seen: bool = False

    @property
    def name(self) -> str:
        """What the page calls it, "" when it does not."""
        return cell_text(self.caption) or self.named


class WebTables:
    """A parser's target: give it to `lxml.etree.HTMLParser(target=…)`.

    Attributes:
        tables: those met, in the order of their first tag; those that hold no text of their own are blank.
        island: what the page tells Excel of its worksheets, as XML.
    """

    def __init__(self, open_filling: Callable[[], Filling]) -> None:
        self.tables: list[WebTable] = []
        self.island: list[str] = []
        self._open_filling = open_filling
        self._open: list[WebTable] = []
        self._styles = Styles()
        self._depth = 0
        self._unseen_from: int | None = None  # depth of an element around that is not shown
        self._silent_from: int | None = None  # depth of an element around whose text is none
        self._silent_tag = ""
        self._style: list[str] = []
        self._heading: list[str] | None = None
        self._is_caption = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Meet the beginning of an element."""
        self._depth += 1
        if self._silent_from is not None:
            if self._silent_tag == "xml":
                stated = "".join(f' {name}="{text}"' for name, text in attributes.items())
                self.island.append(f"<{tag}{stated}>")
            return
        cell = self._open[-1].cell if self._open else None
        if tag in _SILENT or (cell and tag not in {"table", "td", "th", *_ROWS} and self._styles.is_unseen(attributes)):
            self._silent_from, self._silent_tag = self._depth, tag
            return
        if self._unseen_from is None and tag not in {"td", "th", "col"} and self._styles.is_unseen(attributes):
            self._unseen_from = self._depth
        if tag == "table":
            self._begin_table()
        elif self._open:
            self._begin(self._open[-1], tag, dict(attributes))
        elif tag in {"h1", "h2"}:
            self._heading = []

    def end(self, tag: str) -> None:
        """Meet the end of an element."""
        depth, self._depth = self._depth, self._depth - 1
        if self._silent_from is not None:
            if self._silent_tag == "xml" and depth > self._silent_from:
                self.island.append(f"</{tag}>")
            if depth == self._silent_from:
                self._silent_from = None
                if tag == "style":
                    self._styles.add("".join(self._style))
                    self._style = []
            return
        if self._open:
            self._end(self._open[-1], tag)
        if depth == self._unseen_from:
            self._unseen_from = None

    def data(self, text: str) -> None:
        """Meet text."""
        if self._silent_from is not None:
            if self._silent_tag == "style":
                self._style.append(text)
            elif self._silent_tag == "xml":
                self.island.append(text.replace("&", "&amp;").replace("<", "&lt;"))
        elif self._is_caption:
            self._open[-1].caption.append(text)
        elif self._open:
            cell = self._open[-1].cell
            if cell is not None:
                cell.pieces.append(text.replace("\xa0", HARD_BLANK))
        elif self._heading is not None:
            self._heading.append(text)

    def comment(self, text: str) -> None:
        """Meet a comment; Excel hides its island in one."""
        if "ExcelWorksheet" in text:
            self.island.append(text)

    def close(self) -> None:
        """Meet the end of the page."""
        while self._open:
            self._end(self._open[-1], "table")

    def _begin_table(self) -> None:
        filling = self._open_filling()
        filling.hidden = self._unseen_from is not None
        heading, _, name = cell_text(self._heading or []).partition(": ")
        named = name if heading[-1:].isdecimal() else ""  # LibreOffice: <h1>Sheet 1: <em>name</em></h1>
        self._heading = None
        self._open.append(WebTable(filling, self._depth, named))
        self.tables.append(self._open[-1])

    def _begin(self, table: WebTable, tag: str, attributes: dict[str, str]) -> None:
        if tag == "tr":
            self._end_row(table)
            self._begin_row(table)
        elif tag in {"td", "th"}:
            self._end_cell(table)
            if not table.is_row_open:
                self._begin_row(table)
            self._begin_cell(table, attributes)
        elif tag in {"col", "colgroup"}:
            self._begin_columns(table, tag, attributes)
        elif tag == "caption":
            self._is_caption = True
        elif table.cell and (tag == "br" or tag in _BLOCKS):
            table.cell.pieces.append(BREAK if tag == "br" else BLOCK)

    def _end(self, table: WebTable, tag: str) -> None:
        if tag == "table":
            self._end_row(table)
            self._finish(table)
            self._open.pop()
        elif tag in {"td", "th"}:
            self._end_cell(table)
        elif tag in _ROWS:
            self._end_row(table)
        elif tag == "caption":
            self._is_caption = False
        elif table.cell and tag in _BLOCKS:
            table.cell.pieces.append(BLOCK)

    def _begin_row(self, table: WebTable) -> None:
        table.row += 1
        table.is_row_open, table.column, table.cells, table.row_seen = True, 0, {}, False
        table.above = sorted(span for span in table.above if span[2] >= table.row)
        if self._unseen_from is not None and self._unseen_from > table.depth:
            table.filling.hide_rows(table.row, table.row)
            table.row_seen = True  # told already

    def _begin_cell(self, table: WebTable, attributes: dict[str, str]) -> None:
        for first, last, _ in table.above:
            if first <= table.column <= last:
                table.column = last + 1
        across = _count(attributes.get("colspan"), _MOST_COLUMNS)
        down = _count(attributes.get("rowspan"), _MOST_ROWS)
        if across > 1 or down > 1:
            table.merges.append(Merge(table.row, table.row + down - 1, table.column, table.column + across - 1))
        if down > 1:
            table.above.append((table.column, table.column + across - 1, table.row + down - 1))
        is_hidden = self._styles.is_unseen(attributes)
        table.cell = _Cell(attributes, table.column, across, is_hidden)
        table.column += across

    def _end_cell(self, table: WebTable) -> None:
        cell, table.cell = table.cell, None
        if cell is None:
            return
        value = cell_value(cell.attributes, cell_text(cell.pieces), self._styles.format_of(cell.attributes))
        if value != "":
            table.cells[cell.column] = value
        if not cell.is_hidden:
            table.row_seen = True
        if cell.across == 1:
            (table.unseen if cell.is_hidden else table.seen).add(cell.column)

    def _end_row(self, table: WebTable) -> None:
        self._end_cell(table)
        if table.is_row_open:
            if table.cells and not table.row_seen:
                table.filling.hide_rows(table.row, table.row)
            table.filling.put(table.row, table.cells)
            table.is_row_open = False

    def _begin_columns(self, table: WebTable, tag: str, attributes: dict[str, str]) -> None:
        times = _count(attributes.get("span"), _MOST_COLUMNS) if tag == "col" or "span" in attributes else 0
        if times and self._styles.is_unseen(attributes):
            table.filling.hide_columns(table.defined, table.defined + times - 1)
        table.defined += times

    def _finish(self, table: WebTable) -> None:
        for merge in table.merges:
            last_row = min(merge.last_row, table.row)
            if (merge.first_row, merge.first_column) != (last_row, merge.last_column):
                table.filling.merge(Merge(merge.first_row, last_row, merge.first_column, merge.last_column))
        for column in table.unseen - table.seen:
            table.filling.hide_columns(column, column)


def _count(text: str | None, most: int) -> int:
    digits = (text or "").strip()
    return min(max(1, int(digits)), most) if digits.isdecimal() and len(digits) < 10 else 1

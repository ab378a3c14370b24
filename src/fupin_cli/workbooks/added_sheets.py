"""Rows of a sheet that is to stand behind those of a workbook in; its XML, row by row, out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from tempfile import SpooledTemporaryFile

from msgspec import Struct, field

from fupin_cli.catalogue import both
from fupin_cli.errors import OutputError
from fupin_cli.model.place import letter
from fupin_cli.workbooks.cell_xml import clipped, xml_number, xml_text
from fupin_cli.workbooks.columns import width_of
from fupin_cli.workbooks.heights import height_of
from fupin_cli.workbooks.links import MOST_LINKS, Link
from fupin_cli.workbooks.spliced import NewCell
from fupin_cli.workbooks.styles import Styles

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MOST_ROWS = 1_048_576
_IN_MEMORY = 1 << 20  # bytes of links, which stand below the rows
_LONGEST = 255  # characters of a text inside a formula


class AddedSheet(Struct, frozen=True):
    """A sheet to be added; its rows are taken once, one after the other, as they are written."""

    name: str  # made legal and unique: see `free_name`
    rows: Iterable[Sequence[NewCell | str | int | None]]  # from row 1 and column A on; a cell has no note here
    widths: Sequence[float]  # of the columns from A on, in characters
    frozen: int = 1  # rows that stay in sight, the last of them the heading
    filtered: bool = True  # the heading has filter buttons
    kept: Mapping[str, str] = field(default_factory=dict)  # hidden name of the sheet → a text kept under it


class SheetWriter(Struct):
    """The writer of one such sheet; `filtered` is known when the last of it was taken."""

    sheet: AddedSheet
    styles: Styles | None  # None: the workbook has no formats, and looks are left
    space: str  # the namespace of sheets
    filtered: str = ""  # the range of the filter, "$A$1:$D$9"; "" without one
    _links: int = 0
    _formats: dict[object, bytes] = field(default_factory=dict)

    def written(self) -> Iterator[bytes]:
        """Yield the sheet's XML.

        Raises:
            OutputError: there are more rows than a sheet holds.
        """
        yield self._above().encode()
        rows, width = 0, 0
        with SpooledTemporaryFile(_IN_MEMORY) as links:
            for rows, row in enumerate(self.sheet.rows, 1):
                if rows > _MOST_ROWS:
                    raise _too_long(self.sheet.name)
                width = max(width, len(row))
                cells = b"".join(self._cell(rows, column, one, links) for column, one in enumerate(row))
                yield b'<row r="%d"%s>%s</row>' % (rows, height_of(row, self.sheet.widths), cells)
            yield b"</sheetData>"
            if self.sheet.filtered and self.sheet.frozen and rows >= self.sheet.frozen and width:
                self.filtered = f"$A${self.sheet.frozen}:${letter(width - 1)}${rows}"
                yield b'<autoFilter ref="%s"/>' % self.filtered.replace("$", "").encode()
            if self._links:
                links.seek(0)
                yield b"<hyperlinks>"
                yield from iter(lambda: links.read(_IN_MEMORY), b"")
                yield b"</hyperlinks>"
        yield b'<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        yield b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'

    def _above(self) -> str:
        frozen = self.sheet.frozen
        pane = f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/>'
        view = pane + '<selection pane="bottomLeft"/>' if frozen else ""
        cols = "".join(
            f'<col min="{n}" max="{n}" width="{width_of(width).decode()}" customWidth="1"/>'
            for n, width in enumerate(self.sheet.widths, 1)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{self.space}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/>{f"<cols>{cols}</cols>" if cols else ""}<sheetData>'
        )

    def _cell(
        self, row: int, column: int, one: NewCell | str | int | None, links: "SpooledTemporaryFile[bytes]"
    ) -> bytes:
        new = one if isinstance(one, NewCell) else NewCell(one)
        style = self._style(new)
        if not style and new.value in (None, ""):
            return b""
        head = b'<c r="%s%d"%s' % (_letters(column), row, style)
        formula = b""
        if new.link:
            if self._links < MOST_LINKS:
                links.write(Link(row, column, new.link).written(b""))
                self._links += 1
            else:
                formula = _formula(new)
        return head + _content(new.value, formula)

    def _style(self, new: NewCell) -> bytes:
        if new.look is None or self.styles is None:
            return b""
        if new.look not in self._formats:
            self._formats[new.look] = b' s="%d"' % self.styles.index(0, new.look)
        return self._formats[new.look]


def _content(value: str | float | None, formula: bytes) -> bytes:
    if value is None or value == "":
        return b"/>"
    if isinstance(value, str):
        text = _text(value)
        if formula:
            return b' t="str"><f>%s</f><v>%s</v></c>' % (formula, text)
        return b' t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % text
    return b">%s<v>%s</v></c>" % (b"<f>%s</f>" % formula if formula else b"", xml_number(value))


@lru_cache(maxsize=1024)
def _letters(column: int) -> bytes:
    return letter(column).encode()


@lru_cache(maxsize=4096)
def _text(value: str) -> bytes:
    """Return a text as XML holds it; rules, bases and villages come again and again."""
    return xml_text(clipped(value)).encode()


def _formula(new: NewCell) -> bytes:
    """Return a link as a formula, of which Excel takes any number; b"" when it is too long for one."""
    place = f"#{new.link}".replace('"', '""')
    shown = f'"{new.value.replace(chr(34), chr(34) * 2)}"' if isinstance(new.value, str) else str(new.value or 0)
    if max(len(place), len(shown)) >= _LONGEST or "\n" in shown:
        return b""
    return xml_text(f'HYPERLINK("{place}",{shown})').encode()


def _too_long(name: str) -> OutputError:
    return OutputError(
        *both(
            "工作表“{name}”超过 {most_rows} 行，.xlsx 写不下；请用 --select 缩小范围，或改用 .csv、.jsonl 输出。",
            name=name,
            most_rows=_MOST_ROWS,
        )
    )

"""Rows of texts and numbers in, sheets of an xlsx file out, written as they come; no text becomes a formula."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from msgspec import Struct

from fupin_cli.model.own_report import KEYWORD
from fupin_cli.reports.wrapping import width

_FORMULA = re.compile(r"[=+\-@\t\n]")  # first characters that a spreadsheet may take for a formula
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # XML has no such characters
_LONGEST = 32_767  # characters a cell of Excel holds
LINKS_A_SHEET = 65_530  # and links a sheet
_LINE, _MARGIN = 15, 2  # height of a line in points; characters of a width that no text gets
_COLOURS = {"error": "#F8CBAD", "warning": "#FFE699", "notice": "#DDEBF7"}
_STYLES: dict[str, dict[str, Any]] = {
    "": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#D9D9D9", "bottom": 1},
    "heading": {"bold": True, "font_size": 13},
    "link": {"text_wrap": True, "valign": "top", "font_color": "#0563C1", "underline": 1},
    **{name: {"text_wrap": True, "valign": "top", "bg_color": colour} for name, colour in _COLOURS.items()},
    # of two editions side by side
    "left": {"text_wrap": True, "valign": "top", "align": "left", "bg_color": "#FADBD8"},
    "right": {"text_wrap": True, "valign": "top", "align": "left", "bg_color": "#D5F0DC"},
    "left_head": {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E6A39B", "bottom": 1},
    "right_head": {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#9CD3AC", "bottom": 1},
    "alike": {"text_wrap": True, "valign": "top", "align": "left", "font_color": "#7F7F7F"},
    "plain": {"valign": "top"},
    "strong": {"bold": True, "valign": "top"},
    "over": {"text_wrap": True, "valign": "top", "top": 1, "top_color": "#BFBFBF"},  # a line above
    "counted": {"num_format": "#,##0", "align": "right", "indent": 1},
    "share": {"num_format": "0.00", "align": "right", "indent": 1},  # per cent
    "to_the_right": {"align": "right", "indent": 1},
    "numbered": {"align": "center", "valign": "top", "font_color": "#7F7F7F"},
    "likely": {"num_format": "0.00", "valign": "top", "bold": True, "align": "center"},
}


class Link(Struct, frozen=True):
    """A cell that opens something; a plain text when `target` is empty."""

    target: str
    text: str


class Cell(Struct, frozen=True):
    """A value in a style of its own: names of `_STYLES`, a blank between."""

    value: str | int | float | Link
    style: str


Row = list[str | int | float | Link | Cell]


class Book:
    """A workbook being written; its file is whole when the block ends."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter

        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False})
        self._book.use_zip64()
        self._book.set_properties({"author": "fupin", "keywords": KEYWORD})
        self._formats: dict[tuple[str, bool], Any] = {}

    def __enter__(self) -> "Book":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def grid(self, name: str, widths: Sequence[float]) -> "Grid":
        """Begin a sheet; the one before must be finished."""
        sheet = self._book.add_worksheet(name)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.set_paper(9)  # A4, one page wide
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for column, wide in enumerate(widths):
            sheet.set_column(column, column, wide)
        return Grid(self, sheet, widths)

    def chart(self, kind: str, subtype: str = "") -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Return a chart (line, bar …), to be filled and put on a sheet."""
        return self._book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})

    @contextmanager
    def table(self, name: str, heads: "list[str] | Row", widths: Sequence[float], frozen: int = 0) -> "Iterator[Grid]":
        """Begin a sheet with a heading row, and `frozen` columns, that stay in sight; it filters the rows under it."""
        grid = self.grid(name, widths)
        grid.write(list(heads), style="head")
        grid.sheet.freeze_panes(1, frozen)
        grid.sheet.repeat_rows(0)
        yield grid
        grid.sheet.autofilter(0, 0, max(grid.row - 1, 1), len(heads) - 1)

    def format(self, style: str, *, quoted: bool) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Return a cell format; `quoted` marks a text that must stay a text even when the cell is edited."""
        key = (style, quoted)
        if key not in self._formats:
            merged = {name: value for part in style.split(" ") for name, value in _STYLES[part].items()}
            self._formats[key] = self._book.add_format({**merged, "quote_prefix": quoted})
        return self._formats[key]


class Grid:
    """One sheet, written row by row from the top."""

    def __init__(self, book: Book, sheet: Any, widths: Sequence[float] = ()) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self.sheet = sheet
        self.row = 0  # the next row, counted from 0
        self._book = book
        self._widths = widths
        self._links = 0

    def write(self, values: "Sequence[str | int | float | Link | Cell]", style: str = "", severity: str = "") -> None:
        """Write one row; `severity` colours its second cell."""
        for column, value in enumerate(values):
            if isinstance(value, Cell):
                self._cell(column, value.value, value.style)
            else:
                self._cell(column, value, severity if severity and column == 1 else style)
        self.row += 1

    def write_across(self, values: "tuple[str, str]", columns: int, style: str = "") -> None:
        """Write a row of a word and a text that stands across so many columns, high enough for all of it."""
        first, text = values[0], clean(values[1])
        self._cell(0, first, style)
        wide = sum(self._widths[1 : columns + 1]) - _MARGIN
        lines = sum(max(1, -(-width(line) // int(wide))) for line in text.splitlines() or [""])
        cell_format = self._book.format(style, quoted=bool(_FORMULA.match(text)))
        self.sheet.merge_range(self.row, 1, self.row, columns, "", cell_format)
        self.sheet.write_string(self.row, 1, text, cell_format)
        self.sheet.set_row(self.row, _LINE * lines)
        self.row += 1

    def _cell(self, column: int, value: str | float | Link, style: str) -> None:
        if isinstance(value, Link):
            if value.target and self._links < LINKS_A_SHEET:
                self._links += 1
                cell_format = self._book.format("link over" if "over" in style else "link", quoted=False)
                self.sheet.write_url(self.row, column, value.target, cell_format, clean(value.text))
                return
            value = value.text
        if isinstance(value, str):
            if not value and not style:
                return
            text = clean(value)
            cell_format = self._book.format(style, quoted=bool(_FORMULA.match(text)))
            self.sheet.write_string(self.row, column, text, cell_format)
        else:
            self.sheet.write_number(self.row, column, value, self._book.format(style, quoted=False))


def clean(text: str) -> str:
    """Return a text that a cell can hold: no broken characters, no more than fit."""
    if len(text) <= _LONGEST and text.isprintable():
        return text
    sound = _UNFIT.sub("�", text.encode("utf-8", "replace").decode("utf-8"))
    return sound if len(sound) <= _LONGEST else sound[: _LONGEST - 1] + "…"

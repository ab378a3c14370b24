"""The values of sheets whose format cannot be written in; an .xlsx of them, with merged ranges and hidden parts, out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fupin_cli.model.sheet import Kind, Sheet
from fupin_cli.values.percents import percent_number
from fupin_cli.workbooks.sheet_names import free_name

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FIRST_DAY = "1900-03-01"
_Rows = Iterable[Sequence[Any]]  # of each: Excel's row number, then text and Kind of every column


def write_values(
    sheets: Sequence[tuple[Sheet, _Rows]], new: Mapping[tuple[str, int, int], tuple[str | None, Kind]], path: Path
) -> dict[str, str]:
    """Write all sheets to `path`, and return each one's name there.

    Args:
        sheets: each with its cells.
        new: (sheet, row, column from 0) → what stands there instead.
        path: written over.
    """
    from xlsxwriter import Workbook

    names: dict[str, str] = {}
    shown = next((sheet for sheet, _ in sheets if not sheet.hidden), None)
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for sheet, rows in sheets:
            names[sheet.name] = free_name(sheet.name or "Sheet1", names.values())
            page = book.add_worksheet(names[sheet.name])
            _hide(page, sheet)
            if sheet is shown:
                page.activate()
                page.set_first_sheet()
            for merge in sheet.merges:
                ends = (merge.first_row - 1, merge.first_column, merge.last_row - 1, merge.last_column)
                if ends[:2] != ends[2:]:
                    page.merge_range(*ends, "")
            _write(book, page, sheet, rows, new)
    return names


def _write(
    book: "Workbook",
    page: "Worksheet",
    sheet: Sheet,
    rows: _Rows,
    new: Mapping[tuple[str, int, int], tuple[str | None, Kind]],
) -> None:
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    percent = book.add_format({"num_format": "0.00%"})
    text_format = book.add_format({"num_format": "@"})
    for row, *cells in rows:
        for index in range(len(cells) // 2):
            text, kind = new.get((sheet.name, row, index), (cells[2 * index], Kind(cells[2 * index + 1] or 0)))
            if text is None or kind is Kind.BLANK:
                continue
            at = (row - 1, index)
            if kind is Kind.NUMBER:
                page.write_number(*at, float(text))
            elif kind is Kind.PERCENT:
                page.write_number(*at, percent_number(text), percent)
            elif kind is Kind.BOOLEAN:
                page.write_boolean(*at, text == "TRUE")
            elif kind is Kind.ERROR:
                page.write_formula(*at, "=NA()", None, text)
            elif kind is Kind.DATE and text >= _FIRST_DAY:
                page.write_datetime(*at, datetime.fromisoformat(text), day if len(text) == 10 else moment)
            else:
                page.write_string(*at, text, text_format)


def _hide(page: "Worksheet", sheet: Sheet) -> None:
    if sheet.hidden:
        page.hide()
    for row in sheet.hidden_rows:
        page.set_row(row - 1, None, None, {"hidden": True})
    for column in sheet.hidden_columns:
        page.set_column(column, column, None, None, {"hidden": True})

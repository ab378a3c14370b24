"""A DoubtSheet in; the workbook a village fills in out: questions locked, answers open, ready for A4 paper."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from fupin_cli.model.doubt_sheet import (
    CODE,
    MACHINE,
    PLACE_COLUMNS,
    SHEET,
    SHEET_COLUMNS,
    DoubtSheet,
    SheetLine,
    code_of,
)
from fupin_cli.model.round import ANSWER_COLUMNS
from fupin_cli.reports.doubt_guide import write_guide
from fupin_cli.reports.doubt_styles import WIDTHS, Styles
from fupin_cli.reports.grid import clean

_TITLE, _NOTE, _BAND, _HEAD = 0, 1, 2, 3  # rows, counted from 0
_FIRST = 4
_SPARE = 200  # rows under the last line whose answers have the same dropdowns: lines may be copied there
_CENTRED = {
    "序号",
    "轮次",
    "疑点编号",
    "户主姓名",
    "姓名",
    "完成时限",
    "是否属实",
    "责任人",
    "核实人",
    "核实日期",
    "户编号",
    "证件号码",
}
_SCALE = 63  # percent at which the questions fill one A4 page across, and the answers the next
_UNLOCKED = {
    "sort": True, "autofilter": True, "format_rows": True, "format_columns": True, "select_locked_cells": True,
    "select_unlocked_cells": True,
}  # fmt: skip


class _Page(Struct):
    """A sheet being written."""

    book: Any
    sheet: Any
    styles: Styles


def write_doubt_sheet(path: Path, sheet: DoubtSheet) -> None:
    """Write the workbook of one township or village; the same sheet gives the same bytes.

    Args:
        path: written over.
        sheet: what is asked.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False})
    made = datetime.fromisoformat(sheet.made)
    book.set_properties({"title": _title(sheet), "created": made.replace(tzinfo=None), "comments": "fupin round"})
    page = _Page(book, book.add_worksheet(SHEET), Styles(book))
    _head(page, sheet)
    for number, line in enumerate(sheet.lines):
        _line(page, sheet, number, line)
    _checks(page, sheet)
    _frame(page, sheet)
    write_guide(book, page.styles, sheet)
    _machine(book, sheet)
    book.close()


def _title(sheet: DoubtSheet) -> str:
    return f"{sheet.place}　第{sheet.round}轮信息清洗疑点数据核实表".strip("　")


def _head(page: _Page, sheet: DoubtSheet) -> None:
    """Write title, note, bands and headings; each stands over the questions and over the answers, for they are two pages on paper."""
    who, asked, last = SHEET_COLUMNS.index("户编号"), SHEET_COLUMNS.index(ANSWER_COLUMNS[0]), len(SHEET_COLUMNS) - 2
    for row, height in ((_TITLE, 34), (_NOTE, 26), (_BAND, 20), (_HEAD, 30)):
        page.sheet.set_row(row, height)
    title, note = page.styles.of("title"), page.styles.of("note")
    due = f"完成时限 {sheet.deadline.isoformat()}。" if sheet.deadline else ""
    shown = "姓名、证件号码已遮盖。" if sheet.masked else "含未遮盖的姓名、证件号码，仅供核实，不得转发、公示。"
    page.sheet.write_string(_TITLE, 0, f"第{sheet.round}轮", page.styles.of("number"))
    page.sheet.write_string(_NOTE, 0, f"共 {len(sheet.lines)} 条", note)
    page.sheet.write_string(_TITLE, who, clean(f"{sheet.place}　信息清洗疑点数据核实表".strip("　")), title)
    page.sheet.write_string(_NOTE, who, f"{due}灰色是问题，请勿改动；黄色请逐条填写，填法见“填写说明”。{shown}", note)
    page.sheet.write_string(_TITLE, asked, clean(f"{sheet.place}　核实反馈".strip("　")), title)
    page.sheet.write_string(_NOTE, asked, f"{due}没有核实完的先空着；填完交回电子表。", note)
    for column in range(last + 1):
        band = "band_answer" if column >= asked else "band_asked"
        text = {0: "疑点（已锁定）", asked: "核实反馈（请填写）"}.get(column, "")
        page.sheet.write(_BAND, column, text, page.styles.of(band))
    for column, name in enumerate(SHEET_COLUMNS):
        style = "head_answer" if name in ANSWER_COLUMNS else "head_asked"
        page.sheet.write_string(_HEAD, column, name, page.styles.of(style))


def _line(page: _Page, sheet: DoubtSheet, number: int, line: SheetLine) -> None:
    row = _FIRST + number
    texts = {**line.question, CODE: code_of(sheet.round, sheet.campaign, line.question)}
    page.sheet.set_row(row, _height(texts))
    page.sheet.write_number(row, 0, number + 1, page.styles.of("asked", number, centred=True))
    for column, name in enumerate(SHEET_COLUMNS[1:], 1):
        kind = "answer" if name in ANSWER_COLUMNS else "asked"
        if name == "规则":
            kind = f"asked_{line.severity}"
        text = clean(texts.get(name, ""))
        style = page.styles.of(kind, number, centred=name in _CENTRED, quoted=text[:1] in "=+-@\t\n" and text != "")
        if text:
            page.sheet.write_string(row, column, text, style)
        else:
            page.sheet.write_blank(row, column, None, style)


def _height(texts: dict[str, str]) -> float:
    """Return how high a line must be, in points, for the longest of its texts."""
    lines = max(
        sum(1 + int(_wide(part) / (WIDTHS[name] * 0.95)) for part in texts.get(name, "").split("\n"))
        for name in SHEET_COLUMNS
        if name in WIDTHS
    )
    return float(min(400, max(30, 13.5 * lines + 8)))


def _wide(text: str) -> int:
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)


def _checks(page: _Page, sheet: DoubtSheet) -> None:
    """Give the answers their dropdown and their dates."""
    last = _FIRST + len(sheet.lines) + _SPARE
    said, day = SHEET_COLUMNS.index("是否属实"), SHEET_COLUMNS.index("核实日期")
    page.sheet.data_validation(
        _FIRST, said, last, said,
        {"validate": "list", "source": ["是", "否"], "input_title": "是否属实", "input_message": "问题确实存在选“是”，系统数据无误选“否”。",
         "error_title": "请选择", "error_message": "请选“是”或“否”；其他情况写在“核实情况”。"},
    )  # fmt: skip
    page.sheet.data_validation(
        _FIRST, day, last, day,
        {"validate": "date", "criteria": ">=", "value": datetime(2014, 1, 1), "input_title": "核实日期",  # noqa: DTZ001 - a day
         "input_message": "写年月日，如 2020-06-18。", "error_title": "不是日期", "error_message": "请写年月日，如 2020-06-18。",
         "error_type": "warning"},
    )  # fmt: skip


def _frame(page: _Page, sheet: DoubtSheet) -> None:
    """Set widths, what stays in sight, protection and paper."""
    view, last_row = page.sheet, _FIRST + max(len(sheet.lines), 1) - 1
    hidden = {"轮次", "人编号", "疑点列", "完成时限", CODE, *PLACE_COLUMNS}
    if not sheet.by_village:
        hidden.remove("村")
    for column, name in enumerate(SHEET_COLUMNS):
        style = page.styles.of("open") if name in ANSWER_COLUMNS else None
        view.set_column(column, column, WIDTHS.get(name, 9), style, {"hidden": True} if name in hidden else {})
    asked = SHEET_COLUMNS.index(ANSWER_COLUMNS[0])
    view.freeze_panes(_FIRST, SHEET_COLUMNS.index("证件号码"))  # who it is about stays in sight
    view.autofilter(_HEAD, 0, last_row, len(SHEET_COLUMNS) - 1)
    view.protect("", _UNLOCKED)
    view.hide_gridlines(2)
    view.set_zoom(90)
    view.set_paper(9)
    view.set_landscape()
    view.set_margins(left=0.35, right=0.35, top=0.5, bottom=0.55)
    view.set_print_scale(_SCALE)
    view.set_v_pagebreaks([asked])
    view.repeat_rows(_TITLE, _HEAD)
    view.repeat_columns(0, SHEET_COLUMNS.index("疑点编号"))
    view.print_area(0, 0, last_row, len(SHEET_COLUMNS) - 2)
    view.set_footer(f"&L&8{sheet.file}&C&8第 &P 页，共 &N 页&R&8核实人签字：＿＿＿＿＿＿　负责人签字：＿＿＿＿＿＿")
    view.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _machine(book: Any, sheet: DoubtSheet) -> None:  # noqa: ANN401 - XlsxWriter has no types
    """Write what fupin knows the file by, where no clerk sees it."""
    page = book.add_worksheet(MACHINE)
    page.very_hidden()
    whole = "".join(code_of(sheet.round, sheet.campaign, line.question) for line in sheet.lines)
    questions = hashlib.blake2b(whole.encode(), digest_size=8).hexdigest().upper()
    for row, (name, value) in enumerate(
        [("清洗", sheet.campaign), ("轮次", str(sheet.round)), ("文件", sheet.file), ("问题", questions), ("条数", str(len(sheet.lines)))]
    ):  # fmt: skip
        page.write_string(row, 0, name)
        page.write_string(row, 1, clean(value))
    page.protect()

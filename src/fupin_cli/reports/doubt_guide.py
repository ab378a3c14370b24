"""A DoubtSheet in; the sheet 填写说明 of its workbook out: how to fill in, column by column."""

from typing import Any

from fupin_cli.model.doubt_sheet import GUIDE, DoubtSheet
from fupin_cli.reports.doubt_styles import Styles

_STEPS = (
    "一、逐条入户核实，在“疑点数据”表右边黄色的栏里填写；左边灰色的问题栏已锁定，请勿改动。",
    "二、可以筛选、调整行高列宽；不要删行，不要把几行合成一行。没有核实完的行先空着，下次再交。",
    "三、填完后原样交回电子表。另存为 .xls、.et、.csv 也可以；“疑点编号”一栏务必保留，本工具靠它认出每一条。",
)
_COLUMNS = (
    ("核实情况", "核实到的事实：问了谁、看了什么、实际是多少。"),
    ("是否属实", "问题确实存在选“是”；系统数据无误、问题不存在选“否”。"),
    ("整改措施", "属实的：打算怎么改、由谁改。"),
    ("整改结果", "已经改好的写“已整改”，并写日期；没有改好的写进度。"),
    (
        "更正值",
        "属实、并且只是数据录错的：写这一格应当是什么，如 2015-09-01。“系统值”有几列的，写明列名，如 文化程度=小学。",
    ),
    ("佐证材料", "户口簿、残疾证、出院小结、学籍证明等，写名称和编号。不属实的必须有佐证材料。"),
    ("责任人", "负责整改的人的姓名。"),
    ("核实人", "入户核实的人，两人以上用顿号隔开。"),
    ("核实日期", "年月日，如 2020-06-18。"),
    ("备注", "其他要说明的。"),
)


def write_guide(book: Any, styles: Styles, sheet: DoubtSheet) -> None:  # noqa: ANN401 - XlsxWriter has no types
    """Write the sheet that says how the workbook is filled in."""
    page = book.add_worksheet(GUIDE)
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 92)
    page.hide_gridlines(2)
    page.set_row(0, 32)
    page.write_string(0, 0, "填写说明", styles.of("guide_title"))
    row = 1
    for step in (*_STEPS, _privacy(sheet)):
        page.set_row(row, 34)
        page.merge_range(row, 0, row, 1, step, styles.of("guide_step"))
        row += 1
    row += 1
    for name, says in _COLUMNS:
        page.set_row(row, 30)
        page.write_string(row, 0, name, styles.of("guide_name"))
        page.write_string(row, 1, says, styles.of("guide_text"))
        row += 1
    page.protect()
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 1)


def _privacy(sheet: DoubtSheet) -> str:
    if sheet.masked:
        return "四、本表的姓名、证件号码已遮盖，凭户编号、人编号对应到人。"
    return "四、本表含未遮盖的姓名和证件号码：只给核实的人，不得转发、张贴、公示，用完收回。"

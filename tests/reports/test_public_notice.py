"""A report for a notice (--mask public): what N16 says a notice must not show does not stand in it, not even starred."""

from datetime import date

import openpyxl

from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Request
from fupin_cli.model.masking import PUBLIC
from fupin_cli.model.settings import Settings
from fupin_cli.reports import Look, render, write
from fupin_cli.reports.json_report import to_dict
from fupin_cli.reports.masked import masked
from tests.reports.drawn import INCOME, SCHOOL, TWICE, audit, finding

NOTICE = Look(masking=PUBLIC)
ILL = finding("MED011-1", "EDU001", message="张小三：健康状况“残疾”", values={"健康状况": "残疾"})


def test_values_and_evidence_have_no_column_of_a_number():
    row = {
        "身份证号": "11010519491231002X",
        "卡号": "6228480000000001234",
        "联系电话": "13800001234",
        "所有人姓名": "李四",
        "车辆": "小型",
    }
    drawn = finding("x", "ENT004", values={**row, "户编号": "990101000123"}, evidence=(row,))
    (shown,) = to_dict(audit(findings=(drawn,)), masking=PUBLIC)["findings"]
    assert shown["values"] == {"所有人姓名": "李*", "车辆": "小型", "户编号": "990101000123"}
    assert shown["evidence"] == [{"所有人姓名": "李*", "车辆": "小型"}]


def test_the_page_ends_with_what_was_left_out_and_why_it_may_hang():
    page = render(audit(findings=(SCHOOL, TWICE, INCOME, ILL)), "terminal", Look(width=400, masking=PUBLIC))
    assert "按公示的要求，证件号码、电话、账号已删去，姓名已遮盖；说到健康、残疾和病情的问题没有列出。\n" in page
    assert "另有 1 处问题要说出健康、残疾或病情才讲得清" in page
    assert page.endswith("发现问题 3 处：错误 2，疑点 1，提示 0。\n")
    assert "11010519491231002X" not in page
    assert "110105*" not in page


def test_a_workbook_of_a_notice_passes_the_rule_on_notices(tmp_path):
    path = tmp_path / "疑点公示.xlsx"
    write(audit(findings=(SCHOOL, TWICE, INCOME, ILL)), path, "xlsx", NOTICE)
    book = openpyxl.load_workbook(path)
    texts = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    assert [text for text in texts if "11010519491231002X" in text or "13800001234" in text or "残疾”" in text] == []


def test_a_table_called_a_notice_is_told_whatever_of_the_four_it_shows(sketch):
    drawn = """
# 公示
| 户编号 | 姓名 | 证件号码 | 成员电话 | 银行卡号 | 健康状况 | 与户主关系 |
| '990101000001 | 张三 | '11010519491231002X | '13800001234 | '6228480000000001234 | 残疾 | 户主 |
| '990101000002 | 李四 | '110105********002X | '138****1234 | '************1234 | | 户主 |
"""
    settings = Settings(today=date(2021, 1, 1), as_of=date(2020, 12, 31), select=("STA018",))
    told = run(Request(files=(sketch(drawn),), settings=settings))
    assert [(each.severity, each.column, each.message) for each in map(masked, told.findings)] == [
        ("error", column, f"公示表里有“{column}”，1格有内容")
        for column in ("证件号码", "成员电话", "银行卡号", "健康状况")
    ]

"""What a message says where a cell is blank, a column is absent or a value is computed."""

from datetime import date
from decimal import Decimal

import pytest

from fupin_cli.findings.message import sentence, shown
from tests.findings.told import a_rule, told

PERSONS = """
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 民族 | 数据日期 |
| '990101000001 | 张三 | 户主 | 11010519491231002X | | 2020-12-31 |
"""


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (6, "6"), (3.50, "3.5"), (Decimal("3402.00"), "3402"), (date(2020, 12, 31), "2020-12-31"),
     (True, "是"), (False, "否"), ("甲", "甲")],
)  # fmt: skip
def test_a_computed_value_is_written_as_a_clerk_writes_it(value, text):
    assert shown(value) == text


@pytest.mark.parametrize(
    ("template", "text", "said"),
    [
        ("发生率{x}%，高于2%", "5%", "发生率5%，高于2%"),
        ("a rate of {x} %", "5%", "a rate of 5 %"),
        ("收入{x}元，低于收入线", "1200元", "收入1200元，低于收入线"),
        ("收入{x}元", "1.2万元", "收入1.2万元"),
        ("面积{x}平方米", "120平方米", "面积120平方米"),
        ("面积{x}平方米", "120米", "面积120米平方米"),
        ("收入{x}元", "1200", "收入1200元"),
        ("{x}户主", "王户", "王户户主"),
        ("{x}元", "元", "元元"),
    ],
)
def test_a_unit_that_the_cell_and_the_message_say_is_said_once(template, text, said):
    assert sentence(template, {"x": text}) == said


def test_a_blank_cell_says_so_and_an_aside_does_not():
    assert sentence("{民族}{说明}", {"民族": " "}) == "（空白）"
    assert sentence("{民族}{说明}", {"民族": ""}, "en") == "(blank)"


def test_a_column_no_sheet_has_is_not_called_blank():
    assert sentence("民族“{民族}”", {}, absent={"民族"}) == "民族“（无此列）”"
    assert sentence("nationality {民族}", {}, "en", {"民族"}) == "nationality (no such column)"


def test_a_blank_in_brackets_has_one_pair_of_them():
    assert sentence("户编号1（{户主姓名}）没有户主", {"户主姓名": ""}) == "户编号1（空白）没有户主"
    assert sentence("household 1 ({户主姓名})", {"户主姓名": ""}, "en") == "household 1 (blank)"


def test_without_a_column_for_the_head_its_name_is_that_of_the_head_row(sketch, tmp_path):
    rules = a_rule(tmp_path, "成员数(TRUE) > 1", "户编号{户编号}（{户主姓名}）：{民族}", scope="户")
    (finding,) = told(sketch(PERSONS), rules=rules)
    assert finding.message == "户编号990101000001（张三）：（无此列）"
    assert finding.person == "张三"


def test_a_blank_the_rule_itself_asks_about_is_never_helped_out(sketch, tmp_path):
    text = "| 户编号 | 户主姓名 | 姓名 | 与户主关系 |\n| '990101000001 | | 张三 | 户主 |"
    rules = a_rule(tmp_path, "NOT 为空(户主姓名)", "户主姓名为{户主姓名}", scope="户")
    (finding,) = told(sketch(text), rules=rules)
    assert (finding.message, finding.values, finding.person) == ("户主姓名为（空白）", {"户主姓名": ""}, "张三")


def test_a_derived_value_is_computed_and_its_columns_are_quoted_as_written(sketch, tmp_path):
    rules = a_rule(tmp_path, "年龄 < 60", "{姓名}，{年龄}岁")
    (finding,) = told(sketch(PERSONS), rules=rules)
    assert (finding.message, finding.values) == ("张三，71岁", {"证件号码": "11010519491231002X"})


def test_the_basis_is_the_document_with_its_words_or_the_convention(sketch, tmp_path):
    (finding,) = told(sketch(PERSONS), rules=a_rule(tmp_path, "年龄 < 60"))
    assert finding.basis == "惯例：试"
    (finding,) = told(sketch(PERSONS.replace("1949123100", "1949123101")), rule="IDN002")
    assert finding.basis.startswith("GB 11643-1999：")

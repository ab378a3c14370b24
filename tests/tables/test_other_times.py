"""Columns of another year or from before a change, rows of translations, headings far below: over drawn sheets."""

from datetime import date

import pytest

from fupin_cli.model.settings import Wishes
from fupin_cli.tables import heading_text
from tests.tables.headed import layout_of, layouts_of, meanings

YEARS = """
    | 户编号 | 户主姓名 | 2019年 | <       | 2020年 | <        |
    | ^      | ^        | 家庭人口 | 人均纯收入 | 家庭人口 | 人均纯收入 |
    | '1     | 田丰收   | 3      | 3000    | 2      | 5000     |
    """


@pytest.mark.parametrize(
    ("file", "read"),
    [("户.xlsx", "EF"), ("2019年户.xlsx", "CD"), ("2020年户.xlsx", "EF"), ("2018年户.xlsx", "")],
)
def test_of_years_side_by_side_that_of_the_files_day_is_read_else_the_latest(file, read):
    layout = layout_of(YEARS, file=file)
    assert "".join(meanings(layout)) == "AB" + read
    assert set(layout.explained) == set("CDEF") - set(read)
    assert layout.heading_rows == (1, 2)


@pytest.mark.parametrize(
    ("file", "asked", "read"),
    [
        ("户.xlsx", "2019-12-31", "CD"),
        ("户.xlsx", "2019-06-30", "CD"),
        ("户.xlsx", "2020-12-31", "EF"),
        ("户.xlsx", "2018-12-31", ""),
        ("2020年户.xlsx", "2019-12-31", "EF"),
    ],
)
def test_of_years_side_by_side_that_of_the_day_asked_for_is_read_where_the_table_has_no_day(file, asked, read):
    layout = layout_of(YEARS, Wishes(as_of=date.fromisoformat(asked)), file=file)
    assert "".join(meanings(layout)) == "AB" + read
    assert set(layout.explained) == set("CDEF") - set(read)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2019年人均纯收入", "2020年人均纯收入"),
        (r"2019年度\n人均纯收入（元）", r"2020年度\n人均纯收入（元）"),
        ("（2019年）人均纯收入", "（2020年）人均纯收入"),
        ("二〇一九年人均纯收入", "二〇二〇年人均纯收入"),
        ("人均纯收入(2019)", "人均纯收入(2020)"),
        ("人均纯收入（元，2019年）", "人均纯收入（元，2020年）"),
        ("人均纯收入-2019年（元）", "人均纯收入-2020年（元）"),
        ("19年人均纯收入", "20年人均纯收入"),
        ("人均纯收入（19年）", "人均纯收入（20年）"),
        ("19年底人均纯收入（元）", "2020年底人均纯收入（元）"),
    ],
)
def test_a_year_in_the_heading_itself_is_a_year_of_its_values(one, other):
    drawn = f"| 户编号 | 户主姓名 | {one} | {other} |\n| '1 | 田丰收 | 3000 | 5000 |"
    for wishes, read in ((None, "D"), (Wishes(as_of=date(2019, 12, 31)), "C"), (Wishes(as_of=date(2018, 12, 31)), "")):
        assert "".join(meanings(layout_of(drawn, wishes))) == "AB" + read


@pytest.mark.parametrize(
    "headings",
    [
        "2014年以前纳入 | 2015年以后纳入",
        "人均纯收入（2014-2015年） | 人均纯收入（2016-2017年）",
        "人均纯收入（2014-15年） | 人均纯收入（2016-17年）",
        "教龄15年以上 | 教龄20年以上",
        "务工3-15年 | 务工16-20年",
    ],
)
def test_a_span_of_years_is_no_year(headings):
    layout = layout_of(f"| 户编号 | 户主姓名 | {headings} |\n| '1 | 田丰收 | 3000 | 5000 |")
    assert not [doubt for doubt, _ in layout.doubts if "之下" in doubt]


def test_the_scale_before_the_year_counts():
    layout = layout_of("""
        | 户编号 | 户主姓名 | 人均纯收入（万元） | < |
        | ^      | ^        | 2019年 | 2020年 |
        | '1     | 田丰收   | 0.3    | 0.5 |
        """)  # fmt: skip
    assert "人均纯收入" not in meanings(layout).values()


def test_a_heading_of_another_year_is_read_where_the_user_names_it():
    layout = layout_of(YEARS, Wishes(mapping={"2019年-人均纯收入": "人均纯收入"}))
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名", "D": "人均纯收入", "E": "家庭人口"}


def test_a_year_over_names_says_which_persons_they_are():
    layout = layout_of("""
        | 户编号 | 2020年脱贫人口 | <        | <         |
        | ^      | 姓名           | 证件号码 | 与户主关系 |
        | '1     | 田丰收         | x        | 户主      |
        """, file="2019年.xlsx")  # fmt: skip
    assert meanings(layout) == {"A": "户编号", "B": "姓名", "C": "证件号码", "D": "与户主关系"}
    assert layout.doubts == ()


@pytest.mark.parametrize(
    ("before", "after"), [("调整前", "调整后"), ("核实前", "核实后"), ("原", "现"), ("变更前信息", "变更后信息")]
)
def test_the_values_after_a_change_are_read(before, after):
    layout = layout_of(f"""
        | 序号 | 户编号 | 户主姓名 | {before} | <          | {after}  | <          |
        | ^    | ^      | ^        | 家庭人口 | 人均纯收入 | 家庭人口 | 人均纯收入 |
        | 1    | '1     | 田丰收   | 3        | 3000       | 2        | 5000       |
        """)
    assert meanings(layout) == {"B": "户编号", "C": "户主姓名", "F": "家庭人口", "G": "人均纯收入"}
    assert layout.doubts == (
        (
            f"D、E 列在“{before}”之下，是改以前的值，没有读；读的是“{after}”之下的。",
            f"column(s) D, E stand under “{before}”: values that were replaced, not read; those under “{after}” were read.",
        ),
    )


def test_a_row_of_latin_words_below_a_heading_is_no_person_and_a_person_with_a_latin_name_is_one():
    layout = layout_of("""
        | 户编号        | 姓名 | 证件号码 | 与户主关系 |
        | Household No. | Name | ID       | Relation   |
        | '1            | Nguyen Thi | '1 | 配偶       |
        """)
    assert (layout.heading_rows, layout.first_row, layout.last_row) == ((1, 2), 3, 3)
    (other,) = layouts_of("""
        | 户编号 | 姓名       | 证件号码 | 与户主关系 |
        |        | Nguyen Thi |          | 配偶       |
        """)
    assert (other.heading_rows, other.first_row, other.last_row) == ((1,), 2, 2)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("户编号 Household ID", "户编号"),
        ("证件号码\nID No.", "证件号码"),
        ("姓名Name", "姓名"),
        ("姓名 xìngmíng", "姓名"),
        ("户主 ID", "户主ID"),
        ("是否有WIFI", "是否有WIFI"),
        ("健康状况 A", "健康状况A"),
        ("收入 wan yuan", "收入WANYUAN"),
    ],
)
def test_latin_words_behind_a_heading_are_dropped_where_they_only_translate_it(text, own):
    assert heading_text.squeeze(heading_text.without_translation(text)) == own.upper()


def test_a_unit_before_a_translation_still_counts():
    assert heading_text.unit_of("人均纯收入（万元）\nIncome") == "万元"


def test_a_heading_below_many_rows_is_found_and_its_rules_are_notes():
    rules = "\n".join(f"| {n}. 姓名：按户口簿填写。 |" for n in range(1, 201))
    layout = layout_of(f"{rules}\n| 户编号 | 姓名 | 证件号码 | 与户主关系 |\n| '1 | 田丰收 | '2 | 户主 |")
    assert (layout.heading_rows, layout.first_row, layout.title) == ((201,), 202, "")
    assert next((each.first_row, each.last_row, each.reason) for each in layout.left_out) == (1, 200, "note")

"""Which day a table is dated, by its title, its sheet and its file."""

from datetime import date

import pytest

from fupin_cli.tables.dates_in_titles import date_in
from tests.tables.headed import layout_of

HEADING = "| 村 | 户编号 | 姓名 | 与户主关系 | 人均纯收入 |"


@pytest.mark.parametrize(
    ("title", "sheet", "file", "day"),
    [
        ("某某县2020年度花名册", "册", "a.xlsx", date(2020, 12, 31)),
        ("花名册", "2019", "a.xlsx", date(2019, 12, 31)),
        ("花名册", "册", "（乡村建设）户信息_20231218.xlsx", date(2023, 12, 18)),
        ("花名册（截至2020年12月1日）", "2019", "a.xlsx", date(2020, 12, 1)),
        ("花名册", "册", "（自定义）监测对象信息 (22).xlsx", None),
    ],
)
def test_a_table_is_dated_by_its_title_then_its_sheet_then_its_file(title, sheet, file, day):
    layout = layout_of(
        f"# {sheet}\n| {title} | < | < | < | < |\n{HEADING}\n| 甲村 | '001 | 张三 | 户主 | 1 |", file=file
    )
    assert layout.dated == day


def test_a_line_that_states_the_day_of_the_figures_dates_the_table():
    layout = layout_of(
        f"| 花名册 | < | < | < | < |\n| 单位：元 | | 数据日期：2020年12月31日 | | 填表日期：2021年3月1日 |\n{HEADING}\n| 甲村 | '001 | 张三 | 户主 | 1 |"
    )
    assert layout.dated == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("text", "bare", "day"),
    [
        ("2020年12月31日", False, date(2020, 12, 31)),
        ("2023年5月", False, date(2023, 5, 31)),
        ("2024年2月底", False, date(2024, 2, 29)),
        ("2016年底", False, date(2016, 12, 31)),
        ("二〇二〇年十二月三十一日", False, date(2020, 12, 31)),
        ("２０２０年度", False, date(2020, 12, 31)),
        ("2020-06-30", False, date(2020, 6, 30)),
        ("202310", True, date(2023, 10, 31)),
        ("202310", False, None),
        ("国开发〔2019〕15号", True, None),
        ("2014-2020年脱贫户", True, None),
        ("2014年以来脱贫户", False, None),
        ("2019年与2020年对照", False, None),
        ("20231345", True, None),
        ("第2020号", True, None),
        ("990101202012", True, None),
        ("花名册", True, None),
    ],
)
def test_only_what_is_a_date_is_taken_for_one(text, bare, day):
    assert date_in(text, bare=bare) == day

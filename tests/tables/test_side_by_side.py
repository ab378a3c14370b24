"""Tables that stand side by side in one sheet, and tables that only look so."""

import time
from datetime import date

from fupin_cli.engines import open_engine
from fupin_cli.model.settings import Wishes
from fupin_cli.tables.grid import read_grid
from fupin_cli.tables.layouts import find_layouts
from fupin_cli.tables.lexicon import build_lexicon
from fupin_cli.tables.side_by_side import side_by_side
from tests.sketch import read_sketch
from tests.tables.headed import dictionary, layout_of, layouts_of, left_out, meanings, put


def test_two_tables_with_a_blank_column_between_are_read_apart():
    left, right = layouts_of("""
        | 户编号 | 户主姓名 | 家庭人口 | | 户编号 | 姓名 | 与户主关系 |
        | '001 | 田丰收 | 2 | | '001 | 田丰收 | 户主 |
        | '002 | 谷有余 | 1 | | '001 | 米小兰 | 配偶 |
        | | | | | '002 | 谷有余 | 户主 |
    """)
    assert (left.kind, meanings(left), left.first_row, left.last_row) == (
        "户", {"A": "户编号", "B": "户主姓名", "C": "家庭人口"}, 2, 3,
    )  # fmt: skip
    assert (right.kind, meanings(right), right.first_row, right.last_row) == (
        "人", {"E": "户编号", "F": "姓名", "G": "与户主关系"}, 2, 4,
    )  # fmt: skip
    assert (left.source, right.source) == (0, 1)


def test_a_list_printed_in_two_columns_of_blocks_is_two_tables_under_one_title():
    left, right = layouts_of("""
        | 某某村花名册（2019年12月31日） | < | < | < | < | < |
        | 户编号 | 姓名 | 与户主关系 | 户编号 | 姓名 | 与户主关系 |
        | '001 | 田丰收 | 户主 | '003 | 麦满仓 | 户主 |
        | '002 | 谷有余 | 户主 | '004 | 秦百顺 | 户主 |
    """)
    assert (meanings(left), meanings(right)) == (
        {"A": "户编号", "B": "姓名", "C": "与户主关系"},
        {"D": "户编号", "E": "姓名", "F": "与户主关系"},
    )
    assert left.title == right.title == "某某村花名册（2019年12月31日）"
    assert left.dated == right.dated == date(2019, 12, 31)


def test_blocks_without_any_column_of_the_household_are_a_folded_list():
    left, right = layouts_of("""
        | 姓名 | 证件号码 | 姓名 | 证件号码 |
        | 田丰收 | 990101198001010010 | 麦满仓 | 990101198001010030 |
    """)
    assert (meanings(left), meanings(right)) == ({"A": "姓名", "B": "证件号码"}, {"C": "姓名", "D": "证件号码"})


def test_a_blank_column_in_a_registry_splits_nothing():
    layout = layout_of("""
        | 户编号 | 姓名 | 与户主关系 | | 健康状况 | 人均纯收入 |
        | '001 | 田丰收 | 户主 | | 健康 | 3000 |
        | '001 | 米小兰 | 配偶 | | | |
    """)
    assert list(meanings(layout)) == ["A", "B", "C", "E", "F"]


def test_household_columns_blank_below_the_head_and_members_after_a_blank_column_are_one_table():
    layout = layout_of("""
        | 户编号 | 户主姓名 | 家庭人口 | | 姓名 | 与户主关系 |
        | '001 | 田丰收 | 2 | | 田丰收 | 户主 |
        | | | | | 米小兰 | 配偶 |
        | '002 | 谷有余 | 1 | | 谷有余 | 户主 |
    """)
    assert list(meanings(layout)) == ["A", "B", "C", "E", "F"]


def test_a_small_count_beside_a_registry_lends_it_no_village():
    rows = [f"| '00{i} | 田{i} | 户主 | | {f'{i}村' if i < 3 else ''} | {3 if i < 3 else ''} |" for i in range(9)]
    layout = layout_of("\n".join(["| 户编号 | 姓名 | 与户主关系 | | 村 | 人数 |", *rows]))
    assert meanings(layout) == {"A": "户编号", "B": "姓名", "C": "与户主关系"}
    assert (layout.first_row, layout.last_row, left_out(layout)) == (2, 10, [])


def test_a_list_beside_a_form_is_read_without_the_form():
    rows = [f"| 项目{i} | 人 | {i} | | '00{i} | 田{i} | 户主 |" for i in range(9)]
    layout = layout_of("\n".join(["| 填表项目 | 单位 | 数量 | | 户编号 | 姓名 | 与户主关系 |", *rows]))
    assert meanings(layout) == {"E": "户编号", "F": "姓名", "G": "与户主关系"}
    assert layout.unmapped == {}


def test_a_table_that_begins_lower_beside_another_is_a_table():
    left, right = layouts_of("""
        | 户编号 | 户主姓名 | 家庭人口 | | | |
        | '001 | 田丰收 | 2 | | 成员表 | |
        | '002 | 谷有余 | 1 | | 人编号 | 姓名 | 与户主关系 |
        | '003 | 麦满仓 | 1 | | '00301 | 麦满仓 | 户主 |
    """)
    assert (left.last_row, right.first_row, right.title) == (4, 4, "成员表")


def test_a_number_pasted_beside_itself_is_no_second_table():
    layout = layout_of("""
        | 户编号 | 姓名 | 与户主关系 | | 户编号 | 家庭人口 |
        | '001 | 田丰收 | 户主 | | '001 | 2 |
        | '001 | 米小兰 | 配偶 | | '001 | 2 |
    """)
    assert meanings(layout) == {"A": "户编号", "B": "姓名", "C": "与户主关系", "F": "家庭人口"}


def test_a_merged_heading_over_a_blank_column_is_no_border():
    layout = layout_of("| 户编号 | 姓名 | < | 与户主关系 | 人均纯收入 |\n| '001 | 田丰收 | | 户主 | 3000 |")
    assert meanings(layout) == {"A": "户编号", "B": "姓名", "D": "与户主关系", "E": "人均纯收入"}


def test_an_ordinary_sheet_is_not_looked_at_again():
    engine = open_engine()
    try:
        (drawing,) = read_sketch(
            "| 户编号 | 姓名 | 与户主关系 | 人均纯收入 |\n" + "| '001 | 田丰收 | 户主 | 3000 |\n" * 60
        )
        sheet = put(engine, drawing, 0, "册.xlsx")
        grid = read_grid(engine, sheet, 1, sheet.last_row)
        lexicon = build_lexicon(dictionary(), Wishes())
        begun = time.perf_counter()
        assert side_by_side(engine, sheet, grid, lexicon) == [sheet]
        assert time.perf_counter() - begun < 0.1
        assert [layout.sheet for layout in find_layouts(engine, sheet, dictionary(), Wishes())] == [sheet]
    finally:
        engine.close()

"""Members spread sideways: each row a household, its members side by side, over drawn workbooks."""

from pathlib import Path

import pytest

from fupin_cli.engines import open_engine
from fupin_cli.model.settings import Settings
from fupin_cli.sheets import read_sheets
from fupin_cli.tables import build_tables
from fupin_cli.tables.layouts import find_layouts
from tests.sketch import write_sketch
from tests.tables.drawn import TODAY
from tests.tables.headed import dictionary, layouts_of, meanings

PERSONS = """SELECT h."户编号", p."姓名", p."与户主关系", p."_row" FROM "人" AS p JOIN "户" AS h ON h."_id" = p."_household"
ORDER BY p."_row", p."_source\""""


def persons(folder: Path, drawing: str, settings: Settings = TODAY) -> list[tuple[object, ...]]:
    """Return 户编号, 姓名, 与户主关系 and Excel's row of everybody read from a drawn workbook."""
    from fupin_cli.model.settings import Wishes

    engine = open_engine()
    try:
        (sheet,) = read_sheets(engine, write_sketch(folder / "横排.xlsx", drawing), 0)
        layouts = find_layouts(engine, sheet, dictionary(), Wishes())
        build_tables(engine, layouts, dictionary(), settings)
        return engine.rows(PERSONS)
    finally:
        engine.close()


def shapes(drawing: str) -> list[tuple[str, dict[str, str]]]:
    """Return kind and letter → column of every layout, without cells that hold for all rows."""
    return [
        (one.kind, {each.letter: each.column for each in one.columns if not each.cell}) for one in layouts_of(drawing)
    ]


def test_numbered_members_are_persons_of_their_row_and_blank_slots_are_nobody(tmp_path):
    drawing = """
    | 户编号 | 户主姓名 | 成员1姓名 | 成员1与户主关系 | 成员2姓名 | 成员2与户主关系 |
    | '3712  | 田丰收   | 田丰收    | 户主            | 米小兰    | 配偶            |
    | '3713  | 谷有余   | 谷有余    | 户主            |           |                 |
    """
    assert persons(tmp_path, drawing) == [
        ("3712", "田丰收", "户主", 2), ("3712", "米小兰", "配偶", 2), ("3713", "谷有余", "户主", 3),
    ]  # fmt: skip


def test_a_head_who_is_none_of_the_members_is_one_more_member(tmp_path):
    drawing = """
    | 户编号 | 户主姓名 | 成员1姓名 | 成员1与户主关系 |
    | '3712  | 田丰收   | 米小兰    | 配偶            |
    | '3713  | 谷有余   |           |                 |
    """.replace("成员1与户主关系 |", "成员1与户主关系 | 成员2姓名 | 成员2与户主关系 |", 1)
    assert persons(tmp_path, drawing) == [
        ("3712", "田丰收", "户主", 2), ("3712", "米小兰", "配偶", 2), ("3713", "谷有余", "户主", 3),
    ]  # fmt: skip


def test_a_head_written_among_the_members_in_a_few_rows_is_read_once_there(tmp_path):
    drawing = """
    | 户编号 | 户主姓名 | 姓名1  | 与户主关系1 | 姓名2  | 与户主关系2 |
    | '3712  | 田丰收   | 米小兰 | 配偶        |        |             |
    | '3713  | 谷有余   | 谷有余 | 户主        | 麦苗   | 配偶        |
    | '3714  | 秦百顺   | 禾秀英 | 配偶        |        |             |
    """
    assert [row[1] for row in persons(tmp_path, drawing)] == ["田丰收", "米小兰", "谷有余", "麦苗", "秦百顺", "禾秀英"]
    household, *_ = layouts_of(drawing)
    assert household.doubts == (
        (
            "成员横排：3 户中 1 户在成员里写了户主本人，其余的没有；其余各户的户主按户主姓名另读为一名成员。",
            "members side by side: 1 of 3 households name the head among the members, the others do not; "
            "there he was read from 户主姓名.",
        ),
    )


def test_what_stands_under_the_band_of_the_head_is_the_heads():
    assert shapes("""
        | 户编号 | 户主   | <    | 家庭成员1 | <    | 家庭成员2 | <    |
        | ^      | 姓名   | 性别 | 姓名      | 关系 | 姓名      | 关系 |
        | '3712  | 田丰收 | 男   | 米小兰    | 配偶 | 田小禾    | 之子 |
    """) == [
        ("户", {"A": "户编号", "B": "户主姓名"}),
        ("人", {"B": "姓名", "C": "性别"}),
        ("人", {"D": "姓名", "E": "与户主关系"}),
        ("人", {"F": "姓名", "G": "与户主关系"}),
    ]  # fmt: skip


def test_a_number_may_stand_in_every_way_a_clerk_writes_it():
    for first, second in (
        ("姓名1 | 关系1", "姓名2 | 关系2"),
        ("姓名（1） | 关系（1）", "姓名（2） | 关系（2）"),
        ("姓名① | 关系①", "姓名② | 关系②"),
        ("1姓名 | 1关系", "2姓名 | 2关系"),
        ("姓名一 | 关系一", "姓名二 | 关系二"),
        ("第一位成员姓名 | 第一位成员关系", "第二位成员姓名 | 第二位成员关系"),
        ("家庭成员1-姓名 | 家庭成员1-关系", "家庭成员2-姓名 | 家庭成员2-关系"),
        ("成员 1 姓名 | 成员 1 与户主关系", "成员 2 姓名 | 成员 2 与户主关系"),
    ):
        drawing = f"| 户编号 | {first} | {second} |\n| '3712 | 田丰收 | 户主 | 米小兰 | 配偶 |"
        assert shapes(drawing) == [
            ("户", {"A": "户编号"}),
            ("人", {"B": "姓名", "C": "与户主关系"}),
            ("人", {"D": "姓名", "E": "与户主关系"}),
        ], first


def test_headings_that_only_repeat_are_members_beside_columns_of_the_household():
    assert shapes("""
        | 户编号 | 姓名   | 性别 | 证件号码           | 姓名   | 性别 | 证件号码           |
        | '3712  | 田丰收 | 男   | 990101198001010010 | 米小兰 | 女   | 990101198201010020 |
    """) == [
        ("户", {"A": "户编号"}),
        ("人", {"B": "姓名", "C": "性别", "D": "证件号码"}),
        ("人", {"E": "姓名", "F": "性别", "G": "证件号码"}),
    ]  # fmt: skip


def test_a_program_numbers_repeated_headings_from_the_second():
    assert shapes("""
        | 户编号 | 户主姓名 | 姓名   | 与户主关系 | 姓名.1 | 与户主关系.1 | 姓名.2 | 与户主关系.2 |
        | '3712  | 田丰收   | 田丰收 | 户主       | 米小兰 | 配偶         | 田小禾 | 之子         |
    """)[1:] == [
        ("人", {"C": "姓名", "D": "与户主关系"}),
        ("人", {"E": "姓名", "F": "与户主关系"}),
        ("人", {"G": "姓名", "H": "与户主关系"}),
    ]  # fmt: skip


def test_numbering_years_and_gathered_columns_are_no_members():
    (layout,) = layouts_of("""
        | 1.户编号 | 2.姓名 | 3.与户主关系 | 2018年收入 | 2019年收入 | 致贫/返贫风险1 | 致贫/返贫风险2 |
        | '3712    | 田丰收 | 户主         | 1          | 2          | 因病           | 因残           |
    """)
    assert meanings(layout) == {
        "A": "户编号", "B": "姓名", "C": "与户主关系", "F": "致贫/返贫风险", "G": "致贫/返贫风险",
    }  # fmt: skip


def test_a_helpers_name_and_telephone_that_repeat_are_no_member():
    (layout,) = layouts_of("""
        | 户编号 | 姓名   | 性别 | 证件号码           | 联系电话 | 姓名   | 联系电话 |
        | '3712  | 田丰收 | 男   | 990101198001010010 | 1        | 米干部 | 2        |
    """)
    assert layout.kind == "户"
    assert layout.unmapped == {"F": "姓名", "G": "联系电话"}


def test_rows_left_out_are_left_out_of_every_member(tmp_path):
    drawing = """
    | 户编号 | 家庭人口 | 姓名1  | 与户主关系1 | 姓名2  | 与户主关系2 |
    | '3712  | 2        | 田丰收 | 户主        | 米小兰 | 配偶        |
    | 合计   | 2        |        |             | 1人    |             |
    """
    assert persons(tmp_path, drawing) == [("3712", "田丰收", "户主", 2), ("3712", "米小兰", "配偶", 2)]


def test_members_that_go_on_in_the_row_below_are_of_the_household_above(tmp_path):
    drawing = """
        | 户编号 | 家庭人口 | 成员1姓名 | 成员1关系 | 成员2姓名 | 成员2关系 |
        | '1     | 3        | 张三      | 户主      | 李四      | 配偶      |
        |        |          | 张小三    | 之子      |           |           |
        | '2     | 1        | 王五      | 户主      |           |           |
        """
    assert persons(tmp_path, drawing) == [
        ("1", "张三", "户主", 2),
        ("1", "李四", "配偶", 2),
        ("1", "张小三", "之子", 3),
        ("2", "王五", "户主", 4),
    ]


@pytest.mark.parametrize(
    "row", ["|  | 2 | 张小三 | 之子 | | |", "|  | | 张小三 | 户主 | | |", "| '9 | | 张小三 | 之子 | | |"]
)
def test_a_row_with_a_value_of_a_household_or_with_a_head_is_a_household_of_its_own(tmp_path, row):
    drawing = f"""
        | 户编号 | 家庭人口 | 成员1姓名 | 成员1关系 | 成员2姓名 | 成员2关系 |
        | '1     | 3        | 张三      | 户主      | 李四      | 配偶      |
        {row}
        """
    assert [number for number, name, *_ in persons(tmp_path, drawing) if name == "张小三"] != ["1"]

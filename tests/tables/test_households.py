"""Which rows are one household, what its values are and where they stand."""

from datetime import date
from pathlib import Path

import pytest

from fupin_cli.model.settings import Settings
from tests.tables.drawn import TODAY, built

PLACE = 1_000_000_000


def members(engine):
    """Names by household, in the order of rows."""
    rows = engine.rows('SELECT "_household", "姓名" FROM "人" ORDER BY "_id"')
    groups = {}
    for home, name in rows:
        groups.setdefault(home, []).append(name)
    return list(groups.values())


def column(engine, table, name):
    return [row[0] for row in engine.rows(f'SELECT "{name}" FROM "{table}" ORDER BY "_id"')]


def test_rows_of_one_number_are_one_household_wherever_they_stand(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 与户主关系 |
        | '001   | 张三 | 户主       |
        | '002   | 李四 | 户主       |
        | '001   | 张小 | 之子       |
        """),
            "人",
        )
    )
    assert members(engine) == [["张三", "张小"], ["李四"]]
    assert engine.rows('SELECT "_key", "_row", "_stated" FROM "户" ORDER BY "_id"') == [
        ("001", 2, False),
        ("002", 3, False),
    ]


@pytest.mark.parametrize(
    ("relations", "whole"),
    [("户主 之子 之子", None), ("户主 户主 之子", True), ("户主 之子", True), ("之子 之女", None)],
)
def test_a_table_lists_whole_households_where_half_of_them_have_a_head(sketch, relations, whole):
    rows = "".join(f"| '00{number} | 张{number} | {relation} |\n" for number, relation in enumerate(relations.split()))
    engine, _ = built((sketch(f"| 户编号 | 姓名 | 与户主关系 |\n{rows}"), "人"))
    assert set(column(engine, "人", "表有户主")) == {whole}


def test_a_merged_number_holds_for_every_row_of_the_range(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 户主姓名 | 姓名 | 与户主关系 | 人均纯收入 |
        | '001   | 张三     | 张三 | 户主       | 4000       |
        | ^      | ^        | 张妻 | 配偶       | ^          |
        | ^      | ^        | 张小 | 之子       | ^          |
        | '002   | 李四     | 李四 | 户主       | 5000       |
        """),
            "人",
        )
    )
    assert members(engine) == [["张三", "张妻", "张小"], ["李四"]]
    assert engine.rows('SELECT "户编号", "人均纯收入", "人均纯收入@" FROM "户" ORDER BY "_id"') == [
        ("001", 4000.0, 2),
        ("002", 5000.0, 5),
    ]


def test_a_number_written_on_the_first_row_only_goes_on_below(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 与户主关系 |
        | '001   | 张三 | 户主       |
        |        | 张妻 | 配偶       |
        | '002   | 李四 | 户主       |
        |        | 李小 | 之子       |
        """),
            "人",
        )
    )
    assert members(engine) == [["张三", "张妻"], ["李四", "李小"]]


def test_a_blank_number_at_a_head_starts_a_household_without_one(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 与户主关系 |
        | '001   | 张三 | 户主       |
        |        | 张妻 | 配偶       |
        |        | 李四 | 户主       |
        |        | 李小 | 之子       |
        """),
            "人",
        )
    )
    assert members(engine) == [["张三", "张妻"], ["李四", "李小"]]
    assert column(engine, "户", "_key") == ["001", None]


def test_a_number_left_out_on_a_sheet_that_repeats_it_belongs_to_no_household(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 与户主关系 |
        | '001   | 张三 | 户主       |
        | '001   | 张妻 | 配偶       |
        |        | 王五 | 之子       |
        | '002   | 李四 | 户主       |
        | '002   | 李小 | 之子       |
        """),
            "人",
        )
    )
    assert engine.rows('SELECT "姓名" FROM "人" WHERE "_household" IS NULL') == [("王五",)]


def test_a_number_left_out_beside_the_same_head_goes_on(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 户主姓名 | 姓名 | 与户主关系 |
        | '001   | 张三     | 张三 | 户主       |
        | '001   | 张三     | 张妻 | 配偶       |
        |        | 张三     | 张小 | 之子       |
        """),
            "人",
        )
    )
    assert members(engine) == [["张三", "张妻", "张小"]]


def test_numbers_that_excel_cut_off_never_bring_neighbours_together(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号             | 姓名 | 与户主关系 |
        | n:9901010000000010 | 张三 | 户主       |
        | n:9901010000000010 | 张妻 | 配偶       |
        | n:9901010000000010 | 李四 | 户主       |
        """),
            "人",
        )
    )
    assert members(engine) == [["张三", "张妻"], ["李四"]]
    assert engine.rows('SELECT "户编号", "户编号$", "_key" FROM "户"') == [(None, 2, None), (None, 2, None)]


def test_without_numbers_a_household_starts_at_its_head(sketch):
    engine, _ = built(
        (
            sketch("""
        | 姓名 | 与户主关系 |
        | 张三 | 户主       |
        | 张妻 | 配偶       |
        | 李四 | 户主       |
        """),
            "人",
        )
    )
    assert members(engine) == [["张三", "张妻"], ["李四"]]


def test_without_numbers_and_relations_another_head_name_starts_a_household(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户主姓名 | 姓名 |
        | 张三     | 张三 |
        | 张三     | 张妻 |
        | 李四     | 李四 |
        |          | 李小 |
        """),
            "人",
        )
    )
    assert members(engine) == [["张三", "张妻"], ["李四", "李小"]]


def test_a_bare_list_of_names_has_no_households(sketch):
    engine, tables = built((sketch("| 姓名 | 证件号码 |\n| 张三 | '1 |\n| 李四 | '2 |"), "人"))
    assert (tables.persons, tables.households) == (True, False)
    assert column(engine, "人", "_household") == [None, None]


def test_a_value_is_the_heads_before_that_of_a_row_above(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 与户主关系 | 人均纯收入 | 危房户 |
        | '001   | 张妻 | 配偶       | 1          |        |
        | '001   | 张三 | 户主       | 2          |        |
        | '001   | 张小 | 之子       |            | 是     |
        """),
            "人",
        )
    )
    assert engine.rows('SELECT "_row", "人均纯收入", "人均纯收入@", "危房户", "危房户@" FROM "户"') == [
        (3, 2.0, 3, "是", 4)
    ]


def test_a_value_that_cannot_be_read_is_not_replaced_by_another_rows(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 与户主关系 | 人均纯收入 |
        | '001   | 张三 | 户主       | 约3000     |
        | '001   | 张小 | 之子       | 3000       |
        """),
            "人",
        )
    )
    assert engine.rows('SELECT "人均纯收入", "人均纯收入$", "人均纯收入@" FROM "户"') == [(None, 2, 2)]


def test_a_household_sheet_and_a_person_sheet_meet_by_number(sketch):
    homes = sketch(
        """
        | 户编号 | 村     | 人均纯收入 |
        | '001   | 石桥村 | 4000       |
        | '002   | 石桥村 | 5000       |
        """,
        "户.xlsx",
    )
    people = sketch(
        """
        | 户编号 | 姓名 | 与户主关系 | 人均纯收入 |
        | '002   | 李四 | 户主       | 1          |
        | '003   | 王五 | 户主       |            |
        """,
        "人.xlsx",
    )
    engine, tables = built((homes, "户"), (people, "人"))
    assert engine.rows(
        'SELECT "_key", "_stated", "_source", "_row", "人均纯收入", "人均纯收入@" FROM "户" ORDER BY "_id"'
    ) == [("001", True, 0, 2, 4000.0, 2), ("002", True, 0, 3, 5000.0, 3), ("003", False, 1, 3, None, PLACE + 3)]
    assert engine.rows('SELECT "姓名", "户表有此户", "村" FROM "人" ORDER BY "_id"') == [
        ("李四", True, "石桥村"),
        ("王五", False, None),
    ]
    assert tables.columns["人"]["户表有此户"] == "真假"


@pytest.mark.parametrize(
    ("homes", "people", "lacking", "told"),
    [
        ("1 2 3", "1 2 3", set(), True),  # the same households
        ("1 2", "1 2 3 4", {False}, True),  # two of four are missing from the household sheet
        ("1", "1 2 3", {None}, True),  # a household sheet of some households only
        ("1 2 3 4", "1 2", set(), True),
        ("1 2 3", "1", set(), None),  # the members of some households only
    ],
)
def test_what_is_missing_from_a_sheet_is_told_where_the_other_has_half_of_it(sketch, homes, people, lacking, told):
    stated = sketch("| 户编号 |\n" + "".join(f"| '00{one} |\n" for one in homes.split()), "户.xlsx")
    rows = "".join(f"| '00{one} | 张{one} | 户主 |\n" for one in people.split())
    engine, _ = built((stated, "户"), (sketch("| 户编号 | 姓名 | 与户主关系 |\n" + rows, "人.xlsx"), "人"))
    assert set(column(engine, "人", "户表有此户")) - {True} == lacking
    assert set(column(engine, "户", "成员表有户主")) == {told}


def test_of_two_household_rows_of_one_number_the_one_in_the_same_village_takes_the_members(sketch):
    homes = sketch("| 户编号 | 村 |\n| '001 | 石桥村 |\n| '001 | 新庄村 |", "户.xlsx")
    people = sketch("| 户编号 | 村 | 姓名 |\n| '001 | 新庄村 | 张三 |", "人.xlsx")
    engine, _ = built((homes, "户"), (people, "人"))
    assert engine.rows('SELECT h."村" FROM "人" p JOIN "户" h ON h."_id" = p."_household"') == [("新庄村",)]
    assert column(engine, "户", "_key") == ["001", "001"]


def test_sheets_without_numbers_meet_by_the_certificate_of_the_head(sketch):
    homes = sketch("| 户主证件号码 | 人均纯收入 |\n| '11010519491231002X44 | 4000 |", "户.xlsx")
    people = sketch(
        """
        | 姓名 | 证件号码             | 与户主关系 |
        | 张三 | '11010519491231002X  | 户主       |
        | 张小 |                      | 之子       |
        """,
        "人.xlsx",
    )
    engine, _ = built((homes, "户"), (people, "人"))
    assert members(engine) == [["张三", "张小"]]
    assert engine.rows('SELECT "_stated", "人均纯收入" FROM "户"') == [(True, 4000.0)]


def test_one_number_in_two_years_is_two_households(sketch):
    engine, _ = built(
        (
            sketch("""
        | 年度 | 户编号 | 姓名 |
        | 2018 | '001   | 张三 |
        | 2019 | '001   | 张三 |
        """),
            "人",
        )
    )
    assert column(engine, "户", "数据日期") == [date(2018, 12, 31), date(2019, 12, 31)]
    assert members(engine) == [["张三"], ["张三"]]


def test_a_village_merged_over_several_households_holds_for_all_of_them(sketch):
    engine, _ = built(
        (
            sketch("""
        | 村     | 户编号 | 姓名 |
        | 石桥村 | '001   | 张三 |
        | ^      | '002   | 李四 |
        | 新庄村 | '003   | 王五 |
        """),
            "人",
        )
    )
    assert engine.rows('SELECT "村", "村@" FROM "户" ORDER BY "_id"') == [("石桥村", 2), ("石桥村", 3), ("新庄村", 4)]


def test_place_and_date_left_out_on_a_member_row_are_the_households(sketch):
    engine, tables = built(
        (
            sketch("""
        | 年度 | 县     | 户编号 | 姓名 | 与户主关系 |
        | 2018 | 样例县 | '001   | 张三 | 户主       |
        |      |        |        | 张小 | 之子       |
        """),
            "人",
        )
    )
    assert (
        engine.rows('SELECT "县", "数据日期", "_place" FROM "人" ORDER BY "_id"')
        == [("样例县", date(2018, 12, 31), "990101")] * 2
    )
    assert tables.notes == ()


def test_rows_without_a_date_are_judged_today_and_that_is_said(sketch):
    engine, tables = built((sketch("| 户编号 | 姓名 |\n| '001 | 张三 |"), "人"))
    assert column(engine, "人", "数据日期") == [date(2020, 12, 31)]
    assert [zh for zh, _ in tables.notes] == [
        "有 1 行没有写明数据日期，按 2020-12-31 计算年龄和标准；请用 --as-of 指明数据日期。"
    ]


def test_as_of_beats_the_rows_own_date(sketch):
    wanted = Settings(today=date(2024, 1, 1), as_of=date(2019, 6, 30))
    engine, tables = built((sketch("| 年度 | 户编号 | 姓名 |\n| 2018 | '001 | 张三 |"), "人"), settings=wanted)
    assert column(engine, "人", "数据日期") == [date(2019, 6, 30)]
    assert tables.notes == ()


def test_a_region_given_holds_where_the_rows_names_do_not_lie_inside_it(sketch):
    wanted = Settings(today=TODAY.today, region="99")
    engine, _ = built(
        (sketch("| 县 | 户编号 | 姓名 |\n| 样例县 | '1 | 张三 |\n| 红塔区 | '2 | 李四 |"), "人"), settings=wanted
    )
    assert column(engine, "户", "_place") == ["990101", "99"]


def test_a_blank_stands_for_its_value_only_on_a_form_that_has_the_other_column(sketch):
    with_birth = sketch("| 户编号 | 姓名 | 在校 | 出生日期 | 监测 |\n| '1 | 张三 | | | |", "a.xlsx")
    without = sketch("| 户编号 | 姓名 | 在校 | 监测 |\n| '2 | 李四 | | 是 |", "b.xlsx")
    engine, _ = built((with_birth, "人"), (without, "人"))
    assert engine.rows('SELECT "在校", "在校$" FROM "人" ORDER BY "_id"') == [("否", 1), (None, 1)]
    assert engine.rows('SELECT "监测", "监测$" FROM "户" ORDER BY "_id"') == [("否", 1), ("是", 0)]


def test_a_column_one_sheet_lacks_is_in_state_3_there(sketch):
    first = sketch("| 户编号 | 姓名 | 补助 |\n| '1 | 张三 | 5 |", "a.xlsx")
    second = sketch("| 户编号 | 姓名 |\n| '2 | 李四 |", "b.xlsx")
    engine, tables = built((first, "人"), (second, "人"))
    assert engine.rows('SELECT "补助", "补助$" FROM "人" ORDER BY "_id"') == [(5.0, 0), (None, 3)]
    assert "补助" in tables.columns["人"]
    assert "出生日期" not in tables.columns["人"]


def test_several_headings_gather_into_one_column_of_many_values(sketch):
    engine, _ = built(
        (sketch("| 户编号 | 姓名 | 健康1 | 健康2 |\n| '1 | 张三 | 残疾 | 长期慢性病 |\n| '1 | 李四 | | |"), "人")
    )
    assert engine.rows('SELECT "健康状况", "健康状况$" FROM "人" ORDER BY "_id"') == [("长期慢性病,残疾", 0), (None, 1)]


def test_a_departmental_list_keeps_its_rows_and_the_first_eighteen_characters(sketch):
    engine, tables = built((sketch("| 证件号码 | 车辆类型 |\n| '11010519491231002x44 | 轿车 |"), "名单:车辆"))
    assert engine.rows('SELECT "_row", "证件前18位", "车辆类型", "车辆类型$" FROM "名单_车辆"') == [
        (2, "11010519491231002X", "轿车", 0)
    ]
    assert tables.lists == {"车辆": {"证件号码": "证件", "车辆类型": "文本"}}


def test_text_of_a_csv_that_may_have_been_a_number_is_not_guessed(sketch):
    path: Path = sketch("| 户编号 | 姓名 | 出生日期 |\n| 1 | 张三 | 2016.1 |\n| 2 | 李四 | 2016.5 |", "a.csv")
    engine, _ = built((path, "人"))
    assert engine.rows('SELECT "出生日期", "出生日期$" FROM "人" ORDER BY "_id"') == [(None, 2), (date(2016, 5, 1), 0)]


def test_a_name_merged_over_two_numbers_does_not_make_them_one_household(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 户主姓名 | 姓名 | 与户主关系 |
        | '001   | 张三     | 张三 | 户主       |
        | '001   | 张三     | 张妻 | 配偶       |
        | '002   | ^        | 李四 | 户主       |
        | '002   | 李四     | 李小 | 之子       |
        """),
            "人",
        )
    )
    assert members(engine) == [["张三", "张妻"], ["李四", "李小"]]


def test_a_helper_merged_over_several_households_is_each_ones_and_stands_in_the_first_cell(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 户主姓名 | 帮扶责任人 | 家庭人口 |
        | '1     | 张三     | 禾一       | 2        |
        | '2     | 李四     | ^          | ^        |
        | '3     | 王五     |            | 1        |
        """),
            "户",
        )
    )
    assert engine.rows(
        """SELECT "帮扶责任人", "帮扶责任人@", "家庭人口", "家庭人口@" FROM "户" ORDER BY "_row\""""
    ) == [
        ("禾一", 2, 2, 2),
        ("禾一", 2, None, 3),
        (None, 4, 1, 4),
    ]

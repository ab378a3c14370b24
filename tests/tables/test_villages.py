"""Which households belong to which village: the engine tables 村 and 县, and `_village`, `_county` of 户."""

from datetime import date

import pytest
from msgspec.structs import replace

from fupin_cli.engines import open_engine
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.rules import load_rulebook
from fupin_cli.sheets import read_sheets
from fupin_cli.tables import build_tables, find_layouts, tables_from_cells

TODAY = Settings(today=date(2021, 6, 1))
FAR = 1_000_000_000


@pytest.fixture(scope="module")
def dictionary():
    return load_rulebook(None).dictionary


@pytest.fixture
def built(dictionary, sketch):
    """Build the tables of drawn workbooks, as the audit does: (engine, Tables)."""
    engines = []

    def build(*drawn, settings=TODAY, names=()):
        engine = open_engine()
        engines.append(engine)
        layouts = []
        for number, text in enumerate(drawn):
            path = sketch(text, names[number] if names else f"{number}.xlsx")
            for sheet in read_sheets(engine, path, number):
                layouts += find_layouts(engine, sheet, dictionary, Wishes())
        numbered = [replace(layout, source=i) for i, layout in enumerate(layouts)]
        return engine, build_tables(engine, numbered, dictionary, settings)

    yield build
    for engine in engines:
        engine.close()


def villages(engine):
    """(key, stated, households) of every village, and how many households have none."""
    rows = engine.rows("""SELECT v."_key", v."_stated", count(h."_id") FROM "村" AS v LEFT JOIN "户" AS h ON h."_village" = v."_id"
GROUP BY v."_id", v."_key", v."_stated" ORDER BY v."_id\"""")
    ((without,),) = engine.rows('SELECT count(*) FROM "户" WHERE "_village" IS NULL')
    return rows, without


def column(engine, name):
    return [value for (value,) in engine.rows(f'SELECT "{name}" FROM "村" ORDER BY "_id"')]


SHEET = """
| 县 | 乡 | 村 | 总户数 | 总人口数 |
| 样例县 | 清溪镇 | 柳湾村 | 300 | 900 |
| 样例县 | 清溪镇 | 石桥村 | 200 | 600 |
"""


def test_households_meet_their_village_whatever_its_name_ends_in(built):
    engine, tables = built(
        SHEET,
        """
        | 户编号 | 户主姓名 | 县 | 乡 | 村 | 家庭人口 |
        | '001 | 张三 | 样例县 | 清溪镇 | 柳湾村 | 3 |
        | '002 | 李四 | 样例县 | 清溪 | 柳湾村民委员会 | 2 |
        | '003 | 王五 | 样例 | 清溪镇 | 清溪镇柳 湾 | 1 |
        | '004 | 赵六 | 样例县 | 清溪镇 | 石桥村委会 | 1 |
        | '005 | 孙七 | 样例县 | 清溪镇 | 柳湾社区 | 1 |
        """,
    )
    rows = [("样例县/清溪镇/柳湾村", True, 3), ("样例县/清溪镇/石桥村", True, 1), ("样例县/清溪镇/柳湾社区", False, 1)]
    assert villages(engine) == (rows, 0)
    assert engine.rows('SELECT "_id", "_source", "_row", "总户数", "总户数$", "总户数@" FROM "村" ORDER BY 1') == [
        (2, 0, 2, 300, 0, 2),
        (3, 0, 3, 200, 0, 3),
        (FAR + 6, None, None, None, 3, None),
    ]
    assert tables.columns["村"]["总户数"] == "整数"
    assert set(tables.columns["县"]) == {"县", "数据日期"}
    assert engine.rows('SELECT "_key", "_place", "县" FROM "县"') == [("样例县", "990101", "样例县")]
    assert engine.rows('SELECT DISTINCT "_county" FROM "户" UNION SELECT "_county" FROM "村"') == [(2,)]


def test_a_household_whose_village_may_be_two_has_none(built):
    engine, _ = built(
        """
        | 县 | 乡 | 村 | 总户数 | 总人口数 |
        | 样例县 | 清溪镇 | 柳湾村 | 300 | 900 |
        | 样例县 | 大河乡 | 柳湾村 | 200 | 600 |
        """,
        """
        | 户编号 | 户主姓名 | 村 | 家庭人口 |
        | '001 | 张三 | 柳湾村 | 3 |
        """,
    )
    assert villages(engine) == ([("样例县/清溪镇/柳湾村", True, 0), ("样例县/大河乡/柳湾村", True, 0)], 1)
    assert engine.rows('SELECT "_county" FROM "户"') == [(None,)]


def test_a_village_sheet_that_does_not_name_the_town_meets_households_of_one_town_only(built):
    sheet = """
    | 村 | 总户数 | 总人口数 |
    | 柳湾村 | 300 | 900 |
    | 石桥村 | 200 | 600 |
    """
    engine, _ = built(
        sheet,
        """
        | 户编号 | 户主姓名 | 乡 | 村 | 家庭人口 |
        | '001 | 张三 | 清溪镇 | 柳湾村 | 3 |
        | '002 | 李四 | 大河乡 | 柳湾村 | 3 |
        | '003 | 王五 | 清溪镇 | 石桥村 | 3 |
        """,
    )
    assert villages(engine) == ([("柳湾村", True, 0), ("石桥村", True, 1)], 2)
    assert engine.rows('SELECT "乡", "乡$", "乡@" FROM "村" ORDER BY "_id"') == [(None, 3, None), ("清溪镇", 0, None)]


def test_one_town_with_two_endings_is_two_towns_where_both_stand(built):
    engine, _ = built(
        """
        | 乡 | 村 | 总户数 | 总人口数 |
        | 清溪镇 | 柳湾村 | 300 | 900 |
        | 清溪乡 | 柳湾村 | 200 | 600 |
        """,
        """
        | 户编号 | 户主姓名 | 乡 | 村 | 家庭人口 |
        | '001 | 张三 | 清溪镇 | 柳湾村 | 3 |
        | '002 | 李四 | 清溪 | 柳湾村 | 3 |
        """,
    )
    assert villages(engine) == ([("清溪镇/柳湾村", True, 1), ("清溪乡/柳湾村", True, 0)], 1)


def test_two_editions_of_a_village_each_have_the_households_of_their_day(built):
    engine, _ = built(
        """
        | 村 | 年度 | 总户数 | 总人口数 |
        | 柳湾村 | 2019 | 300 | 900 |
        | 柳湾村 | 2020 | 310 | 910 |
        """,
        """
        | 户编号 | 户主姓名 | 村 | 数据日期 |
        | '001 | 张三 | 柳湾村 | 2019-12-31 |
        | '002 | 李四 | 柳湾村 | 2020-12-31 |
        | '003 | 王五 | 柳湾村 | 2020-12-31 |
        | '004 | 赵六 | 柳湾村 | 2020-06-30 |
        | '005 | 孙七 | 柳湾村 |  |
        """,
    )
    rows = engine.rows("""SELECT v."数据日期", v."_stated", count(h."_id") FROM "村" AS v LEFT JOIN "户" AS h ON h."_village" = v."_id"
GROUP BY 1, 2 ORDER BY 2 DESC, 1""")
    assert rows == [(date(2019, 12, 31), True, 1), (date(2020, 12, 31), True, 2), (date(2020, 6, 30), False, 1)]
    assert engine.rows('SELECT "_key" FROM "户" WHERE "_village" IS NULL') == [("005",)]


def test_a_sheet_without_a_date_is_of_the_day_of_its_households(built):
    engine, _ = built(
        SHEET,
        """
        | 户编号 | 户主姓名 | 县 | 乡 | 村 | 数据日期 |
        | '001 | 张三 | 样例县 | 清溪镇 | 柳湾村 | 2019-12-31 |
        """,
    )
    assert column(engine, "数据日期") == [date(2019, 12, 31), date(2021, 6, 1)]


def test_the_year_of_a_title_is_the_year_of_the_households(built):
    engine, _ = built(
        """
        | 行政村基本情况 | < | < |
        | 村 | 总户数 | 总人口数 |
        | 柳湾村 | 300 | 900 |
        """,
        """
        | 户编号 | 户主姓名 | 村 | 数据日期 |
        | '001 | 张三 | 柳湾村 | 2020-11-30 |
        """,
        names=("2020年村表.xlsx", "户.xlsx"),
    )
    assert villages(engine) == ([("柳湾村", True, 1)], 0)


def test_sheets_of_one_village_that_agree_are_one_village_and_others_are_not(built):
    engine, _ = built(
        """
        | 村 | 总户数 | 总人口数 |
        | 柳湾村 | 300 | 900 |
        | 石桥村 | 200 | 600 |
        """,
        """
        | 村 | 总户数 | 危房户数 |
        | 柳湾村 | 300 | 7 |
        | 石桥村 | 201 | 8 |
        """,
        """
        | 户编号 | 户主姓名 | 村 |
        | '001 | 张三 | 柳湾村 |
        | '002 | 李四 | 石桥村 |
        """,
    )
    assert engine.rows(
        'SELECT "村", "总户数", "总户数@", "总人口数", "危房户数", "危房户数@" FROM "村" ORDER BY "_id"'
    ) == [
        ("柳湾村", 300, 2, 900, 7, FAR + 2),
        ("石桥村", 200, 3, 600, None, 3),
        ("石桥村", 201, FAR + 3, None, 8, FAR + 3),
    ]
    assert engine.rows('SELECT "_key", "_village" FROM "户" ORDER BY 1') == [("001", 2), ("002", None)]


def test_households_alone_make_villages_and_counties(built):
    engine, tables = built("""
        | 户编号 | 户主姓名 | 县 | 乡 | 村 |
        | '001 | 张三 | 样例县 | 清溪镇 | 柳湾村 |
        | '002 | 李四 | 样例县 | 清溪镇 | 柳湾 |
        | '003 | 王五 | 样例县 | 清溪镇 |  |
        | '004 | 赵六 | 样例县 |  | 柳湾村 |
        """)
    assert villages(engine) == ([("样例县/清溪镇/柳湾村", False, 3)], 1)
    assert engine.rows('SELECT "_key", "_county" FROM "户" ORDER BY 1') == [
        ("001", 2),
        ("002", 2),
        ("003", 2),
        ("004", 2),
    ]
    assert set(tables.columns["村"]) == {"县", "乡", "村", "数据日期", "_stated"}


def test_where_nothing_names_a_village_there_is_none(built):
    engine, tables = built("""
        | 户编号 | 户主姓名 | 家庭人口 |
        | '001 | 张三 | 2 |
        """)
    assert villages(engine) == ([], 1)
    assert engine.rows('SELECT "_id" FROM "县"') == []
    assert tables.columns.keys() == {"户"}


def test_a_village_sheet_alone_has_its_rows_and_households_can_still_be_asked(built):
    engine, tables = built(SHEET)
    assert villages(engine) == ([("样例县/清溪镇/柳湾村", True, 0), ("样例县/清溪镇/石桥村", True, 0)], 0)
    assert (tables.persons, tables.households) == (False, False)
    assert engine.rows('SELECT "_village", "_county" FROM "户"') == []


def test_counties_of_one_name_are_told_apart_by_their_city(built):
    engine, _ = built("""
        | 户编号 | 户主姓名 | 市 | 县 | 村 |
        | '001 | 张三 | 南京市 | 鼓楼区 | 柳湾村 |
        | '002 | 李四 | 徐州市 | 鼓楼区 | 柳湾村 |
        | '003 | 王五 |  | 鼓楼区 | 柳湾村 |
        """)
    assert engine.rows('SELECT "_place", "市" FROM "县" ORDER BY "_id"') == [("320106", "南京市"), ("320302", "徐州市")]
    assert engine.rows('SELECT "_county" FROM "户" WHERE "_key" = \'003\'') == [(None,)]
    assert villages(engine)[1] == 1


def test_examples_keep_their_villages_apart(dictionary):
    engine = open_engine()
    try:
        given = [{"户编号": f"00{n}", "村": "柳湾村", "_example": n} for n in (0, 1)]
        tables_from_cells(engine, dictionary, [], given, {}, TODAY)
        assert engine.rows('SELECT "_example", "_id" FROM "村" ORDER BY 1') == [(0, 2), (1, 3)]
        assert engine.rows('SELECT "_example", "_village" FROM "户" ORDER BY 1') == [(0, 2), (1, 3)]
    finally:
        engine.close()


def test_names_that_may_be_two_places_over_all_examples_are_one_in_an_example_that_has_them_once(dictionary):
    engine = open_engine()
    try:
        given = [{"市": "", "县": "示例", "乡": "清溪", "村": "柳湾村", "_example": 0}]
        others = [("一市", "示例县", "清溪镇"), ("二市", "示例区", "清溪乡")]
        given += [{"市": a, "县": b, "乡": c, "村": "柳湾村", "_example": n} for n, (a, b, c) in enumerate(others, 1)]
        homes = [{"户编号": f"00{n}", **row} for n, row in enumerate(given)]
        tables_from_cells(engine, dictionary, [], homes, {}, TODAY, villages=given)
        found = engine.rows('SELECT "_example", "_village", "_county" IS NOT NULL FROM "户" ORDER BY 1')
        stated = engine.rows('SELECT "_example", "_id" FROM "村" WHERE "_stated" ORDER BY 1')
        assert found == [(example, village, True) for example, village in stated]
    finally:
        engine.close()

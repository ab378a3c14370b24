"""Values that forms offered once: told of only in rows of a later time; over the shipped code lists."""

import pytest

from fupin_cli.engines import open_engine
from fupin_cli.model.place import letter
from fupin_cli.model.table import Layout, Mapped
from fupin_cli.rules import load_rulebook
from fupin_cli.sheets import read_sheets
from fupin_cli.tables import build_tables
from tests.tables.drawn import TODAY

PERSONS = ("户编号", "姓名", "与户主关系", "在校生状况", "年度")
HOUSEHOLDS = ("户编号", "户主姓名", "贫困户属性", "年度")


def told(path, columns, kind):
    """Column, note, count and cells of every value said to be old or unusual."""
    engine = open_engine()
    try:
        [sheet] = read_sheets(engine, path, 0)
        mapped = tuple(Mapped(column, i, letter(i), column, "exact") for i, column in enumerate(columns))
        layout = Layout(0, sheet, kind, "", (1,), 2, sheet.last_row, mapped, {}, ())
        build_tables(engine, [layout], load_rulebook().dictionary, TODAY)
        return engine.rows('SELECT "column", "note", "n", "cells" FROM "reading" WHERE "rule" = \'COD002\'')
    finally:
        engine.close()


def test_a_value_of_an_old_form_is_told_only_where_the_row_is_later(sketch):
    path = sketch("""
        | 户编号 | 户主姓名 | 贫困户属性 | 年度 |
        | '1     | 张三     | 五保户     | 2016 |
        | '2     | 李四     | 五保户     | 2017 |
        | '3     | 王五     | 五保户     | 2018 |
        | '4     | 赵六     | 五保户     | 2020 |
        """)
    assert told(path, HOUSEHOLDS, "户") == [
        ("贫困户属性", "2018年起不用的旧码值“五保户”，按“特困供养户”读", 2, "C4,C5")
    ]


@pytest.mark.parametrize(
    ("year", "notes"), [(2019, []), (2022, ["2021年起不用的旧码值“高中一年级”，按“普通高中一年级”读"])]
)
def test_a_person_is_asked_by_the_same_measure(sketch, year, notes):
    path = sketch(f"""
        | 户编号 | 姓名 | 与户主关系 | 在校生状况 | 年度   |
        | '1     | 张三 | 户主       |            | {year} |
        | '1     | 张小 | 之子       | 高中一年级 | {year} |
        """)
    assert [note for _, note, _, _ in told(path, PERSONS, "人")] == notes


def test_a_row_without_a_date_of_its_own_is_measured_by_the_day_it_is_judged_at(sketch):
    path = sketch("| 户编号 | 户主姓名 | 贫困户属性 |\n| '1 | 张三 | 五保户 |")
    assert [count for *_, count, _ in told(path, HOUSEHOLDS[:3], "户")] == [1]


@pytest.mark.parametrize(
    ("column", "written"), [("致贫原因", "其它"), ("卫生厕所", "有"), ("民族", "汉"), ("脱贫属性", "脱贫")]
)  # fmt: skip
def test_a_word_of_a_form_is_no_habit(sketch, column, written):
    name = {"致贫原因": "主要致贫原因"}.get(column, column)
    path = sketch(f"| 户编号 | 姓名 | {column} |\n| '1 | 张三 | {written} |")
    assert told(path, ("户编号", "姓名", name), "人") == []

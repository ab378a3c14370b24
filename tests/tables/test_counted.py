"""What the reader counted spares the engine the search for it: the tables must be the same."""

from contextlib import closing
from datetime import date

import pytest
from msgspec.structs import replace

from fupin_cli.engines import open_engine
from fupin_cli.engines.duckdb import DuckDB
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import LeftOut
from fupin_cli.sheets import read_sheets
from fupin_cli.tables import build_tables, staging
from fupin_cli.tables.counted import Counted, counted_in_body
from tests.tables.drawn import DICTIONARY, layout_of

DRAWN = """
| 户编号 | 姓名 | 与户主关系 | 危房户 | 监测 | 备注 | 村     | 人均纯收入 | 补助 |
| '001   | 张三 | 户主       | 是     |      | 无   | 示例村 | 4000.5     | 12   |
| '001   | 张妻 | 配偶       | 否     | 1    | -    | 示例村 |            |      |
| 户编号 | 姓名 | 与户主关系 | 危房户 | 监测 | 备注 | 村     | 人均纯收入 | 补助 |
| '002   | 李四 | 本人       | 不知   | 否   |      | 第二村 | 5000       | '300 |
| 合计   | 2    | 户主       | 是     |      |      |        |            |      |
| '003   | 王五 | 户主       | 是     |      |      | 示例村 | 3000       |      |
| 制表人 | 否   | 户主       |        |      | 否   |        |            |      |
"""
LEFT_OUT = (LeftOut(4, 4, "repeated heading"), LeftOut(6, 6, "total"), LeftOut(6, 6, "note"))


def counted(engine, sheet):
    """The sheet, with what a reader that counts texts says of it."""
    texts = []
    for index in range(sheet.width):
        rows = engine.rows(f'SELECT c{index}, count(*) FROM "{sheet.relation}" WHERE k{index} = 1 GROUP BY 1')
        texts.append(dict(rows))
    return replace(sheet, texts=tuple(texts))


@pytest.fixture
def drawn(sketch):
    """The engine, the sheet and its table: rows 2 to 7, two of them left out."""
    engine = open_engine()
    [sheet] = read_sheets(engine, sketch(DRAWN), 0)
    sheet = counted(engine, sheet)
    yield engine, sheet, replace(layout_of(engine, sheet, 0, "人", LEFT_OUT), last_row=7)
    engine.close()


def test_headings_totals_and_signatures_are_no_cells_of_the_table(drawn):
    engine, _, layout = drawn
    found = counted_in_body(engine, layout, range(9))
    assert found.texts == {
        0: ["001", "002", "003"],
        1: ["张三", "张妻", "李四", "王五"],
        2: ["户主", "本人", "配偶"],
        3: ["是", "不知", "否"],
        5: ["-", "无"],
        6: ["示例村", "第二村"],
    }
    assert found.numbers == {7}  # 监测 has a text and a number, 补助 a number kept as text


@pytest.mark.parametrize("lost", [{"texts": ()}, {"texts": (None,) * 9}])
def test_nothing_is_told_of_columns_whose_texts_were_not_counted(drawn, lost):
    engine, sheet, layout = drawn
    assert counted_in_body(engine, replace(layout, sheet=replace(sheet, **lost)), range(9)) == Counted(
        {}, frozenset({7})
    )
    nothing_counted = replace(layout, sheet=replace(sheet, kinds=(), **lost))
    assert counted_in_body(engine, nothing_counted, range(9)) == Counted()


def test_tables_are_the_same_whether_the_reader_counted_cells_or_the_engine_looks_at_them(drawn, monkeypatch):
    engine, sheet, layout = drawn
    monkeypatch.setattr(staging, "MANY_ROWS", 0)
    tables, looked_for = [], []
    each = DuckDB.rows_of_each
    monkeypatch.setattr(DuckDB, "rows_of_each", lambda self, sqls: (looked_for.append(sqls), each(self, sqls))[1])
    for known in (sheet, replace(sheet, texts=(), kinds=())):
        looked_for.append([known])
        own = replace(layout, sheet=known)
        build_tables(engine, [own], DICTIONARY, Settings(today=date(2020, 12, 31)))
        tables.append([engine.rows(f'SELECT * FROM "{table}" ORDER BY ALL') for table in ("人", "户", "reading")])
    second = looked_for.index([known])
    asked = ["\n".join(sql for sqls in part for sql in sqls if isinstance(sql, str))
             for part in (looked_for[:second], looked_for[second:])]  # fmt: skip
    assert tables[0] == tables[1]
    assert [
        ("SELECT DISTINCT c6" in sql, "try_cast(c7 AS DOUBLE)" in sql, "try_cast(c8 AS DOUBLE)" in sql) for sql in asked
    ] == [
        (False, False, True),
        (True, True, True),
    ]


def test_places_that_say_the_same_in_every_row_are_not_looked_for(sketch, monkeypatch):
    monkeypatch.setattr(staging, "MANY_ROWS", 0)
    asked, rows = [], DuckDB.rows
    monkeypatch.setattr(DuckDB, "rows", lambda self, sql, *values: (asked.append(sql), rows(self, sql, *values))[1])
    places = []
    for second in ("样例县", "示例县"):
        with closing(open_engine()) as engine:
            [sheet] = read_sheets(
                engine, sketch(f"| 县 | 户编号 | 姓名 |\n| 样例县 | '001 | 张三 |\n| {second} | '002 | 李四 |"), 0
            )
            build_tables(
                engine,
                [layout_of(engine, counted(engine, sheet), 0, "人")],
                DICTIONARY,
                Settings(today=date(2020, 12, 31)),
            )
            places.append(
                (
                    engine.rows('SELECT "县", "_place" FROM "户" ORDER BY "_id"'),
                    any("DISTINCT concat" in sql for sql in asked),
                )
            )
    assert places == [
        ([("样例县", "990101"), ("样例县", "990101")], False),
        ([("样例县", "990101"), ("示例县", None)], True),
    ]

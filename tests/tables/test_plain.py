"""Plain cells are read by one short expression: it must give what the long way gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.engines import open_engine
from fupin_cli.engines.duckdb import DuckDB
from fupin_cli.model.dictionary import Column
from fupin_cli.tables import staging
from fupin_cli.tables.plain import asked_of, counting, plain_columns
from fupin_cli.tables.sql import literal
from fupin_cli.tables.typing import Cell, typed
from tests.tables.drawn import built

TEXTS = st.one_of(
    st.sampled_from([
        "示例甲", "示例县", " 示例", "示例　", "#示例", "-", "/", "无", "示？例", "縣", "3", "-3", "3.0", "3.5", "1e3", "inf", "nan", "2016", "2016.1",
        "201605", "2016-05-01", "2016-05-01 08:30:00", "2016-02-30", "11010519491231002X", "110105194912310", "13800000000", "(86)138",
        "0012", "9007199254740993", "1.5E+17", "#N/A", "=A1", "TRUE", "99999999999999999999", "½", "٣",
    ]),
    st.text("0123456789.-/X年月日 #示例?？", min_size=1, max_size=20),
)  # fmt: skip
COLUMNS = [
    Column("姓名", "人", "姓名"), Column("备注", "户", "文本"), Column("县", "地", "文本"), Column("补助", "人", "数字", "元"),
    Column("家庭人口", "户", "整数", "人"), Column("脱贫年度", "户", "年份"), Column("出生日期", "人", "日期"), Column("数据日期", "地", "日期"),
    Column("证件号码", "人", "证件"), Column("户编号", "户", "编号"), Column("银行卡号", "户", "账号"), Column("户联系电话", "户", "电话"),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine():
    engine = open_engine()
    yield engine
    engine.close()


def told(engine, cell, large=True):
    """SQL of the value of a column of the table `raw`, where it is plain."""
    asked = asked_of([cell], large=large)
    return plain_columns([cell], asked, [engine.rows(counting(each, "raw")) for each in asked])


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
@settings(max_examples=30, deadline=None)
@given(cells=st.lists(st.tuples(TEXTS, st.integers(1, 6)), min_size=1, max_size=4))
def test_a_plain_column_is_read_as_the_long_way_reads_it(engine, column, cells):
    rows = ", ".join(f"({i}, {literal(text)}, {kind})" for i, (text, kind) in enumerate(cells))
    engine.run(
        f'CREATE OR REPLACE TABLE "raw" AS SELECT r AS "_row", c0, k0 FROM (VALUES {rows}, (99, NULL, 0)) AS t(r, c0, k0)'
    )
    cell = Cell(column, "c0", "k0")
    plain = told(engine, cell)
    assert plain == told(engine, cell, large=False)
    long, short = (
        engine.rows(f"SELECT * FROM ({typed([cell], 'raw', ('_row',), way)}) ORDER BY _row") for way in ({}, plain)
    )
    assert short == long


def test_an_ordinary_column_is_plain_and_one_odd_cell_makes_it_not(engine):
    cell = Cell(COLUMNS[0], "c0", "k0")
    for odd, expected in (("示例乙", {"姓名": "c0"}), (" 示例乙", {})):
        engine.run(f"CREATE OR REPLACE TABLE raw AS SELECT * FROM (VALUES ('示例甲', 1), ('{odd}', 1)) AS t(c0, k0)")
        assert told(engine, cell) == expected


def test_a_sheet_whose_cells_are_not_copied_once_more_gives_the_same_tables(sketch, monkeypatch):
    workbook = sketch("""
    | 户编号 | 姓名 | 与户主关系 | 证件号码           | 危房户 | 监测 | 人均纯收入 | 补助 | 村     |
    | '001   | 张三 | 户主       | 11010519491231002X | 是     |      | 4000       | 12.5 | 示例村 |
    | '001   | 张妻 | 配偶       |                    | 否     | 1    | 4000       |      | 示例村 |
    |        |      |            |                    |        |      |            |      |        |
    | '002   | 李四 | 本人       | 99010119600101001X |        | 否   | 5000       | 3    |        |
    """)
    said, tables = [], []
    run = DuckDB.run
    monkeypatch.setattr(DuckDB, "run", lambda self, sql: (said.append(sql), run(self, sql))[1])
    for short in (staging.is_short, lambda cell: False):
        monkeypatch.setattr(staging, "is_short", short)
        engine, _ = built((workbook, "人"))
        left = [table for (table,) in engine.rows("SELECT table_name FROM information_schema.tables")]
        tables.append([engine.rows(f'SELECT * FROM "{table}" ORDER BY ALL') for table in ("人", "户", "reading")])
    made = [sql for sql in said if sql.startswith('CREATE OR REPLACE TABLE "_cells_0"')]
    assert (tables[0], len(made), "_cells_0" in left) == (tables[1], 1, False)


def test_counts_of_blank_cells_spare_queries_and_change_no_table(sketch, monkeypatch):
    workbook = sketch("""
    | 户编号 | 姓名 | 与户主关系 | 证件号码           | 危房户 | 人均纯收入 | 村     | 备注 |
    | '001   | 张三 | 户主       | 11010519491231002X |        | 4000       | 示例村 | 无   |
    | '001   | 张妻 | 配偶       |                    | 是     | 4001       | 示例村 | -    |
    | '002   | 李四 | 户主       | 99010119600101001X | 否     | 5000       | 示例村 | 空   |
    """)
    asked, tables = [], []
    rows = DuckDB.rows
    monkeypatch.setattr(DuckDB, "rows", lambda self, sql, *values: (asked.append(sql), rows(self, sql, *values))[1])
    for counted in (staging.has_every_cell, lambda staged, column: False):
        monkeypatch.setattr(staging, "has_every_cell", counted)
        asked.append("")
        engine, _ = built((workbook, "人"))
        tables.append([engine.rows(f'SELECT * FROM "{table}" ORDER BY ALL') for table in ("人", "户", "reading")])
    second = len(asked) - asked[::-1].index("") - 1
    states = [{one for one in ("户编号", "村", "人均纯收入", "危房户") if any(f'"{one}$" IN (1, 3)' in sql for sql in part)}
              for part in (asked[:second], asked[second:])]  # fmt: skip
    assert tables[0] == tables[1]
    assert states == [{"危房户"}, {"户编号", "村", "人均纯收入", "危房户"}]

"""Any frame with an Arrow stream is read as the workbook that holds it."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from arro3.core import Table

from fupin_cli.engines import open_engine
from fupin_cli.errors import InputError
from fupin_cli.model.sheet import Kind
from fupin_cli.sheets import read_frame

TEXT, NUMBER, DATE, BOOLEAN = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOLEAN


@pytest.fixture
def engine():
    opened = open_engine()
    yield opened
    opened.close()


def frame(query):
    """What a query gives, as a frame of Arrow columns."""
    with duckdb.connect() as connection:
        return Table.from_arrow(connection.sql(query))


def cells(engine, sheet):
    rows = engine.rows(f'SELECT * FROM "{sheet.relation}" ORDER BY "r"')
    return {
        (row[0], index): (row[1 + 2 * index], row[2 + 2 * index])
        for row in rows
        for index in range(sheet.width)
        if row[2 + 2 * index]
    }


def test_columns_are_row_1_and_rows_begin_at_row_2(engine):
    sheet = read_frame(engine, frame("FROM (VALUES ('张三', 3200), (NULL, NULL), ('', 4100)) AS t(姓名, 收入)"), 0)
    assert (sheet.file, sheet.name, sheet.width, sheet.row_count, sheet.last_row) == (Path("frame-0"), "frame", 2, 3, 4)
    assert cells(engine, sheet) == {
        (1, 0): ("姓名", TEXT),
        (1, 1): ("收入", TEXT),
        (2, 0): ("张三", TEXT),
        (2, 1): ("3200", NUMBER),
        (4, 1): ("4100", NUMBER),
    }


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        ("CAST(990101200001010019 AS BIGINT)", "990101200001010019", TEXT),
        ("0.1 + 0.2", "0.3", NUMBER),
        ("1e22::DOUBLE", "10000000000000000000000", NUMBER),
        ("true", "TRUE", BOOLEAN),
        ("DATE '2016-05-01'", "2016-05-01", DATE),
        ("['因病', '因残']", "因病、因残", TEXT),
        ("'男'::ENUM('男', '女')", "男", TEXT),
    ],
)
def test_a_value_is_the_cell_it_would_be(engine, value, text, kind):
    sheet = read_frame(engine, frame(f"SELECT {value} AS x"), 0)
    assert cells(engine, sheet)[2, 0] == (text, kind)


def test_an_instant_is_told_in_chinas_time(engine):
    sheet = read_frame(engine, frame("SELECT TIMESTAMPTZ '2020-12-31 16:00:00+00' AS x"), 0)
    assert cells(engine, sheet)[2, 0] == ("2021-01-01", DATE)


def test_a_stream_that_can_be_read_only_once_is_read(engine):
    held = frame("SELECT '张三' AS 姓名")

    class Once:
        def __init__(self):
            self.asked = 0

        def __arrow_c_stream__(self, requested_schema=None):
            self.asked += 1
            assert self.asked == 1, "a second time there is nothing left"
            return held.__arrow_c_stream__(requested_schema)

    assert cells(engine, read_frame(engine, Once(), 0))[2, 0] == ("张三", TEXT)


def test_two_columns_of_one_name_are_two_columns(engine):
    twice = frame("SELECT 1 AS a, 2 AS b").rename_columns(["帮扶人", "帮扶人"])
    assert cells(engine, read_frame(engine, twice, 0)) == {
        (1, 0): ("帮扶人", TEXT),
        (1, 1): ("帮扶人", TEXT),
        (2, 0): ("1", NUMBER),
        (2, 1): ("2", NUMBER),
    }


def test_bytes_are_refused_in_one_sentence(engine):
    with pytest.raises(InputError) as told:
        read_frame(engine, frame("SELECT 'x'::BLOB AS 照片"), 3)
    assert told.value.zh == "frame-3：列“照片”里是二进制内容，不是文字或数。请去掉这一列。"
    assert told.value.en == "frame-3: the column 照片 holds bytes, neither text nor numbers. Leave it out."


def test_a_frame_without_rows_has_its_headings(engine):
    sheet = read_frame(engine, frame("SELECT '' AS 姓名 WHERE false"), 0)
    assert (sheet.row_count, sheet.last_row, cells(engine, sheet)) == (1, 1, {(1, 0): ("姓名", TEXT)})


def test_day_and_text_columns_keep_their_kinds(engine):
    sheet = read_frame(engine, frame(f"SELECT DATE '{date(2020, 1, 2)}' AS 出生日期, '2020-01-02' AS 写成文字"), 0)
    assert cells(engine, sheet)[2, 0] == ("2020-01-02", DATE)
    assert cells(engine, sheet)[2, 1] == ("2020-01-02", TEXT)

"""A Parquet file is one sheet: its column names stand in row 1, its rows from row 2 on, typed as a workbook's cells are."""

import struct
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.engines import open_engine
from fupin_cli.engines.parquet import UnreadableParquetError, open_parquet
from fupin_cli.errors import InputError
from fupin_cli.model.sheet import Kind
from fupin_cli.sheets import read_sheets
from fupin_cli.sheets.grid import numbers_as_text

TEXT, NUMBER, DATE, BOOLEAN = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOLEAN


def parquet(path, query):
    """A file of what the query gives."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")
    return path


def test_names_are_row_1_and_rows_begin_at_row_2(tmp_path, read, cells):
    path = parquet(tmp_path / "户.parquet", "FROM (VALUES ('张三', 3200), (NULL, NULL), ('', 4100)) AS t(姓名, 收入)")
    (sheet,) = read(path)
    assert (sheet.file, sheet.name, sheet.width, sheet.row_count, sheet.last_row) == (path, "Parquet", 2, 3, 4)
    assert cells(sheet) == {
        (1, 0): ("姓名", TEXT),
        (1, 1): ("收入", TEXT),
        (2, 0): ("张三", TEXT),
        (2, 1): ("3200", NUMBER),
        (4, 1): ("4100", NUMBER),
    }


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        ("CAST(7 AS UTINYINT)", "7", NUMBER),
        ("999999999999999", "999999999999999", NUMBER),
        ("CAST(990101200001010019 AS BIGINT)", "990101200001010019", TEXT),
        ("CAST(-990101200001010019 AS BIGINT)", "-990101200001010019", TEXT),
        ("CAST(990101200001010019 AS DECIMAL(18, 0))", "990101200001010019", TEXT),
        ("CAST(3200.50 AS DECIMAL(9, 2))", "3200.5", NUMBER),
        ("CAST(3200 AS DECIMAL(9, 2))", "3200", NUMBER),
        ("CAST(1001 AS DECIMAL(9, 0))", "1001", NUMBER),
        ("CAST(0.1 AS FLOAT)", "0.1", NUMBER),
        ("CAST(3200 AS DOUBLE)", "3200", NUMBER),
        ("CAST('-0.0' AS DOUBLE)", "0", NUMBER),
        ("CAST('1.25e22' AS DOUBLE)", "12500000000000000000000", NUMBER),
        ("CAST('-1.5e-7' AS DOUBLE)", "-0.00000015", NUMBER),
        ("CAST('inf' AS DOUBLE)", "inf", TEXT),
        ("CAST('nan' AS DOUBLE)", None, None),
        ("TRUE", "TRUE", BOOLEAN),
        ("DATE '2016-05-01'", "2016-05-01", DATE),
        ("DATE '20160-05-01'", "20160-05-01", TEXT),
        ("TIMESTAMP '2016-05-01 00:00:00'", "2016-05-01", DATE),
        ("TIMESTAMP '2016-05-01 08:29:59.6'", "2016-05-01 08:30:00", DATE),
        ("CAST('2016-04-30 16:00:00+00' AS TIMESTAMPTZ)", "2016-05-01", DATE),
        ("TIME '08:30:00'", "08:30:00", TEXT),
        ("['因病', '因残']", "因病、因残", TEXT),
        ("CAST([] AS VARCHAR[])", None, None),
        ("{'乡': '示例乡'}", "{'乡': 示例乡}", TEXT),
        ("' 张三 '", " 张三 ", TEXT),
        ("''", None, None),
    ],
)
def test_a_value_keeps_its_text_and_kind(tmp_path, read, cells, value, text, kind):
    (sheet,) = read(parquet(tmp_path / "a.parquet", f'SELECT \'x\' AS "名", {value} AS "值"'))
    found = cells(sheet)
    assert found.get((2, 1)) == ((text, kind) if text is not None else None)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=30))
def test_a_real_number_has_the_text_it_has_in_a_workbook(tmp_path_factory, values):
    listed = ", ".join(f"(CAST('{value!r}' AS DOUBLE))" for value in values)
    path = parquet(tmp_path_factory.mktemp("x") / "a.parquet", f"FROM (VALUES {listed}) AS t(x)")
    engine = open_engine()
    try:
        (sheet,) = read_sheets(engine, path, 0)
        found = [row[0] for row in engine.rows(f'SELECT c0 FROM "{sheet.relation}" WHERE r > 1 ORDER BY r')]
    finally:
        engine.close()
    assert [float(text) for text in found] == values
    assert not any("e" in text or text.endswith(".0") for text in found)
    short = [(text, same) for text, same in zip(found, numbers_as_text(values), strict=True) if len(text) != len(same)]
    assert short == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.decimals(-(10**9), 10**9, places=3), min_size=1, max_size=20))
def test_a_decimal_loses_only_the_noughts_behind_it(tmp_path_factory, values):
    listed = ", ".join(f"(CAST('{value}' AS DECIMAL(18, 3)))" for value in values)
    path = parquet(tmp_path_factory.mktemp("x") / "a.parquet", f"FROM (VALUES {listed}) AS t(x)")
    engine = open_engine()
    try:
        (sheet,) = read_sheets(engine, path, 0)
        found = [row[0] for row in engine.rows(f'SELECT c0 FROM "{sheet.relation}" WHERE r > 1 ORDER BY r')]
    finally:
        engine.close()
    assert [Decimal(text) for text in found] == values
    assert not any("." in text and text[-1] in "0." for text in found)


@pytest.mark.parametrize("name", ["名单[1].parquet", "a'b.parquet", "a b#%.dat", 'x"y.parquet'])
def test_any_name_of_the_file_and_of_a_column_will_do(tmp_path, read, cells, name):
    (sheet,) = read(parquet(tmp_path / name, 'SELECT 1 AS "it\'s ""quoted""", 2 AS file_name'))
    assert cells(sheet)[1, 0] == ('it\'s "quoted"', TEXT)
    assert cells(sheet)[2, 1] == ("2", NUMBER)


def test_a_file_without_rows_has_its_headings(tmp_path, read, cells):
    (sheet,) = read(parquet(tmp_path / "a.parquet", "SELECT 1 AS 姓名 WHERE FALSE"))
    assert (sheet.row_count, sheet.last_row) == (1, 1)
    assert cells(sheet) == {(1, 0): ("姓名", TEXT)}


def test_rows_of_several_row_groups_keep_their_order_and_numbers(tmp_path, read, engine):
    path = tmp_path / "a.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT i FROM range(300000) AS t(i)) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
        )
    (sheet,) = read(path)
    assert (sheet.row_count, sheet.last_row) == (300_001, 300_001)
    wrong = f'SELECT count(*) FROM "{sheet.relation}" WHERE r > 1 AND (c0 <> CAST(r - 2 AS VARCHAR) OR rowid <> r - 1)'
    assert engine.rows(wrong) == [(0,)]


def refused(read, path, zh, en):
    with pytest.raises(InputError) as told:
        read(path)
    assert (told.value.zh, told.value.en) == (f"{path}：{zh}。", f"{path}: {en}.")


def test_a_binary_column_is_named(tmp_path, read):
    refused(
        read,
        parquet(tmp_path / "a.parquet", "SELECT 'a' AS 姓名, CAST('ab' AS BLOB) AS 照片"),
        "列“照片”是二进制内容（图片之类），读不出文字；请在导出时去掉这一列，或转成文字",
        "column “照片” is binary (pictures or the like) and holds no text; leave it out of the export, or make it text",
    )


DAMAGED = (
    "文件已损坏或不完整（Parquet）；请重新拷贝或导出；若 Excel 能打开，请另存为 .xlsx 再试",
    "the file is damaged or incomplete (Parquet); copy or export it again, or save it as .xlsx if Excel opens it",
)


def test_a_file_that_breaks_off_is_damaged(tmp_path, read):
    path = parquet(tmp_path / "a.parquet", "SELECT i, 'x' || i AS t FROM range(5000) AS r(i)")
    path.write_bytes(path.read_bytes()[:-20])
    refused(read, path, *DAMAGED)


def test_damage_met_only_among_the_rows_is_told_too(tmp_path, read):
    path = parquet(tmp_path / "a.parquet", "SELECT 'x' || i AS t FROM range(5000) AS r(i)")
    content = bytearray(path.read_bytes())
    footer = len(content) - 8 - struct.unpack("<I", content[-8:-4])[0]
    content[4 : footer // 2] = bytes(footer // 2 - 4)
    path.write_bytes(content)
    refused(read, path, *DAMAGED)


def test_the_connection_that_reads_one_file_reaches_no_other(tmp_path):
    wanted = parquet(tmp_path / "a.parquet", "SELECT 1 AS a")
    other = parquet(tmp_path / "b.parquet", "SELECT 2 AS b")
    engine = open_engine()
    try:
        with open_parquet(wanted) as file:
            assert file.columns() == [("a", "INTEGER")]
            with pytest.raises(UnreadableParquetError) as told:
                file.load(engine, "t", f"FROM read_parquet('{other}')")
            assert "file system operations are disabled by configuration" in str(told.value.__cause__)
        with pytest.raises(duckdb.Error, match="disabled by configuration"):
            engine.rows(f"FROM read_parquet('{wanted}')")
    finally:
        engine.close()

"""A binary workbook gives what the same workbook gives as .xlsx."""

import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_cli.engines import open_engine
from fupin_cli.errors import InputError
from fupin_cli.model.sheet import Kind, Merge
from fupin_cli.sheets import read_sheets
from fupin_cli.sheets.biff12 import records
from tests.sheets.parts import replace_part
from tests.sheets.xlsb_writer import (
    CHINESE_DATE,
    cell,
    formula,
    record,
    rk,
    row_header,
    sheet_part,
    text,
    write_parts,
    write_xlsb,
)
from tests.sketch import write_sketch

BOOK = """
# 花名册 {rows=3,6 columns=B}
| 2020年度花名册 | < | < | < | < |
| 姓名 | 收入 | 日期 | 时刻 | 备注 |
| 张三 | 1.5 | @2016-05-01 | @2016-05-01 08:30:00 | " 前后空格 " |

| ^ | -42491 | @1999-12-31 | '001 | #N/A |
| TRUE | n:990101200001010019 | 0.1 | #DIV/0! | x\\ny |
| %0.05 | %0.07 | %1 | %-0.0234 | %0.1234567 |
# 说明 {hidden}
| 甲 | 99999 |
# 空
"""


def dump(path, number=0):
    """Everything the reader tells of a file, without its name."""
    engine = open_engine()
    try:
        return [
            (
                sheet.name, sheet.width, sheet.row_count, sheet.last_row, sheet.merges, sheet.hidden,
                sheet.hidden_rows, sheet.hidden_columns, engine.rows(f'FROM "{sheet.relation}" ORDER BY r'),
            )
            for sheet in read_sheets(engine, path, number)
        ]  # fmt: skip
    finally:
        engine.close()


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("from_1904", [False, True])
def test_every_cell_is_the_same_as_in_an_xlsx(tmp_path, inline, from_1904):
    drawn = BOOK.replace("columns=B}", "columns=B 1904}") if from_1904 else BOOK
    one = write_sketch(tmp_path / "a.xlsx", drawn)
    other = write_xlsb(tmp_path / "a.xlsb", drawn, inline=inline, from_1904=from_1904)
    assert dump(other) == dump(one)


_VALUES = st.one_of(
    st.integers(-(1 << 40), 1 << 40).map(str),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: f"{value:.4f}"),
    st.dates(
        max_value=__import__("datetime").date(2099, 12, 31), min_value=__import__("datetime").date(1904, 1, 2)
    ).map(lambda day: f"@{day}"),
    st.text("户村乡é𠮷1 a", min_size=1, max_size=6).map(lambda value: f'"{value}"'),
    st.sampled_from(["", "TRUE", "FALSE", "#REF!", "'0012"]),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(_VALUES, min_size=1, max_size=5), min_size=1, max_size=5), st.booleans(), st.booleans())
def test_any_grid_is_the_same_as_in_an_xlsx(tmp_path_factory, rows, inline, from_1904):
    drawn = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    folder = tmp_path_factory.mktemp("x")
    one = write_sketch(folder / "a.xlsx", ("# 表 {1904}\n" if from_1904 else "# 表\n") + drawn)
    other = write_xlsb(folder / "a.xlsb", "# 表\n" + drawn, inline=inline, from_1904=from_1904)
    assert dump(other) == dump(one)


def drawn_cells(tmp_path, *cells):
    body = row_header(0) + b"".join(cells)
    return write_parts(tmp_path / "a.xlsb", [("表", 0)], [sheet_part(body)])


def test_a_date_kept_as_a_whole_rk_number_is_a_date(tmp_path, read, cells):
    path = drawn_cells(
        tmp_path, cell(2, 0, rk(42491), CHINESE_DATE), cell(2, 1, rk(42491)), cell(2, 3, rk(1.25, hundredth=True))
    )
    (sheet,) = read(path)
    assert cells(sheet) == {
        (1, 0): ("2016-05-01", Kind.DATE),
        (1, 1): ("42491", Kind.NUMBER),
        (1, 3): ("1.25", Kind.NUMBER),
    }


def test_rich_text_that_stands_in_its_cell_is_read(tmp_path, read, cells):
    rich = b"\x01" + text("张三") + struct.pack("<IHH", 1, 0, 0)
    (sheet,) = read(drawn_cells(tmp_path, cell(6, 0, text("姓名")), cell(62, 5, rich)))
    assert cells(sheet) == {(1, 0): ("姓名", Kind.TEXT), (1, 5): ("张三", Kind.TEXT)}


def test_the_value_of_a_formula_is_read_and_its_error_too(tmp_path, read, cells):
    path = drawn_cells(
        tmp_path,
        formula(8, 0, text("甲村")),
        formula(9, 1, struct.pack("<d", 42491), CHINESE_DATE),
        formula(10, 2, b"\1"),
        formula(11, 3, b"\x17"),
    )
    (sheet,) = read(path)
    assert cells(sheet) == {
        (1, 0): ("甲村", Kind.TEXT),
        (1, 1): ("2016-05-01", Kind.DATE),
        (1, 2): ("TRUE", Kind.BOOLEAN),
        (1, 3): ("#REF!", Kind.ERROR),
    }


def test_merges_reach_over_more_than_a_record_of_one_byte_length(tmp_path, read):
    drawn = "\n".join(f"| a{row} | < |" for row in range(200))
    (sheet,) = read(write_xlsb(tmp_path / "a.xlsb", drawn))
    assert sheet.merges == tuple(Merge(row, row, 0, 1) for row in range(1, 201))


@given(st.lists(st.tuples(st.integers(0, 16_000), st.binary(max_size=300)), max_size=20))
def test_records_come_back_as_they_were_written(written):
    part = b"".join(record(number, content) for number, content in written)
    found = [(number, part[at:end]) for number, at, end in records(part, {number for number, _ in written})]
    assert found == written


def refused(read, path, zh, en):
    with pytest.raises(InputError) as told:
        read(path)
    assert (told.value.zh, told.value.en) == (f"{path}：{zh}。", f"{path}: {en}.")


def test_a_part_that_breaks_off_is_damaged(tmp_path, read):
    path = write_xlsb(tmp_path / "a.xlsb", "| 姓名 | 收入 |")
    with zipfile.ZipFile(path) as package:
        part = package.read("xl/worksheets/sheet1.bin")
    refused(
        read,
        replace_part(path, "xl/worksheets/sheet1.bin", part[:-30] + b"\x05"),
        "文件已损坏或不完整（BIFF12）；请重新拷贝或导出；若 Excel 能打开，请另存为 .xlsx 再试",
        "the file is damaged or incomplete (BIFF12); copy or export it again, or save it as .xlsx if Excel opens it",
    )


def test_a_few_cells_far_apart(tmp_path, read):
    body = row_header(0) + cell(6, 0, text("a")) + row_header(1_048_575) + cell(6, 16_383, text("b"))
    refused(
        read,
        write_parts(tmp_path / "a.xlsb", [("表", 0)], [sheet_part(body)]),
        "工作表“表”只有少数单元格，却散布在 1048576 行 × 16384 列的范围内，无法读取；请删去远处的单元格后另存",
        "sheet “表” has a few cells scattered over 1048576 rows × 16384 columns and cannot be read; "
        "delete the far-off cells and save it",
    )


def test_cells_of_a_kind_no_reader_knows_are_not_dropped(tmp_path, read):
    refused(
        read,
        drawn_cells(tmp_path, record(17, bytes(4) + text("a"))),
        "工作表“表”用了少见的单元格写法，读不出其中的值；请用 Excel 或 WPS 打开，另存为 .xlsx 后再试",
        "sheet “表” has cells of a rare kind whose values cannot be read; open it in Excel or WPS, save it as .xlsx and try again",
    )


def test_a_very_hidden_sheet_is_hidden_and_a_sheet_without_a_part_is_none(tmp_path, read):
    path = write_parts(tmp_path / "a.xlsb", [("甲", 0), ("乙", 2)], [sheet_part(b""), sheet_part(b"")])
    assert [(sheet.name, sheet.hidden) for sheet in read(path)] == [("甲", False), ("乙", True)]

"""Old workbooks: Excel 5/95 (BIFF5), read here record by record, and what of Excel 97 (BIFF8) calamine does not tell."""

import datetime
import struct

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.errors import InputError
from fupin_cli.model.sheet import Kind
from tests.sheets.old_xls import (
    BUILT_IN_DATE,
    CHINESE_DATE,
    DATE,
    formula,
    label,
    ole,
    record,
    write_biff5,
    write_stream,
)
from tests.sheets.test_xlsb import dump
from tests.sheets.xlsb_writer import rk
from tests.sketch import write_sketch

BOOK = """
# 花名册 {rows=3,6 columns=B}
| 2020年度花名册 | | | | |
| 姓名 | 收入 | 日期 | 时刻 | 备注 |
| 张三 | 1.5 | @2016-05-01 | @2016-05-01 08:30:00 | " 前后空格 " |

| 李四 | -42491 | @1999-12-31 | '001 | #N/A |
| TRUE | n:990101200001010019 | 0.1 | #DIV/0! | x\\ny |
| %0.05 | %0.07 | %1 | %-0.0234 | %0.1234567 |
# 说明 {hidden}
| 甲 | 99999 |
# 空
"""


@pytest.mark.parametrize("from_1904", [False, True])
def test_every_cell_of_an_excel_5_book_is_the_same_as_in_an_xlsx(tmp_path, from_1904):
    drawn = BOOK.replace("columns=B}", "columns=B 1904}") if from_1904 else BOOK
    one = write_sketch(tmp_path / "a.xlsx", drawn)
    assert dump(write_biff5(tmp_path / "a.xls", drawn, from_1904=from_1904)) == dump(one)


_VALUES = st.one_of(
    st.integers(-(1 << 40), 1 << 40).map(str),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: f"{value:.4f}"),
    st.dates(datetime.date(1904, 1, 2), datetime.date(2099, 12, 31)).map(lambda day: f"@{day}"),
    st.text("户村乡1 a", min_size=1, max_size=6).map(lambda value: f'"{value}"'),
    st.sampled_from(["", "TRUE", "FALSE", "#REF!", "'0012"]),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(_VALUES, min_size=1, max_size=5), min_size=1, max_size=5), st.booleans())
def test_any_grid_of_an_excel_5_book_is_the_same_as_in_an_xlsx(tmp_path_factory, rows, from_1904):
    drawn = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    folder = tmp_path_factory.mktemp("x")
    one = write_sketch(folder / "a.xlsx", ("# 表 {1904}\n" if from_1904 else "# 表\n") + drawn)
    assert dump(write_biff5(folder / "a.xls", "# 表\n" + drawn, from_1904=from_1904)) == dump(one)


@pytest.mark.parametrize(
    ("page", "codec", "text"),
    [
        (936, "gbk", "誠信村"),
        (950, "big5", "誠信村"),
        (1252, "cp1252", "é"),
        (10_008, "gbk", "户"),
        (60_000, "gbk", "户"),
    ],
)
def test_texts_are_read_in_the_code_page_of_the_book(tmp_path, read, cells, page, codec, text):
    (sheet,) = read(write_biff5(tmp_path / "a.xls", f"# {text}\n| {text} |", page=page, codec=codec))
    assert (sheet.name, cells(sheet)) == (text, {(1, 0): (text, Kind.TEXT)})


def drawn_cells(tmp_path, *cells, **options):
    return write_stream(tmp_path / "a.xls", [("表", 0)], [b"".join(cells)], **options)


def test_rare_records_of_an_excel_5_book_are_read(tmp_path, read, cells):
    rich = record(0xD6, struct.pack("<HHHH", 0, 0, 0, 4) + "张三".encode("gbk") + b"\x01\x00\x05")
    many = record(
        0xBD, struct.pack("<HH", 0, 1) + b"".join(struct.pack("<H", style) + rk(42491) for style in (DATE, 0)) + b"\2\0"
    )
    (sheet,) = read(
        drawn_cells(
            tmp_path,
            rich,
            many,
            record(0x27E, struct.pack("<HHH", 0, 3, 0) + rk(1.25, hundredth=True)),
            record(0x27E, struct.pack("<HHH", 0, 4, 0) + rk(0.5)),
            record(0x203, struct.pack("<HHHd", 0, 5, BUILT_IN_DATE, 42491.0)),
            record(0xE5, struct.pack("<HHHHH", 1, 1, 1, 0, 2)),
            label(1, 0, "户"),
        )
    )
    assert cells(sheet) == {
        (1, 0): ("张三", Kind.TEXT),
        (1, 1): ("2016-05-01", Kind.DATE),
        (1, 2): ("42491", Kind.NUMBER),
        (1, 3): ("1.25", Kind.NUMBER),
        (1, 4): ("0.5", Kind.NUMBER),
        (1, 5): ("2016-05-01", Kind.DATE),
        (2, 0): ("户", Kind.TEXT),
    }
    assert [(merge.first_row, merge.last_row, merge.first_column, merge.last_column) for merge in sheet.merges] == [
        (2, 2, 0, 2)
    ]


def test_the_values_of_formulas_of_an_excel_5_book_are_read(tmp_path, read, cells):
    text = record(0x207, struct.pack("<H", 4) + "甲村".encode("gbk"))
    (sheet,) = read(
        drawn_cells(
            tmp_path,
            formula(0, 0, bytes(6) + b"\xff\xff") + text,
            formula(0, 1, struct.pack("<d", 42491), CHINESE_DATE),
            formula(0, 2, b"\1\0\1\0\0\0\xff\xff"),
            formula(0, 3, b"\2\0\x17\0\0\0\xff\xff"),
            formula(0, 4, b"\3\0\0\0\0\0\xff\xff"),
        )
    )
    assert cells(sheet) == {
        (1, 0): ("甲村", Kind.TEXT),
        (1, 1): ("2016-05-01", Kind.DATE),
        (1, 2): ("TRUE", Kind.BOOLEAN),
        (1, 3): ("#REF!", Kind.ERROR),
    }


def test_records_of_an_embedded_chart_are_not_cells(tmp_path, read, cells):
    chart = record(0x809, struct.pack("<HHHH", 0x500, 0x20, 0, 0)) + label(5, 5, "图") + record(0x0A)
    (sheet,) = read(drawn_cells(tmp_path, label(0, 0, "姓名"), chart, label(1, 0, "张三")))
    assert cells(sheet) == {(1, 0): ("姓名", Kind.TEXT), (2, 0): ("张三", Kind.TEXT)}


def refused(read, path, zh, en):
    with pytest.raises(InputError) as told:
        read(path)
    assert (told.value.zh, told.value.en) == (f"{path}：{zh}。", f"{path}: {en}.")


def test_an_encrypted_excel_5_book(tmp_path, read):
    refused(
        read,
        drawn_cells(tmp_path, label(0, 0, "a"), before=record(0x2F, bytes(4))),
        "工作簿有打开密码；请用 Excel 或 WPS 打开，取消密码后另存再试",
        "the workbook is encrypted; open it in Excel or WPS, remove the password, save it and try again",
    )


def test_an_excel_5_book_that_breaks_off(tmp_path, read):
    path = tmp_path / "a.xls"
    sheet = record(0x85, struct.pack("<IBBB", 40, 0, 0, 1) + b"a")
    path.write_bytes(ole(("Book", record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0)) + sheet + record(0x0A))))
    refused(
        read,
        path,
        "文件已损坏或不完整（BIFF5）；请重新拷贝或导出；若 Excel 能打开，请另存为 .xlsx 再试",
        "the file is damaged or incomplete (BIFF5); copy or export it again, or save it as .xlsx if Excel opens it",
    )


def test_percents_of_an_excel_97_book_are_read_whatever_record_they_stand_in(tmp_path, read, cells):
    formats = ["0.00%", "0%", '[Red]0.0%;"降"0%', "0.00", '0"%"']
    values = {0.05: "5%", 0.07: "7%", 1: "100%", -0.0234: "-2.34%", 0.1234567: "12.34567%", 12345678.25: "1234567825%"}
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    styles = [xlwt.easyxf(num_format_str=code) for code in formats]
    for row, value in enumerate(values):
        for column, style in enumerate(styles):
            sheet.write(row, column, value, style)
        sheet.write(row, len(styles), "%", styles[0])
    book.save(str(tmp_path / "a.xls"))
    (told,) = read(tmp_path / "a.xls")
    expected = {}
    for row, (value, text) in enumerate(values.items(), 1):
        plain = (str(value), Kind.NUMBER)
        cells_of_row = [(text, Kind.PERCENT)] * 3 + [plain, plain, ("%", Kind.TEXT)]
        expected |= {(row, column): cell for column, cell in enumerate(cells_of_row)}
    assert cells(told) == expected


@pytest.mark.parametrize("name", ["a.xls", "a.et"])
@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_of_an_excel_97_book_go_by_its_calendar(tmp_path, read, cells, name, from_1904):
    book = xlwt.Workbook()
    book.dates_1904 = from_1904
    sheet = book.add_sheet("表")
    for column, code in enumerate(("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy\\.mm", 'm"月"d"日";@')):
        sheet.write(0, column, datetime.date(2016, 5, 1), xlwt.easyxf(num_format_str=code))
    sheet.write(0, 4, datetime.datetime(2016, 5, 1, 8, 30), xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm"))  # noqa: DTZ001
    sheet.write(0, 5, 42491, xlwt.easyxf(num_format_str="0.00"))
    book.save(str(tmp_path / name))
    (read_sheet,) = read(tmp_path / name)
    day = ("2016-05-01", Kind.DATE)
    assert cells(read_sheet) == {
        **{(1, column): day for column in range(4)},
        (1, 4): ("2016-05-01 08:30:00", Kind.DATE),
        (1, 5): ("42491", Kind.NUMBER),
    }

"""The sketch language draws what it shows."""

import datetime

import openpyxl
import pytest


def test_a_sketch_draws_values_of_every_kind(sketch):
    path = sketch(
        """
        | 姓名 | 1 | 2.5 | '001 | 001 | 99010120000101001X | n:990101200001010019 |
        | @2016-05-01 | TRUE | #N/A | =A1+B1 | " a " | x\\ny | a\\|b |
        """
    )
    sheet = openpyxl.load_workbook(path).active
    rows = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        [
            ("姓名", "s"),
            (1, "n"),
            (2.5, "n"),
            ("001", "s"),
            ("001", "s"),
            ("99010120000101001X", "s"),
            (9.9010120000101e17, "n"),
        ],
        [
            (datetime.datetime.fromisoformat("2016-05-01"), "d"),
            (True, "b"),
            ("#N/A", "e"),
            ("=A1+B1", "f"),
            (" a ", "s"),
            ("x\ny", "s"),
            ("a|b", "s"),
        ],
    ]


def test_a_sketch_merges_to_the_left_and_upwards(sketch):
    path = sketch("| a | < | b |\n| ^ | < | ^ |\n| c | d | e |")
    sheet = openpyxl.load_workbook(path).active
    assert sorted(str(merged) for merged in sheet.merged_cells.ranges) == ["A1:B2", "C1:C2"]


def test_an_empty_line_is_a_blank_row_and_a_hash_line_begins_a_sheet(sketch):
    path = sketch("| a |\n\n| b |\n# 第二 {hidden rows=1 columns=B}\n| c | d |")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Sheet1", "第二"]
    assert [book["Sheet1"].cell(row, 1).value for row in (1, 2, 3)] == ["a", None, "b"]
    assert book["第二"].sheet_state == "hidden"
    assert book["第二"].row_dimensions[1].hidden
    assert book["第二"].column_dimensions["B"].hidden


@pytest.mark.parametrize(
    ("encoding", "opening"), [("utf-8", b"\xe5\xa7\x93"), ("gb18030", b"\xd0\xd5"), ("utf-16", b"\xff\xfe")]
)
def test_a_text_sketch_is_written_in_the_encoding_asked_for(sketch, encoding, opening):
    path = sketch("| 姓名 | 1 |\n\n| 张三 | @2016-05-01 |", "名单.csv", encoding=encoding)
    assert path.read_bytes().startswith(opening)
    assert path.read_text(encoding).splitlines() == ["姓名,1", ",", "张三,2016-05-01"]

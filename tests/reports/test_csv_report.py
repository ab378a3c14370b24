"""The CSV table: what Excel and WPS make of it."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fupin_cli.model.masking import OPEN
from fupin_cli.model.place import Place
from fupin_cli.reports import Look, render, write
from fupin_cli.reports.csv_report import harmless
from tests.reports.drawn import INCOME, SCHOOL, audit


def rows(text):
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_table_as_it_is_written(snapshot):
    assert render(audit(), "csv", Look()) == snapshot


def test_english_headings_come_with_lang_en():
    assert rows(render(audit(), "csv", Look(lang="en")))[0] == [
        "severity", "rule", "name", "township", "village", "household", "person", "file", "sheet", "cell", "problem",
        "standard", "basis", "what to do", "list", "on the list", "see also", "finding id",
    ]  # fmt: skip


def test_a_file_begins_with_a_byte_order_mark_and_its_lines_end_as_excel_ends_them(tmp_path):
    write(audit(), tmp_path / "a.csv", "csv", Look())
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 5


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("=1+1", "'=1+1"), ("+86", "'+86"), ("-a", "'-a"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "\ufffdx"), ("\nx", "'\nx"), ("＝1", "'＝1"),
        ("990101000123", "\t990101000123"), ("0012", "\t0012"), ("3-1", "\t3-1"), ("2016.10", "\t2016.10"), ("1E5", "\t1E5"), ("5月1日", "\t5月1日"),
        ("12345678901", "12345678901"), ("-5", "-5"), ("3.25", "3.25"), ("石桥村", "石桥村"), ("", ""), ("138****1234", "138****1234"),
    ],
)  # fmt: skip
def test_no_text_becomes_a_formula_another_number_or_a_day(written, shown):
    assert harmless([written]) == [shown]


@settings(max_examples=20)
@given(st.text(max_size=12))
def test_no_cell_begins_with_what_a_spreadsheet_runs(text):
    hostile = replace(SCHOOL, village=text, message=text, places=(Place(Path("a.xlsx"), text, 3, ("A3",)),))
    table = rows(render(audit(findings=(hostile,)), "csv", Look(masking=OPEN)))
    assert [len(row) for row in table] == [18, 18]
    assert [
        cell for cell in table[1] if cell[:1] in tuple("=+-@＝＋－＠") and not cell[1:].replace(".", "").isdecimal()
    ] == []


def test_rows_of_a_list_and_other_places_stand_in_their_columns():
    hit = replace(INCOME, list="车辆", evidence=({"姓名": "张小三", "排量": 1.6, "备注": None}, {"姓名": "李四"}))
    row = dict(zip(*rows(render(audit(findings=(hit,)), "csv", Look())), strict=True))
    assert (row["名单"], row["名单所载"], row["标准"], row["户编号"]) == (
        "车辆",
        "姓名 张*三; 排量 1.6 | 姓名 李*",
        "收入线 4000（自 2020-01-01，全国；某文件）",
        "\t990101000456",
    )

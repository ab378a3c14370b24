"""A folder gives its workbooks in order, and says what it skipped."""

from zipfile import ZipFile

import duckdb
import openpyxl
import pytest

from fupin_cli.errors import InputError
from fupin_cli.model.own_report import CSV_HEADS
from fupin_cli.reports.csv_report import KEYS
from fupin_cli.reports.grid import Book
from fupin_cli.reports.words import word
from fupin_cli.sheets import Skipped, workbooks_in


def test_a_folder_gives_its_workbooks_sorted_and_says_what_it_skipped(tmp_path):
    for name in ("二/b.xls", "a.XLSX", "名单.csv", "二/~$b.xls", ".隐藏/c.xlsx", "通知.docx", "__MACOSX/a.xlsx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    files, skipped = workbooks_in(tmp_path)
    assert files == sorted([tmp_path / "a.XLSX", tmp_path / "二/b.xls", tmp_path / "名单.csv"])
    assert skipped == [
        Skipped(tmp_path / ".隐藏/c.xlsx", "隐藏文件", "hidden file"),
        Skipped(tmp_path / "__MACOSX/a.xlsx", "macOS 的附属文件", "side file of macOS"),
        Skipped(tmp_path / "二/~$b.xls", "Excel 的锁文件", "lock file of Excel"),
        Skipped(tmp_path / "通知.docx", "不是工作簿", "no workbook"),
    ]


def test_a_folder_without_a_workbook_is_refused(tmp_path):
    with pytest.raises(InputError) as told:
        workbooks_in(tmp_path)
    assert told.value.zh == (
        f"{tmp_path}：文件夹里没有工作簿；找的是 .xlsx .xlsm .xlsb .xls .et .ods .htm .html .mht .xml .parquet .zip .csv .tsv .txt；请检查路径。"
    )
    assert told.value.en == (
        f"{tmp_path}: no workbook in this folder; looked for .xlsx .xlsm .xlsb .xls .et .ods .htm .html .mht .xml .parquet .zip .csv .tsv .txt; check the path."
    )


def test_a_report_that_fupin_left_in_the_folder_is_no_registry(tmp_path):
    with Book(tmp_path / "报告.xlsx") as book:
        book.grid("疑点", (10,)).write(["户编号", "姓名"])
    openpyxl.Workbook().save(tmp_path / "登记表.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    with ZipFile(tmp_path / "损.xlsx", "w") as parts:
        parts.writestr("docProps/core.xml", "一" * 100)
    whole = (tmp_path / "损.xlsx").read_bytes()
    (tmp_path / "损.xlsx").write_bytes(whole.replace("一".encode(), "二".encode()))
    files, skipped = workbooks_in(tmp_path)
    assert files == [tmp_path / "坏.xlsx", tmp_path / "损.xlsx", tmp_path / "登记表.xlsx"]
    assert skipped == [Skipped(tmp_path / "报告.xlsx", "fupin 的报告", "report of fupin")]


def test_reports_in_text_and_verdicts_are_no_registries_either(tmp_path):
    listed = "疑点,规则\r\n1,IDN004\r\n"
    table = "户编号,姓名\n9901010012000001,fupin 王一明\n"
    for name, text, encoding in (
        ("a.csv", "严重度,规则,名称,乡镇,村,户编号,姓名,文件,工作表,单元格\r\n", "utf-8-sig"),
        ("b.csv", "严重度,规则,名称,乡镇,村,户编号,姓名,文件,工作表,单元格\r\n错误,IDN004", "gb18030"),
        ("c.csv", "统计项,项目,类别,户,户 %\r\n", "utf-8-sig"),
        ("c2.csv", "表,名称,户·表上,户·登记表,相差,人·表上,人·登记表,相差,说明\r\n", "utf-8-sig"),
        ("d.txt", "先请注意\n  ! 有 1 行\n\nfupin 核查结果\n  1 户 3 人\n", "utf-8"),
        ("e.xml", '<?xml version="1.0"?>\n<testsuites name="fupin" tests="1">', "utf-8"),
        ("登记.csv", listed, "utf-8-sig"),
        ("登记.txt", table + "字" * 40000, "utf-8"),
    ):
        (tmp_path / name).write_text(text, encoding, newline="")
    (tmp_path / "登记.parquet").write_bytes(b"PAR1")
    with duckdb.connect() as engine:
        engine.execute(
            "COPY (SELECT '' AS household, '' AS person, '' AS data_date, '' AS rule, '' AS severity, '' AS verdict) "
            f"TO '{tmp_path}/f.parquet'"
        )
    files, skipped = workbooks_in(tmp_path)
    assert [file.name for file in files] == ["登记.csv", "登记.parquet", "登记.txt"]
    assert skipped == [
        Skipped(tmp_path / name, "fupin 的报告", "report of fupin")
        for name in ("a.csv", "b.csv", "c.csv", "c2.csv", "d.txt", "e.xml", "f.parquet")
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_fupin_reports_says_of_itself_what_is_looked_for(lang):
    assert ",".join(word(key, lang) for key in KEYS).startswith(CSV_HEADS)
    assert word("title", lang).startswith("fupin ")

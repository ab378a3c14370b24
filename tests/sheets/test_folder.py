"""A folder gives its workbooks in order, and says what it skipped."""

import openpyxl
import pytest

from fupin_cli.errors import InputError
from fupin_cli.reports.grid import Book
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
    files, skipped = workbooks_in(tmp_path)
    assert files == [tmp_path / "坏.xlsx", tmp_path / "登记表.xlsx"]
    assert skipped == [Skipped(tmp_path / "报告.xlsx", "fupin 的报告", "report of fupin")]

"""An audit and its workbooks in, annotated copies out: what is told where, what is not, and what another audit makes of the copy."""

import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest

import fupin_cli
from fupin_cli.errors import OutputError, UsageError
from fupin_cli.jobs.annotate import annotate, target_of
from fupin_cli.jobs.audit import run
from fupin_cli.jobs.files import expanded
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.reports import annotation, annotation_cells

SETTINGS = Settings(today=date(2021, 1, 1), as_of=date(2020, 12, 31), select=("IDN002", "IDN004", "FMT001", "FMT006"))
RIGHT, WRONG = "11010519491231002X", "110105194912310021"
VILLAGE = f"""
# 花名册
| 户编号 | 姓名 | 证件号码 | 与户主关系 | 人均纯收入 |
| '9901 | 田丰收 | '{RIGHT} | 户主 | 约3000 |
| '9901 | 米小兰 | '{WRONG} | 配偶 | '3000 |
| '9902 | 石川 | '{RIGHT} | 户主 | 3000 |
"""


def annotated(*files, to, lang="zh", lists=(), settings=SETTINGS):
    audit = run(Request(files=files, settings=settings, lists=lists, wishes=Wishes()))
    return audit, annotate(audit, files, target_of(files, to), lang)


def opened(path):
    return openpyxl.load_workbook(path)


def comments(sheet):
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def test_a_comment_says_rule_reason_basis_and_what_to_do_the_worst_first(sketch, tmp_path):
    annotated(sketch(VILLAGE), to=tmp_path / "a.xlsx")
    told = comments(opened(tmp_path / "a.xlsx")["花名册"])
    assert set(told) == {"C2", "C3", "C4", "E2", "E3"}
    assert told["C3"] == (
        "【错误】IDN002 证件号码校验码错误\n米小兰：证件号码“110105194912310021”的校验码与前17位不符\n"
        "依据：GB 11643-1999：第18位校验码按 ISO 7064 MOD 11-2 由前17位计算\n建议：对照身份证或户口簿逐位更正；不要改动最后一位来凑。"
    )
    assert told["E3"].startswith("【提示】FMT006 数字书写不规范\n")
    fills = {cell: opened(tmp_path / "a.xlsx")["花名册"][cell].fill.fgColor.rgb[2:] for cell in ("C3", "E3")}
    assert fills == {"C3": "F6BDB0", "E3": "CFE3F5"}


def test_the_column_of_opinions_is_linked_to_the_list_and_the_list_to_the_cells(sketch, tmp_path):
    annotated(sketch(VILLAGE), to=tmp_path / "a.xlsx")
    book = opened(tmp_path / "a.xlsx")
    sheet, listed = book["花名册"], book["疑点"]
    assert [sheet[f"F{row}"].value and sheet[f"F{row}"].value.split("：")[0] for row in range(1, 5)] == [
        "审核意见", "① 错误 FMT001 数字无法识别", "① 错误 IDN002 证件号码校验码错误", "① 错误 IDN004 证件号码户内/县内重复",
    ]  # fmt: skip
    line = sheet["F3"].hyperlink.location
    assert line.startswith("'疑点'!A")
    row = listed[int(line.removeprefix("'疑点'!A"))]
    assert [cell.value for cell in row][1:10] == [
        "错误",
        "IDN002",
        "证件号码校验码错误",
        None,
        None,
        "9901",
        "米小兰",
        "花名册",
        "C3",
    ]
    assert row[9].hyperlink.location == "'花名册'!C3"
    assert listed["A1"].value == (
        "fupin 审核副本（数据日期 2020-12-31）：由 fupin 批注，不是原件；姓名、证件号码等未遮盖，只供核实改正，不得转发、公示。"
    )
    assert [cell.value for cell in listed[2]][1:6] == ["错误 4", "疑点 0", "提示 1", "相关", "花名册 5 处"]
    assert listed.auto_filter.ref.startswith("A3:M")


def test_another_audit_reads_the_copy_as_the_original_and_annotates_beside_the_first_time(sketch, tmp_path):
    audit, _ = annotated(sketch(VILLAGE), to=tmp_path / "a.xlsx")
    again, _ = annotated(tmp_path / "a.xlsx", to=tmp_path / "b.xlsx")
    assert [one.id for one in again.findings] == [one.id for one in audit.findings]
    assert ("“花名册”右边的“审核意见”是上次批注写的，没有读。", "the last column of “花名册”, “review”, is of an earlier annotation and was not read.") in again.notes  # fmt: skip
    book = opened(tmp_path / "b.xlsx")
    assert [cell.value for cell in book["花名册"][1]][-2:] == ["审核意见", "审核意见"]
    assert book.sheetnames == ["花名册", "疑点", "疑点 (2)"]
    third, _ = annotated(tmp_path / "b.xlsx", to=tmp_path / "c.xlsx")
    assert [one.id for one in third.findings] == [one.id for one in audit.findings]


def test_a_cell_a_finding_speaks_of_beside_its_own_says_where_that_is(sketch, tmp_path):
    settings = Settings(today=date(2021, 1, 1), select=("REL002",))
    path = sketch(f"""
        # 户
        | 户编号 | 户主姓名 | 家庭人口 |
        | '9901 | 田丰收 | 1 |
        # 人
        | 户编号 | 姓名 | 证件号码 | 与户主关系 |
        | '9901 | 田丰收 | '{RIGHT} | 户主 |
        | '9901 | 米小兰 | '990101195203150029 | 户主 |
        """)
    annotated(path, to=tmp_path / "a.xlsx", settings=settings)
    book = opened(tmp_path / "a.xlsx")
    assert comments(book["户"])["B2"].startswith("【错误】REL002 多个户主\n（整行）")
    assert comments(book["人"]) == dict.fromkeys(("D2", "D3"), "另见 户!第2行：【错误】REL002 多个户主")
    assert book["人"]["D2"].fill.fgColor.rgb[2:] == "EBE7F3"
    assert [cell.value for cell in book["人"][1]] == ["户编号", "姓名", "证件号码", "与户主关系"]


def test_a_text_table_becomes_a_workbook_of_values_and_it_is_said(tmp_path):
    path = tmp_path / "名册.csv"
    path.write_text(f"户编号,姓名,证件号码,与户主关系\n9901,米小兰,{WRONG},配偶\n", "utf-8")
    _, done = annotated(path, to=tmp_path / "a.xlsx")
    assert [note[0] for note in done.copies[0].notes] == [
        "原格式不能改写，副本是只有内容的 .xlsx：样式、公式、批注不在其中。"
    ]
    book = opened(tmp_path / "a.xlsx")
    assert [cell.value for cell in book.worksheets[0][2]][:3] == ["9901", "米小兰", WRONG]
    assert set(comments(book.worksheets[0])) == {"C2"}
    assert book["疑点"]["J4"].hyperlink.location == f"'{book.sheetnames[0]}'!C2"


def test_parquet_is_left_with_a_sentence_and_the_rest_goes_on(sketch, tmp_path):
    import duckdb

    folder = tmp_path / "in"
    folder.mkdir()
    workbook = sketch(VILLAGE, "in/village.xlsx")
    duckdb.execute(f"COPY (SELECT '9905' AS 户编号, '米三' AS 姓名, '{WRONG}' AS 证件号码) TO '{folder / 'a.parquet'}'")
    _, done = annotated(folder, to=tmp_path / "out")
    assert [copy.path for copy in done.copies] == [tmp_path / "out" / "village.xlsx"]
    assert done.failed == ((folder / "a.parquet", f"{folder / 'a.parquet'}：Parquet 不能批注，问题见报告。", f"{folder / 'a.parquet'}: Parquet cannot be annotated; the report has its findings."),)  # fmt: skip
    assert workbook.exists()


def test_copies_of_several_files_stand_as_the_originals_do_and_none_replaces_another(sketch, tmp_path):
    sketch(VILLAGE, "in/东/village.xlsx")
    sketch(VILLAGE.replace("9901", "9911").replace("9902", "9912"), "in/西/village.xlsx")
    (tmp_path / "in/西/village.csv").write_text(f"户编号,姓名,证件号码,与户主关系\n9921,米小兰,{WRONG},配偶\n", "utf-8")
    _, done = annotated(tmp_path / "in", to=tmp_path / "out")
    assert sorted(str(copy.path.relative_to(tmp_path / "out")) for copy in done.copies) == [
        "东/village.xlsx", "西/village.csv.xlsx", "西/village.xlsx",
    ]  # fmt: skip


def test_what_would_write_over_an_original_or_has_the_wrong_name_is_refused(sketch, tmp_path):
    path, other = sketch(VILLAGE), sketch(VILLAGE, "other.xlsx")
    with pytest.raises(OutputError, match="this workbook is being audited and originals are never changed"):
        target_of((path,), path)
    with pytest.raises(UsageError) as wrong:
        target_of((path,), tmp_path / "a.xls")
    assert (
        wrong.value.zh
        == f"--annotate {tmp_path / 'a.xls'}：registry.xlsx 的批注副本是 .xlsx 文件，请写以 .xlsx 结尾的文件名。"
    )
    with pytest.raises(UsageError) as several:
        target_of((path, other), tmp_path / "a.xlsx")
    assert (
        several.value.zh
        == f"--annotate {tmp_path / 'a.xlsx'}：要批注的不止一个工作簿，请写文件夹，每个工作簿的副本放在其中。"
    )
    with pytest.raises(UsageError, match=r"the originals stand in, above or below this folder"):
        target_of((path, other), tmp_path)


def test_findings_of_a_list_are_counted_not_marked(sketch, tmp_path):
    path = sketch(VILLAGE)
    cars = tmp_path / "cars.csv"
    cars.write_text(f"证件号码,姓名,车辆类型\n{WRONG},米小兰,小型轿车\n", "utf-8")
    settings = Settings(today=date(2021, 1, 1), select=("FMT008", "IDN002", "ENT025"))
    audit, done = annotated(path, to=tmp_path / "a.xlsx", lists=(("车辆", cars),), settings=settings)
    elsewhere = [one for one in audit.findings if one.places[0].file == cars]
    assert done.elsewhere == len(elsewhere)
    assert done.copies[0].findings == len(audit.findings) - len(elsewhere)


def test_a_text_that_a_spreadsheet_would_calculate_stays_a_text(sketch, tmp_path):
    path = sketch(VILLAGE.replace("米小兰", "'=1+1"))
    annotated(path, to=tmp_path / "a.xlsx")
    listed = opened(tmp_path / "a.xlsx")["疑点"]
    texts = [cell.value for row in listed.iter_rows(min_row=4) for cell in row if isinstance(cell.value, str)]
    assert "'=1+1" in texts
    assert not [text for text in texts if text[:1] in "=+-@"]


def test_of_too_many_comments_the_worst_are_written_and_it_is_said(sketch, tmp_path, monkeypatch):
    for module in (annotation, annotation_cells):
        monkeypatch.setattr(module, "MOST_NOTES", 4)
    annotated(sketch(VILLAGE), to=tmp_path / "a.xlsx")
    book = opened(tmp_path / "a.xlsx")
    assert set(comments(book["花名册"])) == {"C2", "C3", "C4", "E2"}
    assert book["花名册"]["E3"].fill.fgColor.rgb[2:] == "CFE3F5"
    assert book["疑点"]["F2"].value == (
        "花名册 5 处；批注过多会拖慢 Excel，“花名册”只写了 4 格的批注（严重的在前），其余看“审核意见”列。"
    )


def test_an_english_copy_has_english_words(sketch, tmp_path):
    annotated(sketch(VILLAGE), to=tmp_path / "a.xlsx", lang="en")
    book = opened(tmp_path / "a.xlsx")
    assert book.sheetnames == ["花名册", "findings"]
    assert book["花名册"]["F1"].value == "review"
    assert book["花名册"]["F3"].value.startswith("① error IDN002 identity number with a wrong check character: ")
    assert [cell.value for cell in book["findings"][3]][:4] == ["no.", "severity", "rule", "name"]


def test_a_result_of_the_python_api_writes_its_copies(sketch, tmp_path):
    result = fupin_cli.audit(sketch(VILLAGE), select=["IDN002"], today=date(2021, 1, 1))
    assert result.annotate(tmp_path / "a.xlsx") == (tmp_path / "a.xlsx",)
    assert set(comments(opened(tmp_path / "a.xlsx")["花名册"])) == {"C3"}
    frame = pd.DataFrame({"户编号": ["9901"], "姓名": ["米小兰"], "与户主关系": ["户主"]})
    with pytest.raises(UsageError, match="no file was audited: a frame has no cells to be marked"):
        fupin_cli.audit(frame, today=date(2021, 1, 1)).annotate(tmp_path / "b.xlsx")


def test_a_copy_is_not_read_beside_its_original(sketch, tmp_path):
    original = sketch(VILLAGE, "村/花名册.xlsx")
    alone, _ = annotated(original, to=tmp_path / "村/批注.xlsx")
    annotated(tmp_path / "村/批注.xlsx", to=tmp_path / "村/再批注.xlsx")
    sketch(VILLAGE.replace("田丰收", "田茂盛"), "别村.xlsx").rename(tmp_path / "村/别村.xlsx")
    both = run(Request(files=[tmp_path / "村"], settings=SETTINGS, lists=(), wishes=Wishes()))
    assert both.persons == 2 * alone.persons
    assert [zh.removeprefix(f"{tmp_path}/村/") for zh, _ in both.notes if "跳过" in zh] == [
        "再批注.xlsx：跳过，“批注.xlsx”的批注副本，原件已读",
        "批注.xlsx：跳过，“花名册.xlsx”的批注副本，原件已读",
    ]
    listed = run(Request(files=[tmp_path / "村/批注.xlsx", original], settings=SETTINGS, lists=(), wishes=Wishes()))
    assert listed.persons == alone.persons
    assert [bool(one.skipped) for one in expanded([tmp_path / "村/再批注.xlsx", original])] == [True, False]


def test_a_copy_whose_original_is_not_there_or_was_changed_is_read(sketch, tmp_path):
    original = sketch(VILLAGE)
    alone, _ = annotated(original, to=tmp_path / "a.xlsx")
    only = run(Request(files=[tmp_path / "a.xlsx"], settings=SETTINGS, lists=(), wishes=Wishes()))
    assert only.persons == alone.persons
    sketch(VILLAGE.replace("田丰收", "田茂盛"))
    assert not any(one.skipped for one in expanded([original, tmp_path / "a.xlsx"]))


def test_a_copy_saved_by_another_program_still_says_of_what_it_is(sketch, tmp_path):
    original = sketch(VILLAGE)
    annotated(original, to=tmp_path / "a.xlsx")
    opened(tmp_path / "a.xlsx").save(tmp_path / "a.xlsx")
    assert [bool(one.skipped) for one in expanded([original, tmp_path / "a.xlsx"])] == [False, True]


def test_original_and_copy_in_one_archive_are_read_once(sketch, tmp_path):
    original = sketch(VILLAGE)
    annotated(original, to=tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "村.zip", "w") as package:
        for file in (original, tmp_path / "a.xlsx"):
            package.write(file, file.name)
    assert {one.file.name: bool(one.skipped) for one in expanded([tmp_path / "村.zip"])} == {
        "a.xlsx": True,
        "registry.xlsx": False,
    }

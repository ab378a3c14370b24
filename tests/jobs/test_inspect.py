"""What `fupin inspect` understands of drawn workbooks, and what it refuses."""

import json
from pathlib import Path

import pytest

from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.inspect import inspect_with
from fupin_cli.model.inspection import Account, Inspection, SeenSheet, SeenTable
from fupin_cli.model.settings import Wishes
from fupin_cli.model.sheet import Kind, Sheet
from fupin_cli.model.table import Fixed, Layout, Mapped
from fupin_cli.reports.inspect import render_inspection, to_dict
from fupin_cli.reports.words import Look
from fupin_cli.reports.wrapping import width
from tests.tables.headed import dictionary

BOOK = """
    # 花名册
    | 2020年度花名册 | < | < | < | < | < |
    | 户编号 | 户主姓名 | 户主身份证号 | 家庭年人均纯收入（元） | 年收人 | 备注 |
    | '990101000001 | 张小三 | 11010519491231002X | 3200 | 5 | 电话13800000000 |
    | 合计 | | | 3200 | | |
    # 说明 {hidden}
    | 本表由村填写 |
    """


def test_a_page_shows_headings_meanings_a_masked_row_and_what_was_left_out(sketch, monkeypatch, tmp_path):
    sketch(BOOK)
    monkeypatch.chdir(tmp_path)
    page = render_inspection(inspect_with([Path("registry.xlsx")], Wishes(), dictionary()), "terminal", Look(width=100))
    assert page == (
        "registry.xlsx\n"
        "\n"
        "  花名册\n"
        "    2020年度花名册\n"
        "    户表（一行一户） · 表头 2 · 数据 3–3 · 日期 2020-12-31\n"
        "    列  表头文字                读作          怎么认的    第一行（已遮盖）\n"
        f"    {'─' * 72}\n"
        "    A   户编号                  户编号        原词        990101000001\n"
        "    B   户主姓名                户主姓名      原词        张*三\n"
        "    C   户主身份证号            户主证件号码  原词        110105***********X\n"
        "    D   家庭年人均纯收入（元）  人均纯收入    整理后相同  …\n"
        "    F   备注                    备注          原词        …\n"
        "    没认出的表头，没有读；用 --map 表头=列名 或对应文件指明：\n"
        "      E     年收人  最接近：年收入 67\n"
        "    没有当作数据的行：\n"
        "      第 1 行  标题、填表行\n"
        "      第 4 行  合计\n"
        "    共 15 格有内容：读入 5，表头 6，标题、填表行 1，合计 2，没认出的列 1\n"
        "\n"
        "  不是登记表，没有读：说明（1 格，隐藏）\n"
        "    前 5000 行里没有一行表头同时认得出两列（第 30 行以下要三列）、其中一列是户编号、人编号、姓名或证\n"
        "    件号码。表头写法特殊就加 --map 表头=列名，或用 --mapping 指明表头行。\n"
    )


def test_json_says_the_same(sketch):
    seen = inspect_with([sketch(BOOK)], Wishes(), dictionary())
    (file,) = json.loads(render_inspection(seen, "json", Look()))["files"]
    first, second = file["sheets"]
    assert (second["name"], second["hidden"], second["tables"]) == ("说明", True, [])
    (table,) = first["tables"]
    assert table["columns"]["D"] == {
        "heading": "家庭年人均纯收入（元）",
        "column": "人均纯收入",
        "how": "normalised",
        "score": 100.0,
    }
    assert table["unmapped"] == {"E": {"heading": "年收人", "nearest": "年收入", "score": 66.7}}
    assert table["left_out_rows"] == [
        {"rows": "1", "reason": "title"},
        {"rows": "2", "reason": "heading"},
        {"rows": "4", "reason": "total"},
    ]
    assert (table["table"], table["heading_rows"], table["first_row"], table["last_row"]) == ("户", [2], 3, 3)


def test_nothing_that_tells_a_person_is_shown(sketch):
    seen = inspect_with([sketch(BOOK)], Wishes(), dictionary())
    for shown in (render_inspection(seen, "json", Look()), render_inspection(seen, "terminal", Look())):
        assert "张小三" not in shown
        assert "11010519491231002X" not in shown
        assert "13800000000" not in shown


def test_cells_cannot_steer_the_terminal(sketch):
    text = BOOK.replace("2020年度花名册", "2020年度\x1b[31m花名册")
    book = sketch(text.split("# 说明")[0], "registry.csv")
    page = render_inspection(inspect_with([book], Wishes(), dictionary()), "terminal", Look())
    assert "2020年度 [31m花名册" in page
    assert "\x1b" not in page


def test_an_english_page_names_kinds_and_reasons_in_english(sketch):
    page = render_inspection(inspect_with([sketch(BOOK)], Wishes(), dictionary()), "terminal", Look("en", width=120))
    assert "households, one a row · heading rows 2 · rows 3–3 · dated 2020-12-31" in page
    assert "row 4  total" in page


def test_a_file_that_cannot_be_read_is_told_beside_the_others(sketch, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    good, bad = inspect_with([sketch(BOOK), broken], Wishes(), dictionary())
    assert (good.failed, bad.sheets) == (None, ())
    assert to_dict([bad], "en")["files"][0]["failed"] == bad.failed[1]


def test_when_no_file_can_be_read_the_run_stops(tmp_path):
    with pytest.raises(InputError) as caught:
        inspect_with([tmp_path / "absent.xlsx"], Wishes(), dictionary())
    assert "absent.xlsx" in caught.value.zh
    assert "absent.xlsx" in caught.value.en


def test_only_the_sheets_asked_for_are_shown(sketch):
    (seen,) = inspect_with([sketch(BOOK)], Wishes(sheets=("花名册",)), dictionary())
    assert [each.sheet.name for each in seen.sheets] == ["花名册"]


def test_a_sheet_that_no_file_has_is_wrong_usage(sketch):
    with pytest.raises(UsageError) as caught:
        inspect_with([sketch(BOOK)], Wishes(sheets=("名册",)), dictionary())
    assert caught.value.zh == "--sheet 名册：没有这个工作表；有：花名册、说明。"
    assert caught.value.en == "--sheet 名册: there is no such sheet; there are 花名册、说明."


def test_a_folder_stands_for_its_workbooks(sketch, tmp_path):
    sketch(BOOK, "a/one.xlsx")
    sketch(BOOK, "a/two.xlsx")
    seen = inspect_with([tmp_path / "a"], Wishes(), dictionary())
    assert [each.file.name for each in seen] == ["one.xlsx", "two.xlsx"]


def test_a_web_page_colours_rows_masks_cells_and_takes_no_cell_for_a_tag(sketch):
    book = sketch(BOOK.replace("年收人", "<b>年收人</b>"))
    seen = inspect_with([book], Wishes(), dictionary(), pictures=True)
    page = render_inspection(seen, "html", Look())
    assert page.count("<tr><th>2</th>") == 1
    assert '<td class="heading">&lt;b&gt;年收人&lt;/b&gt;</td>' in page
    assert '<td class="read">110105***********X</td>' in page
    assert '<td class="left">合计</td>' in page
    assert "共 15 格有内容：读入 5" in page
    assert [secret for secret in ("张小三", "11010519491231002X", "13800000000", "<b>", "http") if secret in page] == []


def test_a_page_is_no_wider_than_the_terminal_and_cuts_headings_in_their_middle(sketch):
    book = sketch(
        BOOK.replace("家庭年人均纯收入（元）", "家庭年人均纯收入（元，按上年度十二月三十一日国家统计口径填写）")
    )
    page = render_inspection(inspect_with([book], Wishes(), dictionary()), "terminal", Look(width=80))
    assert [line for line in page.splitlines() if width(line) > 80] == []
    assert [line for line in page.splitlines() if "家庭年人均纯…计口径填写）" in line]


def test_of_many_files_only_the_main_facts_are_listed(sketch, tmp_path):
    for number in range(8):
        sketch(BOOK, f"many/{number}.xlsx")
    page = render_inspection(inspect_with([tmp_path / "many"], Wishes(), dictionary()), "terminal", Look(width=160))
    assert page.startswith("文件较多，每张表只列要点；对单个文件用 fupin inspect 可看全部。\n")
    assert page.count("5 列读作标准列，1 个表头没认出，0 处存疑") == 8
    assert len(page.splitlines()) < 8 * 9


def test_a_form_names_its_cells_and_blocks_that_are_alike_are_told_once():
    block = SeenTable(_block(2), {}, {"户主姓名": "张*"})
    sheet = SeenSheet(_block(2).sheet, (block, *(SeenTable(_block(row), {}, {}) for row in (12, 22))), Account(read=3))
    page = render_inspection([Inspection(Path("a.xlsx"), (sheet,))], "terminal", Look(width=100))
    assert "户表（一行一户） · 表单（标签在值旁边） · 数据 2–2" in page
    assert "B2  户主姓名  户主姓名  原词      张*" in page
    assert "同样的表还有 2 张：第 12 行、第 22 行" in page


def _block(row: int) -> Layout:
    sheet = Sheet(Path("a.xlsx"), "卡", "raw", 2, 30, 30)
    name = Mapped("户主姓名", 1, "B", "户主姓名", "exact", cell=Fixed(row, "张三", Kind.TEXT))
    return Layout(0, sheet, "户", "", (), row, row, (name,), {}, ())

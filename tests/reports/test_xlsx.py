"""The workbook of findings, read back with openpyxl."""

from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from fupin_cli.errors import OutputError
from fupin_cli.model.masking import OPEN, STANDARD
from fupin_cli.model.place import Place
from fupin_cli.reports import Look, form_of, grid, write, xlsx_findings
from tests.reports.drawn import INCOME, SCHOOL, audit, layout


@pytest.fixture
def written(tmp_path):
    def write_and_read(made, lang="zh", *, reveal=False):
        path = tmp_path / "report.xlsx"
        write(made, path, "xlsx", Look(lang=lang, masking=OPEN if reveal else STANDARD))
        return openpyxl.load_workbook(path)

    return write_and_read


def texts(sheet):
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def placed(finding, file, **parts):
    return replace(finding, places=(Place(file, parts.pop("sheet", "花名册"), **parts),))


def test_there_are_six_sheets_in_either_language(written):
    assert written(audit()).sheetnames == ["概览", "图表", "疑点", "规则", "未运行", "读取"]
    assert written(audit(), "en").sheetnames == ["summary", "charts", "findings", "rules", "not run", "reading"]


def test_every_sheet_says_what_it_holds(written, snapshot):
    book = written(audit(layouts=(replace(layout(), doubts=()),)))
    assert {sheet.title: texts(sheet) for sheet in book} == snapshot


def test_tables_have_a_heading_that_stays_and_a_filter_over_all_rows(written):
    book = written(audit())
    assert {name: (book[name].freeze_panes, book[name].auto_filter.ref) for name in book.sheetnames[2:]} == {
        "疑点": ("A2", "A1:O5"),
        "规则": ("A2", "A1:L5"),
        "未运行": ("A2", "A1:E4"),
        "读取": ("A2", "A1:J8"),
    }


def test_each_severity_has_its_colour(written):
    sheet = written(audit())["疑点"]
    colours = {sheet.cell(row, 2).value: sheet.cell(row, 2).fill.fgColor.rgb for row in range(2, 6)}
    assert colours == {"错误": "FFF8CBAD", "疑点": "FFFFE699", "提示": "FFDDEBF7"}


def test_the_cell_of_a_finding_opens_the_original_there_by_a_relative_path(written, tmp_path):
    file = tmp_path / "上报" / "大田乡 2020.xlsx"
    made = audit(findings=(placed(SCHOOL, file, row=12, cells=("O12", "P12"), sheet="王家's 表"),))
    cell = written(made)["疑点"]["K2"]
    assert (cell.value, cell.hyperlink.target, cell.hyperlink.location) == (
        "O12, P12",
        "上报\\大田乡%202020.xlsx",
        "'王家''s 表'!O12",
    )


def test_a_finding_about_a_whole_row_opens_its_first_cell(written, tmp_path):
    cell = written(audit(findings=(placed(INCOME, tmp_path / "a.xlsx", row=20),)))["疑点"]["K2"]
    assert (cell.value, cell.hyperlink.location) == ("第20行", "'花名册'!A20")


def test_a_file_whose_name_no_link_can_carry_is_named_without_one(written, tmp_path):
    cell = written(audit(findings=(placed(SCHOOL, tmp_path / "a#1.xlsx", row=12, cells=("O12",)),)))["疑点"]["K2"]
    assert (cell.value, cell.hyperlink) == ("O12", None)


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")'])
def test_a_text_that_looks_like_a_formula_stays_a_text(written, text):
    sheet = written(audit(findings=(replace(SCHOOL, message=text, secrets={}),)))["疑点"]
    cell = sheet["L2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert sheet["M2"].quotePrefix is False


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(written):
    sheet = written(audit(findings=(replace(SCHOOL, message="长" * 40_000),)))["疑点"]
    assert len(sheet["L2"].value) == 32_767
    assert sheet["L2"].value.endswith("长…")


def test_characters_that_xml_lacks_do_not_break_the_workbook(written):
    sheet = written(audit(findings=(replace(SCHOOL, message="坏\ud800字\x00"),)))["疑点"]
    assert sheet["L2"].value == "坏?字�"


def test_more_links_than_a_sheet_may_have_become_plain_texts(written, monkeypatch):
    for module in (grid, xlsx_findings):  # imported above: a module first imported now would keep the one link
        monkeypatch.setattr(module, "LINKS_A_SHEET", 1)
    sheet = written(audit(findings=(SCHOOL, replace(SCHOOL, id="x"))))["疑点"]
    assert [sheet[cell].hyperlink is not None for cell in ("K2", "K3")] == [True, False]
    assert sheet["K3"].value == "O12"


def test_more_findings_than_a_sheet_holds_go_on_in_the_next(written, monkeypatch):
    monkeypatch.setattr("fupin_cli.reports.xlsx_findings._ROWS_A_SHEET", 2)
    book = written(audit(findings=tuple(replace(SCHOOL, id=f"EDU001-{n}") for n in range(5))))
    ids = [[row[14].value for row in book[name].iter_rows(min_row=2)] for name in ("疑点", "疑点2", "疑点3")]
    assert ids == [["EDU001-0", "EDU001-1"], ["EDU001-2", "EDU001-3"], ["EDU001-4"]]


def test_nobody_is_named_unless_the_report_reveals(written):
    def names_in(book):
        told = "".join(str(cell) for sheet in book for row in texts(sheet) for cell in row)
        return [name for name in ("张小三", "李四", "11010519491231002X", "13800001234") if name in told]

    assert names_in(written(audit())) == []
    assert names_in(written(audit(), reveal=True)) == ["张小三", "李四", "11010519491231002X", "13800001234"]


def test_the_suffix_of_the_file_says_its_form():
    forms = {name: form_of(Path(name), "terminal") for name in ("a.xlsx", "A.XLSX", "a.json", "a.txt", "a.out")}
    assert forms == {"a.xlsx": "xlsx", "A.XLSX": "xlsx", "a.json": "json", "a.txt": "terminal", "a.out": "terminal"}


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path):
    path = tmp_path / "无" / "report.xlsx"
    with pytest.raises(OutputError) as caught:
        write(audit(), path, "xlsx", Look())
    assert caught.value.zh == f"{path}：没有文件夹 {path.parent}，请先建立，或换一个位置。"


def test_a_report_never_takes_the_place_of_a_workbook_that_was_read(tmp_path):
    path = tmp_path / "大田乡.xlsx"
    path.write_bytes(b"original")
    read = replace(layout(), sheet=replace(layout().sheet, file=path))
    with pytest.raises(OutputError) as caught:
        write(audit(layouts=(read,)), path, "xlsx", Look())
    assert caught.value.en == (
        f"{path}: this workbook is being audited and originals are never changed; name the report otherwise."
    )
    assert path.read_bytes() == b"original"


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_a_report_that_fails_half_way_leaves_the_earlier_one_and_nothing_beside_it(tmp_path, form):
    path = tmp_path / f"report.{form}"
    path.write_bytes(b"earlier")
    broken = audit(findings=(SCHOOL, replace(INCOME, places=None)))
    with pytest.raises(TypeError):
        write(broken, path, form, Look())
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"earlier"


def test_a_disk_that_is_full_is_one_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fupin_cli.reports.parts", full)
    path = tmp_path / "report.txt"
    with pytest.raises(OutputError) as caught:
        write(audit(), path, "terminal", Look())
    assert caught.value.en == (
        f"{path}: cannot be written (No space left on device); check the disk, or choose another place."
    )
    assert list(tmp_path.iterdir()) == []


def test_charts_are_drawn_from_the_tables_of_the_summary(written):
    book = written(audit())
    drawn = {}
    for chart in book["图表"]._charts:  # noqa: SLF001 - openpyxl has no other way to its charts
        title = "".join(run.t for run in chart.title.tx.rich.p[0].r)
        errors = chart.series[0]
        names, values = (errors.cat.strRef or errors.cat.numRef).f, errors.val.numRef.f
        drawn[title] = dict(zip(_texts_of(book, names), _texts_of(book, values), strict=True))
    assert drawn == {
        "按严重度": {"错误": 2, "疑点": 1, "提示": 1},
        "按主题": {"读取": 0, "身份与结构": 1, "义务教育": 1, "收入": 0},
        "按乡镇": {"大田乡": 2, "小河乡": 0, "（乡镇不详）": 0},
        "按村": {"大田乡 石桥村": 2, "小河乡 上坝村": 0, "（村不详）": 0},
    }


def _texts_of(book, reference):
    sheet, _, cells = reference.rpartition("!")
    return [row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]]


def test_each_township_has_its_sheet_when_asked_and_every_finding_stands_once(tmp_path):
    names = ("大田乡", "小河/乡", "概览", "大田乡大田乡大田乡大田乡大田乡大田乡大田乡大田乡大田乡大田乡甲", None)
    findings = tuple(replace(SCHOOL, id=f"EDU001-{n}", township=name) for n, name in enumerate(names))
    path = tmp_path / "report.xlsx"
    write(audit(findings=findings), path, "xlsx", Look(split="乡"))
    book = openpyxl.load_workbook(path)
    sheets = book.sheetnames[2:-3]
    assert sheets == ["大田乡", "大田乡" * 10 + "甲", "小河_乡", "概览 (2)", "（乡镇不详）"]
    ids = [row[14].value for name in sheets for row in book[name].iter_rows(min_row=2)]
    assert sorted(ids) == [finding.id for finding in findings]


def test_the_rule_of_a_finding_opens_its_explanation(written):
    book = written(audit())
    link = book["疑点"]["C2"]
    rule = book["规则"][link.hyperlink.location.rpartition("!")[2]]
    assert (link.value, rule.value) == ("IDN006", "IDN006")


def test_a_long_note_has_room_for_all_of_it(written):
    sheet = written(audit(notes=(("无法判断：" + "该地区没有任何年份的标准" * 20, "no"),)))["概览"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "先请注意")
    assert sheet.row_dimensions[row].height == 15 * 7
    assert f"B{row}:G{row}" in sheet.merged_cells

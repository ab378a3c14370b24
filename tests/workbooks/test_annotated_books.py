"""Workbooks of many kinds are annotated: what was meant to change did, and nothing else."""

import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from fupin_cli.workbooks import AddedSheet, Look, NewCell, rewrite
from tests.programs import convert, needs

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MARK = Look(fill="FFC7CE")
NOTE = "IDN002 校验码错误\n最后一位由前17位计算得出，不符即为录入错误。\n对照身份证或户口簿更正。"
# ECMA-376 part 1 (transitional), CT_Worksheet: its children, in the only order Excel takes
CHILDREN = [
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
]
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf"
    b"\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def merges(book, sheet):
    sheet.merge_range("A9:B11", "合并", book.add_format({"border": 1}))
    sheet.merge_range("D9:D11", "")


def formulas(book, sheet):
    sheet.write_formula("C4", "=SUM(C2:C3)", None, 5)
    sheet.write_array_formula("C5:C6", "{=C2:C3*2}", None, 4)
    sheet.write_dynamic_array_formula("G2", "=UNIQUE(A2:A5)")


def conditional_formats(book, sheet):
    sheet.conditional_format("C2:C8", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(
        "B2:B8", {"type": "formula", "criteria": '=$B2>"甲"', "format": book.add_format({"bold": 1})}
    )


def validation(book, sheet):
    sheet.data_validation("D2:D9", {"validate": "list", "source": ["是", "否"], "error_message": "填 > 或 < 都不行"})


def table(book, sheet):
    sheet.add_table("A20:C24", {"columns": [{"header": "甲"}, {"header": "乙"}, {"header": "丙"}], "total_row": True})


def protection(book, sheet):
    sheet.protect("密码", {"autofilter": True})
    sheet.unprotect_range("B2:B5", "可填")


def columns(book, sheet):
    sheet.set_column("A:A", 30, book.add_format({"num_format": "@"}))
    sheet.set_column("E:F", None, None, {"hidden": True})
    sheet.set_column("G:I", 5, None, {"level": 1, "collapsed": True})
    sheet.set_column("L:N", 7, book.add_format({"bg_color": "#EEEEEE"}))


def rows(book, sheet):
    sheet.set_row(1, 44)
    sheet.set_row(2, None, book.add_format({"bg_color": "#DDFFDD"}))
    sheet.set_row(30, None, None, {"level": 2, "hidden": True})


def printing(book, sheet):
    sheet.repeat_rows(0)
    sheet.print_area("A1:D9")
    sheet.set_header("&L&G", {"image_left": "logo.png", "image_data_left": BytesIO(PIXEL)})
    sheet.set_h_pagebreaks([5])
    sheet.set_v_pagebreaks([3])
    sheet.center_horizontally()


def rich_text(book, sheet):
    sheet.write_rich_string("B4", "张", book.add_format({"color": "red"}), "三", "（核）")


def chart(book, sheet):
    made = book.add_chart({"type": "column"})
    made.add_series({"values": "=花名册!$C$2:$C$5"})
    sheet.insert_chart("G9", made)
    alone = book.add_chart({"type": "pie"})
    alone.add_series({"values": "=花名册!$C$2:$C$5"})
    book.add_chartsheet("图").set_chart(alone)


def picture(book, sheet):
    sheet.insert_image("H2", "dot.png", {"image_data": BytesIO(PIXEL)})
    sheet.insert_textbox("H5", "说明")
    sheet.set_background(BytesIO(PIXEL))


def comments(book, sheet):
    sheet.write_comment("B3", "村干部核对过", {"author": "王五"})
    sheet.write_comment("F30", "一直显示", {"visible": True})


def links(book, sheet):
    sheet.write_url("B3", "https://example.org/?a=1&b=2", string="外部")
    sheet.write_url("M3", "internal:'另表'!A1", string="内部")


def macros(book, sheet):
    book.add_vba_project(BytesIO(b"dummy"), is_stream=True)
    sheet.insert_button("G3", {"macro": "run", "caption": "运行"})


def filtered(book, sheet):
    sheet.autofilter("A1:D9")
    sheet.filter_column(0, "x == 甲")
    sheet.set_row(5, None, None, {"hidden": True})


def names(book, sheet):
    book.define_name("人数", "=花名册!$A$2:$A$9")
    book.define_name("花名册!本表", "=花名册!$B$2")


def sparklines(book, sheet):
    sheet.add_sparkline("G2", {"range": "C2:C6"})


def errors(book, sheet):
    sheet.ignore_errors({"number_stored_as_text": "A1:D9"})
    sheet.write_number("C7", 5, book.add_format({"num_format": "0.00%", "align": "center", "font_color": "blue"}))


def views(book, sheet):
    sheet.freeze_panes(1, 2)
    sheet.set_zoom(85)
    sheet.set_tab_color("red")
    sheet.hide_gridlines(2)


KINDS = [merges, formulas, conditional_formats, validation, table, protection, columns, rows, printing, rich_text]
KINDS += [chart, picture, comments, links, macros, filtered, names, sparklines, errors, views]


def drawn(path, *kinds):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("花名册")
    other = book.add_worksheet("另表")
    other.write("A1", "不动")
    other.write_comment("A1", "别的表的批注")
    sheet.write_row("A1", ["编号", "姓名", "收入", "备注"])
    for row in range(1, 8):
        sheet.write_row(row, 0, [f"{row:03}", f"人{row}", 1000 * row])
    for kind in kinds:
        kind(book, sheet)
    book.close()
    return path


CELLS = {
    1: {12: NewCell("审核意见", Look(fill="1F3864", font_colour="FFFFFF", bold=True, border="BFBFBF", wrap=True))},
    3: {1: NewCell(look=MARK, keep_value=True, note=NOTE), 12: NewCell("一处", Look(wrap=True), link="'疑点'!A2")},
    4: {
        2: NewCell(look=MARK, keep_value=True, note="合计不符"),
        12: NewCell("两处", Look(wrap=True), link="'疑点'!A3"),
    },
    40: {3: NewCell(look=MARK, keep_value=True, note="空白")},
}
FOUND = [["编号", "位置"], [1, NewCell("B3", Look(font_colour="0563C1"), link="'花名册'!B3")], [2, "C4"]]


def annotate(source, target):
    added = AddedSheet("疑点", iter(FOUND), [8, 20])
    assert rewrite(source, target, {SHEET: CELLS}, added=[added], widths={SHEET: {12: 48}}) == {}


def parts(path):
    with zipfile.ZipFile(path) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def root(raw):
    return etree.fromstring(raw)


def canonical(element):
    return etree.tostring(element, method="c14n", with_tail=False)


def cell_texts(sheet):
    """Every cell with its content and all attributes but its format."""
    told = {}
    for cell in sheet.iter(f"{MAIN}c"):
        others = {name: value for name, value in cell.attrib.items() if name != "s"}
        told[cell.get("r")] = (others, [canonical(one) for one in cell])
    return told


def rows_of(sheet):
    return [{**row.attrib, "spans": ""} for row in sheet.iter(f"{MAIN}row") if row.get("r") != "40"]


def shapes_of(made):
    """The numbers of all shapes in the drawings of a package."""
    found = [re.findall(rb'<v:shape id="(_x0000_s\d+)"', raw) for name, raw in made.items() if name.endswith(".vml")]
    return [number for numbers in found for number in numbers]


unread = pytest.mark.filterwarnings("ignore:.* extension is not supported")  # openpyxl leaves out what is new
each_kind = pytest.mark.parametrize("kind", [*KINDS, None], ids=lambda kind: kind.__name__ if kind else "all")


@each_kind
def test_a_workbook_keeps_what_was_not_meant_to_change(kind, tmp_path):
    source = drawn(tmp_path / "a.xlsx", *([kind] if kind else KINDS))
    annotate(source, tmp_path / "b.xlsx")
    before, after = parts(source), parts(tmp_path / "b.xlsx")
    meant = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", SHEET}
    meant |= {"xl/worksheets/_rels/sheet1.xml.rels"}
    if kind in (comments, macros, None):
        meant |= {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    assert {name for name in before if before[name] != after[name]} <= meant
    old, new = root(before[SHEET]), root(after[SHEET])
    changed = {f"{MAIN}{name}" for name in ("dimension", "cols", "sheetData", "hyperlinks", "legacyDrawing")}
    kept, there = ([canonical(one) for one in sheet if one.tag not in changed] for sheet in (old, new))
    assert kept == there
    written = {"M1", "M3", "M4", *({"D40"} - set(cell_texts(old)))}
    assert {key: value for key, value in cell_texts(new).items() if key not in written} == {
        key: value for key, value in cell_texts(old).items() if key not in written
    }
    assert rows_of(old) == rows_of(new)


@unread
@each_kind
def test_an_annotated_workbook_has_its_notes_links_and_sheets(kind, tmp_path):
    annotate(drawn(tmp_path / "a.xlsx", *([kind] if kind else KINDS)), tmp_path / "b.xlsx")
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    sheet = book["花名册"]
    first = "村干部核对过\n\n" if kind in (comments, None) else ""
    texts = {key: sheet[key].comment.text for key in ("B3", "C4", "D40")}
    assert texts == {"B3": first + NOTE, "C4": "合计不符", "D40": "空白"}
    linked = [sheet[key].hyperlink.location for key in ("M3", "M4")]
    assert linked == ["'另表'!A1" if kind in (links, None) else "'疑点'!A2", "'疑点'!A3"]
    assert [sheet[key].fill.fgColor.rgb for key in ("B3", "C4", "D40")] == ["FFFFC7CE"] * 3
    assert (sheet["M3"].alignment.wrap_text, sheet["M3"].alignment.vertical) == (True, "top")
    heading = sheet["M1"]
    assert (heading.font.bold, heading.font.color.rgb, heading.border.left.style) == (True, "FFFFFFFF", "thin")
    assert sheet.column_dimensions["M"].width == pytest.approx(48.71, abs=0.01)
    added = book["疑点"]
    assert [[cell.value for cell in row] for row in added.iter_rows()] == [["编号", "位置"], [1, "B3"], [2, "C4"]]
    assert (added.auto_filter.ref, added.freeze_panes) == ("A1:B3", "A2")
    assert added.print_title_rows == "$1:$1"
    assert added["B2"].hyperlink.location == "'花名册'!B3"
    assert (book.sheetnames[-1], book["另表"]["A1"].comment.text) == ("疑点", "别的表的批注")


@each_kind
def test_every_part_is_well_formed_and_in_the_order_excel_wants(kind, tmp_path):
    annotate(drawn(tmp_path / "a.xlsx", *([kind] if kind else KINDS)), tmp_path / "b.xlsx")
    made = parts(tmp_path / "b.xlsx")
    for name, raw in made.items():
        if name.endswith((".xml", ".rels", ".vml")):
            root(raw)
    for name in (name for name in made if name.startswith("xl/worksheets/sheet")):
        places = [CHILDREN.index(etree.QName(child).localname) for child in root(made[name])]
        assert places == sorted(places), name
        once = [place for place in places if CHILDREN[place] != "conditionalFormatting"]
        assert len(once) == len(set(once)), name
    assert len(shapes_of(made)) == len(set(shapes_of(made)))
    types = root(made["[Content_Types].xml"])
    listed = {one.get("PartName", "").lstrip("/") for one in types} & set(made)
    endings = {one.get("Extension") for one in types}
    assert [name for name in made if name not in listed and name.rpartition(".")[2] not in endings] == []
    for name, raw in made.items():
        if name.endswith(".rels"):
            keys = [one.get("Id") for one in root(raw)]
            assert len(keys) == len(set(keys))


@unread
@needs("soffice")
def test_libreoffice_shows_every_note_and_every_sheet(tmp_path):
    everything = [one for one in KINDS if one is not macros]
    annotate(drawn(tmp_path / "a.xlsx", *everything), tmp_path / "b.xlsx")
    made = openpyxl.load_workbook(convert(tmp_path / "b.xlsx", "xlsx", tmp_path / "made"))
    expected = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert notes_of(made) == notes_of(expected)
    assert (made.sheetnames, len(notes_of(made))) == (expected.sheetnames, 5)
    assert convert(tmp_path / "b.xlsx", "pdf", tmp_path / "made").read_bytes().startswith(b"%PDF")


def notes_of(book):
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }

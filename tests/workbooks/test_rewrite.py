"""Cells are written into a copy of a workbook, and nothing else of it changes."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from fupin_cli.engines import open_engine
from fupin_cli.sheets import read_sheets
from fupin_cli.workbooks import DATE, Look, NewCell, rewrite
from fupin_cli.workbooks.cell_xml import xml_text
from fupin_cli.workbooks.spliced import Splice

PART = "xl/worksheets/sheet1.xml"
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cs"]), min_size=1, max_size=8
)
VALUES = st.one_of(TEXTS, st.integers(-(10**15) + 1, 10**15 - 1), st.floats(-1e9, 1e9), st.none())
PLACES = st.tuples(st.integers(1, 12), st.integers(0, 30))


def grid(path, sheet=0):
    """Every cell that is not blank, as openpyxl reads it."""
    found = openpyxl.load_workbook(path).worksheets[sheet]
    return {
        (cell.row, cell.column - 1): cell.value for row in found.iter_rows() for cell in row if cell.value is not None
    }


def other_parts(path, *changed):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name not in changed}


def spliced(xml, cells, size=7):
    raw = xml.encode()
    pieces = Splice(cells).apply(raw[at : at + size] for at in range(0, len(raw), size))
    return b"".join(pieces).decode()


@settings(max_examples=40, deadline=None)
@given(
    before=st.dictionaries(PLACES, VALUES, max_size=12),
    changes=st.dictionaries(PLACES, VALUES, min_size=1, max_size=12),
)
def test_the_copy_holds_what_was_written_and_all_else_that_was_there(tmp_path_factory, before, changes):
    folder = tmp_path_factory.mktemp("book")
    book = openpyxl.Workbook()
    for (row, column), value in before.items():
        if not isinstance(value, str) or openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(value) is None:
            cell = book.active.cell(row, column + 1, value)
            cell.data_type = "s" if isinstance(value, str) else cell.data_type  # "=…" is a text here
    book.save(folder / "a.xlsx")
    expected = {**grid(folder / "a.xlsx"), **changes}
    cells: dict = {}
    for (row, column), value in changes.items():
        cells.setdefault(row, {})[column] = NewCell(value)
    assert rewrite(folder / "a.xlsx", folder / "b.xlsx", {PART: cells}) == {}
    kept = {place: value for place, value in expected.items() if value is not None}
    assert grid(folder / "b.xlsx") == {place: openpyxl_reads(value) for place, value in kept.items()}
    assert other_parts(folder / "b.xlsx", PART) == other_parts(folder / "a.xlsx", PART)


def openpyxl_reads(value):
    """openpyxl leaves _x000B_ as it stands, and reads a number that is whole as one."""
    if isinstance(value, str):
        return xml_text(value).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return value


def test_our_reader_reads_back_any_text_that_was_written(tmp_path):
    texts = ["a\x0bb", "_x0041_", " 前后有空格 ", "<i>&amp;", "两行\n一格", "𠮷", "=1+1"]
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {PART: {1: {i: NewCell(text) for i, text in enumerate(texts)}}})
    engine = open_engine()
    (sheet,) = read_sheets(engine, tmp_path / "b.xlsx", 0)
    row = engine.rows(f'SELECT * FROM "{sheet.relation}"')[0]
    engine.close()
    assert [row[1 + 2 * i] for i in range(len(texts))] == texts


def decorated(path):
    """A workbook with much that a careless writer loses."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓名", "出生日期", "人均纯收入"])
    sheet.append(["张 三", "2016.5.1", "３２００"])
    sheet.append(["合计", None, "=SUM(C2:C2)"])
    sheet["A1"].font = Font(bold=True, color="FF0000")
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["B2"].alignment = Alignment(horizontal="right")
    sheet["A2"].comment = Comment("核对过", "村干部")
    sheet.merge_cells("A3:B3")
    sheet.column_dimensions["A"].width = 33
    sheet.row_dimensions[2].height = 40
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = "A1:C3"
    check = DataValidation(type="list", formula1='"是,否"')
    check.add("D2:D9")
    sheet.add_data_validation(check)
    sheet.print_title_rows = "1:1"
    book.create_sheet("隐藏").sheet_state = "hidden"
    book.save(path)


def test_everything_else_of_a_workbook_survives(tmp_path):
    decorated(tmp_path / "a.xlsx")
    changes = {2: {0: NewCell("张三"), 1: NewCell(42491, Look(number_format=DATE)), 2: NewCell(3200)}}
    rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {PART: changes})
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    assert (sheet["A2"].value, sheet["B2"].value.isoformat(), sheet["C2"].value) == (
        "张三",
        "2016-05-01T00:00:00",
        3200,
    )
    assert (sheet["B2"].fill.fgColor.rgb, sheet["B2"].alignment.horizontal) == ("00FFFF00", "right")
    assert (sheet["A1"].font.bold, sheet["A2"].comment.text, sheet["C3"].value) == (True, "核对过", "=SUM(C2:C2)")
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A3:B3"]
    assert (sheet.column_dimensions["A"].width, sheet.row_dimensions[2].height) == (33, 40)
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:C3", "$1:$1")
    assert str(sheet.data_validations.dataValidation[0].sqref) == "D2:D9"
    assert other_parts(tmp_path / "b.xlsx", PART, "xl/styles.xml") == other_parts(
        tmp_path / "a.xlsx", PART, "xl/styles.xml"
    )


def test_a_formula_is_left_and_told(tmp_path):
    decorated(tmp_path / "a.xlsx")
    assert rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {PART: {3: {2: NewCell(5)}}}) == {PART: ["C3"]}
    assert grid(tmp_path / "b.xlsx")[3, 2] == "=SUM(C2:C2)"


def test_only_the_look_of_a_cell_may_change(tmp_path):
    decorated(tmp_path / "a.xlsx")
    coloured = NewCell(look=Look(fill="FFC7CE"), keep_value=True)
    rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {PART: {2: {0: coloured}, 3: {2: coloured}, 9: {5: coloured}}})
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    assert grid(tmp_path / "b.xlsx") == grid(tmp_path / "a.xlsx")
    assert [sheet[cell].fill.fgColor.rgb for cell in ("A2", "C3", "F9", "B2")] == ["FFFFC7CE"] * 3 + ["00FFFF00"]


ROWS = '<worksheet xmlns="m"><dimension ref="B2:C3"/><sheetData><row r="2" spans="2:3"><c r="B2" s="4"><v>1</v></c></row></sheetData><x/></worksheet>'


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {2: {1: NewCell(5)}},
            '<dimension ref="B2:C3"/><sheetData><row r="2"><c r="B2" s="4"><v>5</v></c></row></sheetData>',
        ),
        (
            {2: {0: NewCell("a"), 3: NewCell(None)}},
            '<dimension ref="A2:D3"/><sheetData><row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve">a</t></is></c>'
            '<c r="B2" s="4"><v>1</v></c><c r="D2"/></row></sheetData>',
        ),
        (
            {1: {1: NewCell(7)}, 5: {1: NewCell(8)}},
            '<dimension ref="B1:C5"/><sheetData><row r="1"><c r="B1"><v>7</v></c></row>'
            '<row r="2" spans="2:3"><c r="B2" s="4"><v>1</v></c></row><row r="5"><c r="B5"><v>8</v></c></row></sheetData>',
        ),
    ],
)
def test_the_xml_is_changed_at_the_cell_and_nowhere_else(cells, expected):
    assert spliced(ROWS, cells) == f'<worksheet xmlns="m">{expected}<x/></worksheet>'


def test_rows_and_cells_without_a_number_are_counted():
    xml = "<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/></row></sheetData></worksheet>"
    changed = spliced(xml, {1: {1: NewCell(9)}, 3: {0: NewCell(8)}})
    assert changed == (
        '<worksheet><sheetData><row><c><v>1</v></c><c r="B1"><v>9</v></c></row><row/><row><c r="A3"><v>8</v></c></row>'
        "</sheetData></worksheet>"
    )


def test_a_prefix_of_the_namespace_is_kept():
    xml = '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert spliced(xml, {1: {0: NewCell("乙")}}) == (
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t xml:space="preserve">乙</x:t></x:is>'
        "</x:c></x:row></x:sheetData></x:worksheet>"
    )


def test_a_sheet_without_rows_gets_them():
    assert spliced("<worksheet><sheetData/></worksheet>", {2: {0: NewCell(1)}}) == (
        '<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c></row></sheetData></worksheet>'
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_comments_and_other_encodings_are_written_plainly_first(tmp_path, encoding):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    xml = f"""<?xml version="1.0" encoding="{encoding}"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData><row r="1"><!-- <row r="2"> --><c r="A1" t="inlineStr"><is><t><![CDATA[<甲>]]></t></is></c></row></sheetData></worksheet>"""
    put(tmp_path / "a.xlsx", PART, xml.encode(encoding))
    rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {PART: {2: {0: NewCell("乙")}}})
    assert grid(tmp_path / "b.xlsx") == {(1, 0): "<甲>", (2, 0): "乙"}


def put(path, part, content):
    """Write a part of a package anew."""
    parts = {**other_parts(path), part: content}
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    path.write_bytes(made.getvalue())

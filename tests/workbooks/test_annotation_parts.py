"""Columns, links, notes, threads and sheets are added to what is there, each in its own part."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.comments import Comment

from fupin_cli.errors import InputError, OutputError
from fupin_cli.model.place import letter
from fupin_cli.workbooks import AddedSheet, Look, NewCell, added_sheets, free_name, link_to, rewrite
from fupin_cli.workbooks.columns import columns_of, widened
from fupin_cli.workbooks.links import Link, linked
from fupin_cli.workbooks.outline import outline_of

PART = "xl/worksheets/sheet1.xml"
MARKED = NewCell(look=Look(fill="FFC7CE"), keep_value=True, note="疑点：核对\n找村里")


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path, those):
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in those.items():
            archive.writestr(name, raw)
    return path


def book_with(path, rows=(("姓名", "收入"), ("甲", 1))):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def notes(path):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


SPANS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4), st.booleans(), st.floats(1, 60)), max_size=4)


@settings(max_examples=40, deadline=None)
@given(spans=SPANS, widths=st.dictionaries(st.integers(0, 40), st.floats(1, 80), max_size=4))
def test_a_new_width_leaves_every_other_column_as_it_was(spans, widths):
    written, first = [], 1
    for number, (gap, length, hidden, width) in enumerate(spans):
        first += gap - 1
        mark = ' hidden="1"' if hidden else ""
        written.append(f'<col min="{first}" max="{first + length - 1}" width="{width}" style="{number}"{mark} outlineLevel="1"/>')  # fmt: skip
        first += length
    cols = f"<cols>{''.join(written)}</cols>" if written else ""
    head = f'<worksheet><sheetFormatPr defaultRowHeight="15"/>{cols}<sheetData>'.encode()
    made = widened(head, b"", widths)
    old, new = columns_of(head, b""), columns_of(made, b"")
    for column in range(45):
        assert new.style(column) == old.style(column)
        if column not in widths:
            assert new.pixels(column) == old.pixels(column)
        else:
            assert new.pixels(column) == round((widths[column] + 0.7109375) * 7)
    firsts = [span.first for span in new.spans]
    lasts = [span.last for span in new.spans]
    assert all(last < first for last, first in zip(lasts, firsts[1:], strict=False))
    assert widths or made == head


@settings(max_examples=40, deadline=None)
@given(
    there=st.dictionaries(st.tuples(st.integers(1, 6), st.integers(0, 5)), st.booleans(), max_size=4),
    new=st.sets(st.tuples(st.integers(1, 8), st.integers(0, 7)), min_size=1, max_size=8),
)
def test_a_cell_keeps_the_link_it_has(there, new):
    old = "".join(
        f'<hyperlink ref="{letter(column)}{row}{f":{letter(column + 1)}{row + 1}" if wide else ""}" location="旧"/>'
        for (row, column), wide in there.items()
    )
    tail = f"</sheetData><mergeCells/>{f'<hyperlinks>{old}</hyperlinks>' if old else ''}<pageMargins/></worksheet>"
    taken = {
        (row + down, column + right)
        for (row, column), wide in there.items()
        for down in range(1 + wide)
        for right in range(1 + wide)
    }
    made = linked(tail.encode(), b"", [Link(row, column, "'新'!A1") for row, column in sorted(new)]).decode()
    added = re.findall(r'<hyperlink ref="([A-Z]+\d+)" location="\'新\'!A1" display="\'新\'!A1"/>', made)
    assert added == [f"{letter(column)}{row}" for row, column in sorted(new - taken)]
    left = re.sub(r"<hyperlink ref=\"[A-Z]+\d+\" location=\"'新'!A1\"[^>]*/>", "", made)
    assert left in (tail, tail.replace("<pageMargins/>", "<hyperlinks></hyperlinks><pageMargins/>"))


CELLS = st.tuples(st.integers(1, 30), st.integers(0, 8))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40)


@settings(max_examples=20, deadline=None)
@given(old=st.dictionaries(CELLS, TEXTS, max_size=5), new=st.dictionaries(CELLS, TEXTS, min_size=1, max_size=5))
def test_every_comment_keeps_its_text_and_has_its_note_beneath(tmp_path_factory, old, new):
    folder = tmp_path_factory.mktemp("book")
    book = book_with(folder)
    for (row, column), text in old.items():
        book.active.cell(row, column + 1).comment = Comment(text, "王五")
    book.save(folder / "a.xlsx")
    cells = {}
    for (row, column), text in new.items():
        cells.setdefault(row, {})[column] = NewCell(keep_value=True, note=text)
    rewrite(folder / "a.xlsx", folder / "b.xlsx", {PART: cells})
    expected = {
        f"{letter(column)}{row}": "\n\n".join(each[row, column] for each in (old, new) if (row, column) in each)
        for row, column in {**old, **new}
    }
    found = notes(folder / "b.xlsx")
    assert {key: text.replace("_x005F_", "_") for key, text in found.items()} == expected
    made = parts(folder / "b.xlsx")
    (drawing,) = [raw for name, raw in made.items() if name.endswith(".vml")]
    boxes = re.findall(rb"Row>(\d+)<.*?Column>(\d+)<", drawing)
    assert sorted((int(row) + 1, int(column)) for row, column in boxes) == sorted({**old, **new})


def test_a_note_on_a_merged_range_hangs_on_the_cell_that_is_seen(tmp_path):
    book = book_with(tmp_path)
    book.active.merge_cells("A5:B7")
    book.save(tmp_path / "a.xlsx")
    cells = {5: {0: MARKED}, 6: {1: NewCell(keep_value=True, note="下面的")}, 7: {0: NewCell("值")}}
    rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {PART: cells})
    assert notes(tmp_path / "b.xlsx") == {"A5": "疑点：核对\n找村里\n\n下面的"}
    assert b'<c r="A7" t="inlineStr">' in parts(tmp_path / "b.xlsx")[PART]


def test_a_blank_cell_keeps_the_format_its_row_or_column_gave_it():
    from fupin_cli.workbooks.spliced import Splice

    xml = (
        b'<worksheet><cols><col min="3" max="4" style="7"/></cols><sheetData><row r="1" s="9" customFormat="1"/>'
        b'<row r="2" s="9"><c r="A2" s="1"/></row></sheetData></worksheet>'
    )
    cells = {row: {2: NewCell("x")} for row in (1, 2, 3)} | {4: {0: NewCell("x")}}
    made = b"".join(Splice(cells).apply([xml]))
    assert dict(re.findall(rb'<c r="(\w+)" s="(\d)" t', made)) == {b"C1": b"9", b"C2": b"7", b"C3": b"7"}


PREFIXED = """<?xml version="1.0"?><x:worksheet xmlns:x="{space}" xmlns:q="{related}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row>
</x:sheetData><x:pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/></x:worksheet>"""
SPACES = {
    "usual": (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    "strict": (
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
}


@pytest.mark.parametrize("form", SPACES)
def test_prefixes_and_the_strict_form_are_kept(form, tmp_path):
    space, related = SPACES[form]
    book_with(tmp_path).save(tmp_path / "a.xlsx")
    usual = SPACES["usual"]
    made = {
        name: raw.replace(usual[0].encode(), space.encode()).replace(usual[1].encode(), related.encode())
        for name, raw in parts(tmp_path / "a.xlsx").items()
    }
    made[PART] = PREFIXED.format(space=space, related=related).encode()
    cells = {1: {0: MARKED, 3: NewCell("去", link="'疑点'!A2")}}
    added = AddedSheet("疑点", [["编号"], [1]], [9])
    rewrite(packed(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx", {PART: cells}, added=[added], widths={PART: {3: 9}})
    made = parts(tmp_path / "b.xlsx")
    sheet = etree.fromstring(made[PART])
    assert {str(one.tag) for one in sheet.iter()} == {
        f"{{{space}}}{name}"
        for name in "worksheet cols col sheetData row c v is t hyperlinks hyperlink pageMargins legacyDrawing".split()  # noqa: SIM905
    }
    key = sheet.find(f"{{{space}}}legacyDrawing").get(f"{{{related}}}id")
    told = {
        one.get("Id"): (one.get("Type"), one.get("Target"))
        for one in etree.fromstring(made["xl/worksheets/_rels/sheet1.xml.rels"])
    }
    assert told[key] == (f"{related}/vmlDrawing", "../drawings/vmlDrawing1.vml")
    assert (f"{related}/comments", "../comments1.xml") in told.values()
    for name in ("xl/comments1.xml", "xl/worksheets/sheet2.xml"):
        assert etree.fromstring(made[name]).tag.startswith(f"{{{space}}}")
    listed = etree.fromstring(made["xl/workbook.xml"]).find(f"{{{space}}}sheets")[-1]
    assert (listed.get("name"), bool(listed.get(f"{{{related}}}id"))) == ("疑点", True)


THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
KINDS = "http://schemas.microsoft.com/office/2017/10/relationships"


def threaded(path):
    """A workbook in which Excel 365 shows a thread of two entries on B2."""
    book = book_with(path)
    book.active["B2"].comment = Comment("[线程批注] 收入对吗", "tc={00000000-0000-0000-0000-000000000001}")
    book.save(path)
    made = parts(path)
    entry = '<threadedComment ref="B2" dT="2026-01-0{0}T00:00:00.00" personId="{{P}}" id="{{{0}}}"{1}><text>第{0}句</text></threadedComment>'
    entries = entry.format(1, "") + entry.format(2, ' parentId="{1}"')
    made["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="{THREADS}">{entries}</ThreadedComments>'.encode()
    )
    made["xl/persons/person.xml"] = (
        f'<personList xmlns="{THREADS}"><person displayName="王五" id="{{P}}" userId="w" providerId="None"/></personList>'.encode()
    )
    for owner, kind, target in (
        ("xl/worksheets/_rels/sheet1.xml.rels", "threadedComment", "../threadedComments/threadedComment1.xml"),
        ("xl/_rels/workbook.xml.rels", "person", "persons/person.xml"),
    ):
        relation = f'<Relationship Id="own" Type="{KINDS}/{kind}" Target="{target}"/></Relationships>'
        made[owner] = made[owner].replace(b"</Relationships>", relation.encode())
    return packed(path, made)


def test_a_note_on_a_thread_is_its_last_reply(tmp_path):
    rewrite(threaded(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", {PART: {2: {0: MARKED, 1: MARKED}}})
    made = parts(tmp_path / "b.xlsx")
    entries = etree.fromstring(made["xl/threadedComments/threadedComment1.xml"])
    assert [one.findtext(f"{{{THREADS}}}text") for one in entries] == ["第1句", "第2句", "疑点：核对\n找村里"]
    people = {one.get("id"): one.get("displayName") for one in etree.fromstring(made["xl/persons/person.xml"])}
    last = entries[-1]
    assert (last.get("ref"), last.get("parentId"), people[last.get("personId")]) == ("B2", "{1}", "fupin")
    assert last.get("dT") == "2026-01-02T00:00:00.00"
    assert notes(tmp_path / "b.xlsx") == {
        "A2": "疑点：核对\n找村里",
        "B2": "[线程批注] 收入对吗\n\n疑点：核对\n找村里",
    }


def commented(path):
    """The parts of a workbook whose A1 has a comment."""
    book = book_with(path)
    book.active["A1"].comment = Comment("旧", "王五")
    book.save(path)
    return parts(path)


def test_a_drawing_that_is_not_well_formed_is_extended_as_it_stands(tmp_path):
    made = commented(tmp_path / "a.xlsx")
    (name,) = [name for name in made if name.endswith(".vml")]
    made[name] = made[name].replace(b"</xml>", b"<div>one<br>two</div></xml>")  # of a button, as Excel 2003 wrote it
    rewrite(packed(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx", {PART: {2: {0: MARKED}}})
    extended = parts(tmp_path / "b.xlsx")[name]
    old = re.sub(rb' data="1"', b' data="1,2"', made[name])
    assert extended.startswith(old[: -len(b"</xml>")])
    assert extended.endswith(b"</v:shape></xml>")


@pytest.mark.parametrize("trouble", ["no drawing is named", "the drawing that is named is missing"])
def test_comments_that_nothing_draws_get_their_boxes_with_the_notes(trouble, tmp_path):
    made = commented(tmp_path / "a.xlsx")
    (name,) = [name for name in made if name.endswith(".vml")]
    del made[name]
    if trouble == "no drawing is named":
        made[PART] = re.sub(rb"<legacyDrawing[^>]*/>", b"", made[PART])
    rewrite(packed(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx", {PART: {2: {0: MARKED}}})
    after = parts(tmp_path / "b.xlsx")
    drawing = etree.fromstring(after["xl/drawings/vmlDrawing1.vml"])
    assert [one.text for one in drawing.iter("{urn:schemas-microsoft-com:office:excel}Row")] == ["0", "1"]
    (named,) = re.findall(rb"<legacyDrawing[^>]*/>", after[PART])
    assert re.search(rb'r:id="(\w+)"', named)[1] in after["xl/worksheets/_rels/sheet1.xml.rels"]
    assert notes(tmp_path / "b.xlsx") == {"A1": "旧", "A2": "疑点：核对\n找村里"}


def test_a_sheet_in_another_encoding_gets_its_notes(tmp_path):
    made = commented(tmp_path / "a.xlsx")
    made[PART] = etree.tostring(etree.fromstring(made[PART]), encoding="UTF-16")
    cells = {1: {0: MARKED}, 2: {0: MARKED, 9: NewCell("见", link="'Sheet'!A1")}}
    rewrite(packed(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx", {PART: cells}, widths={PART: {9: 30}})
    assert notes(tmp_path / "b.xlsx") == {"A1": "旧\n\n疑点：核对\n找村里", "A2": "疑点：核对\n找村里"}
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    assert (sheet["J2"].hyperlink.location, sheet.column_dimensions["J"].width) == ("'Sheet'!A1", 30.71094)


def test_a_signature_that_would_no_longer_hold_is_left_out(tmp_path):
    book_with(tmp_path).save(tmp_path / "a.xlsx")
    made = parts(tmp_path / "a.xlsx")
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    signed = f'<Relationship Id="s" Type="{kind}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    made["_rels/.rels"] = made["_rels/.rels"].replace(b"</Relationships>", signed.encode())
    override = b'<Override PartName="/_xmlsignatures/sig1.xml" ContentType="application/x-signature"/></Types>'
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(b"</Types>", override)
    made |= {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"}
    rewrite(packed(tmp_path / "a.xlsx", made), tmp_path / "b.xlsx", {PART: {2: {0: NewCell("乙")}}})
    left = parts(tmp_path / "b.xlsx")
    assert not [name for name, raw in left.items() if "signature" in name or b"signature" in raw]
    assert set(made) - set(left) == {"_xmlsignatures/origin.sigs", "_xmlsignatures/sig1.xml"}


@pytest.mark.parametrize("ending", [".vml", "comment1.xml", "sheet1.xml.rels", "sheet1.xml"])
def test_a_damaged_part_that_is_to_be_extended_is_told(ending, tmp_path):
    book = book_with(tmp_path)
    book.active["A1"].comment = Comment("旧", "王五")
    book.save(tmp_path / "a.xlsx")
    made = parts(tmp_path / "a.xlsx")
    (name,) = [name for name in made if name.endswith(ending)]
    made[name] = made[name][: len(made[name]) // 2]
    packed(tmp_path / "a.xlsx", made)
    with pytest.raises(InputError) as error:
        rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {PART: {2: {0: MARKED}}}, called=Path("甲村.xlsx"))
    assert (error.value.zh, error.value.en) == (
        f"甲村.xlsx：里面的部件 {name} 已损坏，写不出副本；请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。",
        f"甲村.xlsx: part {name} in it is damaged, and no copy can be written; open it in Excel or WPS, save it as .xlsx and try again.",
    )


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("疑点", ["花名册"], "疑点"),
        ("疑点", ["疑点", "疑点 (2)"], "疑点 (3)"),
        ("Findings", ["FINDINGS"], "Findings (2)"),
        ("a[b]:c*?/\\", [], "a_b__c____"),
        ("'引'", [], "引"),
        ("长" * 40, ["长" * 31], "长" * 27 + " (2)"),
        ("History", [], "History (2)"),
        ("?" * 0, [], "Sheet"),
    ],
)
def test_a_sheet_gets_a_name_that_excel_takes(name, taken, expected):
    assert free_name(name, taken) == expected


def test_a_link_quotes_the_name_of_its_sheet():
    assert link_to("O'Neil 村", "A7") == "'O''Neil 村'!A7"


def test_more_links_than_a_sheet_takes_become_formulas(tmp_path, monkeypatch):
    monkeypatch.setattr(added_sheets, "MOST_LINKS", 2)
    book_with(tmp_path).save(tmp_path / "a.xlsx")
    rows = [[NewCell(f'第"{n}"', link=f"'Sheet'!A{n}"), NewCell(n, link="'Sheet'!A1" if n > 3 else None)] for n in range(1, 5)]  # fmt: skip
    rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {}, added=[AddedSheet("疑点", rows, [], frozen=0)])
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[1]
    assert [cell.value for cell in sheet["A"]] == [
        '第"1"',
        '第"2"',
        '=HYPERLINK("#\'Sheet\'!A3","第""3""")',
        '=HYPERLINK("#\'Sheet\'!A4","第""4""")',
    ]
    assert sheet["B4"].value == "=HYPERLINK(\"#'Sheet'!A1\",4)"
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink] == ["A1", "A2"]


def test_more_rows_than_a_sheet_holds_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(added_sheets, "_MOST_ROWS", 2)
    book_with(tmp_path).save(tmp_path / "a.xlsx")
    with pytest.raises(OutputError) as error:
        rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {}, added=[AddedSheet("疑点", [["a"]] * 3, [])])
    assert error.value.zh == "工作表“疑点”超过 2 行，.xlsx 写不下；请用 --select 缩小范围，或改用 .csv、.jsonl 输出。"


def test_a_text_longer_than_a_cell_holds_is_cut_and_says_so(tmp_path):
    book_with(tmp_path).save(tmp_path / "a.xlsx")
    long = NewCell("𠮷" * 20_000, note="长" * 40_000)
    rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {PART: {9: {0: long}}})
    value = openpyxl.load_workbook(tmp_path / "b.xlsx").active["A9"].value
    assert (value, notes(tmp_path / "b.xlsx")["A9"]) == ("𠮷" * 16_383 + "…", "长" * 32_766 + "…")


@pytest.mark.parametrize("size", [1, 3, 17, 4096])
def test_the_outline_is_the_same_however_the_xml_is_cut(size):
    xml = b'<x:worksheet><x:cols/><x:sheetData ><x:row r="1"><x:c/></x:row></x:sheetData><x:pageMargins/></x:worksheet>'
    found = outline_of(xml[at : at + size] for at in range(0, len(xml), size))
    assert (found.head, found.tail, found.prefix) == (
        b"<x:worksheet><x:cols/><x:sheetData >",
        b"</x:sheetData><x:pageMargins/></x:worksheet>",
        b"x:",
    )

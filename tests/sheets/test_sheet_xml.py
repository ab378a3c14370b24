"""The fast scan of a sheet's XML and the parser come to the same marks, whatever the spelling."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.model.place import column_index
from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.marks import Odd, position
from fupin_cli.sheets.number_formats import Meaning
from fupin_cli.sheets.sheet_xml import SparseBoxError, parse_sheet_xml, scan_sheet_xml
from tests.sheets.parts import sheet_xml, with_rows

CELLS = [
    '<{p}c r="{r}"><{p}v>1</{p}v></{p}c>',
    '<{p}c r="{r}" s="1"/>',
    '<{p}c r="{r}" t="e"><{p}v>#N/A</{p}v></{p}c>',
    '<{p}c r="{r}" s="2" t="e"><{p}f>A1/0&amp;B1</{p}f><{p}v>#DIV/0!</{p}v></{p}c>',
    '<{p}c t="e" r="{r}"></{p}c>',
    '<{p}c r="{r}"><{p}f>A1&lt;2</{p}f></{p}c>',
    '<{p}c r="{r}"><{p}f>A1</{p}f><{p}v/></{p}c>',
    '<{p}c r="{r}"><{p}f>A1</{p}f><{p}v></{p}v></{p}c>',
    '<{p}c r="{r}" t="str"><{p}f>A1</{p}f><{p}v></{p}v></{p}c>',
    '<{p}c r="{r}" t="str"><{p}f>A1</{p}f></{p}c>',
    '<{p}c r="{r}"><{p}f>A1</{p}f><{p}v>7</{p}v></{p}c>',
    '<{p}c r="{r}"><{p}f t="array" ref="{r}">SUM(A1:A3)</{p}f></{p}c>',
    '<{p}c r="{r}"><{p}f t="shared" ref="A1:C9" si="0">$A1+B$2</{p}f></{p}c>',
    '<{p}c r="{r}"><{p}f t="shared" si="0"/></{p}c>',
    '<{p}c r="{r}" t="inlineStr"><{p}is><{p}t> t="e" hidden="1" &lt;f&gt; </{p}t></{p}is></{p}c>',
    '<{p}c r="{r}" s="1"><{p}v>0.05</{p}v></{p}c>',
    '<{p}c r="{r}" s="1"><{p}f>A1&lt;B1</{p}f><{p}v>0.07</{p}v></{p}c>',
    '<{p}c r="{r}" s="1"><{p}f>A1</{p}f></{p}c>',
    '<{p}c r="{r}" s="1"><{p}f t="shared" si="0"/><{p}v>0.5</{p}v></{p}c>',
    '<{p}c r="{r}" s="1" t="str"><{p}v>5%</{p}v></{p}c>',
    '<{p}c r="{r}" s="1" t="e"><{p}f>A1/0</{p}f></{p}c>',
    '<{p}c r="{r}" s="11"><{p}v>0.05</{p}v></{p}c>',
]
MEANINGS = (Meaning.NUMBER, Meaning.PERCENT, Meaning.DATE)
ROW = st.tuples(
    st.sampled_from(["", ' hidden="1"', ' ht="9" hidden="true"', ' hidden="0"']), st.lists(st.sampled_from(CELLS))
)


def draw(rows, prefix):
    body = ""
    for number, (attributes, cells) in enumerate(rows, 1):
        drawn = "".join(cell.format(p=prefix, r=f"{chr(65 + index)}{number}") for index, cell in enumerate(cells[:26]))
        body += f'<{prefix}row r="{number}"{attributes}>{drawn}</{prefix}row>'
    columns = f'<{prefix}cols><{prefix}col min="2" max="3" hidden="1"/><{prefix}col min="4" max="4"/></{prefix}cols>'
    return sheet_xml(body, prefix, before=columns, after=f"<{prefix}mergeCells/>").encode()


def told(marks):
    return marks.cells, marks.hidden_rows, marks.hidden_columns


@settings(deadline=None)
@given(rows=st.lists(ROW, max_size=6), prefix=st.sampled_from(["", "x:"]), block=st.sampled_from([64, 4 << 20]))
def test_both_ways_come_to_the_same_marks(rows, prefix, block):
    content = draw(rows, prefix)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fupin_cli.sheets.sheet_xml.BLOCK", max(block, 400))
        fast = scan_sheet_xml(lambda: io.BytesIO(content), MEANINGS)
    parsed = parse_sheet_xml(io.BytesIO(content), frozenset({"1"}))
    assert told(fast) == told(parsed)
    assert fast.rows >= parsed.rows
    assert fast.columns >= parsed.columns


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='2' hidden='1'><c r='B2' t='e'><v>#N/A</v></c></row>",
        '<row r="2" hidden="1"><!-- a remark --><c r="B2" t="e"><v>#N/A</v></c></row>',
        '<row r="2" hidden="1"><c r="B2" t="e"><v><![CDATA[#N/A]]></v></c></row>',
        '<row/><row hidden="1"><c/><c t="e"><v>#N/A</v></c></row>',
        '<row\n r="2"\n hidden="1"><c\n r="B2"\n t="e"><v>#N/A</v></c></row>',
    ],
)
def test_rare_spellings_are_understood(rows):
    marks = scan_sheet_xml(lambda: io.BytesIO(sheet_xml(rows).encode()))
    assert told(marks) == ({1: {1: Odd("#N/A", Kind.ERROR)}}, {1}, set())


def test_a_utf_16_sheet_is_understood():
    content = '<?xml version="1.0" encoding="UTF-16"?>' + sheet_xml('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>')
    marks = scan_sheet_xml(lambda: io.BytesIO(content.encode("utf-16")))
    assert marks.cells == {0: {0: Odd("#N/A", Kind.ERROR)}}


def test_a_formula_rich_sheet_with_prefixed_names_is_read(sketch, read, cells):
    path = with_rows(
        sketch("| 1 |"),
        '<x:row r="3" hidden="1"><x:c r="B3"><x:v>5</x:v></x:c><x:c r="C3" t="e"><x:v>#N/A</x:v></x:c></x:row>',
        prefix="x:",
    )
    (sheet,) = read(path)
    assert cells(sheet) == {(3, 1): ("5", Kind.NUMBER), (3, 2): ("#N/A", Kind.ERROR)}
    assert sheet.hidden_rows == {3}


def test_a_few_cells_far_apart_are_noticed_before_they_fill_the_memory():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(SparseBoxError, match="1048576 × 16384"):
        scan_sheet_xml(lambda: io.BytesIO(sheet_xml(rows).encode()))


def test_references_are_counted_from_nought():
    assert [position("A1"), position("AA10"), position("XFD1048576"), position("A0"), position("1A")] == [
        (0, 0),
        (9, 26),
        (1048575, 16383),
        None,
        None,
    ]
    assert column_index("O") == 14

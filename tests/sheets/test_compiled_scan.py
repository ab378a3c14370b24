"""The compiled scan of a block of rows sees what the one of numpy sees, or leaves the block to it."""

from datetime import date, timedelta

import numpy as np
import pytest
import wasmtime
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.block_cells import UnknownSpellingError
from fupin_cli.sheets.cell_scan import scan_rows
from fupin_cli.sheets.cell_texts import Laid, Reader, Reading, Workbook
from fupin_cli.sheets.compiled_scan import make_code, open_scans
from fupin_cli.sheets.day_views import day_views
from fupin_cli.sheets.number_formats import Meaning
from fupin_cli.sheets.shared_texts import SharedTexts
from fupin_cli.sheets.text_views import views_of_texts
from fupin_cli.sheets.words import PAD

VIEWS, MADE = views_of_texts(["甲".encode(), "超过十二个字节的文字".encode(), b""], 3)
BOOK = Workbook(
    SharedTexts(VIEWS, np.array([Kind.TEXT, Kind.TEXT, Kind.BLANK], np.uint8), (b"", MADE)),
    (Meaning.NUMBER, Meaning.DATE, Meaning.DURATION),
    from_1904=False,
)
ROW = (
    '<row r="{0}" spans="1:9"{1}><c r="A{0}" t="s"><v>1</v></c><c r="B{0}" s="1"><v>42491</v></c><c r="C{0}"><v>35909.06</v></c>'
    '<c r="E{0}" t="inlineStr"><is><t>王某</t></is></c><c r="F{0}" s="2"/><c r="AA{0}" t="b"><v>1</v></c>'
    '<c r="AB{0}" t="str"><f>A1&amp;"x"</f><v>甲乙丙丁戊己庚</v></c><c r="AC{0}" t="e"><v>#N/A</v></c></row>'
)


@pytest.fixture(scope="module")
def scan():
    (scan,) = open_scans(make_code(), BOOK, 1)
    return scan


def rows(*numbers):
    return "".join(ROW.format(number, "") for number in numbers)


def padded(text):
    return text.encode() + bytes(PAD)


def cells_of(laid):
    """The numbers of the rows and hidden rows, and {(row, column): (text, kind)} of what is not blank."""
    reading = Reading(Reader(BOOK), laid)
    reading.finish()
    width, count = reading.shape
    views, kinds = reading.views.reshape(width, count, 2), reading.kinds.reshape(width, count)
    found = {}
    for column, row in np.argwhere(kinds).tolist():
        found[row, column] = (text_of(views[column, row], reading.blocks), int(kinds[column, row]))
    return laid.cells.span, laid.cells.numbers.tolist(), laid.cells.hidden, found


def text_of(view, blocks):
    length = int(view[0]) & 0xFFFFFFFF
    if length <= 12:
        return view.tobytes()[4 : 4 + length].decode()
    block, start = int(view[1]) & 0xFFFFFFFF, int(view[1]) >> 32
    return bytes(blocks[block][start : start + length]).decode()


def test_usual_cells_are_laid_and_none_is_left(scan):
    laid = scan.lay(padded(rows(3) + '<row r="4" hidden="1"/>' + rows(7)))
    assert laid.cells.row.size == 0
    span, numbers, hidden, found = cells_of(laid)
    assert (span, numbers, hidden) == ((3, 7), [3, 7], [4])
    assert {column: told for (row, column), told in found.items() if row == 1} == {
        0: ("超过十二个字节的文字", Kind.TEXT),
        1: ("2016-05-01", Kind.DATE),
        2: ("35909.06", Kind.NUMBER),
        4: ("王某", Kind.TEXT),
        26: ("TRUE", Kind.BOOLEAN),
        27: ("甲乙丙丁戊己庚", Kind.TEXT),
        28: ("#N/A", Kind.ERROR),
    }


@pytest.mark.parametrize(
    "cell", ['<c r="A3"><v>1E5</v></c>', '<c r="A3" t="str"><v>a&amp;b</v></c>', '<c r="A3" cm="1"/>']
)
def test_a_cell_of_another_spelling_is_left_and_the_others_are_laid(scan, cell):
    laid = scan.lay(padded(f'<row r="3">{cell}<c r="B3"><v>2</v></c></row>'))
    assert laid.cells.column.tolist() == [0]
    assert cells_of(laid)[3][0, 1] == ("2", Kind.NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        "<row><c><v>1</v></c></row>",
        '<row r="3"><!-- --><c r="A3"/></row>',
        '<row r="3"><c r="A4"/></row>',
        '<row r="3"><c r="B3"/><c r="A3"/></row>',
        '<row r="3"><c r="A3" t="s"><v>3</v></c></row>',
        '<row r="4"/><row r="3"/>',
        '<row r="3"><c r="A3"/></row>text',
        '<row r="3"><c r="A3"/>',
    ],
)
def test_a_block_that_is_not_understood_is_left_whole(scan, text):
    assert scan.lay(padded(text)) is None


def test_a_block_of_more_rows_than_its_first_lets_expect_is_laid_whole(scan):
    wide = rows(1).replace("</row>", '<c r="AD1" t="str"><v>{}</v></c></row>'.format("长" * 3000))
    short = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(2, 2000))
    _, numbers, _, found = cells_of(scan.lay(padded(wide + short)))
    assert numbers == list(range(1, 2000))
    assert found[1998, 0] == ("1999", Kind.NUMBER)


def test_a_text_that_is_no_utf_8_is_for_another_reader(scan):
    laid = scan.lay(rows(3).encode().replace("王某".encode(), b"\xcd\xf5") + bytes(PAD))
    with pytest.raises(UnknownSpellingError):
        Reading(Reader(BOOK), laid)


@pytest.mark.parametrize("part", ["Module.from_file", "Store"])
def test_where_the_system_lets_no_code_be_made_there_is_no_scan(monkeypatch, part):
    def refused(*_):
        raise wasmtime.WasmtimeError("mmap failed")

    monkeypatch.setattr(f"wasmtime.{part}", refused)
    assert open_scans(make_code(), BOOK, 2) == []


@settings(max_examples=100, deadline=None)
@given(
    places=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from('<>/"= \nrcvtsf&_x0129.-AZ')), max_size=4
    ),
    attributes=st.sampled_from(["", ' hidden="1"', ' ht="14.25" hidden="false"', ' x14ac:dyDescent="0.2"']),
)
def test_whatever_is_laid_of_a_spoiled_block_is_what_numpy_sees(scan, places, attributes):
    text = list(rows(2) + ROW.format(3, attributes) + rows(11))
    for place, character in places:
        text[int(place * len(text))] = character
    block = padded("".join(text))
    laid = scan.lay(block)
    if laid is not None:
        assert seen(lambda: Laid.blank(scan_rows(block))) in (seen(lambda: laid), None)


def seen(laid):
    try:
        return cells_of(laid())
    except UnknownSpellingError:
        return None


@pytest.mark.parametrize("from_1904", [False, True])
def test_the_views_of_whole_days_are_their_dates_one_by_one(from_1904):
    views, first = day_views(from_1904=from_1904)
    begin = date(1904, 1, 2) if from_1904 else date(1900, 3, 1)
    texts = [(begin + timedelta(number)).isoformat().encode() for number in range(len(views))]
    assert (texts[-1], first) == (b"2099-12-31", 1 if from_1904 else 61)
    assert np.array_equal(views, views_of_texts(texts, 0)[0])

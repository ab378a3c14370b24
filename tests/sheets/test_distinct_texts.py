"""The distinct texts of a column that a scan counts are those of its cells, or it says that it does not know them."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.cell_texts import Workbook
from fupin_cli.sheets.compiled_scan import make_code, open_scans
from fupin_cli.sheets.distinct_texts import COLUMNS, MOST, distinct_texts
from fupin_cli.sheets.shared_texts import OWN_BLOCKS, SharedTexts
from fupin_cli.sheets.text_views import views_of_texts
from fupin_cli.sheets.words import PAD

TEXTS = ["甲", "超过十二个字节的文字", "", "甲", *map(str, range(MOST + 10))]
VIEWS, MADE = views_of_texts([text.encode() for text in TEXTS], OWN_BLOCKS)
SHARED = SharedTexts(VIEWS, np.where(VIEWS[:, 0] != 0, Kind.TEXT, Kind.BLANK).astype(np.uint8), (MADE,))


@pytest.fixture
def scans():
    return open_scans(make_code(), Workbook(SHARED, (), from_1904=False), 2)


def block(first, rows):
    """Rows from `first` on, each {reference letters: shared number or the XML behind the reference}."""
    drawn = ""
    for row, cells in enumerate(rows, first):
        told = {
            letters: f' t="s"><v>{cell}</v></c>' if isinstance(cell, int) else cell for letters, cell in cells.items()
        }
        drawn += (
            f'<row r="{row}">' + "".join(f'<c r="{letters}{row}"{cell}' for letters, cell in told.items()) + "</row>"
        )
    return drawn.encode() + bytes(PAD)


def texts(scans, *text_cells):
    kinds = [(0, cells, 0, 0, 0, 0, 0) for cells in text_cells]
    return distinct_texts([scan.counts for scan in scans], SHARED, kinds)


def test_texts_are_counted_over_blocks_and_scans_and_equal_ones_together(scans):
    scans[0].lay(block(1, [{"A": 0, "B": 2}, {"A": 1}]))
    scans[0].lay(block(3, [{"A": 3, "B": 1}]))
    scans[1].lay(block(4, [{"A": 0}, {"A": 3, "B": 1}]))
    assert texts(scans, 5, 2, 0) == ({"甲": 4, "超过十二个字节的文字": 1}, {"超过十二个字节的文字": 2}, {})


@pytest.mark.parametrize(
    "cell", [' t="inlineStr"><is><t>x</t></is></c>', ' t="str"><v>a&amp;b</v></c>', "><v>abc</v></c>"]
)
def test_a_column_with_a_text_that_is_not_shared_is_not_known(scans, cell):
    scans[0].lay(block(1, [{"A": 0, "B": 0}, {"A": cell, "B": 0}]))
    assert texts(scans, 2, 2) == (None, {"甲": 2})


def test_a_column_with_too_many_texts_is_not_known(scans):
    numbers = range(4, 4 + MOST + 1)
    scans[0].lay(block(1, [{"A": number, "B": min(number, 3 + MOST)} for number in numbers]))
    first, second = texts(scans, MOST + 1, MOST + 1)
    assert first is None
    assert len(second) == MOST
    scans[1].lay(block(MOST + 2, [{"B": 4 + MOST}]))
    assert texts(scans, MOST + 1, MOST + 2) == (None, None)


def test_only_the_first_columns_are_counted(scans):
    scans[0].lay(block(1, [{"A": 0, "SR": 0, "SS": 0}]))
    told = texts(scans, 1, *[0] * (COLUMNS - 2), 1, 1, 0)
    assert (told[0], told[COLUMNS - 1], told[COLUMNS], told[COLUMNS + 1]) == ({"甲": 1}, {"甲": 1}, None, {})


def test_rows_of_a_block_that_is_scanned_twice_are_counted_once(scans):
    long = f' t="str"><v>{"长" * 3000}</v></c>'
    assert scans[0].lay(block(1, [{"A": 0, "B": long}, *[{"A": 1}] * 2000])).cells.numbers.size == 2001
    assert texts(scans[:1], 2001, 1) == ({"甲": 1, "超过十二个字节的文字": 2000}, None)


def test_nothing_is_told_when_a_block_was_for_another_reader(scans):
    scans[0].lay(block(1, [{"A": 0}]))
    assert scans[1].lay(b"<row><c><v>1</v></c></row>" + bytes(PAD)) is None
    assert scans[1].counts is None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.dictionaries(st.sampled_from("ABCD"), st.integers(0, len(TEXTS) - 1)), max_size=40),
    cut=st.integers(0, 40),
)
def test_any_grid_of_shared_texts_is_counted_as_it_is(rows, cut):
    scans = open_scans(make_code(), Workbook(SHARED, (), from_1904=False), 2)
    rows = [dict(sorted(row.items())) for row in rows]
    for scan, part in zip(scans, (rows[:cut], rows[cut:]), strict=True):
        if part:
            scan.lay(block(1, part))
    columns = [[TEXTS[row[letter]] for row in rows if letter in row and TEXTS[row[letter]]] for letter in "ABCD"]
    expected = tuple({text: column.count(text) for text in column} for column in columns)
    assert texts(scans, *map(len, columns)) == expected

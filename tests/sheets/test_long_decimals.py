"""A long decimal that is a short one in truth gets its shortest text; of others nothing is said. In C it is the same."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fupin_cli.sheets.cell_texts import Workbook
from fupin_cli.sheets.compiled_scan import make_code, open_scans
from fupin_cli.sheets.grid import numbers_as_text
from fupin_cli.sheets.long_decimals import LONGEST, short_views
from fupin_cli.sheets.plain_numbers import are_plain
from fupin_cli.sheets.shared_texts import NO_TEXTS
from fupin_cli.sheets.words import PAD, pairs_of, two_words


def short(texts):
    bytes_ = np.frombuffer(b"".join(text.encode()[:LONGEST].ljust(LONGEST, b"<") for text in texts), np.uint8)
    views, known = short_views(bytes_.reshape(-1, LONGEST), np.array([len(text) for text in texts], np.int64))
    found = [view.tobytes()[4 : 4 + (int(view[0]) & 0xFF)].decode() for view in views[known]]
    return dict(zip(np.array(texts, object)[known], found, strict=True))


@pytest.fixture(scope="module")
def scan():
    return open_scans(make_code(), Workbook(NO_TEXTS, (), from_1904=False), 1)[0]


def compiled(scan, texts):
    """Those that the compiled scan does not leave, in the same form."""
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{text}</v></c></row>' for row, text in enumerate(texts, 1))
    laid = scan.lay(rows.encode() + bytes(PAD))
    kept = np.ones(len(texts), np.bool_)
    kept[laid.cells.row] = False
    found = [view.tobytes()[4 : 4 + (int(view[0]) & 0xFF)].decode() for view in laid.views[kept]]
    return dict(zip(np.array(texts, object)[kept], found, strict=True))


def is_plain(text):
    padded = text.encode() + bytes(16)
    return bool(are_plain(two_words(pairs_of(padded)[:1]), np.array([len(text)]))[0])


def seventeen(value):
    """As Excel writes it."""
    return np.format_float_positional(float(f"{value:.16e}"), unique=False, precision=17, fractional=False, trim="-")


def test_amounts_of_money_as_excel_writes_them_are_shortened():
    written = {"1.1000000000000001": "1.1", "35909.059999999998": "35909.06", "-82.489999999999995": "-82.49"}
    assert short(list(written)) == written


def test_nothing_is_said_of_what_is_no_long_decimal_or_needs_all_its_digits():
    assert (
        short(["0.30000000000000004", "123456789012345678", "1.1", "1.1000000000000001E5", "1.10000000000000.1", "x.1"])
        == {}
    )
    assert short(["1.1000000000000001 ", "-.1000000000000001", "1234567890123456.", "0.0000000000000000"]) == {}


def test_nothing_is_said_where_doubles_lie_closer_below_a_power_of_two():
    assert short(["0.50000000000000011", "0.49999999999999994"]) == {}


@given(st.lists(st.decimals(-(10**7), 10**7, places=2), min_size=1, max_size=40))
def test_any_amount_of_money_is_its_shortest_text_or_left(amounts):
    texts = [seventeen(float(amount)) for amount in amounts]
    for text, told in short(texts).items():
        assert numbers_as_text([float(text)]) == [told]


@given(st.lists(st.from_regex(r"-?[0-9]{1,6}\.[0-9]{9,17}", fullmatch=True), min_size=1, max_size=40))
@example(["9007199254740.993", "0.12345678901234567", "999999999999999.94", "99999.999999999999"])
def test_any_long_decimal_is_its_shortest_text_or_left(texts):
    for text, told in short(texts).items():
        assert numbers_as_text([float(text)]) == [told]


@given(st.lists(st.floats(0.001, 10**9), min_size=1, max_size=40), st.integers(-3, 3))
def test_neighbours_of_a_short_decimal_are_not_taken_for_it(values, steps):
    texts = []
    for value in values:
        near = float(f"{value:.6g}")
        for _ in range(abs(steps)):
            near = float(np.nextafter(near, np.inf if steps > 0 else -np.inf))
        texts.append(seventeen(near))
    for text, told in short(texts).items():
        assert float(told) == float(text)


@given(
    st.lists(
        st.from_regex(r"-?[0-9]{0,9}\.?[0-9]{0,18}", fullmatch=True) | st.floats(0.001, 10**7).map(seventeen),
        max_size=30,
    )
)
@example(
    ["9007199254740.993", "1.1000000000000001", "999999999999999.94", "-82.489999999999995", "0.50000000000000011"]
)
def test_the_compiled_scan_says_the_same_of_any_long_decimal(scan, texts):
    long = [text for text in dict.fromkeys(texts) if not is_plain(text)]
    assert compiled(scan, long) == short(long)

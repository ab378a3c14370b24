"""A number that is left as the XML writes it is the shortest text of that number."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fupin_cli.sheets.grid import numbers_as_text
from fupin_cli.sheets.plain_numbers import are_plain
from fupin_cli.sheets.words import PAD, pairs_of, two_words

DIGITS = st.text("0123456789", min_size=1, max_size=12)
WRITTEN = st.one_of(
    st.text("0123456789.-+eE", max_size=20),
    st.builds("{}{}.{}".format, st.sampled_from(["", "-"]), DIGITS, DIGITS),
    st.builds("{}{}".format, st.sampled_from(["", "-"]), DIGITS),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
)


def plain(texts):
    block = "|".join(texts).encode() + bytes(PAD)
    lengths = np.array([len(text) for text in texts], np.int64)
    start = np.cumsum(lengths + 1) - lengths - 1
    return are_plain(two_words(pairs_of(block)[start]), lengths).tolist()


@given(st.lists(WRITTEN, min_size=1, max_size=30))
def test_what_is_plain_needs_no_rewriting(texts):
    for text, is_plain in zip(texts, plain(texts), strict=True):
        assert not is_plain or numbers_as_text([float(text)]) == [text]


@given(st.lists(st.integers(-(10**14), 10**14), min_size=1))
def test_whole_numbers_are_plain(numbers):
    assert all(plain([str(number) for number in numbers]))


@given(st.lists(st.decimals(-99_999, 99_999, places=2), min_size=1))
def test_amounts_of_money_are_plain(amounts):
    texts = [format(amount.normalize(), "f") for amount in amounts if amount]
    assert not texts or all(plain(texts))

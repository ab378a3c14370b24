"""Lines of a given width, Chinese counted as two columns."""

from hypothesis import given
from hypothesis import strategies as st

from fupin_cli.reports.wrapping import width, wrap


def test_a_chinese_character_takes_two_columns_and_a_letter_one():
    assert width("张*三 O12") == 9


def test_chinese_text_breaks_between_any_two_characters():
    assert wrap("家庭人均纯收入低于收入线", 10) == ["家庭人均纯", "收入低于收", "入线"]


def test_a_closing_sign_does_not_begin_a_line():
    assert wrap("家庭人均纯，收入", 10) == ["家庭人均", "纯，收入"]


def test_an_opening_sign_does_not_end_a_line():
    assert wrap("家庭人均“收入”", 9) == ["家庭人均", "“收入”"]


def test_a_western_word_stays_whole():
    assert wrap("see report.xlsx for all", 12) == ["see", "report.xlsx", "for all"]


def test_a_word_longer_than_a_line_is_cut():
    assert wrap("110105194912310021", 8) == ["11010519", "49123100", "21"]


def test_line_breaks_of_the_text_stay():
    assert wrap("一\n\n二", 10) == ["一", "", "二"]


@given(st.text(alphabet="收入线abc 12，。“”（）\u0301", max_size=60), st.integers(4, 30))
def test_no_line_is_wider_than_asked_and_no_character_is_lost(text, columns):
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())

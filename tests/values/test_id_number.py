"""Identity numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from fupin_cli.values.id_number import birth_date, check_character, passes, sex, upgrade_15


@given(st.text(alphabet="0123456789", min_size=17, max_size=17))
def test_the_check_character_is_the_one_a_second_library_computes(body):
    assert check_character(body) == ric.calc_check_digit(body + "0")


@given(st.text(max_size=20))
def test_no_text_stops_a_number_from_being_looked_at(text):
    assert check_character(text) is None or text.isdecimal()
    assert passes(text) in (True, False)
    assert birth_date(text) is None or isinstance(birth_date(text), date)
    assert sex(text) in ("男", "女", None)
    assert upgrade_15(text) is None or len(upgrade_15(text)) == 18


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("11010519491231002X", True),
        ("11010519491231002x", False),
        ("110105194912310021", False),
        ("1101051949123100", False),
        ("11010519491231002X44", False),
        ("", False),
    ],
)
def test_a_number_passes_by_its_check_character(number, good):
    assert passes(number) is good


def test_a_birth_date_that_never_was_is_none():
    assert birth_date("110105194902300021") is None


def test_birth_date_and_sex_are_read_from_numbers_of_15_18_and_20_characters():
    assert [birth_date(number) for number in ("110105491231002", "11010519491231002X", "11010519491231002X44")] == [
        date(1949, 12, 31)
    ] * 3
    assert [sex(number) for number in ("110105491231002", "110105194912310031", "无")] == ["女", "男", None]


def test_an_old_number_gains_its_century_and_check_character():
    assert upgrade_15("110105491231002") == "11010519491231002X"


def test_an_old_number_of_a_centenarian_gains_the_century_before():
    assert upgrade_15("990101951231998")[:10] == "9901011895"

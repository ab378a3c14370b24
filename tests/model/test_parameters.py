"""Which value of a parameter is in force, and what is said when none is."""

from datetime import date

import pytest

from fupin_cli.model.parameters import missing_sentence, value_at
from fupin_cli.model.rule import Parameter, Value

NEW_YEAR, END = date(2018, 1, 1), date(2018, 12, 31)


def line(*values: Value) -> Parameter:
    return Parameter("收入线", "元/人·年", values)


def found(parameter: Parameter, day: date, place: str | None, tier: str = "") -> float | str | None:
    value = value_at(parameter, day, place, tier)
    return value.value if value else None


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2017, 12, 31), None), (NEW_YEAR, 3609), (END, 3609), (date(2019, 1, 1), None)],
)
def test_the_first_and_the_last_day_of_a_value_are_included(day: date, expected: int | None) -> None:
    assert found(line(Value(3609, NEW_YEAR, END, "37")), day, "371602") == expected


def test_a_province_says_nothing_of_its_neighbour() -> None:
    assert found(line(Value(3609, NEW_YEAR, END, "37")), END, "130123") is None


def test_the_longest_place_wins() -> None:
    parameter = line(Value(1, NEW_YEAR), Value(2, NEW_YEAR, place="37"), Value(3, NEW_YEAR, place="371602"))

    assert [found(parameter, END, place) for place in ("11", "370102", "371602")] == [1, 2, 3]


def test_a_place_known_less_closely_than_the_values_differ_has_none() -> None:
    parameter = line(Value(2, NEW_YEAR), Value(3, NEW_YEAR, place="62"))

    assert [found(parameter, END, place) for place in (None, "11", "62")] == [None, 2, 3]


def test_a_place_not_known_has_the_value_that_holds_everywhere() -> None:
    assert found(line(Value(6, NEW_YEAR), Value(6, NEW_YEAR, place="37")), END, None) == 6


def test_a_value_with_a_tier_answers_only_the_call_that_names_it() -> None:
    parameter = line(Value(2995, NEW_YEAR, END, tier="国家标准"))

    assert (found(parameter, END, "37"), found(parameter, END, "37", "国家标准")) == (None, 2995)


def test_a_value_given_by_the_user_answers_every_tier() -> None:
    parameter = line(Value(4000, date.min, tier="*"))

    assert (found(parameter, END, None), found(parameter, END, "37", "省定标准")) == (4000, 4000)


def test_an_open_value_ends_where_the_next_begins() -> None:
    parameter = line(Value(1, date(2014, 1, 1)), Value(2, NEW_YEAR, END))

    assert [found(parameter, day, None) for day in (date(2017, 12, 31), END, date(2019, 1, 1))] == [1, 2, None]


def test_the_sentence_names_the_years_there_are() -> None:
    parameter = line(Value(3527, date(2017, 1, 1), date(2017, 12, 31), "37"), Value(3609, NEW_YEAR, END, "37"))

    assert missing_sentence(parameter, date(2016, 12, 31), "37") == (
        "无法判断：山东省 2016 年没有“收入线”的值；有 2017、2018 的。可用 --set 收入线=数值 给出",
        "cannot tell: no 收入线 for 山东省 2016; there are 2017, 2018. Give one with --set 收入线=VALUE",
    )


def test_the_sentence_names_the_tiers_when_there_are_no_others() -> None:
    parameter = line(Value(2995, NEW_YEAR, END, tier="国家标准"))

    assert missing_sentence(parameter, END, None)[1] == (
        "cannot tell: no 收入线 for a place not known 2018; there are values by tier only: 国家标准."
        " Give one with --set 收入线=VALUE"
    )


def test_the_sentence_asks_for_the_county_where_values_differ_within_the_place() -> None:
    parameter = line(Value(2, NEW_YEAR), Value(3, NEW_YEAR, place="62"))

    assert missing_sentence(parameter, END, None)[1] == (
        "cannot tell: no 收入线 for a place not known 2018; it differs within that place: name the county with --region."
        " Give one with --set 收入线=VALUE"
    )


def test_the_sentence_says_when_nothing_is_known_at_all() -> None:
    assert missing_sentence(line(), END, "37", tier="市定标准")[0] == (
        "无法判断：山东省 2018 年没有“收入线”（市定标准）的值；没有任何来源给出过数值。可用 --set 收入线=数值 给出"
    )


def test_the_sentence_says_when_the_place_has_none_in_any_year() -> None:
    assert missing_sentence(line(Value(1, NEW_YEAR, END, "37")), END, "11")[1] == (
        "cannot tell: no 收入线 for 北京市 2018; there are none for that place in any year."
        " Give one with --set 收入线=VALUE"
    )

"""The rules that come with fupin: every number has a source, no two claim one day, and the whole loads quickly."""

import re
import time
from datetime import date
from pathlib import Path

import pytest

from fupin_cli.model.parameters import claim_the_same_day, value_at
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.rules import load_rulebook
from fupin_cli.values import regions


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rulebook()


def test_every_value_says_what_it_rests_on(book: RuleBook) -> None:
    bare = [
        (parameter.name, value.since)
        for parameter in book.parameters.values()
        for value in parameter.values
        if not (value.basis.document and value.basis.says) and not value.basis.convention
    ]
    assert bare == []


def test_every_document_of_a_value_carries_the_tag_of_its_source(book: RuleBook) -> None:
    untagged = [
        (parameter.name, value.basis.document)
        for parameter in book.parameters.values()
        for value in parameter.values
        if value.basis.document and not value.basis.document.endswith("]")
    ]
    assert untagged == []


def test_no_two_values_of_a_place_and_tier_claim_one_day(book: RuleBook) -> None:
    rivals = [
        (parameter.name, value.since, other.since)
        for parameter in book.parameters.values()
        for number, value in enumerate(parameter.values)
        for other in parameter.values[:number]
        if claim_the_same_day(value, other)
    ]
    assert rivals == []


def test_every_place_of_a_value_or_profile_has_a_name(book: RuleBook) -> None:
    places = {value.place for parameter in book.parameters.values() for value in parameter.values if value.place}
    places |= {profile.region for profile in book.profiles.values() if profile.region}

    assert [place for place in sorted(places) if regions.name(place) is None] == []


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("130123", "正定县"), ("350121", "闽侯县"), ("350526", "德化县"), ("360703", "南康区"), ("371323", "沂水县"),
        ("371428", "武城县"), ("430921", "南县"), ("451223", "凤山县"), ("530402", "红塔区"), ("6106", "延安市"),
        ("611025", "镇安县"), ("5223", "黔西南布依族苗族自治州"),
    ],
)  # fmt: skip
def test_the_codes_of_sourced_places_are_theirs(place: str, name: str) -> None:
    assert str(regions.name(place)).endswith(name)


@pytest.mark.parametrize(
    ("day", "place", "tier", "expected"),
    [
        (date(2018, 12, 31), "371602", "", 3609),
        (date(2017, 12, 31), "371602", "省定标准", 3527),
        (date(2016, 12, 31), "371602", "", None),  # not found: 3402 is hearsay
        (date(2018, 12, 31), "371602", "国家标准", 2995),
        (date(2017, 12, 31), "371602", "国家标准", None),  # 2952 is hearsay
        (date(2020, 12, 31), "620100", "", 4000),
        (date(2020, 12, 31), "371602", "", None),
        (date(2017, 6, 30), "522301", "", 3335),
        (date(2018, 12, 31), "440901", "", None),  # Guangdong: entry and exit differ, so only by tier
        (date(2019, 12, 31), "990101", "", 3540),
    ],
)
def test_the_income_line_of_a_year_and_place(
    book: RuleBook, day: date, place: str, tier: str, expected: int | None
) -> None:
    value = value_at(book.parameters["收入线"], day, place, tier)

    assert (value.value if value else None) == expected


@pytest.mark.parametrize(
    ("year", "place", "expected"),
    [
        (2022, "210102", 7260),
        (2023, "420102", 7600),
        (2021, "370102", None),
        (2025, "620102", 8600),
        (2026, "62", None),
    ],
)
def test_the_monitoring_range_of_a_year_and_place(book: RuleBook, year: int, place: str, expected: int | None) -> None:
    value = value_at(book.parameters["监测范围"], date(year, 12, 31), place)

    assert (value.value if value else None) == expected


def test_a_profile_without_a_stated_place_says_so_in_its_title(book: RuleBook) -> None:
    local = [profile for profile in book.profiles.values() if profile.region is None and profile.items]

    assert [profile.name for profile in local if "没有写明地方" not in profile.title] == []


def test_a_profile_file_is_named_after_its_profile(book: RuleBook) -> None:
    assert [
        profile.name for profile in book.profiles.values() if profile.file and profile.file.stem != profile.name
    ] == []


def test_a_parameter_file_is_named_after_its_parameter(book: RuleBook) -> None:
    assert [one.name for one in book.parameters.values() if one.file and one.file.stem != one.name] == []


def test_the_shipped_rules_load_within_two_seconds() -> None:
    start = time.perf_counter()
    load_rulebook()

    assert time.perf_counter() - start < 2


def test_every_tag_leads_to_a_page_of_docs_sources(book: RuleBook) -> None:
    text = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| ((?:seed|[EN])\d+[a-f]?) \|", text, re.MULTILINE))
    bases = [value.basis for parameter in book.parameters.values() for value in parameter.values]
    bases += [profile.basis for profile in book.profiles.values()]

    tags = {
        tag for basis in bases for tag in re.findall(r"\[((?:seed|[EN])\d+[a-f]?)\]", basis.document + basis.convention)
    }

    assert sorted(tags - told) == []
    assert len(tags) > 30

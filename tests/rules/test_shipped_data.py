"""The rules that come with fupin: every number has a source, no two claim one day, and the whole loads quickly."""

import re
from datetime import date
from pathlib import Path

import pytest

from fupin_cli.language.functions import OLD
from fupin_cli.model.parameters import claim_the_same_day, value_at
from fupin_cli.model.rule import Basis
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
        (date(2016, 6, 30), "130402", "", 2855),  # the source calls it the province's
        (date(2017, 6, 30), "130402", "", None),
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
    nowhere = [profile for profile in book.profiles.values() if profile.region is None and profile.items]

    assert [one.name for one in nowhere if "没有写明地方" not in one.title and "全国" not in one.title] == []


def test_a_profile_file_is_named_after_its_profile(book: RuleBook) -> None:
    assert [
        profile.name for profile in book.profiles.values() if profile.file and profile.file.stem != profile.name
    ] == []


def test_a_parameter_file_is_named_after_its_parameter(book: RuleBook) -> None:
    assert [one.name for one in book.parameters.values() if one.file and one.file.stem != one.name] == []


_TAG = r"\[((?:seed|[ENC])\d+[a-f]?)\]"


def tags_told() -> set[str]:
    text = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| ((?:seed|[EN])\d+[a-f]?) \|", text, re.MULTILINE))


def unsourced(basis: Basis) -> bool:
    """Tell whether a basis is neither a convention nor a document with the tag of a page we know."""
    if basis.convention:
        return bool(basis.document)
    tags = re.findall(_TAG, basis.document)
    known = tags_told() | {tag for tag in tags if tag.startswith("C")}  # docs/sources.md tells of the C tags as one
    return not (basis.says and tags and known.issuperset(tags))


def test_every_value_and_every_profile_names_a_source_or_says_it_is_a_convention(book: RuleBook) -> None:
    values = [(one.name, value.basis) for one in book.parameters.values() for value in one.values]
    profiles = [(one.name, one.basis) for one in book.profiles.values()]

    assert [name for name, basis in (*values, *profiles) if unsourced(basis)] == []
    assert len(profiles) > 40


@pytest.mark.parametrize(
    "basis",
    [
        Basis(), Basis("某文件", "有车的不纳入"), Basis("某文件 [N999]", "有车的不纳入"), Basis("某文件 [N39]"),
        Basis("某文件 [N39]", "有车的不纳入", "本县的做法"),
    ],
)  # fmt: skip
def test_a_basis_without_a_known_page_is_noticed(basis: Basis) -> None:
    assert unsourced(basis)


def test_every_item_of_a_profile_is_of_a_rule_that_stands(book: RuleBook) -> None:
    items = [(one.name, item.rule) for one in book.profiles.values() for item in one.items]

    assert [(name, rule) for name, rule in items if rule not in book.rules] == []
    assert {rule.id for rule in book.rules.values() if rule.profile_item} - {rule for _, rule in items} == set()


def test_no_parameter_of_a_profile_is_a_number_the_rule_book_has_for_its_day_and_place(book: RuleBook) -> None:
    said_twice = [
        (one.name, name)
        for one in book.profiles.values()
        for name in one.parameters
        if one.as_of and value_at(book.parameters[name], one.as_of, one.region)
    ]

    assert said_twice == []


@pytest.mark.parametrize(
    ("profile", "parameter", "expected"),
    [
        ("河北-2015", "收入线", 2855), ("山东-2017", "收入线", 3527), ("山东-2018", "收入线", 3609),
        ("江苏-2015", "收入线", 4000), ("江苏-2018", "收入线", 6000), ("江苏-2020", "收入线", 6000),
        ("甘肃-2020", "收入线", 4000), ("黔西南-2017", "收入线", 3335), ("监测-南县-2020", "监测范围", 5000),
        ("监测-延安-2021", "监测范围", 6000), ("监测-镇安-2021", "监测范围", 6000), ("监测-辽宁-2021", "监测范围", 6600),
        ("监测-辽宁-2022", "监测范围", 7260), ("监测-湖北-2023", "监测范围", 7600), ("监测-闽侯-2023", "监测范围", 10560),
        ("监测-德化-2024", "监测范围", 19560), ("监测-南康-2024", "监测范围", 8500), ("监测-云南-2025", "监测范围", 8700),
        ("监测-甘肃-2025", "监测范围", 8600), ("监测-安徽-2021", "监测最短月数", 6),
    ],
)  # fmt: skip
def test_the_line_of_a_profiles_day_and_place(book: RuleBook, profile: str, parameter: str, expected: int) -> None:
    one = book.profiles[profile]
    value = value_at(book.parameters[parameter], one.as_of or date.max, one.region)

    assert value is not None
    assert value.value == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2014, 2800), (2015, 2855), (2016, 2952), (2017, None), (2018, 2995), (2019, 3218), (2020, None)],
)
def test_the_national_line_of_a_year(book: RuleBook, year: int, expected: int | None) -> None:
    one = book.profiles[f"national-{year}"]
    value = value_at(book.parameters["收入线"], one.as_of or date.max, one.region, "国家标准")

    assert (one.as_of, one.region) == (date(year, 12, 31), None)
    assert (value.value if value else None) == expected


@pytest.mark.parametrize(("year", "expected"), [(2016, 6433), (2017, 6883), (2018, 7365)])
def test_guangdong_has_one_line_for_entry_and_one_for_exit_and_none_for_both(
    book: RuleBook, year: int, expected: int
) -> None:
    one, line = book.profiles[f"广东-{year}"], book.parameters["收入线"]
    day = one.as_of or date.max

    values = [value_at(line, day, one.region, tier) for tier in ("", "有劳动力户退出", "相对贫困识别（2014年不变价）")]

    assert [value.value if value else None for value in values] == [None, expected, 4000]


def test_every_tag_leads_to_a_page_of_docs_sources(book: RuleBook) -> None:
    told = tags_told()
    bases = [value.basis for parameter in book.parameters.values() for value in parameter.values]
    bases += [profile.basis for profile in book.profiles.values()]

    tags = {
        tag for basis in bases for tag in re.findall(r"\[((?:seed|[EN])\d+[a-f]?)\]", basis.document + basis.convention)
    }

    assert sorted(tags - told) == []
    assert len(tags) > 30


def test_the_registry_and_the_lists_take_the_same_15_digits_for_an_old_number(book: RuleBook) -> None:
    (told,) = book.dictionary.derived["旧号"].alternatives
    assert f"匹配(证件号码, '{OLD}')" in told

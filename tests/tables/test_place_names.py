"""Names of places in their normal form: what is one place, and what is not."""

import pytest

from fupin_cli.tables.counties import counties_of
from fupin_cli.tables.place_names import COUNTY_TAIL, TOWN_TAIL, by_tail, village_name


@pytest.mark.parametrize(
    "written",
    [
        "柳湾",
        "柳湾村",
        " 柳 湾 村 ",
        "柳湾行政村",
        "柳湾村委会",
        "柳湾村民委员会",
        "柳湾村村民委员会",
        "清溪镇柳湾村",
        "样例县清溪镇柳湾村",
    ],
)
def test_a_village_is_one_whatever_stands_around_its_name(written):
    assert village_name(written, ("样例省", None, "样例县", "清溪镇")) == "柳湾"


@pytest.mark.parametrize(
    "written", ["柳湾社区", "柳湾居委会", "柳湾社区居委会", "柳湾社区居民委员会", "柳湾居民委员会"]
)
def test_a_community_is_another_place_than_a_village_of_its_name(written):
    assert village_name(written, ("清溪镇",)) == "柳湾社区"


@pytest.mark.parametrize(
    ("written", "wider", "name"),
    [
        ("", (), None),
        (None, (), None),
        ("  ", (), None),
        ("村", (), "村"),
        ("社区", (), "社区"),
        ("清溪镇村", ("清溪镇",), "清溪镇"),
        ("清溪口村", ("清溪",), "清溪口"),
        ("清溪村", ("清溪镇",), "清溪"),
    ],
)
def test_a_name_is_never_cut_to_nothing(written, wider, name):
    assert village_name(written, wider) == name


def test_a_tail_falls_away_only_where_no_other_tail_stands_with_the_name():
    assert by_tail(["清溪", "清溪镇", "清溪镇人民政府"], TOWN_TAIL) == {
        "清溪": "清溪",
        "清溪镇": "清溪",
        "清溪镇人民政府": "清溪",
    }
    assert by_tail(["清溪", "清溪镇", "清溪乡"], TOWN_TAIL) == {"清溪": None, "清溪镇": "清溪镇", "清溪乡": "清溪乡"}
    assert by_tail(["东街", "东街街道", "东街街道办事处", "东街办事处"], TOWN_TAIL) == dict.fromkeys(
        ["东街", "东街街道", "东街街道办事处", "东街办事处"], "东街"
    )
    assert by_tail(["东乡", "镇"], TOWN_TAIL) == {"东乡": "东乡", "镇": "镇"}
    assert by_tail(["朝阳区", "朝阳县"], COUNTY_TAIL) == {"朝阳区": "朝阳区", "朝阳县": "朝阳县"}


def test_a_county_is_known_by_its_code_else_by_its_name_and_city():
    code, bare, other = (None, None, None, "红塔区"), (None, "云南省", "玉溪市", "红塔"), ("990101", None, None, None)
    assert counties_of([code, bare, other]) == {code: "530402", bare: "530402", other: "990101"}
    nowhere, with_city = (None, None, None, "某某县"), (None, None, "某某市", "某某县")
    assert counties_of([nowhere, with_city]) == {nowhere: "某某/某某", with_city: "某某/某某"}
    elsewhere = (None, None, "别处市", "某某县")
    assert counties_of([nowhere, with_city, elsewhere]) == {
        nowhere: None,
        with_city: "某某/某某",
        elsewhere: "别处/某某",
    }
    assert counties_of([(None, None, None, None), ("53", None, None, "")]) == {
        (None, None, None, None): None,
        ("53", None, None, ""): None,
    }

"""RND009: a departmental list of another day than the registry's, told once a list where it is further than the parameter allows."""

from datetime import date

import pytest

from fupin_cli.api import audit
from tests.findings.told import places, told

REGISTRY = """
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 数据日期 |
| '990101000001 | 张三 | 户主 | 11010519491231002X | 2020-12-31 |
"""
LIST = """
| 2019年6月30日低保名单 | < |
| 姓名 | 证件号码 |
| 张三 | 11010519491231002X |
| 李四 | 990101196005010119 |
"""


@pytest.fixture
def compared(sketch):
    def run(days=30, registry=REGISTRY, low=LIST, **options):
        lists = {"低保": sketch(low, "low.xlsx")}
        given = {} if days is None else {"数据日期相差天数": days}
        return told(sketch(registry), rule="RND009", lists=lists, parameters=given, **options)

    return run


def test_a_list_of_another_day_is_told_once_with_both_days(compared):
    (finding,) = compared()
    assert finding.message == "名单“低保”的数据日期是2019-06-30，登记表是2020-12-31，相差550天"
    assert finding.message_en == "the list 低保 is of 2019-06-30, the registry of 2020-12-31: 550 days apart"
    assert (finding.severity, finding.list, finding.household, finding.person) == ("notice", "低保", None, None)
    assert places(finding) == ["subject low.xlsx › Sheet1!None"]
    (used,) = finding.parameters
    assert (used.name, used.value, used.source) == ("数据日期相差天数", 30, "given by the user, not sourced")


def test_the_id_is_the_lists_and_not_its_days(compared):
    (one,) = compared()
    (other,) = compared(low=LIST.replace("2019年6月", "2018年6月"))
    assert (one.id, one.message == other.message) == (other.id, False)


@pytest.mark.parametrize(("days", "told_of"), [(549, True), (550, False), (551, False)])
def test_as_many_days_as_the_parameter_are_allowed(compared, days, told_of):
    assert bool(compared(days)) is told_of


def test_a_list_later_than_the_registry_is_told_too(compared):
    (finding,) = compared(low=LIST.replace("2019年6月30日", "2021年3月1日"))
    assert finding.message == "名单“低保”的数据日期是2021-03-01，登记表是2020-12-31，相差60天"


def test_of_several_days_the_nearest_count(sketch):
    costs = """
    | 姓名 | 身份证号 | 费用年度 | 总费用 |
    | 张三 | 11010519491231002X | 2017 | 300 |
    | 李四 | 990101196005010119 | 2019 | 400 |
    """
    asked = {"rule": "RND009", "lists": {"医疗费用": sketch(costs, "costs.xlsx")}}
    (finding,) = told(sketch(REGISTRY), parameters={"数据日期相差天数": 365}, **asked)
    assert finding.message == "名单“医疗费用”的数据日期是2019-12-31，登记表是2020-12-31，相差366天"
    assert told(sketch(REGISTRY), parameters={"数据日期相差天数": 366}, **asked) == []


@pytest.mark.parametrize(
    "one",
    [
        {"low": LIST.replace("2019年6月30日", "")},
        {"registry": REGISTRY.replace("2020-12-31", "")},
        {"registry": f"{REGISTRY.rstrip()}\n| '990101000002 | 李四 | 户主 | | |"},
    ],
)
def test_where_a_day_is_not_said_nothing_is_told(compared, one):
    assert compared(0, **one) == []


def test_the_day_the_user_gives_is_the_registrys_not_the_lists(compared):
    (finding,) = compared(registry=REGISTRY.replace("2020-12-31", ""), as_of=date(2019, 12, 31))
    assert finding.message == "名单“低保”的数据日期是2019-06-30，登记表是2019-12-31，相差184天"


def test_without_a_value_of_the_parameter_nobody_can_tell_and_the_note_says_how_to_give_one(sketch):
    lists = {"低保": sketch(LIST, "low.xlsx")}
    found = audit(sketch(REGISTRY), select=["RND009"], lists=lists).audit
    assert (found.findings, found.counts["RND009"].unknown) == ((), 1)
    (note,) = [zh for zh, _ in found.notes if "数据日期相差天数" in zh]
    assert note.endswith("可用 --set 数据日期相差天数=数值 给出")


def test_a_list_is_told_beside_the_other_reading_rules_of_its_cells(sketch):
    found = audit(
        sketch(REGISTRY), select=["RND009", "FMT008"], parameters={"数据日期相差天数": 30},
        lists={"低保": sketch(LIST, "low.xlsx"), "医保": sketch(LIST.replace("低保", "医保"), "care.xlsx")},
    ).audit  # fmt: skip
    assert sorted((one.rule, one.list) for one in found.findings) == [("RND009", "低保"), ("RND009", "医保")]
    assert len({one.id for one in found.findings}) == 2

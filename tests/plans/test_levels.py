"""Rules over villages and counties: what is counted, what is not known, and what a household without a village does."""

from datetime import date

import pytest

from tests.plans.judged import rule, verdicts

DATE = date(2020, 1, 1)
DAY = {"数据日期": "2020-12-31"}
PLACE = {"县": "示例县", "乡": "甲乡"}


def household(number: int, village: str = "甲村", **cells: str) -> dict[str, str]:
    return {"户编号": f"9901010000{number:02}", **PLACE, "村": village, **DAY, **cells}


def village(name: str = "甲村", **cells: str) -> dict[str, str]:
    return {**PLACE, "村": name, **DAY, **cells}


def of_villages(must: str, households=(), villages=(), persons=(), **more) -> list[str]:
    return verdicts(rule(must, scope="村", **more), persons, households, villages=villages)


@pytest.mark.parametrize(
    ("must", "said"),
    [
        ("户数(TRUE) = 3", "pass"),
        ("户数(危房户 = '是') = 1", "unknown"),  # one is, one does not say: 1 or 2
        ("户数(危房户 = '是') >= 1", "pass"),
        ("户数(危房户 = '是') > 2", "fail"),
        ("户数(危房户 = '是') BETWEEN 1 AND 2", "pass"),
        ("任一户(危房户 = '是')", "pass"),
        ("任一户(人均纯收入 > 9000)", "fail"),
        ("任一户(危房户 = '是' AND 人均纯收入 > 3000)", "unknown"),
        ("户合计(人均纯收入) = 9000", "pass"),
        ("户合计(家庭人口) > 0", "unknown"),  # a blank part
        ("同值户数(人均纯收入) = 2", "pass"),
        ("同值户数(家庭人口) >= 2", "pass"),
        ("同值户数(家庭人口) = 2", "unknown"),
        ("同值户数(家庭人口) >= 4", "fail"),
        ("总户数 = 户数(TRUE)", "pass"),
        ("总户数 > 户数(危房户 = '否')", "pass"),
        ("为空(负责人)", "pass"),
        ("为空(村属性)", "unknown"),
    ],
)
def test_a_village_is_judged_by_what_its_households_say(must, said):
    households = [
        household(1, 危房户="是", 人均纯收入="3000", 家庭人口="2"),
        household(2, 危房户="否", 人均纯收入="3000", 家庭人口="2"),
        household(3, 危房户="", 人均纯收入="3000.5" if "同值" in must else "3000", 家庭人口=""),
    ]
    if must == "任一户(危房户 = '是' AND 人均纯收入 > 3000)":
        households[2]["人均纯收入"] = "3001"
    given = village(总户数="3", 负责人="", 村属性="不知道")
    assert of_villages(must, households, [given])[0] == said


def test_a_village_none_of_whose_households_is_there_has_unknown_sums():
    must = "户数(TRUE) >= 0 AND NOT 任一户(FALSE) AND 户合计(家庭人口) >= 0"
    assert of_villages(must, [household(1, 家庭人口="2")], [village("甲村"), village("乙村")]) == ["pass", "unknown"]


def test_a_household_without_a_village_may_belong_to_every_one_of_its_county_and_township():
    households = [household(1, 家庭人口="2"), household(2, "乙村", 家庭人口="3"), household(3, "", 家庭人口="0")]
    villages = [village("甲村"), village("乙村"), {**village("丙村"), "乡": "乙乡"}, {**village("丁村"), "县": "别县"}]
    households += [household(4, "丙村", 乡="乙乡", 家庭人口="1"), household(5, "丁村", 县="别县", 家庭人口="1")]
    assert of_villages("户数(TRUE) = 1", households, villages) == ["unknown", "unknown", "pass", "pass"]
    assert of_villages("户数(TRUE) <= 2", households, villages) == ["pass"] * 4
    assert of_villages("户合计(家庭人口) >= 1", households, villages) == ["pass"] * 4  # it adds nothing
    assert of_villages("户数(家庭人口 > 0) = 1", households, villages) == ["pass"] * 4


def test_persons_of_a_village_are_those_in_the_file_of_its_households():
    people = [
        {"户编号": "990101000001", "姓名": "张三", "性别": "男", "务工时间": "3", "人员状态": ""},
        {"户编号": "990101000001", "姓名": "李四", "性别": "女", "务工时间": "4", "人员状态": "自然减少"},
        {"户编号": "990101000002", "姓名": "王五", "性别": "", "务工时间": "", "人员状态": ""},
    ]
    households = [household(1), household(2)]
    assert of_villages("人数(TRUE) = 2", households, persons=people) == ["pass"]
    assert of_villages("人数(性别 = '男') = 1", households, persons=people) == ["unknown"]
    assert of_villages("人数(性别 = '男') <= 2", households, persons=people) == ["pass"]
    assert of_villages("人合计(务工时间) = 3", households, persons=people) == ["unknown"]
    assert of_villages("人合计(务工时间) = 3", households[:1], persons=people[:2]) == ["pass"]


def test_member_functions_stand_inside_those_over_households():
    people = [
        {"户编号": "990101000001", "姓名": "张三", "性别": "男"},
        {"户编号": "990101000001", "姓名": "李四", "性别": "女"},
        {"户编号": "990101000002", "姓名": "王五", "性别": "女"},
    ]
    must = "户数(成员数(性别 = '女') = 1 AND 任一成员(性别 = '男')) = 1"
    assert of_villages(must, [household(1), household(2)], persons=people) == ["pass"]


def test_a_county_counts_its_households_and_its_villages():
    households = [household(1), household(2, "乙村"), household(3, "丁村", 县="别县")]
    villages = [village("甲村", 总户数="1"), village("乙村", 总户数=""), {**village("丁村", 总户数="1"), "县": "别县"}]

    def of_counties(must: str) -> list[str]:
        return verdicts(rule(must, scope="县"), [], households, villages=villages)

    assert of_counties("户数(TRUE) = 2") == ["pass", "fail"]
    assert of_counties("村数(TRUE) = 2") == ["pass", "fail"]
    assert of_counties("村数(总户数 > 0) = 1") == ["unknown", "pass"]
    assert of_counties("村合计(总户数) = 1") == ["unknown", "pass"]
    assert of_counties("村数(户数(TRUE) = 总户数) >= 1") == ["pass", "pass"]
    assert of_counties("县 = '示例县'") == ["pass", "fail"]


def test_a_rule_over_villages_without_what_it_needs_is_not_run():
    assert of_villages("总户数 > 0", [household(1)]) == ["not run: column 总户数"]
    assert of_villages("户数(危房户 = '是') > 0", [household(1)], [village()]) == ["not run: column 危房户"]
    assert of_villages("人数(TRUE) > 0", [household(1)], [village()]) == ["not run: column 家庭成员表"]
    assert of_villages("户数(TRUE) > 0", [], [village()]) == ["not run: column 户编号"]
    assert of_villages("户数(TRUE) > 0", [{"户编号": "990101000001", "危房户": "是"}]) == ["not run: column 村"]


def test_a_rule_over_villages_goes_by_their_day():
    rows = [village("甲村"), {**village("甲村"), "数据日期": "2019-12-31"}]
    assert sorted(of_villages("村 = '乙村'", [], rows, since=DATE)) == ["fail", "not applicable"]

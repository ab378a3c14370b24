"""A finding shows each parameter its verdict rests on: value, day, place and source."""

from fupin_cli.rules import load_rulebook
from tests.findings.told import a_rule, told

EXITED = """
| 户编号 | 户主姓名 | 家庭人口 | 脱贫属性 | 脱贫年度 | 年度 | 人均纯收入 |
| '990101000001 | 张三 | 3 | 已脱贫 | 2016 | 2016 | 3300 |
"""
POST = """
| 户编号 | 姓名 | 与户主关系 | 公益性岗位 | 出生日期 | 数据日期 |
| '990101000001 | 张三 | 户主 | 护林员,护路员,保洁员 | 1980-05-01 | 2020-12-31 |
"""


def test_a_value_of_the_rule_book_has_day_place_and_document(sketch):
    (finding,) = told(sketch(POST), rule="LAB013")
    (used,) = finding.parameters
    assert (used.name, used.value, used.since, used.place) == ("公岗种类上限", 3, "2000-01-01", "全国")
    assert used.source


def test_a_value_given_by_the_user_says_so(sketch):
    (finding,) = told(sketch(EXITED), rule="INC006", region="山东省", parameters={"收入线": 3402})
    assert [(used.name, used.value, used.source) for used in finding.parameters if used.name == "收入线"] == [
        ("收入线", 3402, "given by the user, not sourced")
    ]


def test_a_value_of_the_profile_names_the_profile_not_the_rule_book(sketch, tmp_path):
    cars = sketch("| 证件号码 | 车辆类型 | 购置价格 |\n| 11010519491231002X | 小型轿车 | 60000 |", "cars.xlsx")
    person = "| 户编号 | 姓名 | 与户主关系 | 证件号码 | 数据日期 |\n| '990101000001 | 张三 | 户主 | 11010519491231002X | 2020-12-31 |"
    rules = a_rule(tmp_path, "NOT 名单有('车辆', 购置价格 > 参数('车辆价格上限'))")
    (finding,) = told(sketch(person), rules=rules, profile="红塔-2018", lists={"车辆": cars})
    (used,) = finding.parameters
    assert (used.name, used.value, used.since, used.place) == ("车辆价格上限", 30000, "2018-12-31", "红塔区")
    assert used.source.startswith(load_rulebook().profiles["红塔-2018"].title)


def test_a_tier_asked_for_is_the_tier_whose_source_is_shown(sketch, tmp_path):
    text = "| 户编号 | 户主姓名 | 人均纯收入 | 数据日期 |\n| '990101000001 | 张三 | 1 | 2020-12-31 |"
    rules = a_rule(tmp_path, "人均纯收入 > 参数('日用水量下限', 数据日期, '干旱区')", "{户主姓名}", scope="户")
    (finding,) = told(sketch(text), rules=rules)
    (used,) = finding.parameters
    assert (used.name, used.value, used.place) == ("日用水量下限", 20, "全国")
    assert used.source

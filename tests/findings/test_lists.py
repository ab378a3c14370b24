"""Findings about a department's list: the list's row is a place, its cells are evidence, its people are secrets."""

from tests.findings.told import a_rule, places, told

CARS = """
| 证件号码 | 姓名 | 车辆类型 | 购置价格 |
| '990101196005010119 | 王五 | 小型轿车 | 60000 |
| '990101196005010119 | 王五 | 摩托车 | 6000 |
"""
HOUSEHOLD = """
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 数据日期 |
| '990101000001 | 张三 | 户主 | '990101196208010223 | 2020-12-31 |
| '990101000001 | 王五 | 配偶 | '990101196005010119 | 2020-12-31 |
"""
DEAR = "NOT 名单有('车辆', 购置价格 > 30000)"
QUOTED = "证件号码：990101196005010119，姓名：王五，车辆类型：小型轿车，购置价格：60000"


def test_a_hit_quotes_the_lists_row_and_names_its_file(sketch, tmp_path):
    rules, cars = a_rule(tmp_path, DEAR, "{姓名}有车"), sketch(CARS, "cars.xlsx")
    (finding,) = told(sketch(HOUSEHOLD), rules=rules, lists={"车辆": cars})
    assert finding.list == "车辆"
    assert finding.message == f"王五有车（名单：{QUOTED}）"
    assert finding.message_en == f"王五有车 (list: {QUOTED.replace('：', ': ').replace('，', ', ')})"
    assert places(finding) == ["subject Sheet1!3", "list cars.xlsx › Sheet1!2"]
    assert finding.evidence == (
        {"list": "车辆", "证件号码": "990101196005010119", "姓名": "王五", "车辆类型": "小型轿车", "购置价格": "60000"},
    )
    assert finding.secrets == {"王五": "姓名", "990101196005010119": "证件", "张三": "姓名"}


def test_a_households_finding_names_the_list_rows_of_its_members(sketch, tmp_path):
    rules, cars = a_rule(tmp_path, f"所有成员({DEAR})", "{户主姓名}户：{名单}", scope="户"), sketch(CARS, "cars.xlsx")
    (finding,) = told(sketch(HOUSEHOLD), rules=rules, lists={"车辆": cars})
    assert finding.message == f"张三户：{QUOTED}"
    assert places(finding) == ["subject Sheet1!2", "member Sheet1!3", "list cars.xlsx › Sheet1!2"]


def test_a_person_missing_on_a_list_has_no_list_row_but_the_lists_name(sketch, tmp_path):
    rules, cars = a_rule(tmp_path, "在名单('车辆')", "{姓名}没有车"), sketch(CARS, "cars.xlsx")
    (finding,) = told(sketch(HOUSEHOLD), rules=rules, lists={"车辆": cars})
    assert (finding.list, finding.message, places(finding)) == ("车辆", "张三没有车", ["subject Sheet1!2"])


def test_the_id_of_a_hit_does_not_hang_on_the_lists_rows(sketch, tmp_path):
    rules = a_rule(tmp_path, DEAR)
    more = CARS.replace("60000", "50000") + "| '990101196005010119 | 王五 | 货车 | 90000 |\n"
    (before,) = told(sketch(HOUSEHOLD), rules=rules, lists={"车辆": sketch(CARS, "a.xlsx")})
    (after,) = told(sketch(HOUSEHOLD), rules=rules, lists={"车辆": sketch(more, "b.xlsx")})
    assert before.id == after.id
    assert [place.row for place in after.places if place.role == "list"] == [2, 4]


def test_other_people_of_a_lists_row_are_secrets_too(sketch, tmp_path):
    text = "| 证件号码 | 姓名 | 户主姓名 | 户主证件号码 |\n| '990101196005010119 | 王五 | 赵六 | '990101195001010019 |"
    rules = a_rule(tmp_path, "NOT 在名单('低保')")
    (finding,) = told(sketch(HOUSEHOLD), rules=rules, lists={"低保": sketch(text, "dibao.xlsx")})
    assert finding.secrets["赵六"] == "姓名"
    assert finding.secrets["990101195001010019"] == "证件"

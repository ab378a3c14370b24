"""What a finding about a village, a county or a row of a list says: where it stands, which rows were counted, how it is known."""

from datetime import date

from fupin_cli.api import audit
from tests.findings.told import a_rule, places, told

VILLAGES = """
# 村
| 县 | 乡 | 村 | 总户数 | 总人口数 | 负责人 | 村属性 | 是否出列 | 数据日期 |
| 示例县 | 甲乡 | 甲村 | 2 | 5 | 张三 | 贫困村 | 否 | 2020-12-31 |
| 示例县 | 甲乡 | 乙村 | 7 | 9 | 李四 | 贫困村 | 否 | 2020-12-31 |
# 户
| 户编号 | 户主姓名 | 县 | 乡 | 村 | 人均纯收入 | 数据日期 |
| '990101000001 | 张三 | 示例县 | 甲乡 | 乙村 | 3000 | 2020-12-31 |
| '990101000002 | 李四 | 示例县 | 甲乡 | 乙村 | 4000 | 2020-12-31 |
| '990101000003 | 王五 | 示例县 | 甲乡 | 乙村 | 4000 | 2020-12-31 |
| '990101000004 | 赵六 | 示例县 | 甲乡 | 甲村 | 4000 | 2020-12-31 |
| '990101000005 | 孙七 | 示例县 | 甲乡 | 丙村 | 5000 | 2020-12-31 |
"""


def test_a_village_of_a_sheet_stands_on_its_row_with_the_rows_that_were_counted(sketch, tmp_path):
    rules = a_rule(tmp_path, "总户数 <= 户数(人均纯收入 < 4000) + 2", "{乡}{村}：总户数 {总户数}", scope="村")
    (finding,) = told(sketch(VILLAGES), rules=rules)
    assert finding.message == "甲乡乙村：总户数 7"
    assert places(finding) == ["subject 村!3 D3", "member 户!2 F2"]
    assert (finding.village, finding.township, finding.household, finding.person) == ("乙村", "甲乡", None, None)
    assert finding.values == {"总户数": "7"}
    assert finding.stable


def test_the_households_that_share_a_value_are_the_members(sketch, tmp_path):
    rules = a_rule(tmp_path, "同值户数(人均纯收入) < 2", "{村}收入雷同", scope="村")
    (finding,) = told(sketch(VILLAGES), rules=rules)
    assert places(finding) == ["subject 村!3", "member 户!3 F3", "member 户!4 F4"]


def test_a_village_without_a_sheet_and_a_county_have_no_row(sketch, tmp_path):
    rules = a_rule(tmp_path, "户数(人均纯收入 = 5000) = 0", "{村}有", scope="村")
    (finding,) = told(sketch(VILLAGES), rules=rules)
    assert finding.message == "丙村有"
    assert places(finding) == ["subject 户!None", "member 户!6 F6"]


def test_a_county_has_no_row_and_names_the_villages_that_were_counted(sketch, tmp_path):
    rules = a_rule(tmp_path, "村数(总户数 > 5) = 0", "{县}有大村", scope="县")
    (finding,) = told(sketch(VILLAGES), rules=rules)
    assert finding.message == "示例县有大村"
    assert places(finding) == ["subject 户!None", "member 村!3 D3"]
    assert (finding.village, finding.township) == (None, None)


def test_the_id_of_a_village_outlives_the_order_of_rows_and_its_neighbours(sketch, tmp_path):
    rules = a_rule(tmp_path, "总户数 < 5", "{村}", scope="村")
    (finding,) = told(sketch(VILLAGES), rules=rules)
    lines = VILLAGES.splitlines()
    turned = "\n".join([*lines[:3], lines[4], lines[3], *lines[5:]])
    (again,) = told(sketch(turned, "again.xlsx"), rules=rules)
    assert places(finding) != places(again)
    assert finding.id == again.id


CARS = """
| 证件号码 | 姓名 | 车辆类型 | 购置价格 |
| '990101196005010119 | 王五 | 小型轿车 | 60000 |
| '990101196208010223 | 张三 | 摩托车 | 6000 |
"""
PERSONS = """
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 数据日期 |
| '990101000001 | 张三 | 户主 | '990101196208010223 | 2020-12-31 |
"""


def test_a_row_of_a_list_is_the_place_and_no_certificate_stands_in_its_id(sketch, tmp_path):
    rules = a_rule(
        tmp_path, "在册有(证件号码)", "{姓名}不在册：{证件号码}，{车辆类型}", scope="名单", more="rows: 车辆"
    )
    (finding,) = told(sketch(PERSONS), rules=rules, lists={"车辆": sketch(CARS, "cars.xlsx")})
    assert finding.message == "王五不在册：990101196005010119，小型轿车"
    assert places(finding) == ["subject cars.xlsx › Sheet1!2 A2"]
    assert (finding.list, finding.person, finding.stable) == ("车辆", "王五", False)
    assert finding.secrets == {"王五": "姓名", "990101196005010119": "证件"}


LEDGER = """
| 疑点编号 | 轮次 | 规则 | 户编号 | 村 | 姓名 | 状态 |
| Y1 | 1 | EDU001 | '990101000001 | 甲村 | 张三 | 已反馈 |
| Y2 | 1 | EDU001 | '990101000009 | 乙村 | 李四 | 已反馈 |
"""


def test_a_row_of_the_ledger_is_known_by_its_key(sketch, tmp_path):
    rules = a_rule(tmp_path, "户在册(户编号)", "{疑点编号}：没有户 {户编号}", scope="台账", more="rows: 疑点台账")
    (finding,) = told(sketch(PERSONS), rules=rules, ledger=sketch(LEDGER, "ledger.xlsx"))
    assert finding.message == "Y2：没有户 990101000009"
    assert places(finding) == ["subject ledger.xlsx › Sheet1!3 D3"]
    assert (finding.household, finding.village, finding.stable) == ("990101000009", "乙村", True)
    (again,) = told(sketch(PERSONS, "p.xlsx"), rules=rules, ledger=sketch("\n".join(LEDGER.splitlines()[:2] + LEDGER.splitlines()[3:]), "l.xlsx"))  # fmt: skip
    assert finding.id == again.id


def test_a_parameter_that_a_village_lacks_is_told(sketch, tmp_path):
    rules = a_rule(tmp_path, "户数(人均纯收入 < 参数('收入线')) = 0 AND 总户数 > 参数('收入线')", "{村}", scope="村")
    notes = audit(sketch(VILLAGES), select=["IDN901"], rules=rules, as_of=date(1999, 12, 31)).audit.notes
    assert any("没有“收入线”" in zh for zh, _ in notes)

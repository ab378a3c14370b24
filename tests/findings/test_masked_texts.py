"""Everything personal in a finding is called a secret, so that a report can mask it."""

from fupin_cli.api import audit
from tests.findings.told import a_rule, told

FAMILY = """
| 户编号 | 户主姓名 | 户联系电话 | 姓名 | 与户主关系 | 证件号码 | 成员电话 | 残疾证号 | 帮扶责任人 | 数据日期 |
| '990101000001 | 张三丰 | 0543-1234567 | 张三丰 | 户主 | '990101196005010119 | '13800000001 | | 钱七七 | 2020-12-31 |
| '990101000001 | 张三丰 | 0543-1234567 | 王五五 | 配偶 | '990101196208010223 | '13800000002 | '99010119620801022342 | 钱七七 | 2020-12-31 |
"""
MESSAGE = "{姓名}，{户主姓名}户（{户联系电话}），{证件号码}，{成员电话}，{残疾证号}，{帮扶责任人}，{户编号}"


def test_names_numbers_and_phones_of_a_message_are_secrets(sketch, tmp_path):
    rules = a_rule(tmp_path, "与户主关系 <> '配偶'", MESSAGE)
    (finding,) = told(sketch(FAMILY), rules=rules)
    assert (
        finding.message
        == "王五五，张三丰户（0543-1234567），990101196208010223，13800000002，99010119620801022342，钱七七，990101000001"
    )
    assert finding.secrets == {
        "王五五": "姓名", "张三丰": "姓名", "0543-1234567": "电话", "990101196208010223": "证件", "13800000002": "电话",
        "99010119620801022342": "证件", "钱七七": "姓名",
    }  # fmt: skip


def test_a_masked_report_shows_none_of_them_and_keeps_the_household_number(sketch, tmp_path):
    rules = a_rule(tmp_path, "与户主关系 <> '配偶'", MESSAGE)
    report = audit(sketch(FAMILY), select=["IDN901"], rules=rules).to_dict()
    assert (
        report["findings"][0]["message"]
        == "王*五，张*丰户（054*****4567），990101***********3，138****0002，990101*************2，钱*七，990101000001"
    )


def test_members_of_a_household_finding_are_secrets(sketch, tmp_path):
    rules = a_rule(tmp_path, "成员数(TRUE) < 2", "{户主姓名}户有{成员}", scope="户")
    (finding,) = told(sketch(FAMILY), rules=rules)
    assert finding.message == "张三丰户有张三丰、王五五"
    assert finding.secrets == {"张三丰": "姓名", "王五五": "姓名"}


def test_an_unreadable_phone_is_hidden_in_a_reading_finding(sketch):
    text = "| 户编号 | 姓名 | 与户主关系 | 证件号码 |\n| '990101000001 | 张三丰 | 户主 | n:990101196005010119 |"
    (finding,) = told(sketch(text), rule="FMT003")
    written = finding.values["证件号码"]
    assert (
        finding.message
        == f"证件号码存成了数字，第15位以后的数字已经丢失，显示的“{written}”不是原号；余下前15位，可能的原号有100个"
    )
    assert finding.secrets == {written: "证件", "张三丰": "姓名"}

"""Findings about a value that stands on other rows too: each names the others."""

from tests.findings.told import a_rule, places, told

TWICE = """
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 成员电话 | 人员状态 | 数据日期 |
| '990101000001 | 张三 | 户主 | '990101196005010119 | '13800000000 | 正常 | 2020-12-31 |
| '990101000001 | 张小三 | 之子 | '990101201005010155 | '13800000000 | 正常 | 2020-12-31 |
| '990101000002 | 张三 | 户主 | '990101196005010119 | '13800000000 | 正常 | 2020-12-31 |
| '990101000003 | 王五 | 户主 | '990101196208010223 | '13800000000 | 正常 | 2020-12-31 |
| '990101000003 | 张三 | 之父 | '990101196005010119 | | 自然减少 | 2020-12-31 |
"""


def test_a_number_on_two_rows_is_told_once_for_each_row_with_the_cell_of_the_other(sketch):
    findings = told(sketch(TWICE), rule="IDN004")
    assert [finding.message for finding in findings] == [
        "张三：证件号码“990101196005010119”在同一份数据里出现不止一次"
    ] * 2
    assert [places(finding) for finding in findings] == [
        ["subject Sheet1!2 D2", "other Sheet1!4 D4"],
        ["subject Sheet1!4 D4", "other Sheet1!2 D2"],
    ]


def test_a_finding_across_households_stands_once_for_each_and_names_the_other(sketch):
    findings = told(sketch(TWICE), rule="IDN017")
    assert [finding.scope for finding in findings] == ["跨户", "跨户"]
    assert [finding.household for finding in findings] == ["990101000001", "990101000002"]
    assert [places(finding) for finding in findings] == [
        ["subject Sheet1!2", "member Sheet1!2 C2,D2", "other Sheet1!4 C4,D4"],
        ["subject Sheet1!4", "member Sheet1!4 C4,D4", "other Sheet1!2 C2,D2"],
    ]


def test_a_value_counted_by_household_names_one_row_of_each_other_household(sketch):
    findings = told(sketch(TWICE), rule="IDN012")
    assert [places(finding) for finding in findings] == [
        ["subject Sheet1!2 E2", "other Sheet1!4 E4", "other Sheet1!5 E5"],
        ["subject Sheet1!3 E3", "other Sheet1!4 E4", "other Sheet1!5 E5"],
        ["subject Sheet1!4 E4", "other Sheet1!2 E2", "other Sheet1!5 E5"],
        ["subject Sheet1!5 E5", "other Sheet1!2 E2", "other Sheet1!4 E4"],
    ]


def test_a_value_unique_within_the_household_never_names_another_household(sketch, tmp_path):
    findings = told(sketch(TWICE), rules=a_rule(tmp_path, "户内唯一(成员电话)"))
    assert [places(finding) for finding in findings] == [
        ["subject Sheet1!2 E2", "other Sheet1!3 E3"],
        ["subject Sheet1!3 E3", "other Sheet1!2 E2"],
    ]


def test_rows_of_another_data_date_are_no_others(sketch):
    year = TWICE.splitlines()
    later = "\n".join([*year[:3], year[4].replace("2020-12-31", "2021-12-31")])
    assert told(sketch(later), rule="IDN004") == []


def test_of_very_many_others_twenty_are_named(sketch):
    head, *_ = TWICE.strip().splitlines()
    rows = [f"| '9901010{i:05} | 张{i} | 户主 | '990101196005010119 | | 正常 | 2020-12-31 |" for i in range(1, 40)]
    findings = told(sketch("\n".join([head, *rows])), rule="IDN004")
    assert {sum(place.role == "other" for place in finding.places) for finding in findings} == {20}

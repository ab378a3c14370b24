"""A composite rule stays silent where one of its parts was told, person by person or household by household."""

from datetime import date

from fupin_cli.api import audit
from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings
from tests.findings.told import a_rule

ROWS = """
| 户编号 | 姓名 | 与户主关系 | 民族 | 文化程度 | 数据日期 |
| '990101000001 | 张三 | 户主 | | | 2020-12-31 |
| '990101000001 | 张小三 | 之子 | 汉族 | | 2020-12-31 |
"""
PART = "parts: [IDN010]"  # a blank 民族


def told_and_silenced(path, rules):
    found = audit(path, select=["IDN901", "IDN010"], rules=rules).audit
    return [finding.person for finding in found.findings if finding.rule == "IDN901"], found.counts["IDN901"]


def test_a_persons_composite_is_silent_for_that_person_only(sketch, tmp_path):
    rules = a_rule(tmp_path, "NOT 为空(文化程度)", more=PART)
    people, counts = told_and_silenced(sketch(ROWS), rules)
    assert (people, counts.failed, counts.silenced) == (["张小三"], 2, 1)


def test_a_households_composite_is_silent_where_a_member_was_told(sketch, tmp_path):
    rules = a_rule(tmp_path, "成员数(TRUE) > 2", "{户主姓名}", scope="户", more=PART)
    people, counts = told_and_silenced(sketch(ROWS), rules)
    assert (people, counts.failed, counts.silenced) == ([], 1, 1)


def audited(path, severity):
    settings = Settings(today=date(2020, 12, 31), select=("COD001",), severity=severity)
    return [(finding.severity, finding.message) for finding in run(Request((path,), settings)).findings]


def test_a_severity_asked_for_leaves_out_what_turned_out_milder(sketch):
    text = "| 户编号 | 姓名 | 与户主关系 | 性别 | 政治面貌 |\n| '990101000001 | 张三 | 户主 | 甲 | 某某 |"
    error = ("error", "性别写的是“甲”，不在码表里")
    doubt = ("warning", "政治面貌写的是“某某”，不在码表里")
    assert audited(sketch(text), "notice") == [error, doubt]
    assert audited(sketch(text), "error") == [error]


def test_a_column_of_bare_codes_is_one_doubt_that_asks_for_words(sketch):
    people = "| '990101000001 | 张三 | 户主 | '02 |\n| '990101000001 | 李四 | 配偶 | '03 |"
    text = f"| 户编号 | 姓名 | 与户主关系 | 文化程度 |\n{people}"
    told = "文化程度写的是“02”，不在码表里；这一列有2格只写了代码，代码的意思各时期、各系统不同，没有猜，请换成文字"
    assert audited(sketch(text), "notice") == [("warning", told)]

"""A household that was struck off (脱贫属性 注销) is nobody's to correct: no rule asks it, nor its people, and the report says how many."""

from contextlib import closing

import pytest
from msgspec.structs import replace

from fupin_cli.api import audit
from fupin_cli.engines import open_engine
from fupin_cli.jobs.examples import outcomes
from fupin_cli.jobs.rules import book
from tests.findings.told import a_rule, told

WITHOUT_A_HOUSEHOLD = {"IDN014"}  # its subject stands in no household, so none was struck off

COUNTY = """
| 户编号 | 姓名 | 与户主关系 | 脱贫属性 | 民族 | 数据日期 |
| '990101000001 | 张三 | 户主 | 注销 | | 2020-12-31 |
| '990101000002 | 李四 | 户主 | 已脱贫 | | 2020-12-31 |
"""


def test_no_rule_fails_a_household_that_was_struck_off():
    checked = book()
    some = {rule.rule.id[:5]: rule for rule in checked.rules.values()}  # of each ten; it stands in one place for all
    asked = {
        rule.rule.id: replace(rule, rule=replace(rule.rule, examples=(_struck_off(failing),)))
        for rule in [*some.values(), *(checked.rules[name] for name in WITHOUT_A_HOUSEHOLD)]
        if rule.rule.scope in {"人", "户"} and (failing := _failing(rule))
    }
    said = {}
    with closing(open_engine()) as engine:
        for _, verdicts in outcomes(engine, {name: {"": rule} for name, rule in asked.items()}, checked):
            said |= {name: set(own[""]) for name, own in verdicts.items()}
    assert len({name[:3] for name in said}) > 12
    assert {name for name, verdicts in said.items() if verdicts != {"not applicable"}} == WITHOUT_A_HOUSEHOLD


def _failing(rule):
    return next((example for example in rule.rule.examples if example.verdict == "fail"), None)


def _struck_off(example):
    return replace(example, given={**example.given, "脱贫属性": "注销"})


@pytest.mark.parametrize(("scope", "must"), [("人", "NOT 为空(民族)"), ("户", "任一成员(NOT 为空(民族))")])
def test_the_report_says_how_many_were_left_out(sketch, tmp_path, scope, must):
    found = audit(sketch(COUNTY), select=["IDN901"], rules=a_rule(tmp_path, must, "{户编号}", scope)).audit
    assert [finding.household for finding in found.findings] == ["990101000002"]
    assert [zh for zh, _ in found.notes if "注销" in zh] == [
        "有 1 户的脱贫属性是“注销”，已不在册：户和人的规则不问这些户，只看单元格的写法。"
    ]


def test_a_rule_that_names_it_asks_all_households(sketch, tmp_path):
    found = told(sketch(COUNTY), rules=a_rule(tmp_path, "NOT 户已注销", "{户编号}", "户"))
    assert [finding.household for finding in found] == ["990101000001"]


def test_a_person_of_no_household_is_asked_all_the_same(sketch, tmp_path):
    sheet = sketch("| 姓名 | 证件号码 | 民族 |\n| 张三 | 11010519491231002X | |")
    assert [finding.person for finding in told(sheet, rules=a_rule(tmp_path, "NOT 为空(民族)"))] == ["张三"]

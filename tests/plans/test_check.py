"""A whole rule book is checked: what only shows when its expressions are seen together."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from fupin_cli.errors import RuleError
from fupin_cli.model.dictionary import Derived
from fupin_cli.model.rule import Profile, ProfileItem
from fupin_cli.plans import check
from tests.plans.judged import rule, shipped


def faults(one, *derived: Derived, profile: Profile | None = None) -> list[str]:
    dictionary = shipped().dictionary
    own = replace(dictionary, derived={**dictionary.derived, **{column.name: column for column in derived}})
    profiles = {profile.name: profile} if profile else {}
    with pytest.raises(RuleError) as refusal:
        check(replace(shipped(), dictionary=own, rules={one.id: one}, profiles=profiles))
    return [fault.en for fault in refusal.value.faults]


@pytest.mark.parametrize(
    ("text", "scope", "said"),
    [
        ("全表任一(监测启用)", "户", "监测启用 may not stand inside 全表任一: it asks 全表任一"),
        ("任一成员(低保人数 > 1)", "户", "低保人数 may not stand inside 任一成员: it asks 成员数"),
        ("名单有('车辆', 本人(低保人数) > 1)", "人", "低保人数 may not stand inside 名单有: it asks 成员数"),
        ("全表唯一(试列)", "户", "试列 may not stand inside 全表唯一: it asks 成员数"),
    ],
)
def test_a_derived_column_brings_its_functions_with_it(text, scope, said):
    over = Derived("试列", "户", "数字", ("低保人数 + 1",), file=Path("derived.yaml"))
    assert faults(rule(text, scope=scope), over) == [said]


def test_a_derived_column_is_of_the_type_it_says():
    assert faults(rule("TRUE"), Derived("试列", "户", "日期", ("家庭人口 + 1",))) == [
        "试列：from must be 日期, this is 数字"
    ]


def test_an_exception_of_a_rule_without_a_list_is_a_fault():
    item = ProfileItem("IDN900", "试", exceptions=("购置价格 < 10",))
    profile = Profile("试", "试", None, None, (item,))
    said = "the rule asks no list, so that nothing can be excused"
    assert faults(rule("居民医保 = '是'"), profile=profile) == [said]

"""Which texts are of which kind, and what the levels of --mask hide."""

import pytest

from fupin_cli.model.masking import KINDS, LEVELS, PUBLIC, STANDARD, kind_of, masking_of, tells_health
from fupin_cli.rules import load_rulebook


def test_each_level_hides_all_that_the_one_before_it_hides():
    hidden = [level.hidden for level in LEVELS.values()]
    assert [set(each) for each in hidden] == [
        set(),
        {"证件", "电话", "账号"},
        {"证件", "电话", "账号", "姓名"},
        set(KINDS),
        set(KINDS),
    ]
    assert [name for name, level in LEVELS.items() if level.dropped] == ["public"]


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("公示", PUBLIC.hidden),
        (" Standard ", STANDARD.hidden),
        ("证件,电话", {"证件", "电话"}),
        ("account、健康，NAME", {"账号", "健康", "姓名"}),
    ],
)
def test_a_level_has_a_chinese_name_and_kinds_may_be_told_one_by_one(written, kinds):
    assert masking_of(written).hidden == kinds


@pytest.mark.parametrize("written", ["", "everything", "证件,指纹", "strict,public"])
def test_what_is_neither_a_level_nor_a_kind_is_not_guessed(written):
    assert masking_of(written) is None


def test_every_column_of_the_dictionary_that_is_masked_is_of_that_kind_by_its_name_or_is_a_name():
    columns = _columns()
    assert [
        (name, mask, kind_of(name)) for name, mask in columns.items() if mask and kind_of(name) not in {mask, ""}
    ] == []
    assert {name for name, mask in columns.items() if mask and not kind_of(name)} == {
        "核实人", "签约医生", "第一书记", "负责人", "驻村队员", "驻村队长",
    }  # fmt: skip


def test_these_columns_hold_or_tell_health():
    assert {name for name in _columns() if kind_of(name) == "健康"} == {
        "个人自付", "健康帮扶", "健康状况", "其他健康扶贫", "其他合规自付支出", "医疗救助", "合规自付支出", "困难残疾人生活补贴", "患病名称",
        "无因病致贫返贫", "残疾人口数", "残疾等级", "残疾类别", "残疾补贴", "残疾证办证年度", "疾病名称", "自付金额", "重度残疾人护理补贴",
        "风险消除后合规自付支出",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["主要致贫原因“因病”", "劳动技能“丧失劳动力”", "患有大病", "残疾人证", "自付 3 万元"])
def test_a_text_tells_health_where_it_says_more_than_an_insurance(text):
    assert tells_health(text)
    assert not tells_health("未参加大病保险，缺劳动力，因学")


def _columns():
    book = load_rulebook(None).dictionary
    of_lists = (column for kind in book.lists.values() for column in kind.columns.values())
    return {column.name: column.mask for column in (*book.columns.values(), *of_lists)}

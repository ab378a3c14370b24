"""`fupin rules list | show | test`: the rule book shown and tested."""

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.jobs import mutation, request
from tests.reports.rendered import wide_lines


def give(monkeypatch, tested):
    job = ModuleType("fupin_cli.jobs.rules")
    job.run_examples = lambda rules_dir, select, progress: tested
    monkeypatch.setitem(sys.modules, "fupin_cli.jobs.rules", job)


def listed(result):
    return [rule["id"] for rule in json.loads(result.stdout)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_stands_under_its_themes(drawn, snapshot, lang):
    assert drawn("list", "--lang", lang).stdout == snapshot


def test_the_list_as_a_table_of_markdown(drawn, snapshot):
    assert drawn("list", "--format", "markdown").stdout == snapshot


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("--theme", "edu", "--select", "INC001"), ["EDU001", "INC001"]),
        (("--severity", "error"), ["FMT001", "EDU001", "INC001"]),
        (("--severity", "error", "--scope", "户"), ["INC001"]),
        (("--scope", "户", "--scope", "单元格"), ["FMT001", "INC001"]),
        (("--tag", "三保障,收入"), ["EDU001", "INC001"]),
        (("--needs-list", "机动车"), ["ENT004"]),
        (("--needs-list", "any"), ["ENT004"]),
        (("--tag", "收入", "--needs-list", "any"), []),
    ],
)
def test_the_list_can_be_narrowed(drawn, arguments, ids):
    assert listed(drawn("list", *arguments, "--format", "json")) == ids


def test_a_list_of_nothing_says_so(drawn):
    result = drawn("list", "--tag", "收入", "--severity", "notice")
    assert (result.exit_code, result.stdout) == (0, "没有符合条件的规则。\n")


def test_the_json_list_names_the_lists_a_rule_needs(drawn):
    told = json.loads(drawn("list", "--select", "ENT", "--format", "json").stdout)
    assert told == [
        {
            "id": "ENT004",
            "name": "车辆命中",
            "theme": "ENT",
            "scope": "人",
            "severity": "warning",
            "kind": "rule",
            "basis": "某发〔2018〕2号：有车的不纳入",
            "tags": ["九不进"],
            "lists": ["车辆"],
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "--tag", "三保"), "没有标签“三保”；有：三保障。\n"),
        (("list", "--scope", "乡"), "没有范围“乡”；有：人、单元格、户。\n"),
        (("list", "--severity", "errors"), "没有严重度“errors”；有：error。\n"),
        (("list", "--needs-list", "轿车"), "没有名单“轿车”；有：车辆。\n"),
        (("show", "EDU01X"), "没有规则 EDU01X，是不是 EDU001？用 fupin rules list 查看全部规则。\n"),
        (("list", "--select", "EDU01X"), "没有规则 EDU01X，是不是 EDU001？用 fupin rules list 查看全部规则。\n"),
        (("show", "EDU001", "--profile", "某县"), "没有方案“某县”；有：某县-2020。\n"),
    ],
)
def test_what_nobody_knows_is_wrong_usage_and_the_nearest_is_named(drawn, arguments, said):
    result = drawn(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said)


RETIRED = "规则 INC002（收入偏低）自 2024-03-01 起停用：与 INC001 重复；由 INC001 代替。\n"


@pytest.mark.parametrize(
    "arguments",
    [("show", "inc002"), ("list", "--select", "INC002"), ("test", "--select", "INC002")],
)
def test_a_retired_id_says_what_became_of_it(drawn, arguments):
    result = drawn(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", RETIRED)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rule", ["EDU001", "INC001", "FMT001"])
def test_a_rule_is_shown_with_all_it_uses(drawn, snapshot, rule, lang):
    result = drawn("show", rule, "--as-of", "2020-06-30", "--region", "990101", "--lang", lang)
    assert (result.exit_code, result.stderr) == (0, "")
    assert wide_lines(result.stdout, 80) == []
    assert result.stdout == snapshot


def test_a_rule_of_profiles_is_shown_with_the_item_and_its_exceptions(drawn, snapshot):
    assert drawn("show", "ENT004", "--profile", "某县-2020").stdout == snapshot


def test_without_a_profile_its_sql_is_that_of_the_first_profile_that_has_it(drawn):
    told = json.loads(drawn("show", "ENT004", "--format", "json").stdout)
    assert (told["profile"], told["sql_profile"], told["not_run"]) == (None, "某县-2020", None)
    assert "SQL（列和名单齐全的登记表）：方案 某县-2020" in drawn("show", "ENT004").stdout.splitlines()


def test_a_rule_no_profile_has_says_why_it_has_no_sql(drawn):
    Path("package/_rules/profiles/某县-2020.yaml").unlink()
    lines = drawn("show", "ENT004").stdout.splitlines()
    assert lines[-2:] == ["SQL", "  没有 SQL：只在选定方案时运行（--profile）。"]


def test_a_profile_without_the_rule_says_so(drawn):
    assert "方案“某县-2020”没有这条规则。" in drawn("show", "EDU001", "--profile", "某县-2020").stdout


def test_a_profiles_parameter_goes_before_the_rule_books(drawn):
    told = json.loads(drawn("show", "INC001", "--profile", "某县-2020", "--format", "json").stdout)
    first = told["parameters"][0]
    assert (told["as_of"], told["region"], first["name"]) == ("2020-12-31", "990101", "收入线")
    assert (first["in_force"]["value"], first["in_force"]["given_by"]) == (4100, "某县八不进（2020）")


def test_a_day_and_place_without_a_value_say_so_with_the_remedy(drawn):
    told = json.loads(drawn("show", "INC001", "--as-of", "2021-01-01", "--region", "990101", "--format", "json").stdout)
    first = told["parameters"][0]
    assert first["in_force"] is None
    assert first["missing"].startswith("无法判断：")
    assert first["missing"].endswith("可用 --set 收入线=数值 给出")
    assert [other["value"] for other in first["others"]] == [3500, 4000, 3000]


def test_a_rule_is_shown_whole_as_json(drawn, snapshot):
    result = drawn("show", "EDU001", "--as-of", "2020-06-30", "--region", "990101", "--format", "json")
    assert json.loads(result.stdout) == snapshot


def test_examples_that_give_another_verdict_are_told_with_their_line(drawn, monkeypatch):
    wrong = request.WrongExample("EDU001", Path("rules/EDU001.yaml"), 17, "fail", "unknown")
    give(monkeypatch, request.Tested(2, 9, (wrong,)))
    result = drawn("test", "--select", "EDU")
    assert (result.exit_code, result.stdout) == (
        1,
        "rules/EDU001.yaml:17: EDU001：应为不符，实为无法判断\n规则 2 条，示例 9 个，不符 1 个。\n",
    )


def test_examples_that_all_hold_leave_with_zero(drawn, monkeypatch):
    give(monkeypatch, request.Tested(2, 9, ()))
    result = drawn("test", "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, "2 rules, 9 examples, 0 wrong.\n")


def test_the_branches_that_examples_reach_are_counted(drawn, monkeypatch):
    give(monkeypatch, request.Tested(2, 9, (), request.Branches(7, 7, 6, 4)))
    assert drawn("test").stdout.splitlines()[1] == "条件的分支 7 个：示例使 7 个为真、6 个为假、4 个无法判断。"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "zh",
            "r.yaml:6: EDU001：没有示例能发现改动“must: 在校 → NOT 在校”\n"
            "r.yaml:9: EDU001：equivalent 里的“must: a → b”不是这条规则的改动\n"
            "规则 2 条，改动 9 处，注明无差别的 1 处，没有示例能发现的 1 处。\n",
        ),
        (
            "en",
            "r.yaml:6: EDU001: the mutant “must: 在校 → NOT 在校” is caught by no example\n"
            "r.yaml:9: EDU001: “must: a → b” under equivalent is no mutant of this rule\n"
            "2 rules, 9 mutants, 1 listed as equivalent, 1 caught by no example.\n",
        ),
    ],
)
def test_mutants_that_no_example_catches_are_told_with_their_line(drawn, monkeypatch, lang, told):
    survivors = (
        mutation.Survivor("EDU001", Path("r.yaml"), 6, "must: 在校 → NOT 在校"),
        mutation.Survivor("EDU001", Path("r.yaml"), 9, "must: a → b", "none"),
    )
    monkeypatch.setattr(mutation, "mutate", lambda *_: mutation.Mutated(2, 9, 1, survivors))
    result = drawn("test", "--mutate", "--lang", lang)
    assert (result.exit_code, result.stdout) == (1, told)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_audit_told_of_a_retired_id_says_what_became_of_it(drawn, option):
    result = CliRunner().invoke(app, ["audit", "registry.xlsx", option, "INC002", "--quiet"])
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", RETIRED)

"""`fupin rules`: the rule book shown and tested."""

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.jobs import request
from tests.reports.drawn import RULES


@pytest.fixture
def fupin(monkeypatch):
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("fupin_cli.rules.load_rulebook", lambda extra: SimpleNamespace(rules=RULES))
    return lambda *arguments: CliRunner().invoke(app, ["rules", *arguments])


def give(monkeypatch, tested):
    job = ModuleType("fupin_cli.jobs.rules")
    job.run_examples = lambda rules_dir, select, progress: tested
    monkeypatch.setitem(sys.modules, "fupin_cli.jobs.rules", job)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_stands_under_its_themes(fupin, snapshot, lang):
    assert fupin("list", "--lang", lang).stdout == snapshot


def test_the_list_can_be_narrowed_by_theme_and_by_id(fupin):
    told = json.loads(fupin("list", "--theme", "edu", "--select", "INC006", "--format", "json").stdout)
    assert [rule["id"] for rule in told] == ["EDU001", "INC006"]


def test_a_rule_is_shown_in_full(fupin, snapshot):
    assert fupin("show", "edu001").stdout == snapshot


def test_a_rule_is_shown_as_json(fupin):
    assert json.loads(fupin("show", "EDU001", "--format", "json").stdout)["basis"] == "某发〔2019〕1号：应当如此"


@pytest.mark.parametrize("arguments", [("show", "EDU01X"), ("list", "--select", "EDU01X")])
def test_a_rule_nobody_knows_is_wrong_usage_and_the_nearest_is_named(fupin, arguments):
    result = fupin(*arguments)
    assert (result.exit_code, result.stderr) == (
        2,
        "没有规则 EDU01X，是不是 EDU001？用 fupin rules list 查看全部规则。\n",
    )


def test_examples_that_give_another_verdict_are_told_with_their_line(fupin, monkeypatch):
    wrong = request.WrongExample("EDU001", Path("rules/EDU001.yaml"), 17, "fail", "unknown")
    give(monkeypatch, request.Tested(2, 9, (wrong,)))
    result = fupin("test", "--select", "EDU")
    assert (result.exit_code, result.stdout) == (
        1,
        "rules/EDU001.yaml:17: EDU001：应为不符，实为无法判断\n规则 2 条，示例 9 个，不符 1 个。\n",
    )


def test_examples_that_all_hold_leave_with_zero(fupin, monkeypatch):
    give(monkeypatch, request.Tested(2, 9, ()))
    result = fupin("test", "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, "2 rules, 9 examples, 0 wrong.\n")

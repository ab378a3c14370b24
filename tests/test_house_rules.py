"""What no linter can see: each house rule is a sentence that fails with the offender's name."""

import ast
import inspect
from pathlib import Path

import pytest

import fupin_cli
from fupin_cli import errors
from fupin_cli.model.rule import THEMES
from fupin_cli.plans import check
from fupin_cli.rules import load_rulebook

SOURCE = Path(fupin_cli.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
BOOK = load_rulebook()
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "common",
    "misc",
    "base",
    "manager",
    "handler",
    "process",
    "data",
    "info",
    "item",
}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_has_one_job_and_says_it_first(module):
    text = module.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    assert module.stem not in FORBIDDEN
    assert ast.get_docstring(ast.parse(text)), "the first line says what comes in and goes out"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_function_is_under_40_lines_unless_it_says_why(module):
    """The signature and the docstring do not count; a comment on the `def` line is the reason."""
    text = module.read_text("utf-8")
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert length <= 40 or "#" in lines[node.lineno - 1], f"{node.name}: {length} lines"


def test_every_error_stands_in_the_tree_drawn_in_its_module():
    drawn = inspect.getdoc(errors)
    for name, thing in vars(errors).items():
        if isinstance(thing, type) and issubclass(thing, Exception) and thing.__module__ == errors.__name__:
            assert name in drawn


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda rule: rule.id)
def test_a_rule_speaks_both_languages_and_rests_on_something(rule):
    assert all((rule.name, rule.message, rule.why, rule.fix)), "Chinese"
    assert all((rule.name_en, rule.message_en, rule.why_en, rule.fix_en)), "English"
    assert rule.basis.document or rule.basis.convention
    assert rule.theme in THEMES


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda rule: rule.id)
def test_a_rule_has_an_example_of_every_verdict_it_can_give(rule):
    wanted = {"pass", "fail"} if rule.kind == "reading" or rule.never_unknown else {"pass", "fail", "unknown"}
    assert wanted <= {example.verdict for example in rule.examples}
    assert len(rule.examples) >= 3


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda rule: rule.id)
def test_a_message_names_only_what_the_rule_can_show(rule):
    known = {*BOOK.dictionary.columns, *BOOK.dictionary.derived, *BOOK.parameters, "成员", "名单", "空白列"}
    reading = {"列", "原值", "说明", "个数", "工作表", "登记日期"}
    listed = {column for name in rule.rows for column in BOOK.dictionary.lists[name].columns}
    for text in (rule.message, rule.message_en):
        fields = {part.split("}", 1)[0].removeprefix("上期 ") for part in text.split("{")[1:]}
        assert fields <= known | listed | (reading if rule.kind == "reading" else set())


@pytest.mark.parametrize("parameter", BOOK.parameters.values(), ids=lambda parameter: parameter.name)
def test_every_value_of_a_parameter_has_its_source_and_a_unit(parameter):
    assert parameter.unit
    assert all(value.basis.document or value.basis.convention for value in parameter.values)


def test_every_profile_item_names_a_rule_that_asks_the_profile():
    book = check(BOOK)
    for profile in BOOK.profiles.values():
        for item in profile.items:
            assert item.rule in book.source.rules, f"{profile.name}: {item.rule}"

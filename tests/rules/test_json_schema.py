"""The exported JSON Schema: every shipped file passes as an editor reads it, broken ones do not, every key is explained."""

import re
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import yaml

from fupin_cli.rules import load_rulebook
from fupin_cli.rules.folder import look_into, shipped_folder
from fupin_cli.rules.json_schema import MODELS, json_schema

BROKEN = Path(__file__).parent / "broken"
FOLDERS = {
    "codes": "codes",
    "lists": "list",
    "parameters": "parameter",
    "profiles": "profile",
    "ledgers": "ledger",
    "retired": "retired",
}


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: days are texts, and so is 是; numbers are numbers."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as yaml declares it


for tag, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
    ("null", r"~|null|", ["~", "n", ""]),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


@cache
def validator(kind):
    made = json_schema(kind, load_rulebook())
    return jsonschema.Draft202012Validator(made, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def mistakes(kind, text):
    return [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(yaml.load(text, Editor))]


def kind_of(path):
    if path.parts[0] == "tables":
        return "derived" if path.name == "derived.yaml" else "columns"
    return FOLDERS.get(path.parts[0].removesuffix(".yaml"), "rule")


def test_every_shipped_file_passes():
    root = shipped_folder()
    folder = look_into(root)
    files = [*folder.rules, *(file for found in folder.files.values() for file in found)]
    wrong = {
        file.name: found
        for file in files
        if (found := mistakes(kind_of(file.relative_to(root)), file.read_text("utf-8")))
    }
    assert len(files) > 300
    assert wrong == {}


BEYOND_A_SCHEMA = {  # what these break is no matter of keys, shapes and names of one file
    "anchor", "tag", "tab", "duplicate-key", "column-twice", "list-column-twice", "list-key-is-no-column",
    "file-in-another-theme", "file-name-not-of-the-rule", "until-before-since", "parameter-values-overlap",
    "code-of-no-value", "ended-value-not-retired", "offered-value-nowhere", "retired-value-nowhere",
    "never-unknown-with-an-unknown-example", "profile-item-twice", "yml",
    "profile-without-and-item", "profiles-in-a-ring", "profile-without-a-lender",
}  # fmt: skip


@pytest.mark.parametrize(
    "file", [file for file in sorted(BROKEN.iterdir()) if file.stem not in BEYOND_A_SCHEMA], ids=lambda file: file.stem
)
def test_a_broken_file_fails(file):
    text = file.read_text("utf-8")
    place = Path(text.splitlines()[0].removeprefix("# "))
    try:
        found = mistakes(kind_of(place), text)
    except yaml.YAMLError as error:  # an editor says so without a schema
        found = [str(error)]
    assert found


RULE = """\
id: INC901
name: 收入为空
scope: 户
severity: error
must: 人均纯收入 > 0
message: 没有人均纯收入
why: 收入必填。
fix: 补上。
basis: {convention: 测试用}
examples:
  - {given: {人均纯收入: 3000}, verdict: pass}
  - {given: {人均纯收入: ""}, verdict: unknown}
  - {given: {人均纯收入: 0}, as_of: 2020-12-31, region: 990101, parameters: {收入线: 3000}, verdict: fail}
"""


def test_a_right_rule_passes():
    assert mistakes("rule", RULE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "path"),
    [
        ("severity: error", "severity: serious", "severity"),
        ("scope: 户", "scope: 家", "scope"),
        ("id: INC901", "id: XXX901", "id"),
        ("why:", "optional: [人均收人]\nwhy:", "optional.0"),
        ("why:", "whyy:", ""),
        ("must: 人均纯收入 > 0", "check: number_unreadable", ""),
        ("why:", "since: 2014年\nwhy:", "since"),
        ("why:", "parts: [ZZZ001]\nwhy:", "parts.0"),
        ("{convention: 测试用}", "{says: 测试用}", "basis"),
        ("收入线: 3000", "收人线: 3000", "examples.2.parameters"),
        ("region: 990101", "region: 山东", "examples.2.region"),
        ("verdict: unknown", "verdict: fail", "examples"),
        ('人均纯收入: ""', "人均纯收入: [1]", "examples.1.given.人均纯收入"),
    ],
)
def test_a_wrong_rule_fails_where_it_is_wrong(right, wrong, path):
    assert RULE.count(right) == 1
    read = yaml.load(RULE.replace(right, wrong), Editor)
    assert path in {".".join(map(str, error.absolute_path)) for error in validator("rule").iter_errors(read)}


@pytest.mark.parametrize("kind", list(MODELS))
def test_every_key_is_explained_in_chinese(kind):
    made = json_schema(kind, load_rulebook())
    shapes = {made["title"]: made, **made.get("$defs", {})}
    bare = [
        f"{name}.{key}"
        for name, shape in shapes.items()
        if name != "cells"
        for key, value in shape["properties"].items()
        if not value["description"]
    ]
    assert bare == [], "write them into rules/schema_words.py"

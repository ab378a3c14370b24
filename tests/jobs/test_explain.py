"""A verdict walked through: every part with its truth, its value, its cell; the parts make up the verdict."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.findings.walk import Sought
from fupin_cli.jobs.explain import run as explain
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings

REGISTRY = """
| 户编号       | 村     | 姓名   | 与户主关系 | 证件号码           | 出生日期   | 在校生状况 | 失学或辍学原因 |
| 990101000001 | 石桥村 | 张示例 | 户主       | 11010519491231002X | 1949-12-31 |            |                |
| 990101000001 | 石桥村 | 张小例 | 之子       |                    | 2010-05-01 | 非在校生   |                |
| 990101000002 | 大塘村 | 李示例 | 户主       |                    | 1980-01-01 |            |                |
| 990101000002 | 大塘村 | 李小例 | 之女       |                    | 约2011     | 非在校生   |                |
"""


def invoke(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["explain", *map(str, arguments), "--as-of", "2020-12-31", "--quiet"])
    return result.exit_code, result.stdout, result.output


def told(*arguments: object) -> list[dict[str, object]]:
    code, stdout, output = invoke(*arguments, "--format", "json")
    assert code == 0, output
    return json.loads(stdout)["explanations"]


def test_a_finding_is_walked_through_by_its_id(sketch):
    path = sketch(REGISTRY)
    report = CliRunner().invoke(
        app, ["audit", str(path), "--select", "EDU001", "--as-of", "2020-12-31", "--format", "json", "--quiet"]
    )
    (finding,) = json.loads(report.stdout)["findings"]
    (walked,) = told(finding["id"], path)
    assert (walked["finding"], walked["verdict"], walked["household"]) == (finding["id"], "fail", "990101000001")
    assert walked["message"] == finding["message"]
    parts = {part["text"]: part for part in reversed(walked["parts"])}
    assert parts["学年初年龄"]["value"] == "10"
    assert parts["在校生状况"] == {
        "role": "when", "depth": parts["在校生状况"]["depth"], "text": "在校生状况", "value": "非在校生", "cells": ["G3"],
        "written": "非在校生",
    }  # fmt: skip
    assert [used["name"] for used in walked["parameters"]] == ["义务教育起始年龄", "义务教育截止年龄"]


def test_a_rule_on_a_household_is_explained_whatever_it_says(sketch):
    path = sketch(REGISTRY)
    assert [(one["person"], one["verdict"]) for one in told("EDU001", path, "--household", "990101000002")] == [
        ("李*例", "not applicable"),
        ("李*例", "unknown"),
    ]
    (one,) = told("edu001", path, "--household", "990101000001", "--person", "张示例", "--reveal")
    assert (one["person"], one["verdict"]) == ("张示例", "not applicable")


def test_a_rule_that_fails_nowhere_is_explained_where_it_cannot_tell(sketch):
    registry = REGISTRY.replace(
        "| 非在校生   |                |\n| 990101000002", "| 小学       |                |\n| 990101000002"
    )
    assert [one["verdict"] for one in told("EDU001", sketch(registry))] == ["unknown"]


@pytest.mark.parametrize("rule", ["EDU001", "REL001", "IDN004", "MED005", "INC002", "STA024"])
def test_the_parts_at_the_root_make_up_the_verdict(rule):
    """Kleene's AND of what `when` says and does not need to say, then `must`."""
    request = Request((Path("sample_data/county_faulty.xlsx"),), Settings(today=date(2020, 12, 31)))
    for each in explain(request, rule, Sought(most=5)):
        whens = [part.truth for part in each.parts if part.role == "when" and part.depth == 0]
        (must,) = [part.truth for part in each.parts if part.role == "must" and part.depth == 0]
        applies = False if False in whens else None if None in whens else True
        expected = (
            "not applicable" if applies is False else "pass" if must is True
            else "fail" if applies is True and must is False else "unknown"
        )  # fmt: skip
        assert each.verdict == expected


def test_personal_texts_are_masked_unless_revealed(sketch):
    registry = """
| 户编号       | 姓名   | 与户主关系 | 证件号码           |
| 990101000001 | 张示例 | 户主       | 110105194912310021 |
"""
    path = sketch(registry)
    _, page, _ = invoke("IDN002", path)
    assert "110105194912310021" not in page
    assert "张示例" not in page
    _, page, _ = invoke("IDN002", path, "--reveal")
    assert "110105194912310021" in page


def test_a_finding_of_the_reading_is_explained_by_its_cell(sketch):
    registry = """
| 户编号       | 姓名   | 与户主关系 | 家庭人口 | 人均纯收入 |
| 990101000001 | 张示例 | 户主       | 1        | 三千多     |
"""
    (one,) = told("FMT001", sketch(registry))
    assert (one["rule"], one["verdict"], one["parts"]) == ("FMT001", "fail", [])
    assert "三千多" in one["message"]


def test_the_page_says_it_in_words_within_80_columns(sketch):
    code, page, _ = invoke("EDU001", sketch(REGISTRY), "--top", "1")
    assert code == 0
    for said in (
        "适用条件（假则不适用）",
        "应满足",
        "√",
        "×",
        "学年初年龄 = 10",
        "用到的标准",
        "为什么",
        "依据",
        "怎么办",
    ):
        assert said in page
    assert all(len(line.encode("gbk", "replace")) <= 80 for line in page.splitlines())


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("EDU001-0000000000", "这份登记表里没有问题 EDU001-0000000000"),
        ("EDU01", "没有规则 EDU01，是不是"),
        ("ENT004", "规则 ENT004 没有运行，缺少"),
        ("REL002", "规则 REL002 在这份登记表里没有不符"),
    ],
)
def test_what_cannot_be_explained_is_said_in_one_sentence(sketch, about, said):
    code, _, output = invoke(about, sketch(REGISTRY))
    assert code == 2
    assert said in output

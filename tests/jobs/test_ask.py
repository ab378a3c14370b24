"""Verdicts that cannot be given become questions: whose cell, what is wrong with it, what waits for it."""

import json

import openpyxl
from typer.testing import CliRunner

from fupin_cli.cli.app import app

REGISTRY = """
| 户编号       | 村     | 姓名   | 与户主关系 | 证件号码           | 健康状况 | 劳动技能   |
| 990101000001 | 石桥村 | 张示例 | 户主       | 11010519491231002X | 健康     | 普通劳动力 |
| 990101000001 | 石桥村 | 张小例 | 之子       | 1101051949         |          |            |
| 990101000002 | 大塘村 | 李示例 | 户主       |                    | 健康     | 普通劳动力 |
"""


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["ask", *map(str, arguments), "--as-of", "2020-12-31", "--quiet"])
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*arguments: object) -> dict[str, object]:
    return json.loads(run(*arguments, "--format", "json"))


def test_each_cell_without_a_value_that_a_rule_asks_is_one_question(sketch):
    asked = told(sketch(REGISTRY), "--select", "LAB003,LAB011,LAB002")
    assert [
        (one["household"], one["person"], one["column"], one["cells"], one["rules"]) for one in asked["questions"]
    ] == [
        ("990101000001", "张*例", "劳动技能", ["G3"], ["LAB002", "LAB003"]),
        ("990101000001", "张*例", "证件号码", ["E3"], ["LAB002", "LAB003"]),
        ("990101000002", "李*例", "证件号码", ["E4"], ["LAB002", "LAB003"]),
    ]


def test_the_question_says_whose_and_what_and_hides_what_is_personal(sketch):
    asked = told(sketch(REGISTRY), "--select", "LAB003")
    assert [one["question"] for one in asked["questions"]][:2] == [
        "张*例（之子）的劳动技能没有填写，应是什么？",
        "张*例（之子）的证件号码读不出，应是什么？",
    ]
    assert "1101051949" not in json.dumps(asked)
    revealed = told(sketch(REGISTRY), "--select", "LAB003", "--reveal")
    assert revealed["questions"][1]["question"] == "张小例（之子）的证件号码“1101051949”读不出，应是什么？"


def test_counts_say_how_many_verdicts_wait_for_a_cell_and_how_many_for_something_else(sketch):
    registry = """
| 户编号       | 姓名   | 与户主关系 | 人均纯收入 | 脱贫状态 |
| 990101000001 | 张示例 | 户主       | 3000       | 未脱贫   |
| 990101000002 | 李示例 | 户主       | 约三千     | 未脱贫   |
"""
    asked = told(sketch(registry), "--select", "ENT023")
    assert asked["counts"] == {"unknown": 2, "unlocked": 1, "questions": 1, "households": 1}
    assert any("收入线" in note["zh"] for note in asked["notes"])


def test_a_household_with_more_waiting_verdicts_stands_first(sketch):
    asked = told(sketch(REGISTRY))
    waiting: dict[str, int] = {}
    for one in asked["questions"]:
        waiting[one["household"]] = waiting.get(one["household"], 0) + one["unlocks"]
    assert list(waiting.values()) == sorted(waiting.values(), reverse=True)


def test_a_registry_without_gaps_asks_nothing(sketch):
    registry = """
| 户编号       | 姓名   | 与户主关系 | 证件号码           | 劳动技能 |
| 990101000001 | 张示例 | 户主       | 11010519491231002X | 无劳动力 |
"""
    assert "无法判断 0 次；其中 0 次等着 0 户的 0 个格子。" in run(sketch(registry), "--select", "LAB003")


def test_the_workbook_leaves_a_column_for_the_answers(sketch, tmp_path):
    out = tmp_path / "问题.xlsx"
    run(sketch(REGISTRY), "--select", "LAB003", "-o", out)
    rows = list(openpyxl.load_workbook(out)["问题"].values)
    assert rows[0][7:10] == ("问题", "原填", "答复")
    assert [row[7] for row in rows[1:3]] == [
        "张*例（之子）的劳动技能没有填写，应是什么？",
        "张*例（之子）的证件号码读不出，应是什么？",
    ]
    assert all(not row[9] for row in rows[1:])


def test_the_page_fits_80_columns_and_speaks_english(sketch):
    page = run(sketch(REGISTRY), "--lang", "en")
    assert "张*例 (之子): 证件号码 cannot be read" in page
    assert all(len(line.encode("gbk", "replace")) <= 80 for line in page.splitlines())

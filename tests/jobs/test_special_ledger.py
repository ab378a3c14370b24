"""`fupin ledger`: whom a special ledger lists, what it says of them, what is missing, and of whom nobody can tell."""

import json
import random
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.errors import InputError, RuleError, UsageError
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.special_ledger import named, run
from fupin_cli.model.settings import Settings
from fupin_cli.plans.ledger import ledger_book
from fupin_cli.rules import load_rulebook

PEOPLE = """
| 户编号       | 乡     | 村     | 户主姓名 | 姓名   | 与户主关系 | 证件号码           | 健康状况        | 患病名称 | 居民医保 | 职工医保 | 大病保险 | 是否签约家庭医生 | 人员状态 |
| 990101000001 | 青石镇 | 石桥村 | 张示例   | 张示例 | 户主       | 11010519491231002X | 长期慢性病      | 高血压   | 是       | 否       | 是       | 是               |          |
| 990101000001 | 青石镇 | 石桥村 | 张示例   | 张小例 | 之子       |                    | 患有大病,残疾   |          |          |          | 约好了   |                  |          |
| 990101000002 | 大塘乡 | 大塘村 | 李示例   | 李示例 | 户主       | 11010519491231002X |                 |          | 是       |          | 是       | 是               |          |
| 990101000002 | 大塘乡 | 大塘村 | 李示例   | 李小例 | 之女       | 11010519491231002X | 健康            |          | 是       |          | 是       | 是               |          |
| 990101000003 | 大塘乡 | 大塘村 | 王示例   | 王示例 | 户主       | 11010519491231002X | 患有大病        | 尿毒症   | 是       |          | 是       |                  | 自然减少 |
| 990101000003 | 大塘乡 | 大塘村 | 王示例   | 王小例 | 之女       | 11010519491231002X | 长期慢性病      | 哮喘     |          | 是       | 是       |                  |          |
"""
DAY = ("--as-of", "2020-12-31", "--quiet")


def ledger(*arguments: object, code: int = 0):
    result = CliRunner().invoke(app, ["ledger", *map(str, arguments), *DAY])
    assert result.exit_code == code, result.output
    return result


def told(*arguments: object):
    return json.loads(ledger(*arguments, "--format", "json").stdout)


def test_each_person_the_ledger_is_about_stands_in_it_once_with_what_is_missing(sketch):
    made = told("患病", sketch(PEOPLE), "--reveal")
    assert [(one["person"], one["row"], one["missing"], one["cannot_tell"]) for one in made["rows"]] == [
        ("张示例", 2, [], []),
        ("张小例", 3, ["证件号码", "患病名称", "基本医保是否参加"], ["大病保险"]),
        ("王小例", 7, ["是否签约家庭医生"], []),
    ]
    assert made["counts"] == {"rows": 3, "lacking": 2, "unsure": 1}


def test_whose_state_is_not_known_is_neither_in_nor_out(sketch):
    made = told("患病", sketch(PEOPLE), "--reveal")
    assert [(one["person"], one["row"]) for one in made["unsure"]] == [("李示例", 4)]


def test_townships_add_up_to_the_whole(sketch):
    made = told("患病", sketch(PEOPLE))
    assert made["townships"] == [
        {"township": "青石镇", "rows": 2, "lacking": 1, "unsure": 0},
        {"township": "大塘乡", "rows": 1, "lacking": 1, "unsure": 1},
    ]


def test_a_text_nobody_can_read_is_shown_as_written_and_named(sketch):
    row = told("医疗", sketch(PEOPLE))["rows"][1]
    assert row["values"]["大病保险"] == "约好了"
    assert row["unreadable"] == ["大病保险"]


def test_names_and_numbers_are_masked_unless_revealed(sketch):
    path = sketch(PEOPLE)
    hidden, open_ = (
        ledger("患病", path, "--format", "json").stdout,
        ledger("患病", path, "--format", "json", "--reveal"),
    )
    assert not any(secret in hidden for secret in ("张示例", "李示例", "王小例", "19491231002X"))
    assert all(secret in open_.stdout for secret in ("张示例", "李示例", "王小例", "19491231002X"))


def test_the_workbook_has_the_department_s_headings_and_room_for_what_it_fills_in(sketch, tmp_path):
    out = tmp_path / "患病台账.xlsx"
    ledger("患病", sketch(PEOPLE), "-o", out, "--reveal")
    book = openpyxl.load_workbook(out)
    heads, *rows = book["台账"].values
    assert book.sheetnames == ["台账", "合计", "看不出是否列入"]
    assert {"患者-姓名", "患者-身份证号", "疾病名称", "医疗机构名称", "就诊类型", "缺什么"} <= set(heads)
    seen = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [(one["患者-姓名"], one["疾病名称"], one["医疗机构名称"], one["缺什么"]) for one in seen] == [
        ("张示例", "高血压", None, None),
        ("张小例", None, None, "证件号码、患病名称、基本医保是否参加"),
        ("王小例", "哮喘", None, "是否签约家庭医生"),
    ]


def test_a_ledger_s_workbook_is_a_registry_again(sketch, tmp_path):
    out = tmp_path / "again.xlsx"
    ledger("患病", sketch(PEOPLE), "-o", out, "--reveal")
    again = told(
        "患病", out, "--sheet", "台账", "--map", "患者-姓名=姓名", "--map", "患者-身份证号=证件号码", "--reveal"
    )
    assert [one["person"] for one in again["rows"]] == ["张示例", "张小例", "王小例"]


def test_a_column_the_registry_lacks_is_told_once_and_counted_for_nobody(sketch):
    registry = "| 户编号 | 姓名 | 与户主关系 | 健康状况 |\n| 990101000001 | 张示例 | 户主 | 患有大病 |"
    made = told("患病", sketch(registry))
    assert [one["missing"] for one in made["rows"]] == [[]]
    assert [one["needed"] for one in made["not_run"]] == [
        "证件号码", "患病名称", "基本医保是否参加", "大病保险", "是否签约家庭医生",
    ]  # fmt: skip
    assert "登记表没有这些列，台账里留空：乡、村、户主姓名" in ledger("患病", sketch(registry)).stdout.replace(
        "\n    ", ""
    )


def test_a_registry_that_cannot_say_who_stands_in_it_makes_no_ledger(sketch):
    registry = "| 户编号 | 姓名 | 与户主关系 |\n| 990101000001 | 张示例 | 户主 |"
    with pytest.raises(InputError) as caught:
        run(Request((sketch(registry),), Settings(today=date(2020, 12, 31))), "患病")
    assert caught.value.zh == (
        "“患病人员台账”做不出来：要看 健康状况 才知道哪些人列入，登记表里没有。"
        "请检查表头（fupin inspect），或用 --map 表头=列名 指明，或用 --list 给出名单。"
    )


def test_a_name_that_is_no_ledger_is_wrong_usage_and_names_those_there_are():
    with pytest.raises(UsageError) as caught:
        named("患病人", load_rulebook())
    assert caught.value.zh == (
        "没有专项台账“患病人”，是不是“患病”？有：住房、患病、教育、残疾。"
        "自己的台账写在 --rules 文件夹的 ledgers/ 里（docs/special-ledgers.md）。"
    )


@pytest.mark.parametrize("name", ["患病", "残疾", "教育", "住房"])
def test_every_shipped_ledger_holds_and_lists_somebody_of_the_sample_county(name):
    book = load_rulebook()
    ledger_book(book.ledgers[name], book)
    made = run(Request((Path("sample_data/county_clean.xlsx"),), Settings(today=date(2020, 12, 31))), name)
    assert len(made.rows) > 50
    assert all(len(row.values) == len(made.ledger.columns) for row in made.rows)
    assert sum(one.rows for one in made.townships) == len(made.rows)


OWN = """name: 务工
title: 务工台账
subject: 人
rows: 务工时间 > 0
columns: [姓名, 务工所在地, {heading: 核实人}]
needed: [务工所在地, {must: 务工时间 <= 12, says: 务工时间超过12个月}]
why: 谁在外面做工。
basis: {convention: 本县惯例}
"""


def own(folder: Path, text: str) -> Path:
    (folder / "ledgers").mkdir(parents=True)
    (folder / "ledgers" / "务工.yaml").write_text(text, "utf-8")
    return folder


def test_a_county_writes_a_ledger_of_its_own(sketch, tmp_path):
    registry = "| 户编号 | 姓名 | 与户主关系 | 务工时间 | 务工所在地 |\n| 990101000001 | 张示例 | 户主 | 14 | |\n| 990101000001 | 张小例 | 之子 | 0 | |"
    made = told("务工", sketch(registry), "--rules", own(tmp_path / "rules", OWN), "--reveal")
    assert [(one["person"], one["missing"]) for one in made["rows"]] == [
        ("张示例", ["务工所在地", "务工时间超过12个月"])
    ]


def test_faults_of_expressions_and_columns_are_told_at_once_each_at_its_place(tmp_path):
    wrong = OWN.replace("务工时间 > 0", "务工时长 > 0").replace("{heading: 核实人}", "房子").replace("<= 12", "= '久'")
    book = load_rulebook(own(tmp_path / "rules", wrong))
    with pytest.raises(RuleError) as caught:
        ledger_book(book.ledgers["务工"], book)
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(4, 7), (5, 22), (6, 24)]


def test_faults_of_the_file_s_shape_are_told_at_once(tmp_path):
    wrong = OWN.replace("{heading: 核实人}", "{}").replace(", says: 务工时间超过12个月", "")
    with pytest.raises(RuleError) as caught:
        load_rulebook(own(tmp_path / "rules", wrong))
    assert [(fault.line, fault.zh) for fault in caught.value.faults] == [
        (5, "这一列要写 column（登记表的列）或 heading（留空的表头）"),
        (6, "只写 must 时要写 says：缺了怎么说"),
    ]


def test_a_drawn_registry_is_listed_as_a_plain_loop_would_list_it(sketch):
    for seed in range(6):
        draw = random.Random(seed)
        people = [
            (f"9901010000{n // 3:02}", f"张{n:03}", draw.choice(["健康", "患有大病", "长期慢性病,残疾", "残疾", "", "不明白"]),
             draw.choice(["胃病", "", " "]))
            for n in range(40)
        ]  # fmt: skip
        lines = ["| 户编号 | 姓名 | 与户主关系 | 健康状况 | 患病名称 |"]
        lines += [f"| {one[0]} | {one[1]} | 其他 | {one[2]} | {one[3]} |" for one in people]
        made = told("患病", sketch("\n".join(lines), f"drawn{seed}.xlsx"), "--reveal")
        sick = [one for one in people if "大病" in one[2] or "慢性病" in one[2]]
        assert [one["person"] for one in made["rows"]] == [one[1] for one in sick]
        assert [bool(one["missing"]) for one in made["rows"]] == [not one[3].strip() for one in sick]
        assert [one["person"] for one in made["unsure"]] == [one[1] for one in people if one[2] in {"", "不明白"}]


def test_an_english_page_says_the_same(sketch):
    page = ledger("残疾", sketch(PEOPLE), "--lang", "en").stdout
    assert page.splitlines()[:2] == [
        "ledger of disabled persons",
        "1 person(s); 1 lack something; of 1 more nobody can tell if they belong here.",
    ]

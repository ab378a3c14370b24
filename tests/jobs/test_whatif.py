"""One registry in two cases: only what differs is told, of every row it differs on."""

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.errors import InputError, RuleError, UsageError
from fupin_cli.model.whatif import Case
from fupin_cli.rules import load_case, load_rulebook

REGISTRY = """
| 户编号       | 乡镇   | 村     | 姓名   | 与户主关系 | 脱贫状态 | 人均纯收入 | 家庭人口 |
| 990101000001 | 青禾镇 | 石桥村 | 张示例 | 户主       | 未脱贫   | 3500       | 1        |
| 990101000002 | 青禾镇 | 石桥村 | 李示例 | 户主       | 未脱贫   | 9000       | 1        |
| 990101000003 | 云溪镇 | 大塘村 | 王示例 | 户主       | 未脱贫   | 5000       | 1        |
| 990101000004 | 云溪镇 | 大塘村 | 赵示例 | 户主       | 未脱贫   | 约五千     | 1        |
"""


def run(*arguments: object, as_of: str | None = "2020-12-31") -> str:
    dated = ["--as-of", as_of] if as_of else []
    result = CliRunner().invoke(app, ["whatif", *map(str, arguments), *dated, "--quiet"])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_row_whose_verdict_differs_is_told_with_both(sketch):
    told = json.loads(
        run(
            "收入线=4000",
            "收入线=6000",
            sketch(REGISTRY),
            "--select",
            "ENT023",
            "--set",
            "在册收入倍数=1",
            "--format",
            "json",
        )
    )
    assert told["before"] == {
        "name": "收入线=4000",
        "profile": None,
        "as_of": None,
        "region": None,
        "parameters": {"收入线": 4000.0},
    }
    assert told["rules"] == [
        {"rule": "ENT023", "name": "收入高于线仍在册", "severity": told["rules"][0]["severity"],
         "changes": [{"before": "fail", "after": "pass", "rows": 1}]}
    ]  # fmt: skip
    assert [(row["household"], row["person"], row["row"], row["before"], row["after"]) for row in told["changes"]] == [
        ("990101000003", "王*例", 4, "fail", "pass")
    ]


def test_a_case_against_itself_differs_nowhere(sketch):
    path = sketch(REGISTRY)
    for case in ("现行", "收入线=4000"):
        assert "每一条规则对每一行的判断都一样" in run(case, case, path)


def test_the_second_case_mirrors_the_first(sketch):
    path = sketch(REGISTRY)
    there = json.loads(run("收入线=3000", "收入线=6000", path, "--format", "json"))
    back = json.loads(run("收入线=6000", "收入线=3000", path, "--format", "json"))
    assert [{**row, "before": row["after"], "after": row["before"]} for row in there["changes"]] == back["changes"]
    assert [(town["gained"], town["lost"]) for town in there["townships"]] == [
        (town["lost"], town["gained"]) for town in back["townships"]
    ]


def test_a_rule_that_runs_in_one_case_only_says_so(sketch, tmp_path):
    case = tmp_path / "红塔.yaml"
    case.write_text("title: 红塔办法\nprofile: 红塔-2018\n", "utf-8")
    cars = tmp_path / "车辆.csv"
    cars.write_text("身份证号,车辆类型,购置价格\n11010519491231002X,小型轿车,80000\n", "utf-8")
    registry = """
| 户编号       | 姓名   | 证件号码           | 与户主关系 | 乡镇   |
| 990101000001 | 张示例 | 11010519491231002X | 户主       | 青禾镇 |
"""
    page = run("现行", case, sketch(registry), "--list", f"车辆={cars}", "--select", "ENT004")
    assert "红塔办法（红塔-2018）" in page
    assert "ENT004" in page
    assert "未运行" in page
    assert "不符" in page


def test_the_workbook_has_every_row_and_masks_names(sketch, tmp_path):
    out = tmp_path / "变化.xlsx"
    run("收入线=3000", "收入线=6000", sketch(REGISTRY), "--select", "ENT023", "--set", "在册收入倍数=1", "-o", out)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["概览", "规则", "变化"]
    assert [[cell.value for cell in row][5:8] for row in book["变化"].iter_rows(min_row=2)] == [
        ["石桥村", "990101000001", "张*例"],
        ["大塘村", "990101000003", "王*例"],
    ]


def test_an_original_is_never_written_over(sketch):
    path = sketch(REGISTRY)
    before = path.read_bytes()
    result = CliRunner().invoke(app, ["whatif", "现行", "收入线=1", str(path), "-o", str(path)])
    assert result.exit_code == 3
    assert path.read_bytes() == before


def test_a_case_is_a_file_a_profile_values_or_things_as_they_are(tmp_path: Path):
    book = load_rulebook()
    file = tmp_path / "2021.yaml"
    file.write_text("as_of: 2021-12-31\nparameters: {收入线: 4500}\n", "utf-8")
    read = load_case(str(file), book)
    assert (read.name, str(read.as_of), read.parameters) == ("2021", "2021-12-31", {"收入线": 4500})
    assert load_case("红塔-2018", book) == Case("红塔-2018", profile="红塔-2018")
    assert load_case("收入线=4500,一帮户数上限=5", book).parameters == {"收入线": 4500.0, "一帮户数上限": 5.0}
    assert load_case("现行", book) == Case("现行")


def test_what_is_no_case_is_refused_in_one_sentence(tmp_path: Path):
    book = load_rulebook()
    with pytest.raises(UsageError, match=r"“红塔”不是情形文件|红塔.* is no case file"):
        load_case("红塔", book)
    with pytest.raises(InputError, match="there is no such case file"):
        load_case(str(tmp_path / "none.yaml"), book)
    file = tmp_path / "a.yaml"
    file.write_text("paramters: {收入线: 4500}\nas_of: 2021年\n", "utf-8")
    with pytest.raises(RuleError) as caught:
        load_case(str(file), book)
    assert [(fault.line, fault.en) for fault in caught.value.faults] == [
        (1, "unknown key “paramters”: did you mean “parameters”?"),
        (2, "“2021年” is no day: write it as 2020-12-31"),
    ]


@pytest.mark.parametrize(("first", "second"), [("2019", "2020"), ("2020", "2019")])
def test_each_case_is_judged_by_the_amounts_of_its_own_year(sketch, tmp_path, first, second):
    registry = """
    | 户编号       | 乡镇   | 姓名   | 与户主关系 | 脱贫状态 | 2019年人均纯收入 | 2020年人均纯收入 |
    | 990101000001 | 青禾镇 | 张示例 | 户主       | 未脱贫   | 3000             | 9000             |
    | 990101000002 | 青禾镇 | 李示例 | 户主       | 未脱贫   | 9000             | 3000             |
    | 990101000003 | 云溪镇 | 王示例 | 户主       | 未脱贫   | 3000             | 3000             |
    """
    cases = [tmp_path / f"{year}.yaml" for year in (first, second)]
    for case in cases:
        case.write_text(f"as_of: {case.stem}-12-31\nparameters: {{收入线: 6000}}\n", "utf-8")

    told = run(
        *cases, sketch(registry), "--select", "ENT023", "--set", "在册收入倍数=1", "--format", "json", as_of=None
    )

    unread = {
        "2019": "G 列在“2020年”之下，没有读；读的是“2019年”之下的。要读另一年就用 --map 指明。",
        "2020": "F 列在“2019年”之下，没有读；读的是“2020年”之下的。要读另一年就用 --map 指明。",
    }
    over = {"2019": "990101000002", "2020": "990101000001"}
    assert {(row["household"], row["before"], row["after"]) for row in json.loads(told)["changes"]} == {
        (over[first], "fail", "pass"),
        (over[second], "pass", "fail"),
    }
    assert [note["zh"] for note in json.loads(told)["notes"]] == [
        f"甲：{unread[first]}",
        f"乙：{unread[second]}",
    ]

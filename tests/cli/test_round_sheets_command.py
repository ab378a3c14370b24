"""fupin round issue, collect, apply and receive as a clerk runs them."""

import json
import re

import openpyxl
import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app


@pytest.fixture
def fupin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "COLUMNS", "FUPIN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments: CliRunner().invoke(app, [str(each) for each in arguments])


def test_a_round_is_handed_out_taken_back_and_applied(fupin, sketch, tmp_path):
    sketch(
        """
        # 花名册
        | 县 | 乡 | 村 | 户编号 | 人编号 | 姓名 | 证件号码 | 与户主关系 |
        | 示例县 | 示例乡 | 东村 | '990101000001 | '9901010000011 | 张三明 | '990101198003070012 | 户主 |
        | 示例县 | 示例乡 | 东村 | '990101000001 | '9901010000012 | 张小花 | '990101201003070022 | 之女 |
        """
    )
    folder, out = tmp_path / "D", tmp_path / "O"
    fupin("round", "new", tmp_path / "registry.xlsx", "-d", folder, "--select", "IDN002", "--as-of", "2020-12-31")
    said = fupin("round", "issue", "-d", folder, "-o", out, "--deadline", "2021-01-31", "--who", "县")
    assert said.exit_code == 0
    assert said.stdout == (
        f"第 1 轮：1 份疑点表、2 条疑点，写在 {out}。\n  示例乡_东村_第1轮疑点.xlsx：2 条\n"
        "表内姓名、证件号码没有遮盖，只发给核实的村，不得转发、公示。\n"
    )
    path = out / "示例乡_东村_第1轮疑点.xlsx"
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["疑点数据"]
    columns = {cell.value: cell.column for cell in sheet[4]}
    lines = {sheet.cell(row, columns["姓名"]).value: row for row in (5, 6)}
    sheet.cell(lines["张三明"], columns["是否属实"]).value = "属实"
    sheet.cell(lines["张三明"], columns["更正值"]).value = "990101198003070010"
    doubt = sheet.cell(lines["张三明"], columns["疑点编号"]).value
    sheet.delete_rows(lines["张小花"])
    workbook.save(path)

    back = fupin("round", "collect", path, "-d", folder)
    assert back.exit_code == 1
    shown = re.sub(r"IDN002-[0-9a-f]{10}", "IDN002-…", back.stdout)
    assert shown == (
        "第 1 轮：1 个文件，收下 1 条反馈。\n"
        "  示例乡_东村_第1轮疑点.xlsx：收下 1 条，没有收下 0 条，重复 0 条，没有填写 0 条。\n"
        "    少了 1 行：IDN002-…\n"
    )
    again = json.loads(fupin("round", "collect", path, "-d", folder, "--format", "json").stdout)
    assert [each["zh"] for each in again["lines"]] == ["以前已经收过，没有变化"]

    applied = fupin("round", "apply", "-d", folder, "-o", tmp_path / "C", "--format", "json")
    assert applied.exit_code == 0
    page = json.loads(applied.stdout)
    assert (page["applied"], page["refused"], page["files"][0]["cells"]) == ([doubt], [], 1)
    assert openpyxl.load_workbook(tmp_path / "C" / "registry.xlsx")["花名册"]["G2"].value == "990101198003070010"


def test_a_status_nobody_has_is_told(fupin, tmp_path):
    said = fupin("round", "issue", "-d", tmp_path, "-o", tmp_path / "O", "--status", "done")
    assert (said.exit_code, said.stderr) == (
        2,
        "--status done：没有这种状态；有：open、issued、answered、confirmed、rejected、closed、reappeared。\n",
    )

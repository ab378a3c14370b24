"""`fupin trend` end to end: its page, its JSON, its workbook, what it refuses, and the codes it ends with."""

import json
import zipfile

import openpyxl
import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from tests.sketch import write_sketch

HEADING = "| 户编号 | 乡镇 | 村 | 姓名 | 与户主关系 | 性别 | 证件号码 | 脱贫属性 | 人均纯收入 |"
YEARS = {
    2018: (
        "| '990101000001 | 青禾镇 | 石桥村 | 张示例 | 户主 | 女 | '11010519491231002X | 已脱贫 | 5000 |",
        "| '990101000002 | 青禾镇 | 大塘村 | 李示例 | 户主 | 男 | '99010119700101001X | 未脱贫 | 3000 |",
    ),
    2019: ("| '990101000001 | 青禾镇 | 石桥村 | 张示例 | 户主 | 女 | '11010519491231002X | 未脱贫 | 5200 |",),
    2020: (
        "| '990101000001 | 青禾镇 | 石桥村 | 张示例 | 户主 | 男 | '11010519491231002X | 返贫 | 5300 |",
        "| '990101000002 | 青禾镇 | 大塘村 | 李示例 | 户主 | 男 | '99010119700101001X | 已脱贫 | 4100 |",
    ),
}


@pytest.fixture
def trend(monkeypatch, tmp_path):
    """Run `fupin trend` in a folder with the three years."""
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    for year, rows in YEARS.items():
        write_sketch(tmp_path / f"{year}.xlsx", "\n".join([f"# {year}年花名册", HEADING, *rows]))
    return lambda *words: CliRunner().invoke(app, ["trend", *map(str, words), "--quiet"])


FILES = ("2018.xlsx", "2019.xlsx", "2020.xlsx")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_fits_eighty_columns(trend, snapshot, lang):
    result = trend(*FILES, "--lang", lang)
    assert (result.exit_code, result.stderr) == (0, "")  # nothing is an error, there are doubts only
    assert result.stdout == snapshot


def test_the_json_is_masked_and_has_every_part(trend, snapshot):
    result = trend(*FILES, "--format", "json", "--household", "990101000002")
    document = json.loads(result.stdout)
    assert "李示例" not in result.stdout
    assert "99010119700101001X" not in result.stdout
    steps = document.pop("steps")
    assert [(step["before"], step["after"], step["counts"]["households"]) for step in steps] == [
        ("2018-12-31", "2019-12-31", 1),
        ("2019-12-31", "2020-12-31", 2),
    ]
    assert document == snapshot


def test_the_workbook_has_diagrams_and_every_row(trend, tmp_path, snapshot):
    assert trend(*FILES, "-o", "历年.xlsx", "--person", "张示例", "--reveal").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "历年.xlsx")
    rows = {sheet.title: [[cell for cell in row if cell not in (None, "")] for row in sheet.values] for sheet in book}
    assert rows == snapshot
    with zipfile.ZipFile(tmp_path / "历年.xlsx") as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        drawing = package.read(charts[0]).decode()
    assert len(charts) == 3
    assert "<c:lineChart>" in drawing
    assert "'概览'!$B$9:$D$9" in drawing or "概览!$B$9:$D$9" in drawing


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("notice", 1), ("never", 0)])
def test_the_exit_code_goes_by_fail_on(trend, fail_on, code):
    assert trend(*FILES, "--select", "STA029", "--fail-on", fail_on).exit_code == code


@pytest.mark.parametrize(("allowed", "code"), [("2", 1), ("3", 0)])
def test_a_number_to_fail_on_is_of_all_findings_of_the_series(trend, allowed, code):
    assert trend(*FILES, "--fail-on", allowed).exit_code == code


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_page_is_there_in_both_languages(trend, snapshot, lang):
    result = trend("--help", "--lang", lang)
    assert (result.exit_code, result.stdout) == (0, snapshot)


def test_a_series_without_findings_ends_with_0(trend):
    result = trend(*FILES, "--select", "IDN038", "--fail-on", "notice")
    assert (result.exit_code, result.stdout.count("没有发现问题。")) == (0, 2)


def test_a_verdict_that_cannot_be_given_counts_where_it_is_asked_for(trend):
    assert trend(*FILES, "--select", "IDN038", "--fail-on", "unknown").exit_code == 1  # who returned has no row before


def test_what_cannot_be_run_ends_with_2_or_3_and_one_sentence(trend, tmp_path):
    for words, code, said in (
        (("2018.xlsx",), 2, "只有一期，没有可比的"),
        (("2018.xlsx", "2018.xlsx"), 2, "2018.xlsx：这个文件给了两次"),
        (("2018.xlsx", "2019.xlsx", "--person", "没有人"), 2, "--person：哪一期都没有这个人"),
        (("2018.xlsx", "2021.xlsx"), 3, "2021.xlsx"),
        (("2018.xlsx", "2019.xlsx", "-o", "2018.xlsx"), 3, "原件不会被改写"),
    ):
        result = trend(*words)
        assert (result.exit_code, said in result.stderr, result.stdout) == (code, True, "")

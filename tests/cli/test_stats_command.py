"""`fupin stats` on the command line: its forms, its exit codes, and the page of the sample county."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.stats import Rollup, run
from fupin_cli.model.settings import Settings
from fupin_cli.reports.stats_json import to_json
from fupin_cli.reports.stats_text import to_terminal
from fupin_cli.reports.words import Look
from fupin_cli.reports.wrapping import width
from tests.sketch import write_sketch

COUNTY = Path(__file__).parents[2] / "sample_data" / "county_faulty.xlsx"
REGISTRY = """
| 户编号        | 乡       | 户主姓名 | 致贫原因 | 家庭人口 |
| '990101000001 | 青石镇   | 张示例   | 因病     | 3        |
| '990101000002 | 青石镇   | 李示例   | 因残     | 2        |
| '990101000003 | '=大塘\\|乡 | 王示例   | 因病     | 4        |
"""


def stats(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["stats", *map(str, arguments), "--as-of", "2020-12-31", "--quiet"])
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    return write_sketch(tmp_path_factory.mktemp("registry") / "registry.xlsx", REGISTRY)


@pytest.fixture
def stated(sketch):
    return sketch("| 乡镇 | 户 | 人 | 占比 |\n| 青石 | 2 | 6 | 40 |\n| 合计 | 3 | 10 | 100 |", "stated.xlsx")


@pytest.fixture(scope="module")
def county():
    settings = Settings(today=date(2021, 3, 1))
    return replace(run(Request(files=(COUNTY,), settings=settings), Rollup()), files=(Path(COUNTY.name),))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_the_sample_county(county, lang, snapshot):
    page = to_terminal(county, Look(lang=lang), top=8)
    assert max(map(width, page.splitlines())) <= 80
    assert page == snapshot


def test_the_json_of_the_sample_county(county, snapshot):
    document = json.loads(to_json(county))
    shown = [table for table in document["tables"] if table["by"] in (["乡"], ["健康状况"])]
    assert len(document["tables"]) == 13
    assert {**document, "tables": shown} == snapshot


def test_a_page_beside_a_stated_table_fits_and_the_exit_code_tells_the_difference(registry, stated, snapshot):
    pages = [stats(registry, "--stated", stated, "--lang", lang, code=1) for lang in ("zh", "en")]
    assert max(width(line) for page in pages for line in page.splitlines()) <= 80
    assert [page.replace(str(registry), registry.name) for page in pages] == snapshot


def test_a_stated_table_that_agrees_exits_zero(registry, sketch):
    right = sketch("| 致贫原因 | 户 | 人 |\n| 因病 | 2 | 7 |\n| 因残 | 1 | 2 |\n| 合计 | 3 | 9 |", "right.csv")
    assert "与登记表一致，合计和占比也对。" in stats(registry, "--stated", right)


def test_wrong_usage_exits_two_and_what_cannot_be_read_three(registry, sketch, tmp_path):
    stats(registry, "--by", "姓名", code=2)
    stats(registry, "--by", "乡", "--by", "乡镇", code=2)
    stats(registry, "--by", "乡", "--by", "cause", "--stated", registry, code=2)
    stats(registry, "--where", "家庭人口 >", code=2)
    stats(registry, "--by", "务工区域", code=3)
    stats(registry, "--stated", tmp_path / "absent.xlsx", code=3)
    stats(registry, "-o", registry, code=3)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    assert "统计了在册的 3 户 9 人。" in stats(registry, broken, code=3)


def test_csv_opens_in_a_spreadsheet_with_numbers_as_numbers_and_no_formula(registry):
    text = stats(registry, "--by", "乡", "--format", "csv")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == [
        ["统计项", "项目", "类别", "户", "户 %", "人", "人 %"],
        ["乡", "青石镇", "", "2", "66.67", "5", "55.56"],
        ["乡", "'=大塘|乡", "", "1", "33.33", "4", "44.44"],
        ["乡", "合计", "合计", "3", "100.00", "9", "100.00"],
    ]


def test_markdown_has_a_table_each_and_nothing_in_it_is_markup(registry, stated):
    page = stats(registry, "--by", "乡", "--stated", stated, "--format", "md", code=1)
    assert page == (
        "# fupin stats\n\n"
        "- 数据日期 2020-12-31。统计了在册的 3 户 9 人。\n"
        "- 没有成员表，人数取自家庭人口。\n\n"
        "## 按乡\n\n"
        "| 乡 | 户 | 户 % | 人 | 人 % |\n| --- | ---: | ---: | ---: | ---: |\n"
        "| 青石镇 | 2 | 66.67 | 5 | 55.56 |\n| &#8203;=大塘\\|乡 | 1 | 33.33 | 4 | 44.44 |\n"
        "| **合计** | **3** | **100.00** | **9** | **100.00** |\n\n"
        "## 核对：stated.xlsx › Sheet1（按乡）\n\n"
        "1 行数字不同或登记表里没有，登记表有 1 行表上没有，合计不同，表内 2 处对不上。\n\n"
        "| 乡 | 户·表上 | 户·登记表 | 相差 | 人·表上 | 人·登记表 | 相差 | 说明 |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
        "| 青石 | 2 | 2 |  | 6 | 5 | +1 |  |\n"
        "| &#8203;=大塘\\|乡 | — | 1 |  | — | 4 |  | 表上没有这一行 |\n"
        "| 合计 | 3 | 3 |  | 10 | 9 | +1 |  |\n\n"
        "- B3：合计行的户数与明细不符：合计为 3，明细之和为 2（VIL011）\n"
        "- C3：合计行的人数与明细不符：合计为 10，明细之和为 6（VIL011）\n"
    )


def test_the_workbook_has_a_sheet_and_a_chart_a_table_and_one_across(tmp_path, registry, stated):
    one, across = tmp_path / "one.xlsx", tmp_path / "across.xlsx"
    stats(registry, "--stated", stated, "--by", "乡", "-o", one, code=1)
    stats(registry, "--by", "乡", "--by", "致贫原因", "-o", across)
    book = openpyxl.load_workbook(one)
    assert book.sheetnames == ["概览", "按乡", "核对 乡"]
    assert [list(row) for row in book["按乡"].iter_rows(values_only=True)] == [
        ["乡", "户", "户 %", "人", "人 %"],
        ["青石镇", 2, 66.67, 5, 55.56],
        ["=大塘|乡", 1, 33.33, 4, 44.44],
        ["合计", 3, 100, 9, 100],
    ]
    assert book["按乡"].auto_filter.ref == "A1:E3"
    assert next(book["核对 乡"].iter_rows(min_row=2, values_only=True)) == ("青石", 2, 2, "", 6, 5, 1, "")
    rows = list(openpyxl.load_workbook(across)["交叉"].iter_rows(values_only=True))
    assert rows[:5] == [
        ("按乡、主要致贫原因：户", None, None, None),
        ("乡", "因病", "因残", "合计"),
        ("青石镇", 1, 1, 2),
        ("=大塘|乡", 1, "", 1),
        ("合计", 2, 1, 3),
    ]
    charts = [name for file in (one, across) for name in zipfile.ZipFile(file).namelist() if "/chart" in name]
    assert len(charts) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_page(lang, snapshot, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert stats("--help", "--lang", lang) == snapshot


def test_a_pipe_of_any_encoding_gets_the_bytes_of_the_file(registry, tmp_path):
    arguments = ["stats", str(registry), "--by", "乡", "--quiet"]
    for form in ("csv", "md"):
        piped = CliRunner(charset="gbk").invoke(app, [*arguments, "--format", form])
        CliRunner().invoke(app, [*arguments, "-o", str(tmp_path / f"a.{form}")])
        assert piped.stdout_bytes == (tmp_path / f"a.{form}").read_bytes()


def test_a_page_of_text_is_not_written_under_the_name_of_another_kind_of_file(registry, tmp_path):
    done = CliRunner().invoke(app, ["stats", str(registry), "-o", str(tmp_path / "a.html")])
    assert (done.exit_code, done.stderr, list(tmp_path.glob("a.html"))) == (
        2,
        f"-o {tmp_path / 'a.html'}：stats 不写 .html 文件；请用 .xlsx .json .csv .md 或 .txt。\n",
        [],
    )

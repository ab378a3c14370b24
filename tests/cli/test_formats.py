"""`fupin audit --format` and `-o`: which form a report has, where it goes, and what a pipe gets of it."""

import json
import sys
from pathlib import Path
from types import ModuleType

import duckdb
import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from tests.reports.drawn import audit

BEGINNINGS = {
    "jsonl": '{"type": "audit"',
    "csv": "\ufeff严重度,规则",
    "junit": '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites',
    "sarif": '{"$schema": "https://docs.oasis-open.org/sarif',
    "markdown": "## fupin 核查结果",
    "github": "::error file=",
    "json": '{\n  "version": 1',
}


@pytest.fixture
def fupin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "COLUMNS", "FUPIN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


@pytest.fixture
def asked(monkeypatch):
    """Put a stand-in where the audit job is, and keep what it was asked."""
    requests = []
    module = ModuleType("fupin_cli.jobs.audit")
    module.run = lambda request, progress: requests.append(request) or audit()
    monkeypatch.setitem(sys.modules, "fupin_cli.jobs.audit", module)
    return requests


@pytest.mark.parametrize("form", BEGINNINGS)
def test_a_pipe_gets_the_form_that_was_asked_for_as_utf8(fupin, asked, form):
    done = fupin("audit", "a.xlsx", "--format", form)
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.stdout_bytes.decode("utf-8").startswith(BEGINNINGS[form])


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.jsonl", "jsonl"), ("a.ndjson", "jsonl"), ("a.CSV", "csv"), ("a.xml", "junit"), ("a.junit.xml", "junit"), ("a.sarif", "sarif"),
     ("a.sarif.json", "sarif"), ("a.json", "json"), ("a.md", "markdown"), ("a.log", "github")],
)  # fmt: skip
def test_the_suffix_of_a_file_goes_before_format(fupin, asked, name, form):
    done = fupin("audit", "a.xlsx", "-o", name, "--format", "github", "--quiet")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", "")
    assert Path(name).read_bytes().decode("utf-8").startswith(BEGINNINGS[form])


def test_a_csv_in_a_pipe_is_byte_for_byte_the_csv_of_a_file(fupin, asked):
    fupin("audit", "a.xlsx", "-o", "a.csv", "--quiet")
    assert fupin("audit", "a.xlsx", "--format", "csv").stdout_bytes == Path("a.csv").read_bytes()


@pytest.mark.parametrize("arguments", [("-o", "v.parquet"), ("--format", "parquet", "-o", "v.parquet"), ("--format", "parquet", "-o", "v.parquet", "--lang", "en"),
                                       ("--format", "parquet", "-o", "v.pq")])  # fmt: skip
def test_a_parquet_file_is_asked_of_the_job_and_the_report_is_shown_as_ever(fupin, asked, arguments):
    plain = fupin("audit", "a.xlsx", *arguments[-2:] if "--lang" in arguments else ())
    done = fupin("audit", "a.xlsx", *arguments)
    assert (done.exit_code, done.stdout) == (plain.exit_code, plain.stdout)
    file = next(each for each in arguments if each.startswith("v."))
    assert [request.verdicts for request in asked] == [None, Path(file)]
    assert done.stderr == (f"Verdicts: {file}.\n" if "--lang" in arguments else f"逐条判断已写入 {file}。\n")


def test_the_report_beside_the_verdicts_has_the_form_of_format(fupin, asked):
    done = fupin("audit", "a.xlsx", "-o", "v.parquet", "--format", "json", "--quiet")
    assert (json.loads(done.stdout)["version"], done.stderr) == (1, "")


def test_verdicts_without_a_file_are_wrong_usage(fupin, asked):
    done = fupin("audit", "a.xlsx", "--format", "parquet")
    assert (done.exit_code, done.stderr, asked) == (
        2,
        "--format parquet：要用 -o 写明文件，如 -o verdicts.parquet；其中是每条规则对每一行的判断。\n",
        [],
    )


def test_a_page_of_text_is_not_written_under_the_name_of_another_kind_of_file(fupin, asked):
    done = fupin("audit", "a.xlsx", "-o", "报告.PDF")
    assert (done.exit_code, done.stderr, asked) == (
        2,
        "-o 报告.PDF：不写 .PDF 文件；请用 .xlsx .html .json .jsonl .csv .xml .sarif .md .txt 或 .parquet。\n",
        [],
    )


def test_a_level_that_hides_health_keeps_its_rules_from_the_verdicts(fupin, asked):
    fupin("audit", "a.xlsx", "-o", "v.parquet")
    fupin("audit", "a.xlsx", "-o", "v.parquet", "--mask", "strict")
    assert [request.health for request in asked] == [True, False]


def test_a_registry_is_never_written_over_by_its_verdicts(fupin, asked):
    done = fupin("audit", "registry.parquet", "-o", "registry.parquet")
    assert (done.exit_code, done.stderr, asked) == (
        3,
        "registry.parquet：这是被核查的文件，原件不会被改写；请给报告另起文件名。\n",
        [],
    )


REGISTRY = """
| 户编号       | 姓名   | 证件号码           | 与户主关系 | 人编号             |
| 990101000001 | 张示例 | 11010519491231002X | 户主       | 11010519491231002X |
| 990101000001 | 李示例 |                    | 配偶       | 99010100000102     |
"""


def test_the_command_writes_the_verdicts_of_a_registry(fupin, sketch):
    file = sketch(REGISTRY)
    done = fupin(
        "audit",
        str(file),
        "-o",
        "v.parquet",
        "--select",
        "IDN002,IDN003",
        "--as-of",
        "2020-12-31",
        "--fail-on",
        "never",
    )
    assert done.exit_code == 0
    with duckdb.connect() as reader:
        assert reader.execute(
            "FROM 'v.parquet' SELECT rule, row, household, person, severity, verdict ORDER BY ALL"
        ).fetchall() == [
            ("IDN002", 2, "990101000001", None, "error", "pass"),  # a certificate stands where the 人编号 should
            ("IDN002", 3, "990101000001", "99010100000102", "error", "unknown"),
            ("IDN003", 2, "990101000001", None, "warning", "pass"),
            ("IDN003", 3, "990101000001", "99010100000102", "warning", "fail"),
        ]


def test_rules_that_read_give_no_verdicts_and_the_file_has_its_columns_all_the_same(fupin, sketch):
    done = fupin("audit", str(sketch(REGISTRY)), "-o", "v.parquet", "--select", "FMT", "--fail-on", "never")
    assert done.exit_code == 0
    with duckdb.connect() as reader:
        read = reader.execute("FROM 'v.parquet'")
        assert (len(read.description), read.fetchall()) == (13, [])

"""`fupin audit`: what it asks of the job, what it prints, which exit code it leaves with."""

import json
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.errors import InputError, UsageError
from fupin_cli.model.audit import Counts
from fupin_cli.model.rule import NotRun
from tests.reports.drawn import BLANKS, INCOME, SCHOOL, audit

CLEAN = audit(findings=(), not_run=(), counts={"EDU001": Counts(passed=3)})


@pytest.fixture
def job(monkeypatch):
    """Put a stand-in where the audit job is: it gives what the test says and keeps what it was asked."""

    class Job:
        gives = CLEAN
        asked = None

        def run(self, request, progress):
            self.asked = request
            progress("sheets", 1, 1)
            if isinstance(self.gives, BaseException):
                raise self.gives
            return self.gives

    stand_in = Job()
    module = ModuleType("fupin_cli.jobs.audit")
    module.run = stand_in.run
    monkeypatch.setitem(sys.modules, "fupin_cli.jobs.audit", module)
    return stand_in


@pytest.fixture
def fupin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "COLUMNS", "FUPIN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments, **env: CliRunner().invoke(app, list(arguments), env=env)


def test_every_option_reaches_the_job(fupin, job):
    fupin(
        "audit", "a.xlsx", "b.csv", "--select", "EDU,INC001", "--select", "HSG", "--ignore", "FMT", "--severity", "warning",
        "--as-of", "2020-12-31", "--region", "大田县", "--profile", "红塔-2018", "--rules", "mine", "--list", "车辆=cars.csv",
        "--list", "房产=h.xlsx", "--set", "收入线=4000", "--set", "年=甲", "--sheet", "花名册", "--map", "证号=证件号码",
        "--baseline", "base.json",
    )  # fmt: skip
    asked = job.asked
    assert asked.files == (Path("a.xlsx"), Path("b.csv"))
    assert (asked.rules_dir, asked.baseline) == (Path("mine"), Path("base.json"))
    assert asked.lists == (("车辆", Path("cars.csv")), ("房产", Path("h.xlsx")))
    assert (asked.wishes.sheets, asked.wishes.mapping) == (("花名册",), {"证号": "证件号码"})
    assert replace(asked.settings, today=date(2000, 1, 1)) == replace(
        asked.settings,
        today=date(2000, 1, 1),
        as_of=date(2020, 12, 31),
        region="大田县",
        profile="红塔-2018",
        select=("EDU", "INC001", "HSG"),
        ignore=("FMT",),
        severity="warning",
        given={"收入线": 4000.0, "年": "甲"},
    )


def test_parameters_of_fupin_toml_hold_unless_the_command_line_says_otherwise(fupin, job):
    Path("fupin.toml").write_text("[parameters]\n收入线 = 3402\n等级 = 'A'\n", encoding="utf-8")
    fupin("audit", "a.xlsx", "--set", "等级=B")
    assert job.asked.settings.given == {"收入线": 3402.0, "等级": "B"}


def test_a_word_fupin_toml_may_not_hold_is_wrong_usage(fupin, job):
    Path("fupin.toml").write_text("[rules]\na = 1\n", encoding="utf-8")
    result = fupin("audit", "a.xlsx")
    assert (result.exit_code, result.stderr) == (
        2,
        "fupin.toml：rules 的写法不对。\n",
    )


@pytest.mark.parametrize(
    ("fail_on", "findings", "unknown", "code"),
    [
        ("error", (SCHOOL,), 0, 1),
        ("error", (INCOME, BLANKS), 0, 0),
        ("warning", (INCOME,), 0, 1),
        ("warning", (BLANKS,), 0, 0),
        ("notice", (BLANKS,), 0, 1),
        ("never", (SCHOOL,), 5, 0),
        ("2", (SCHOOL, INCOME), 5, 0),
        ("1", (SCHOOL, INCOME), 0, 1),
        ("0", (BLANKS,), 0, 1),
        ("0", (), 3, 0),
        ("unknown", (), 0, 0),
        ("unknown", (), 1, 1),
        ("unknown", (BLANKS,), 0, 1),
        ("error", (), 9, 0),
    ],
)
def test_the_exit_code_is_one_at_findings_that_fail_on_names(fupin, job, fail_on, findings, unknown, code):
    job.gives = replace(CLEAN, findings=findings, counts={"EDU001": Counts(unknown=unknown)})
    assert fupin("audit", "a.xlsx", "--fail-on", fail_on).exit_code == code


def test_a_file_that_could_not_be_read_is_three_even_with_findings(fupin, job):
    job.gives = replace(audit(), failed_files=(("坏.xlsx", "坏.xlsx：不是工作簿。", "坏.xlsx: no workbook."),))
    result = fupin("audit", "a.xlsx", "坏.xlsx")
    assert result.exit_code == 3
    assert "坏.xlsx：不是工作簿。" in result.stdout
    assert "义务教育适龄失学" in result.stdout


@pytest.mark.parametrize(
    ("reason", "code"), [("column", 3), ("parameter", 3), ("list", 0), ("profile", 0), ("previous", 0), ("ledger", 0)]
)
def test_strict_is_three_when_a_column_or_parameter_is_lacking(fupin, job, reason, code):
    job.gives = replace(CLEAN, not_run=(NotRun("WAT005", reason, ("x",)),))
    assert fupin("audit", "a.xlsx", "--strict").exit_code == code
    assert fupin("audit", "a.xlsx").exit_code == 0


@pytest.mark.parametrize(
    ("error", "code"), [(InputError("没有文件。", "no file."), 3), (UsageError("没有地区。", "no region."), 2)]
)
def test_an_error_is_one_sentence_on_stderr_in_the_chosen_language(fupin, job, error, code):
    job.gives = error
    chinese = fupin("audit", "a.xlsx")
    english = fupin("audit", "a.xlsx", "--lang", "en")
    assert (chinese.exit_code, chinese.stdout, chinese.stderr) == (code, "", f"{error.zh}\n")
    assert (english.exit_code, english.stdout, english.stderr) == (code, "", f"{error.en}\n")


def test_a_fault_of_fupin_names_only_its_kind(fupin, job):
    job.gives = ValueError("11010519491231002X")
    result = fupin("audit", "a.xlsx")
    assert (result.exit_code, result.stdout, result.stderr) == (
        3,
        "",
        "这是 fupin 自身的错误（ValueError），不是您的文件有误；设 FUPIN_DEBUG=1 可看到出错位置，请反馈给开发者。\n",
    )


def test_a_fault_of_fupin_shows_where_when_asked(fupin, job):
    job.gives = ValueError("x")
    result = fupin("audit", "a.xlsx", "--lang", "en", FUPIN_DEBUG="1")
    assert result.stderr.startswith("Traceback (most recent call last):\n")
    assert result.stderr.endswith(
        "This is a fault of fupin (ValueError), not of your files; FUPIN_DEBUG=1 shows where. Please report it.\n"
    )


def test_an_interrupted_run_is_130(fupin, job):
    job.gives = KeyboardInterrupt()
    result = fupin("audit", "a.xlsx")
    assert (result.exit_code, result.stderr) == (130, "已中断，没有写出报告。\n")


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["audit"], "缺少 文件...。用法见 fupin audit --help。", "FILES... is missing. See fupin audit --help."),
        (
            ["audit", "a", "--formt", "x"],
            "没有 --formt 这个选项（是不是 --format？）。用法见 fupin audit --help。",
            "There is no option --formt. Did you mean --format? See fupin audit --help.",
        ),
        (
            ["audit", "a", "--format", "pdf"],
            "--format 的值不对，可以是 terminal、json、html、jsonl、csv、junit、sarif、markdown、github、parquet。用法见 fupin audit --help。",
            "--format must be one of terminal, json, html, jsonl, csv, junit, sarif, markdown, github, parquet. See fupin audit --help.",
        ),
        (
            ["audit", "a", "--top", "0"],
            "--top 的值不对，要写 1 或更大的整数。用法见 fupin audit --help。",
            "--top must be a whole number, 1 or more. See fupin audit --help.",
        ),
        (
            ["audit", "a", "--as-of", "去年"],
            "--as-of 去年：不是日期，请写成 2020-12-31。",
            "--as-of 去年: not a date; write it as 2020-12-31.",
        ),
        (
            ["audit", "a", "--list", "车辆"],
            "--list 车辆：要写成 名单=文件，或名单说明 lists.yaml 所在的文件夹。",
            "--list 车辆: write it as NAME=FILE, or give the folder of a lists.yaml.",
        ),
        (
            ["audit", "a", "--select"],
            "选项 --select 后面要有一个值。用法见 fupin --help。",
            "Option --select needs a value. See fupin --help.",
        ),
        (
            ["audit", "a", "--quiet=1"],
            "选项 --quiet 后面不能有值。用法见 fupin --help。",
            "Option --quiet takes no value. See fupin --help.",
        ),
        (
            ["audti"],
            "没有 audti 这个命令（是不是 audit？）。用法见 fupin --help。",
            "There is no command audti. Did you mean audit? See fupin --help.",
        ),
        (
            ["rules", "show", "EDU001", "EDU002"],
            "多出来的参数：EDU002。用法见 fupin rules show --help。",
            "Unexpected: EDU002. See fupin rules show --help.",
        ),
    ],
)
def test_wrong_usage_is_two_and_one_sentence(fupin, job, arguments, zh, en):
    chinese = fupin(*arguments)
    english = fupin(*arguments, LANG="en_US.UTF-8")
    assert (chinese.exit_code, chinese.stdout, chinese.stderr) == (2, "", f"{zh}\n")
    assert (english.exit_code, english.stdout, english.stderr) == (2, "", f"{en}\n")


def test_json_goes_to_stdout_and_nothing_else_does(fupin, job):
    job.gives = audit()
    result = fupin("audit", "a.xlsx", "--format", "json")
    assert json.loads(result.stdout)["counts"]["findings"] == 4
    assert result.stderr == ""


def test_a_report_file_leaves_stdout_empty_and_says_on_stderr_where_it_stands(fupin, job):
    job.gives = audit()
    result = fupin("audit", "a.xlsx", "-o", "report.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "报告已写入 report.json。40 户 117 人；发现问题 4 处：错误 2，疑点 1，提示 1。\n"
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["version"] == 1
    assert fupin("audit", "a.xlsx", "-o", "report.json", "--quiet").stderr == ""


def test_only_the_page_asks_for_the_figures_it_draws(fupin, job):
    asked = []
    for output in (("-o", "报告.HTML"), ("--format", "html"), ("-o", "报告.json"), ()):
        assert fupin("audit", "a.xlsx", *output).exit_code == 0
        asked.append(job.asked.figures)
    assert asked == [True, True, False, False]
    assert Path("报告.HTML").read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="zh-CN">')


def test_a_text_report_file_is_plain(fupin, job):
    fupin("audit", "a.xlsx", "-o", "report.txt", "--quiet")
    assert Path("report.txt").read_text(encoding="utf-8").startswith("先请注意\n")


def test_a_place_that_cannot_be_written_is_told_before_the_work(fupin, job):
    result = fupin("audit", "a.xlsx", "-o", "无/report.xlsx")
    assert (result.exit_code, result.stderr) == (3, "无/report.xlsx：没有文件夹 无，请先建立，或换一个位置。\n")
    assert job.asked is None


def test_a_report_may_not_stand_on_an_input(fupin, job):
    result = fupin("audit", "a.xlsx", "-o", "a.xlsx")
    assert (result.exit_code, result.stderr) == (
        3,
        "a.xlsx：这是被核查的文件，原件不会被改写；请给报告另起文件名。\n",
    )
    assert job.asked is None


def test_a_report_may_not_stand_on_the_baseline_or_mapping_of_the_run(fupin, job):
    for option in ("--baseline", "--mapping"):
        result = fupin("audit", "a.xlsx", option, "accepted.json", "-o", "accepted.json")
        assert (result.exit_code, result.stderr) == (
            3,
            "accepted.json：本次要用这个文件（--baseline 或 --mapping），不会覆盖；请给报告另起文件名。\n",
        )
    assert job.asked is None


def test_an_english_locale_gets_english(fupin, job):
    assert "Nothing found." in fupin("audit", "a.xlsx", LANG="en_US.UTF-8").stdout
    assert "没有发现问题。" in fupin("audit", "a.xlsx", LANG="C.UTF-8").stdout
    assert "没有发现问题。" in fupin("audit", "a.xlsx", "--lang", "zh", LANG="en_US.UTF-8").stdout

"""`fupin compare` as it is typed: what it asks of the job, what it prints, which exit code it leaves with."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.cli.compare_options import WORDS
from fupin_cli.errors import UsageError
from fupin_cli.reports import compare_counts
from tests.reports.drawn_comparison import PERSONS, comparison

EQUAL = comparison(
    tables=(replace(PERSONS, only_left=(), only_right=(), changed=(), changed_records=0, duplicates=()),),
    moved=(), regrouped=(), head_changed=(), suspected=(),
)  # fmt: skip
LEFT = """户编号,姓名,证件号码,与户主关系,人均纯收入
990101000123,张小三,11010519491231002X,户主,3200
990101000456,李四,99010119600202003X,户主,5000
"""
RIGHT = LEFT.replace("3200", "4100")


@pytest.fixture
def job(monkeypatch):
    """Put a stand-in where the job is: it gives what the test says and keeps what it was asked."""

    class Job:
        gives = EQUAL
        asked = None

        def run(self, request, progress):
            self.asked = request
            progress("pairs", 0, 1)
            if isinstance(self.gives, BaseException):
                raise self.gives
            return self.gives

    stand_in = Job()
    monkeypatch.setattr("fupin_cli.jobs.compare.run", stand_in.run)
    return stand_in


@pytest.fixture
def fupin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "COLUMNS", "FUPIN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments, **env: CliRunner().invoke(app, ["compare", *arguments], env=env)


@pytest.fixture
def typed(tmp_path):
    """Run the real command in a process of its own, over two small tables."""
    (tmp_path / "左.csv").write_text(LEFT, encoding="utf-8")
    (tmp_path / "右.csv").write_text(RIGHT, encoding="utf-8")

    def run(*arguments, **env):
        kept = {key: value for key, value in os.environ.items() if key in {"PATH", "FUPIN_CACHE", "TMPDIR"}}
        return subprocess.run(
            [sys.executable, "-m", "fupin_cli", "compare", *arguments],
            cwd=tmp_path,
            env={**kept, "PYTHONUTF8": "1", **env},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_every_option_reaches_the_job(fupin, job):
    fupin(
        "a.xlsx", "残联=b.csv", "--on", "姓名,出生日期", "--table", "人", "--table", "户", "--tolerance", "1", "--tolerance",
        "人均纯收入=0.5", "--days", "3", "--link", "--least", "0.8", "--columns", "姓名,人均纯收入", "--ignore-columns", "备注",
        "--sheet", "花名册", "--map", "证号=证件号码", "--mapping", "m.yaml", "--rules", "mine",
    )  # fmt: skip
    asked = job.asked
    assert (asked.left, asked.right) == ((Path("a.xlsx"),), (Path("残联=b.csv"),))
    assert (asked.on, asked.tables) == (("姓名", "出生日期"), ("人", "户"))
    assert (asked.tolerance, asked.days) == ({"": 1.0, "人均纯收入": 0.5}, 3)
    assert (asked.link, asked.least) == (True, 0.8)
    assert (asked.columns, asked.ignored) == (("姓名", "人均纯收入"), ("备注",))
    assert (asked.wishes.sheets, asked.wishes.mapping) == (("花名册",), {"证号": "证件号码"})
    assert (asked.mapping, asked.rules_dir) == (Path("m.yaml"), Path("mine"))


def test_the_command_line_and_the_reports_know_the_same_classes():
    assert WORDS == compare_counts.WORDS


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [("any", 1), ("added", 1), ("moved,split", 1), ("never", 0), ("0", 1), ("7", 1), ("8", 0), ("head-changed", 1)],
)
def test_the_exit_code_is_one_at_what_fail_on_names(fupin, job, fail_on, code):
    job.gives = comparison()
    assert fupin("a", "b", "--fail-on", fail_on).exit_code == code
    job.gives = EQUAL
    assert fupin("a", "b", "--fail-on", fail_on).exit_code == 0


def test_a_file_that_could_not_be_read_is_three_whatever_differs(fupin, job):
    job.gives = replace(comparison(), failed_files=(("坏.xlsx", "坏.xlsx：不是工作簿。", "坏.xlsx: no workbook."),))
    result = fupin("a", "b", "--fail-on", "never")
    assert result.exit_code == 3
    assert "坏.xlsx：不是工作簿。" in result.stdout


def test_an_error_of_the_job_is_one_sentence_in_the_chosen_language(fupin, job):
    job.gives = UsageError("没有这一列。", "no such column.")
    chinese, english = fupin("a", "b"), fupin("a", "b", "--lang", "en")
    assert (chinese.exit_code, chinese.stdout, chinese.stderr) == (2, "", "没有这一列。\n")
    assert (english.exit_code, english.stdout, english.stderr) == (2, "", "no such column.\n")


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["a"], "缺少 右。用法见 fupin compare --help。", "RIGHT is missing. See fupin compare --help."),
        (
            ["a", "b", "--fail-on", "aded"],
            f"--fail-on aded：没有这个类别。是不是 added？可以写 {'、'.join(WORDS)}，或一个数。",
            f"--fail-on aded: there is no such class. Did you mean added? Write {', '.join(WORDS)}, or a number.",
        ),
        (
            ["a", "b", "--tolerance", "人均纯收入=少"],
            "--tolerance 人均纯收入=少：要写成不小于 0 的数，或 列=数，如 人均纯收入=0.5。",
            "--tolerance 人均纯收入=少: write a number of 0 or more, or COLUMN=N, as 人均纯收入=0.5.",
        ),
        (
            ["a", "b", "--table", "县"],
            "--table 县：没有这种表；可以写 人、户、村。",
            "--table 县: there is no such table; write one of 人, 户, 村.",
        ),
    ],
)
def test_wrong_usage_is_two_and_one_sentence_before_any_work(fupin, job, arguments, zh, en):
    chinese, english = fupin(*arguments), fupin(*arguments, LANG="en_US.UTF-8")
    assert (chinese.exit_code, chinese.stdout, chinese.stderr) == (2, "", f"{zh}\n")
    assert (english.exit_code, english.stdout, english.stderr) == (2, "", f"{en}\n")
    assert job.asked is None


@pytest.mark.parametrize("side", [("a.csv", "b.csv"), ("b.csv", "a.csv"), ("b.csv", "残联=a.csv")])
def test_a_report_may_not_stand_on_either_side(fupin, job, side):
    Path("a.csv").write_text(LEFT, encoding="utf-8")
    result = fupin(*side, "-o", "a.csv")
    assert result.exit_code == 3
    assert job.asked is None


def test_a_place_that_cannot_be_written_is_told_before_the_work(fupin, job):
    result = fupin("a", "b", "-o", "无/比对.xlsx")
    assert (result.exit_code, result.stderr) == (3, "无/比对.xlsx：没有文件夹 无，请先建立，或换一个位置。\n")
    assert job.asked is None


def test_the_suffix_of_the_output_says_its_form(fupin, job):
    job.gives = comparison()
    for name in ("比对.xlsx", "比对.json", "比对.txt"):
        result = fupin("a", "b", "-o", name)
        assert result.stdout == ""
        assert result.stderr.startswith(f"报告已写入 {name}。人：相同 110，有改动 3，仅左边有 2，仅右边有 1，")
    assert load_workbook("比对.xlsx").sheetnames[:3] == ["概况", "变化", "并排 人"]
    assert json.loads(Path("比对.json").read_text(encoding="utf-8"))["version"] == 1
    assert Path("比对.txt").read_text(encoding="utf-8").startswith("先请注意\n")
    assert fupin("a", "b", "-o", "比对.json", "--quiet").stderr == ""


def test_top_says_how_many_records_are_listed(fupin, job):
    job.gives = comparison()
    assert fupin("a", "b", "--top", "1").stdout.count("；-o 比对.xlsx 里有全部。") == 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_page_names_every_option(fupin, snapshot, lang):
    assert fupin("--help", "--lang", lang, COLUMNS="100").stdout == snapshot


# ---- the real command


def test_equal_files_are_zero(typed):
    result = typed("左.csv", "左.csv")
    assert (result.returncode, result.stderr) == (0, "")
    assert "没有差别。" in result.stdout


def test_files_that_differ_are_one_and_a_pipe_has_no_colour(typed):
    result = typed("左.csv", "右.csv")
    assert result.returncode == 1
    assert "人均纯收入：3200 → 4100  [E2 | E2]" in result.stdout
    assert "\x1b" not in result.stdout
    assert "张小三" not in result.stdout
    assert typed("左.csv", "右.csv", "--fail-on", "added,removed").returncode == 0
    assert typed("左.csv", "右.csv", "--tolerance", "900").returncode == 0
    assert typed("左.csv", "右.csv", "--ignore-columns", "人均纯收入").returncode == 0
    assert typed("左.csv", "右.csv", "--columns", "姓名,与户主关系").returncode == 0


def test_json_is_all_that_stands_on_stdout(typed):
    result = typed("左.csv", "右.csv", "--format", "json", "--lang", "en")
    report = json.loads(result.stdout)
    assert (report["left"], report["right"], report["counts"]["same"]) == ("左.csv", "右.csv", 2)
    (homes,) = report["also"]  # income is the household's
    assert [(change["column"], change["left"], change["right"]) for change in homes["changed"]] == [
        ("人均纯收入", 3200, 4100)
    ]
    assert homes["changed"][0]["right_place"] == {"file": "右.csv", "sheet": "", "row": 2, "cells": ["E2"]}


def test_a_column_nobody_has_is_two_with_the_nearest(typed):
    result = typed("左.csv", "右.csv", "--columns", "人均收入")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "--columns 人均收入：两边不都有这一列（用 fupin inspect 所示的列名）。是不是 人均纯收入？\n"
    )


def test_a_file_that_is_not_there_is_three(typed):
    result = typed("左.csv", "没有.csv")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.startswith("没有.csv：")


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_an_interrupted_run_is_130(tmp_path):
    os.mkfifo(tmp_path / "左.csv")  # nothing is written to it, so that the run waits
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "FUPIN_CACHE", "TMPDIR"}}
    run = subprocess.Popen(
        [
            sys.executable,
            "-c",  # whoever starts the tests in the background has Ctrl-C ignored, and hands that on
            "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
            "from fupin_cli.cli import main\nmain()",
            "compare",
            "左.csv",
            "x.csv",
        ],
        cwd=tmp_path,
        env={**kept, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with run:
        try:
            writer = opened_for_reading(tmp_path / "左.csv")
            out, err = interrupted(run)
            os.close(writer)
        finally:
            run.kill()
    assert (run.returncode, out, err) == (130, "", "已中断，没有写出报告。\n")


def interrupted(run):
    """What the run prints when Ctrl-C is typed; again, where it came just before the run began to wait."""
    for _ in range(12):
        run.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return run.communicate(timeout=5)
    raise AssertionError("the run does not end")


def opened_for_reading(pipe):
    """A writer of the pipe, which can be had as soon as the run reads from it."""
    for _ in range(600):
        with suppress(OSError):  # nobody reads yet
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.1)
    raise AssertionError("the run reads nothing")


EDITIONS = Path(__file__).parents[2] / "sample_data" / "editions"


def test_the_two_editions_of_the_sample_village_have_every_class_of_difference(fupin):
    files = [str(EDITIONS / f"枫树坪村{year}.xlsx") for year in (2019, 2020)]
    result = fupin(*files, "--link", "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert report["counts"] == {
        "same": 38, "changed": 11, "only_left": 2, "only_right": 6, "duplicate_left": 0, "duplicate_right": 1, "moved": 1,
        "split": 1, "merged": 1, "head_changed": 1, "suspected_same": 1, "changed_cells": 11,
    }  # fmt: skip
    assert fupin(files[0], files[0]).exit_code == 0

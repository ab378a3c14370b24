"""`fupin round new | close | status | why | merge | export` by the real command: what is said, and the codes they end with."""

import shutil

import pytest
import typer
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.cli.round_app import round_app
from tests.jobs.drawn_round import WRONG, person, written


@pytest.fixture
def fupin(monkeypatch, tmp_path):
    """Run `fupin round …` in the test's own folder."""
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, ["round", *map(str, words)])


def test_a_campaign_of_two_rounds_by_the_real_commands(fupin, tmp_path):
    written(tmp_path / "a.csv", person(1, WRONG), person(2, WRONG))
    done = fupin("new", "a.csv", "-d", "c", "--select", "IDN002", "--who", "县", "--deadline", "2021-02-01")
    assert (done.exit_code, done.stdout) == (0, "第 1 轮已开。\n  新疑点：2\n")

    written(tmp_path / "b.csv", person(1), person(2, WRONG))
    done = fupin("close", "b.csv", "-d", "c", "--as-of", "2021-02-01")
    told = "第 1 轮：\n  凭数据销号：1\n  仍未销号：1\n    1  登记表里仍有这个问题\n"
    assert (done.exit_code, done.stdout[: len(told)]) == (0, told)
    done = fupin("close", "b.csv", "-d", "c", "--as-of", "2021-02-02", "--quiet")
    assert done.exit_code == 1
    assert "RND001 疑点超期未反馈" in done.stdout

    shutil.copytree(tmp_path / "c", tmp_path / "town")
    done = fupin("merge", "town/台账.sqlite", "-d", "c", "--who", "县")
    assert (done.exit_code, done.stdout) == (0, "已并入：\n  疑点：0\n  反馈：0\n  状态变化：0\n  轮次：0\n")
    done = fupin("merge", "town/台账.sqlite", "-d", "c", "--who", "县")
    assert done.stdout == "这份台账先前已经并入，没有重复登记。\n"

    assert fupin("new", "b.csv", "-d", "c", "--select", "IDN002", "--lang", "en").stdout == (
        "Round 2 is open.\n  from before, still open: 1\n"
    )
    assert fupin("why", "1", "2", "-d", "c").stdout.splitlines()[2:4] == [
        "  第 1 轮有、第 2 轮没有：1",
        "    1  数据变了",
    ]
    assert fupin("status", "-d", "c", "--format", "json").exit_code == 0
    assert fupin("status", "-d", "c", "-o", "s.xlsx").exit_code == 0
    assert (tmp_path / "s.xlsx").stat().st_size > 0
    done = fupin("export", "-d", "c", "-o", "e.xlsx")
    assert (done.exit_code, done.stderr) == (0, "已写入 e.xlsx：3 行疑点。不脱敏，请妥善保管。\n")


@pytest.mark.parametrize(
    ("words", "code", "zh"),
    [
        (
            ("status", "-d", "c"),
            3,
            "c：这里没有清洗台账（台账.sqlite）；先用 fupin round new 登记表 -d c 开第一轮，或核对 -d。\n",
        ),
        (("close", "a.csv", "-d", "c", "--confirm", "all"), 2, "--confirm 要写明谁确认的（--who）。\n"),
        (
            ("merge", "x.sqlite", "-d", "c"),
            3,
            "c：这里没有清洗台账（台账.sqlite）；先用 fupin round new 登记表 -d c 开第一轮，或核对 -d。\n",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(fupin, tmp_path, words, code, zh):
    written(tmp_path / "a.csv", person(1, WRONG))
    done = fupin(*words)
    assert (done.exit_code, done.stderr) == (code, zh)


def test_who_does_it_is_who_in_every_command_and_by_is_the_township_or_village(fupin):
    told = {name: fupin(name, "--help").stdout for name in typer.main.get_command(round_app).commands}
    assert (
        {name for name, page in told.items() if "谁做的（默认为系统用户名）" in page}
        == {name for name, page in told.items() if "--who" in page}
        == {"new", "issue", "collect", "apply", "close", "merge"}
    )
    by = {name: line for name, page in told.items() for line in page.splitlines() if "--by" in line}
    assert by.keys() == {"issue", "status"}
    assert all("乡|村" in line for line in by.values())

"""--mask on the command line: levels, kinds, what contradicts --reveal, and what no configuration may settle."""

import json
from pathlib import Path

import pytest

from tests.cli.test_audit_command import fupin, job  # noqa: F401 - fixtures
from tests.reports.drawn import audit, finding

HEALTHY = finding("EDU001-1", "EDU001", message="张小三，电话 13800001234", secrets={"13800001234": "电话"})
ILL = finding("EDU001-2", "EDU001", message="张小三，健康状况“残疾”")


@pytest.fixture
def told(fupin, job):  # noqa: F811
    """Run an audit that finds two things, and return what its JSON says."""
    job.gives = audit(findings=(HEALTHY, ILL))

    def run(*words, **env):
        result = fupin("audit", "a.xlsx", "--format", "json", *words, **env)
        assert (result.exit_code, result.stderr) == (1, "")
        return json.loads(result.stdout)

    return run


@pytest.mark.parametrize(
    ("words", "person", "message", "listed"),
    [
        ((), "张*三", "张*三，电话 138****1234", 2),
        (("--reveal",), "张小三", "张小三，电话 13800001234", 2),
        (("--mask", "none"), "张小三", "张小三，电话 13800001234", 2),
        (("--mask", "none", "--reveal"), "张小三", "张小三，电话 13800001234", 2),
        (("--mask", "numbers"), "张小三", "张小三，电话 138****1234", 2),
        (("--mask", "strict"), "张*三", "张*三，电话 138****1234", 1),
        (("--mask", "公示"), "张*三", "张*三，电话 〔略〕", 1),
        (("--mask", "姓名,健康"), "张*三", "张*三，电话 13800001234", 1),
    ],
)
def test_each_level_shows_what_it_says(told, words, person, message, listed):
    found = told(*words)["findings"]
    assert (found[0]["person"], found[0]["message"], len(found)) == (person, message, listed)


def test_the_line_about_a_written_report_counts_what_stands_in_it(fupin, job):  # noqa: F811
    job.gives = audit(findings=(ILL,))
    result = fupin("audit", "a.xlsx", "--mask", "public", "-o", "报告.json")
    counted = json.loads(Path("报告.json").read_text("utf-8"))["counts"]["findings"]
    assert (counted, "发现问题 0 处" in result.stderr) == (0, True)


def test_the_exit_code_counts_what_a_level_leaves_out_too(fupin, job):  # noqa: F811
    job.gives = audit(findings=(ILL,))
    result = fupin("audit", "a.xlsx", "--mask", "public", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["counts"]["findings"]) == (1, 0)


@pytest.mark.parametrize(
    ("command", "words", "zh", "en"),
    [
        (
            "audit",
            ["--mask", "all"],
            "--mask all：可以是 none、numbers、standard、strict、public（公示即 public），或要遮盖的种类，用逗号隔开：姓名、证件、电话、账号、健康。",
            "--mask all: must be one of none, numbers, standard, strict, public, or the kinds to hide with commas between: name, "
            "certificate, phone, account, health.",
        ),
        (
            "audit",
            ["--mask", "public", "--reveal"],
            "--reveal 和 --mask public 相反：一个不遮盖，一个要遮盖；只写一个。",
            "--reveal and --mask public say contrary things: give one of them.",
        ),
        (
            "ledger",
            ["--mask", "strict"],
            "--mask strict：fupin ledger 的报告每一行都可能说到健康，不能这样遮盖；可以用 none、numbers、standard。",
            "--mask strict: any line of a report of fupin ledger may tell of health, so it cannot be hidden there; use none, numbers "
            "or standard.",
        ),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(fupin, job, command, words, zh, en):  # noqa: F811
    names = ["患病", "a.xlsx"] if command == "ledger" else ["a.xlsx"]
    for lang, said in (("zh", zh), ("en", en)):
        result = fupin(command, *names, *words, "--lang", lang)
        assert (result.exit_code, result.stderr.splitlines()[0]) == (2, said)


def test_a_stricter_level_may_be_settled_once_and_reveal_on_the_line_goes_before_it(told):
    assert told(FUPIN_MASK="public")["masking"]["level"] == "public"
    Path("fupin.toml").write_text('[audit]\nmask = "strict"\n', "utf-8")
    assert told()["masking"]["level"] == "strict"
    assert told("--mask", "numbers")["masking"]["level"] == "numbers"
    revealed = told("--reveal")
    assert (revealed["masking"]["level"], revealed["notes"]) == ("none", ["收入线=4000 由用户给定，没有出处。"])
    assert told()["notes"][1] == "选项 --mask 取自 fupin.toml"


@pytest.mark.parametrize("level", ["none", "numbers", "姓名"])
def test_a_level_that_hides_less_than_reports_do_unasked_is_said_each_time(fupin, job, level):  # noqa: F811
    result = fupin("audit", "a.xlsx", FUPIN_MASK=level)
    assert (result.exit_code, result.stderr) == (
        2,
        f"FUPIN_MASK：mask {level} 比默认的遮盖得少，不能写在配置或环境变量里；要每次在命令行上写 --mask {level}。\n",
    )
    Path("fupin.toml").write_text(f'mask = "{level}"\n', "utf-8")
    assert fupin("audit", "a.xlsx").stderr.startswith(f"fupin.toml：mask {level} 比默认的遮盖得少")

"""--mask on the command line: levels, kinds, what contradicts --reveal, and what no configuration may settle."""

import json
from pathlib import Path

import openpyxl
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


CARD = """
| 户编号 | 姓名 | 证件号码 | 与户主关系 | 健康状况 | 数据日期 |
| '990101000001 | '张　小三 | '11010519491231002x | 户主 | 残疾人 | 2020-12-31 |
"""


@pytest.mark.parametrize(
    ("words", "name", "number", "listed"),
    [
        ((), "张*三", "110105***********X", 4),
        (("--mask", "none"), "张小三", "11010519491231002X", 4),
        (("--mask", "numbers"), "张小三", "110105***********X", 4),
        (("--mask", "strict"), "张*三", "110105***********X", 3),
        (("--mask", "public"), "张*三", "〔略〕", 3),
    ],
)
def test_repairs_are_shown_as_the_level_says(fupin, sketch, words, name, number, listed):  # noqa: F811
    sketch(CARD)
    page = fupin("clean", "registry.xlsx", "--check", "--format", "json", *words)
    told = json.loads(page.stdout)
    changes = {change["column"]: change for change in told["files"][0]["changes"]}
    assert (page.exit_code, told["repaired"], "健康状况" in changes) == (1, listed, listed == 4)
    assert (changes["姓名"]["after"], changes["证件号码"]["after"]) == (name, number)
    assert ("另有 1 格的改动说到健康" in "".join(told["notes"])) is (listed == 3)


def test_the_log_of_repairs_says_what_it_hides(fupin, sketch, tmp_path):  # noqa: F811
    sketch(CARD)
    assert fupin("clean", "registry.xlsx", "-o", "out", "--mask", "strict").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "out/changes.xlsx")
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(
        text.startswith("姓名、证件号码、电话、账号已遮盖；说到健康、残疾和病情的问题没有列出") for text in texts
    )
    assert not any("残疾人" in text or "张小三" in text for text in texts)
    assert "残疾人" in (tmp_path / "out/changes.jsonl").read_text("utf-8")  # it undoes the repairs


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ((), {"姓名": "张**三", "证件号码": "110105***********x", "健康状况": "残疾人"}),
        (("--reveal",), {"姓名": "张 小三", "证件号码": "11010519491231002x", "健康状况": "残疾人"}),
        (("--mask", "号码"), {"姓名": "张 小三", "证件号码": "110105***********x", "健康状况": "残疾人"}),
        (("--mask", "公示"), {"姓名": "张**三", "证件号码": "〔略〕", "健康状况": "〔略〕"}),
    ],
)
def test_the_first_row_of_a_table_is_shown_as_the_level_says(fupin, sketch, words, row):  # noqa: F811
    sketch(CARD)
    told = json.loads(fupin("inspect", "registry.xlsx", "--format", "json", *words).stdout)
    sample = told["files"][0]["sheets"][0]["tables"][0]["sample"]
    assert {column: sample[column] for column in row} == row
    heading = "第一行（已遮盖）" if "--reveal" not in words else "第一行\n"
    assert heading in fupin("inspect", "registry.xlsx", *words).stdout


def test_what_stands_in_a_baseline_is_shown_as_the_level_says(fupin, tmp_path):  # noqa: F811
    line = "{id: EDU001-1, rule: EDU001, accepted_by: 县里, reason: 电话13800001234核实过}"
    (tmp_path / "b.yaml").write_text(f"version: 2\nfindings:\n  - {line}\n", "utf-8")
    shown = {
        words: json.loads(fupin("baseline", "show", "--baseline", "b.yaml", "--format", "json", *words).stdout)
        for words in ((), ("--mask", "none"))
    }
    reasons = [found["findings"][0]["reason"] for found in shown.values()]
    assert reasons == ["电话138****1234核实过", "电话13800001234核实过"]
    refused = fupin("baseline", "show", "--baseline", "b.yaml", "--mask", "strict")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("--mask strict：fupin baseline show 的报告每一行都可能说到健康")

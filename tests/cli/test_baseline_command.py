"""`fupin baseline create | update | show` with the real command: accepted, expired, found no more, never a personal number."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app

HEAD = "| 户编号 | 姓名 | 与户主关系 | 证件号码 | 民族 | 年度 |"
ROWS = [
    "| '990101000001 | 张小三 | 户主 | '990101197001010013 | | 2020 |",
    "| '990101000002 | 李四 | 户主 | '990101197102020027 | | 2020 |",
    "| '990101000003 | 王五 | 户主 | '99010119720303003X | | 2020 |",
]
WANTED = ("--select", "IDN010")


@pytest.fixture
def fupin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FUPIN_CONFIG", "off")
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    set_day(monkeypatch, "2021-05-10")
    return lambda *arguments, **env: CliRunner().invoke(app, [str(each) for each in arguments], env=env)


def set_day(monkeypatch, day):
    for module in ("audit", "baseline"):
        monkeypatch.setattr(f"fupin_cli.cli.{module}.today", lambda: date.fromisoformat(day))


def rows(*kept):
    return "\n".join([HEAD, *(ROWS[each] for each in kept)])


def created(fupin, path, *more):
    result = fupin("baseline", "create", path, "-o", "b.yaml", "--by", "赵六", "--why", "已核实", *WANTED, *more)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def accepted(fupin, path, *more):
    result = fupin("audit", path, *WANTED, "--format", "json", "--baseline", "b.yaml", "--fail-on", "notice", *more)
    return result.exit_code, json.loads(result.stdout)


def test_what_was_accepted_is_no_finding_and_stands_in_the_head_of_the_report(fupin, sketch):
    path = sketch(rows(0, 1, 2))
    assert created(fupin, path, "--until", "2021-06-30") == "已写入 b.yaml：接受 3 处。\n"
    text = Path("b.yaml").read_text("utf-8")
    assert "    person: 张*三\n" in text
    assert "    accepted_by: 赵六\n    reason: 已核实\n    accepted_on: 2021-05-10\n    until: 2021-06-30\n" in text
    assert not any(number in text for number in ("990101197001010013", "990101197102020027", "张小三"))
    code, report = accepted(fupin, path)
    assert (code, report["findings"], report["counts"]["accepted"]) == (0, [], 3)
    told = report["accepted"]
    assert {key: told[key] for key in ("count", "expiring_soon", "expired", "not_found", "unstable")} == {
        "count": 3,
        "expiring_soon": 3,
        "expired": 0,
        "not_found": 0,
        "unstable": 0,
    }
    page = fupin("audit", path, *WANTED, "--baseline", "b.yaml").stdout
    assert "已接受 3 处（其中 3 处到下月底前到期），不再列出：IDN010 ×3（b.yaml）" in page


def test_sorting_the_sheet_keeps_everything_accepted(fupin, sketch):
    created(fupin, sketch(rows(0, 1, 2)))
    turned = sketch("| 2020年花名册 |\n" + rows(2, 0, 1), "sorted.xlsx")
    code, report = accepted(fupin, turned)
    assert (code, report["accepted"]["count"], report["accepted"]["not_found"]) == (0, 3, 0)


def test_an_expired_acceptance_is_a_finding_again_and_says_since_when(fupin, sketch, monkeypatch):
    path = sketch(rows(0, 1))
    created(fupin, path, "--until", "2021-06-30")
    set_day(monkeypatch, "2021-07-01")
    code, report = accepted(fupin, path)
    assert (code, report["accepted"]["expired"], report["accepted"]["count"]) == (1, 2, 0)
    assert {finding["accepted_until"] for finding in report["findings"]} == {"2021-06-30"}
    page = fupin("audit", path, *WANTED, "--baseline", "b.yaml").stdout
    assert "2 处的接受已到期，重新列为问题：IDN010 ×2" in page
    assert "（曾被接受，已于 2021-06-30 到期）" in page


def test_an_accepted_finding_that_says_something_else_now_is_told(fupin, sketch):
    head = "| 户编号 | 户主姓名 | 家庭人口 | 脱贫属性 | 脱贫年度 | 年度 | 人均纯收入 |"
    row = "| '990101000001 | 张三 | 3 | 已脱贫 | 2016 | 2016 | {} |"
    asked = ("--select", "INC006", "--set", "收入线=3402")
    path = sketch(f"{head}\n{row.format(3300)}")
    fupin("baseline", "create", path, "-o", "b.yaml", "--by", "赵六", "--why", "已核实", *asked)
    same = fupin("audit", path, *asked, "--baseline", "b.yaml")
    assert (same.exit_code, "内容与接受时不同" in same.stdout) == (0, False)
    later = sketch(f"{head}\n{row.format(300)}", "later.xlsx")
    page = fupin("audit", later, *asked, "--baseline", "b.yaml").stdout
    assert "已接受的有 1 处内容与接受时不同（数据变了），请复核：INC006 ×1" in page
    updated = fupin("baseline", "update", later, *asked, "--baseline", "b.yaml").stdout
    assert "    其中内容与接受时不同 1 (INC006 ×1)\n" in updated
    assert "内容与接受时不同" not in fupin("audit", later, *asked, "--baseline", "b.yaml").stdout


def test_a_day_that_has_passed_is_no_day_to_accept_until(fupin):
    result = fupin("baseline", "create", "a.xlsx", "-o", "b.yaml", "--by", "甲", "--why", "乙", "--until", "2021-05-09")
    assert (result.exit_code, result.stderr) == (2, "--until 2021-05-09：这一天已经过去了。\n")


def test_update_keeps_what_is_found_drops_what_is_gone_and_adds_only_when_told(fupin, sketch):
    created(fupin, sketch(rows(0, 1)), "--until", "2021-12-31")
    later = sketch(rows(1, 2), "later.xlsx")
    code, report = accepted(fupin, later)
    assert (code, report["accepted"]["count"], report["accepted"]["not_found"]) == (1, 1, 1)
    gone = next(line for line in Path("b.yaml").read_text("utf-8").splitlines() if line.startswith("  - id:")).split()[
        -1
    ]
    result = fupin("baseline", "update", later, "--baseline", "b.yaml", *WANTED)
    assert result.stdout == (
        "已写入 b.yaml\n"
        "  仍在，保留 1 (IDN010 ×1)\n"
        "    其中内容与接受时不同 0\n"
        "  不再出现，已删去 1 (IDN010 ×1)\n"
        f"    - {gone} 990101000001\n"
        "  规则这次没有运行，保留 0\n"
        "  新接受 0\n"
        "  未接受 1：要一并接受，加 --add --by 谁 --why 为什么\n"
    )
    assert accepted(fupin, later)[1]["accepted"]["count"] == 1
    refused = fupin("baseline", "update", later, "--baseline", "b.yaml", *WANTED, "--add")
    assert (refused.exit_code, refused.stderr) == (2, "--add 要写明谁接受的（--by）和为什么（--why）。\n")
    fupin("baseline", "update", later, "--baseline", "b.yaml", *WANTED, "--add", "--by", "钱七", "--why", "补报")
    text = Path("b.yaml").read_text("utf-8")
    assert (text.count("accepted_by: 赵六"), text.count("until: 2021-12-31")) == (1, 1)
    assert text.count("accepted_by: 钱七\n    reason: 补报\n") == 1
    assert accepted(fupin, later)[0] == 0


def test_what_an_audit_did_not_look_at_is_not_gone(fupin, sketch):
    path = sketch(rows(0, 1))
    created(fupin, path)
    before = Path("b.yaml").read_text("utf-8")
    result = fupin("baseline", "update", path, "--baseline", "b.yaml", "--select", "IDN002", "--severity", "error")
    assert "  规则这次没有运行，保留 2 (IDN010 ×2)\n" in result.stdout
    assert Path("b.yaml").read_text("utf-8") == before
    broken = Path("broken.xlsx")
    broken.write_bytes(b"PK\x03\x04 no workbook")
    result = fupin("baseline", "update", path, broken, "--baseline", "b.yaml", *WANTED)
    assert result.exit_code == 3
    assert result.stderr.startswith("有文件没能读取，基线没有改动。broken.xlsx：")
    assert Path("b.yaml").read_text("utf-8") == before


def test_a_baseline_is_never_written_over_by_create(fupin, sketch):
    path = sketch(rows(0))
    created(fupin, path)
    again = fupin("baseline", "create", path, "-o", "b.yaml", "--by", "甲", "--why", "乙")
    assert (again.exit_code, again.stderr) == (
        3,
        "b.yaml：已有这个文件；更新基线用 fupin baseline update，另写一份请换个文件名。\n",
    )


def test_an_old_baseline_is_read_and_becomes_a_new_one(fupin, sketch):
    path = sketch(rows(0, 1))
    report = fupin("audit", path, *WANTED, "--format", "json").stdout
    Path("b.yaml").write_text(report, "utf-8")
    assert accepted(fupin, path)[0] == 0
    fupin("baseline", "update", path, "--baseline", "b.yaml", *WANTED, "--by", "赵六", "--why", "复核")
    text = Path("b.yaml").read_text("utf-8")
    assert text.count("    accepted_by: 赵六\n    reason: 复核\n    accepted_on: 2021-05-10\n") == 2
    assert accepted(fupin, path)[0] == 0


def test_findings_without_a_household_code_may_be_accepted_and_that_is_told(fupin, sketch):
    path = sketch("| 姓名 | 与户主关系 | 证件号码 | 民族 | 年度 |\n| 张小三 | 户主 | '990101197001010013 | | 2020 |")
    said = created(fupin, path)
    assert said == ("已写入 b.yaml：接受 1 处。\n其中 1 处没有户编号，编号不稳定：表改动后可能认不出，要重新接受。\n")
    assert "    stable: false\n" in Path("b.yaml").read_text("utf-8")
    code, report = accepted(fupin, path)
    assert (code, report["accepted"]["unstable"]) == (0, 1)


def test_show_lists_what_is_in_force_ends_soon_has_expired_and_is_gone(fupin, sketch, monkeypatch):
    created(fupin, sketch(rows(0, 1, 2)), "--until", "2021-06-30")
    text = Path("b.yaml").read_text("utf-8")
    first, second = text.split("    until: 2021-06-30\n", 1)
    Path("b.yaml").write_text(
        first + "    until: 2021-05-09\n" + second.replace("until: 2021-06-30", "until: 2022-01-01", 1), "utf-8"
    )
    page = fupin("baseline", "show", "--baseline", "b.yaml").stdout
    assert page.startswith("基线 b.yaml：接受 3 处\n\n  已到期，重新列为问题 (1)\n    - IDN010-")
    assert "\n  下月底前到期 (1)\n" in page
    assert "\n  有效 (1)\n" in page
    assert "赵六 · 已核实 · 2021-05-10 → 2022-01-01" in page
    later = sketch(rows(0, 1), "later.xlsx")
    shown = fupin("baseline", "show", later, "--format", "json", FUPIN_BASELINE="b.yaml").stdout
    counts = json.loads(shown)["counts"]
    assert (counts["all"], counts["gone"], sum(counts.values()) - counts["all"]) == (3, 1, 3)


def test_a_file_settled_for_audits_serves_baselines_too(fupin, sketch):
    path = sketch(rows(0))
    Path("fupin.toml").write_text(
        'baseline = "b.yaml"\n[audit]\nselect = "IDN010"\nformat = "json"\noutput = "r.json"\n', "utf-8"
    )
    env = {"FUPIN_CONFIG": ""}
    lacking = fupin("baseline", "create", path, "--by", "赵六", "--why", "已核实", **env)
    assert (lacking.exit_code, lacking.stderr.split("。")[0]) == (2, "缺少 --output")
    made = fupin("baseline", "create", path, "-o", "b.yaml", "--by", "赵六", "--why", "已核实", **env)
    assert made.stdout == "已写入 b.yaml：接受 1 处。\n"
    fupin("audit", path, **env)
    report = json.loads(Path("r.json").read_text("utf-8"))
    assert (report["accepted"]["count"], report["notes"][0]) == (1, "选项 --baseline、--select 取自 fupin.toml")
    assert json.loads(fupin("baseline", "show", **env).stdout)["counts"]["all"] == 1

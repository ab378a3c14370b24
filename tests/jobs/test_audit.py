"""The real command on real files: what a clerk types, sees and gets."""

import json
import os
import re
import subprocess
import sys

import pytest

GOOD = """
| 户编号 | 姓名 | 与户主关系 | 性别 | 证件号码 | 民族 | 数据日期 |
| '990101000001 | 张三 | 户主 | 女 | 11010519491231002X | 汉族 | 2020-12-31 |
"""
WRONG_DIGIT = GOOD.replace("11010519491231002X", "'110105194912310021")


def fupin(*words, cwd=None, **environment):
    """Run the command as a user does: (exit code, stdout, stderr)."""
    done = subprocess.run(
        [sys.executable, "-m", "fupin_cli", *map(str, words)],
        capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False,
        env={**os.environ, "LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def findings(path, *words):
    code, out, err = fupin("audit", path, "--format", "json", *words)
    assert code in {0, 1}, err
    return json.loads(out)["findings"]


def test_a_clean_registry_ends_with_0_and_one_with_findings_with_1(sketch):
    assert fupin("audit", sketch(GOOD, "good.xlsx"), "--select", "IDN")[0] == 0
    code, out, err = fupin("audit", sketch(WRONG_DIGIT, "wrong.xlsx"), "--select", "IDN002")
    assert (code, err) == (1, "")
    assert "证件号码校验码错误" in out
    assert "wrong.xlsx › Sheet1 › E2" in out


def test_the_json_report_keeps_its_contract(sketch):
    code, out, _ = fupin("audit", sketch(WRONG_DIGIT), "--format", "json", "--select", "IDN002,WAT005")
    report = json.loads(out)
    assert code == 1
    assert (report["version"], report["tool"], report["as_of"], report["engine"]) == (
        1,
        "fupin",
        "2020-12-31",
        "duckdb",
    )
    (sheet,) = report["files"][0]["sheets"]
    assert (sheet["name"], sheet["table"], sheet["heading_rows"], sheet["first_row"], sheet["last_row"]) == (
        "Sheet1", "人", [1], 2, 2,
    )  # fmt: skip
    assert sheet["columns"]["E"] == "证件号码"
    assert report["counts"] | {"findings": 1, "error": 1, "households": 1, "persons": 1} == report["counts"]
    (finding,) = report["findings"]
    assert re.fullmatch(r"IDN002-[0-9a-f]{10}", finding["id"])
    assert (finding["rule"], finding["severity"], finding["scope"]) == ("IDN002", "error", "人")
    assert (finding["sheet"], finding["row"], finding["cells"]) == ("Sheet1", 2, ["E2"])
    assert (finding["household"], finding["person"]) == ("990101000001", "张*")
    assert finding["places"][0]["role"] == "subject"
    assert report["rules"]["run"] == ["IDN002"]
    assert report["rules"]["not_run"][0]["rule"] == "WAT005"
    assert report["rules"]["not_run"][0]["reason"] == "column"
    counted = [report["rules"][verdict]["IDN002"] for verdict in ("passed", "failed", "unknown", "not_applicable")]
    assert counted == [0, 1, 0, 0]


def test_nothing_personal_is_shown_unless_revealed(sketch):
    path = sketch(WRONG_DIGIT)
    for form in ("terminal", "json"):
        masked = fupin("audit", path, "--format", form)[1]
        assert "张三" not in masked
        assert "11010519491231" not in masked
    assert "110105194912310021" in fupin("audit", path, "--format", "json", "--reveal")[1]


def test_a_findings_id_outlives_row_moves_and_the_correction_of_the_number(sketch):
    moved = "| 附件：样例 | < |\n\n" + WRONG_DIGIT.strip().replace("110105194912310021", "110105194912310022")
    (before,), (after,) = (
        findings(sketch(text, name), "--select", "IDN002")
        for text, name in ((WRONG_DIGIT, "a.xlsx"), (moved, "b.xlsx"))
    )
    assert before["id"] == after["id"]
    assert (before["row"], after["row"]) == (2, 4)


def test_a_baseline_accepts_findings_by_id(sketch, tmp_path):
    path, accepted = sketch(WRONG_DIGIT), tmp_path / "accepted.json"
    assert fupin("audit", path, "--select", "IDN002", "--format", "json", "-o", accepted)[0] == 1
    code, out, _ = fupin("audit", path, "--select", "IDN002", "--format", "json", "--baseline", accepted)
    assert (code, json.loads(out)["counts"]["accepted"]) == (0, 1)


def test_a_value_given_by_the_user_says_so_and_a_missing_one_is_told_once(sketch):
    household = """
    | 户编号 | 户主姓名 | 家庭人口 | 脱贫属性 | 脱贫年度 | 年度 | 人均纯收入 |
    | '990101000001 | 张三 | 3 | 已脱贫 | 2016 | 2016 | 3300 |
    | '990101000002 | 李四 | 3 | 已脱贫 | 2016 | 2016 | 3500 |
    """
    path = sketch(household)
    asked = ("--select", "INC006", "--region", "山东省", "--format", "json")
    code, out, _ = fupin("audit", path, *asked)
    report = json.loads(out)
    missing = [note for note in report["notes"] if "收入线" in str(note)]
    assert (code, len(missing), report["rules"]["unknown"]["INC006"]) == (0, 1, 2)
    assert "没有“收入线”" in str(missing)
    assert "--set 收入线=" in str(missing)
    code, out, _ = fupin("audit", path, *asked, "--set", "收入线=3402")
    report = json.loads(out)
    assert (code, report["rules"]["failed"]["INC006"], report["rules"]["passed"]["INC006"]) == (1, 1, 1)
    assert "given by the user, not sourced" in out
    assert report["findings"][0]["parameters"][0]["value"] == 3402


def test_a_departments_list_is_joined_and_its_row_quoted(sketch):
    cars = sketch(
        "| 证件号码 | 姓名 | 车辆类型 | 购置价格 |\n| 11010519491231002X | 张三 | 小型轿车 | 60000 |", "cars.xlsx"
    )
    path = sketch(GOOD, "registry.xlsx")
    code, out, err = fupin(
        "audit", path, "--list", f"车辆={cars}", "--profile", "sample-990101", "--select", "ENT004", "--format", "json"
    )
    report = json.loads(out)
    assert code == 0, err  # a hit is a doubt, not an error
    (finding,) = report["findings"]
    assert (finding["severity"], finding["list"]) == ("warning", "车辆")
    assert {"file": str(cars), "role": "list", "row": 2}.items() <= finding["places"][-1].items()
    assert "小型轿车" in finding["message"]


def test_several_files_and_folders_are_one_run_and_one_bad_file_does_not_stop_the_rest(sketch, tmp_path):
    folder = tmp_path / "villages"
    folder.mkdir()
    sketch(GOOD, "villages/a.xlsx")
    sketch(WRONG_DIGIT.replace("990101000001", "990101000002"), "villages/b.xlsx")
    (folder / "c.xlsx").write_bytes(b"no workbook")
    (folder / "~$a.xlsx").write_bytes(b"lock")
    code, out, err = fupin("audit", folder, "--select", "IDN002", "--format", "json")
    report = json.loads(out)
    assert code == 3
    assert report["counts"]["households"] == 2
    assert [finding["rule"] for finding in report["findings"]] == ["IDN002"]
    assert "c.xlsx" in err + out
    assert "~$a.xlsx" in str(report["notes"])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--select", "XYZ"), 2, "没有编号以 XYZ 开头的规则"),
        (("--region", "无此地"), 2, "认不出地区“无此地”"),
        (("--profile", "无此方案"), 2, "没有方案“无此方案”"),
        (("--list", "飞机=x.csv"), 2, "没有名单“飞机”"),
        (("--set", "贫困线=3000"), 2, "没有参数“贫困线”"),
        (("--list", "车辆=不存在.csv"), 3, "不存在.csv"),
        (("--baseline", "不存在.json"), 3, "读不到基线文件"),
        (("--rules", "不存在"), 3, "不存在"),
        (("-o", "没有的文件夹/报告.xlsx"), 3, "没有的文件夹"),
    ],
)
def test_a_name_nothing_answers_to_gets_one_clear_sentence(sketch, tmp_path, words, code, said):
    ended, out, err = fupin("audit", sketch(GOOD), *words, cwd=tmp_path)
    assert (ended, out) == (code, "")
    assert said in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) <= 3


def test_a_workbook_without_a_registry_is_refused_with_what_was_looked_for(sketch):
    code, out, err = fupin("audit", sketch("| 品名 | 数量 |\n| 苹果 | 3 |", "fruit.xlsx"))
    assert (code, out) == (3, "")
    assert "fruit.xlsx：没有找到登记表（工作表：Sheet1）" in err
    assert "--map 表头=列名" in err


def test_broken_rule_files_are_told_all_at_once_with_line_and_caret(sketch, tmp_path):
    rules = tmp_path / "rules"
    rules.mkdir()
    text = """id: IDN901
name: {name}
scope: 人
severity: error
must: {must}
message: "{{姓名}}"
why: 试
fix: 试
basis: {{convention: 试}}
examples:
  - {{given: {{姓名: 张三}}, verdict: pass}}
  - {{given: {{姓名: 李四}}, verdict: fail}}
  - {{given: {{姓名: ""}}, verdict: unknown}}
"""
    (rules / "IDN901_甲.yaml").write_text(text.format(name="甲", must="姓民 = '张三'"), encoding="utf-8")
    second = text.format(name="乙", must="性别 = '公'").replace("IDN901", "IDN902")
    (rules / "IDN902_乙.yaml").write_text(second, encoding="utf-8")
    code, out, err = fupin("audit", sketch(GOOD), "--rules", rules)
    assert (code, out) == (3, "")
    assert "规则文件有 2 处错误" in err
    assert "IDN901_甲.yaml:5:7: 没有“姓民”这一列" in err
    assert "IDN902_乙.yaml:5:12: “公”不在性别的码表里" in err
    assert err.count("^") >= 2


def test_rules_of_a_folder_are_added_to_the_shipped_ones(sketch, tmp_path):
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "IDN901_姓张.yaml").write_text(
        """id: IDN901
name: 姓张
scope: 人
severity: notice
must: NOT 姓名 LIKE '张%'
message: "{姓名}姓张"
why: 试
fix: 试
basis: {convention: 试}
examples:
  - {given: {姓名: 李四}, verdict: pass}
  - {given: {姓名: 张三}, verdict: fail}
  - {given: {姓名: ""}, verdict: unknown}
""",
        encoding="utf-8",
    )
    code, out, err = fupin("audit", sketch(GOOD), "--rules", rules, "--select", "IDN901", "--fail-on", "notice")
    assert code == 1, err
    assert "姓张" in out


def test_strict_ends_with_3_when_a_rule_lacks_its_column(sketch):
    assert fupin("audit", sketch(GOOD), "--select", "IDN002,WAT005", "--strict")[0] == 3


def test_the_original_is_never_touched(sketch):
    path = sketch(WRONG_DIGIT)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    fupin("audit", path, "-o", path.with_name("report.xlsx"))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert fupin("audit", path, "-o", path)[0] == 3
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_the_rows_own_day_goes_before_the_profiles_which_goes_before_today(sketch):
    dated = GOOD.replace("2020-12-31", "2022-12-31")
    undated = GOOD.replace("| 数据日期 |", "| 备注 |").replace("| 2020-12-31 |", "|  |")
    asked = ("--select", "IDN002", "--profile", "national-2020", "--format", "json")
    assert json.loads(fupin("audit", sketch(dated, "dated.xlsx"), *asked)[1])["as_of"] == "2022-12-31"
    assert json.loads(fupin("audit", sketch(undated, "undated.xlsx"), *asked)[1])["as_of"] == "2020-12-31"
    assert (
        json.loads(fupin("audit", sketch(dated, "dated.xlsx"), *asked, "--as-of", "2021-06-30")[1])["as_of"]
        == "2021-06-30"
    )


def test_a_workbook_in_which_nobody_was_judged_does_not_look_clean(sketch):
    villages = sketch(
        "| 县 | 乡 | 村 | 总户数 | 总人口数 |\n| 样例县 | 青禾镇 | 石桥村 | 300 | 1100 |", "villages.xlsx"
    )
    code, out, err = fupin("audit", villages)
    assert (code, err) == (0, "")
    assert "没有读到任何一户、任何一人" in out
    assert "没有读到任何一户" not in fupin("audit", sketch(GOOD, "good.xlsx"), "--select", "IDN002")[1]

import json
import shutil
from pathlib import Path

import pytest

from fupin_cli.errors import UsageError
from fupin_cli.jobs import round_why
from fupin_cli.model.round import RoundWhy
from fupin_cli.reports.round_why import to_json, to_terminal
from fupin_cli.reports.words import Look
from tests.jobs.drawn_round import WRONG, new, person, request, written


def told(found: RoundWhy) -> dict[tuple[str, str | None, str], str]:
    """Return the cause of each difference, by rule, household and side."""
    return {(each.rule, each.household and each.household[-1], each.side): each.cause for each in found.causes}


def test_what_the_data_changed_and_what_the_options_changed_are_told_apart(tmp_path):
    """By judging the old files once more as the later round did."""
    before = written(tmp_path / "a.csv", person(1, WRONG), person(2, 危房户="是"))
    new(tmp_path / "c", request(before, select=("IDN002", "IDN003")))
    after = written(tmp_path / "b.csv", person(1), person(2, "", 危房户="是"), person(3, WRONG))
    new(tmp_path / "c", request(after, select=("IDN002", "IDN003", "IDN001")))
    found = round_why.run(tmp_path / "c", 1, 2)
    assert told(found) == {
        ("IDN002", "1", "gone"): "data",
        ("IDN003", "2", "new"): "data",
        ("IDN002", "3", "new"): "data",
    }


def rules(folder: Path, must: str, passes: str = "否", fails: str = "是", column: str = "危房户") -> Path:
    """Write a folder with a rule of the county's own."""
    folder.mkdir(exist_ok=True)
    (folder / "HSG900_县规则.yaml").write_text(
        "id: HSG900\nname: 县规则\nname_en: rule of the county\nscope: 户\nseverity: warning\n"
        f"when: NOT 为空({column})\nmust: {must}\n"
        f'message: "{column}为{{{column}}}"\nmessage_en: "{column} is {{{column}}}"\nwhy: 测试。\nwhy_en: Test.\nfix: 核实。\nfix_en: Verify.\n'
        "basis: {convention: 测试}\ntags: [住房]\nnever_unknown: 测试。\nexamples:\n"
        f"  - {{given: {{{column}: '{passes}'}}, parameters: {{收入线: 4000}}, verdict: pass}}\n"
        f"  - {{given: {{{column}: '{fails}'}}, parameters: {{收入线: 4000}}, verdict: fail}}\n",
        encoding="utf-8",
    )
    return folder


def test_a_rule_that_changed_is_told_from_data_that_changed_with_it(tmp_path):
    asked = {"select": ("HSG900",)}
    first = written(tmp_path / "a.csv", person(1, 危房户="是"), person(2, 危房户="否"), person(3, 危房户="否"))
    folder = rules(tmp_path / "rules", "危房户 = '否'")
    new(tmp_path / "c", _with_rules(request(first, **asked), folder))
    rules(folder, "危房户 = '是'", "是", "否")
    second = written(
        tmp_path / "b.csv",
        person(1, 危房户="是"),
        person(2, 危房户="否"),
        person(3, 危房户="是"),
        person(4, 危房户="否"),
    )
    new(tmp_path / "c", _with_rules(request(second, **asked), folder))

    found = round_why.run(tmp_path / "c", 1, 2)
    assert found.rejudged == "first"
    assert told(found) == {
        ("HSG900", "1", "gone"): "rule changed",
        ("HSG900", "2", "new"): "rule changed",
        ("HSG900", "4", "new"): "data",
    }

    first.unlink()  # and the later files are no help: what the rule was is not there any more
    found = round_why.run(tmp_path / "c", 1, 2)
    assert set(told(found).values()) == {"unknown"}
    assert found.causes[0].zh == "数据和规则（标准、选项）都变了，旧文件已不在或规则已改，说不清是哪一样"

    second.unlink()
    assert round_why.run(tmp_path / "c", 1, 2).notes[0][0] == (
        "第 1 轮和第 2 轮的文件都已不在原处或改过，没有重新判断；按台账记下的文件、规则和标准比较，两样都变了的说不清是哪一样。"
    )


def _with_rules(asked, folder: Path):
    from msgspec.structs import replace

    return replace(asked, rules_dir=folder)


def test_a_parameter_that_was_given_is_named_with_both_values(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(
        "户编号,姓名,与户主关系,人均纯收入,数据日期\n990101000001,张三,户主,5000,2020-12-31\n", encoding="utf-8"
    )
    folder = rules(tmp_path / "rules", "人均纯收入 >= 参数('收入线')", "5000", "3000", "人均纯收入")
    for line in (4000.0, 6000.0):
        new(tmp_path / "c", _with_rules(request(file, select=("HSG900",), given={"收入线": line}), folder))
    (cause,) = round_why.run(tmp_path / "c", 1, 2).causes
    assert (cause.side, cause.cause, cause.zh) == ("new", "parameter", "标准变了：收入线：4000 → 6000")


def test_a_rule_that_was_not_chosen_is_a_matter_of_options(tmp_path):
    file = written(tmp_path / "a.csv", person(1, WRONG), person(2, ""))
    new(tmp_path / "c", request(file, select=("IDN002",)))
    new(tmp_path / "c", request(file, select=("IDN002", "IDN003")))
    (cause,) = round_why.run(tmp_path / "c", 1, 2).causes
    assert (cause.side, cause.cause, cause.zh) == ("new", "settings", "第 1 轮没有选这条规则（--select 不同）")


def test_the_same_doubt_in_another_file_is_a_row_that_moved_and_no_difference(tmp_path):
    first = written(tmp_path / "a.csv", person(1, WRONG), person(2))
    new(tmp_path / "c", request(first))
    shutil.move(first, tmp_path / "old.csv")
    new(tmp_path / "c", request(written(tmp_path / "b.csv", person(2), person(1, WRONG))))
    found = round_why.run(tmp_path / "c", 1, 2)
    assert (found.causes, found.kept) == ((), 1)
    assert [(before, after) for _, before, after in found.moved] == [("a.csv", "b.csv")]


def test_rounds_that_are_not_there_are_refused(tmp_path):
    new(tmp_path / "c", request(written(tmp_path / "a.csv", person(1, WRONG))))
    with pytest.raises(UsageError) as refused:
        round_why.run(tmp_path / "c", 1, 2)
    assert refused.value.zh == "台账里没有第 2 轮；有第 1 轮。"


def test_the_page_and_the_json_say_each_cause_with_its_rules(tmp_path):
    new(tmp_path / "c", request(written(tmp_path / "a.csv", person(1, WRONG))))
    new(tmp_path / "c", request(written(tmp_path / "b.csv", person(1), person(2, ""))))
    found = round_why.run(tmp_path / "c", 1, 2)
    assert to_terminal(found, Look()) == (
        "第 1 轮与第 2 轮\n  两轮都有：0\n  第 1 轮有、第 2 轮没有：1\n    1  数据变了\n        IDN002 证件号码校验码错误 1\n"
        "  第 2 轮新有：1\n    1  数据变了\n        IDN003 无证件号或999999开头 1\n"
    )
    assert json.loads(to_json(found))["counts"] == {"gone": {"data": 1}, "new": {"data": 1}}

"""`fupin rules new | schema | docs`: files made for rules, or from them."""

import json
from pathlib import Path

import jsonschema
import pytest

from fupin_cli.jobs.rule_docs import compare_pages, stale_sentence
from fupin_cli.rules import load_rulebook
from fupin_cli.rules.json_schema import MODELS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_rule_is_a_commented_skeleton(drawn, snapshot, lang):
    result = drawn("new", "inc", "低于 1 元: 示例", "--lang", lang)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == snapshot
    assert Path("本县规则/INC901_低于 1 元 示例.yaml").read_text("utf-8") == snapshot


def test_a_new_rule_loads_and_its_examples_hold(drawn):
    drawn("new", "INC", "收入为零", "-o", "own")
    result = drawn("test", "--rules", "own", "--select", "INC901")
    assert (result.exit_code, result.stdout) == (
        0,
        "规则 1 条，示例 3 个，不符 0 个。\n条件的分支 2 个：示例使 2 个为真、1 个为假、1 个无法判断。\n",
    )


def test_a_folder_with_a_blank_is_quoted_where_it_is_to_be_typed(drawn):
    result = drawn("new", "INC", "甲", "-o", "our rules")
    command = 'fupin rules test --rules "our rules" --select INC901'
    assert result.stdout.splitlines()[-1] == f"  {command}"
    assert f"# 改好后检验：{command}" in Path("our rules/INC901_甲.yaml").read_text("utf-8").splitlines()


def test_numbers_of_a_folder_of_ones_own_begin_at_901_and_go_on_after_its_last(drawn):
    made = [drawn("new", "INC", name, "-o", "own").stdout.splitlines()[0] for name in ("甲", "乙")]
    drawn("new", "INC950", "丙", "--rules", "own")
    made.append(drawn("new", "INC", "丁", "--rules", "own").stdout.splitlines()[0])
    assert made == [
        "已写入 own/INC901_甲.yaml",
        "已写入 own/INC902_乙.yaml",
        "已写入 own/INC951_丁.yaml",
    ]


def test_in_fupins_own_folder_the_next_number_of_the_theme_is_taken_and_no_retired_one(drawn):
    result = drawn("new", "INC", "收入畸高", "-o", "package/_rules")
    assert result.stdout.splitlines()[0] == "已写入 package/_rules/income/INC003_收入畸高.yaml"
    assert list(load_rulebook().rules)[-2:] == ["INC003", "ENT004"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("INC001", "甲"), 2, "编号 INC001 已有规则“收入低于线”：换一个编号，或只写主题 INC。\n"),
        (
            ("INC002", "甲"),
            2,
            "编号 INC002 不能再用：规则 INC002（收入偏低）自 2024-03-01 起停用：与 INC001 重复；由 INC001 代替。\n",
        ),
        (("FMT", "甲"), 2, "FMT 是读取规则，由读表程序判断，不能另写。\n"),
        (("EDU", "??"), 2, "名称“??”不能作文件名：用一行不超过60字的文字。\n"),
        (
            ("收入", "甲"),
            2,
            "“收入”不是编号，也不是主题：写主题（IDN、REL、FOD、EDU、MED、HSG、WAT、INC、LAB、ENT、STA、MON、AID、VIL、RND、"
            "TRN），或主题加三位数字。\n",
        ),
    ],
)
def test_what_cannot_be_a_new_rule_is_refused(drawn, arguments, code, said):
    result = drawn("new", *arguments, "-o", "own")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", said)
    assert not Path("own").exists()


def test_an_id_that_a_file_of_the_folder_has_is_taken_and_the_file_left_alone(drawn):
    drawn("new", "INC901", "甲", "-o", "own")
    Path("own/INC901_甲.yaml").write_text("id: INC901\n", "utf-8")
    result = drawn("new", "INC901", "甲", "-o", "own", "--rules", "package/_rules")
    assert (result.exit_code, result.stderr) == (2, "编号 INC901 已有规则：换一个编号，或只写主题 INC。\n")
    assert Path("own/INC901_甲.yaml").read_text("utf-8") == "id: INC901\n"


def test_a_place_that_is_no_folder_is_told(drawn):
    Path("own").write_text("", "utf-8")
    result = drawn("new", "INC", "甲", "-o", "own")
    assert (result.exit_code, result.stderr) == (
        3,
        "own：不是文件夹，请换一个位置。\n",
    )


@pytest.mark.parametrize("kind", list(MODELS))
def test_every_kind_of_file_has_a_schema_of_draft_2020_12(drawn, kind):
    told = json.loads(drawn("schema", kind).stdout)
    jsonschema.Draft202012Validator.check_schema(told)
    assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_schema_goes_to_a_file_and_knows_the_names_of_ones_own_folder(drawn):
    table = Path("own/tables/own.yaml")
    table.parent.mkdir(parents=True)
    table.write_text("level: 户\ncolumns: [{name: 本县列, type: 文本}]\n", "utf-8")
    result = drawn("schema", "rule", "--rules", "own", "-o", "rule.schema.json")
    told = json.loads(Path("rule.schema.json").read_text("utf-8"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "本县列" in told["properties"]["optional"]["items"]["enum"]


def test_pages_are_written_one_a_rule_with_an_index(drawn, snapshot):
    result = drawn("docs", "-o", "pages")
    assert (result.exit_code, result.stdout) == (0, "pages：共 5 页，写入 5 页，删除 0 页。\n")
    for name in ("README.md", "EDU001.md", "ENT004.md", "INC001.md", "FMT001.md"):
        assert Path("pages", name).read_text("utf-8") == snapshot(name=name)


def test_pages_that_say_what_the_rules_say_are_fresh(drawn):
    drawn("docs", "-o", "pages")
    result = drawn("docs", "-o", "pages", "--check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_stale_pages_are_named_with_what_to_run(drawn):
    drawn("docs", "-o", "pages")
    Path("pages/EDU001.md").write_text("", "utf-8")
    rule = Path("package/_rules/income/INC001_收入低于线.yaml")
    rule.write_text(rule.read_text("utf-8").replace("核对收入", "核实收入"), "utf-8")
    result = drawn("docs", "-o", "pages", "--check")
    assert (result.exit_code, result.stderr) == (
        1,
        "pages 有 2 页与规则不一致（EDU001.md、INC001.md）：请运行 fupin rules docs -o pages\n",
    )


def test_the_page_of_a_rule_that_is_no_more_goes_and_nothing_else_does(drawn):
    drawn("docs", "-o", "pages")
    Path("package/_rules/entry/ENT004_车辆命中.yaml").unlink()
    Path("package/_rules/profiles/某县-2020.yaml").unlink()
    Path("pages/coverage.csv").write_text("x", "utf-8")
    Path("pages/ENT099.md").write_text("# 自己写的\n", "utf-8")
    result = drawn("docs", "-o", "pages", "--lang", "en")
    assert result.stdout == "pages: 4 pages, 1 written, 1 deleted.\n"
    assert sorted(file.name for file in Path("pages").iterdir()) == [
        "EDU001.md", "ENT099.md", "FMT001.md", "INC001.md", "README.md", "coverage.csv",
    ]  # fmt: skip


def test_the_pages_in_docs_rules_are_fresh(monkeypatch):
    monkeypatch.chdir(ROOT)
    folder = Path("docs/rules")
    assert stale_sentence(folder, compare_pages(folder)) is None, "run `fupin rules docs` and commit docs/rules"

"""From a folder of YAML to a rule book: what is read, what an extra folder changes, and what is said of faults."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_cli.errors import InputError, RuleError
from fupin_cli.model.rule import Basis, Example
from fupin_cli.rules import folder, load_rulebook
from fupin_cli.rules.folder import shipped_folder
from fupin_cli.rules.yaml_nodes import read_yaml

RULE = """\
id: INC901
name: 收入为空
scope: 户
severity: error
when: NOT 为空(户编号)
must: "NOT 为空(人均纯收入)"
message: "{户主姓名}：没有人均纯收入"
why: 收入必填。
fix: 补上。
basis: {document: 某文件, says: 收入必填}
optional: [备注]
since: 2014-01-01
examples:
  - {given: {人均纯收入: 3000, 证件号码: 11010519491231002X, 出生日期: 2010-05-01, 备注: }, verdict: pass}
  - {given: {人均纯收入: ""}, verdict: fail, as_of: 2020-12-31, parameters: {收入线: 4000}}
  - {given: {人均纯收入: 0100}, members: [{姓名: 甲}], lists: {车辆: [{车辆类型: 轿车}]}, verdict: unknown}
"""
LINE = """\
name: 收入线
unit: 元/人·年
why: 与收入比较。
values:
  - {value: 3527, since: 2017-01-01, until: 2017-12-31, place: "37", basis: {convention: 甲}}
  - {value: 3609, since: 2018-01-01, until: 2018-12-31, place: "37", basis: {convention: 甲}}
"""


def write(folder: Path, **files: str) -> Path:
    """Write files named by their path, with `__` for a slash, and return the folder."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_an_empty_folder_is_an_empty_book(tmp_path: Path) -> None:
    book = load_rulebook(root=tmp_path)

    assert (book.rules, book.dictionary.columns, book.parameters, book.profiles) == ({}, {}, {}, {})


def test_a_rule_is_read_whole(tmp_path: Path) -> None:
    rule = load_rulebook(root=write(tmp_path, income__INC901_收入为空=RULE)).rules["INC901"]

    assert (rule.name, rule.scope, rule.severity, rule.kind) == ("收入为空", "户", "error", "rule")
    assert (rule.when, rule.must) == ("NOT 为空(户编号)", "NOT 为空(人均纯收入)")
    assert (rule.optional, rule.since, rule.until) == (("备注",), date(2014, 1, 1), None)
    assert rule.basis == Basis("某文件", "收入必填")
    assert rule.file == tmp_path / "income" / "INC901_收入为空.yaml"


def test_cells_of_examples_keep_their_characters(tmp_path: Path) -> None:
    examples = load_rulebook(root=write(tmp_path, income__INC901_收入为空=RULE)).rules["INC901"].examples

    given = {"人均纯收入": "3000", "证件号码": "11010519491231002X", "出生日期": "2010-05-01", "备注": ""}
    assert examples[0] == Example(given, "pass", line=14)
    assert examples[1] == Example(
        {"人均纯收入": ""}, "fail", as_of=date(2020, 12, 31), parameters={"收入线": 4000}, line=15
    )
    assert examples[2] == Example(
        {"人均纯收入": "0100"},
        "unknown",
        members=({"姓名": "甲"},),
        lists={"车辆": ({"车辆类型": "轿车"},)},
        line=16,
    )


def test_a_rule_knows_where_its_expressions_stand(tmp_path: Path) -> None:
    positions = load_rulebook(root=write(tmp_path, income__INC901_收入为空=RULE)).rules["INC901"].positions

    assert (positions["when"], positions["must"], positions["optional"]) == ((5, 7), (6, 7), (11, 11))


def test_rules_stand_in_the_order_of_themes(tmp_path: Path) -> None:
    education = RULE.replace("INC901", "EDU901")

    book = load_rulebook(root=write(tmp_path, income__INC901_收入为空=RULE, education__EDU901_收入为空=education))

    assert list(book.rules) == ["EDU901", "INC901"]


def test_a_name_with_a_slash_leaves_it_out_of_the_file_name(tmp_path: Path) -> None:
    either = RULE.replace("收入为空", "收入为空/为零")

    assert list(load_rulebook(root=write(tmp_path, income__INC901_收入为空为零=either)).rules) == ["INC901"]


def test_columns_code_lists_and_lists_are_read(tmp_path: Path) -> None:
    book = load_rulebook(
        root=write(
            tmp_path,
            codes__C91_状态="id: C91\nname: 状态\ncomplete: true\nvalues: [是, 否]\ncodes: {'1': 是}\nsynonyms: {有: 是}\n",
            tables__household="level: 户\ncolumns:\n  - {name: 危房户, type: 代码, codes: C91, blank: 否, aliases: [危房]}\n",
            tables__derived=(
                "columns:\n  - name: 有危房\n    level: 户\n    type: 真假\n"
                "    from:\n      - 危房户 = '是'\n      - \"危房 = '是'\"\n"
            ),
            lists__车辆="name: 车辆\nkey: 证件号码\ncolumns:\n  - {name: 证件号码, type: 证件}\n",
        )
    ).dictionary

    assert (book.codes["C91"].complete, book.codes["C91"].codes, book.codes["C91"].synonyms) == (
        True,
        {"1": "是"},
        {"有": "是"},
    )
    assert (book.columns["危房户"].level, book.columns["危房户"].blank, book.columns["危房户"].aliases) == (
        "户",
        "否",
        ("危房",),
    )
    assert book.derived["有危房"].alternatives == ("危房户 = '是'", "危房 = '是'")
    assert book.derived["有危房"].positions == ((6, 9), (7, 9))
    assert book.lists["车辆"].columns["证件号码"].level == "名单"


def test_columns_of_certificates_are_masked_unasked(tmp_path: Path) -> None:
    text = "level: 人\ncolumns:\n  - {name: 证件号码, type: 证件}\n  - {name: 备注, type: 文本}\n"

    columns = load_rulebook(root=write(tmp_path, tables__person=text)).dictionary.columns

    assert (columns["证件号码"].mask, columns["备注"].mask) == ("证件", "")


def test_a_profile_is_read_with_its_exceptions(tmp_path: Path) -> None:
    text = (
        "name: 某县-2018\ntitle: 某县\nregion: 990101\nas_of: 2018-12-31\nbasis: {convention: 虚构}\n"
        "parameters: {收入线: 3.5}\nrequired: {户: [户编号]}\nunchecked: [其他]\n"
        'items:\n  - {rule: ENT004, says: 有车, exceptions: ["购置价格 < 30000"], severity: notice}\n'
    )

    profile = load_rulebook(root=write(tmp_path, profiles__某县=text, parameters__收入线=LINE)).profiles["某县-2018"]

    assert (profile.region, profile.as_of, profile.parameters) == ("990101", date(2018, 12, 31), {"收入线": 3.5})
    assert (profile.required, profile.unchecked) == ({"户": ("户编号",)}, ("其他",))
    assert (profile.items[0].exceptions, profile.items[0].severity) == (("购置价格 < 30000",), "notice")
    assert profile.items[0].positions == ((10, 43),)


def test_all_faults_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        income__INC901_收入为空=RULE.replace("severity: error", "severity: serious").replace("fix:", "fixx:"),
        income__INC902_坏="id: [甲\nname: 乙",
        parameters__收入线=LINE.replace('place: "37"', 'place: "3"'),
    )

    with pytest.raises(RuleError) as caught:
        load_rulebook(root=tmp_path)

    told = [(fault.file.name, fault.line, fault.en.split(":")[0]) for fault in caught.value.faults]
    assert told == [
        ("INC901_收入为空.yaml", 1, "the key “fix” is missing"),
        ("INC901_收入为空.yaml", 4, "“serious” is not one of"),
        ("INC901_收入为空.yaml", 9, "unknown key “fixx”"),
        ("INC902_坏.yaml", 2, "brackets do not match, or lack a comma or quotes"),
        ("收入线.yaml", 5, "“3” is no region code of 2, 4 or 6 digits"),
        ("收入线.yaml", 6, "“3” is no region code of 2, 4 or 6 digits"),
    ]


def test_the_caret_stands_under_the_fault_in_chinese_text(tmp_path: Path) -> None:
    file = write(tmp_path, parameters__收入线=LINE.replace("元/人·年", "[元]")) / "parameters" / "收入线.yaml"

    with pytest.raises(RuleError) as caught:
        load_rulebook(root=tmp_path)

    assert caught.value.zh == (
        f"规则文件有 1 处错误：\n{file}:2:7: 这里应是一段文字，不是列表或“键: 值”\n    unit: [元]\n          ^"
    )


def test_two_rules_of_one_id_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path, income__INC901_收入为空=RULE, income__more__INC901_收入为空=RULE)

    with pytest.raises(RuleError) as caught:
        load_rulebook(root=tmp_path)

    assert [fault.en for fault in caught.value.faults] == [
        "rules of INC stand in the folder “income”, this one in “income/more”",
        "“INC901” stands already in INC901_收入为空.yaml line 1",
    ]


def test_a_gbk_file_is_named_as_such(tmp_path: Path) -> None:
    file = tmp_path / "parameters" / "收入线.yaml"
    file.parent.mkdir()
    file.write_bytes(LINE.encode("gbk"))

    with pytest.raises(RuleError) as caught:
        load_rulebook(root=tmp_path)

    assert [fault.en for fault in caught.value.faults] == ["the file is not UTF-8 (GBK?): save it as UTF-8"]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "parameters" / "收入线.yaml"
    file.parent.mkdir()
    file.write_bytes(b"\xef\xbb\xbf" + LINE.encode())

    assert list(load_rulebook(root=tmp_path).parameters) == ["收入线"]


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, parameters__收入线=LINE + "#" * 1_000_000)

    with pytest.raises(RuleError) as caught:
        load_rulebook(root=tmp_path)

    assert [fault.en for fault in caught.value.faults] == ["the file is over 1 MB: that is no rule file"]


def test_control_characters_are_pointed_at(tmp_path: Path) -> None:
    write(tmp_path, parameters__收入线=LINE.replace("与收入", "与\x07收入"))

    with pytest.raises(RuleError) as caught:
        load_rulebook(root=tmp_path)

    assert [(fault.line, fault.column, fault.en) for fault in caught.value.faults] == [
        (3, 7, "the file holds a control character that YAML does not allow: delete it")
    ]


def test_an_extra_rule_replaces_the_shipped_one_whole(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped", income__INC901_收入为空=RULE)
    own = write(
        tmp_path / "own",
        INC901_收入为空=RULE.replace("severity: error", "severity: notice").replace("since: 2014-01-01\n", ""),
    )

    rule = load_rulebook(own, shipped).rules["INC901"]

    assert (rule.severity, rule.since, rule.file.parent) == ("notice", None, own)


def test_an_extra_folder_adds_rules_and_columns(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped", income__INC901_收入为空=RULE)
    own = write(
        tmp_path / "own",
        本县__INC902_收入为空=RULE.replace("INC901", "INC902"),
        tables__own="level: 户\ncolumns:\n  - {name: 本县列, type: 文本}\n",
    )

    book = load_rulebook(own, shipped)

    assert (list(book.rules), list(book.dictionary.columns)) == (["INC901", "INC902"], ["本县列"])


def test_an_extra_parameter_keeps_the_shipped_values_it_does_not_speak_of(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped", parameters__收入线=LINE)
    own = write(
        tmp_path / "own",
        parameters__收入线=(
            "name: 收入线\nunit: 元/人·年\nwhy: 本县通知。\nvalues:\n"
            '  - {value: 3700, since: 2018-01-01, until: 2019-12-31, place: "37", basis: {convention: 乙}}\n'
        ),
    )

    values = load_rulebook(own, shipped).parameters["收入线"].values

    assert [(value.value, value.since.year) for value in values] == [(3700, 2018), (3527, 2017)]


def test_faults_of_both_folders_are_said_together(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped", parameters__收入线=LINE.replace("3609", "[]"))
    own = write(tmp_path / "own", parameters__收入线=LINE.replace("unit:", "unitt:"))

    with pytest.raises(RuleError) as caught:
        load_rulebook(own, shipped)

    assert {fault.file.parent.parent.name for fault in caught.value.faults} == {"shipped", "own"}


def test_a_broken_code_list_is_told_once_and_not_for_each_column(tmp_path: Path) -> None:
    write(
        tmp_path,
        codes__C91_状态="id: C91\nname: 状态\n",
        tables__household="level: 户\ncolumns:\n  - {name: 危房户, type: 代码, codes: C91}\n",
    )

    with pytest.raises(RuleError) as caught:
        load_rulebook(root=tmp_path)

    assert [fault.en for fault in caught.value.faults] == ["the key “values” is missing"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_rulebook(tmp_path / "nowhere", tmp_path)

    assert caught.value.en == f"there is no rule folder {tmp_path / 'nowhere'}: check the path after --rules"


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, income__INC901_收入为空=RULE)
    (tmp_path / "income" / ".INC901.yaml").write_text("[", encoding="utf-8")

    assert list(load_rulebook(root=tmp_path).rules) == ["INC901"]


def test_the_shipped_folder_is_found_from_a_checkout() -> None:
    assert shipped_folder() == Path(__file__).parents[2] / "rules"


def test_the_shipped_folder_of_a_wheel_stands_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "site" / "fupin_cli" / "_rules", tables__person="level: 人\ncolumns: []\n")
    monkeypatch.setattr(folder, "PACKAGE", tmp_path / "site" / "fupin_cli")

    assert shipped_folder() == tmp_path / "site" / "fupin_cli" / "_rules"


def test_an_installation_without_rules_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "PACKAGE", tmp_path / "fupin_cli")

    with pytest.raises(InputError) as caught:
        load_rulebook()

    assert caught.value.en == (
        f"fupin's own rules are missing: looked for _rules and rules beside {tmp_path / 'fupin_cli'}."
        " Install fupin-cli again"
    )


@given(
    at=st.integers(0, len(RULE) - 1),
    drop=st.integers(0, 6),
    put=st.text("\t :'\"#&*!|>%@`[]{},-\n甲\x07\u2028", max_size=4),
)
def test_a_rule_file_damaged_anywhere_is_read_or_refused_but_never_breaks_the_loader(
    at: int, drop: int, put: str
) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as nothing:
        file = Path(folder) / "INC901_收入为空.yaml"
        file.write_text(RULE[:at] + put + RULE[at + drop :], encoding="utf-8", newline="")
        try:
            told = len(load_rulebook(Path(folder), Path(nothing)).rules)
        except RuleError as error:
            told = len(error.faults)
    assert told > 0


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "any.yaml"
        file.write_bytes(raw)
        document = read_yaml(file)
    assert document.readable or document.faults

"""A baseline takes accepted findings out; expired ones come back; a file that is none gets one clear sentence."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fupin_cli.errors import BaselineError, InputError
from fupin_cli.findings import Looked, accept, end_of_next_month
from fupin_cli.model.baseline import Baseline, Entry, Signature
from fupin_cli.reports.baseline import baseline_text, entry_of
from fupin_cli.rules import load_baseline
from tests.findings.told import told
from tests.reports.drawn import RULES, SCHOOL

TWO = """
| 户编号 | 姓名 | 与户主关系 | 民族 | 数据日期 |
| '990101000001 | 张三 | 户主 | | 2020-12-31 |
| '990101000002 | 李四 | 户主 | | 2020-12-31 |
"""
MAY = date(2021, 5, 10)
EVERYTHING = Looked(RULES)


def holding(*entries, file="b.yaml"):
    return Baseline(file, {entry.id: entry for entry in entries})


def test_accepted_ids_go_and_are_counted_whatever_wrote_the_file(sketch, tmp_path):
    first, second = told(sketch(TWO), rule="IDN010")
    baseline = tmp_path / "baseline.json"
    baseline.write_text(json.dumps({"version": 1, "findings": [{"id": first.id}, {"id": "IDN010-gone"}]}), "utf-8")
    left, done = accept([first, second], load_baseline(baseline), MAY, EVERYTHING)
    assert (left, [entry.id for entry in done.accepted]) == ([second], [first.id])


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (None, "accepted"),
        (date(2021, 7, 1), "accepted"),
        (date(2021, 6, 30), "soon"),
        (MAY, "soon"),
        (date(2021, 5, 9), "expired"),
    ],
)
def test_an_acceptance_holds_on_its_last_day_and_then_the_finding_is_one_again(until, state):
    left, done = accept([SCHOOL], holding(Entry(SCHOOL.id, "EDU001", until=until)), MAY, EVERYTHING)
    assert left == ([replace(SCHOOL, lapsed=until)] if state == "expired" else [])
    assert (len(done.accepted), len(done.soon), len(done.expired)) == {
        "accepted": (1, 0, 0),
        "soon": (1, 1, 0),
        "expired": (0, 0, 1),
    }[state]


@pytest.mark.parametrize(
    ("day", "end"), [("2021-01-31", "2021-02-28"), ("2021-11-02", "2021-12-31"), ("2021-12-31", "2022-01-31")]
)
def test_soon_is_until_the_end_of_next_month(day, end):
    assert end_of_next_month(date.fromisoformat(day)) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("rule", "severity", "looked", "gone"),
    [
        ("EDU001", None, EVERYTHING, 1),
        ("XXX001", None, EVERYTHING, 0),  # did not run
        ("FMT007", None, Looked(RULES, "warning"), 0),  # a notice, and notices are not reported
        ("EDU001", "notice", Looked(RULES, "warning"), 0),  # a profile made it one
    ],
)
def test_an_entry_is_gone_only_when_the_audit_could_have_found_it(rule, severity, looked, gone):
    _, done = accept([], holding(Entry(f"{rule}-0", rule, severity)), MAY, looked)
    assert len(done.gone) == gone


entries = st.builds(
    Entry,
    id=st.integers(0, 99).map(lambda n: f"EDU001-{n:010x}"),
    rule=st.just("EDU001"),
    severity=st.sampled_from([None, "error", "notice"]),
    household=st.one_of(st.none(), st.text(min_size=1)),
    person=st.one_of(st.none(), st.text(min_size=1)),
    message=st.text(),
    accepted_by=st.text(min_size=1),
    reason=st.text(min_size=1),
    accepted_on=st.one_of(st.none(), st.dates()),
    until=st.one_of(st.none(), st.dates()),
    stable=st.booleans(),
)


@settings(deadline=None)  # the first writing loads what writes YAML
@given(made=st.lists(entries, unique_by=lambda entry: entry.id, max_size=4))
def test_what_is_written_is_what_is_read(made, tmp_path_factory):
    file = tmp_path_factory.mktemp("written") / "b.yaml"
    text = baseline_text(holding(*made, file=file))
    file.write_text(text, "utf-8", newline="\n")
    assert baseline_text(load_baseline(file)) == text
    assert set(load_baseline(file).entries) == {entry.id for entry in made}


def test_a_line_of_a_baseline_is_masked():
    number = "11010519491231002X"
    finding = replace(
        SCHOOL, person="张小三", message=f"张小三 {number} 电话 13800000000", secrets={number: "证件", "张小三": "姓名"}
    )
    text = baseline_text(holding(entry_of(finding, Signature("李四", f"本人到场 {number}", MAY, date(2021, 6, 30)))))
    assert number not in text
    assert "张小三" not in text
    assert "13800000000" not in text
    assert "accepted_by: 李四" in text
    assert "until: 2021-06-30" in text


BROKEN = """\
version: 2
findings:
  - id: EDU001-1
    rule: EDU001
    acepted_by: 张三
    reason: 已核实
    until: 2021-6-30
  - id: EDU001-1
    rule: INC006
    accepted_by: 张三
    reason: 已核实
"""


def test_every_fault_of_the_file_is_told_with_its_line_and_caret(tmp_path):
    file = tmp_path / "b.yaml"
    file.write_text(BROKEN, "utf-8")
    with pytest.raises(BaselineError) as raised:
        load_baseline(file)
    assert raised.value.zh == (
        f"基线文件有 3 处错误：\n"
        f"{file}:3:5: findings 第 1 条 缺少必填的 accepted_by\n      - id: EDU001-1\n        ^\n"
        f"{file}:5:5: 不认识的键“acepted_by”，是不是“accepted_by”？\n        acepted_by: 张三\n        ^^^^^^^^^^\n"
        f"{file}:7:12: “2021-6-30”不是日期：写成 2020-12-31\n        until: 2021-6-30\n               ^^^^^^^^^"
    )
    file.write_text(BROKEN.replace("acepted", "accepted").replace("2021-6-30", "2021-06-30"), "utf-8")
    with pytest.raises(BaselineError) as raised:
        load_baseline(file)
    assert raised.value.en == (
        f"2 fault(s) in the baseline:\n"
        f"{file}:8:9: “EDU001-1” stands twice (first in line 3)\n      - id: EDU001-1\n            ^^^^^^^^\n"
        f"{file}:8:9: the id “EDU001-1” must begin with its rule, “INC006-”: write it as the report has it\n"
        f"      - id: EDU001-1\n            ^^^^^^^^"
    )


def test_a_baseline_of_nothing_is_read_whatever_an_editor_put_before_it(tmp_path):
    baseline = tmp_path / "baseline.json"
    for text in ('{"findings": []}', "version: 2\nfindings: []\n", "version: 2\nfindings:\n"):
        baseline.write_text(text, "utf-8-sig")
        assert load_baseline(baseline).entries == {}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"findings": 3}', '{"findings": [3]}', '{"findings": [{}]}', "[" * 100_000]
)
def test_a_file_that_is_no_baseline_says_what_was_looked_for(tmp_path, text):
    baseline = tmp_path / "baseline.json"
    baseline.write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        load_baseline(baseline)
    assert raised.value.zh == (
        f"{baseline}：不是基线文件。应是 fupin baseline create 写出的 YAML，或 fupin audit --format json 的输出"
        '（JSON，含 "findings" 列表，每项有 "id"）。'
    )
    assert raised.value.en == (
        f"{baseline}: no baseline. Looked for YAML as fupin baseline create writes it, or the output of "
        'fupin audit --format json (JSON with a list "findings" whose entries have an "id").'
    )


def test_a_workbook_given_as_baseline_is_refused(sketch):
    path = sketch(TWO)
    with pytest.raises(InputError, match="no baseline"):
        load_baseline(path)


@pytest.mark.parametrize("text", ['{"version": 3, "findings": []}', "version: 3\nentries: []\n"])
def test_a_baseline_of_a_later_version_is_refused(tmp_path, text):
    baseline = tmp_path / "baseline.json"
    baseline.write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        load_baseline(baseline)
    assert raised.value.zh == f"{baseline}：基线文件的版本是 3，这里只认得 1 和 2。请用较新的 fupin，或重新生成基线。"


def test_a_baseline_that_is_not_there_says_so(tmp_path):
    with pytest.raises(InputError) as raised:
        load_baseline(tmp_path / "没有.json")
    assert (
        raised.value.zh == f"{tmp_path / '没有.json'}：读不到基线文件。请检查路径；可用 fupin baseline create 写一个。"
    )

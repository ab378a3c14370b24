"""A baseline takes accepted findings out; a file that is none gets one clear sentence."""

import json

import pytest

from fupin_cli.errors import InputError
from fupin_cli.findings import accept
from tests.findings.told import told

TWO = """
| 户编号 | 姓名 | 与户主关系 | 民族 | 数据日期 |
| '990101000001 | 张三 | 户主 | | 2020-12-31 |
| '990101000002 | 李四 | 户主 | | 2020-12-31 |
"""


def test_accepted_ids_go_and_are_counted(sketch, tmp_path):
    first, second = told(sketch(TWO), rule="IDN010")
    baseline = tmp_path / "baseline.json"
    baseline.write_text(json.dumps({"version": 1, "findings": [{"id": first.id}, {"id": "IDN010-gone"}]}), "utf-8")
    assert accept([first, second], baseline) == ([second], 1)


def test_a_baseline_saved_by_an_editor_with_a_mark_in_front_is_read(tmp_path):
    baseline = tmp_path / "baseline.json"
    baseline.write_text('{"findings": []}', "utf-8-sig")
    assert accept([], baseline) == ([], 0)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"findings": 3}', '{"findings": [3]}', '{"findings": [{}]}', "[" * 100_000]
)
def test_a_file_that_is_no_baseline_says_what_was_looked_for(tmp_path, text):
    baseline = tmp_path / "baseline.json"
    baseline.write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        accept([], baseline)
    assert raised.value.zh == (
        f'{baseline}：不是基线文件。应是 JSON，含 "findings" 列表，每项有 "id"；可用 fupin audit --format json 的输出。'
    )
    assert raised.value.en == (
        f'{baseline}: no baseline. Looked for JSON with a list "findings" whose entries have an "id"; '
        "the output of fupin audit --format json will do."
    )


def test_a_workbook_given_as_baseline_is_refused(sketch):
    path = sketch(TWO)
    with pytest.raises(InputError, match="no baseline"):
        accept([], path)


def test_a_baseline_of_a_later_version_is_refused(tmp_path):
    baseline = tmp_path / "baseline.json"
    baseline.write_text('{"version": 2, "findings": []}', "utf-8")
    with pytest.raises(InputError) as raised:
        accept([], baseline)
    assert raised.value.zh == f"{baseline}：基线文件的版本是 2，这里只认得 1。请用较新的 fupin，或重新生成基线。"


def test_a_baseline_that_is_not_there_says_so(tmp_path):
    with pytest.raises(InputError) as raised:
        accept([], tmp_path / "没有.json")
    assert raised.value.zh == f"{tmp_path / '没有.json'}：读不到基线文件。请检查路径。"

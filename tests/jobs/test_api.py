"""The Python API gives what the command gives."""

import sys
from datetime import date
from textwrap import dedent

import duckdb
import pandas as pd
import pytest
from arro3.core import Table
from mypy import api as mypy

import fupin_cli
from fupin_cli.errors import UsageError
from tests.arrow_frames import arrow

ROWS = {
    "户编号": ["990101000001", "990101000001"],
    "姓名": ["张三", "李四"],
    "与户主关系": ["户主", "配偶"],
    "性别": ["女", None],
    "证件号码": ["110105194912310021", "11010519491231002X"],
    "务工时间（月）": [13, 3.5],
}
ROWS_SQL = """
FROM (VALUES ('990101000001', '张三', '户主', '女', '110105194912310021', 13.0),
             ('990101000001', '李四', '配偶', NULL, '11010519491231002X', 3.5))
AS t(户编号, 姓名, 与户主关系, 性别, 证件号码, "务工时间（月）")"""
TABLE = """
| 户编号 | 姓名 | 与户主关系 | 性别 | 证件号码 | 务工时间（月） |
| '990101000001 | 张三 | 户主 | 女 | '110105194912310021 | 13 |
| '990101000001 | 李四 | 配偶 |  | 11010519491231002X | 3.5 |
"""


def test_a_frame_is_audited_like_the_workbook_that_holds_it(sketch):
    asked = {"as_of": date(2020, 12, 31)}
    frame = fupin_cli.audit(pd.DataFrame(ROWS), **asked).to_pandas()
    workbook = fupin_cli.audit(sketch(TABLE), **asked).to_pandas()
    same = ["id", "rule", "severity", "row", "cells", "household", "person", "message"]
    assert len(frame) > 0
    pd.testing.assert_frame_equal(frame[same], workbook[same])


def test_findings_come_as_a_frame_masked_unless_revealed(sketch):
    found = fupin_cli.audit(sketch(TABLE), select=["IDN002"], as_of=date(2020, 12, 31))
    assert found.to_pandas()["person"].tolist() == ["张*"]
    assert found.to_pandas(reveal=True)["person"].tolist() == ["张三"]
    assert found.to_dict()["counts"]["findings"] == 1


def test_no_finding_is_an_empty_frame_with_the_same_columns(sketch):
    found = fupin_cli.audit(sketch(TABLE.replace("110105194912310021", "11010519491231002X")), select=["IDN002"])
    assert (len(found.to_pandas()), found.to_pandas().columns[0]) == (0, "id")


def test_a_notebook_shows_counts_and_the_first_findings_masked(sketch):
    found = fupin_cli.audit(sketch(TABLE.replace("张三", "<i>三")), select=["IDN002"], as_of=date(2020, 12, 31))
    shown = found._repr_html_()
    assert "<p>1 户 2 人；发现问题 1 处：错误 1，疑点 0，提示 0。</p>" in shown
    assert "<td>IDN002 证件号码校验码错误</td><td>registry.xlsx › Sheet1 › E2</td><td>&lt;**三：" in shown
    assert "110105194912310021" not in shown


def test_a_frame_of_arrow_columns_is_audited_like_one_of_pandas():
    asked = {"as_of": date(2020, 12, 31)}
    of_pandas = fupin_cli.audit(pd.DataFrame(ROWS), **asked).to_pandas()
    with duckdb.connect() as connection:
        frame = Table.from_arrow(connection.sql(ROWS_SQL))
    of_arrow = fupin_cli.audit(frame, **asked)
    pd.testing.assert_frame_equal(of_arrow.to_pandas(), of_pandas)


# ---- compare

A, B, C = "11010519491231002X", "990101201205010026", "990101196002020035"
LEFT = f"""
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 人均纯收入 |
| '990101000001 | 张三 | 户主 | {A} | 3200 |
| '990101000001 | 李四 | 之女 | '{B} | 3200 |
"""
RIGHT = f"""
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 人均纯收入 |
| '990101000001 | 张三 | 户主 | {A} | 4100 |
| '990101000002 | 王五 | 户主 | '{C} | 5000 |
"""


def frame_of(table: str) -> pd.DataFrame:
    lines = [[cell.strip().lstrip("'") for cell in line.strip("|").split("|")] for line in table.strip().splitlines()]
    return pd.DataFrame(lines[1:], columns=lines[0])


def test_frames_are_compared_like_the_workbooks_that_hold_them(sketch):
    of_frames = fupin_cli.compare(frame_of(LEFT), arrow(frame_of(RIGHT).to_dict("list")))
    of_files = fupin_cli.compare(sketch(LEFT, "a.xlsx"), str(sketch(RIGHT, "b.xlsx")))
    columns = ["household", "person", "column", "left", "right", "left_row", "right_row", "left_cells", "right_cells"]
    pd.testing.assert_frame_equal(of_frames.to_pandas()[columns], of_files.to_pandas()[columns])
    assert of_frames.counts == of_files.counts
    assert of_files.differs


def test_changed_cells_come_as_a_frame_with_both_places(sketch):
    found = fupin_cli.compare(sketch(LEFT, "a.xlsx"), sketch(RIGHT, "b.xlsx"))
    (row,) = found.to_pandas("changed")[["table", "column", "left", "right", "left_row", "left_cells"]].to_dict(
        "records"
    )
    assert row == {
        "table": "户",
        "column": "人均纯收入",
        "left": 3200,
        "right": 4100,
        "left_row": 2,
        "left_cells": "E2",
    }
    counts = found.counts
    assert (counts.same, counts.changed, counts.only_left, counts.only_right, counts.moved) == (1, 0, 1, 1, 0)
    assert found.counts_by_table["户"].changed_cells == 1


def test_records_of_one_side_come_with_their_values_masked_unless_revealed(sketch):
    found = fupin_cli.compare(sketch(LEFT, "a.xlsx"), sketch(RIGHT, "b.xlsx"))
    shown = found.to_pandas("only_left")
    assert shown[["table", "person", "row", "姓名", "与户主关系"]].to_numpy().tolist() == [
        ["人", "李*", 3, "李*", "之女"]
    ]
    assert B not in shown.to_csv()
    assert found.to_pandas("only_left", reveal=True)["证件号码"].tolist() == [B]


@pytest.mark.parametrize("kind", ["duplicates", "moved", "split", "merged", "head_changed", "suspected_same"])
def test_a_class_without_records_is_an_empty_frame_with_columns(sketch, kind):
    book = sketch(LEFT)
    found = fupin_cli.compare(book, frame_of(LEFT)).to_pandas(kind)
    assert (len(found), found.columns[-1]) == (0, "row" if kind == "duplicates" else "right_row")


def test_a_class_nobody_knows_is_refused(sketch):
    with pytest.raises(UsageError, match="there is no class added of differences; there are changed, only_left"):
        fupin_cli.compare(sketch(LEFT), frame_of(LEFT)).to_pandas("added")


def test_what_is_neither_a_path_nor_a_frame_is_refused():
    with pytest.raises(
        UsageError, match=r"^int: neither a path nor a frame\. Give a path, or a frame of pandas, Polars"
    ):
        fupin_cli.compare(frame_of(LEFT), [3])


def test_a_notebook_shows_the_differences_masked_and_escaped(sketch):
    found = fupin_cli.compare(frame_of(LEFT.replace("李四", "<b>四")), frame_of(RIGHT))
    shown = found._repr_html_()
    assert "人：相同 1，有改动 0，仅左边有 1，仅右边有 1。" in shown
    assert "<td>人均纯收入：3200 → 4100</td>" in shown
    assert "<b>四" not in shown
    assert not any(secret in shown for secret in (A, B, C, "张三", "王五"))


def test_what_python_prints_of_a_result_is_its_counts_and_nobody(sketch):
    found = fupin_cli.audit(sketch(TABLE), select=["IDN002"], as_of=date(2020, 12, 31))
    assert repr(found) == "<fupin audit: 1 户 2 人；发现问题 1 处：错误 1，疑点 0，提示 0。>"
    shown = repr(fupin_cli.compare(frame_of(LEFT), frame_of(RIGHT)))
    assert shown.startswith("<fupin compare: 人：相同 1，有改动 0，仅左边有 1，仅右边有 1。户：")


def test_an_earlier_edition_may_be_a_frame_of_arrow_columns():
    asked = {"as_of": date(2020, 12, 31)}
    frame = frame_of(RIGHT)
    found = fupin_cli.audit(frame, previous=arrow(frame_of(LEFT).to_dict("list")), **asked)
    assert found.to_pandas().equals(fupin_cli.audit(frame, previous=[frame_of(LEFT)], **asked).to_pandas())
    assert "上期读到 1 户 2 人" in " ".join(zh for zh, _ in found.audit.notes)


def test_a_program_that_uses_the_api_is_fully_typed(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        dedent(
            """
            from pathlib import Path
            import pandas as pd
            import fupin_cli

            frame = pd.DataFrame({"姓名": ["张三"]})
            found = fupin_cli.compare(frame, [Path("b.xlsx"), "c.xlsx"], tolerance={"人均纯收入": 0.5}, tables=["人"])
            reveal_type(found.counts.moved)
            reveal_type(found.to_pandas("moved"))
            reveal_type(fupin_cli.audit("a.xlsx", previous=frame).to_dict())
            found.to_pandas("added")
            """
        ),
        encoding="utf-8",
    )
    asked = ["--strict", f"--python-executable={sys.executable}", f"--cache-dir={tmp_path}", "--no-pretty"]
    told, _, _ = mypy.run([*asked, str(program)])
    assert [line.removeprefix(str(program)) for line in told.splitlines()[:-1]] == [
        ':8: note: Revealed type is "int"',
        ':9: note: Revealed type is "pandas.core.frame.DataFrame"',
        ':10: note: Revealed type is "dict[str, Any]"',
        ':11: error: Argument 1 to "to_pandas" of "CompareResult" has incompatible type "Literal[\'added\']"; expected '
        "\"Literal['changed', 'only_left', 'only_right', 'duplicates', 'moved', 'split', 'merged', "
        "'head_changed', 'suspected_same']\"  [arg-type]",
    ]


@pytest.mark.parametrize(
    ("asked", "read"), [(date(2015, 12, 31), "C"), (date(2016, 12, 31), "D"), (date(2017, 12, 31), None)]
)
def test_the_day_asked_for_says_which_of_several_years_is_read(sketch, asked, read):
    years = "| 户编号 | 户主姓名 | 2015年人均纯收入 | 2016年人均纯收入 |\n| '990101000001 | 张三 | 2000 | 9000 |"
    found = fupin_cli.audit(sketch(years), select=["INC"], as_of=asked).to_dict()
    columns = found["files"][0]["sheets"][0]["columns"]
    assert {column: letter for letter, column in columns.items()}.get("人均纯收入") == read


@pytest.mark.parametrize(("asked", "read"), [({}, "C"), ({"as_of": date(2016, 12, 31)}, "D")])
def test_the_day_of_a_profile_says_it_too_where_no_day_is_asked_for(sketch, asked, read):
    years = "| 户编号 | 户主姓名 | 2015年人均纯收入 | 2016年人均纯收入 |\n| '990101000001 | 张三 | 2000 | 9000 |"
    found = fupin_cli.audit(sketch(years), select=["INC"], profile="national-2015", **asked).to_dict()
    assert found["files"][0]["sheets"][0]["columns"][read] == "人均纯收入"


def test_a_result_is_shown_at_the_level_asked_for(sketch):
    registry = (
        "| 户编号 | 姓名 | 与户主关系 | 证件号码 | 人均纯收入 |\n| '9901 | 张小三 | 户主 | '110105194912310021 | 3000 |"
    )
    found = fupin_cli.audit(sketch(registry), as_of=date(2020, 12, 31), select=("IDN002",))
    shown = [found.to_dict(mask=level)["findings"][0] for level in (None, "numbers", "none")]
    assert [one["person"] for one in shown] == ["张*三", "张小三", "张小三"]
    assert [one["values"]["证件号码"] for one in shown] == ["110105***********1"] * 2 + ["110105194912310021"]
    assert found.to_pandas(mask="numbers")["person"].tolist() == ["张小三"]
    cleaned = fupin_cli.clean(sketch(registry.replace("张小三", "'张　小三"), "b.xlsx"), today=date(2020, 12, 31))
    assert [cleaned.to_pandas(mask=level)["after"].tolist()[0] for level in ("standard", "numbers")] == [
        "张*三",
        "张小三",
    ]
    compared = fupin_cli.compare(sketch(registry), sketch(registry.replace("3000", "4000"), "c.xlsx"))
    assert [compared.to_pandas(mask=level)["person"].tolist()[0] for level in ("standard", "numbers")] == [
        "张*三",
        "张小三",
    ]
    for wrong in ({"mask": "all"}, {"mask": "strict", "reveal": True}):
        with pytest.raises(UsageError):
            found.to_dict(**wrong)

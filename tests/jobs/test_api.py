"""The Python API gives what the command gives."""

from datetime import date

import duckdb
import pandas as pd
from arro3.core import Table

import fupin_cli

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

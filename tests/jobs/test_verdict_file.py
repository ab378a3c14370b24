"""Every verdict of a run as Parquet, on levels of all kinds: one row for each rule and row, and what it may not tell."""

import stat
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from fupin_cli.errors import OutputError
from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings
from tests.sketch import write_sketch

REGISTRY = """
| 户编号 | 户主姓名 | 姓名 | 与户主关系 | 证件号码 | 出生日期 | 劳动技能 | 健康状况 | 乡 | 村 |
| '990101000001 | 张示例 | 张示例 | 户主 | '990101196005010119 | 1960-05-01 | 普通劳动力 | 健康 | 大田乡 | 石桥村 |
| '990101000001 | 张示例 | 张小甲 | 之子 |  | 2012-03-01 | 普通劳动力 | 健康 | 大田乡 | 石桥村 |
| '990101000002 | 李示例 | 李示例 | 户主 | '990101197001010319 | 1970-01-01 | 丧失劳动力 | 残疾 | 大田乡 | 柳湾村 |
| '990101000002 | 李示例 | 李小乙 | 之女 |  | 2012-03-01 | 丧失劳动力 | 残疾 | 大田乡 | 柳湾村 |
"""
VILLAGES = """
| 县 | 乡 | 村 | 总户数 | 总人口数 |
| 样例县 | 大田乡 | 石桥村 | 0 | 900 |
| 样例县 | 大田乡 | 柳湾村 | 300 | 900 |
"""
CARS = """
| 姓名 | 身份证号 | 车牌 |
| 张示例 | '990101196005010119 | 甲A00001 |
"""
DESCRIBED = """
lists:
  - {name: 残联, file: 残联.xlsx, hit: 提示, date: 2020-12-31}
  - {name: 车管, file: 车管.xlsx, key: 证件号码, hit: 应退, columns: {车牌: {type: 文本}}, date: 2020-12-31}
"""


@pytest.fixture
def verdicts(tmp_path):
    """Audit the registry, the villages and the list, and read what was written."""

    def read(*rules, **parts):
        (tmp_path / "名单").mkdir(exist_ok=True)
        write_sketch(tmp_path / "名单" / "车管.xlsx", CARS)
        (tmp_path / "名单" / "lists.yaml").write_text(DESCRIBED, "utf-8")
        write_sketch(tmp_path / "名单" / "残联.xlsx", CARS)
        files = (write_sketch(tmp_path / "户.xlsx", REGISTRY), write_sketch(tmp_path / "村.xlsx", VILLAGES))
        settings = Settings(today=date(2021, 1, 1), as_of=date(2020, 12, 31), select=rules, region="990101")
        path = tmp_path / "v.parquet"
        run(Request(files, settings, lists=(("", tmp_path / "名单"),), verdicts=path, **parts))
        with duckdb.connect() as reader:
            return reader.execute(f"FROM read_parquet('{path}')").fetchdf()

    return read


def test_a_row_of_every_level_has_its_verdict_its_place_and_the_severity_it_fails_with(verdicts):
    found = verdicts("LAB002", "VIL002", "ENT025")
    shown = found.assign(file=found["file"].map(lambda each: Path(each).name))
    columns = ["rule", "list", "scope", "file", "row", "household", "township", "village", "severity", "verdict"]
    rows = [tuple(None if pd.isna(each) else each for each in row) for row in shown[columns].itertuples(index=False)]
    assert rows == [
        ("LAB002", None, "人", "户.xlsx", 2, "990101000001", "大田乡", "石桥村", "error", "not applicable"),
        ("ENT025", "车辆", "人", "户.xlsx", 2, "990101000001", "大田乡", "石桥村", "warning", "fail"),
        ("LAB002", None, "人", "户.xlsx", 3, "990101000001", "大田乡", "石桥村", "error", "fail"),
        ("ENT025", "车辆", "人", "户.xlsx", 3, "990101000001", "大田乡", "石桥村", "warning", "unknown"),
        ("LAB002", None, "人", "户.xlsx", 4, "990101000002", "大田乡", "柳湾村", "error", "not applicable"),
        ("ENT025", "车辆", "人", "户.xlsx", 4, "990101000002", "大田乡", "柳湾村", "warning", "pass"),
        ("LAB002", None, "人", "户.xlsx", 5, "990101000002", "大田乡", "柳湾村", "warning", "fail"),
        ("ENT025", "车辆", "人", "户.xlsx", 5, "990101000002", "大田乡", "柳湾村", "warning", "unknown"),
        ("VIL002", None, "村", "村.xlsx", 2, None, "大田乡", "石桥村", "error", "fail"),
        ("VIL002", None, "村", "村.xlsx", 3, None, "大田乡", "柳湾村", "error", "pass"),
    ]
    assert set(found["data_date"]) == {pd.Timestamp("2020-12-31")}


def test_rules_that_tell_of_health_can_be_left_out_and_so_can_what_a_list_of_disabled_people_tells(verdicts):
    told, kept = (
        {(rule, of_list) for rule, of_list in verdicts("MED", "LAB002", "ENT025", "ENT027", health=health)[["rule", "list"]].itertuples(index=False)}
        for health in (True, False)
    )  # fmt: skip
    assert {rule for rule, _ in told} > {"MED001", "LAB002", "ENT025"}
    assert ("ENT027", "残联") in told
    assert {rule for rule, _ in kept} & {"MED001", "ENT027"} == set()
    assert {rule for rule, _ in kept} >= {"LAB002", "ENT025"}


def test_a_file_that_cannot_be_written_is_one_sentence_and_leaves_nothing_behind(tmp_path, sketch):
    folder = tmp_path / "locked"
    request = Request(
        (sketch(REGISTRY),), Settings(today=date(2021, 1, 1), select=("LAB002",)), verdicts=folder / "v.parquet"
    )
    with pytest.raises(OutputError) as told:
        run(request)
    assert (
        told.value.en == f"{folder / 'v.parquet'}: there is no folder {folder}; make it first, or choose another place."
    )
    folder.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR | stat.S_IWUSR)
    run(request)
    assert [each.name for each in folder.iterdir()] == ["v.parquet"]

"""`fupin stats --stated`: small tables of counts are read as they are laid out, and compared line by line."""

from datetime import date
from pathlib import Path

import pytest

from fupin_cli.engines import open_engine
from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.stats import Rollup, run
from fupin_cli.jobs.stats_stated import stated_tables
from fupin_cli.model.settings import Settings
from fupin_cli.reports.stats_stated import doubts, rows, verdict
from fupin_cli.rules import load_rulebook
from tests.jobs.drawn_county import write_registry
from tests.sketch import write_sketch

REGISTRY = """
| 户编号        | 乡     | 村     | 户主姓名 | 致贫原因 | 家庭人口 |
| '990101000001 | 青石镇 | 大塘村 | 张示例   | 因病     | 3        |
| '990101000002 | 青石镇 | 石桥村 | 李示例   | 因残     | 2        |
| '990101000003 | 河口乡 | 大塘村 | 王示例   | 因学     | 4        |
| '990101000004 | 河口乡 | 河口村 | 赵示例   | 缺劳力   | 1        |
| '990101000005 | 望山乡 | 望山村 | 孙示例   |          | 1        |
"""
PUBLISHED = """
# 乡镇
| 2016年建档立卡贫困人口分乡镇统计表 | < | < |
| 单位：户、人 | < | < |
| 乡镇 | 户数 | 人口数 |
| 正定镇 | 217 | 334 |
| 新城铺镇 | 156 | 394 |
| 新安镇 | 394 | 655 |
| 南牛乡 | 299 | 694 |
| 西平乐乡 | 132 | 380 |
| 南楼乡 | 194 | 385 |
| 曲阳桥乡 | 97 | 295 |
| 北早现乡 | 206 | 517 |
| 合  计 | 1695 | 3654 |
# 原因
| 致贫原因 | 户 | < | 人 | < |
| ^ | 数量 | 占比 | 数量 | 占比 |
| 因病 | 947 | 55.9% | 2112 | 58% |
| 因残 | 662 | 39.1% | 1332 | 36.4% |
| 因学、缺劳力等 | 86 | 5% | 210 | 5.6% |
| 合计 | 1695 | 100% | 3654 | 100% |
"""


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    return write_sketch(tmp_path_factory.mktemp("registry") / "registry.xlsx", REGISTRY)


def beside(registry: Path, stated: Path, *by: str):
    settings = Settings(today=date(2021, 3, 1), as_of=date(2016, 3, 1))
    return run(Request(files=(registry,), settings=settings), Rollup(by=by, stated=(stated,))).reconciled


def read(path: Path):
    engine = open_engine()
    try:
        return stated_tables(engine, [path], load_rulebook(None).dictionary)
    finally:
        engine.close()


def lines(table):
    return [(row.name, *row.numbers, row.said) for row in rows(table, "zh") if row.differs or row.said]


def test_the_published_tables_agree_with_the_rows_but_for_the_one_share_that_does_not_follow(tmp_path):
    county, published = write_registry(tmp_path / "2016.csv"), write_sketch(tmp_path / "published.xlsx", PUBLISHED)
    townships, causes = beside(county, published)
    assert (verdict(townships, "zh"), lines(townships)) == ("与登记表一致，合计和占比也对。", [])
    assert lines(causes) == [("因学、缺劳力等", "86", "86", "", "210", "210", "", "缺劳力、因学 相加")]
    assert verdict(causes, "zh") == "表内 1 处对不上。"
    assert list(doubts(causes, "zh")) == ["E5：占比“5.6%”与本表数字不符：按人数算应为 5.75%（VIL012）"]


def test_what_differs_is_told_with_its_difference_and_what_only_one_side_has(registry, sketch):
    stated = sketch(
        "| 乡 | 户 | 人 |\n| 青石 | 2 | 6 |\n| 河口乡 | 3 | 5 |\n| 松岗乡 | 4 | 9 |\n| 总计 | 8 | 19 |", "stated.xlsx"
    )
    (table,) = beside(registry, stated)
    assert lines(table) == [
        ("青石", "2", "2", "", "6", "5", "+1", ""),
        ("河口乡", "3", "2", "+1", "5", "5", "", ""),
        ("松岗乡", "4", "—", "", "9", "—", "", "登记表里没有"),
        ("望山乡", "—", "1", "", "—", "1", "", "表上没有这一行"),
        ("总计", "8", "5", "+3", "19", "11", "+8", ""),
    ]
    assert verdict(table, "zh") == "3 行数字不同或登记表里没有，登记表有 1 行表上没有，合计不同，表内 2 处对不上。"
    assert list(doubts(table, "en")) == [
        "B5: the total of households is 8, its lines add up to 9 (VIL011)",
        "C5: the total of persons is 19, its lines add up to 20 (VIL011)",
    ]


def test_villages_of_one_name_are_told_apart_by_the_township_beside_them(registry, sketch):
    stated = sketch(
        """
        | 序号 | 乡镇   | 行政村 | 户数 |
        | 1    | 青石镇 | 大塘   | 1    |
        | 2    | ^      | 石桥村 | 1    |
        |      | 小计   | <      | 2    |
        | 3    | 河口乡 | 大塘村 | 1    |
        | 4    |        | 河口村 | 2    |
        | 小计 |        |        | 3    |
        |      | 合计   | <      | 5    |
        """,
        "stated.xlsx",
    )
    (table,) = beside(registry, stated)
    assert lines(table) == [
        ("河口乡 河口村", "2", "1", "+1", "—", "1", "", ""),
        ("望山乡 望山村", "—", "1", "", "—", "1", "", "表上没有这一行"),
    ]
    assert list(doubts(table, "zh")) == []


def test_a_number_that_cannot_be_read_is_told_and_no_footer_becomes_a_line(registry, sketch):
    stated = sketch(
        """
        | 名称   | 户     | 人   |
        | 青石镇 | 约2    | 5人  |
        | 河口乡 | ２     | 5.0  |
        | 望山乡 | 1户    | 1    |
        | 填表人：张示例 | | 审核人：李示例 |
        | 联系电话：0000-1234567 | 2016年3月 | |
        """,
        "stated.xlsx",
    )
    (table,) = beside(registry, stated)
    assert [(row.name, *row.numbers) for row in rows(table, "zh")] == [
        ("青石镇", "约2", "2", "", "5", "5", ""),
        ("河口乡", "2", "2", "", "5", "5", ""),
        ("望山乡", "1", "1", "", "1", "1", ""),
    ]
    assert table.differs


def test_shares_written_as_parts_of_one_are_per_cent_and_a_table_below_another_is_read(sketch):
    first, second = read(
        sketch(
            "| 乡 | 户 | 占比 |\n| 甲乡 | 1 | 0.25 |\n| 乙乡 | 3 | 0.75 |\n||\n| 说明：下表按原因 |\n| 项目 | 人数 |\n| 因病 | 4 |",
            "stated.xlsx",
        )
    )
    assert [row.cells["share"].number for row in first.rows] == [25, 75]
    assert (second.heading, [(row.name, row.cells["人"].number) for row in second.rows]) == ("项目", [("因病", 4)])


def test_a_file_without_a_table_of_counts_and_one_with_two_columns_of_a_kind_are_refused(sketch):
    with pytest.raises(InputError) as none:
        read(sketch("| 姓名 | 年龄 |\n| 张示例 | 12 |", "none.xlsx"))
    with pytest.raises(InputError) as two:
        read(sketch("| 乡 | 2015年户数 | 2016年户数 |\n| 甲乡 | 1 | 2 |", "two.xlsx"))
    assert none.value.zh.endswith(
        "none.xlsx：没有找到汇总表。要找的是一行表头，含名称（乡镇、村、致贫原因…）和“户”或“人”两列之一，下面是数字；请检查表头。"
    )
    assert (
        two.value.zh
        == "two.xlsx › Sheet1：第 1 行表头有几列户数（2015年户数、2016年户数），不知道用哪一列核对；请只留一列。"
    )


def test_names_that_no_column_has_ask_for_by(registry, sketch):
    stated = sketch("| 片区 | 户 |\n| 东片 | 1 |\n| 西片 | 2 |", "stated.xlsx")
    with pytest.raises(UsageError) as unclear:
        beside(registry, stated)
    assert unclear.value.zh == ("stated.xlsx › Sheet1：看不出“片区”一栏是登记表的哪一列；请用 --by 指明，如 --by 乡。")
    (table,) = beside(registry, stated, "乡")
    assert (
        verdict(table, "en") == "2 line(s) differ or are not in the registry; 3 line(s) of the registry are not stated."
    )


def test_a_share_belongs_to_the_count_before_it_and_a_registry_is_no_table_of_counts(sketch):
    path = sketch(
        """
        # 登记表
        | 户编号 | 姓名 | 家庭人口 |
        | '990101000001 | 张示例 | 3 |
        # 汇总
        | 乡镇 | 帮扶人 | 户 | 占比 | 人 | 占比 |
        | 甲乡 | 张示例 | 1 | 25% | 2 | 20% |
        | 乙乡 | 李示例 | 3 | 75% | 8 | 80% |
        """,
        "stated.xlsx",
    )
    (table,) = read(path)
    assert (table.sheet, table.columns) == ("汇总", {"户": "户", "户 share": "占比", "人": "人", "人 share": "占比"})
    assert [row.name for row in table.rows] == ["甲乡", "乙乡"]

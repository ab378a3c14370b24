"""Which of two columns a heading means, by the cells below it; over the shipped dictionary."""

import pytest

from fupin_cli.engines import open_engine
from fupin_cli.model.settings import Wishes
from fupin_cli.rules import load_rulebook
from fupin_cli.sheets import read_sheets
from fupin_cli.tables.columns import claims_of
from fupin_cli.tables.evidence import settled
from fupin_cli.tables.grid import read_grid
from fupin_cli.tables.headings import choose, find_headings
from fupin_cli.tables.lexicon import build_lexicon


def meant(path, column, list_name=None):
    """What the heading of a column may mean once its cells were looked at."""
    engine = open_engine()
    try:
        [sheet] = read_sheets(engine, path, 0)
        lexicon = build_lexicon(load_rulebook().dictionary, Wishes(list_name=list_name))
        heading = choose(find_headings(read_grid(engine, sheet, 1, 5), lexicon, ""))
        claims = settled(engine, sheet, heading, claims_of(heading, lexicon, ""), lexicon)
        return [each.column for each in claims.candidates[column]]
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("省外务工", "县外省内务工", "乡镇内务工"), ["务工区域"]),
        (("04", "4", "无"), ["务工区域"]),
        (("浙江省宁波市某厂", "本县县城", "省外务工"), ["务工所在地"]),
        (("广东省东莞市", "/", "无"), ["务工所在地"]),
        (("", "", ""), ["务工区域", "务工所在地"]),
    ],
)
def test_a_place_of_work_is_a_code_where_most_cells_are_of_its_list(sketch, cells, column):
    rows = "\n".join(f"| 99010100000{i} | 张{i} | 户主 | '{cell} |" for i, cell in enumerate(cells))
    assert meant(sketch(f"| 户编号 | 姓名 | 与户主关系 | 务工地点 |\n{rows}"), 3) == column


@pytest.mark.parametrize(("cell", "column"), [("县城安置", ["安置地"]), ("样例镇新村小区", ["迁入地"])])
def test_a_place_of_settlement_is_a_code_or_a_place(sketch, cell, column):
    path = sketch(f"| 户编号 | 户主姓名 | 家庭人口 | 安置地 |\n| 990101000001 | 张三 | 3 | {cell} |")
    assert meant(path, 3) == column


@pytest.mark.parametrize(
    ("numbers", "column"),
    [
        ((495, 600, 1490), ["核定载质量千克"]),
        ((0.495, 0.6, 1.49), ["核定载质量"]),
        ((0.495, 0.6, 1490), ["核定载质量"]),  # the middle one decides
    ],
)
def test_a_load_without_a_unit_is_kilograms_where_tonnes_cannot_be(sketch, numbers, column):
    rows = "\n".join(f"| 11010519491231002X | 货车 | {number} |" for number in numbers)
    assert meant(sketch(f"| 证件号码 | 车辆类型 | 核定载质量 |\n{rows}"), 2, "车辆") == column


def test_a_heading_of_one_column_is_left_as_it_is(sketch):
    path = sketch("| 户编号 | 姓名 | 与户主关系 | 危房户 |\n| 990101000001 | 张三 | 户主 | 不清楚 |")
    assert meant(path, 3) == ["危房户"]

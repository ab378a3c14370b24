"""A certificate number that became a figure: what is left of it, and where the whole number stands."""

import pytest

from tests.sketch import write_sketch
from tests.tables.drawn import built


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ("| '01 | 示例甲 | n:110105194912310020 | 1949-12-31 |", "；余下前15位与出生日期相符，可能的原号有100个"),
        ("| '01 | 示例甲 | n:110105194912310020 | 1950-01-01 |", "；余下前15位与出生日期不符，无法推出原号"),
        ("| '01 | 示例甲 | n:110105194912310020 | |", "；余下前15位，可能的原号有100个"),
        (
            "| '01 | 示例甲 | n:110105194912310020 | 1949-12-31 |\n| '02 | 示例甲 | '11010519491231002X | |",
            "；同名且前15位相同的完整号码在“Sheet1”第3行，可供核对",
        ),
        (
            "| '01 | 示例甲 | n:110105194912310020 | |\n| '02 | 示例乙 | '11010519491231002X | |",
            "；余下前15位，可能的原号有100个",
        ),
    ],
)
def test_what_is_left_of_a_damaged_number_is_told(tmp_path, rows, note):
    drawing = f"| 户编号 | 姓名 | 证件号码 | 出生日期 |\n{rows}"
    engine, _ = built((write_sketch(tmp_path / "册.xlsx", drawing), "人"))
    found = engine.rows("""SELECT "raw", "note" FROM "reading" WHERE "rule" = 'FMT003'""")
    assert found == [("110105194912310000", note)]


def test_nothing_is_ever_written_into_the_number_itself(tmp_path):
    drawing = (
        "| 户编号 | 姓名 | 证件号码 |\n| '01 | 示例甲 | n:110105194912310020 |\n| '02 | 示例甲 | '11010519491231002X |"
    )
    engine, _ = built((write_sketch(tmp_path / "册.xlsx", drawing), "人"))
    assert engine.rows('SELECT "证件号码", "证件号码$" FROM "人" ORDER BY "_row"') == [
        (None, 2),
        ("11010519491231002X", 0),
    ]

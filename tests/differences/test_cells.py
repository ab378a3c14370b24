"""What counts as a difference of two cells, and where both stand."""

import pytest

from fupin_cli.model.place import Place
from tests.differences.compared import changes, compare, table, text_of

A = "11010519491231002X"


@pytest.fixture
def cell(sketch):
    """Compare one cell of one person: (left, right) of what differs, or nothing."""

    def compared(heading, left, right, **wishes):
        head = f"| 证件号码 | 姓名 | 与户主关系 | {heading} |"
        paths = [
            sketch(f"{head}\n| {A} | 张三 | 户主 | {value} |", f"{side}.xlsx")
            for side, value in (("a", left), ("b", right))
        ]
        return [(one[2], one[3]) for one in changes(compare(*paths, **wishes))]

    return compared


@pytest.mark.parametrize(
    ("heading", "left", "right", "found"),
    [
        ("务工时间", "3", "3.0", []),
        ("务工时间", "3", "'3个月", []),
        ("务工时间", "3", "4", [(3.0, 4.0)]),
        ("务工时间", "3", "", [(3.0, None)]),
        ("务工时间", "", "'三四个月", [(None, "三四个月")]),
        ("务工时间", "'三四个月", "'三四个月", []),
        ("务工时间", "'三四个月", "'约三个月", [("三四个月", "约三个月")]),
        ("务工时间", "'约三个月", "3", [("约三个月", 3.0)]),
        ("出生日期", "@1980-05-01", "'1980.5.1", []),
        ("出生日期", "@1980-05-01", "@1980-05-02", [("1980-05-01", "1980-05-02")]),
        ("文化程度", "本科", "大学本科", []),
        ("健康状况", "残疾,长期慢性病", "长期慢性病、残疾", []),
        ("健康状况", "残疾,长期慢性病", "残疾", [("长期慢性病,残疾", "残疾")]),
        ("就读学校", "示例小学", "示例中学", [("示例小学", "示例中学")]),
        ("我的备注", "甲", "乙", [("甲", "乙")]),
        ("我的备注", "'5.0", "5", []),
        ("我的备注", "'05", "5", [("05", "5")]),
    ],
)
def test_cells_differ_by_meaning(cell, heading, left, right, found):
    assert cell(heading, left, right) == found


def test_a_blank_that_stands_for_a_value_is_that_value(sketch):
    a = sketch("| 户编号 | 户主姓名 | 监测对象类别 |\n| '1 | 张三 | |\n| '2 | 李一 | 边缘易致贫户 |", "a.xlsx")
    b = sketch("| 户编号 | 户主姓名 | 监测对象类别 |\n| '1 | 张三 | 未监测 |\n| '2 | 李一 | |", "b.xlsx")
    assert changes(compare(a, b), "户") == [("李一", "监测对象类别", "边缘易致贫户", "未监测")]


@pytest.mark.parametrize(
    ("right", "wishes", "differs"),
    [
        ("1.1", {"tolerance": {"": 0.1}}, False),
        ("1.1001", {"tolerance": {"": 0.1}}, True),
        ("1.5", {"tolerance": {"务工时间": 0.5}}, False),
        ("1.5", {"tolerance": {"": 0.5, "务工时间": 0.1}}, True),
    ],
)
def test_numbers_within_the_tolerance_are_the_same(cell, right, wishes, differs):
    assert cell("务工时间", "1", right, **wishes) == ([(1.0, float(right))] if differs else [])


def test_dates_within_the_days_are_the_same(cell):
    assert cell("出生日期", "@1980-05-01", "@1980-05-03", days=2) == []
    assert cell("出生日期", "@1980-05-01", "@1980-05-04", days=2) == [("1980-05-01", "1980-05-04")]


def test_both_cells_are_told_with_their_places(sketch):
    a = sketch(f"# 甲\n| 姓名 | 证件号码 | 性别 | 务工时间 |\n| 张三 | {A} | 女 | 3 |", "a.xlsx")
    b = sketch(f"# 乙\n| 花名册 | < | < |\n| 证件号码 | 务工时间（月） | 姓名 |\n|  |\n| {A} | 4 | 张三 |", "b.xlsx")
    result = compare(a, b)
    (one,) = table(result).changed
    assert (one.left_place, one.right_place) == (Place(a, "甲", 2, ("D2",)), Place(b, "乙", 4, ("B4",)))
    assert (one.left_text, one.right_text) == ("3", "4")
    assert table(result).columns_only_left == ("性别",)
    assert (result.left, result.right, result.left_layouts) == (str(a), str(b), 1)


def test_a_value_of_a_household_stands_where_it_was_read(sketch):
    head = "| 户编号 | 姓名 | 与户主关系 | 危房户 |"
    a = sketch(f"{head}\n| '1 | 张四 | 之子 | |\n| '1 | 张三 | 户主 | 是 |", "a.xlsx")
    b = sketch(
        "# 户\n| 户编号 | 户主姓名 | 危房户 |\n| '1 | 张三 | 否 |\n# 人\n| 户编号 | 姓名 | 与户主关系 |\n| '1 | 张三 | 户主 |\n| '1 | 张四 | 之子 |",
        "b.xlsx",
    )
    result = compare(a, b)
    (one,) = table(result, "户").changed
    assert (one.column, one.left, one.right) == ("危房户", "是", "否")
    assert (one.left_place.row, one.left_place.cells) == (3, ("D3",))
    assert (one.right_place.sheet, one.right_place.cells) == ("户", ("C2",))
    assert table(result).same == 2


def test_a_heading_nobody_knows_is_compared_where_both_have_it(tmp_path):
    a = text_of(tmp_path / "a.csv", f"证件号码,姓名,1.我的备注,只有左边\n{A},张三,甲,x\n")
    b = text_of(tmp_path / "b.csv", f"姓名,我的 备注,证件号码,只有右边,序号\n张三,乙,{A},x,7\n")
    result = compare(a, b)
    assert changes(result) == [("张三", "我的备注", "甲", "乙")]
    assert (table(result).columns_only_left, table(result).columns_only_right) == (("只有左边",), ("只有右边",))
    assert table(compare(a, b, on=("我的备注",))).keys == {}


def test_the_day_of_the_data_is_no_difference(tmp_path):
    a = text_of(tmp_path / "a.csv", f"年度,证件号码,姓名,性别\n2019,{A},张三,女\n")
    b = text_of(tmp_path / "b.csv", f"年度,证件号码,姓名,性别\n2020,{A},张三,女\n")
    assert (table(compare(a, b)).same, "年度" in table(compare(a, b)).compared) == (1, False)


# ---- what members' rows say of their household

SAYS = """
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 人均纯收入 | 备注 |
| '990101000001 | 张三 | 户主 | 11010519491231002X | 3200 | 甲 |
| '990101000001 | 李四 | 配偶 | '990101195203040021 | {income} | {remark} |
| '990101000001 | 张五 | 之子 | '990101198001010018 | 3200 | |
"""


def says(sketch, income, remark, name):
    return sketch(SAYS.format(income=income, remark=remark), f"{name}.xlsx")


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        (("3200", "乙"), ("3200", "乙"), []),
        (("3200", "乙"), ("9999", "乙"), [("李四", "人均纯收入", 3200.0, 9999.0)]),
        (("3300", "甲"), ("3200.00", "甲"), [("李四", "人均纯收入", 3300.0, 3200.0)]),
        (("3300", "甲"), ("3300.00", "甲"), []),
        (("3300", ""), ("", ""), [("李四", "人均纯收入", 3300.0, None)]),
        (("3200", ""), ("'三千多", ""), [("李四", "人均纯收入", 3200.0, "三千多")]),
        (("'三千多", ""), ("'三千多", ""), []),
        (("'三千多", ""), ("'四千多", ""), [("李四", "人均纯收入", "三千多", "四千多")]),
        (("3200", "乙"), ("3200", "丙"), [("李四", "备注", "乙", "丙")]),
    ],
)
def test_a_member_row_that_says_another_thing_of_its_household_is_compared(sketch, left, right, found):
    a, b = says(sketch, *left, "a"), says(sketch, *right, "b")
    assert changes(compare(a, b)) == found
    assert changes(compare(b, a)) == [(who, column, now, was) for who, column, was, now in found]


def test_such_a_cell_stands_in_the_row_of_the_member(sketch):
    result = compare(says(sketch, "3200", "", "a"), says(sketch, "9999", "", "b"))
    (one,) = table(result).changed
    assert (one.left_place.row, one.left_place.cells, one.right_place.cells) == (3, ("E3",), ("E3",))
    assert (table(result).same, table(result).changed_records) == (2, 1)
    assert (one.left_text, one.right_text) == ("3200", "9999")


def test_what_changed_for_the_whole_household_is_told_once(sketch):
    a, b = says(sketch, "3200", "甲", "a"), says(sketch, "3200", "甲", "c")
    text = SAYS.format(income="3200", remark="甲").replace("3200", "4100")
    result = compare(b, sketch(text, "b.xlsx"))
    assert changes(result) == []
    assert [(one.left, one.right) for one in table(result, "户").changed] == [(3200.0, 4100.0)]
    assert changes(compare(a, b)) == []


def test_a_column_left_out_is_left_out_of_member_rows_too(sketch):
    a, b = says(sketch, "3200", "", "a"), says(sketch, "9999", "", "b")
    assert changes(compare(a, b, ignored=("人均纯收入",))) == []
    assert changes(compare(a, b, tolerance={"人均纯收入": 7000.0})) == []

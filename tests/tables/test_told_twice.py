"""Two tables of the same persons on one day are said to be so."""

from tests.tables.drawn import built

THREE = """| 年度 | 户编号 | 姓名 | 证件号码 |
| {year} | '1 | 张三 | 99010119900101001X |
| {year} | '1 | 李四 | 990101199001010020 |
| {year} | '1 | 王五 | 990101199001010039{tail} |"""
TWO = """| 年度 | 户编号 | 姓名 | 证件号码 |
| 2018 | '1 | 张三 | 99010119900101001X |
| 2018 | '1 | 李四 | 990101199001010020 |"""


def notes(*texts):
    _, tables = built(*((text, "人") for text in texts))
    return tables.notes


def test_two_exports_of_the_same_persons_are_said_to_be_so(sketch):
    first = sketch(THREE.format(year=2018, tail=""), "甲.xlsx")
    second = sketch(THREE.format(year=2018, tail="43"), "乙.xlsx")
    ((zh, en),) = notes(first, second)
    assert zh == (
        "甲.xlsx › Sheet1 和 乙.xlsx › Sheet1 在同一数据日期有 3 人相同，合在一起会报证件号码重复、多个户主、人口数不符；如果是同一批人的两份导出，请分开核查。"
    )
    assert en == (
        "甲.xlsx › Sheet1 and 乙.xlsx › Sheet1 have 3 person(s) in common on the same data date: together they give "
        "repeated numbers, several heads and wrong sizes. If they are two exports of the same people, audit them apart."
    )


def test_two_years_of_the_same_persons_are_no_copies(sketch):
    first = sketch(THREE.format(year=2018, tail=""), "甲.xlsx")
    second = sketch(THREE.format(year=2019, tail=""), "乙.xlsx")
    assert notes(first, second) == ()


def test_a_person_or_two_in_common_is_left_to_the_rules(sketch):
    assert notes(sketch(THREE.format(year=2018, tail=""), "甲.xlsx"), sketch(TWO, "乙.xlsx")) == ()


def test_many_tables_of_the_same_persons_are_told_in_one_note(sketch):
    four = [sketch(THREE.format(year=2018, tail=""), f"{one}.xlsx") for one in "甲乙丙丁"]
    ((zh, en),) = notes(*four)
    assert zh.startswith("甲.xlsx › Sheet1、乙.xlsx › Sheet1、丙.xlsx › Sheet1 等 4 张表 在同一数据日期有 3 人相同，")
    assert en.startswith("甲.xlsx › Sheet1, 乙.xlsx › Sheet1, 丙.xlsx › Sheet1 and 1 more have 3 person(s) in common")


MONTH = """| 年度 | 户编号 | 户主姓名 |
| {year} | '1 | 张三 |
| {year} | '2 | 李四 |
| {year} | '3 | 王五 |"""


def test_the_same_households_month_by_month_are_said_to_be_counted_again(sketch):
    _, tables = built(*((sketch(MONTH.format(year=2020), f"{one}月.xlsx"), "户") for one in (1, 2, 3)))
    assert tables.notes == (
        (
            "1月.xlsx › Sheet1、2月.xlsx › Sheet1 和 3月.xlsx › Sheet1 在同一年有 3 户相同，每张表里的都算了一户，"
            "户数是重复计算的；如果是按月或分批的同一批户，请分开核查。",
            "1月.xlsx › Sheet1, 2月.xlsx › Sheet1 and 3月.xlsx › Sheet1 have 3 household(s) in common in the same year: each "
            "table's was counted as a household of its own. If they are the same households month by month, audit them apart.",
        ),
    )


def test_the_same_households_of_two_years_are_no_copies(sketch):
    _, tables = built(*((sketch(MONTH.format(year=year), f"{year}.xlsx"), "户") for year in (2019, 2020)))
    assert tables.notes == ()

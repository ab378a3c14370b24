"""Tables of who helps whom: several helpers of one household are one household, and what is not judged is told."""

import pytest

from tests.tables.forms_read import read

MEMBERS = """
    # 花名册
    | 户编号 | 姓名 | 与户主关系 | 证件号码 |
    | '9901010001 | 田丰收 | 户主 | 11010519491231002X |
    | '9901010002 | 谷有余 | 户主 | '990101198001010019 |
    # 帮扶
    """
HOUSEHOLDS = ("户编号", "帮扶责任人")


@pytest.mark.parametrize("second", ["'9901010001 | 田丰收", "'9901010001 | ", " | ", "^ | ^"])
def test_several_helpers_of_a_household_are_one_household_and_the_second_is_told(second):
    with read(
        MEMBERS
        + f"""
        | 户编号 | 户主姓名 | 帮扶责任人姓名 | 帮扶责任人电话 | 帮扶单位 |
        | '9901010001 | 田丰收 | 禾一 | 13900000001 | 示例局 |
        | {second} | 禾三 | 13900000002 | 示例局 |
        | '9901010002 | 谷有余 | 禾二 | 13900000003 | 示例局 |
        """
    ) as book:
        assert book.households(*HOUSEHOLDS) == [("9901010001", "禾一"), ("9901010002", "禾二")]
        assert [note for note, _ in book.tables.notes if "帮扶责任人" in note] == [
            "表.xlsx › 帮扶：有的户写了几名帮扶责任人，每户只取一名（没有结束的在先，否则最后结束的），其余 1 行没有参与检查。"
        ]
        assert book.reading() == []


def test_without_numbers_the_certificate_of_the_head_tells_the_household():
    with read(
        MEMBERS
        + """
        | 户主姓名 | 户主身份证号 | 结对帮扶人 | 帮扶人电话 |
        | 田丰收 | 11010519491231002X | 禾一 | 13900000001 |
        | 田丰收 | 11010519491231002X | 禾三 | 13900000002 |
        | 谷有余 | '990101198001010019 | 禾二 | 13900000003 |
        """
    ) as book:
        assert book.households("帮扶责任人") == [("禾一",), ("禾二",)]


def test_the_helper_whose_pairing_goes_on_is_taken_before_one_whose_is_over():
    with read(
        MEMBERS
        + """
        | 户编号 | 帮扶责任人 | 帮扶开始时间 | 帮扶结束时间 |
        | '9901010001 | 禾一 | 2016-01-01 | 2018-01-01 |
        | '9901010001 | 禾三 | 2018-01-01 |  |
        | '9901010002 | 禾二 | 2016-01-01 | 2017-01-01 |
        | '9901010002 | 禾四 | 2017-01-01 | 2021-01-01 |
        """
    ) as book:
        assert book.households(*HOUSEHOLDS) == [("9901010001", "禾三"), ("9901010002", "禾四")]


@pytest.mark.parametrize(
    "second",
    ["'9901010001 | 田丰收 | 禾一", "'9901010001 | 麦满仓 | 禾三"],
    ids=["the same helper", "another head"],
)
def test_a_household_written_twice_stays_two(second):
    with read(
        MEMBERS
        + f"""
        | 户编号 | 户主姓名 | 帮扶责任人 |
        | '9901010001 | 田丰收 | 禾一 |
        | {second} |
        | '9901010002 | 谷有余 | 禾二 |
        """
    ) as book:
        assert [number for number, _ in book.households(*HOUSEHOLDS)].count("9901010001") == 2


def test_a_household_sheet_that_also_has_helpers_keeps_every_row():
    with read("""
        | 户编号 | 户主姓名 | 家庭人口 | 帮扶责任人 |
        | '9901010001 | 田丰收 | 2 | 禾一 |
        | '9901010001 | 田丰收 | 3 | 禾三 |
        """) as book:
        assert len(book.households("户编号")) == 2


@pytest.mark.parametrize("first", ["households", "helpers"])
def test_helpers_beside_a_household_sheet_are_its_households_and_stand_on_their_own_sheet(first):
    households = """
        # 户表
        | 户编号 | 户主姓名 | 家庭人口 |
        | '9901010001 | 田丰收 | 2 |
        | '9901010002 | 谷有余 | 1 |
        """
    helpers = """
        # 帮扶
        | 户编号 | 户主姓名 | 帮扶责任人 |
        | '9901010002 | 谷有余 | 禾二 |
        | '9901010001 | 田丰收 | 禾一 |
        | '9901010001 | 田丰收 | 禾三 |
        | '9901010003 | 麦满仓 | 禾四 |
        """
    place = 0 if first == "helpers" else 1
    with read(helpers + households if first == "helpers" else households + helpers) as book:
        found = book.households("户编号", "家庭人口", "帮扶责任人", "帮扶责任人@")
        assert sorted(found) == [
            ("9901010001", 2, "禾一", place * 10**9 + 3),
            ("9901010002", 1, "禾二", place * 10**9 + 2),
            ("9901010003", None, "禾四", place * 10**9 + 5),
        ]


def test_a_helpers_row_of_another_head_or_another_year_is_no_row_of_the_household():
    with read("""
        # 户表
        | 户编号 | 户主姓名 | 家庭人口 | 年度 |
        | '9901010001 | 田丰收 | 2 | 2019 |
        | '9901010002 | 谷有余 | 1 | 2019 |
        # 帮扶
        | 户编号 | 户主姓名 | 帮扶责任人 | 年度 |
        | '9901010001 | 田丰收 | 禾一 | 2018 |
        | '9901010002 | 麦满仓 | 禾二 | 2019 |
        """) as book:
        assert [helper for *_, helper in book.households(*HOUSEHOLDS)] == [None, None, "禾一", "禾二"]


def test_what_cannot_be_read_of_a_helper_is_told_of_his_household():
    with read("""
        # 户表
        | 户编号 | 户主姓名 | 家庭人口 |
        | '9901010001 | 田丰收 | 2 |
        # 帮扶
        | 户编号 | 户主姓名 | 帮扶责任人 | 帮扶开始时间 |
        | '9901010001 | 田丰收 | 禾一 | 不详 |
        """) as book:
        told = book.engine.rows('SELECT "raw", "household" FROM "reading"')
        assert told == [("不详", book.households("_id")[0][0])]


def test_helpers_on_a_sheet_behind_many_others_are_read_likewise():
    villages = "".join(
        f"""
        # 第{village}村
        | 户编号 | 姓名 | 与户主关系 | 证件号码 |
        | '990101100{village} | 田丰{village} | 户主 |  |
        """
        for village in range(1, 5)
    )
    with read(
        villages
        + MEMBERS
        + """
        | 户编号 | 户主姓名 | 帮扶责任人姓名 |
        | '9901010001 | 田丰收 | 禾一 |
        | '9901010001 |  | 禾三 |
        | '9901010002 | 谷有余 | 禾二 |
        # 户表
        | 户编号 | 户主姓名 | 帮扶责任人 |
        | '9901012001 | 麦有余 | 禾五 |
        | '9901012002 | 麦丰收 | ^ |
        """
    ) as book:
        helped = dict(book.households(*HOUSEHOLDS))
        assert {key: helped[key] for key in ("9901010001", "9901010002", "9901012001", "9901012002")} == {
            "9901010001": "禾一",
            "9901010002": "禾二",
            "9901012001": "禾五",
            "9901012002": "禾五",
        }

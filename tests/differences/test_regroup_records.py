"""What happened to households, from two workbooks to records, and the same seen from the other side."""

from datetime import date

import pytest

from fupin_cli.jobs.compare import run
from fupin_cli.jobs.compare_request import CompareRequest
from fupin_cli.model.settings import Settings

BEFORE = """
| 户编号  | 姓名 | 证件号码           | 与户主关系 |
| '000101 | 甲一 | 990101195001010016 | 户主       |
| '000101 | 甲二 | 990101197501010016 | 之子       |
| '000101 | 甲三 | 99010119760202002X | 之儿媳     |
| '000102 | 乙一 | 990101196001010010 | 户主       |
| '000102 | 乙二 | 990101198001010017 | 之女       |
| '000103 | 丙一 | 990101194001010011 | 户主       |
| '000104 | 丁一 | 990101195501010010 | 户主       |
| '000104 | 丁二 | 990101195602020020 | 配偶       |
"""
AFTER = """
| 户编号  | 姓名 | 证件号码           | 与户主关系 |
| '000104 | 丁二 | 990101195602020020 | 户主       |
| '000101 | 甲一 | 990101195001010016 | 户主       |
| '000105 | 甲二 | 990101197501010016 | 户主       |
| '000105 | 甲三 | 99010119760202002X | 配偶       |
| '000102 | 乙一 | 990101196001010010 | 户主       |
| '000102 | 丙一 | 990101194001010011 | 之父       |
| '000104 | 乙二 | 990101198001010017 | 之儿媳     |
"""


@pytest.fixture
def books(sketch):
    return sketch(BEFORE, "before.xlsx"), sketch(AFTER, "after.xlsx")


def compared(left, right):
    return run(CompareRequest((left,), (right,), Settings(today=date(2020, 12, 31))))


def homes(records):
    return [record.household for record in records]


def test_each_event_is_told_once_with_names_and_households(books):
    found = compared(*books)
    [move] = found.moved
    assert (move.left.person, move.left_household.household, move.right_household.household) == (
        "乙二",
        "000102",
        "000104",
    )
    split, merged = found.regrouped
    assert (split.kind, homes(split.left), homes(split.right)) == ("split", ["000101"], ["000101", "000105"])
    assert split.members == (("甲一", 0, 0), ("甲二", 0, 1), ("甲三", 0, 1))
    assert (merged.kind, homes(merged.left), homes(merged.right)) == ("merged", ["000102", "000103"], ["000102"])
    assert merged.members == (("乙一", 0, 0), ("丙一", 1, 0))
    [head] = found.head_changed
    assert (head.left.household, head.left_head.person, head.right_head.person) == ("000104", "丁一", "丁二")
    assert (head.left_head.place.row, head.right_head.place.row) == (8, 2)


def test_from_the_other_side_a_split_is_a_merger_and_moves_go_back(books):
    there, back = compared(*books), compared(*reversed(books))
    assert [(one.left, one.right, one.left_household, one.right_household) for one in there.moved] == [
        (one.right, one.left, one.right_household, one.left_household) for one in back.moved
    ]
    turned = {"split": "merged", "merged": "split"}
    assert [(one.kind, one.left, one.right, one.members) for one in there.regrouped] == [
        (turned[one.kind], one.right, one.left, tuple((name, right, left) for name, left, right in one.members))
        for one in reversed(back.regrouped)
    ]
    assert [(one.left, one.right, one.left_head, one.right_head) for one in there.head_changed] == [
        (one.right, one.left, one.right_head, one.left_head) for one in back.head_changed
    ]

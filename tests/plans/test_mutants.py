"""What is changed of a rule, one thing at a time."""

from typing import get_args

import pytest

from fupin_cli.plans.mutants import FLIPS, Change, mutants, parts
from tests.plans.judged import book_of, rule


def told(must, when="", scope="人", changes=FLIPS):
    book = book_of(rule(must, when, scope))
    return [one.name for one in mutants(book.rules["IDN900"], book.symbols, changes)]


@pytest.mark.parametrize(
    ("must", "expected"),
    [
        ("年龄 < 16", ["must: 年龄 < 16 → 年龄 <= 16", "must: 年龄 < 16 → 年龄 >= 16"]),
        ("年龄 >= 16", ["must: 年龄 >= 16 → 年龄 > 16", "must: 年龄 >= 16 → 年龄 < 16"]),
        ("性别 = '男'", ["must: 性别 = '男' → 性别 <> '男'"]),
        (
            "年龄 BETWEEN 6 AND 15",
            [
                "must: 年龄 BETWEEN 6 AND 15 → 年龄 > 6 AND 年龄 <= 15",
                "must: 年龄 BETWEEN 6 AND 15 → 年龄 >= 6 AND 年龄 < 15",
                "must: 年龄 BETWEEN 6 AND 15 → NOT (年龄 BETWEEN 6 AND 15)",
            ],
        ),
        (
            "性别 IN ('男', '女')",
            [
                "must: 性别 IN (…) → without '男'",
                "must: 性别 IN (…) → without '女'",
                "must: 性别 IN ('男', '女') → NOT (性别 IN ('男', '女'))",
            ],
        ),
        ("在校", ["must: 在校 → NOT 在校"]),
        ("NOT 在校", ["must: NOT 在校 → 在校"]),
        ("为空(姓名)", ["must: 为空(姓名) → NOT 为空(姓名)"]),
        (
            "NOT (在校 AND 为空(姓名))",
            [
                "must: NOT (在校 AND 为空(姓名)) → 在校 AND 为空(姓名)",
                "must: 在校 AND 为空(姓名) → 在校 OR 为空(姓名)",
                "must: 在校 → NOT 在校",
                "must: 为空(姓名) → NOT 为空(姓名)",
            ],
        ),
    ],
)
def test_every_flip_is_made_once(must, expected):
    assert told(must) == expected


def test_the_same_flip_at_two_places_has_two_names():
    assert told("年龄 < 16 OR 年龄 < 16")[1::2] == [
        "must: 年龄 < 16 → 年龄 <= 16",
        "must: 年龄 < 16 → 年龄 <= 16 #2",
    ]


def test_flips_inside_member_functions_and_lists_are_made_too():
    assert "must: 年龄 < 16 → 年龄 <= 16" in told("任一成员(年龄 < 16)", scope="户")
    assert "must: 排气量 > 0 → 排气量 >= 0" in told("NOT 名单有('车辆', 排气量 > 0)")


def test_a_thorough_run_also_replaces_parts_and_moves_literals():
    assert told("年龄 < 16 AND 数据日期 > DATE '2020-12-31'", changes=("part", "literal")) == [
        "must: 年龄 < 16 AND 数据日期 > CAST('2020-12-31' AS DATE) → TRUE",
        "must: 年龄 < 16 AND 数据日期 > CAST('2020-12-31' AS DATE) → FALSE",
        "must: 年龄 < 16 → TRUE",
        "must: 年龄 < 16 → FALSE",
        "must: 数据日期 > CAST('2020-12-31' AS DATE) → TRUE",
        "must: 数据日期 > CAST('2020-12-31' AS DATE) → FALSE",
        "must: 年龄 < 16: 16 → 15",
        "must: 年龄 < 16: 16 → 17",
        "must: 数据日期 > CAST('2020-12-31' AS DATE): '2020-12-31' → '2020-12-30'",
        "must: 数据日期 > CAST('2020-12-31' AS DATE): '2020-12-31' → '2021-01-01'",
    ]


def test_a_coded_literal_moves_to_the_next_of_its_list():
    assert told("危房户 = '是'", scope="户", changes=("literal",)) == ["must: 危房户 = '是': '是' → '否'"]


def test_a_mutant_keeps_the_brackets_of_what_stood_there():
    book = book_of(rule("在校 AND (年龄 < 6 OR 年龄 > 15)"))
    flipped = next(one for one in mutants(book.rules["IDN900"], book.symbols, FLIPS) if one.change == "logic")
    assert flipped.checked.must.tree.sql("duckdb") == "(在校 OR (年龄 < 6 OR 年龄 > 15))"


def test_the_rule_itself_stays_as_it_is():
    book = book_of(rule("在校 AND 年龄 < 16", "NOT 为空(姓名)"))
    mutants(book.rules["IDN900"], book.symbols, get_args(Change))
    assert book.rules["IDN900"].must.tree.sql("duckdb") == "在校 AND 年龄 < 16"


def test_the_branches_of_a_rule_are_the_sides_of_and_and_or_of_its_own_row():
    book = book_of(rule("任一成员(年龄 < 16 AND 在校) OR 危房户 = '是'", "NOT 为空(户编号)", "户"))
    assert list(parts(book.rules["IDN900"])) == [
        "when: NOT 为空(户编号)",
        "must: 任一成员(年龄 < 16 AND 在校)",
        "must: 危房户 = '是'",
    ]

"""`fupin stats`: households and persons counted by columns; who is counted, what is told apart, what is never lost."""

import random
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.stats import Rollup, run
from fupin_cli.model.settings import Settings
from fupin_cli.model.stats import Count, LeftOut
from fupin_cli.reports.stats import about, remarks, rows
from tests.jobs.drawn_county import CAUSES, TOWNSHIPS, write_registry
from tests.sketch import write_sketch

MEMBERS = """
| 户编号       | 乡     | 村     | 户主姓名 | 脱贫属性 | 主要致贫原因 | 姓名   | 与户主关系 | 性别 | 出生日期   | 健康状况        | 人员状态 |
| 990101000001 | 青石镇 | 石桥村 | 张示例   | 未脱贫   | 因病,因残    | 张示例 | 户主       | 男   | 1950-05-01 | 长期慢性病,残疾 |          |
| 990101000001 | 青石镇 | 石桥村 | 张示例   | 未脱贫   | 因病,因残    | 张小例 | 之子       | 男   | 2010-05-01 | 健康            |          |
| 990101000002 | 青石   | 大塘村 | 李示例   | 已脱贫   | 因病         | 李示例 | 户主       | 女   | 约1960     | 好得很          |          |
| 990101000002 | 青石   | 大塘村 | 李示例   | 已脱贫   | 因病         | 李小例 | 之女       | 女   | 2016-05-01 | 健康            | 自然减少 |
| 990101000003 | 大塘乡 | 大塘村 | 王示例   | 注销     | 缺水         | 王示例 | 户主       | 男   | 1970-01-01 | 健康            |          |
| 990101000004 | 大塘乡 | 大塘村 | 赵示例   |          |              | 赵示例 | 户主       | 男   | 1970-01-01 | 健康            | 自然减少 |
| 990101000005 | 大塘乡 | 大塘村 | 孙示例   | 返贫     |              | 孙示例 | 户主       | 男   | 1930-01-01 |                 |          |
| 990101000005 | 大塘乡 | 大塘村 | 孙示例   | 返贫     |              | 孙小例 | 之子       | 男   | 1980-01-01 | 健康            | 说不清   |
| 990101000006 | 大塘乡 | 大塘村 | 周示例   | 半脱贫   | 因学         | 周示例 | 户主       | 女   | 1980-01-01 | 健康            |          |
"""


@cache
def told(path, *by, **wished):
    settings = Settings(today=date(2021, 3, 1), as_of=date(2020, 12, 31))
    return run(Request(files=(path,), settings=settings), Rollup(by=by, **wished))


def counts(path, *by, **wished):
    (table,) = told(path, *by, **wished).tables
    return {
        " / ".join(value.known or value.text for value in line.values): (line.count.households, line.count.people)
        for line in table.lines
    }


@pytest.fixture(scope="module")
def members(tmp_path_factory):
    return write_sketch(tmp_path_factory.mktemp("members") / "members.xlsx", MEMBERS)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return write_registry(tmp_path_factory.mktemp("county") / "2016.csv")


def test_the_published_table_of_townships_comes_out_of_the_rows(county):
    assert list(counts(county, "乡").items()) == list(TOWNSHIPS.items())
    assert told(county, "乡").total == Count(1695, 3654)


def test_the_published_shares_of_causes_come_out_of_the_rows(county):
    (table,) = told(county, "致贫原因").tables
    shown = rows(table, "zh", top=2)
    assert [
        (row.labels[0], row.count.households, row.count.people, row.household_share, row.people_share) for row in shown
    ] == [
        ("因病", 947, 2112, Decimal("55.87"), Decimal("57.80")),
        ("因残", 662, 1332, Decimal("39.06"), Decimal("36.45")),
        ("其余 2 项", *CAUSES["因学、缺劳力等"], Decimal("5.07"), Decimal("5.75")),
        ("合计", 1695, 3654, Decimal("100.00"), Decimal("100.00")),
    ]
    assert not list(remarks(table, shown, "zh"))
    assert list(remarks(table, rows(table, "zh"), "zh")) == ["四舍五入后，户数占比相加为 100.01%，不是 100%。"]


def test_only_who_still_stands_in_the_registry_is_counted_and_the_rest_is_told(members):
    stats = told(members, "乡")
    assert stats.total == Count(3, 4)
    assert stats.left_out == LeftOut(
        struck=1, emptied=1, gone=2, in_struck=1, households_unsure=1, people_unsure=2
    )  # 半脱贫 may be struck off; 说不清 may be gone


def test_a_household_none_of_whose_members_can_be_told_is_unsure(sketch):
    path = sketch("""
    | 户编号        | 姓名   | 与户主关系 | 人员状态 |
    | '990101000001 | 张示例 | 户主       | 说不清   |
    | '990101000002 | 李示例 | 户主       |          |
    """)
    stats = told(path, "人员状态")
    assert (stats.total, stats.left_out) == (Count(1, 1), LeftOut(households_unsure=1, people_unsure=1))


def test_spellings_of_one_township_are_one_line_and_told(members):
    stats = told(members, "乡")
    assert counts(members, "乡") == {"青石镇": (2, 3), "大塘乡": (1, 1)}
    assert ("“青石”与“青石镇”数在一行。", "“青石” is counted on the line of “青石镇”.") in stats.notes


def test_villages_of_one_name_in_two_townships_are_two(members):
    assert counts(members, "village") == {
        "青石镇 石桥村": (1, 2),
        "青石 大塘村": (1, 1),
        "大塘乡 大塘村": (1, 1),
    }


def test_a_household_of_two_causes_stands_on_both_lines_and_a_blank_one_on_its_own(members):
    (table,) = told(members, "cause").tables
    assert counts(members, "cause") == {"因病": (2, 3), "因残": (1, 2), "blank": (1, 1)}
    assert table.total == Count(3, 4)
    assert list(remarks(table, rows(table, "zh"), "zh")) == ["一户可有几项，每项都数，各行相加多于合计。"]


def test_what_cannot_be_read_or_told_has_a_line_of_its_own(members):
    assert counts(members, "健康状况") == {
        "健康": (1, 1),
        "长期慢性病": (1, 1),
        "残疾": (1, 1),
        "unreadable": (1, 1),
        "blank": (1, 1),
    }
    assert counts(members, "age") == {
        "6–15岁": (1, 1),
        "60–79岁": (1, 1),
        "80岁及以上": (1, 1),
        "unknown": (1, 1),
    }


def test_a_table_by_two_columns_has_subtotals_that_count_everybody_once(members):
    assert list(counts(members, "乡", "致贫原因").items()) == [
        ("青石镇", (2, 3)),
        ("青石镇 / 因病", (2, 3)),
        ("青石镇 / 因残", (1, 2)),
        ("大塘乡", (1, 1)),
        ("大塘乡 / blank", (1, 1)),
    ]


def test_a_condition_on_households_chooses_them_with_their_members(members):
    stats = told(members, "乡", where="脱贫属性 IN ('未脱贫', '返贫')")
    assert (stats.total, stats.chosen.level) == (Count(2, 3), "户")
    assert (stats.chosen.out, stats.chosen.unsure) == (Count(1, 1), Count(0, 0))


def test_a_condition_on_persons_chooses_them_and_whoever_cannot_be_told_is_apart(members):
    stats = told(members, "乡", where="年龄 >= 60")
    assert (stats.total, stats.chosen.level) == (Count(2, 2), "人")
    assert (stats.chosen.out, stats.chosen.unsure) == (Count(0, 1), Count(1, 1))


def test_a_condition_that_is_none_is_told_with_a_caret(members):
    with pytest.raises(UsageError) as refused:
        told(members, where="脱贫属 = '未脱贫'")
    assert refused.value.zh == (
        "--where 的条件写得不对（写法同规则里的 when，见 docs/stats.md）：\n"
        "--where:1:1: 没有“脱贫属”这一列；相近的有：脱贫属性、未脱贫、已脱贫\n    脱贫属 = '未脱贫'\n    ^^^"
    )


def test_a_condition_on_a_column_nobody_has_is_told(members):
    with pytest.raises(InputError, match="registry has no 危房户"):
        told(members, where="危房户 = '是'")


def test_a_condition_asks_the_lists_that_are_given_and_shows_no_certificate_number(members):
    with pytest.raises(UsageError) as refused:
        told(members, where="在名单('车辆') AND 证件号码 = '11010519491231002X' AND")
    assert "11010519491231002X" not in refused.value.zh + refused.value.en
    with pytest.raises(UsageError) as unlisted:
        told(members, where="在名单('车辆')")
    assert unlisted.value.zh == "--where 要查名单“车辆”；请用 --list 车辆=文件 给出。"


def test_without_members_persons_are_those_that_households_state(sketch):
    stats = told(
        sketch("""
        | 户编号        | 乡     | 户主姓名 | 家庭人口 |
        | '990101000001 | 青石镇 | 张示例   | 3        |
        | '990101000002 | 青石镇 | 李示例   |          |
        | '990101000003 |        | 王示例   | 2        |
        """)
    )
    assert (stats.stated_people, stats.total) == (True, Count(3, 5))
    assert [(line.values[0].text, line.values[0].known, line.count) for line in stats.tables[0].lines] == [
        ("青石镇", "", Count(2, 3)),
        ("", "blank", Count(1, 2)),
    ]
    assert "有 1 户的家庭人口没有填或认不出，人数里没有他们。" in [zh for zh, _ in stats.notes]


def test_households_without_a_member_s_row_are_counted_and_told_apart(sketch):
    path = sketch("""
    # 户
    | 户编号        | 乡     | 户主姓名 | 家庭人口 |
    | '990101000001 | 青石镇 | 张示例   | 2        |
    | '990101000002 | 青石镇 | 李示例   | 4        |
    # 人
    | 户编号        | 姓名   | 与户主关系 | 性别 |
    | '990101000001 | 张示例 | 户主       | 男   |
    """)
    stats = told(path, "性别")
    assert counts(path, "性别") == {"男": (1, 1), "alone": (1, 0)}
    assert (
        "人数按成员表数。有 2 户的家庭人口与在册成员行数不同：填写合计 6 人，成员行 1 人。",
        "Persons are counted by their rows. The 家庭人口 of 2 household(s) is another number: they state 6, their rows are 1.",
    ) in stats.notes


def test_a_workbook_of_villages_alone_counts_nobody_and_says_so(sketch):
    stats = told(sketch("| 乡 | 村 | 贫困户数 | 贫困人口数 |\n| 青石镇 | 石桥村 | 3 | 9 |"))
    assert (stats.total, stats.tables) == (Count(None, None), ())
    assert "没有读到任何一户、任何一人，没有可统计的。" in [zh for zh, _ in stats.notes]
    assert about(stats, "zh") == ["统计了在册的 0 户 0 人。"]


def test_counts_are_those_of_a_plain_loop_over_random_rows(sketch):
    chance = random.Random(7)
    homes = [
        (f"9901010{n:05}", chance.choice(["青石镇", "大塘乡", ""]), chance.choice(["因病", "因残", "因病,因残", ""]))
        for n in range(60)
    ]
    people = [
        (home, chance.choice(["男", "女", ""]), chance.random() < 0.1)
        for home in homes
        for _ in range(chance.randint(1, 5))
    ]
    lines = [
        f"| '{code} | {town} | {cause} | 张示例 | {'户主' if n == 0 or people[n - 1][0][0] != code else '之子'} | {sex} | {'自然减少' if gone else ''} |"
        for n, ((code, town, cause), sex, gone) in enumerate(people)
    ]
    path = sketch("| 户编号 | 乡 | 主要致贫原因 | 姓名 | 与户主关系 | 性别 | 人员状态 |\n" + "\n".join(lines))
    wanted_homes, wanted_people = {}, Counter()
    for home, sex, gone in people:
        for cause in () if gone else home[2].split(","):
            key = f"{home[1] or 'blank'} / {cause or 'blank'} / {sex or 'blank'}"
            wanted_homes.setdefault(key, set()).add(home[0])
            wanted_people[key] += 1
    found = {key: count for key, count in counts(path, "乡", "致贫原因", "性别").items() if key.count("/") == 2}
    assert found == {key: (len(homes), wanted_people[key]) for key, homes in wanted_homes.items()}


def test_a_column_of_names_is_not_counted_by_and_an_unknown_one_is_told(members):
    with pytest.raises(UsageError) as names:
        told(members, "姓名")
    with pytest.raises(UsageError) as unknown:
        told(members, "致贫缘因")
    with pytest.raises(InputError) as absent:
        told(members, "务工区域")
    assert names.value.zh.startswith("--by 姓名：“姓名”的内容一户（人）一个样，不能用来分组")
    assert unknown.value.zh.startswith("--by 致贫缘因：没有这一列，是不是“主要致贫原因”？常用的有：乡、村、")
    assert absent.value.zh == (
        "登记表没有“务工区域”这一列，不能按它统计。要找的表头：务工区域、务工状况、务工地点、务工情况；"
        "请检查表头（fupin inspect），或用 --map 表头=务工区域 指明。"
    )

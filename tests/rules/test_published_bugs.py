"""What published checkers of these registries get wrong (registry-format 3.5), each shown to be right here."""

import re
from collections import Counter
from datetime import date

import pytest

from fupin_cli.api import audit
from fupin_cli.values import regions
from tests.plans.judged import shipped, verdict, verdicts

DAY = date(2023, 12, 31)


def judged(rule, *rows, **more):
    """The verdict of a shipped rule: on a person, or on a household given first and its members after it."""
    return verdict(shipped().rules[rule], *rows, **{"as_of": DAY, **more})


def judged_each(rule, rows, **more):
    """The verdicts of a shipped rule on persons or households, each in a household of its own."""
    keyed = [{"户编号": f"9901010001{number:02}", **row} for number, row in enumerate(rows)]
    one = shipped().rules[rule]
    where = {"persons": keyed} if one.scope == "人" else {"households": keyed}
    return verdicts(one, **where, **{"as_of": DAY, **more})


# ── one of them compares (year, year, day) ──────────────────────────────────────────────────────────────────


def test_two_days_of_one_year_are_told_apart_by_their_months():
    monitored = {"监测对象类别": "边缘易致贫户", "风险是否已消除": "是", "识别监测时间": "2023-01-10"}
    removals = ["2023-03-10", "2023-07-09", "2023-07-10", "2023-12-01"]
    rows = [{**monitored, "消除监测时间": day} for day in removals]
    assert judged_each("MON008", rows, region="990101") == ["fail", "fail", "pass", "pass"]


def test_an_end_in_an_earlier_month_on_a_later_day_is_before_the_beginning():
    august, february = {"务工开始时间": "2023-08-01"}, {"务工开始时间": "2023-02-20"}
    rows = [{**august, "务工结束时间": "2023-02-20"}, {**february, "务工结束时间": "2023-08-01"}]
    assert judged_each("LAB034", rows) == ["fail", "pass"]


# ── one asks whether a value is this and that at once, which nothing ever is ────────────────────────────────


def test_either_of_two_values_is_found():
    skills = ["普通劳动力", "技能劳动力", "技能劳动能力", "无劳动力", "弱劳动力"]
    rows = [{"出生日期": "1950-05-01", "劳动技能": skill} for skill in skills]
    assert judged_each("LAB003", rows) == ["fail", "fail", "fail", "pass", "pass"]


def test_no_rule_asks_one_column_for_two_values_at_once():
    twice = re.compile(r"(\w+) = ('[^']*') AND \1 = (?!\2)'")
    rules = shipped().rules.values()
    assert [rule.id for rule in rules if twice.search(f"{rule.when} {rule.must}")] == []


# ── two of its rules for monitored households look at 脱贫户 only ───────────────────────────────────────────


def test_a_rule_for_monitored_households_speaks_of_all_three_classes():
    rows = [
        {"户类型": kind, "监测对象类别": watched, "致贫/返贫风险": ""}
        for kind in ("脱贫户", "一般农户", "")
        for watched in ("脱贫不稳定户", "边缘易致贫户", "突发严重困难户")
    ]
    assert judged_each("MON004", rows) == ["fail"] * 9


# ── age is computed in three ways there ────────────────────────────────────────────────────────────────────


def test_somebody_is_a_year_older_on_the_birthday_and_not_when_so_many_times_365_days_are_over():
    person = {"出生日期": "1963-12-31", "劳动技能": "普通劳动力"}
    assert (date(2023, 12, 30) - date(1963, 12, 31)).days > 60 * 365
    assert judged("LAB003", person, as_of=date(2023, 12, 30)) == "not applicable"
    assert judged("LAB003", person, as_of=date(2023, 12, 31)) == "fail"


def test_ages_go_by_the_day_of_the_data_and_not_by_a_day_in_the_program():
    pupil = {"出生日期": "2010-05-01", "在校生状况": "非在校生", "文化程度": "小学", "失学或辍学原因": ""}
    assert judged("EDU001", pupil, as_of=date(2023, 12, 31)) == "fail"
    assert judged("EDU001", pupil, as_of=date(2030, 12, 31)) == "not applicable"


def test_all_rules_have_the_same_age_of_a_person():
    on_his_birthday = {"出生日期": "2007-12-31", "劳动技能": "普通劳动力", "公益性岗位": "保洁员", "居民养老": ""}
    assert judged("LAB002", on_his_birthday) == "not applicable"
    assert judged("LAB011", on_his_birthday) == "pass"
    assert judged("MED007", on_his_birthday) == "fail"


# ── one message was copied to another rule ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("field", ["name", "name_en", "why", "why_en"])
def test_no_two_rules_say_of_themselves_the_same(field):
    said = Counter(
        (getattr(rule, field), rule.message if field.startswith("why") else "") for rule in shipped().rules.values()
    )
    assert [text for text, count in said.items() if count > 1] == []


# ── AND and OR without brackets flag every 否 ──────────────────────────────────────────────────────────────


def test_a_no_is_a_fault_only_where_both_are_no():
    answers = [("是", "是"), ("是", "否"), ("否", "是"), ("否", "否")]
    rows = [{"居民医保": residents, "职工医保": employees} for residents, employees in answers]
    assert judged_each("MED002", rows) == ["pass", "pass", "pass", "fail"]
    assert judged_each("MED003", rows) == ["fail", "pass", "pass", "pass"]


def test_a_no_is_no_dangerous_house_whatever_else_holds():
    answers = [("是", ""), ("是", "边缘易致贫户"), ("否", ""), ("否", "边缘易致贫户")]
    rows = [{"危房户": dangerous, "监测对象类别": watched} for dangerous, watched in answers]
    assert judged_each("HSG001", rows) == ["fail", "pass", "not applicable", "not applicable"]


# ── its rules keep what they saw, so their order changes what they find ────────────────────────────────────

BOOK = """
| 户编号       | 户主姓名 | 姓名   | 与户主关系 | 证件号码           | 健康状况   | 劳动技能   | 务工时间 |
| 990101000101 | 张三     | 张三   | 户主       | 990101198005010011 | 健康       | 无劳动力   | 8        |
| 990101000101 | 张三     | 张小三 | 之子       | 990101201005010155 | 健康,残疾  | 普通劳动力 |          |
| 990101000102 | 李四     | 李四   | 户主       | 990101198005010011 |            | 丧失劳动力 | 0        |
"""


def told(found):
    return sorted((one.rule, one.household, one.message) for one in found)


def test_the_order_of_the_rules_and_of_the_rows_changes_nothing(sketch):
    heading, *rows = BOOK.strip().splitlines()
    forwards = sketch(BOOK, name="甲.xlsx")
    backwards = sketch("\n".join((heading, *reversed(rows))), name="乙.xlsx")
    rules = ("MED019", "LAB004", "IDN004")
    whole = audit(forwards, as_of=DAY, select=rules).audit.findings
    assert {one.rule for one in whole} == set(rules)
    assert told(audit(backwards, as_of=DAY, select=rules[::-1]).audit.findings) == told(whole)
    alone = [finding for rule in rules for finding in audit(forwards, as_of=DAY, select=(rule,)).audit.findings]
    assert told(alone) == told(whole)


# ── the name of its county is written into the rules ───────────────────────────────────────────────────────


def test_no_condition_names_a_county():
    counties = {regions.name(code) for code in regions.all_codes() if len(code) == 6}
    texts = {rule.id: re.findall(r"'([^']*)'", f"{rule.when} {rule.must}") for rule in shipped().rules.values()}
    assert [(rule, text) for rule, found in texts.items() for text in found if text in counties] == []


def test_outside_the_county_means_outside_the_county_of_the_row():
    worker = {"务工所在县": "甲县", "就业渠道": "帮扶车间"}
    assert judged("LAB009", {**worker, "县": "甲县"}) == "not applicable"
    assert judged("LAB009", {**worker, "县": "乙县"}) == "fail"


# ── codes are decoded by their place in the list ───────────────────────────────────────────────────────────


def test_a_code_is_decoded_by_its_digits_and_not_by_its_place_in_the_list():
    columns = shipped().dictionary.columns
    assert {columns["主要致贫原因"].codes, columns["其他致贫原因"].codes} == {"C05"}
    codes = shipped().dictionary.codes["C05"].codes
    decoded = {code: codes.get(code) for code in ("01", "11", "12", "13", "99")}
    assert decoded == {
        "01": "因病",
        "11": "自身发展动力不足",
        "12": "因婚",
        "13": None,
        "99": "其他",
    }  # 13 has two meanings


# ── a blank, a zero and 无 are one thing to them, or not, by accident ──────────────────────────────────────


def test_every_way_to_leave_a_cell_empty_is_a_blank():
    blanks = ["", " ", "　", "\t"]
    assert judged_each("INC001", [{"人均纯收入": blank} for blank in blanks]) == ["fail"] * 4
    assert judged_each("REL003", [{"姓名": "张三", "与户主关系": blank} for blank in blanks]) == ["fail"] * 4


def test_a_zero_is_a_value_and_no_blank():
    rows = [{"脱贫属性": "已脱贫", "住房面积": area} for area in ("", "0", "80")]
    assert judged_each("HSG004", rows) == ["fail", "pass", "pass"]
    assert judged_each("HSG016", rows) == ["not applicable", "fail", "pass"]


def test_a_blank_and_the_word_for_nothing_are_no_no():
    rows = [{"居民医保": answer, "职工医保": "否"} for answer in ("", "无", "未参加")]
    assert judged_each("MED002", rows) == ["unknown", "unknown", "fail"]
    assert judged_each("MED022", [{**row, "职工医保": ""} for row in rows]) == ["fail", "fail", "pass"]


def test_a_missing_column_is_neither_a_blank_nor_a_no():
    assert verdicts(shipped().rules["HSG004"], households=[{"户编号": "990101000101", "脱贫属性": "已脱贫"}]) == [
        "not run: column 住房面积"
    ]

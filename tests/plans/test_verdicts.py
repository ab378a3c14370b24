"""The verdict algebra of the design, stated case by case and judged by the real engine."""

from datetime import date

import pytest

from tests.plans.judged import rule, verdict, verdicts

YES, NO, BLANK, GARBLED = "是", "否", "", "可能"


@pytest.mark.parametrize(
    ("when", "must", "expected"),
    [
        (YES, YES, "pass"),
        (YES, NO, "fail"),
        (YES, BLANK, "unknown"),
        (NO, YES, "not applicable"),
        (NO, NO, "not applicable"),
        (NO, BLANK, "not applicable"),
        (BLANK, YES, "pass"),  # whether it applies or not, it would not fail
        (BLANK, NO, "unknown"),
        (BLANK, BLANK, "unknown"),
        (GARBLED, YES, "pass"),
        (GARBLED, NO, "unknown"),
        (YES, GARBLED, "unknown"),
    ],
)
def test_when_and_must_give_one_of_four_verdicts(when, must, expected):
    claim = rule("职工医保 = '是'", when="居民医保 = '是'")
    assert verdict(claim, {"居民医保": when, "职工医保": must}) == expected


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (YES, YES, "pass", "pass"), (YES, NO, "fail", "pass"), (YES, BLANK, "unknown", "pass"),
        (NO, YES, "fail", "pass"), (NO, NO, "fail", "fail"), (NO, BLANK, "fail", "unknown"),
        (BLANK, YES, "unknown", "pass"), (BLANK, NO, "fail", "unknown"), (BLANK, BLANK, "unknown", "unknown"),
    ],
)  # fmt: skip
def test_and_and_or_follow_kleene(left, right, both, either):
    row = {"居民医保": left, "职工医保": right}
    assert verdict(rule("居民医保 = '是' AND 职工医保 = '是'"), row) == both
    assert verdict(rule("居民医保 = '是' OR 职工医保 = '是'"), row) == either


@pytest.mark.parametrize(("value", "inside", "outside"), [
    ("户主", "pass", "fail"), ("之子", "pass", "fail"), ("之女", "pass", "fail"),
    ("配偶", "fail", "pass"), (BLANK, "unknown", "unknown"),
])  # fmt: skip
def test_a_value_is_sought_in_a_long_list_as_in_a_short_one(value, inside, outside):
    listed = "('户主', '之父', '之母', '之岳父', '之子', '之孙子', '之祖父', '之祖母', '之女')"
    assert verdict(rule(f"与户主关系 IN {listed}"), {"与户主关系": value}) == inside
    assert verdict(rule(f"与户主关系 NOT IN {listed}"), {"与户主关系": value}) == outside


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0号", "pass"), ("9", "pass"), ("+7", "unknown"), (".5", "unknown"), ("nan", "unknown"), ("阿", "unknown")],
)
def test_one_character_is_a_number_when_it_is_a_digit(text, expected):
    assert verdict(rule("数(左(姓名, 1)) >= 0"), {"姓名": text}) == expected


@pytest.mark.parametrize(("value", "expected"), [(YES, "fail"), (NO, "pass"), (BLANK, "unknown"), (GARBLED, "unknown")])
def test_not_of_unknown_is_unknown(value, expected):
    assert verdict(rule("NOT 居民医保 = '是'"), {"居民医保": value}) == expected


@pytest.mark.parametrize(
    ("value", "inside", "outside"),
    [
        ("汉族", "pass", "fail"),
        ("苗族", "fail", "pass"),
        (BLANK, "unknown", "unknown"),
        ("外星人", "unknown", "unknown"),
    ],
)
def test_in_and_not_in_of_unknown_are_unknown(value, inside, outside):
    assert verdict(rule("民族 IN ('汉族', '回族')"), {"民族": value}) == inside
    assert verdict(rule("民族 NOT IN ('汉族', '回族')"), {"民族": value}) == outside


@pytest.mark.parametrize(("value", "expected"), [("2", "pass"), ("5", "fail"), (BLANK, "unknown"), ("约3", "unknown")])
def test_between_of_unknown_is_unknown(value, expected):
    assert verdict(rule("务工时间 BETWEEN 1 AND 3"), {"务工时间": value}) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(BLANK, "pass"), ("3200", "fail"), ("约3200", "unknown"), ("　", "pass"), ("0", "fail")],
)
def test_blank_is_true_for_a_blank_cell_false_for_a_read_one_unknown_for_unreadable_text(value, expected):
    assert verdict(rule("为空(人均纯收入)", scope="户"), {"人均纯收入": value}) == expected


@pytest.mark.parametrize(
    ("value", "watched", "blank"),
    [(BLANK, "fail", "pass"), ("边缘易致贫户", "pass", "fail"), ("不知道", "unknown", "unknown")],
)
def test_a_blank_that_is_a_value_compares_as_that_value_and_is_still_blank(value, watched, blank):
    assert verdict(rule("监测对象类别 <> '未监测'", scope="户"), {"监测对象类别": value}) == watched
    assert verdict(rule("为空(监测对象类别)", scope="户"), {"监测对象类别": value}) == blank


def test_a_column_the_workbook_lacks_means_not_run_and_an_optional_one_is_blank():
    assert verdict(rule("危房户 = '否'", scope="户"), {"家庭人口": "3"}) == "not run: column 危房户"
    optional = rule("为空(危房户)", scope="户", optional=("危房户",))
    assert verdict(optional, {"家庭人口": "3"}) == "pass"
    unknown = rule("危房户 = '否'", scope="户", optional=("危房户",))
    assert verdict(unknown, {"家庭人口": "3"}) == "unknown"


def test_an_optional_column_whose_blank_is_a_value_reads_as_that_value():
    claim = rule("监测对象类别 = '未监测'", scope="户", optional=("监测对象类别",))
    assert verdict(claim, {"家庭人口": "3"}) == "pass"


def test_a_sheet_that_lacks_a_column_others_have_leaves_its_rows_unknown():
    rows = [{"户编号": "1", "居民医保": YES}, {"户编号": "2", "姓名": "李四"}]
    assert verdicts(rule("居民医保 = '是'"), rows) == ["pass", "unknown"]
    assert verdicts(rule("NOT 为空(居民医保)"), rows) == ["pass", "unknown"]


# ── members ──────────────────────────────────────────────────────────────────────────────────────────────


def members(*values: str) -> list[dict[str, str]]:
    return [{"姓名": f"张{i}", "居民医保": value} for i, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "any_", "all_"),
    [
        ([YES, NO], "pass", "fail"),
        ([YES, YES], "pass", "pass"),
        ([NO, NO], "fail", "fail"),
        ([YES, BLANK], "pass", "unknown"),
        ([NO, BLANK], "unknown", "fail"),
        ([BLANK, BLANK], "unknown", "unknown"),
    ],
)
def test_any_and_all_members_with_unknown_ones(values, any_, all_):
    assert verdict(rule("任一成员(居民医保 = '是')", scope="户"), {"家庭人口": "2"}, *members(*values)) == any_
    assert verdict(rule("所有成员(居民医保 = '是')", scope="户"), {"家庭人口": "2"}, *members(*values)) == all_


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("任一成员(居民医保 = '是')", "fail"),
        ("所有成员(居民医保 = '是')", "pass"),
        ("成员数(居民医保 = '是') = 0", "pass"),
        ("成员合计(务工时间) = 0", "pass"),
        ("曾有成员(居民医保 = '是')", "fail"),
    ],
)
def test_a_household_without_members_has_none_all_nought_and_nought(claim, expected):
    rows = [{"户编号": "2", "姓名": "李四", "居民医保": YES, "务工时间": "3"}]
    households = [{"户编号": "1", "家庭人口": "0"}, {"户编号": "2", "家庭人口": "1"}]
    assert verdicts(rule(claim, scope="户"), rows, households)[0] == expected


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        (">= 1", "pass"), (">= 2", "unknown"), (">= 3", "unknown"), (">= 4", "fail"),
        ("> 0", "pass"), ("> 1", "unknown"), ("> 3", "fail"),
        ("< 1", "fail"), ("< 2", "unknown"), ("< 4", "pass"), ("<= 3", "pass"), ("<= 2", "unknown"), ("<= 0", "fail"),
        ("= 0", "fail"), ("= 1", "unknown"), ("= 4", "fail"), ("<> 0", "pass"), ("<> 2", "unknown"), ("<> 4", "pass"),
        ("BETWEEN 1 AND 3", "pass"), ("BETWEEN 2 AND 3", "unknown"), ("BETWEEN 4 AND 9", "fail"),
    ],
)  # fmt: skip
def test_a_count_of_members_is_decided_when_the_interval_decides(comparison, expected):
    """One is sure, two are unknown, one is not: between one and three."""
    claim = rule(f"成员数(居民医保 = '是') {comparison}", scope="户")
    assert verdict(claim, {"家庭人口": "4"}, *members(YES, BLANK, GARBLED, NO)) == expected


def test_a_count_may_stand_on_the_right():
    claim = rule("家庭人口 = 成员数(TRUE)", scope="户")
    assert verdict(claim, {"家庭人口": "2"}, *members(YES, NO)) == "pass"
    assert verdict(claim, {"家庭人口": "3"}, *members(YES, NO)) == "fail"
    assert verdict(claim, {"家庭人口": ""}, *members(YES, NO)) == "unknown"


def test_a_sum_over_members_is_unknown_when_a_part_is():
    claim = rule("成员合计(务工时间) = 5", scope="户")
    months = [{"姓名": "甲", "务工时间": "2"}, {"姓名": "乙", "务工时间": "3"}]
    assert verdict(claim, {"家庭人口": "2"}, *months) == "pass"
    assert verdict(claim, {"家庭人口": "3"}, *months, {"姓名": "丙", "务工时间": ""}) == "unknown"


def test_a_member_who_left_does_not_count_but_did_once():
    rows = [{"姓名": "甲", "人员状态": "自然减少", "居民医保": YES}, {"姓名": "乙", "人员状态": "", "居民医保": NO}]
    assert verdict(rule("任一成员(居民医保 = '是')", scope="户"), {"家庭人口": "1"}, *rows) == "fail"
    assert verdict(rule("曾有成员(居民医保 = '是')", scope="户"), {"家庭人口": "1"}, *rows) == "pass"
    assert verdict(rule("成员数(TRUE) = 1", scope="户"), {"家庭人口": "1"}, *rows) == "pass"


def test_a_person_rule_speaks_of_those_on_the_books_unless_it_names_them():
    rows = [{"人员状态": "自然减少", "居民医保": NO}, {"人员状态": "", "居民医保": NO}]
    keyed = [{"户编号": "1", **row} for row in rows]
    assert verdicts(rule("居民医保 = '是'"), keyed) == ["not applicable", "fail"]
    assert verdicts(rule("居民医保 = '是'", when="NOT 在册"), keyed) == ["fail", "not applicable"]


def test_the_heads_value_is_unknown_without_exactly_one_head():
    def ages(*relations):
        return [{"姓名": f"张{i}", "与户主关系": relation, "性别": "男"} for i, relation in enumerate(relations)]

    claim = rule("户主(性别) = '男'", scope="户")
    assert verdict(claim, {"家庭人口": "2"}, *ages("户主", "之子")) == "pass"
    assert verdict(claim, {"家庭人口": "2"}, *ages("之子", "之子")) == "unknown"
    assert verdict(claim, {"家庭人口": "2"}, *ages("户主", "户主")) == "unknown"


def test_a_person_rule_can_ask_its_own_household():
    claim = rule("任一成员(与户主关系 = '户主')", when="与户主关系 = '配偶'")
    rows = [
        {"户编号": "1", "与户主关系": "户主"},
        {"户编号": "1", "与户主关系": "配偶"},
        {"户编号": "2", "与户主关系": "配偶"},
    ]
    assert verdicts(claim, rows) == ["not applicable", "pass", "fail"]


# ── multi-value columns, other rows, echoes ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("残疾", "pass"),
        ("长期慢性病,残疾", "pass"),
        ("残疾、患有大病", "pass"),
        ("健康", "fail"),
        (BLANK, "unknown"),
        ("很好", "unknown"),
    ],
)
def test_a_multi_value_cell_has_its_values_in_any_order(value, expected):
    assert verdict(rule("含(健康状况, '残疾')"), {"健康状况": value}) == expected


def test_the_values_of_a_multi_value_cell_are_counted():
    assert verdict(rule("项数(健康状况) = 2"), {"健康状况": "残疾，长期慢性病"}) == "pass"
    assert verdict(rule("项数(健康状况) = 2"), {"健康状况": ""}) == "unknown"


def test_uniqueness_is_asked_of_all_rows_of_one_day_and_a_blank_is_unknown():
    claim = rule("全表唯一(证件号码)")
    rows = [
        {"户编号": "1", "证件号码": "11010519491231002X"},
        {"户编号": "2", "证件号码": "11010519491231002x"},
        {"户编号": "3", "证件号码": "990101199001010116"},
        {"户编号": "4", "证件号码": ""},
    ]
    assert verdicts(claim, rows) == ["fail", "fail", "pass", "unknown"]
    years = [{**rows[0], "数据日期": "2019-12-31"}, {**rows[1], "数据日期": "2020-12-31"}]
    assert verdicts(claim, years) == ["pass", "pass"]


def test_households_that_share_a_value_are_counted():
    rows = [{"户编号": number, "成员电话": "13800000001"} for number in ("1", "1", "2", "3")]
    assert verdicts(rule("不同户数(成员电话) = 3"), rows) == ["pass"] * 4


def test_an_age_from_a_number_that_fails_its_check_is_unknown():
    claim = rule("年龄 >= 16")
    assert verdict(claim, {"证件号码": "11010519491231002X"}) == "pass"
    assert verdict(claim, {"证件号码": "110105194912310021"}) == "unknown"
    assert verdict(claim, {"证件号码": "110105194912310021", "出生日期": "1949-12-31"}) == "unknown"
    assert verdict(claim, {"证件号码": "", "出生日期": "1949-12-31"}) == "pass"


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2005-03-01", date(2020, 3, 1), 15),
        ("2005-03-01", date(2020, 2, 29), 14),
        ("2004-02-29", date(2021, 2, 28), 16),
        ("2004-02-29", date(2021, 3, 1), 17),
        ("2020-12-31", date(2020, 12, 31), 0),
    ],
)
def test_age_is_counted_in_whole_years(birth, day, age):
    assert verdict(rule(f"年龄 = {age}"), {"出生日期": birth}, as_of=day) == "pass"


@pytest.mark.parametrize(
    ("early", "late", "months"),
    [
        ("2020-01-15", "2020-07-15", 6),
        ("2020-01-15", "2020-07-14", 5),
        ("2020-01-31", "2020-02-29", 1),
        ("2020-01-31", "2020-02-28", 0),
        ("2020-08-31", "2021-02-28", 6),
        ("2020-08-30", "2021-02-27", 5),
        ("2020-12-31", "2020-10-31", -2),
        ("2020-12-31", "2020-11-30", -2),
        ("2020-11-30", "2020-10-31", 0 - 1),
        ("2020-05-01", "2020-05-01", 0),
    ],
)
def test_months_are_whole_months(early, late, months):
    claim = rule(f"月数(识别监测时间, 消除监测时间) = {months}", scope="户")
    assert verdict(claim, {"识别监测时间": early, "消除监测时间": late}) == "pass"


# ── parameters ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_parameter_is_the_value_of_the_rows_own_place_and_day():
    claim = rule("人均纯收入 >= 参数('收入线')", scope="户")
    row = {"人均纯收入": "3700"}
    assert verdict(claim, row, region="37", as_of=date(2018, 12, 31)) == "pass"  # 山东 2018: 3609
    assert verdict(claim, row, region="62", as_of=date(2020, 12, 31)) == "fail"  # 甘肃 2020: 4000
    assert verdict(claim, row, region="37", as_of=date(2016, 12, 31)) == "unknown"  # no sourced value
    assert verdict(claim, row, as_of=date(2018, 12, 31)) == "unknown"  # a place not known
    assert verdict(claim, row, region="37", as_of=date(2016, 12, 31), given={"收入线": 3402.0}) == "pass"


@pytest.mark.parametrize(("place", "expected"), [
    ("32", "pass"), ("3201", "pass"), ("33", "unknown"), ("3", "unknown"), ("", "unknown"),
])  # fmt: skip
@pytest.mark.parametrize("day", [date(2011, 1, 1), date(2015, 12, 31), date(2016, 1, 1), date(2020, 12, 31)])
def test_a_parameter_holds_on_the_first_and_the_last_day_of_each_of_its_values(place, expected, day):
    claim = rule("人均纯收入 >= 参数('收入线')", scope="户")
    line = 4000 if day.year < 2016 else 6000  # 江苏, of each period
    assert verdict(claim, {"人均纯收入": str(line)}, region=place, as_of=day) == expected
    below = {"pass": "fail"}.get(expected, expected)
    assert verdict(claim, {"人均纯收入": str(line - 1)}, region=place, as_of=day) == below


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_list_is_matched_on_the_first_18_characters_and_a_bad_number_is_unknown():
    claim = rule("NOT 在名单('车辆')")
    rows = [
        {"户编号": "1", "证件号码": "11010519491231002X"},
        {"户编号": "2", "证件号码": "11010519491231002X42"},
        {"户编号": "3", "证件号码": "990101199001010116"},
        {"户编号": "4", "证件号码": ""},
        {"户编号": "5", "证件号码": "1101051949"},
    ]
    cars = {"车辆": [{"证件号码": "11010519491231002X", "车辆类型": "小型轿车"}]}
    assert verdicts(claim, rows, lists=cars) == ["fail", "fail", "pass", "unknown", "unknown"]


def test_a_condition_over_a_list_that_cannot_be_told_is_unknown():
    claim = rule("NOT 名单有('车辆', 购置价格 >= 30000)")
    row = {"户编号": "1", "证件号码": "11010519491231002X"}

    def priced(*prices):
        return {"车辆": [{"证件号码": "11010519491231002X", "购置价格": price} for price in prices]}

    assert verdicts(claim, [row], lists=priced("50000")) == ["fail"]
    assert verdicts(claim, [row], lists=priced("8000")) == ["pass"]
    assert verdicts(claim, [row], lists=priced("")) == ["unknown"]
    assert verdicts(claim, [row], lists=priced("", "50000")) == ["fail"]
    assert verdicts(claim, [row], lists=priced("", "8000")) == ["unknown"]


def test_a_rule_without_its_list_or_profile_is_not_run():
    row = [{"户编号": "1", "证件号码": "11010519491231002X"}]
    assert verdicts(rule("NOT 在名单('车辆')"), row) == ["not run: list 车辆"]
    item = rule("NOT 在名单('车辆')", profile_item=True)
    assert verdicts(item, row, lists={"车辆": []}) == ["not run: profile --profile"]

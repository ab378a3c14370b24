"""Places where something that is not known once gave a sure verdict, or none at all."""

from datetime import date

import pytest
from msgspec.structs import replace

from fupin_cli.engines import open_engine
from fupin_cli.errors import UsageError
from fupin_cli.model.dictionary import Derived
from fupin_cli.model.rule import Parameter, Profile, ProfileItem, Value
from fupin_cli.model.settings import Settings
from fupin_cli.plans import check, plan
from fupin_cli.tables import tables_from_cells
from fupin_cli.verdicts import judge
from tests.plans.judged import DAY, WORDS, rule, shipped, verdict, verdicts

YES, NO = "是", "否"


def judged(one, persons=(), households=(), *, lists=None, source=None, then="", **wish) -> list[str]:
    """The verdicts of a rule of a rule book of the test's own; `then` is run on the tables first."""
    engine = open_engine()
    try:
        settings = Settings(today=DAY, **wish)
        book = check(replace(source or shipped(), rules={one.id: one}))
        tables = tables_from_cells(
            engine, book.source.dictionary, list(persons), list(households), lists or {}, settings
        )
        if then:
            engine.run(then)
        planned = plan(book, tables, settings)
        counts = judge(engine, planned)[one.id]
        level = planned.rules[one.id].level
        found = [WORDS[row[0]] for row in engine.rows(f'SELECT "{one.id}" FROM "verdicts_{level}" ORDER BY "_id"')]
        assert [found.count(word) for word in ("pass", "fail", "unknown", "not applicable")] == [
            counts.passed, counts.failed, counts.unknown, counts.not_applicable,
        ]  # fmt: skip
        return found
    finally:
        engine.close()


# ── households that are not known ────────────────────────────────────────────────────────────────────────

HOMELESS = 'UPDATE "人" SET "_household" = NULL WHERE "姓名" = \'张三\''


@pytest.mark.parametrize(
    "claim",
    [
        "任一成员(与户主关系 = '户主')", "NOT 所有成员(居民医保 = '是')", "曾有成员(居民医保 = '否')", "成员数(TRUE) > 0",
        "成员合计(务工时间) > 0", "NOT 户内唯一(姓名)", "户主(姓名) = '李四'", "人均纯收入 > 3", "为空(人均纯收入)",
    ],
)  # fmt: skip
def test_a_person_without_a_household_has_no_known_family(claim):
    row = {"户编号": "1", "姓名": "张三", "与户主关系": "配偶", "居民医保": YES, "务工时间": "0", "人均纯收入": "1"}
    assert judged(rule(claim), [row], then=HOMELESS) == ["unknown"]


@pytest.mark.parametrize(
    ("comparison", "expected"), [("< 2", "unknown"), ("> 1", "unknown"), ("< 3", "pass"), ("> 2", "fail")]
)
def test_a_number_shared_with_someone_of_no_known_household_is_in_one_household_or_two(comparison, expected):
    rows = [
        {"户编号": "1", "姓名": "李四", "成员电话": "13800000001"},
        {"户编号": "2", "姓名": "张三", "成员电话": "13800000001"},
    ]
    assert judged(rule(f"不同户数(成员电话) {comparison}"), rows, then=HOMELESS)[0] == expected


def test_a_village_left_blank_is_neither_the_same_nor_another():
    claim = rule("不同村数(户主姓名) < 2", scope="户")
    rows = [{"户编号": str(i), "户主姓名": "张三", "村": village} for i, village in enumerate(["甲村", ""])]
    assert judged(claim, households=rows) == ["unknown", "unknown"]
    assert judged(claim, households=[rows[0], {**rows[1], "村": "甲村"}]) == ["pass", "pass"]
    assert judged(claim, households=[rows[0], {**rows[1], "村": "乙村"}]) == ["fail", "fail"]


def test_villages_cannot_be_counted_without_a_column_of_villages():
    claim = rule("不同村数(户主姓名) < 2", scope="户")
    assert verdicts(claim, households=[{"户编号": "1", "户主姓名": "张三"}]) == ["not run: column 村"]


# ── members of unknown standing ──────────────────────────────────────────────────────────────────────────


def test_a_claim_about_a_member_of_unknown_standing_cannot_fail():
    rows = [{"户编号": "1", "人员状态": "#N/A", "居民医保": value} for value in (YES, NO)]
    assert verdicts(rule("居民医保 = '是'"), rows) == ["pass", "unknown"]


@pytest.mark.parametrize(("state", "expected"), [("正常", "fail"), ("自然减少", "pass"), ("#N/A", "unknown")])
def test_a_double_counts_as_far_as_it_is_on_the_books(state, expected):
    rows = [{"户编号": "1", "姓名": "张三", "人员状态": "正常"}, {"户编号": "2", "姓名": "张三", "人员状态": state}]
    assert verdicts(rule("全表唯一(姓名)"), rows)[0] == expected
    assert verdicts(rule("NOT 全表任一(姓名 = '张三')", when="姓名 <> '张三' OR TRUE"), rows[1:]) == [
        {"fail": "fail", "pass": "not applicable", "unknown": "unknown"}[expected]
    ]


def test_the_double_of_one_who_left_is_the_one_who_stayed():
    rows = [{"户编号": "1", "姓名": "张三", "人员状态": "自然减少"}, {"户编号": "2", "姓名": "张三", "人员状态": ""}]
    assert verdicts(rule("全表唯一(姓名)", when="在册 OR NOT 在册"), rows) == ["fail", "pass"]


@pytest.mark.parametrize(("relation", "expected"), [("之子", "pass"), ("", "unknown"), ("邻居甲", "unknown")])
def test_one_who_may_be_a_second_head_leaves_the_head_unknown(relation, expected):
    members = [{"姓名": "甲", "与户主关系": "户主", "性别": "男"}, {"姓名": "乙", "与户主关系": relation, "性别": "女"}]
    assert verdict(rule("户主(性别) = '男'", scope="户"), {"家庭人口": "2"}, *members) == expected


# ── places, dates, parameters ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("place", "expected"),
    [("530402", "fail"), ("5304", "fail"), ("53", "unknown"), (None, "unknown"), ("5303", "not applicable")],
)
def test_a_rule_of_a_region_is_not_sure_of_a_row_placed_more_loosely(place, expected):
    claim = rule("危房户 = '否'", scope="户", regions=("5304",))
    assert verdicts(claim, households=[{"户编号": "1", "危房户": YES}], region=place) == [expected]


@pytest.mark.parametrize(
    ("day", "place", "expected"),
    [
        (date(2018, 12, 31), "3701", "pass"),  # the last day counts
        (date(2019, 1, 1), "3701", "unknown"),  # the day after has no value
        (date(2018, 1, 1), "370202", "fail"),  # the nearer place has its own
        (date(2018, 6, 1), "3702", "fail"),
        (date(2018, 6, 1), "37", "unknown"),  # it may lie inside the nearer place
        (date(2018, 6, 1), None, "unknown"),
        (date(2017, 12, 31), "37", "unknown"),
    ],
)
def test_a_parameter_holds_on_its_own_days_and_at_its_own_place(day, place, expected):
    first, last = date(2018, 1, 1), date(2018, 12, 31)
    values = (Value(100.0, first, last, "37"), Value(900.0, first, last, "3702"), Value(1.0, first, last, tier="省定"))
    source = replace(shipped(), parameters={**shipped().parameters, "试线": Parameter("试线", "元", values)})
    claim = rule("人均纯收入 >= 参数('试线')", scope="户")
    rows = [{"户编号": "1", "人均纯收入": "500"}]
    assert judged(claim, households=rows, source=source, as_of=day, region=place) == [expected]


def test_two_data_dates_in_one_run_have_each_their_own_values_and_their_own_doubles():
    values = (Value(100.0, date(2019, 1, 1), date(2019, 12, 31)), Value(900.0, date(2020, 1, 1), date(2020, 12, 31)))
    source = replace(shipped(), parameters={**shipped().parameters, "试线": Parameter("试线", "元", values)})
    rows = [{"户编号": "1", "人均纯收入": "500", "年度": year} for year in ("2019", "2020")]
    claim = rule("人均纯收入 >= 参数('试线') AND 全表唯一(户编号)", scope="户")
    assert judged(claim, households=rows, source=source) == ["pass", "fail"]


@pytest.mark.parametrize("value", ["约三千", float("nan"), float("inf")])
def test_a_value_given_for_a_parameter_must_be_of_its_kind(value):
    claim = rule("人均纯收入 >= 参数('收入线')", scope="户")
    with pytest.raises(UsageError) as refusal:
        verdict(claim, {"人均纯收入": "3700"}, given={"收入线": value})
    assert refusal.value.zh == f"参数“收入线”要给数字，不能是“{value}”。"


# ── sums, numbers, texts ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("paid", "expected"), [("", "pass"), ("50", "pass"), ("200", "fail"), ("约200", "unknown")])
def test_a_known_sum_takes_a_blank_for_nought_and_an_unreadable_part_for_unknown(paid, expected):
    claim = rule("已知合计(慰问金, 临时救助金) <= 100", scope="户")
    assert verdict(claim, {"慰问金": "10", "临时救助金": paid}) == expected


def test_a_known_sum_in_a_condition_on_a_list_takes_a_column_the_list_lacks_for_nought():
    claim = rule("NOT 名单有('车辆', 已知合计(LENGTH(使用性质)) = 0)")
    row = {"户编号": "1", "证件号码": "11010519491231002X"}
    for uses, expected in (("", "fail"), ("营运", "pass")):
        assert verdicts(claim, [row], lists={"车辆": [{"证件号码": row["证件号码"], "使用性质": uses}]}) == [expected]
    assert verdicts(claim, [row], lists={"车辆": [{"证件号码": row["证件号码"]}]}) == ["fail"]


@pytest.mark.parametrize(
    "claim",
    [
        "家庭人口 * 12 > 0", "家庭人口 + 9 > 0", "100000 * 100000 > 0", "1 / (家庭人口 - 家庭人口) > 0 OR TRUE",
        "年末(家庭人口) > 数据日期 OR TRUE", "数('nan') > 5 OR TRUE", "左(户编号, 家庭人口) = '' OR TRUE",
        "证件性别('abcdefghijklmnopqr') = '男' OR TRUE", "升为18位('x') = '' OR TRUE",
    ],
)  # fmt: skip
def test_numbers_and_texts_out_of_range_do_not_stop_the_run(claim):
    assert verdict(rule(claim, scope="户"), {"家庭人口": "999999999999999999"}) == "pass"


@pytest.mark.parametrize("text", ["nan", "inf", "1e999", "-infinity"])
def test_a_text_that_is_no_number_in_a_table_is_none_in_a_rule(text):
    assert verdict(rule("数(姓名) > 5"), {"姓名": text}) == "unknown"


def test_signs_of_patterns_and_quotes_in_a_cell_and_in_a_label_mean_themselves():
    assert verdict(rule("姓名 LIKE '张!%'"), {"姓名": "张%"}) == "fail"
    assert verdict(rule("姓名 = 'O''Neil'"), {"姓名": "O'Neil"}) == "pass"
    codes = shipped().dictionary.codes
    lists = {**codes, "C14": replace(codes["C14"], values=(*codes["C14"].values, "50%':1_类"))}
    source = replace(shipped(), dictionary=replace(shipped().dictionary, codes=lists))
    claim = rule("含(健康状况, '50%'':1_类')")
    rows = [{"户编号": "1", "健康状况": value} for value in ("50%':1_类", "健康")]
    assert judged(claim, rows, source=source) == ["pass", "fail"]


# ── columns and tables that are not there ────────────────────────────────────────────────────────────────


def test_a_rule_needs_a_table_of_its_scope():
    households, persons = [{"户编号": "1", "家庭人口": "1"}], [{"姓名": "张三"}]
    assert verdicts(rule("数据日期 > DATE '2020-01-01'"), households=households) == ["not run: column 家庭成员表"]
    assert verdicts(rule("任一成员(TRUE)", scope="户"), households=households) == ["not run: column 家庭成员表"]
    assert verdicts(rule("任一成员 (TRUE)", scope="户"), households=households) == ["not run: column 家庭成员表"]
    assert judged(rule("数据日期 > DATE '2020-01-01'", scope="户"), persons) == ["pass"]


def test_a_blank_that_is_a_value_on_some_forms_is_none_on_the_others():
    claim = rule("在校生状况 = '非在校生'", optional=("在校生状况",))
    assert verdicts(claim, [{"户编号": "1", "姓名": "张三"}]) == ["unknown"]
    assert verdicts(claim, [{"户编号": "1", "姓名": "张三", "监测对象类别": ""}]) == ["pass"]


def test_a_derived_column_is_chosen_for_the_workbook_and_unknown_where_a_sheet_lacks_it():
    claim = rule("有基本医保")
    rows = [{"户编号": "1", "居民医保": NO, "职工医保": NO}, {"户编号": "2", "居民医保": NO}]
    assert verdicts(claim, rows) == ["fail", "unknown"]
    assert verdicts(claim, rows[1:]) == ["unknown"]
    assert verdicts(claim, [{"户编号": "3", "居民医保": YES}]) == ["pass"]
    water = rule("安全饮水", scope="户")
    rows = [{"户编号": "1", "安全饮用水": NO, "饮水安全": NO}, {"户编号": "2", "饮水安全": NO}]
    assert verdicts(water, households=rows) == ["fail", "unknown"]
    assert verdicts(water, households=rows[1:]) == ["fail"]


def test_a_column_of_the_household_is_asked_of_households_in_a_person_rule_too():
    rows = [{"户编号": str(i), "姓名": "甲", "监测对象类别": kind} for i, kind in enumerate(["", "边缘易致贫户"])]
    before = [{**row, "年度": "2019"} for row in rows]
    assert verdicts(rule("监测启用"), before) == ["pass", "pass"]
    assert verdicts(rule("监测启用"), before[:1]) == ["fail"]
    empty = [{"户编号": "9", "家庭人口": "0", "监测对象类别": "边缘易致贫户", "年度": "2019"}]
    assert verdicts(rule("监测启用"), before[:1], empty)[0] == "pass"


def test_a_derived_column_of_persons_may_build_on_one_of_households_that_no_rule_names():
    dictionary = shipped().dictionary
    own = Derived("试列", "人", "真假", ("已监测 AND 居民医保 = '是'",))
    source = replace(shipped(), dictionary=replace(dictionary, derived={**dictionary.derived, "试列": own}))
    row = {"户编号": "1", "居民医保": YES, "监测对象类别": "边缘易致贫户"}
    assert judged(rule("试列"), [row], source=source) == ["pass"]


def test_regions_are_looked_up_once_however_often_an_engine_judges():
    engine = open_engine()
    try:
        one, wish = rule("地区码有效(左(证件号码, 6))"), Settings(today=DAY)
        book = check(replace(shipped(), rules={one.id: one}))
        for _ in range(2):
            rows = [{"户编号": "1", "证件号码": "11010519491231002X"}]
            tables = tables_from_cells(engine, book.source.dictionary, rows, [], {}, wish)
            assert judge(engine, plan(book, tables, wish))[one.id].passed == 1
    finally:
        engine.close()


# ── lists and profiles ───────────────────────────────────────────────────────────────────────────────────

HIT = {"户编号": "1", "证件号码": "11010519491231002X", "出生日期": "1949-12-31"}


def test_rows_of_a_list_that_stand_twice_or_have_no_number_do_not_multiply_persons():
    cars = [{"证件号码": number} for number in ("11010519491231002X", "11010519491231002X42", "", "42")]
    rows = [HIT, {**HIT, "户编号": "2"}, {"户编号": "3", "证件号码": ""}]
    assert judged(rule("NOT 在名单('车辆')"), rows, lists={"车辆": cars}) == ["fail", "fail", "unknown"]


def excusing(*exceptions: str):
    item = ProfileItem("IDN900", "试", exceptions=exceptions)
    return replace(shipped(), profiles={"试": Profile("试", "试", None, None, (item,))})


def test_an_exception_speaks_of_the_list_that_has_its_columns():
    claim = rule("NOT 名单有('房产', NOT 例外) AND NOT 名单有('车辆', NOT 例外)")
    lists = {"车辆": [{"证件号码": HIT["证件号码"], "购置价格": "5"}], "房产": []}
    source = excusing("购置价格 < 10")
    assert judged(claim, [HIT], lists=lists, source=source, profile="试") == ["pass"]
    lists["房产"] = [{"证件号码": HIT["证件号码"]}]
    assert judged(claim, [HIT], lists=lists, source=source, profile="试") == ["fail"]


def test_an_exception_may_ask_a_derived_column_of_the_person():
    claim = rule("NOT 名单有('车辆', NOT 例外)")
    cars = {"车辆": [{"证件号码": HIT["证件号码"], "购置价格": "5"}]}
    source = excusing("本人(年龄) > 60 AND 购置价格 < 10")
    assert judged(claim, [HIT], lists=cars, source=source, profile="试") == ["pass"]


def test_an_exception_of_a_rule_with_its_list_in_when_holds_there():
    claim = rule("居民医保 = '否'", when="名单有('车辆', NOT 例外)")
    cars = {"车辆": [{"证件号码": HIT["证件号码"], "购置价格": "5"}]}
    row = {**HIT, "居民医保": YES}
    assert judged(claim, [row], lists=cars, source=excusing("购置价格 < 10"), profile="试") == ["not applicable"]


@pytest.mark.parametrize(
    ("school", "level", "expected"),
    [
        ("普通高中一年级", "", "pass"), ("小学", "", "fail"), ("非在校生", "初中", "pass"), ("非在校生", "小学", "fail"),
        ("不清楚", "初中", "pass"), ("不清楚", "小学", "unknown"), ("不清楚", "", "unknown"), ("非在校生", "", "unknown"),
    ],
)  # fmt: skip
def test_compulsory_schooling_is_not_denied_to_one_who_may_be_at_a_higher_school(school, level, expected):
    assert verdict(rule("已完成义务教育"), {"在校生状况": school, "文化程度": level}) == expected

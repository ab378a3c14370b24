"""Rules that ask the earlier edition: who meets whom, what is then known, and which rules can run at all."""

from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fupin_cli.engines import open_engine
from fupin_cli.errors import RuleError
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.settings import Settings
from fupin_cli.plans import check, plan
from fupin_cli.tables import set_aside, tables_from_cells
from fupin_cli.verdicts import judge
from tests.plans.interpreter import Registry, Subject, verdict
from tests.plans.judged import DAY, WORDS, book_of, rule, shipped
from tests.plans.test_interpreter import read_back
from tests.plans.two_editions import Later

ONE, OTHER, THIRD = "11010519491231002X", "110105194912310021", "990101199001010116"
SHORT = "110105491231002"  # of ONE, before 1999
HOME, AWAY, NEW = "990101000001", "990101000002", "990101000003"


def two_years(engine, now, before, dictionary=None, homes=((), ())):
    """The tables of two editions: rows of persons, and of households where `homes` has them."""
    words, wish = dictionary or shipped().dictionary, Settings(today=DAY)
    old = set_aside(engine, tables_from_cells(engine, words, list(before), list(homes[1]), {}, wish))
    return replace(tables_from_cells(engine, words, list(now), list(homes[0]), {}, wish), previous=old)


def verdicts(one, now, before, homes=((), ())) -> list[str]:
    """The verdict of a rule on each row of its level, in order."""
    engine = open_engine()
    try:
        tables = two_years(engine, now, before, homes=homes)
        planned = plan(book_of(one), tables, Settings(today=DAY))
        if planned.not_run:
            return [f"not run: {planned.not_run[0].reason} {'、'.join(planned.not_run[0].missing)}"]
        judge(engine, planned)
        level = planned.rules[one.id].level
        return [WORDS[row[0]] for row in engine.rows(f'SELECT "{one.id}" FROM "verdicts_{level}" ORDER BY "_id"')]
    finally:
        engine.close()


def of_person(must: str, **more):
    return rule(must, scope="跨期", subject="人", **more)


def person(number: str = ONE, home: str = HOME, **cells: str) -> dict[str, str]:
    return {"户编号": home, "证件号码": number, "姓名": "张三", "数据日期": "2020-12-31", **cells}


def earlier(number: str = ONE, home: str = HOME, **cells: str) -> dict[str, str]:
    return person(number, home, **{"数据日期": "2019-12-31", **cells})


# ── who meets whom ───────────────────────────────────────────────────────────────────────────────────────

SAME_SEX = "性别 = 上期(性别)"


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ([person(性别="女")], [earlier(性别="女")], "pass"),
        ([person(性别="男")], [earlier(性别="女")], "fail"),
        ([person(f"{ONE}43", 性别="男")], [earlier(性别="女")], "fail"),  # the number of a disability card
        ([person(性别="男")], [earlier(SHORT, 性别="女")], "fail"),  # the old number of 15 digits
        ([person(SHORT, 性别="男")], [earlier(SHORT, 性别="女")], "fail"),
        ([person(性别="男")], [earlier(SHORT.replace("491231", "491331"), 性别="女")], "unknown"),  # no month is a 13th
        ([person(性别="男", home=AWAY)], [earlier(性别="女")], "fail"),  # moved to another household
        ([person(性别="男")], [earlier(OTHER, 性别="女")], "unknown"),
        ([person("", 性别="男")], [earlier("", 性别="女")], "unknown"),  # nobody meets by a blank
        ([person(性别="男")], [earlier(性别="女"), earlier(性别="男", home=AWAY)], "unknown"),  # they differ
        ([person(性别="男")], [earlier(性别="女"), earlier(性别="女", home=AWAY)], "fail"),  # they agree
        ([person(性别="男")], [earlier(性别="女"), earlier(性别="", home=AWAY)], "unknown"),
        ([person(性别="男")], [earlier(性别="女", 数据日期="2021-12-31")], "unknown"),  # it is later
        ([person(性别="男")], [earlier(性别="女", 数据日期="")], "fail"),
        ([person(性别="男"), person(性别="女", 姓名="李四")], [earlier(性别="女")], "unknown"),  # whose number is it?
    ],
)
def test_persons_of_two_editions_meet_by_the_first_18_characters_of_their_certificate(now, before, expected):
    assert verdicts(of_person(SAME_SEX), now, before)[0] == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (person(), [earlier()], "pass"),
        (person(), [earlier(OTHER)], "fail"),
        (person(""), [earlier()], "unknown"),
        (person("42"), [earlier()], "unknown"),
        (person(), [earlier(OTHER), earlier("", 姓名="李四")], "fail"),
        (person(), [earlier(OTHER), earlier("", 姓名="张三")], "unknown"),  # the one without a number may be he
        (person(), [earlier(OTHER), earlier("", 姓名="")], "unknown"),
        (person(姓名=""), [earlier(OTHER), earlier("", 姓名="李四")], "unknown"),
        (person(), [earlier(数据日期="2021-12-31")], "unknown"),
    ],
)
def test_that_a_person_is_new_is_said_only_where_nobody_without_a_number_may_be_he(now, before, expected):
    assert verdicts(of_person("有上期()"), [now], before) == [expected]


def member(number: str, home: str, relation: str = "户主", **cells: str) -> dict[str, str]:
    return {"户编号": home, "证件号码": number, "与户主关系": relation, "数据日期": "2020-12-31", **cells}


def before(number: str, home: str, relation: str = "户主", **cells: str) -> dict[str, str]:
    return member(number, home, relation, **{"数据日期": "2019-12-31", **cells})


POORER = "人均纯收入 >= 上期(人均纯收入)"


@pytest.mark.parametrize(
    ("now", "old", "expected"),
    [
        (
            [member(ONE, HOME, 人均纯收入="1")],
            [before(OTHER, HOME, 人均纯收入="2")],
            ["fail"],
        ),  # by 户编号, whoever is head
        (
            [member(ONE, NEW, 人均纯收入="1")],
            [before(ONE, HOME, 人均纯收入="2")],
            ["fail"],
        ),  # numbered anew: by its head
        ([member(ONE, "", 人均纯收入="1")], [before(ONE, HOME, 人均纯收入="2")], ["fail"]),
        ([member(ONE, NEW, 人均纯收入="1")], [before(OTHER, HOME, 人均纯收入="2")], ["unknown"]),
        ([member(ONE, NEW, 人均纯收入="1")], [before(ONE, HOME, "之子", 人均纯收入="2")], ["unknown"]),  # was no head
        (  # a household split: the old number stays with those who kept it
            [member(OTHER, HOME, 人均纯收入="1"), member(ONE, NEW, 人均纯收入="1")],
            [before(ONE, HOME, 人均纯收入="2"), before(OTHER, HOME, "之子", 人均纯收入="2")],
            ["fail", "unknown"],
        ),
        (  # two households claim the same head: neither is known to be the old one
            [member(ONE, AWAY, 人均纯收入="1"), member(ONE, NEW, 人均纯收入="1")],
            [before(ONE, HOME, 人均纯收入="2")],
            ["unknown", "unknown"],
        ),
    ],
)
def test_households_meet_by_their_number_and_else_by_their_head(now, old, expected):
    assert verdicts(rule(POORER, scope="跨期"), now, old) == expected


@pytest.mark.parametrize(
    ("now", "old", "expected"),
    [
        ([member(ONE, HOME)], [before(OTHER, HOME)], "pass"),
        ([member(ONE, NEW)], [before(OTHER, HOME)], "fail"),
        ([member(ONE, NEW)], [before(OTHER, HOME), before(ONE, HOME, "之子")], "unknown"),  # a part of an old one
        ([member("", NEW)], [before(OTHER, HOME)], "unknown"),
        ([member("", NEW), member(ONE, NEW, "配偶")], [before(OTHER, HOME)], "fail"),
    ],
)
def test_a_household_is_new_only_where_its_members_are(now, old, expected):
    assert verdicts(rule("有上期()", scope="跨期"), now, old) == [expected]


def test_household_sheets_without_persons_meet_by_number_alone():
    homes = (
        [{"户编号": HOME, "人均纯收入": "1"}, {"户编号": NEW, "人均纯收入": "1"}],
        [{"户编号": HOME, "人均纯收入": "2"}],
    )
    assert verdicts(rule(POORER, scope="跨期"), [], [], homes) == ["fail", "unknown"]
    assert verdicts(rule("有上期()", scope="跨期"), [], [], homes) == ["pass", "fail"]


def test_an_earlier_value_is_judged_on_its_own_day_and_place():
    claim = of_person("年龄 - 上期(年龄) = 1")
    assert verdicts(claim, [person()], [earlier()]) == ["pass"]
    assert verdicts(claim, [person()], [earlier(数据日期="")]) == ["unknown"]  # today is not the day of an old edition


def test_a_member_function_asks_each_member_s_own_earlier_row():
    claim = rule("成员数(居民医保 = '否' AND 上期(居民医保) = '是') = 1", scope="跨期")
    now = [
        member(ONE, HOME, 居民医保="否"),
        member(OTHER, HOME, "之子", 居民医保="否"),
        member(THIRD, HOME, "之女", 居民医保="是"),
    ]
    old = [before(ONE, HOME, 居民医保="是"), before(OTHER, AWAY, 居民医保="否")]
    assert verdicts(claim, now, old) == ["pass"]
    assert verdicts(claim, now, [*old, before(THIRD, AWAY, "之女", 居民医保="是")]) == ["pass"]
    assert verdicts(claim, now, old[:1]) == ["unknown"]


# ── what can run ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_column_the_earlier_edition_lacks_is_named_with_its_edition():
    claim = of_person("民族 = 上期(民族)")
    assert verdicts(claim, [person(民族="汉族")], [earlier()]) == ["not run: column 上期 民族"]
    assert verdicts(of_person("上期(民族) = '汉族'"), [person()], [earlier(民族="汉族")]) == ["pass"]  # now it may lack
    lacking = {name: text for name, text in earlier(民族="汉族").items() if name != "证件号码"}
    assert verdicts(claim, [person(民族="汉族")], [lacking]) == ["not run: column 上期 证件号码"]


def test_without_an_earlier_edition_such_a_rule_does_not_run():
    engine = open_engine()
    try:
        wish, book = Settings(today=DAY), book_of(of_person("有上期()"))
        tables = tables_from_cells(engine, book.source.dictionary, [person()], [], {}, wish)
        (missing,) = plan(book, tables, wish).not_run
        assert (missing.reason, missing.missing) == ("previous", ("--previous",))
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("must", "scope", "said"),
    [
        ("上期(年(出生日期)) = 1", "人", "上期 只问一列"),
        ("上期(监测启用)", "户", "上期 里不能用 监测启用：它要用到 全表任一"),
        ("上期(性别) = '女'", "户", "“性别”是成员的列，户规则里要放在 任一成员(…) 等函数中"),
        ("全表唯一(上期(姓名))", "人", "全表唯一 里不能用 上期"),
        ("上期(性别) = '中'", "人", "“中”不在性别的码表里"),
        ("有上期(姓名)", "人", "应写作 有上期()"),
    ],
)
def test_what_may_not_be_asked_of_the_earlier_edition_is_said(must, scope, said):
    with pytest.raises(RuleError) as raised:
        check(replace(shipped(), rules={"IDN900": rule(must, scope=scope)}))
    assert [fault.zh.split("；")[0] for fault in raised.value.faults] == [said]


# ── the three-valued law ─────────────────────────────────────────────────────────────────────────────────

CELLS = {
    "户编号": st.sampled_from([HOME, HOME, AWAY, NEW, ""]),
    "姓名": st.sampled_from(["张三", "张三", "李四", ""]),
    "与户主关系": st.sampled_from(["户主", "户主", "之子", ""]),
    "证件号码": st.sampled_from([ONE, ONE, f"{ONE}42", OTHER, THIRD, "", "42"]),
    "性别": st.sampled_from(["男", "女", "", "不详"]),
    "居民医保": st.sampled_from(["是", "否", "", "可能"]),
    "健康状况": st.sampled_from(["健康", "残疾", "残疾,长期慢性病", "", "很好"]),
    "出生日期": st.sampled_from(["1990-05-01", "2004-02-29", "", "约2010"]),
    "人员状态": st.sampled_from(["正常", "正常", "自然减少", "", "#N/A"]),
    "人均纯收入": st.sampled_from(["1", "2", "3000", "", "约3"]),
    "监测对象类别": st.sampled_from(["边缘易致贫户", "", "不知道"]),
    "脱贫属性": st.sampled_from(["未脱贫", "已脱贫", "注销", ""]),
    "识别监测时间": st.sampled_from(["2019-05-01", "2020-05-01", "", "某天"]),
}
LEAVES = {
    "人": [
        "性别 = 上期(性别)", "上期(居民医保) = '是'", "含(上期(健康状况), '残疾')", "年龄 >= 上期(年龄)", "上期(有病)", "有上期()",
        "人均纯收入 > 上期(人均纯收入)", "上期(数据日期) < 数据日期", "上期(在册)", "上期(已监测)", "居民医保 = '是'", "在册", "上期(户已注销)",
        "任一成员(有上期())", "姓名 <> 上期(姓名)",
    ],
    "户": [
        "人均纯收入 <= 上期(人均纯收入) * 2", "上期(已监测)", "有上期()", "任一成员(性别 <> 上期(性别))", "所有成员(有上期())",
        "成员数(上期(居民医保) = '是') > 1", "年(上期(识别监测时间)) = 2020", "户主(上期(性别)) = '男'", "上期(数据日期) < 数据日期",
        "成员合计(上期(年龄)) > 60", "已监测", "曾有成员(NOT 上期(在册))",
    ],
}  # fmt: skip
DERIVED = (
    "在册", "旧号", "升位证件", "证件前18位", "有效证件", "性别", "出生日期", "证件出生日期", "生日", "年龄", "有病", "已监测", "户已注销", "在册成员",
)  # fmt: skip


@cache
def dictionary() -> Dictionary:
    whole = shipped().dictionary
    return replace(whole, derived={name: whole.derived[name] for name in DERIVED})


@st.composite
def condition(draw, level: str, depth: int = 2) -> str:
    kind = draw(st.sampled_from(["leaf", "leaf", "and", "or", "not"])) if depth else "leaf"
    if kind == "leaf":
        return draw(st.sampled_from(LEAVES[level]))
    if kind == "not":
        return f"NOT ({draw(condition(level, depth - 1))})"
    return f"({draw(condition(level, depth - 1))} {kind.upper()} {draw(condition(level, depth - 1))})"


def edition(days: list[str], least: int):
    """Rows of one edition; some column its sheet never had, some cells not on every row."""

    @st.composite
    def drawn(draw):
        gone = draw(st.sets(st.sampled_from(["姓名", "人员状态", "监测对象类别", "出生日期"]), max_size=1))
        cells = {**CELLS, "数据日期": st.sampled_from(days)}
        return [
            {name: draw(text) for name, text in cells.items() if name not in gone}
            for _ in range(draw(st.integers(least, 6)))
        ]

    return drawn()


@settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(
    claims=st.lists(st.sampled_from(["人", "户"]).flatmap(lambda level: st.tuples(st.just(level), condition(level), condition(level))), min_size=12, max_size=12),
    now=edition(["2020-12-31", "2020-12-31", "2018-12-31"], 2),
    old=edition(["2019-12-31", "2019-12-31", "", "2021-12-31"], 1),
)  # fmt: skip
def test_the_engine_and_the_interpreter_agree_on_two_editions(claims, now, old):
    rules = {
        f"IDN9{i:02}": replace(rule(must, when, scope="跨期", subject=level), id=f"IDN9{i:02}")
        for i, (level, when, must) in enumerate(claims)
    }
    engine = open_engine()
    try:
        source = replace(shipped(), rules=rules, profiles={}, dictionary=dictionary())
        tables = two_years(engine, now, old, source.dictionary)
        planned = plan(check(source), tables, Settings(today=DAY))
        judge(engine, planned)

        def columns(of):
            return {level: set(of.columns.get(level, ())) for level in ("人", "户")}

        first = Registry(source, read_back(engine, "上期_人"), read_back(engine, "上期_户"), columns(tables.previous))
        second = Later(source, read_back(engine, "人"), read_back(engine, "户"), columns(tables), earlier=first)
        event(f"{len(planned.rules) // 4 * 4} rules or more ran")
        for name, told in planned.rules.items():
            got = engine.rows(f'SELECT "{name}" FROM "verdicts_{told.level}" ORDER BY "_id"')
            persons = [Subject(second, row, second.home(row)) for row in second.persons]
            homes = [Subject(second, None, row) for row in second.households]
            subjects = persons if told.level == "人" else homes
            assert [WORDS[row[0]] for row in got] == [verdict(second, told.rule, one) for one in subjects], told.rule
    finally:
        engine.close()

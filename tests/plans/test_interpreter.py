"""Random rules over random registries: the engine's verdict on every row is the interpreter's."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fupin_cli.engines import open_engine
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.rule import Basis, Parameter, Rule, Value
from fupin_cli.model.settings import Settings
from fupin_cli.plans import check, plan
from fupin_cli.tables import tables_from_cells
from fupin_cli.verdicts import judge
from tests.plans.interpreter import Registry, Subject, verdict
from tests.plans.judged import DAY, WORDS, shipped

# ── registries ───────────────────────────────────────────────────────────────────────────────────────────

YES_NO = st.sampled_from(["是", "否", "", "可能"])
DAYS = st.sampled_from(["2010-05-01", "2004-02-29", "1949-12-31", "2019-09-01", "2020-12-31", "", "约2010"])
NUMBERS = st.sampled_from(["0", "1", "2", "3", "2.5", "3000", "4000", "-1", "", "约3"])
CELLS = {
    "人": {
        "姓名": st.sampled_from(["张三", "李四", "张%", ""]),
        "与户主关系": st.sampled_from(["户主", "配偶", "之子", "", "邻居"]),
        "性别": st.sampled_from(["男", "女", "", "不详"]),
        "居民医保": YES_NO,
        "职工医保": YES_NO,
        "健康状况": st.sampled_from(["健康", "残疾", "残疾,长期慢性病", "患有大病、残疾", "", "很好"]),
        "务工时间": NUMBERS,
        "出生日期": DAYS,
        "证件号码": st.sampled_from(["11010519491231002X", "110105194912310021", "11010519491231002X42", "990101199001010116", "", "42"]),
        "人员状态": st.sampled_from(["正常", "自然减少", "自然减少", "", "#N/A"]),
        "成员电话": st.sampled_from(["13800000001", "13800000002", "", "138"]),
    },
    "户": {
        "人均纯收入": NUMBERS,
        "家庭人口": st.sampled_from(["0", "1", "2", "3", "", "两口"]),
        "监测对象类别": st.sampled_from(["边缘易致贫户", "", "不知道", "未监测"]),
        "危房户": YES_NO,
        "致贫/返贫风险": st.sampled_from(["因病", "因残,因病", "", "命苦"]),
        "识别监测时间": DAYS,
        "消除监测时间": DAYS,
        "首次识别时间": DAYS,
        "识别年度": st.sampled_from(["2014", "2019", "", "某年"]),
        "脱贫属性": st.sampled_from(["未脱贫", "已脱贫", "注销", "", "不知道"]),
    },
    "地": {
        "村": st.sampled_from(["甲村", "乙村", ""]),
        "数据日期": st.sampled_from(["2020-12-31", "2019-12-31"]),
    },
}  # fmt: skip
CARS = {
    "姓名": CELLS["人"]["姓名"],
    "证件号码": st.one_of(
        CELLS["人"]["证件号码"], st.sampled_from(["110105********002X", "110105********0026", "1101**"])
    ),
    "车辆类型": st.sampled_from(["小型轿车", "三轮车", ""]),
    "购置价格": NUMBERS,
}
DERIVED = (
    "在册", "旧号", "升位证件", "证件前18位", "有效证件", "性别", "出生日期", "证件出生日期", "生日", "年龄", "有基本医保", "有病", "已监测", "监测启用",
    "所属年度", "建档年度", "户已注销", "在册成员",
)  # fmt: skip
HOUSEHOLDS = st.sampled_from(["990101000001", "990101000002", "990101000003"])
PLACES = st.sampled_from([None, "37", "3702", "370202", "62"])


def rows_of(*levels: str, least: int):
    """Rows of one sheet: nearly all of its columns, some not on every row (its sheet had no such column)."""
    cells = {name: texts for level in levels for name, texts in CELLS[level].items()}

    @st.composite
    def drawn(draw):
        never, sometimes = (draw(st.sets(st.sampled_from(sorted(cells)), max_size=most)) for most in (1, 2))
        rows = []
        for number in range(draw(st.integers(0, 5)) + least):
            gone = never | sometimes if number % 3 == 2 else never
            rows.append({"户编号": draw(HOUSEHOLDS)} | {name: draw(cells[name]) for name in cells if name not in gone})
        return rows

    return drawn()


VALUES = st.builds(
    Value,
    value=st.sampled_from([1.0, 2.0, 3000.0]),
    since=st.sampled_from([date(2019, 1, 1), date(2020, 1, 1), date(2020, 12, 31)]),
    until=st.sampled_from([date(2019, 12, 31), date(2020, 12, 31)]),
    place=st.sampled_from(["", "37", "3702"]),
    tier=st.sampled_from(["", "", "国家标准"]),
    basis=st.just(Basis(convention="试")),
).filter(lambda value: value.since <= value.until)


def overlap_free(values: list[Value]) -> tuple[Value, ...]:
    """Keep of each place and tier the first, as the rule loader refuses the others."""
    return tuple({(value.place, value.tier): value for value in reversed(values)}.values())


# ── expressions ──────────────────────────────────────────────────────────────────────────────────────────

SIGNS = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
WHOLE = st.sampled_from(["0", "1", "2", "3", "3000"])
CONSTANT_DAYS = st.sampled_from(["DATE '2020-01-01'", "DATE '2004-02-29'"])


@st.composite
def truth(draw, level: str, around: str = "", depth: int = 3) -> str:
    """A condition over rows of a level; `around` is the member, group or list function it stands in."""
    kinds = LEAVES[level] + (["and", "or", "not"] * 2 + ["brackets"] if depth > 0 else [])
    if not around:
        kinds = kinds + ["member"] * 3 + ["unique", "village", "anywhere", "started"]
    if around == "member":
        kinds = [*kinds, "unique", "started"]
    if level == "人" and around in {"", "member"}:
        kinds = [*kinds, "list"]
    kind = draw(st.sampled_from(kinds))
    return draw(PLAIN[kind]) if kind in PLAIN else MADE[kind](draw, level, around, depth)


def sides(draw, word: str, level: str, around: str, depth: int) -> str:
    return f"({draw(truth(level, around, depth - 1))} {word} {draw(truth(level, around, depth - 1))})"


def between(draw, level: str, around: str, _depth: int) -> str:
    return f"{draw(number(level, around))} BETWEEN {draw(number(level, around, 0))} AND {draw(WHOLE)}"


def listed(draw, _level: str, _around: str, _depth: int) -> str:
    return f"名单有('车辆', {draw(truth('名单', 'list', 1))})" if draw(st.booleans()) else "在名单('车辆')"


def rows_apart(draw, level: str, _around: str, _depth: int) -> str:
    return f"{draw(st.sampled_from(['不同户数', '不同村数']))}({draw(thing(level))}) {draw(SIGNS)} {draw(WHOLE)}"


MADE = {
    "and": lambda draw, level, around, depth: sides(draw, "AND", level, around, depth),
    "or": lambda draw, level, around, depth: sides(draw, "OR", level, around, depth),
    "not": lambda draw, level, around, depth: f"NOT ({draw(truth(level, around, depth - 1))})",
    "brackets": lambda draw, level, around, depth: f"({draw(truth(level, around, depth - 1))})",
    "sum": lambda draw, level, around, _: f"{draw(number(level, around))} {draw(SIGNS)} {draw(number(level, around))}",
    "between": between,
    "day": lambda draw, level, _around, _depth: f"{draw(day(level))} {draw(SIGNS)} {draw(day(level))}",
    "member": lambda draw, _level, _around, depth: draw(over_members(depth)),
    "unique": lambda draw, level, _around, _depth: draw(over_rows(level)),
    "village": rows_apart,
    "anywhere": lambda draw, level, _around, _depth: f"全表任一({draw(truth(level, 'group', 1))})",
    "started": lambda *_: "监测启用",
    "list": listed,
}
PLAIN = {
    "person": st.sampled_from([
        "居民医保 = '是'", "职工医保 IN ('是', '否')", "性别 = '男'", "与户主关系 <> '户主'", "含(健康状况, '残疾', '健康')",
        "项数(健康状况) = 2", "姓名 LIKE '张%'", "姓名 NOT LIKE '_四'", "在册", "有基本医保", "有病", "居民医保 = 职工医保",
    ]),
    "household": st.sampled_from([
        "危房户 = '是'", "危房户 NOT IN ('是')", "已监测", "监测对象类别 = '未监测'", "含(\"致贫/返贫风险\", '因病')",
        "TRUE", "FALSE", "所属年度 = 建档年度", "村 = '甲村'", "户已注销", "脱贫属性 = '已脱贫'",
    ]),
    "blank person": st.sampled_from([f"为空({name})" for name in CELLS["人"]]),
    "blank household": st.sampled_from(["为空(人均纯收入)", "为空(监测对象类别)", '为空("致贫/返贫风险")', "为空(村)", "为空(数据日期)"]),
    "listed": st.sampled_from([
        "购置价格 > 1", "车辆类型 LIKE '%三轮%'", "NOT 例外", "为空(购置价格)", "购置价格 > 本人(务工时间)", "本人(姓名) = 车辆类型",
        "本人(年龄) >= 购置价格",
    ]),
}  # fmt: skip
LEAVES = {
    "人": ["person"] * 3 + ["household", "blank person", "blank household", "sum", "sum", "between", "day"],
    "户": ["household"] * 3 + ["blank household", "sum", "sum", "between", "day"],
    "名单": ["listed"],
}


@st.composite
def number(draw, level: str, around: str = "", depth: int = 2) -> str:
    own = ["务工时间", "年龄", "周岁(出生日期, 数据日期)", "LENGTH(姓名)", "项数(健康状况)"] if level == "人" else []
    leaves = [
        *own,
        "人均纯收入",
        "家庭人口",
        "建档年度",
        "参数('试线')",
        "参数('试线', 识别监测时间)",
        "参数('试线', 数据日期, '国家标准')",
    ]
    leaves += [
        "月数(识别监测时间, 消除监测时间)",
        "天数(识别监测时间, 数据日期)",
        "年(首次识别时间)",
        "已知合计(人均纯收入, 家庭人口)",
    ]
    kind = draw(st.sampled_from(["leaf", "leaf", "whole", "sum", "one", "count"])) if depth > 0 else "leaf"
    if kind == "sum":
        sides = draw(number(level, around, depth - 1)), draw(number(level, around, depth - 1))
        return f"({sides[0]} {draw(st.sampled_from(['+', '-', '*', '/']))} {sides[1]})"
    if kind == "one":
        return draw(st.sampled_from(["ABS({})", "-({})", "ROUND({})"])).format(draw(number(level, around, depth - 1)))
    if kind == "count" and not around:
        return draw(counted())
    return draw(WHOLE) if kind == "whole" else draw(st.sampled_from(leaves))


@st.composite
def counted(draw) -> str:
    if draw(st.booleans()):
        return f"成员数({draw(truth('人', 'member', 1))})"
    return f"{draw(st.sampled_from(['成员合计', '户主']))}({draw(number('人', 'member', 1))})"


@st.composite
def over_members(draw, depth: int) -> str:
    kind = draw(st.sampled_from(["any", "count", "head", "between"]))
    if kind == "any":
        name = draw(st.sampled_from(["任一成员", "所有成员", "曾有成员"]))
        return f"{name}({draw(truth('人', 'member', depth - 1))})"
    if kind == "head":
        return draw(st.sampled_from(["户主(性别) = '男'", "户主(居民医保 = '是')", "含(户主(健康状况), '残疾')"]))
    count = f"成员数({draw(truth('人', 'member', depth - 1))})"
    if kind == "between":
        return f"{count} BETWEEN {draw(WHOLE)} AND {draw(WHOLE)}"
    sides = [count, draw(st.one_of(WHOLE, st.just("家庭人口"), st.just("成员数(TRUE)")))]
    return f" {draw(SIGNS)} ".join(sides if draw(st.booleans()) else sides[::-1])


@st.composite
def over_rows(draw, level: str) -> str:
    return f"{draw(st.sampled_from(['全表唯一', '户内唯一']))}({draw(thing(level))})"


def thing(level: str):
    return st.sampled_from(
        ["姓名", "证件前18位", "成员电话", "出生日期"] if level == "人" else ["人均纯收入", "识别监测时间", "户编号"]
    )


def day(level: str):
    own = st.sampled_from(["出生日期", "生日", "学年初(数据日期)"]) if level == "人" else st.just("首次识别时间")
    return st.one_of(
        own, CONSTANT_DAYS, st.sampled_from(["识别监测时间", "数据日期", "消除监测时间", "年末(识别年度)"])
    )


class Claim(NamedTuple):
    """What differs from rule to rule."""

    scope: str
    when: str
    must: str
    optional: tuple[str, ...]
    since: date | None
    until: date | None
    regions: tuple[str, ...]

    def rule(self, name: str) -> Rule:
        return Rule(
            id=name, name="试", severity="error", message="", why="", fix="", basis=Basis(convention="试"),
            file=Path("IDN900_试.yaml"), **self._asdict(),
        )  # fmt: skip


@st.composite
def claim(draw) -> Claim:
    scope = draw(st.sampled_from(["人", "户"]))
    columns = [*CELLS["户"], *(CELLS["人"] if scope == "人" else ())]
    return Claim(
        scope,
        when=draw(st.one_of(st.just(""), truth(scope))),
        must=draw(truth(scope)),
        optional=tuple(sorted(draw(st.sets(st.sampled_from(columns), max_size=3)))),
        since=draw(st.sampled_from([None, None, date(2020, 1, 1)])),
        until=draw(st.sampled_from([None, None, date(2019, 12, 31), date(2020, 12, 31)])),
        regions=draw(st.sampled_from([(), (), (), ("3702",), ("62", "37")])),
    )


@cache
def dictionary() -> Dictionary:
    """The shipped one with those derived columns only that the expressions use: less to parse."""
    whole = shipped().dictionary
    return replace(whole, derived={name: whole.derived[name] for name in DERIVED})


# ── the property ─────────────────────────────────────────────────────────────────────────────────────────


def read_back(engine, table: str) -> list[dict[str, object]]:
    names = [row[0] for row in engine.rows(f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position")]  # fmt: skip
    return [dict(zip(names, row, strict=True)) for row in engine.rows(f'SELECT * FROM "{table}" ORDER BY "_id"')]


def expected(one: Rule, registry: Registry) -> list[str]:
    optional = frozenset(one.optional)
    if one.scope == "人":
        return [
            verdict(registry, one, Subject(registry, row, registry.home(row), optional)) for row in registry.persons
        ]
    return [verdict(registry, one, Subject(registry, None, row, optional)) for row in registry.households]


@settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(
    claims=st.lists(claim(), min_size=16, max_size=16),
    persons=st.one_of(*[rows_of("人", "地", least=3)] * 8, st.just([])),
    households=st.one_of(*[rows_of("户", "地", least=1)] * 8, st.just([])),
    cars=st.lists(st.fixed_dictionaries(CARS), max_size=3),
    places=st.lists(PLACES, min_size=4, max_size=4),
    homeless=st.sampled_from([0, 0, 2, 3]),
    values=st.lists(VALUES, max_size=9),
)
def test_the_engine_and_the_interpreter_agree_on_every_row(  # noqa: PLR0917
    claims, persons, households, cars, places, homeless, values
):
    engine = open_engine()
    try:
        rules = {f"IDN9{i:02}": one.rule(f"IDN9{i:02}") for i, one in enumerate(claims)}
        parameters = {**shipped().parameters, "试线": Parameter("试线", "元", overlap_free(values))}
        source = replace(shipped(), rules=rules, profiles={}, parameters=parameters, dictionary=dictionary())
        book, wish = check(source), Settings(today=DAY)
        tables = tables_from_cells(engine, source.dictionary, persons, households, {"车辆": cars}, wish)
        unsettle(engine, tables, places, homeless)
        planned = plan(book, tables, wish)
        judge(engine, planned)
        registry = Registry(
            source,
            read_back(engine, "人") if tables.persons else [],
            read_back(engine, "户"),
            {level: set(tables.columns.get(level, ())) for level in ("人", "户")} | {"车辆": set(tables.lists["车辆"])},
            {"车辆": read_back(engine, "名单_车辆")},
        )
        event(f"{len(planned.rules) // 4 * 4} rules or more ran")
        for name, told in planned.rules.items():
            got = engine.rows(f'SELECT "{name}" FROM "verdicts_{told.level}" ORDER BY "_id"')
            assert [WORDS[row[0]] for row in got] == expected(told.rule, registry), told.rule
    finally:
        engine.close()


def unsettle(engine, tables, places: list[str | None], homeless: int) -> None:
    """Put rows at places of every closeness, and take some persons out of their households."""
    for table in ("人", "户"):
        if table == "户" or tables.persons:
            words = " ".join(
                f"WHEN {i} THEN " + ("NULL" if place is None else f"'{place}'") for i, place in enumerate(places)
            )
            engine.run(f'UPDATE "{table}" SET "_place" = CASE "_id" % 4 {words} END')
    if tables.persons and homeless:
        engine.run(f'UPDATE "人" SET "_household" = NULL WHERE "_id" % {homeless} = 0')

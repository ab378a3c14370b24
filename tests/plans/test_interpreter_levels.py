"""Random rules over villages, counties and rows of lists: the engine's verdict on every row is the interpreter's."""

from datetime import date

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fupin_cli.engines import open_engine
from fupin_cli.model.rule import Parameter, Rule
from fupin_cli.model.settings import Settings
from fupin_cli.plans import check, plan
from fupin_cli.tables import tables_from_cells
from fupin_cli.verdicts import judge
from tests.plans.interpreter import Registry, Subject, verdict
from tests.plans.judged import DAY, WORDS, rule, shipped
from tests.plans.test_interpreter import (
    CARS,
    CELLS,
    SIGNS,
    VALUES,
    WHOLE,
    dictionary,
    number,
    overlap_free,
    read_back,
    rows_of,
    truth,
)

PLACES = {
    "县": st.sampled_from(["示例县", "示例县", "别县", ""]),
    "乡": st.sampled_from(["甲乡", "甲镇", "乙乡", ""]),
    "村": st.sampled_from(["甲村", "乙村", "丙村", ""]),
    "数据日期": st.just("2020-12-31"),
}
VILLAGES = st.fixed_dictionaries(
    PLACES | {"总户数": st.sampled_from(["0", "1", "2", "3", "", "约3"]), "是否出列": st.sampled_from(["是", "否", ""])}
)
LISTED = st.fixed_dictionaries(CARS | {"姓名": CELLS["人"]["姓名"]})


@st.composite
def homes(draw):
    """Rows of households of villages that are mostly told."""
    rows = draw(rows_of("户", least=2))
    places = {name: draw(st.lists(texts, min_size=len(rows), max_size=len(rows))) for name, texts in PLACES.items()}
    return [row | {name: cells[i] for name, cells in places.items()} for i, row in enumerate(rows)]


@st.composite
def of_parts(draw, level: str, depth: int = 2) -> str:
    """A condition over a village or county."""
    kinds = ["count", "count", "any", "sum", "same", "own", *(["villages"] * 3 if level == "县" else [])]
    kind = draw(st.sampled_from([*kinds, *(["and", "or", "not"] if depth else [])]))
    if kind in {"and", "or"}:
        return f"({draw(of_parts(level, depth - 1))} {kind.upper()} {draw(of_parts(level, depth - 1))})"
    if kind == "not":
        return f"NOT ({draw(of_parts(level, depth - 1))})"
    if kind == "any":
        return f"任一户({draw(truth('户', 'member', 1))})"
    if kind == "own":
        return draw(st.sampled_from(["总户数 > 1", "是否出列 = '是'", "为空(总户数)", "村 = '甲村'"] if level == "村" else ["县 = '示例县'", "为空(县)"]))  # fmt: skip
    made = {
        "count": lambda: draw(st.sampled_from(["户数({})", "人数({})"])),
        "same": lambda: draw(st.sampled_from(["同值户数(人均纯收入)", "同值户数(家庭人口)"])),
        "sum": lambda: draw(st.sampled_from(["户合计({})", "人合计({})"])),
        "villages": lambda: draw(st.sampled_from(["村数(总户数 > 1)", "村合计(总户数)", "村数(户数(TRUE) > 总户数)"])),
    }[kind]()
    inner = "人" if made.startswith("人") else "户"
    counted = made.format(draw(truth(inner, "member", 1) if kind == "count" else number(inner, "member", 1)))
    other = draw(st.one_of(WHOLE, st.just("总户数"))) if level == "村" else draw(WHOLE)
    sides = [counted, other] if draw(st.booleans()) else [other, counted]
    return f" {draw(SIGNS)} ".join(sides)


@st.composite
def of_rows(draw, depth: int = 2) -> str:
    """A condition over a row of a list."""
    kinds = ["own", "registry", "same", "least", "any"]
    kind = draw(st.sampled_from([*kinds, *(["and", "not"] if depth else [])]))
    if kind == "and":
        return f"({draw(of_rows(depth - 1))} AND {draw(of_rows(depth - 1))})"
    if kind == "not":
        return f"NOT ({draw(of_rows(depth - 1))})"
    own = draw(st.sampled_from(["购置价格 > 1", "车辆类型 LIKE '%三轮%'", "为空(购置价格)"]))
    group = draw(st.sampled_from(["姓名", "车辆类型", "证件号码"]))
    return {
        "own": own,
        "registry": f"在册有(证件号码, {draw(truth('人', 'member', 1))})"
        if draw(st.booleans())
        else "在册有(证件号码)",
        "same": f"{draw(st.sampled_from([f'同组行数({group}, {own})', f'同组值数({group}, 购置价格)']))} {draw(SIGNS)} {draw(WHOLE)}",
        "least": f"{draw(st.sampled_from(['同组最小', '同组最大']))}({group}, 购置价格) {draw(SIGNS)} 购置价格",
        "any": f"同组任一({group}, {own})",
    }[kind]


@st.composite
def claim(draw) -> Rule:
    scope = draw(st.sampled_from(["村", "县", "名单"]))
    made = of_rows() if scope == "名单" else of_parts(scope)
    since = draw(st.sampled_from([None, None, date(2020, 1, 1)]))
    when = draw(st.one_of(st.just(""), made))
    return rule(draw(made), when, scope, rows=("车辆",) if scope == "名单" else (), since=since)


def subjects(registry: Registry, level: str) -> list[Subject]:
    if level == "村":
        return [Subject(registry, None, None, village=row) for row in registry.villages]
    if level == "县":
        return [Subject(registry, None, None, county=row) for row in registry.counties]
    return [Subject(registry, None, None, listed=("车辆", row), itself=True) for row in registry.lists["车辆"]]


@settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(
    claims=st.lists(claim(), min_size=16, max_size=16),
    persons=rows_of("人", least=3),
    households=homes(),
    villages=st.lists(VILLAGES, min_size=1, max_size=4),
    cars=st.lists(LISTED, min_size=1, max_size=5),
    homeless=st.sampled_from([0, 0, 3]),
    values=st.lists(VALUES, max_size=9),
)
def test_the_engine_and_the_interpreter_agree_on_every_village_county_and_row_of_a_list(  # noqa: PLR0917
    claims, persons, households, villages, cars, homeless, values
):
    engine = open_engine()
    try:
        rules = {f"IDN9{i:02}": replace(one, id=f"IDN9{i:02}") for i, one in enumerate(claims)}
        parameters = {**shipped().parameters, "试线": Parameter("试线", "元", overlap_free(values))}
        source = replace(shipped(), rules=rules, profiles={}, parameters=parameters, dictionary=dictionary())
        book, wish = check(source), Settings(today=DAY)
        tables = tables_from_cells(
            engine, source.dictionary, persons, households, {"车辆": cars}, wish, villages=villages
        )
        if homeless:
            engine.run(f'UPDATE "人" SET "_household" = NULL WHERE "_id" % {homeless} = 0')
        planned = plan(book, tables, wish)
        judge(engine, planned)
        columns = {level: set(tables.columns.get(level, ())) for level in ("人", "户", "村", "县")}
        registry = Registry(
            source, read_back(engine, "人"), read_back(engine, "户"), columns | {"车辆": set(tables.lists["车辆"])},
            {"车辆": read_back(engine, "名单_车辆")}, read_back(engine, "村"), read_back(engine, "县"),
        )  # fmt: skip
        for name, told in planned.rules.items():
            got = engine.rows(f'SELECT "{name}" FROM "verdicts_{told.level}" ORDER BY "_id"')
            wanted = [verdict(registry, told.rule, subject) for subject in subjects(registry, told.level)]
            assert [WORDS[row[0]] for row in got] == wanted, told.rule
    finally:
        engine.close()

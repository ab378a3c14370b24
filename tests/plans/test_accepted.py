"""Whatever the checker accepts, the engine can run: every function inside every other, on awkward cells."""

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fupin_cli.engines import open_engine
from fupin_cli.errors import RuleError
from fupin_cli.language.functions import FUNCTIONS
from fupin_cli.model.rule import Basis, Rule
from fupin_cli.model.settings import Settings
from fupin_cli.plans import check, plan
from fupin_cli.tables import tables_from_cells
from fupin_cli.verdicts import judge
from tests.plans.judged import DAY, shipped

PERSONS = [
    {"户编号": "990101000001", "姓名": "张三", "与户主关系": "户主", "证件号码": "11010519491231002X", "健康状况": "残疾", "务工时间": "1e3", "出生日期": "1949-12-31"},
    {"户编号": "990101000001", "姓名": "nan", "与户主关系": "", "证件号码": "", "健康状况": "", "务工时间": "", "出生日期": ""},
    {"户编号": "990101000002", "姓名": "1e999", "与户主关系": "户主", "证件号码": "1", "健康状况": "好", "务工时间": "-0", "出生日期": "9999-12-31"},
]  # fmt: skip
HOUSEHOLDS = [
    {"户编号": "990101000001", "人均纯收入": "-1", "家庭人口": "9223372036854775807", "首次识别时间": "1900-01-01", "村": "甲村", "识别年度": "2014", "危房户": "是", "致贫/返贫风险": "因病"},
    {"户编号": "990101000003", "人均纯收入": "0", "家庭人口": "0", "首次识别时间": "", "村": "", "识别年度": "", "危房户": "", "致贫/返贫风险": ""},
]  # fmt: skip
CARS = [{"证件号码": "11010519491231002X", "车辆类型": "a'b%", "购置价格": "1"}]


def of_kind(kind: str, depth: int):
    """An expression of a kind, sense or nonsense."""
    leaves = LEAVES[kind]
    if depth <= 0 or kind not in MAKERS:
        return st.sampled_from(leaves)
    return st.one_of(st.sampled_from(leaves), st.sampled_from(MAKERS[kind]).flatmap(lambda made: made(depth - 1)))


def call(name: str, *kinds: str):
    def made(depth: int):
        return st.tuples(*(of_kind(kind, depth) for kind in kinds)).map(lambda given: f"{name}({', '.join(given)})")

    return made


def sign(words: list[str], left: str, right: str):
    def made(depth: int):
        parts = st.tuples(of_kind(left, depth), st.sampled_from(words), of_kind(right, depth))
        return parts.map(lambda found: f"({found[0]} {found[1]} {found[2]})")

    return made


COMPARE = ["=", "<>", "<", "<=", ">", ">="]
LEAVES = {
    "真假": ["TRUE", "危房户 = '是'", "在册", "已监测", "例外", "监测启用", "为空(村)", "在名单('车辆')", "车辆类型 LIKE 'a''b%'", "含(\"致贫/返贫风险\", '因病')"],
    "数字": ["0", "1.5", "1e20", "99999999999999999999", "人均纯收入", "家庭人口", "务工时间", "年龄", "购置价格", "识别年度", "低保人数", "参数('收入线')", "户主(年龄)"],
    "文本": ["''", "'a%_'", "姓名", "证件号码", "村", "车辆类型", "本人(姓名)", "户主证件", "户编号"],
    "日期": ["DATE '2020-02-29'", "出生日期", "首次识别时间", "数据日期", "生日", "本人(数据日期)"],
}  # fmt: skip
MAKERS: dict[str, list] = {
    "真假": [
        sign(["AND", "OR"], "真假", "真假"), call("NOT ", "真假"), sign(COMPARE, "数字", "数字"), sign(COMPARE, "日期", "日期"),
        sign(["=", "<>"], "文本", "文本"), sign(["=", "<>"], "真假", "真假"), call("名单有", "名单", "真假"),
        *(call(name, "真假") for name in ("任一成员", "所有成员", "曾有成员", "全表任一", "户主", "本人")),
        *(call(name, "文本") for name in ("全表唯一", "户内唯一", "地区码有效")), call("全表唯一", "真假"), call("户内唯一", "数字"),
    ],
    "数字": [
        sign(["+", "-", "*", "/"], "数字", "数字"), call("ABS", "数字"), call("ROUND", "数字"), call("-", "数字"), call("LENGTH", "文本"),
        call("成员数", "真假"), call("成员合计", "数字"), call("户主", "数字"), call("不同户数", "文本"), call("不同村数", "日期"),
        call("已知合计", "数字", "数字"), call("参数", "线", "日期"), call("参数", "线", "日期", "文本"), call("本人", "数字"),
    ],
    "文本": [call("户主", "文本"), call("本人", "文本")],
    "日期": [call("户主", "日期"), call("本人", "日期")],
}  # fmt: skip
LEAVES |= {"线": ["'收入线'"], "名单": ["'车辆'"]}
for _name, _function in FUNCTIONS.items():
    if _name != "匹配" and not _function.derived_only:
        MAKERS[_function.gives].append(call(_name, *_function.takes))


def of(scope: str, text: str, number: int) -> Rule:
    return Rule(
        id=f"IDN{number:03}", name="试", scope=scope, severity="error", message="", why="", fix="", basis=Basis(convention="试"),
        file=Path("无.yaml"), must=text,
    )  # fmt: skip


def accepted(rules: list[Rule]):
    """The rules without those the checker refuses."""
    while True:
        source = replace(shipped(), rules={one.id: one for one in rules}, profiles={})
        try:
            return check(source)
        except RuleError as refusal:
            wrong = {fault.excerpt for fault in refusal.faults}
            rules = [one for one in rules if one.must not in wrong]


@settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(st.lists(st.tuples(st.sampled_from(["人", "户"]), of_kind("真假", 3)), min_size=40, max_size=40))
def test_whatever_the_checker_accepts_the_engine_can_run(claims):
    book = accepted([of(scope, text, number) for number, (scope, text) in enumerate(claims)])
    engine = open_engine()
    try:
        wish = Settings(today=DAY)
        tables = tables_from_cells(engine, book.source.dictionary, PERSONS, HOUSEHOLDS, {"车辆": CARS}, wish)
        planned = plan(book, tables, wish)
        counts = judge(engine, planned)
        rows = {"人": len(PERSONS), "户": 3}
        for name, told in planned.rules.items():
            found = counts[name]
            assert found.passed + found.failed + found.unknown + found.not_applicable == rows[told.level], (
                told.rule.must
            )
    finally:
        engine.close()

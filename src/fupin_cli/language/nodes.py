"""Checks of SQL's own nodes: the allow-list, with the kind each gives."""

import re
from datetime import date
from typing import cast

from sqlglot import exp

from fupin_cli.catalogue import both, enumerated
from fupin_cli.language.calls import CALLS
from fupin_cli.language.columns import column
from fupin_cli.language.functions import EARLIER, FUNCTIONS, LISTS, SPECIAL, STANDS, WITHOUT
from fupin_cli.language.list_calls import LIST_CALLS
from fupin_cli.language.symbols import Kind
from fupin_cli.language.walk import Checks, Walk, coded, comparable, nearest

_COMPARE = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_COPIES = 200  # so often may the SQL of functions inside functions repeat an argument
_NOT_RE2 = re.compile(
    r"\(\?(?![ims:]|P<)|\\[1-9]|[*+?}]\+"
)  # what Python's regular expressions know and the engine's do not
_ONLY_RE2 = re.compile(r"\\[pP](\{\^?\w+\}|\w)|\\x\{[0-9A-Fa-f]+\}|\[:\^?[a-z]+:\]")  # … and the other way round
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div)

_BOUND_LOOSER = (*_COMPARE, exp.Not, exp.And, exp.Or, exp.Like, exp.In, exp.Between)

_CALLS = {**CALLS, **LIST_CALLS}

# ── one check per node type ──────────────────────────────────────────────────────────────────────────────


def _logic(walk: Walk, node: exp.Expression) -> Kind:
    for side in (node.this, node.args.get("expression")):
        if side is not None:
            walk.want(side, "真假", *both("AND、OR、NOT 的两边"))
    return "真假"


def _compare(walk: Walk, node: exp.Expression) -> Kind:
    left, right = node.this, node.expression
    kinds = walk.kind(left), walk.kind(right)
    if None in kinds:
        return "真假"
    if isinstance(left, _BOUND_LOOSER) or isinstance(right, _BOUND_LOOSER):
        walk.fault(node, *both("比较的两边要是条件时请加括号"))
        return "真假"
    if "多值" in kinds:
        walk.fault(node, *both("多值列只能用 含(列, '值') 和 项数(列)"))
    elif not comparable(*cast("tuple[Kind, Kind]", kinds)):
        walk.fault(node, *both("两边类型不同：{kinds} 与 {kinds2}", kinds=kinds[0], kinds2=kinds[1]))
    else:
        coded(walk, left, [right])
        coded(walk, right, [left])
    return "真假"


def _between(walk: Walk, node: exp.Expression) -> Kind:
    kinds = [walk.kind(part) for part in (node.this, node.args["low"], node.args["high"])]
    if None not in kinds and (len(set(kinds)) > 1 or kinds[0] not in {"数字", "日期"}):
        walk.fault(node, *both("BETWEEN 要三个数字或三个日期，这里是 {kinds}", kinds=str(kinds)))
    return "真假"


def _in(walk: Walk, node: exp.Expression) -> Kind:
    kind = walk.kind(node.this)
    if node.args.get("query") or node.args.get("unnest") or not node.expressions:
        walk.fault(node, *both("IN 后面只能是括号里的常量"))
        return "真假"
    if kind in {"多值", "真假"}:
        walk.fault(node, *both("多值列和真假列不能用 IN；多值列用 含(列, '值', …)"))
        return "真假"
    for value in node.expressions:
        if isinstance(value, exp.Null):
            walk.fault(node, *both("IN 里不能有 NULL：结果会全部变成无法判断"))
        elif not isinstance(value.this if isinstance(value, exp.Neg) else value, (exp.Literal, exp.Cast)):
            walk.fault(value, *both("IN 里只能是常量"))
        else:
            other = walk.kind(value)
            if kind and other and not comparable(kind, other):
                walk.fault(value, *both("类型不同：{kind} 与 {other}", kind=kind, other=other))
    coded(walk, node.this, node.expressions)
    return "真假"


def _like(walk: Walk, node: exp.Expression) -> Kind:
    walk.want(node.this, "文本", *both("LIKE 左边"))
    if not (isinstance(node.expression, exp.Literal) and node.expression.is_string):
        walk.fault(node, *both("LIKE 右边要是文本常量"))
    return "真假"


def _arithmetic(walk: Walk, node: exp.Expression) -> Kind:
    for side in (node.this, node.expression):
        walk.want(side, "数字", *both("加减乘除的两边"))
    return "数字"


def _number_function(walk: Walk, node: exp.Expression) -> Kind:
    walk.want(node.this, "数字", *both("参数", "nodes"))
    decimals = node.args.get("decimals")
    if decimals is not None and not (isinstance(decimals, exp.Literal) and decimals.is_int):
        walk.fault(node, *both("ROUND 的位数要是整数常量"))
    return "数字"


def _length(walk: Walk, node: exp.Expression) -> Kind:
    walk.want(node.this, "文本", *both("LENGTH 的参数"))
    return "数字"


def _literal(_walk: Walk, node: exp.Expression) -> Kind:
    return "文本" if cast("exp.Literal", node).is_string else "数字"


def _boolean(_walk: Walk, _node: exp.Expression) -> Kind:
    return "真假"


def _cast(walk: Walk, node: exp.Expression) -> Kind | None:
    if isinstance(node.this, exp.Literal) and type(node) is exp.Cast and node.to.is_type("date"):
        if not _is_day(node.this.name):
            walk.fault(node.this, *both("没有“{name}”这一天", name=node.this.name))
        return "日期"
    walk.fault(node, *both("只能写 DATE '2020-01-01'"))
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _null(walk: Walk, node: exp.Expression) -> None:
    walk.fault(node, *both("规则里不能写 NULL；空白用 为空(列)"))


def _is(walk: Walk, node: exp.Expression) -> Kind:
    walk.fault(node, *both("规则里不能用 IS；空白用 为空(列)"))
    return "真假"


def _case(walk: Walk, node: exp.Expression) -> Kind | None:
    if not walk.derived:
        walk.fault(node, *both("规则里不能用 CASE：它会掩盖无法判断"))
        return None
    kinds: list[Kind | None] = []
    for branch in node.args["ifs"]:
        walk.want(branch.this, "真假", *both("WHEN 后面"))
        kinds.append(walk.kind(branch.args["true"]))
    if node.args.get("default") is not None:
        kinds.append(walk.kind(node.args["default"]))
    known = [kind for kind in kinds if kind is not None]
    if any(not comparable(known[0], kind) for kind in known):
        walk.fault(node, *both("各分支类型不同：{known}", known=str(known)))
    return kinds[0]


def _misplaced(walk: Walk, node: exp.Expression) -> bool:
    """Note a function that no statement could answer where it stands."""
    name = node.name
    around = next((around for around in walk.inside if name in WITHOUT[around]), None)
    stands = STANDS.get(name, (walk.level,))
    if around is not None:
        walk.fault(node, *both("{around} 里不能用 {name}", around=around, name=name))
    elif walk.derived and name in {*LISTS, *EARLIER}:
        walk.fault(node, *both("派生列里不能用 {name}", name=name))
    elif walk.level not in stands:
        walk.fault(
            node,
            *both("{name} 只问{stands}的行，这里是{level}的行", name=name, stands=enumerated(stands), level=walk.level),
        )
    else:
        return False
    return True


def _function(walk: Walk, node: exp.Expression) -> Kind | None:
    name = node.name
    if _misplaced(walk, node):
        return None
    if (check := _CALLS.get(name)) is not None:
        walk.calls.add(name)
        return check(walk, node)
    function = FUNCTIONS.get(name)
    if function is None or (function.derived_only and not walk.derived):
        walk.fault(node, *both("没有“{name}”这个函数{told}", name=name, told=nearest(name, [*FUNCTIONS, *SPECIAL])))
        return None
    if len(node.expressions) != len(function.takes):
        walk.fault(node, *both("{name} 要 {n} 个参数", name=name, n=len(function.takes)))
        return function.gives
    outer, walk.copies = walk.copies, walk.copies * function.copies
    if walk.copies > _COPIES:
        walk.fault(node, *both("函数套得太深，请拆成几条"))
        return function.gives
    for argument, kind in zip(node.expressions, function.takes, strict=True):
        walk.want(argument, kind, *both("{name} 的参数", name=name))
    walk.copies = outer
    if name == "匹配":
        _pattern(walk, node.expressions[1])
    return function.gives


def _pattern(walk: Walk, node: exp.Expression) -> None:
    if not isinstance(node, exp.Literal):
        walk.fault(node, *both("匹配 的第二个参数要是常量"))
        return
    try:
        re.compile(_ONLY_RE2.sub(".", node.name))
        wrong = _NOT_RE2.search(node.name) is not None
    except re.error:
        wrong = True
    if wrong:
        walk.fault(node, *both("“{name}”不是能用的正则表达式", name=node.name))


NODES: Checks = (
    ((exp.And, exp.Or, exp.Not), _logic),
    (_COMPARE, _compare),
    (exp.Between, _between),
    (exp.In, _in),
    (exp.Like, _like),
    (_ARITHMETIC, _arithmetic),
    ((exp.Neg, exp.Abs, exp.Round), _number_function),
    (exp.Length, _length),
    (exp.Literal, _literal),
    (exp.Boolean, _boolean),
    (exp.Cast, _cast),
    (exp.Null, _null),
    (exp.Is, _is),
    (exp.Case, _case),
    (exp.Column, column),
    (exp.Anonymous, _function),
)

"""Checks of the functions that need more than their arguments: members, parameters, lists, other rows."""

from sqlglot import exp

from fupin_cli.catalogue import both
from fupin_cli.language.functions import COUNTS, GROUPS, LISTS, PART_OF, SPECIAL, SUMMED
from fupin_cli.language.symbols import Kind
from fupin_cli.language.walk import Walk, coded, nearest, symbol_of

# ── functions of our own that need more than their arguments ─────────────────────────────────────────────


def arguments(walk: Walk, node: exp.Expression, least: int, most: int | None = None) -> bool:
    """Tell whether a call has as many arguments as it takes; say so when it has not."""
    count = len(node.expressions)
    if count < least or (most is not None and count > most):
        walk.fault(node, *both("应写作 {special}", special=SPECIAL[node.name]))
        return False
    return True


def _blank(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 1, 1):
        column = node.expressions[0]
        walk.kind(column)
        symbol = symbol_of(walk, column)
        if not isinstance(column, exp.Column) or (
            symbol is not None and symbol.alternatives and symbol.name not in walk.symbols.columns
        ):
            walk.fault(node, *both("为空 只问表里的一列"))
    return "真假"


def _has(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 2):
        if walk.kind(node.expressions[0]) not in {"多值", None}:
            walk.fault(node, *both("含 的第一个参数要是多值列"))
        if not all(isinstance(value, exp.Literal) and value.is_string for value in node.expressions[1:]):
            walk.fault(node, *both("含 的值要是文本常量"))
        coded(walk, node.expressions[0], node.expressions[1:])
    return "真假"


def _count_values(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 1, 1) and walk.kind(node.expressions[0]) not in {"多值", None}:
        walk.fault(node, *both("项数 的参数要是多值列"))
    return "数字"


def _over_parts(walk: Walk, node: exp.Expression) -> Kind | None:
    """Members of a household; households, persons and villages of a village or county."""
    if not arguments(walk, node, 1, 1):
        return None
    outer, walk.level = walk.level, PART_OF[node.name]
    walk.inside.append(node.name)
    kind = walk.kind(node.expressions[0])
    walk.inside.pop()
    walk.level = outer
    if node.name == "户主":
        return kind
    wanted: Kind = "数字" if node.name in SUMMED else "真假"
    if kind is not None and kind != wanted and node.name != "同值户数":
        walk.fault(node, *both("{name} 里应是{wanted}，这里是{kind}", name=node.name, wanted=wanted, kind=kind))
    return "数字" if node.name in {*SUMMED, *COUNTS} else "真假"


def _over_rows(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 1, 1):
        walk.inside.append(node.name)
        walk.kind(node.expressions[0])
        walk.inside.pop()
    return "数字" if node.name in {"不同户数", "不同村数"} else "真假"


def _parameter(walk: Walk, node: exp.Expression) -> Kind | None:
    if not arguments(walk, node, 1, 3):
        return None
    name = node.expressions[0]
    if not (isinstance(name, exp.Literal) and name.is_string):
        walk.fault(node, *both("参数的名称要是常量"))
        return None
    if name.name not in walk.symbols.parameters:
        zh, en = nearest(name.name, list(walk.symbols.parameters))
        walk.fault(name, *both("没有参数“{name}”{nearest}", name=name.name, nearest=(zh, en)))
        return None
    if len(node.expressions) > 1:
        walk.want(node.expressions[1], "日期", *both("参数的第二项"))
    if len(node.expressions) > 2:
        walk.want(node.expressions[2], "文本", *both("参数的第三项"))
    walk.parameters.add(name.name)
    return walk.symbols.parameters[name.name]


def _on_list(walk: Walk, node: exp.Expression) -> Kind:
    if not arguments(walk, node, 1 if node.name == "在名单" else 2, 1 if node.name == "在名单" else 2):
        return "真假"
    name = node.expressions[0]
    if not (isinstance(name, exp.Literal) and name.name in walk.symbols.lists):
        zh, en = nearest(name.name, list(walk.symbols.lists))
        walk.fault(name, *both("没有名单“{name}”{nearest}", name=name.name, nearest=(zh, en)))
        return "真假"
    if walk.level == "户":
        walk.fault(node, *both("户规则里名单要放在 任一成员(…) 中"))
    elif walk.level != "人":
        walk.fault(node, *both("{name} 问的是人，{level}规则里不能直接用", name=node.name, level=walk.level))
    walk.lists.add(name.name)
    walk.note("证件前18位")
    if len(node.expressions) > 1:
        walk.inside.append(node.name)
        walk.listed = name.name
        walk.want(node.expressions[1], "真假", *both("名单条件"))
        walk.listed = None
        walk.inside.pop()
    return "真假"


def _self(walk: Walk, node: exp.Expression) -> Kind | None:
    if not arguments(walk, node, 1, 1):
        return None
    if not walk.listed or walk.level == "名单":
        walk.fault(node, *both("本人(列) 只用在名单条件里"))
    outer, walk.listed = walk.listed, None
    kind = walk.kind(node.expressions[0])
    walk.listed = outer
    return kind


def _previous(walk: Walk, node: exp.Expression) -> Kind | None:
    if not arguments(walk, node, 1, 1):
        return None
    _asks_earlier(walk, node)
    if not isinstance(node.expressions[0], exp.Column):
        walk.fault(node, *both("上期 只问一列"))
        return None
    walk.inside.append("上期")
    kind = walk.kind(node.expressions[0])
    walk.inside.pop()
    return kind


def _has_previous(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 0, 0):
        _asks_earlier(walk, node)
    return "真假"


def _asks_earlier(walk: Walk, node: exp.Expression) -> None:
    """Persons of two editions meet by their certificate; only persons and households meet."""
    walk.previous = True
    if walk.level not in {"人", "户"}:
        walk.fault(node, *both("{name} 只问人和户", name=node.name))
    if walk.level == "人":
        walk.note("证件前18位")
        walk.earlier.add("证件前18位")


def _known_sum(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 1):
        walk.inside.append(node.name)
        for argument in node.expressions:
            walk.want(argument, "数字", *both("已知合计 的参数"))
        walk.inside.pop()
    return "数字"


def _required(walk: Walk, node: exp.Expression) -> Kind:
    """The profile says which columns; the plan writes them out."""
    if arguments(walk, node, 0, 0) and walk.level != "户":
        walk.fault(node, *both("必填已填() 只用在户规则里"))
    return "真假"


def _region(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 1, 1):
        walk.inside.append(node.name)
        walk.want(node.expressions[0], "文本", *both("地区码有效 的参数"))
        walk.inside.pop()
    return "真假"


CALLS = {
    "为空": _blank,
    "含": _has,
    "项数": _count_values,
    **dict.fromkeys(PART_OF, _over_parts),
    **dict.fromkeys(GROUPS, _over_rows),
    **dict.fromkeys(LISTS, _on_list),
    "参数": _parameter,
    "本人": _self,
    "上期": _previous,
    "有上期": _has_previous,
    "已知合计": _known_sum,
    "地区码有效": _region,
    "必填已填": _required,
}

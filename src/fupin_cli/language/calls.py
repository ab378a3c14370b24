"""Checks of the functions that need more than their arguments: members, parameters, lists, other rows."""

from sqlglot import exp

from fupin_cli.language.functions import COUNTS, GROUPS, LISTS, PART_OF, SPECIAL, SUMMED
from fupin_cli.language.symbols import Kind
from fupin_cli.language.walk import Walk, coded, nearest, symbol_of

# ── functions of our own that need more than their arguments ─────────────────────────────────────────────


def arguments(walk: Walk, node: exp.Expression, least: int, most: int | None = None) -> bool:
    """Tell whether a call has as many arguments as it takes; say so when it has not."""
    count = len(node.expressions)
    if count < least or (most is not None and count > most):
        walk.fault(node, f"应写作 {SPECIAL[node.name]}", f"write {SPECIAL[node.name]}")
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
            walk.fault(node, "为空 只问表里的一列", "为空 asks about one column of the registry")
    return "真假"


def _has(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 2):
        if walk.kind(node.expressions[0]) not in {"多值", None}:
            walk.fault(node, "含 的第一个参数要是多值列", "the first argument of 含 must be a 多值 column")
        if not all(isinstance(value, exp.Literal) and value.is_string for value in node.expressions[1:]):
            walk.fault(node, "含 的值要是文本常量", "the values of 含 must be constant texts")
        coded(walk, node.expressions[0], node.expressions[1:])
    return "真假"


def _count_values(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 1, 1) and walk.kind(node.expressions[0]) not in {"多值", None}:
        walk.fault(node, "项数 的参数要是多值列", "the argument of 项数 must be a 多值 column")
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
        walk.fault(node, f"{node.name} 里应是{wanted}，这里是{kind}", f"{node.name} takes {wanted}, not {kind}")
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
        walk.fault(node, "参数的名称要是常量", "the name of a parameter must be a constant")
        return None
    if name.name not in walk.symbols.parameters:
        zh, en = nearest(name.name, list(walk.symbols.parameters))
        walk.fault(name, f"没有参数“{name.name}”{zh}", f"there is no parameter {name.name}{en}")
        return None
    if len(node.expressions) > 1:
        walk.want(node.expressions[1], "日期", "参数的第二项", "the second argument of 参数")
    if len(node.expressions) > 2:
        walk.want(node.expressions[2], "文本", "参数的第三项", "the third argument of 参数")
    walk.parameters.add(name.name)
    return walk.symbols.parameters[name.name]


def _on_list(walk: Walk, node: exp.Expression) -> Kind:
    if not arguments(walk, node, 1 if node.name == "在名单" else 2, 1 if node.name == "在名单" else 2):
        return "真假"
    name = node.expressions[0]
    if not (isinstance(name, exp.Literal) and name.name in walk.symbols.lists):
        zh, en = nearest(name.name, list(walk.symbols.lists))
        walk.fault(name, f"没有名单“{name.name}”{zh}", f"there is no list {name.name}{en}")
        return "真假"
    if walk.level == "户":
        walk.fault(node, "户规则里名单要放在 任一成员(…) 中", "in a 户 rule a list stands inside 任一成员(…)")
    elif walk.level != "人":
        zh = f"{node.name} 问的是人，{walk.level}规则里不能直接用"
        walk.fault(node, zh, f"{node.name} is asked of persons: it may not stand in a {walk.level} rule by itself")
    walk.lists.add(name.name)
    walk.note("证件前18位")
    if len(node.expressions) > 1:
        walk.inside.append(node.name)
        walk.listed = name.name
        walk.want(node.expressions[1], "真假", "名单条件", "the condition on a list")
        walk.listed = None
        walk.inside.pop()
    return "真假"


def _self(walk: Walk, node: exp.Expression) -> Kind | None:
    if not arguments(walk, node, 1, 1):
        return None
    if not walk.listed or walk.level == "名单":
        walk.fault(node, "本人(列) 只用在名单条件里", "本人(column) stands in conditions on a list only")
    outer, walk.listed = walk.listed, None
    kind = walk.kind(node.expressions[0])
    walk.listed = outer
    return kind


def _previous(walk: Walk, node: exp.Expression) -> Kind | None:
    if not arguments(walk, node, 1, 1):
        return None
    _asks_earlier(walk, node)
    if not isinstance(node.expressions[0], exp.Column):
        walk.fault(node, "上期 只问一列", "上期 asks about one column")
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
        walk.fault(node, f"{node.name} 只问人和户", f"{node.name} is asked of persons and households")
    if walk.level == "人":
        walk.note("证件前18位")
        walk.earlier.add("证件前18位")


def _known_sum(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 1):
        walk.inside.append(node.name)
        for argument in node.expressions:
            walk.want(argument, "数字", "已知合计 的参数", "an argument of 已知合计")
        walk.inside.pop()
    return "数字"


def _required(walk: Walk, node: exp.Expression) -> Kind:
    """The profile says which columns; the plan writes them out."""
    if arguments(walk, node, 0, 0) and walk.level != "户":
        walk.fault(node, "必填已填() 只用在户规则里", "必填已填() stands in 户 rules only")
    return "真假"


def _region(walk: Walk, node: exp.Expression) -> Kind:
    if arguments(walk, node, 1, 1):
        walk.inside.append(node.name)
        walk.want(node.expressions[0], "文本", "地区码有效 的参数", "the argument of 地区码有效")
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

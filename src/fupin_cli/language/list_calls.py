"""Checks of the functions that rows of a list ask, of the registry and of each other, and of keys that stand on a list."""

from sqlglot import exp

from fupin_cli.language.calls import arguments
from fupin_cli.language.functions import REGISTRY
from fupin_cli.language.symbols import Kind
from fupin_cli.language.walk import Walk, nearest


def _in_registry(walk: Walk, node: exp.Expression) -> Kind:
    """A person of the registry with this certificate, or a household with this 户编号; perhaps with a condition."""
    if not arguments(walk, node, 1, 2):
        return "真假"
    if not walk.listed:
        zh, en = f"{node.name} 只由名单的行来问", f"{node.name} is asked by rows of a list only"
        walk.fault(node, zh, en)
        return "真假"
    walk.want(node.expressions[0], "文本", f"{node.name} 的第一项", f"the first argument of {node.name}")
    outer = walk.level, walk.listed
    walk.level, walk.listed = REGISTRY[node.name], None
    walk.inside.append(node.name)
    walk.note("证件前18位" if walk.level == "人" else "户编号")
    if len(node.expressions) > 1:
        walk.want(node.expressions[1], "真假", f"{node.name} 的条件", f"the condition of {node.name}")
    walk.inside.pop()
    walk.level, walk.listed = outer
    return "真假"


def _key_of_list(walk: Walk, node: exp.Expression) -> Kind:
    if not arguments(walk, node, 2, 2):
        return "真假"
    name = node.expressions[0]
    keys = walk.symbols.keys
    if not (isinstance(name, exp.Literal) and name.name in walk.symbols.lists):
        zh, en = nearest(name.name, list(keys))
        walk.fault(name, f"没有名单“{name.name}”{zh}", f"there is no list {name.name}{en}")
    elif name.name not in keys:
        zh = f"名单“{name.name}”按证件认人，要用 在名单('{name.name}')"
        walk.fault(name, zh, f"the list {name.name} goes by certificates: write 在名单('{name.name}')")
    else:
        walk.lists.add(name.name)
    walk.inside.append(node.name)
    walk.want(node.expressions[1], "文本", "名单含 的第二项", "the second argument of 名单含")
    walk.inside.pop()
    return "真假"


_SECOND: dict[str, tuple[Kind, ...]] = {  # function → the kinds its second argument may be of; others take any
    "同组行数": ("真假",), "同组任一": ("真假",), "同组最小": ("数字", "日期"), "同组最大": ("数字", "日期"),
}  # fmt: skip


def _over_same(walk: Walk, node: exp.Expression) -> Kind | None:
    """Rows of the same list with this row's value of a column."""
    if not arguments(walk, node, 2, 2):
        return None
    walk.inside.append(node.name)
    walk.kind(node.expressions[0])
    kind = walk.kind(node.expressions[1])
    walk.inside.pop()
    wanted = _SECOND.get(node.name, ())
    if kind is not None and wanted and kind not in wanted:
        said = "或".join(wanted)
        walk.fault(
            node, f"{node.name} 的第二项应是{said}，这里是{kind}", f"{node.name} takes {said} second, not {kind}"
        )
    if node.name in {"同组最小", "同组最大"}:
        return kind
    return "真假" if node.name == "同组任一" else "数字"


LIST_CALLS = {
    **dict.fromkeys(REGISTRY, _in_registry),
    "名单含": _key_of_list,
    **dict.fromkeys(("同组行数", "同组任一", "同组最小", "同组最大", "同组值数"), _over_same),
}

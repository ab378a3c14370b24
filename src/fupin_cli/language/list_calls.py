"""Checks of the functions that rows of a list ask, of the registry and of each other, and of keys that stand on a list."""

from sqlglot import exp

from fupin_cli.catalogue import both
from fupin_cli.language.calls import arguments
from fupin_cli.language.functions import REGISTRY
from fupin_cli.language.symbols import Kind
from fupin_cli.language.walk import Walk, nearest


def _in_registry(walk: Walk, node: exp.Expression) -> Kind:
    """A person of the registry with this certificate, or a household with this 户编号; perhaps with a condition."""
    if not arguments(walk, node, 1, 2):
        return "真假"
    if not walk.listed:
        walk.fault(node, *both("{name} 只由名单的行来问", name=node.name))
        return "真假"
    walk.want(node.expressions[0], "文本", *both("{name} 的第一项", name=node.name))
    outer = walk.level, walk.listed
    walk.level, walk.listed = REGISTRY[node.name], None
    walk.inside.append(node.name)
    walk.note("证件前18位" if walk.level == "人" else "户编号")
    if len(node.expressions) > 1:
        walk.want(node.expressions[1], "真假", *both("{name} 的条件", name=node.name))
    walk.inside.pop()
    walk.level, walk.listed = outer
    return "真假"


def _key_of_list(walk: Walk, node: exp.Expression) -> Kind:
    if not arguments(walk, node, 2, 2):
        return "真假"
    name = node.expressions[0]
    keys = walk.symbols.keys
    if not (isinstance(name, exp.Literal) and name.name in walk.symbols.lists):
        walk.fault(name, *both("没有名单“{name}”{nearest}", name=name.name, nearest=nearest(name.name, list(keys))))
    elif name.name not in keys:
        walk.fault(name, *both("名单“{name}”按证件认人，要用 在名单('{name}')", name=name.name))
    else:
        walk.lists.add(name.name)
    walk.inside.append(node.name)
    walk.want(node.expressions[1], "文本", *both("名单含 的第二项"))
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
        walk.fault(node, *both("{name} 的第二项应是{said}，这里是{kind}", name=node.name, said=said, kind=kind))
    if node.name in {"同组最小", "同组最大"}:
        return kind
    return "真假" if node.name == "同组任一" else "数字"


LIST_CALLS = {
    **dict.fromkeys(REGISTRY, _in_registry),
    "名单含": _key_of_list,
    **dict.fromkeys(("同组行数", "同组任一", "同组最小", "同组最大", "同组值数"), _over_same),
}

"""A name in an expression → the column it is, if the row it is asked of has it; else a sentence that says whose it is."""

from sqlglot import exp

from fupin_cli.catalogue import both
from fupin_cli.language.symbols import Kind, Level, Symbol
from fupin_cli.language.walk import Nested, Walk, nearest


def column(walk: Walk, node: exp.Expression) -> Kind | None:
    """Return the kind of a column, or None when no row in sight has it."""
    name = node.name
    if walk.listed:
        return _listed_column(walk, node)
    symbol = walk.symbols.column(name)
    if symbol is None:
        zh, en = nearest(name, [*walk.symbols.columns, *walk.symbols.derived])
        walk.fault(node, *both("没有“{name}”这一列{nearest}", name=name, nearest=(zh, en)))
        return None
    if symbol.level not in _VISIBLE[walk.level] and name != "数据日期":
        walk.fault(node, *_out_of_sight(walk.level, symbol))
    walk.note(name)
    walk.nested += [Nested(around, name, *walk.place(node)) for around in walk.inside if symbol.alternatives]
    return symbol.kind


def _listed_column(walk: Walk, node: exp.Expression) -> Kind | None:
    """A column of the list whose row is in sight."""
    name, listed = node.name, walk.listed or ""
    columns = walk.symbols.of_list(listed)
    if walk.level == "名单" and (name in columns or name == "数据日期"):
        walk.note(name)
    if name in columns:
        return columns[name].kind
    if name == "数据日期" and walk.level == "名单":
        return "日期"
    if name == "例外":
        return "真假"
    zh, en = nearest(name, list(columns))
    walk.fault(node, *both("名单“{listed}”里没有“{name}”这一列{nearest}", listed=listed, name=name, nearest=(zh, en)))
    return None


_VISIBLE: dict[Level, tuple[Level, ...]] = {  # whose row → whose columns it has
    "人": ("人", "户", "地"), "户": ("户", "地"), "村": ("村", "地"), "县": ("地",),
}  # fmt: skip
_OWNERS = {"人": both("成员", "columns"), "户": both("户", "columns"), "村": both("村", "columns")}
_WITHIN: dict[tuple[Level, Level], str] = {  # a row's level and a column's → the function that brings it
    ("户", "人"): "任一成员", ("村", "人"): "人数", ("县", "人"): "人数", ("村", "户"): "户数", ("县", "户"): "户数", ("县", "村"): "村数",
}  # fmt: skip


def _out_of_sight(level: Level, symbol: Symbol) -> tuple[str, str]:
    """Say of which rows a column is, and where it may stand in a rule over other rows."""
    (zh, en), around = _OWNERS[symbol.level], _WITHIN.get((level, symbol.level))
    if around is None:
        return both("“{name}”是{nearest}的列，{level}规则里不能用", name=symbol.name, nearest=(zh, en), level=level)
    return both(
        "“{name}”是{nearest}的列，{level}规则里要放在 {around}(…) 等函数中",
        name=symbol.name,
        nearest=(zh, en),
        level=level,
        around=around,
    )

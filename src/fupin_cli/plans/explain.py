"""What a finding of a rule will need: its cells, the values in its message, its parameters, its list rows."""

import re

from sqlglot import exp

from fupin_cli.language.expression import Expression
from fupin_cli.language.functions import GROUPS, MEMBERS
from fupin_cli.language.sql import Compiler
from fupin_cli.language.symbols import Level
from fupin_cli.language.trees import Tree
from fupin_cli.model.plan import PlannedGroup, PlannedHit, PlannedParameter, PlannedRule
from fupin_cli.model.rule import ProfileItem
from fupin_cli.plans.check import Book, Checked

_FIELD = re.compile(r"\{([^{}]+)\}")


def planned(checked: Checked, level: Level, compiler: Compiler, book: Book, item: ProfileItem | None) -> PlannedRule:
    """Return what the findings stage must know of a rule."""
    rule = checked.rule
    expressions = [expression for expression in (checked.must, checked.when) if expression is not None]
    columns = _registry_columns([name for e in expressions for name in _names(e.tree, inside=False)], compiler)
    members = _registry_columns([name for e in expressions for name in _names(e.tree, inside=True)], compiler)
    fields = dict.fromkeys(_FIELD.findall(rule.message) + _FIELD.findall(rule.message_en))
    return PlannedRule(
        rule=rule,
        level="人" if level == "人" else "户",
        severity=(item.severity if item and item.severity else rule.severity),
        columns=columns,
        member_columns=members,
        member_tests=tuple(_member_tests(expressions, compiler)),
        values={name: value for name in fields if (value := _value(name, compiler, book)) is not None},
        parameters=tuple(_parameters(expressions, compiler)),
        hits=tuple(_hits(expressions, compiler)),
        groups=tuple(_groups(expressions, compiler)),
        says=item.says if item else "",
    )


def _sql(tree: Tree) -> str:
    return tree.sql("duckdb", identify=True)


def _within(node: exp.Expression, names: tuple[str, ...]) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, exp.Anonymous) and parent.name in names:
            return True
        parent = parent.parent
    return False


def _names(tree: Tree, *, inside: bool) -> list[str]:
    """Return the columns of the row itself, or those inside member functions, in the order they are written."""
    found = [node for node in tree.find_all(exp.Column) if _within(node, MEMBERS) is inside]
    found = [node for node in found if not _within(node, ("名单有",)) or _within(node, ("本人",))]
    return [node.name for node in sorted(found, key=lambda node: node.this.meta.get("start", 0))]


def _registry_columns(names: list[str], compiler: Compiler) -> tuple[str, ...]:
    """Replace derived columns by the columns of the registry they come from."""
    sight = compiler.sight
    found: dict[str, None] = {}
    waiting = list(names)
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        if any(name in sight.present[level] for level in ("人", "户")):
            found[name] = None
        elif name in sight.derived:
            tree = sight.derived[name].expression.tree
            waiting = _names(tree, inside=False) + _names(tree, inside=True) + waiting
    return tuple(found)


def _value(name: str, compiler: Compiler, book: Book) -> str | None:
    """Return the SQL of a derived column or parameter named in a message; None for a column of the registry."""
    sight = compiler.sight
    if any(name in sight.present[level] for level in ("人", "户")):
        return None
    if name in sight.derived or name in sight.built_in["人"]:
        symbol = book.symbols.column(name)
        if symbol is not None and symbol.level == "人" and compiler.level == "户":
            return None
        return _sql(compiler.compile(exp.column(name)))
    if name in sight.parameters:
        return _sql(compiler.compile(exp.Anonymous(this="参数", expressions=[exp.Literal.string(name)])))
    return None


def _functions(expressions: list[Expression], names: tuple[str, ...]) -> list[exp.Anonymous]:
    return [node for e in expressions for node in e.tree.find_all(exp.Anonymous) if node.name in names]


def _member_tests(expressions: list[Expression], compiler: Compiler) -> list[str]:
    """Return for each member function the test that picks the members it speaks of."""
    tests = []
    for node in _functions(expressions[:1], ("任一成员", "所有成员", "成员数", "曾有成员")):
        need = compiler.need_member(node)
        tests.append(f"NOT ({_sql(need.tree)})" if node.name == "所有成员" else _sql(need.tree))
    return tests


def _parameters(expressions: list[Expression], compiler: Compiler) -> list[PlannedParameter]:
    found: dict[str, PlannedParameter] = {}
    for node in _functions(expressions, ("参数",)):
        if _within(node, MEMBERS):
            inner = Compiler(compiler.sight, compiler.needs, "人", compiler.optional)
        else:
            inner = compiler
        if inner.level != compiler.level:
            continue
        alias = "p" if compiler.level == "人" else "h"
        day = _sql(inner.compile(node.expressions[1])) if len(node.expressions) > 1 else f'{alias}."数据日期"'
        value = _sql(inner.compile(node))
        found[value] = PlannedParameter(node.expressions[0].name, value, day, f'{alias}."_place"')
    return list(found.values())


def _hits(expressions: list[Expression], compiler: Compiler) -> list[PlannedHit]:
    found = []
    for node in _functions(expressions, ("在名单", "名单有")):
        name = node.expressions[0].name
        inner = Compiler(compiler.sight, compiler.needs, "人", frozenset(), compiler.exceptions, listed=name)
        condition = _sql(inner.compile(node.expressions[1])) if len(node.expressions) > 1 else "TRUE"
        found.append(PlannedHit(name, condition))
    return found


def _groups(expressions: list[Expression], compiler: Compiler) -> list[PlannedGroup]:
    nodes = [node for node in _functions(expressions, GROUPS) if not _within(node, MEMBERS) and node.name != "全表任一"]
    return [PlannedGroup(node.name, _sql(compiler.compile(node.expressions[0]))) for node in nodes]

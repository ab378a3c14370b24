"""What a finding of a rule will need: its cells, the values in its message, its parameters, its list rows."""

import re
from collections.abc import Iterable
from typing import Literal

from msgspec.structs import replace
from sqlglot import exp

from fupin_cli.language.expression import Expression
from fupin_cli.language.functions import AWAY, GROUPS, MEMBERS, REGISTRY, SUMMED, SUMS
from fupin_cli.language.levels import alias_of
from fupin_cli.language.sql import Compiler
from fupin_cli.language.trees import Tree, sql_of
from fupin_cli.model.plan import EARLIER, PlannedGroup, PlannedHit, PlannedParameter, PlannedPart, PlannedRule
from fupin_cli.model.rule import SEVERITIES, ProfileItem
from fupin_cli.plans.check import Book, Checked
from fupin_cli.plans.listed import lookups_joined
from fupin_cli.plans.sight import missing

_FIELD = re.compile(r"\{([^{}]+)\}")
_SPEAKING = ("任一成员", "所有成员", "成员数", "成员合计", "曾有成员")  # functions in whose verdict some members speak


def planned(checked: Checked, level: str, compiler: Compiler, book: Book, item: ProfileItem | None) -> PlannedRule:
    """Return what the findings stage must know of a rule."""
    rule = checked.rule
    expressions = [expression for expression in (checked.must, checked.when) if expression is not None]
    names = [name for e in expressions for name in _names(e.tree, inside=False)]
    columns = _registry_columns(names, compiler, _own_tables(compiler))
    members = _registry_columns([name for e in expressions for name in _names(e.tree, inside=True)], compiler)
    fields = dict.fromkeys(_FIELD.findall(rule.message) + _FIELD.findall(rule.message_en))
    return PlannedRule(
        rule=rule,
        level=level,
        severity=item.severity if item and item.severity else rule.severity,
        grade="" if item and item.severity else grade(checked, compiler, book),
        columns=columns,
        member_columns=members,
        member_tests=tuple(_member_tests(expressions, compiler)),
        values={name: value for name in fields if (value := _value(name, compiler, book)) is not None},
        parameters=tuple(_parameters(expressions, compiler)),
        hits=tuple(_hits(expressions, compiler)),
        earlier=_earlier_columns(expressions, compiler, fields, inside=False),
        member_earlier=_earlier_columns(expressions, compiler, (), inside=True),
        groups=tuple(_groups(expressions, compiler)),
        parts=tuple(_parts(expressions, compiler)),
        says=item.says if item else "",
    )


def grade(checked: Checked, compiler: Compiler, book: Book) -> str:
    """Return the SQL of a failing row's severity; of two severities between which it cannot tell, the lesser.

    A grade whose columns are not there grades nothing.
    """
    rule = checked.rule
    grades = []
    for severity, expression in checked.grades:
        if not missing(expression, book, compiler.sight, frozenset(rule.optional)):
            lesser = "TRUE" if SEVERITIES.index(severity) > SEVERITIES.index(rule.severity) else "FALSE"
            grades.append(f"WHEN COALESCE({sql_of(compiler.compile(expression.tree))}, {lesser}) THEN '{severity}'")
    return f"CASE {' '.join(grades)} ELSE '{rule.severity}' END" if grades else ""


def _around(node: exp.Expression, names: tuple[str, ...]) -> exp.Anonymous | None:
    """Return the nearest call of one of these functions that the node stands in."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, exp.Anonymous) and parent.name in names:
            return parent
        parent = parent.parent
    return None


def _within(node: exp.Expression, names: tuple[str, ...]) -> bool:
    return _around(node, names) is not None


def _away(node: exp.Expression) -> bool:
    """Tell whether a column is asked of other rows than the one that is judged."""
    while (call := _around(node, tuple(AWAY))) is not None:
        own = call.expressions[0] if call.name in REGISTRY else None  # what a row of a list brings itself
        if own is None or not any(one is node for one in own.walk()):
            return True
        node = call
    return False


def _names(tree: Tree, *, inside: bool) -> list[str]:
    """Return the columns of the row itself, or those inside member functions, in the order they are written."""
    found = [node for node in tree.find_all(exp.Column) if _away(node) is inside]
    found = [node for node in found if not _within(node, ("名单有",)) or _within(node, ("本人",))]
    found = [node for node in found if not _within(node, ("上期",))]
    return [node.name for node in sorted(found, key=lambda node: node.this.meta.get("start", 0))]


def _own_tables(compiler: Compiler) -> tuple[str, ...]:
    """Return the tables whose columns a row of the level that is judged has."""
    if compiler.level in {"人", "户"}:
        return "人", "户"
    return (compiler.listed or compiler.level,)


def _registry_columns(
    names: list[str], compiler: Compiler, tables: tuple[str, ...] = ("人", "户", "村")
) -> tuple[str, ...]:
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
        if any(name in sight.present.get(table, ()) for table in tables):
            found[name] = None
        elif name in sight.derived:
            tree = sight.derived[name].expression.tree
            waiting = _names(tree, inside=False) + _names(tree, inside=True) + waiting
    return tuple(found)


def _earlier_columns(
    expressions: list[Expression], compiler: Compiler, fields: Iterable[str], *, inside: bool
) -> tuple[str, ...]:
    """Return the columns of the registry that 上期 and the message ask of the row itself, or of members."""
    if compiler.sight.earlier is None:
        return ()
    calls = [node for node in _functions(expressions, ("上期",)) if _within(node, MEMBERS) is inside]
    before = replace(compiler, sight=compiler.sight.earlier)
    named = [field.removeprefix(EARLIER) for field in fields if field.startswith(EARLIER)]
    return _registry_columns([*(node.expressions[0].name for node in calls), *named], before)


def _earlier_value(name: str, compiler: Compiler) -> str | None:
    """Return the SQL of a derived column of the earlier edition; None for a column of the registry."""
    sight = compiler.sight.earlier
    if sight is None or name not in sight.derived or any(name in sight.present[level] for level in ("人", "户")):
        return None
    return sql_of(compiler.compile(exp.Anonymous(this="上期", expressions=[exp.column(name)])))


def _value(name: str, compiler: Compiler, book: Book) -> str | None:
    """Return the SQL of a derived column or parameter named in a message; None for a column of the registry."""
    sight = compiler.sight
    if name.startswith(EARLIER):
        return _earlier_value(name.removeprefix(EARLIER), compiler)
    if any(name in sight.present.get(table, ()) for table in _own_tables(compiler)):
        return _place(name, compiler)
    deriving = compiler.level in {"人", "户"}
    if (deriving and (name in sight.derived or name in sight.built_in["人"])) or name == "数据日期":
        symbol = book.symbols.column(name)
        if symbol is not None and symbol.level == "人" and compiler.level == "户":
            return None
        return sql_of(compiler.compile(exp.column(name)))
    if name in sight.parameters:
        return sql_of(compiler.compile(exp.Anonymous(this="参数", expressions=[exp.Literal.string(name)])))
    return None


def _place(name: str, compiler: Compiler) -> str | None:
    """Return the SQL of a village's or county's name: it may stand on no row of its own; None for what stands in a cell."""
    if compiler.level in {"村", "县"} and name in {"省", "市", "县", "乡", "村"}:
        return sql_of(compiler.compile(exp.column(name)))
    return None


def _functions(expressions: list[Expression], names: tuple[str, ...]) -> list[exp.Anonymous]:
    return [node for e in expressions for node in e.tree.find_all(exp.Anonymous) if node.name in names]


def _member_tests(expressions: list[Expression], compiler: Compiler) -> list[str]:
    """Return the tests that pick the members a verdict speaks of: those of the claim, and those that made it apply."""
    if compiler.level not in {"人", "户"}:
        return []
    claim, *condition = expressions
    tests = [_speaks(node, compiler) for node in _functions([claim], _SPEAKING)]
    whens = _functions(condition, ("任一成员", "曾有成员"))
    tests += [_speaks(node, compiler) for node in whens if not isinstance(node.expressions[0], exp.Boolean)]
    return list(dict.fromkeys(tests))


def _speaks(node: exp.Anonymous, compiler: Compiler) -> str:
    """Return SQL over a member's row: TRUE where this member function counts, sums or misses the member."""
    need = compiler.need_member(node)
    test = sql_of(need.tree)
    if need.function == "所有成员":
        test = f"NOT ({test})"
    elif need.function == "成员合计":
        test = f"({test}) IS NOT NULL"
    return test if need.function == "曾有成员" else f"({sql_of(need.present)}) AND ({test})"


def _parts(expressions: list[Expression], compiler: Compiler) -> list[PlannedPart]:
    """Return the rows of a village or county a verdict speaks of: those the claim counts, and those that made it apply."""
    claim, *condition = expressions
    nodes = [*_functions([claim], tuple(SUMS)), *_functions(condition, ("任一户",))]
    parts = []
    for node in nodes:
        if _within(node, tuple(SUMS)):
            continue  # of villages inside a county: those are the rows it speaks of
        need = compiler.need_member(node)
        value, present = sql_of(need.tree), sql_of(need.present)
        test, same = f"({present}) AND ({value})", ""
        if need.function in SUMMED:
            test = f"({present}) AND ({value}) <> 0"
        elif need.function == "同值户数":
            test, same = f"({value}) IS NOT NULL", value
        parts.append(PlannedPart(need.parts.part, need.parts.key, test, same))
    return list(dict.fromkeys(parts))


def _parameters(expressions: list[Expression], compiler: Compiler) -> list[PlannedParameter]:
    """Return the parameters of the row's own day, and those whose day or tier it names itself."""
    found: dict[str, PlannedParameter] = {}
    for node in _functions(expressions, ("参数",)):
        name, *rest = node.expressions
        if rest and (_within(node, ("名单有",)) or (compiler.level != "人" and _within(node, tuple(AWAY)))):
            continue  # a day of each member or list row: no single value stands behind the verdict
        alias = alias_of(compiler.level)
        day = sql_of(compiler.compile(rest[0])) if rest else f'{alias}."数据日期"'
        tier = rest[1].name if len(rest) > 1 and isinstance(rest[1], exp.Literal) else ""
        value = sql_of(compiler.compile(node))
        found[value] = PlannedParameter(name.name, value, day, f'{alias}."_place"', tier)
    return list(found.values())


def _hits(expressions: list[Expression], compiler: Compiler) -> list[PlannedHit]:
    found = []
    for node in _functions(expressions, ("在名单", "名单有")):
        name = node.expressions[0].name
        inner = Compiler(compiler.sight, compiler.needs, "人", frozenset(), compiler.exceptions, listed=name)
        condition = sql_of(inner.compile(node.expressions[1])) if len(node.expressions) > 1 else "TRUE"
        joins = "".join(join for _, join in lookups_joined(name, compiler.needs, alone=True, apart=False))
        found.append(PlannedHit(name, condition, joins))
    return found


def _groups(expressions: list[Expression], compiler: Compiler) -> list[PlannedGroup]:
    if compiler.level not in {"人", "户"}:
        return []
    nodes = [
        node for node in _functions(expressions, GROUPS) if not _within(node, ("户主",)) and node.name != "全表任一"
    ]
    return [_group(node, compiler) for node in nodes]


def _group(node: exp.Anonymous, compiler: Compiler) -> PlannedGroup:
    value = node.expressions[0]
    columns = _registry_columns([column.name for column in value.find_all(exp.Column)], compiler)
    around = _around(node, _SPEAKING)
    if around is None:
        level: Literal["户", "人"] = "人" if compiler.level == "人" else "户"
        return PlannedGroup(node.name, sql_of(compiler.compile(value)), level, columns=columns)
    inner = Compiler(compiler.sight, compiler.needs, "人", compiler.optional)
    return PlannedGroup(node.name, sql_of(inner.compile(value)), "人", _speaks(around, compiler), columns)

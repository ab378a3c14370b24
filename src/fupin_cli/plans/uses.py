"""A checked rule in; the columns, derived columns, lists and parameters it speaks of out, with every derived column expanded."""

from collections.abc import Container

from msgspec import Struct, field
from sqlglot import exp

from fupin_cli.language.expression import Expression
from fupin_cli.model.rule_page import ColumnUse, ListUse, ParameterCall, Role, Uses
from fupin_cli.plans.check import Book, Checked
from fupin_cli.plans.subject import TOGETHER

_NAMES = ("在名单", "名单有", "名单含")  # functions that name a list
_REGISTRY = ("本人", "在册有", "户在册")  # functions inside which columns are the registry's again


class _Found(Struct):
    columns: dict[str, Role] = field(default_factory=dict)
    derived: dict[str, None] = field(default_factory=dict)
    lists: dict[str, dict[str, None]] = field(default_factory=dict)
    parameters: dict[ParameterCall, None] = field(default_factory=dict)


def uses(checked: Checked, book: Book) -> Uses:
    """Return what a rule speaks of, in the order it is written."""
    rule, found = checked.rule, _Found()
    for name in (*rule.lists, *rule.rows):
        found.lists.setdefault(name, {})
    conditions = [one for one in (checked.when, checked.must, *(grade for _, grade in checked.grades)) if one]
    for expression in conditions:
        _look(expression, book, found, frozenset(rule.optional), "needed")
    dictionary = book.source.dictionary
    return Uses(
        columns=tuple(ColumnUse(dictionary.columns[name], role) for name, role in found.columns.items()),
        derived=tuple(dictionary.derived[name] for name in found.derived),
        lists=tuple(
            ListUse(
                name,
                dictionary.lists[name].aliases,
                tuple(ColumnUse(dictionary.lists[name].columns[column], "needed") for column in columns),
            )
            for name, columns in found.lists.items()
            if name in dictionary.lists
        ),
        parameters=tuple(found.parameters),
    )


def _look(expression: Expression, book: Book, found: _Found, optional: frozenset[str], role: Role) -> None:
    """Note what an expression speaks of, then what the derived columns in it do."""
    waiting: list[str] = []
    lists = book.source.dictionary.lists
    for node in _in_order(expression.tree):
        if isinstance(node, exp.Column):
            listed = [name for name in _lists_around(node, expression, lists) if node.name in lists[name].columns]
            for name in listed:
                found.lists.setdefault(name, {})[node.name] = None
            if not listed and node.name not in waiting:
                waiting.append(node.name)
        elif node.name == "参数":
            name, *rest = (_written(argument) for argument in node.expressions)
            found.parameters[ParameterCall(name.strip("'"), *rest)] = None
        elif node.name in _NAMES and node.expressions:
            found.lists.setdefault(node.expressions[0].name, {})
    for name in waiting:
        _name(name, book, found, optional, role)


def _name(name: str, book: Book, found: _Found, optional: frozenset[str], role: Role) -> None:
    dictionary = book.source.dictionary
    if name in dictionary.columns:
        own: Role = "optional" if name in optional and role == "needed" else role
        if found.columns.get(name) in {None, "derived"}:
            found.columns[name] = own
    if name in dictionary.derived and name not in found.derived:
        found.derived[name] = None
        for expression in book.derived[name]:
            _look(expression, book, found, frozenset(), "derived")


def _in_order(tree: exp.Expression) -> list[exp.Expression]:
    """Return the columns and calls of a tree as they are written, from left to right."""
    return [node for node in tree.dfs() if isinstance(node, exp.Column | exp.Anonymous)]


def _lists_around(node: exp.Expression, expression: Expression, known: Container[str]) -> list[str]:
    """Return the lists whose columns are meant at a node: that of the 名单有(…) around it, or those the rule judges."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, exp.Anonymous):
            if parent.name in _REGISTRY:
                return []
            if parent.name == "名单有":
                return [name for name in (parent.expressions[0].name,) if name in known]
        parent = parent.parent
    return [name for name in (expression.listed or "").split(TOGETHER) if name in known]


def _written(node: exp.Expression) -> str:
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal):
        return f"DATE '{node.this.name}'"
    return node.sql("duckdb")

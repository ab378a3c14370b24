"""Small SQL trees: columns, constants, and templates filled with trees. Nothing is ever pasted as text."""

from datetime import date
from functools import cache
from typing import cast

import sqlglot
from sqlglot import exp

from fupin_cli.language.symbols import Kind

Tree = exp.Expression
SQL_TYPES: dict[Kind, str] = {
    "数字": "DOUBLE",
    "日期": "DATE",
    "真假": "BOOLEAN",
    "文本": "VARCHAR",
    "代码": "VARCHAR",
    "多值": "VARCHAR",
}


def quoted(name: str, table: str) -> exp.Column:
    """Return `table."name"`."""
    return exp.column(name, table=table, quoted=True)


def null(kind: Kind) -> Tree:
    """Return a NULL of that kind."""
    return exp.cast(exp.Null(), SQL_TYPES[kind])


@cache
def _template(sql: str) -> Tree:
    for number in "12345":
        sql = sql.replace(f":{number}", f"__{number}")
    return cast("Tree", sqlglot.parse_one(sql, dialect="duckdb"))


def fill(sql: str, *arguments: Tree) -> Tree:
    """Return the tree of a template with its `:1`, `:2` … filled in."""
    tree = exp.Paren(this=_template(sql).copy())
    used: set[str] = set()
    for place in list(tree.find_all(exp.Column)):
        name = place.name
        if not name.startswith("__"):
            continue
        argument = arguments[int(name[2:]) - 1]
        place.replace(exp.Paren(this=argument.copy() if name in used else argument))
        used.add(name)
    return tree


def either(tests: list[Tree]) -> Tree:
    """Return the tests joined by OR; FALSE when there is none."""
    return exp.Paren(this=cast("Tree", exp.or_(*tests, copy=False))) if tests else exp.false()


def unwrap(node: Tree | None) -> Tree | None:
    """Return a node without the brackets around it."""
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def within(node: Tree, function: str) -> bool:
    """Tell whether a node of a rule's tree stands inside a call of our own function."""
    above = node.parent
    while above is not None and not (isinstance(above, exp.Anonymous) and above.name == function):
        above = above.parent
    return above is not None


def literal(value: float | str | date) -> Tree:
    """Return a constant."""
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)

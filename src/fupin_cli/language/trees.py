"""Small SQL trees: columns, constants, and templates filled with trees. Nothing is ever pasted as text."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from fupin_cli.language.symbols import Kind

Tree = exp.Expression
_COMPARED = 4  # DuckDB makes a table of a list of more, and joins it
DUCKDB = Dialect.get_or_raise("duckdb")  # by its name it is made anew each time
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


def sql_of(tree: Tree) -> str:
    """Return the SQL of a compiled tree; nobody writes to one, so that none is copied for it."""
    return tree.sql(DUCKDB, identify=True, copy=False)


def null(kind: Kind) -> Tree:
    """Return a NULL of that kind."""
    return _cast(exp.Null(), SQL_TYPES[kind])


@cache
def _type(name: str) -> exp.DataType:
    return exp.DataType.build(name)


def _cast(value: Tree, name: str) -> Tree:
    return exp.Cast(this=value, to=_type(name).copy())


def rebuilt(node: Tree, instead: Callable[[Tree], Tree | None]) -> Tree:
    """Return a new tree like `node`, which stays as it is; where `instead` returns a tree, that one stands in place of a node."""
    found = instead(node)
    if found is not None:
        return found
    parts: dict[str, object] = {}
    for name, part in node.args.items():
        if isinstance(part, exp.Expression):
            parts[name] = rebuilt(part, instead)
        elif isinstance(part, list):
            parts[name] = [rebuilt(one, instead) if isinstance(one, exp.Expression) else one for one in part]
        else:
            parts[name] = part
    return type(node)(**parts)


@cache
def _template(sql: str) -> Tree:
    for number in "12345":
        sql = sql.replace(f":{number}", f"__{number}")
    return cast("Tree", sqlglot.parse_one(sql, dialect=DUCKDB))


def fill(sql: str, *arguments: Tree) -> Tree:
    """Return the tree of a template with its `:1`, `:2` … filled in."""
    used: set[str] = set()

    def argument(node: Tree) -> Tree | None:
        name = node.name if isinstance(node, exp.Column) else ""
        if not name.startswith("__"):
            return None
        found = arguments[int(name[2:]) - 1]
        again = name in used
        used.add(name)
        return exp.Paren(this=found.copy() if again else found)

    return exp.Paren(this=rebuilt(_template(sql), argument))


def either(tests: list[Tree]) -> Tree:
    """Return the tests joined by OR; FALSE when there is none."""
    return exp.Paren(this=cast("Tree", exp.or_(*tests, copy=False))) if tests else exp.false()


def among(value: Tree, listed: list[Tree]) -> Tree:
    """Return `value IN (listed)`, in short lists: rows are compared with these; planning a join with each long one took longer."""
    some = (listed[start : start + _COMPARED] for start in range(0, len(listed), _COMPARED))
    return either([exp.In(this=value.copy(), expressions=[one.copy() for one in few]) for few in some])


def is_small(node: Tree) -> bool:
    """Tell whether a node is a whole number of at most four digits, written out."""
    return isinstance(node, exp.Literal) and not node.is_string and node.name.isdecimal() and len(node.name) <= 4


def is_single(node: Tree) -> bool:
    """Tell whether a node cuts one character out of a text."""
    if not (isinstance(node, exp.Anonymous) and node.name in {"左", "截取"}):
        return False
    length = node.expressions[-1]
    return is_small(length) and length.name == "1"


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
        return _cast(exp.Literal.string(value.isoformat()), "DATE")
    return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)

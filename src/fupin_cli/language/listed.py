"""Calls that rows of a list make, of the registry and of each other: what answers them, and what they need.

`l` is the row of the list. `r0…` hold the registry's rows by certificate or 户编号, `r0n…` those whose own is not known
by name, and `u0…` the rows of the list with one value of a column.
"""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlglot import exp

from fupin_cli.language.functions import NUMBER, REGISTRY
from fupin_cli.language.levels import named
from fupin_cli.language.needs import Group, Lookup
from fupin_cli.language.trees import Tree, fill, quoted, sql_of

if TYPE_CHECKING:
    from fupin_cli.language.sql import Compiler

_FOUND = "CASE WHEN :1 IS NULL THEN NULL WHEN :2 THEN TRUE WHEN :3 OR :4 THEN NULL ELSE FALSE END"
_ANY = "CASE WHEN :1 IS NULL THEN NULL WHEN :2 THEN TRUE WHEN :3 THEN NULL ELSE FALSE END"
_EXACT = "CASE WHEN NOT :1 IS NULL AND COALESCE(:3, 0) = 0 THEN COALESCE(:2, 0) END"
_VALUE = "CASE WHEN NOT :1 IS NULL AND COALESCE(:3, 0) = 0 THEN :2 END"
OVER_SAME = {  # :1 the value of the column, :2 what is sure, :3 what is not
    "同组行数": _EXACT,
    "同组值数": _EXACT,
    "同组任一": _ANY,
    "同组最小": _VALUE,
    "同组最大": _VALUE,
}


def in_registry(compiler: "Compiler", node: exp.Anonymous) -> Tree:
    """Return whether the registry has a person with this certificate, or a household with this 户编号."""
    need = _need_lookup(compiler, node)
    found, doubtful = quoted("t", need.name), quoted("u", need.name)
    nameless: Tree = quoted("u", f"{need.name}n") if need.person is not None else exp.false()
    return fill(_FOUND, need.key.copy(), found, doubtful, nameless)


def _need_lookup(compiler: "Compiler", node: exp.Anonymous) -> Lookup:
    listed, level = compiler.listed or "", REGISTRY[node.name]
    key = compiler.compile(node.expressions[0])
    if level == "人":
        key = fill(NUMBER, key)
    inner = replace(compiler, level=level, listed=None)
    condition = inner.compile(node.expressions[1]) if len(node.expressions) > 1 else exp.true()
    if level == "人":
        condition = fill(":1 AND :2", inner.compile(exp.column("在册")), condition)
    alone = compiler.level != "名单"
    asked = (node.name, listed, str(alone), sql_of(key), sql_of(condition))
    lookups = compiler.needs.lookups
    if asked not in lookups:
        name = f"r{len(lookups)}"
        lookups[asked] = Lookup(name, node.name, listed, alone, key, _name(compiler, level), condition)
    return lookups[asked]


def _name(compiler: "Compiler", level: str) -> Tree | None:
    """Return the name in a row of the list: of a household, its head's if the list tells it."""
    columns = ("姓名",) if level == "人" else ("户主姓名", "姓名")
    found = next((column for column in columns if compiler.where(column) == ("l", True)), None)
    return quoted(found, "l") if found else None


def need_same(compiler: "Compiler", node: exp.Anonymous) -> Group:
    """Return the grouping of a list's rows by the value of a column."""
    key, value = (compiler.compile(argument) for argument in node.expressions)
    level = named(compiler.level, compiler.listed)
    asked = (node.name, level, sql_of(key), sql_of(value))
    groups = compiler.needs.groups
    if asked not in groups:
        groups[asked] = Group(f"u{len(groups)}", node.name, level, key, value)
    return groups[asked]


def over_same(compiler: "Compiler", node: exp.Anonymous) -> Tree:
    """Return what the rows of the list with this row's value of a column say together."""
    group = need_same(compiler, node)
    return fill(OVER_SAME[node.name], group.tree.copy(), quoted("n", group.name), quoted("u", group.name))

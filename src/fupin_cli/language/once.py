"""A call whose value many rules ask in; its SQL out: the column where it is stored, reckoned once a row, or its value written out.

Stored are parameters with many values and the check character of a number (校验码), beside the derived columns.
"""

from typing import TYPE_CHECKING

from sqlglot import exp

from fupin_cli.language.functions import BEYOND, CHARACTER, CHECKED
from fupin_cli.language.in_force import parameter_in_force
from fupin_cli.language.levels import alias_of
from fupin_cli.language.trees import Tree, fill, quoted

if TYPE_CHECKING:
    from fupin_cli.language.sql import Compiler

_MANY_VALUES = 3  # a parameter with more is looked up once a row, not once a rule


def parameter(compiler: "Compiler", node: exp.Anonymous) -> Tree:
    """Return the value of a parameter on a row."""
    name, *arguments = node.expressions
    if len(compiler.sight.parameters[name.name]) > _MANY_VALUES and _of_row(compiler, arguments):
        return _stored(compiler, node)
    return written_out(compiler, node)


def checked(compiler: "Compiler", node: exp.Anonymous) -> Tree | None:
    """Return what a function says of a number by its stored check character; None where the number stands in no column of the row."""
    if node.name not in CHECKED:
        return None
    number = node.expressions[0]
    found = compiler.where(number.name) if isinstance(number, exp.Column) else None
    if found is None or found[0] != alias_of(compiler.level) or not _of_row(compiler, [number]):
        return None
    character = _stored(compiler, exp.Anonymous(this="校验码", expressions=[number.copy()]))
    return fill(CHECKED[node.name], compiler.compile(number), character)


def written_out(compiler: "Compiler", node: exp.Anonymous) -> Tree:
    """Return the value of a call: of a parameter a CASE over all its values."""
    first, *arguments = node.expressions
    if node.name != "参数":
        return fill(CHARACTER, compiler.compile(first))
    place, own_day = (quoted(name, alias_of(compiler.level)) for name in ("_place", "数据日期"))
    day = compiler.compile(arguments[0]) if arguments else own_day
    tier = compiler.compile(arguments[1]) if len(arguments) > 1 else None
    return parameter_in_force(compiler.sight.parameters[first.name], day, place, tier)


def _stored(compiler: "Compiler", node: exp.Anonymous) -> Tree:
    called = node.sql("duckdb")
    compiler.needs.calls[compiler.level, called] = node.copy()
    return compiler.stored(called, compiler.level)


def _of_row(compiler: "Compiler", arguments: list[Tree]) -> bool:
    """Tell whether nothing but the row itself, as every rule sees it, is in these arguments."""
    columns = [column.name for argument in arguments for column in argument.find_all(exp.Column)]
    chosen = [compiler.sight.derived.get(name) for name in columns if compiler.where(name) is None]
    return (
        compiler.listed is None
        and compiler.level in {"人", "户"}
        and compiler.optional.isdisjoint(columns)
        and all(choice is not None and choice.stored for choice in chosen)
        and not any(call.name in BEYOND for one in arguments for call in one.find_all(exp.Anonymous))
    )

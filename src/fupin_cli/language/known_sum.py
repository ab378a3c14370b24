"""A call of 已知合计 in, its SQL out."""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlglot import exp

from fupin_cli.language.templates import ARITHMETIC, BLANK_ZERO
from fupin_cli.language.trees import Tree, either, fill, quoted, within

if TYPE_CHECKING:
    from fupin_cli.language.sql import Compiler


def known_sum(compiler: "Compiler", node: exp.Anonymous) -> Tree:
    """Return the sum of what is known: a blank is 0, what could not be read makes the sum unknown."""
    total: Tree = exp.Literal.number(0)
    for argument in node.expressions:
        tests = [
            test for column in argument.find_all(exp.Column) if (test := _more_than_blank(compiler, column)) is not None
        ]
        value = fill(BLANK_ZERO, compiler.compile(argument), either(tests))
        total = fill(ARITHMETIC[exp.Add], total, value)
    return total


def _more_than_blank(compiler: "Compiler", column: exp.Column) -> Tree | None:
    """Return the test that a column without a value is not merely blank; None when it can be nothing else."""
    here = replace(compiler, level="人", exceptions={}, listed=None) if within(column, "本人") else compiler
    found = here.where(column.name)
    may_lack = here.listed is not None or column.name in compiler.optional
    if found is not None and found[1]:
        states = "NOT COALESCE(:1 IN (0, 1, 3), FALSE)" if may_lack else "NOT COALESCE(:1 IN (0, 1), FALSE)"
        return fill(states, quoted(f"{column.name}$", found[0]))
    if found is None and may_lack and column.name not in compiler.sight.derived:
        return None
    return fill(":1 IS NULL", here.compile(column))

"""A call of 上期(x) or 有上期() in; the column of `e` that answers it out, and the value noted among the needs.

`e` is 上期值_人 or 上期值_户: for each row of this edition `i`, its first row in the earlier edition, `there`, and the values asked.
"""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlglot import exp

from fupin_cli.language.needs import Before, Needs
from fupin_cli.language.trees import Tree, quoted, sql_of

if TYPE_CHECKING:
    from fupin_cli.language.sql import Compiler

ALIAS = "e"


def of_earlier(compiler: "Compiler", node: exp.Anonymous) -> Tree:
    """Return the column that answers a call; x is read on the earlier row, with that row's own day and place."""
    needs, sight = compiler.needs, compiler.sight.earlier
    asked = needs.before.setdefault(compiler.level, {})
    if node.name == "有上期":
        return quoted("there", ALIAS)
    if sight is None:  # checked before: such a rule runs only where an earlier edition was given
        raise KeyError(node.name)
    if needs.earlier is None:
        needs.earlier = Needs()
    inner = replace(compiler, sight=sight, needs=needs.earlier, exceptions={}, storing=False)
    tree = inner.compile(node.expressions[0])
    key = sql_of(tree)
    if key not in asked:
        asked[key] = Before(f"v{len(asked)}", tree)
    return quoted(asked[key].name, ALIAS)

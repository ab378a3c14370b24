"""Text of a rule → checked expression: parsed by sqlglot, held to an allow-list, every name and type known."""

from dataclasses import dataclass
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from fupin_cli.language.nodes import NODES
from fupin_cli.language.symbols import Kind, Level, Symbols
from fupin_cli.language.walk import Mistake, Walk


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression and what it uses."""

    text: str
    tree: exp.Expression
    level: Level
    kind: Kind
    columns: frozenset[str] = frozenset()  # of the row itself, derived ones included
    members: frozenset[str] = frozenset()  # inside member functions
    parameters: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    previous: bool = False


def parse(
    text: str, symbols: Symbols, level: Level, *, listed: str | None = None, derived: bool = False
) -> Expression | list[Mistake]:
    """Return the checked expression, or every mistake in it.

    Args:
        text: SQL boolean expression of a rule, or any expression of a derived column.
        symbols: every name it may use.
        level: 户 or 人, whose rows it speaks of.
        listed: the list whose columns it speaks of (exceptions of a profile).
        derived: the text stands in derived.yaml, where CASE is allowed.
    """
    try:
        tree = cast("exp.Expression", sqlglot.parse_one(text, dialect="duckdb"))
    except ParseError as error:
        return [_syntax(text, error)]
    except TokenError:
        return [
            Mistake(
                0, max(0, len(text) - 1), "写法不完整：引号或括号没有配对", "unfinished: a quote or bracket is open"
            )
        ]
    walk = Walk(text, symbols, level, derived, NODES, listed=listed)
    kind = walk.kind(tree)
    if walk.mistakes or kind is None:
        return walk.mistakes
    return Expression(
        text=text,
        tree=tree,
        level=level,
        kind=kind,
        columns=frozenset(walk.columns),
        members=frozenset(walk.members),
        parameters=frozenset(walk.parameters),
        lists=frozenset(walk.lists),
        previous=walk.previous,
    )


def _syntax(text: str, error: ParseError) -> Mistake:
    first = error.errors[0] if error.errors else {}
    word = str(first.get("highlight") or "")
    end = int(first.get("col") or 1) - 1
    start = max(0, end - len(word) + 1)
    return Mistake(start, min(end, len(text)), f"“{word}”附近写法不对", f"cannot be read near '{word}'")

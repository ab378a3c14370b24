"""Text of a rule → checked expression: parsed by sqlglot, held to an allow-list, every name and type known."""

from collections.abc import Iterator
from functools import lru_cache
from typing import cast

import sqlglot
from msgspec import Struct
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from fupin_cli.catalogue import both
from fupin_cli.language.nodes import NODES
from fupin_cli.language.symbols import Kind, Level, Symbols
from fupin_cli.language.trees import DUCKDB
from fupin_cli.language.walk import Mistake, Nested, Walk

LONGEST = 4000  # characters of one expression
DEEPEST = 60  # levels of one expression; a chain of ANDs is as deep as it is long


class Expression(Struct, frozen=True):
    """A checked expression and what it uses."""

    text: str
    tree: exp.Expression
    level: Level
    kind: Kind
    columns: frozenset[str] = frozenset()  # of the row itself, derived ones included
    members: frozenset[str] = frozenset()  # inside member functions
    asked: frozenset[tuple[Level, str]] = frozenset()  # both, with the level of the row they are asked of
    parameters: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    previous: bool = False
    earlier: frozenset[str] = frozenset()  # of the earlier edition
    listed: str | None = None  # the list whose columns it speaks of
    calls: frozenset[str] = frozenset()  # functions that look beyond the row
    nested: tuple[Nested, ...] = ()  # derived columns inside such functions


def parse(
    text: str, symbols: Symbols, level: Level, *, listed: str | None = None, derived: bool = False
) -> Expression | list[Mistake]:
    """Return the checked expression, or every mistake in it.

    Args:
        text: SQL boolean expression of a rule, or any expression of a derived column.
        symbols: every name it may use.
        level: whose rows it speaks of.
        listed: the list whose columns it speaks of (its rows, or exceptions of a profile).
        derived: the text stands in derived.yaml, where CASE is allowed.
    """
    tree = _tree(text)
    if isinstance(tree, Mistake):
        return [tree]
    walk = Walk(text, symbols, level, derived, NODES, listed=listed)
    if listed and level != "名单":
        walk.inside.append("名单有")
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
        asked=frozenset(walk.asked),
        parameters=frozenset(walk.parameters),
        lists=frozenset(walk.lists),
        previous=walk.previous,
        earlier=frozenset(walk.earlier),
        listed=listed,
        calls=frozenset(walk.calls),
        nested=tuple(walk.nested),
    )


@lru_cache(4096)  # nobody changes a tree; rule books checked one after the other share most of their texts
def _tree(text: str) -> exp.Expression | Mistake:
    """Return the tree of a text, small enough to walk, or the mistake that makes it none."""
    whole = 0, max(0, len(text) - 1)
    if len(text) > LONGEST:
        return Mistake(*whole, *both("表达式太长：{n} 个字，最多 {longest}", n=len(text), longest=LONGEST))
    try:
        tree = cast("exp.Expression", sqlglot.parse_one(text, dialect=DUCKDB))
    except ParseError as error:
        return _syntax(text, error)
    except TokenError:
        return Mistake(*whole, *both("写法不完整：引号或括号没有配对"))
    except RecursionError:
        return _too_deep(text)
    levels = list(_levels(tree))
    if any(node.comments for level in levels for node in level):
        return Mistake(*whole, *both("表达式里不能写注释"))
    return _too_deep(text) if len(levels) > DEEPEST else tree


def _too_deep(text: str) -> Mistake:
    return Mistake(0, max(0, len(text) - 1), *both("嵌套太深：最多 {deepest} 层；请拆成几条", deepest=DEEPEST))


def _levels(tree: exp.Expression) -> Iterator[list[exp.Expression]]:
    """Yield the nodes of a tree, all of one depth together."""
    level = [tree]
    while level:
        yield level
        level = [child for node in level for child in node.iter_expressions()]


def _syntax(text: str, error: ParseError) -> Mistake:
    first = error.errors[0] if error.errors else {}
    word = str(first.get("highlight") or "")
    end = int(first.get("col") or 1) - 1
    start = max(0, end - len(word) + 1)
    return Mistake(start, min(end, len(text)), *both("“{word}”附近写法不对", word=word))

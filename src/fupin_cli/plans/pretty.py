"""SQL statements in, the same statements out as a reader wants them: a clause a line, no brackets that say nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import sqlglot
from sqlglot import exp

_WHOLE = (exp.Column, exp.Literal, exp.Paren, exp.Case, exp.Func)  # what brackets add nothing to
_AROUND = (exp.If, exp.Alias, exp.Paren, exp.Case)  # where they add nothing to anything
_DEEPEST = 50_000  # calls inside each other; the parser makes some twenty-five for each bracket


def pretty(statement: str) -> str:
    """Return a statement of DuckDB's dialect broken into lines."""
    with _deep():
        tree = sqlglot.parse_one(statement, dialect="duckdb")
        for paren in reversed(list(tree.find_all(exp.Paren))):
            inner = paren.this
            whole = isinstance(inner, _WHOLE) and not isinstance(inner, exp.Binary)
            if paren.parent is not None and (whole or isinstance(paren.parent, _AROUND)):
                paren.replace(inner)
        return tree.sql("duckdb", pretty=True, identify=True, max_text_width=76)


@contextmanager
def _deep() -> Iterator[None]:
    """Allow as many calls inside each other as the SQL of one derived column inside another takes."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)

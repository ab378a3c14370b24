"""SQL statements in, the same statements out as a reader wants them: a clause a line, no brackets that say nothing."""

import sqlglot
from sqlglot import exp

_WHOLE = (exp.Column, exp.Literal, exp.Paren, exp.Case, exp.Func)  # what brackets add nothing to
_AROUND = (exp.If, exp.Alias, exp.Paren, exp.Case)  # where they add nothing to anything


def pretty(statement: str) -> str:
    """Return a statement of DuckDB's dialect broken into lines."""
    tree = sqlglot.parse_one(statement, dialect="duckdb")
    for paren in reversed(list(tree.find_all(exp.Paren))):
        inner = paren.this
        whole = isinstance(inner, _WHOLE) and not isinstance(inner, exp.Binary)
        if paren.parent is not None and (whole or isinstance(paren.parent, _AROUND)):
            paren.replace(inner)
    return tree.sql("duckdb", pretty=True, identify=True, max_text_width=76)

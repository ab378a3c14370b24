"""The rows of a level and what may be joined to them in; a FROM clause with the joins that are spoken of out."""

from msgspec import Struct


class Rows(Struct, frozen=True):
    """Rows, and for each alias its join; none of them adds a row or takes one away."""

    alone: str  # FROM clause of the rows themselves
    joins: tuple[tuple[str, str], ...] = ()  # alias, join; each after those it builds on


def rows_with(rows: Rows, *said: str, narrowed: str = "") -> str:
    """Return the FROM clause with the joins whose aliases stand in `said`, and those they build on.

    Args:
        rows: the rows and their joins.
        said: SQL over them.
        narrowed: a join that leaves few of the rows; it speaks of no alias but theirs.
    """
    text, kept = " ".join(said), ""
    for alias, join in reversed(rows.joins):
        if f"{alias}." in text or f'"{alias}".' in text:
            text, kept = text + join, join + kept
    return rows.alone + narrowed + kept

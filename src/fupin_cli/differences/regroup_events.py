"""Pairs of persons and of households in; who moved, what was split, merged or has another head, by row number, out."""

from itertools import groupby

from msgspec import Struct

from fupin_cli.differences.regroup_sql import (
    MERGED_MEMBERS,
    MOVED,
    SPLIT_MEMBERS,
    TIES,
    PersonTable,
    heads_sql,
    met_sql,
)
from fupin_cli.differences.sides import Sides
from fupin_cli.engines import Engine


class Parting(Struct, frozen=True):
    """A household of one side and those of the other in which its members stand."""

    one: int  # `_id` of 户
    others: tuple[int, ...]  # two or more
    members: tuple[tuple[str, int], ...]  # (name, position in `others`)


class Events(Struct, frozen=True):
    """Everything that happened to households, as `_id`s."""

    moved: tuple[tuple[int, int, int | None, int | None], ...] = ()  # person and household: left, right, left, right
    split: tuple[Parting, ...] = ()  # `one` is of the left
    merged: tuple[Parting, ...] = ()  # `one` is of the right
    heads: tuple[tuple[int, int, int, int], ...] = ()  # household, head of the left; household, head of the right


def events(engine: Engine, sides: Sides) -> Events:
    """Return what happened to households both sides of which are known; nothing where a side has no households."""
    tables = (sides.left, sides.right)
    if not all(each.persons and each.households for each in tables):
        return Events()
    left, right = (PersonTable(name, each.columns["人"]) for name, each in zip(("左_人", "右_人"), tables, strict=True))
    engine.run(met_sql(left, right))
    engine.run(TIES)
    moved = tuple((row[0], row[1], row[2], row[3]) for row in engine.rows(MOVED))
    split, merged = (_partings(engine, sql) for sql in (SPLIT_MEMBERS, MERGED_MEMBERS))
    headed = all("与户主关系" in each.columns for each in (left, right))
    heads = tuple((row[0], row[1], row[2], row[3]) for row in engine.rows(heads_sql(left, right))) if headed else ()
    for scratch in ("_met", "_ties"):
        engine.run(f'DROP TABLE "{scratch}"')
    return Events(moved, split, merged, heads)


def _partings(engine: Engine, sql: str) -> tuple[Parting, ...]:
    """Gather members, in the order of their household and of the one they stand in on the other side."""
    found = []
    for one, rows in groupby(engine.rows(sql), key=lambda row: int(row[0])):
        members = [(int(row[1]), str(row[2])) for row in rows]
        others = tuple(dict.fromkeys(other for other, _ in members))
        found.append(Parting(one, others, tuple((name, others.index(other)) for other, name in members)))
    return tuple(found)

"""Pairs of rows in; the cells in which they differ out, each with both values, both texts and both places."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct

from fupin_cli.differences.columns import Compared, Likeness, state
from fupin_cli.differences.records import placed, raw_cells, records
from fupin_cli.differences.sides import Facing, Sides
from fupin_cli.engines import Engine
from fupin_cli.engines.cells import At, Cells
from fupin_cli.engines.sql import quoted
from fupin_cli.model.dictionary import Type
from fupin_cli.model.difference import CellChange, Record, Scalar, Side
from fupin_cli.model.place import Place

_BATCH = 20_000  # pairs whose cells are held at a time
_COUNTS = ("整数", "年份")
_DOUBT = "2"  # what was found of a cell that could not be read
_SIDES: tuple[tuple[Literal[0, 1], Side], ...] = ((0, "left"), (1, "right"))
Pair = tuple[int, int, list[list[Any]]]  # ids; of each cell: number of the column, what was found, states, values


class Found(Struct, frozen=True):
    """One cell of one side."""

    value: str | None  # as the engine writes it
    unread: bool
    at: At
    text: str | None


class Rows(Struct, frozen=True):
    """The rows of one side that stand in pairs that differ."""

    records: dict[int, Record]
    at: dict[int, dict[str, At]]

    def found(self, cells: Cells, id_: int, column: str, value: str | None, state: int) -> Found:
        """Return the cell of a column."""
        at = self.at[id_][column]
        return Found(value, state == 2, at, cells.text(at, column) or None)


def changed_cells(
    engine: Engine, sides: Sides, facing: Facing, like: Likeness, on: Sequence[str]
) -> tuple[tuple[CellChange, ...], int]:
    """Return the cells that differ, those of one pair next to each other, and how many pairs they stand in."""
    if not like.columns:
        return (), 0
    found: list[Pair] = [(int(left), int(right), cells) for left, right, cells in engine.rows(_query(facing, like))]
    changes: list[CellChange] = []
    pairs = 0
    for first in range(0, len(found), _BATCH):
        batch = _sure(engine, sides, (facing, like), found[first : first + _BATCH])
        if not batch:
            continue
        at, cells = _fetched(engine, sides, (facing, like), batch)
        own = [records(engine, sides, side, facing.of(side), {one[i] for one in batch}, on) for i, side in _SIDES]
        rows = Rows(own[0], at[0]), Rows(own[1], at[1])
        for one in batch:
            changes += _changes(cells, like, rows, one)
        pairs += len(batch)
    return tuple(changes), pairs


def _sure(engine: Engine, sides: Sides, of: tuple[Facing, Likeness], pairs: list[Pair]) -> list[Pair]:
    """Return the pairs that differ, without the cells that could not be read but say the same on both sides."""
    doubtful = [(left, right, [cell for cell in cells if cell[1] == _DOUBT]) for left, right, cells in pairs]
    doubtful = [one for one in doubtful if one[2]]
    if not doubtful:
        return pairs
    at, cells = _fetched(engine, sides, of, doubtful)
    same = set()
    for left, right, own in doubtful:
        for cell in own:
            column = of[1].columns[int(cell[0])].name
            if cells.text(at[0][left][column], column) == cells.text(at[1][right][column], column):
                same.add((left, cell[0]))
    kept = [(left, right, [cell for cell in own if (left, cell[0]) not in same]) for left, right, own in pairs]
    return [one for one in kept if one[2]]


def _fetched(
    engine: Engine, sides: Sides, of: tuple[Facing, Likeness], pairs: list[Pair]
) -> tuple[list[dict[int, dict[str, At]]], Cells]:
    """Return where the differing cells of both sides stand, and the raw cells with their texts."""
    facing, like = of
    names = {like.columns[int(cell[0])].name for one in pairs for cell in one[2]}
    at = [placed(engine, sides, (side, facing.of(side)), {one[i] for one in pairs}, names) for i, side in _SIDES]
    cells = raw_cells(engine, sides)
    wanted = [(left, right, like.columns[int(cell[0])].name) for left, right, own in pairs for cell in own]
    mine = [(at[0][left][column], column) for left, _, column in wanted]
    cells.fetch([*mine, *((at[1][right][column], column) for _, right, column in wanted)])
    return at, cells


def _changes(cells: Cells, like: Likeness, rows: tuple[Rows, Rows], pair: Sequence[Any]) -> Iterator[CellChange]:
    left, right = rows
    one, other, differing = pair
    for number, _, how, other_how, value, other_value in differing:
        column = like.columns[int(number)]
        mine = left.found(cells, one, column.name, value, int(how))
        theirs = right.found(cells, other, column.name, other_value, int(other_how))
        yield CellChange(
            left.records[one],
            right.records[other],
            column.name,
            _typed(mine, column.left),
            _typed(theirs, column.right),
            mine.text,
            theirs.text,
            _place(cells, mine, column),
            _place(cells, theirs, column),
        )


def _typed(cell: Found, kind: Type) -> Scalar:
    """Return the value as JSON knows it; of what could not be read, the text."""
    if cell.unread:
        return cell.text
    if cell.value is None:
        return None
    if kind in _COUNTS:
        return int(cell.value)
    return float(cell.value) if kind == "数字" else cell.value


def _place(cells: Cells, cell: Found, column: Compared) -> Place:
    at = cells.stands(cell.at, column.name)
    return cells.place(at, cells.addresses(at, column.name), "subject")


def _query(facing: Facing, like: Likeness) -> str:
    """SQL: each pair that differs, with a list of its differing cells (number of the column, what was found, values, states)."""
    inner, outer = [], []
    for i, one in enumerate(like.columns):
        x, mark = quoted(one.name), quoted(f"{one.name}$")
        inner.append(f"{state(one, like)} AS d{i}, l.{x} AS a{i}, r.{x} AS b{i}, l.{mark} AS s{i}, r.{mark} AS t{i}")
        outer.append(
            f"CASE WHEN d{i} > 0 THEN [{i}, d{i}, s{i}, t{i}]::VARCHAR[] || [CAST(a{i} AS VARCHAR), CAST(b{i} AS VARCHAR)] END"
        )
    some = " + ".join(f"d{i}" for i in range(len(like.columns)))
    return f"""SELECT l, r, list_filter([{", ".join(outer)}], lambda x: x IS NOT NULL)
FROM (SELECT p.l, p.r, {", ".join(inner)} FROM {quoted(facing.pairs)} AS p
  JOIN {like.left} AS l ON l."_id" = p.l JOIN {like.right} AS r ON r."_id" = p.r) AS met WHERE {some} > 0 ORDER BY l"""

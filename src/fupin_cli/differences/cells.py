"""Pairs of rows in; the cells in which they differ out, each with both values, both texts and both places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fupin_cli.differences.columns import Compared, Likeness, state
from fupin_cli.differences.records import placed, raw_cells, records
from fupin_cli.differences.sides import Facing, Sides, quoted
from fupin_cli.engines import Engine
from fupin_cli.engines.cells import At, Cells
from fupin_cli.model.dictionary import Type
from fupin_cli.model.difference import CellChange, Record, Scalar, Side
from fupin_cli.model.place import Place

_BATCH = 20_000  # pairs whose cells are held at a time
_COUNTS = ("整数", "年份")


@dataclass(frozen=True, slots=True)
class Found:
    """One cell of one side."""

    value: str | None  # as the engine writes it
    unread: bool
    at: At
    text: str | None


@dataclass(frozen=True, slots=True)
class Rows:
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
    found = engine.rows(_query(facing, like))
    changes: list[CellChange] = []
    pairs = 0
    for first in range(0, len(found), _BATCH):
        batch = found[first : first + _BATCH]
        left = _rows(engine, sides, ("left", facing), {one[0] for one in batch}, on)
        right = _rows(engine, sides, ("right", facing), {one[1] for one in batch}, on)
        cells = raw_cells(engine, sides)
        cells.fetch(
            (side.at[id_][like.columns[int(cell[0])].name], like.columns[int(cell[0])].name)
            for one in batch
            for cell in one[2]
            for side, id_ in ((left, one[0]), (right, one[1]))
        )
        for one in batch:
            own = list(_changes(cells, like, (left, right), one))
            changes += own
            pairs += bool(own)
    return tuple(changes), pairs


def _rows(engine: Engine, sides: Sides, of: tuple[Side, Facing], ids: set[int], on: Sequence[str]) -> Rows:
    side, facing = of
    table = facing.of(side)
    return Rows(records(engine, sides, side, table, ids, on), placed(engine, sides, side, table, ids))


def _changes(cells: Cells, like: Likeness, rows: tuple[Rows, Rows], pair: Sequence[Any]) -> Iterator[CellChange]:
    left, right = rows
    one, other, differing = pair
    for number, doubt, how, other_how, value, other_value in differing:
        column = like.columns[int(number)]
        mine = left.found(cells, one, column.name, value, int(how))
        theirs = right.found(cells, other, column.name, other_value, int(other_how))
        if int(doubt) == 2 and mine.text == theirs.text:
            continue  # neither could be read, and both say the same
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

"""Pairs of persons in; the cells of their own rows that say of the household another thing than the household's, and changed, out.

What a household says is taken from one cell (the 户主's row, or its own). A member's row that says something else is seen by nobody
who compares households only: it is told of the person.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from fupin_cli.differences.chosen import is_chosen
from fupin_cli.differences.columns import Compared, Likeness, state
from fupin_cli.differences.records import raw_cells, records
from fupin_cli.differences.sides import Facing, Pairing, Sides, kinds
from fupin_cli.engines import Engine
from fupin_cli.engines.cells import FAR
from fupin_cli.engines.sql import quoted
from fupin_cli.model.dictionary import Type
from fupin_cli.model.difference import CellChange, Scalar
from fupin_cli.model.place import Place

_ROWS = "行"
_LEFT, _RIGHT = quoted(f"左_{_ROWS}"), quoted(f"右_{_ROWS}")
_DOUBT = 2


def with_own_cells(
    engine: Engine, sides: Sides, facing: Facing, wishes: Pairing, changed: tuple[CellChange, ...]
) -> tuple[tuple[CellChange, ...], int]:
    """Return the changes of persons with those cells among them, and how many pairs they stand in."""
    found = [] if facing.table != "人" else _own_cells(engine, sides, facing, wishes)
    pairs: dict[tuple[Place, Place], list[CellChange]] = {}
    for one in (*changed, *found):
        pairs.setdefault((one.left_record.place, one.right_record.place), []).append(one)
    return tuple(one for cells in pairs.values() for one in cells), len(pairs)


def _own_cells(engine: Engine, sides: Sides, facing: Facing, wishes: Pairing) -> list[CellChange]:
    columns = _columns(engine, sides, wishes)
    if not columns:
        return []
    like = Likeness(_LEFT, _RIGHT, columns, wishes, same_kind=True)
    parts = [_query(facing, like, number) for number in range(len(columns))]
    rows = engine.rows(" UNION ALL ".join(parts) + ' ORDER BY "l", "n"')
    cells = raw_cells(engine, sides)
    at = [((divmod(row[0], FAR), divmod(row[1], FAR)), columns[row[2]]) for row in rows]
    cells.fetch((place, column.name) for places, column in at for place in places)
    texts = [tuple(cells.text(place, column.name) or None for place in places) for places, column in at]
    kept = [i for i, row in enumerate(rows) if row[3] != _DOUBT or texts[i][0] != texts[i][1]]
    lefts = records(engine, sides, "left", facing.left, {rows[i][0] for i in kept}, wishes.on)
    rights = records(engine, sides, "right", facing.right, {rows[i][1] for i in kept}, wishes.on)
    found = []
    for i in kept:
        row, column, (text, other_text) = rows[i], at[i][1], texts[i]
        places = [cells.stands(place, column.name) for place in at[i][0]]
        stand = [cells.place(place, cells.addresses(place, column.name), "subject") for place in places]
        found.append(
            CellChange(
                lefts[row[0]],
                rights[row[1]],
                column.name,
                _typed(row[4], row[6], text, column.left),
                _typed(row[5], row[7], other_text, column.right),
                text,
                other_text,
                *stand,
            )
        )
    return found


def _columns(engine: Engine, sides: Sides, wishes: Pairing) -> tuple[Compared, ...]:
    """Return the columns in which some row of either side says another thing than its household."""
    left, right = kinds(sides, "left", _ROWS), kinds(sides, "right", _ROWS)
    shared = [column for column in left if column in right and is_chosen(column, wishes)]
    if not shared:
        return ()
    asked = ", ".join(f"bool_or({quoted(column + '~')})" for column in shared)
    apart: Iterable[Sequence[Any]] = [engine.rows(f"SELECT {asked} FROM {side}")[0] for side in (_LEFT, _RIGHT)]
    return tuple(
        Compared(column, left[column], right[column])
        for column, *flags in zip(shared, *apart, strict=True)
        if any(flags)
    )


def _query(facing: Facing, like: Likeness, number: int) -> str:
    """SQL: the pairs whose cells of a column differ, where one of them says another thing than its household."""
    column = like.columns[number]
    x, mark, apart = (quoted(column.name + end) for end in ("", "$", "~"))
    return f"""SELECT * FROM (SELECT p.l AS "l", p.r AS "r", {number} AS "n", {state(column, like)} AS "found",
  CAST(l.{x} AS VARCHAR) AS "a", CAST(r.{x} AS VARCHAR) AS "b", l.{mark} AS "s", r.{mark} AS "t"
FROM {quoted(facing.pairs)} AS p JOIN {like.left} AS l ON l."_id" = p.l JOIN {like.right} AS r ON r."_id" = p.r
WHERE l.{apart} OR r.{apart}) AS met{number} WHERE "found" > 0"""


def _typed(value: str | None, mark: int, text: str | None, kind: Type) -> Scalar:
    """Return the value as JSON knows it; of what could not be read, the text."""
    if mark == _DOUBT or value is None:
        return text if mark == _DOUBT else None
    if kind in ("整数", "年份"):
        return int(value)
    return float(value) if kind == "数字" else value

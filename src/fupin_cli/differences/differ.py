"""Pairs of one table in; what differs between its two sides out: rows only one has, cells, duplicates."""

from collections.abc import Sequence

from fupin_cli.catalogue import both
from fupin_cli.differences.cells import changed_cells
from fupin_cli.differences.columns import likeness, only_in
from fupin_cli.differences.keys import BOTH, has_columns, keys_of
from fupin_cli.differences.own_cells import with_own_cells
from fupin_cli.differences.records import records
from fupin_cli.differences.sides import Facing, Pairing, Sides
from fupin_cli.engines import Engine
from fupin_cli.engines.sql import quoted
from fupin_cli.model.difference import Duplicate, Record, Side, TableComparison

Note = tuple[str, str]  # zh, en
_SIDE = {"left": both("左边"), "right": both("右边")}


def differ(engine: Engine, sides: Sides, facing: Facing, wishes: Pairing) -> tuple[TableComparison, tuple[Note, ...]]:
    """Return what the pairs of a table leave over and where they differ, and how many rows had nothing to meet by."""
    on = wishes.on if has_columns(sides, facing, wishes.on) else ()
    like = likeness(sides, facing, wishes)
    cells, _ = changed_cells(engine, sides, facing, like, on)
    changed, changed_records = with_own_cells(engine, sides, facing, wishes, cells)
    by = engine.rows(f'SELECT "by", count(*) FROM {quoted(facing.pairs)} GROUP BY 1 ORDER BY 2 DESC, 1')
    met = sum(int(count) for _, count in by)
    left, right = (int(engine.rows(f"SELECT count(*) FROM {keys_of(side, facing)}")[0][0]) for side in BOTH)
    missing = only_in(sides, facing)
    compared = TableComparison(
        table=facing.table,
        keys={str(how): int(count) for how, count in by},
        rows=(left, right),
        same=met - changed_records,
        only_left=_alone(engine, sides, "left", facing, on),
        only_right=_alone(engine, sides, "right", facing, on),
        changed=changed,
        changed_records=changed_records,
        duplicates=(*_duplicates(engine, sides, "left", facing, on), *_duplicates(engine, sides, "right", facing, on)),
        compared=tuple(one.name for one in like.columns),
        columns_only_left=missing[0],
        columns_only_right=missing[1],
    )
    return compared, tuple(note for side in BOTH for note in _without_key(engine, side, facing))


def _alone(engine: Engine, sides: Sides, side: Side, facing: Facing, on: Sequence[str]) -> tuple[Record, ...]:
    mark = "l" if side == "left" else "r"
    rows = engine.rows(
        f"SELECT k.id FROM {keys_of(side, facing)} AS k ANTI JOIN {quoted(facing.pairs)} AS p ON p.{mark} = k.id"
    )
    return tuple(records(engine, sides, side, facing.of(side), [int(id_) for (id_,) in rows], on).values())


def _duplicates(engine: Engine, sides: Sides, side: Side, facing: Facing, on: Sequence[str]) -> list[Duplicate]:
    groups = engine.rows(
        f"SELECT list(id ORDER BY id) FROM {keys_of(side, facing)} WHERE own IS NOT NULL GROUP BY own HAVING count(*) > 1 ORDER BY min(id)"
    )
    found = records(engine, sides, side, facing.of(side), [int(id_) for (ids,) in groups for id_ in ids], on)
    return [Duplicate(side, tuple(found[int(id_)] for id_ in ids)) for (ids,) in groups]


def _without_key(engine: Engine, side: Side, facing: Facing) -> list[Note]:
    """Say how many rows say nothing they could meet by; they are among those only one side has.

    Households meet by their members, too: of them nothing is said.
    """
    mark = "l" if side == "left" else "r"
    count = engine.rows(f"""SELECT count(*) FROM {keys_of(side, facing)} AS k
ANTI JOIN {quoted(facing.pairs)} AS p ON p.{mark} = k.id WHERE own IS NULL""")[0][0]
    if not count or facing.table == "户":
        return []
    zh, en = _SIDE[side]
    return [
        both(
            "{side}“{of}”有 {count} 行没有可用来对应的号码、编号或“户编号＋姓名”，无法比对，"
            "列在“只在{side}”里；要按别的列对应，请用 --on 指明。",
            side=(zh, en),
            of=facing.of(side),
            count=count,
        )
    ]

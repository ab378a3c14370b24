"""Two tables with the same columns in; pairs of the rows that say nothing to meet by, but the same in every cell, out."""

from fupin_cli.differences.keys import BOTH, keys_of
from fupin_cli.differences.sides import Facing, Sides, kinds, relation
from fupin_cli.engines import Engine
from fupin_cli.engines.sql import quoted
from fupin_cli.model.difference import Side

BY = "整行相同"


def pair_identical(engine: Engine, sides: Sides, facing: Facing) -> None:
    """Pair the rows left over that are the same in every column, a person's household included; none where a side has a column of its own.

    Without it a row with no number and no code would be gone and new in a file compared with itself.
    """
    tables = [facing.table, "户"] if facing.table == "人" else [facing.table]
    if facing.left != facing.right or any(kinds(sides, "left", one) != kinds(sides, "right", one) for one in tables):
        return
    left, right = (_left_over(sides, facing, side) for side in BOTH)
    engine.run(f"""INSERT INTO {quoted(facing.pairs)} SELECT l.id, r.id, '{BY}' FROM ({left}) AS l
JOIN ({right}) AS r USING (said, nth)""")


def _left_over(sides: Sides, facing: Facing, side: Side) -> str:
    """SQL: rows in no pair, `said` all their cells, `nth` to tell those of one text apart."""
    table, mark = facing.of(side), "l" if side == "left" else "r"
    cells = [_cell("t", column) for column in kinds(sides, side, table)]
    joined = ""
    if table == "人" and sides.tables(side).households:
        cells += [_cell("h", column) for column in kinds(sides, side, "户")]
        joined = f' LEFT JOIN {relation(sides, side, "户")} AS h ON h."_id" = t."_household"'
    return f"""SELECT *, row_number() OVER (PARTITION BY said ORDER BY id) AS nth
FROM (SELECT k.id, concat_ws(chr(31), {", ".join(cells)}) AS said FROM {keys_of(side, facing)} AS k
ANTI JOIN {quoted(facing.pairs)} AS p ON p.{mark} = k.id
JOIN {relation(sides, side, table)} AS t ON t."_id" = k.id{joined}) AS w"""


def _cell(alias: str, column: str) -> str:
    """SQL: what a cell says, or in which way it says nothing."""
    return f"coalesce(CAST({alias}.{quoted(column)} AS VARCHAR), chr(30) || CAST({alias}.{quoted(column + '$')} AS VARCHAR), '')"

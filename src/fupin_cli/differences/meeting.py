"""Keys of both sides in; pairs out, one pass after the other, each over the rows that are in no pair yet."""

from msgspec import Struct

from fupin_cli.differences.columns import Likeness
from fupin_cli.differences.keys import BOTH, keys_of, waiting
from fupin_cli.differences.sides import Facing
from fupin_cli.differences.twins import pair_twins
from fupin_cli.engines import Engine
from fupin_cli.engines.sql import quoted
from fupin_cli.model.difference import Side

NOT_CONTRADICTED = "NOT coalesce(l.name <> r.name AND l.born <> r.born, FALSE)"
AGREED = f"coalesce(l.name = r.name OR l.born = r.born, FALSE) AND {NOT_CONTRADICTED}"


class Pass(Struct, frozen=True):
    """One way rows may meet."""

    by: str  # what the result calls it
    key: str  # SQL over a row of keys, named `k`
    allowed: str = NOT_CONTRADICTED  # SQL over `l` and `r`
    unique: bool = False  # only where one row of each side has the key


def meet(engine: Engine, facing: Facing, one: Pass, alike: Likeness) -> None:
    """Add the pairs of one pass.

    Args:
        engine: where the keys are.
        facing: the tables; their pairs grow.
        one: the pass.
        alike: what tells how like two rows are.
    """
    pairs = facing.pairs
    for side in BOTH:
        engine.run(f"CREATE OR REPLACE TABLE {waiting(side)} AS {_waiting(facing, side, one.key)}")
    engine.run(f"""CREATE OR REPLACE TABLE "_met" AS SELECT key, l.n AS ln, r.n AS rn
FROM (SELECT key, count(*) AS n FROM {waiting("left")} GROUP BY key) AS l
JOIN (SELECT key, count(*) AS n FROM {waiting("right")} GROUP BY key) AS r USING (key)""")
    engine.run(f"""INSERT INTO {quoted(pairs)} SELECT l.id, r.id, '{one.by}' FROM "_met" AS g
JOIN {waiting("left")} AS l USING (key) JOIN {waiting("right")} AS r USING (key)
WHERE g.ln = 1 AND g.rn = 1 AND {one.allowed}""")
    if not one.unique and engine.rows('SELECT 1 FROM "_met" WHERE ln > 1 OR rn > 1 LIMIT 1'):
        pair_twins(engine, pairs, (one.by, one.allowed), alike)
    for table in (waiting("left"), waiting("right"), '"_met"'):
        engine.run(f"DROP TABLE {table}")


def _waiting(facing: Facing, side: Side, key: str) -> str:
    mark = "l" if side == "left" else "r"
    return f"""SELECT * FROM (SELECT k.id, {key} AS key, k.name, k.born, k.house FROM {keys_of(side, facing)} AS k
ANTI JOIN {quoted(facing.pairs)} AS p ON p.{mark} = k.id) AS w WHERE key IS NOT NULL"""

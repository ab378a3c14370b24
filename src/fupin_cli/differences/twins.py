"""Rows of one key that stand on a side more than once in; pairs by what they say out, never by the order of rows."""

from fupin_cli.differences.columns import Likeness, state
from fupin_cli.differences.keys import BOTH, waiting
from fupin_cli.engines import Engine
from fupin_cli.engines.sql import quoted
from fupin_cli.model.difference import Side

_MOST = 2_500  # pairs that are weighed of one key; rows of a number that half a county has are left to the next pass


def pair_twins(engine: Engine, pairs: str, how: tuple[str, str], like: Likeness) -> None:
    """Add pairs of the keys that `_met` says several rows have: rows that say the same first, then the most alike.

    Args:
        engine: where the waiting rows are.
        pairs: engine table of pairs; it grows.
        how: what the pass is called, and SQL over `l` and `r`: the rows may be paired.
        like: what the rows are compared by.
    """
    by, allowed = how
    for side in BOTH:
        _write_contents(engine, side, like)
    engine.run(f"""INSERT INTO {quoted(pairs)} SELECT l.id, r.id, '{by}' FROM {_twins("left")} AS l
JOIN {_twins("right")} AS r USING (key, said, nth) WHERE {allowed}""")
    weights = " + ".join(f"CASE WHEN {state(one, like)} = 0 THEN 1 ELSE 0 END" for one in like.columns) or "0"
    candidates = engine.rows(f"""SELECT c.l, c.r, {weights} AS weight, c.tie
FROM (SELECT l.id AS l, r.id AS r, xor(l.said, r.said) AS tie
  FROM (SELECT * FROM {_twins("left")} AS t ANTI JOIN {quoted(pairs)} AS p ON p.l = t.id) AS l
  JOIN (SELECT * FROM {_twins("right")} AS t ANTI JOIN {quoted(pairs)} AS p ON p.r = t.id) AS r USING (key)
  JOIN "_met" AS g USING (key) WHERE g.ln * g.rn <= {_MOST} AND {allowed}) AS c
JOIN {like.left} AS l ON l."_id" = c.l JOIN {like.right} AS r ON r."_id" = c.r""")
    chosen = _most_alike([(int(weight), int(tie), int(one), int(other)) for one, other, weight, tie in candidates])
    if chosen:
        rows = ",".join(f"({one},{other},'{by}')" for one, other in chosen)
        engine.run(f"INSERT INTO {quoted(pairs)} VALUES {rows}")
    for side in BOTH:
        engine.run(f"DROP TABLE {_twins(side)}")


def _most_alike(candidates: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    """Return pairs of (weight, tie, left, right): the heaviest first, each row once; ties go by contents, the same from both sides."""
    left: set[int] = set()
    right: set[int] = set()
    chosen = []
    for _, _, one, other in sorted(candidates, key=lambda each: (-each[0], *each[1:])):
        if one not in left and other not in right:
            left.add(one)
            right.add(other)
            chosen.append((one, other))
    return chosen


def _write_contents(engine: Engine, side: Side, like: Likeness) -> None:
    """Create the rows of a side whose key several have: `said` is a hash of their cells, `nth` tells equal ones apart."""
    cells = [f"CAST(t.{quoted(one.name)} AS VARCHAR)" for one in like.columns]
    cells += [f"CASE WHEN t.{quoted(one.name + '$')} = 2 THEN 1 ELSE 0 END" for one in like.columns]
    said = (
        f"hash(concat_ws(chr(31), {', '.join(f'coalesce(CAST({cell} AS VARCHAR), chr(30))' for cell in cells)}))"
        if cells
        else "CAST(0 AS UBIGINT)"
    )
    engine.run(f"""CREATE OR REPLACE TABLE {_twins(side)} AS
SELECT *, row_number() OVER (PARTITION BY key, said ORDER BY id) AS nth
FROM (SELECT w.*, {said} AS said FROM {waiting(side)} AS w JOIN "_met" AS g USING (key)
  JOIN {like.of(side)} AS t ON t."_id" = w.id WHERE g.ln > 1 OR g.rn > 1) AS c""")


def _twins(side: Side) -> str:
    return f'"_twins_{side}"'

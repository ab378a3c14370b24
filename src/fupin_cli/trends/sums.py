"""Kept editions → income by edition and how it changed, and how many households went from one value of a column to another."""

from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.trend import Income, Shift
from fupin_cli.trends.kept import COLUMNS, Kept

_ALONE = "chain IS NOT NULL AND here IS DISTINCT FROM FALSE QUALIFY count(*) OVER (PARTITION BY chain) = 1"


def incomes(engine: Engine, limits: Sequence[float | None], sharp: Sequence[int | None]) -> list[Income]:
    """Return the incomes of each edition.

    Args:
        engine: where the editions were kept.
        limits: for each, the share of the earlier income that a change may reach.
        sharp: for each, the households of which INC009 speaks.
    """
    found = []
    for n, limit in enumerate(limits):
        known, median, mean = engine.rows(
            'SELECT count(income), median(income), avg(income) FROM "期_户" WHERE n = ? AND here IS DISTINCT FROM FALSE',
            [n],
        )[0]
        changed = _changes(engine, n, limit) if n else (0, 0, 0, 0, 0)
        found.append(Income(int(known), median, mean, sum(changed), *changed, limit, sharp[n]))
    return found


def _changes(engine: Engine, n: int, limit: float | None) -> tuple[int, int, int, int, int]:
    """Return how many households fell by more than the limit, fell, stayed, rose, rose by more; without a limit none is `more`."""
    much = "FALSE" if limit is None else f"abs(b.income - a.income) > a.income * {limit!r}"
    fell_much, fell, same, rose, rose_much = engine.rows(
        f"""WITH a AS (SELECT * FROM "期_户" WHERE n = {n - 1} AND {_ALONE}), b AS (SELECT * FROM "期_户" WHERE n = {n} AND {_ALONE})
SELECT count(*) FILTER (WHERE b.income < a.income AND {much}), count(*) FILTER (WHERE b.income < a.income AND NOT ({much})),
 count(*) FILTER (WHERE b.income = a.income), count(*) FILTER (WHERE b.income > a.income AND NOT ({much})),
 count(*) FILTER (WHERE b.income > a.income AND {much}) FROM a JOIN b ON b.chain = a.chain WHERE a.income > 0 AND b.income IS NOT NULL"""
    )[0]
    return int(fell_much), int(fell), int(same), int(rose), int(rose_much)


def shifts(engine: Engine, kept: Sequence[Kept]) -> list[Shift]:
    """Return the matrices of neighbouring editions, for each column that both have; households that stand in both, each once."""
    found = []
    for n in range(1, len(kept)):
        for column in COLUMNS:
            if column not in kept[n].has or column not in kept[n - 1].has:
                continue
            rows = engine.rows(
                f"""WITH a AS (SELECT * FROM "期_户" WHERE n = {n - 1} AND {_ALONE}), b AS (SELECT * FROM "期_户" WHERE n = {n} AND {_ALONE})
SELECT coalesce(a."{column}", '') AS x, coalesce(b."{column}", '') AS y, count(*) FROM a JOIN b ON b.chain = a.chain
GROUP BY 1, 2 ORDER BY x, y"""
            )
            found += [Shift(n, column, before, after, int(count)) for before, after, count in rows]
    return found

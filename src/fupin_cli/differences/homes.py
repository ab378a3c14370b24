"""Pairs of persons in; what they say of households out: which are the same, and which cannot be."""

from fupin_cli.differences.sides import Sides, kinds, relation
from fupin_cli.engines import Engine
from fupin_cli.model.difference import Side

_HEAD = "与户主关系"


def not_elsewhere(engine: Engine, sides: Sides) -> str:
    """SQL over the keys `l` and `r` of two households: their members that were met do not all stand in other households.

    Creates `_between`: how many members of a household of the left (`lh`) stand in one of the right (`rh`).
    """
    engine.run(f'CREATE OR REPLACE TABLE "_between" AS {_between(sides)}')
    met = 'SELECT 1 FROM "_between" AS b WHERE'
    return f"(EXISTS ({met} b.lh = l.id AND b.rh = r.id) OR NOT EXISTS ({met} b.lh = l.id) OR NOT EXISTS ({met} b.rh = r.id))"


def by_head(engine: Engine, sides: Sides) -> None:
    """Pair the households that are in no pair and whose only 户主 are a pair."""
    if not all(sides.tables(side).persons and _HEAD in kinds(sides, side, "人") for side in ("left", "right")):
        return
    engine.run(f"""INSERT INTO "对_户" SELECT l.house, r.house, '户主' FROM "对_人" AS p
JOIN ({_heads(sides, "left")}) AS l ON l.head = p.l JOIN ({_heads(sides, "right")}) AS r ON r.head = p.r
WHERE {_free("l.house", "r.house")}""")


def by_members(engine: Engine, sides: Sides) -> None:
    """Pair the households that are in no pair where most members of each stand in the other."""
    if not (sides.left.persons and sides.right.persons):
        return
    many = 'SELECT "_household" AS house, count(*) AS n FROM {} WHERE "_household" IS NOT NULL GROUP BY 1'
    engine.run(f"""INSERT INTO "对_户" SELECT b.lh, b.rh, '多数成员' FROM "_between" AS b
JOIN ({many.format(relation(sides, "left", "人"))}) AS l ON l.house = b.lh
JOIN ({many.format(relation(sides, "right", "人"))}) AS r ON r.house = b.rh
WHERE b.n * 2 > l.n AND b.n * 2 > r.n AND {_free("b.lh", "b.rh")}""")


def _between(sides: Sides) -> str:
    if not (sides.left.persons and sides.right.persons):
        return "SELECT CAST(NULL AS BIGINT) AS lh, CAST(NULL AS BIGINT) AS rh, 0 AS n WHERE FALSE"
    return f"""SELECT l."_household" AS lh, r."_household" AS rh, count(*) AS n FROM "对_人" AS p
JOIN {relation(sides, "left", "人")} AS l ON l."_id" = p.l JOIN {relation(sides, "right", "人")} AS r ON r."_id" = p.r
WHERE l."_household" IS NOT NULL AND r."_household" IS NOT NULL GROUP BY 1, 2"""


def _heads(sides: Sides, side: Side) -> str:
    return f"""SELECT "_household" AS house, min("_id") AS head FROM {relation(sides, side, "人")}
WHERE "{_HEAD}" = '户主' AND "_household" IS NOT NULL GROUP BY 1 HAVING count(*) = 1"""


def _free(left: str, right: str) -> str:
    return f'{left} NOT IN (SELECT l FROM "对_户") AND {right} NOT IN (SELECT r FROM "对_户")'

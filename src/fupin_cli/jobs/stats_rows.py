"""What a run's tables have → SQL of which households and persons still stand in the registry, as roll-ups count them."""

from fupin_cli.model.table import Tables

STRUCK = "注销"  # the 脱贫属性 of a household that was struck off
PERSONS = ' FROM "人" p JOIN "推_人" q ON q."_id" = p."_id"'


def households(tables: Tables) -> str:
    """Return a FROM clause of 户 as h with m."here": TRUE in the registry, FALSE struck off or all its members gone, NULL cannot tell.

    m."people" is how many of its members are 在册, m."maybe" of how many more that cannot be told.
    """
    struck = "FALSE"
    if "脱贫属性" in tables.columns.get("户", ()):
        struck = f'CASE WHEN x."脱贫属性" = \'{STRUCK}\' THEN TRUE WHEN x."脱贫属性$" = 2 THEN NULL ELSE FALSE END'
    members = 'SELECT CAST(NULL AS BIGINT) AS home, 0 AS "rows", 0 AS sure, 0 AS maybe WHERE FALSE'
    if tables.persons:
        members = (
            'SELECT p."_household" AS home, COUNT(*) AS "rows", COUNT_IF(q."在册") AS sure, COUNT_IF(q."在册" IS NULL) AS maybe'
            f'{PERSONS} WHERE p."_household" IS NOT NULL GROUP BY 1'
        )
    here = (
        f'CASE WHEN {struck} THEN FALSE WHEN c."rows" > 0 AND c.sure + c.maybe = 0 THEN FALSE'
        f' WHEN ({struck}) IS NULL OR (c."rows" > 0 AND c.sure = 0) THEN NULL ELSE TRUE END'
    )
    return (
        f' FROM "户" h JOIN (SELECT x."_id", {here} AS here, COALESCE(c.sure, 0) AS people, COALESCE(c.maybe, 0) AS maybe'
        f' FROM "户" x LEFT JOIN ({members}) c ON c.home = x."_id") m ON m."_id" = h."_id"'
    )

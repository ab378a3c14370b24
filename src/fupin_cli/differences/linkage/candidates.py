"""Persons in no pair in; the pairs worth comparing out: those that share one of a few keys, never all with all."""

from fupin_cli.engines import Engine

MOST = 10_000  # pairs of one key; what is shared by more tells nobody apart, and a rarer key meets the same rows

_BORN = "strftime(\"birth\", '%Y%m%d')"
_KEYS = (  # NULL where a part is unknown
    f"'1' || {_BORN} || coalesce(\"village\", '')",
    f"'2' || {_BORN} || substr(\"name_simple\", 1, 1)",
    f"'3' || {_BORN} || substr(\"name_simple\", 2)",
    '\'4\' || "village" || "name_sound"',
    "'5' || \"village\" || nullif(substr(\"name_simple\", 2), '')",
    '\'6\' || "village" || substr("name_simple", 1, 1) || substr("name_simple", -1)',
    "'7' || coalesce(\"village\", '') || '/' || \"household\"",
    '\'8\' || "name_simple" || year("birth")',
    "'9' || \"name_simple\" || strftime(\"birth\", '%m%d')",
    "'a' || substr(\"short\", 1, 12)",  # region and birthday: the sequence number differs
    "'b' || substr(\"short\", 7, 9)",  # birthday and sequence number: the region
    '\'c\' || substr("short", 1, 8) || substr("short", 13, 3)',  # month and day
    '\'d\' || substr("short", 1, 6) || substr("short", 9, 7)',  # year
    "'e' || right(\"number\", 8)",  # a character lost before
)


def meet(engine: Engine) -> None:
    """Make `联_对` (l, r): pairs of `联_人` that share a key."""
    engine.run(
        f'CREATE OR REPLACE TABLE "联_键" AS SELECT "side", "id", hash("key") AS "key" FROM ('
        f'SELECT "side", "id", unnest([{", ".join(_KEYS)}]) AS "key" FROM "联_人" WHERE "free") WHERE "key" IS NOT NULL'
    )
    engine.run(
        f"""CREATE OR REPLACE TABLE "联_对" AS
WITH few AS (SELECT "key" FROM "联_键" GROUP BY 1
 HAVING count(*) FILTER (WHERE "side" = 0) * count(*) FILTER (WHERE "side" = 1) BETWEEN 1 AND {MOST})
SELECT DISTINCT a."id" AS "l", b."id" AS "r" FROM few JOIN "联_键" AS a ON a."key" = few."key" AND a."side" = 0
JOIN "联_键" AS b ON b."key" = few."key" AND b."side" = 1"""
    )

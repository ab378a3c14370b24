"""Pairs worth comparing in; for each how its comparisons came out, what they weigh, and which pairs are the best of both rows, out."""

from fupin_cli.differences.linkage.characters import LOST
from fupin_cli.differences.linkage.weights import BIRTH, NAME, NUMBER, PLACE, RELATION, SEX, Level, prior
from fupin_cli.engines import Engine, Row

ASPECTS = ("name", "number", "birth", "sex", "place", "relation")
_NEAR = "('same', 'digit', 'swapped', 'lost', 'cut')"
_ALIKE = "('same', 'variant', 'sound', 'shape', 'part')"

_ONE = f"""CASE WHEN substr(a."simple", i, 1) = substr(b."simple", i, 1) THEN 0
  WHEN list_has_any(a."readings"[i], b."readings"[i]) THEN 1
  WHEN list_has_any(a."groups"[i], b."groups"[i]) OR '{LOST}' IN (substr(a."simple", i, 1), substr(b."simple", i, 1)) THEN 2
  ELSE 3 END"""
_NAMES = f"""CREATE OR REPLACE TABLE "联_名对" AS
WITH met AS (SELECT DISTINCT a."name_at" AS "l", b."name_at" AS "r" FROM "联_对" AS x
 JOIN "联_人" AS a ON a."side" = 0 AND a."id" = x."l" JOIN "联_人" AS b ON b."side" = 1 AND b."id" = x."r"
 WHERE a."name_simple" <> b."name_simple"),
seen AS (SELECT met.*, a."simple" AS "x", b."simple" AS "y", CASE WHEN length(a."simple") = length(b."simple")
 THEN list_transform(range(1, length(a."simple") + 1), lambda i: {_ONE}) END AS "codes"
 FROM met JOIN "联_名" AS a ON a."at" = met."l" JOIN "联_名" AS b ON b."at" = met."r"),
told AS (SELECT *, len(list_filter("codes", lambda c: c = 0)) AS "same", len(list_filter("codes", lambda c: c = 2)) AS "shape",
 len(list_filter("codes", lambda c: c = 3)) AS "other" FROM seen)
SELECT "l", "r", CASE WHEN "codes" IS NULL THEN CASE WHEN greatest(length("x"), length("y")) >= 4
  AND least(length("x"), length("y")) >= 2 AND (starts_with("x", "y") OR starts_with("y", "x")) THEN 'part' ELSE 'other' END
 WHEN "other" = 0 AND "shape" = 0 THEN 'sound' WHEN "other" = 0 AND "same" > 0 THEN 'shape'
 WHEN "other" = 1 AND len("codes") >= 3 THEN 'one' ELSE 'other' END AS "level" FROM told"""

_NUMBER = """CASE WHEN a."number" IS NULL OR b."number" IS NULL THEN NULL
 WHEN a."number" = b."number" OR (15 IN (length(a."number"), length(b."number")) AND a."short" = b."short") THEN 'same'
 WHEN a."valid" AND b."valid" THEN 'two'
 WHEN length(a."number") = length(b."number") AND hamming(a."number", b."number") = 1 THEN 'digit'
 WHEN length(a."number") = length(b."number") AND hamming(a."number", b."number") = 2
  AND list_sort(string_split(a."number", '')) = list_sort(string_split(b."number", '')) THEN 'swapped'
 WHEN 15 IN (length(a."number"), length(b."number")) AND length(a."short") = length(b."short") THEN CASE
  WHEN hamming(a."short", b."short") = 1 THEN 'digit'
  WHEN damerau_levenshtein(a."short", b."short") = 1 THEN 'swapped' ELSE 'unlike' END
 WHEN abs(length(a."number") - length(b."number")) = 1 AND damerau_levenshtein(a."number", b."number") = 1 THEN 'lost'
 WHEN substr(a."number", 1, 15) = substr(b."number", 1, 15) AND (a."number" LIKE '%000' OR b."number" LIKE '%000') THEN 'cut'
 ELSE 'unlike' END"""

_BIRTH = """CASE WHEN a."birth" IS NULL OR b."birth" IS NULL THEN NULL WHEN a."birth" = b."birth" THEN 'same'
 WHEN year(a."birth") = year(b."birth") AND month(a."birth") = day(b."birth") AND day(a."birth") = month(b."birth") THEN 'swapped'
 WHEN CAST(year(a."birth") = year(b."birth") AS INT) + CAST(month(a."birth") = month(b."birth") AS INT)
  + CAST(day(a."birth") = day(b."birth") AS INT) = 2 THEN 'part' ELSE 'other' END"""

# 户编号 that are counted anew in each village mean nothing between villages.
_PLACE = """CASE WHEN a."household" = b."household" AND coalesce(a."village" = b."village", TRUE) THEN 'household'
 WHEN a."head_simple" = b."head_simple" AND a."village" = b."village"
  AND coalesce(a."relation" <> '户主' AND b."relation" <> '户主', FALSE) THEN 'head'
 WHEN a."village" IS NULL OR b."village" IS NULL THEN NULL
 WHEN a."village" = b."village" AND coalesce(a."township" = b."township", TRUE) THEN 'village'
 WHEN a."township" = b."township" THEN 'township' ELSE 'other' END"""

_COUNTED = {
    ("name", "same"): 'a."u_name"',
    ("name", "variant"): 'a."u_name"',
    ("name", "sound"): 'greatest(a."u_sound", b."u_sound")',
    ("birth", "same"): 'a."u_birth"',
    ("place", "household"): 'greatest(a."u_household", b."u_household")',
    ("place", "head"): 'greatest(a."u_head", b."u_head")',
    ("place", "village"): 'greatest(a."u_village", b."u_village")',
    ("relation", "same"): 'a."u_relation"',
}
_TABLES: dict[str, dict[str, Level]] = {
    "name": NAME, "number": NUMBER, "birth": BIRTH, "sex": SEX, "place": PLACE, "relation": RELATION,
}  # fmt: skip


def score(engine: Engine, least: float) -> list[Row]:
    """Return the pairs that are the best of both their rows, the likeliest first.

    A row: l, r, probability, bits of the prior, then for each of ASPECTS how it came out (None: nothing known) and its bits.

    Args:
        engine: where `联_人` and `联_对` are.
        least: probability below which nothing is suggested.
    """
    free = engine.rows(
        'SELECT count(*) FILTER (WHERE "side" = 0), count(*) FILTER (WHERE "side" = 1) FROM "联_人" WHERE "free"'
    )
    start = prior(*free[0])
    engine.run(_NAMES)
    engine.run(f'CREATE OR REPLACE TABLE "联_分" AS {_scored(start)}')
    return engine.rows(
        f"""WITH good AS (SELECT *, 1 / (1 + pow(2.0, -least("total", 60.0))) AS "p" FROM "联_分"
 WHERE NOT ({_NEVER}))
SELECT "l", "r", "p", {start}, {", ".join(f'"{one}", "{one}_bits"' for one in ASPECTS)} FROM good WHERE "p" >= {least}
QUALIFY "total" = max("total") OVER (PARTITION BY "l") AND "total" = max("total") OVER (PARTITION BY "r")
ORDER BY "total" DESC, "l", "r\""""
    )


def _scored(start: float) -> str:
    """SQL: how each comparison came out, its bits, and the sum with the prior."""
    levels = f"""SELECT x."l", x."r",
 CASE WHEN a."name" = b."name" THEN 'same' WHEN a."name_simple" = b."name_simple" THEN 'variant' ELSE n."level" END AS "name",
 {_NUMBER} AS "number", {_BIRTH} AS "birth", CASE WHEN a."sex" = b."sex" THEN 'same' WHEN a."sex" <> b."sex" THEN 'other' END AS "sex",
 {_PLACE} AS "place", CASE WHEN a."relation" = b."relation" THEN 'same' WHEN a."relation" <> b."relation" THEN 'other' END AS "relation",
 {", ".join(f'{sql} AS "u_{one}_{level}"' for (one, level), sql in _COUNTED.items())}
FROM "联_对" AS x JOIN "联_人" AS a ON a."side" = 0 AND a."id" = x."l" JOIN "联_人" AS b ON b."side" = 1 AND b."id" = x."r"
LEFT JOIN "联_名对" AS n ON n."l" = a."name_at" AND n."r" = b."name_at\""""
    # A birthday stands in the number: beside two numbers that nearly agree it says nothing new.
    told = f"""SELECT * REPLACE (CASE WHEN "number" IN {_NEAR} THEN NULL ELSE "birth" END AS "birth",
 CASE WHEN "place" IN ('household', 'head') THEN "relation" END AS "relation"), "birth" AS "born" FROM ({levels})"""
    bits = ", ".join(f'{_bits(one)} AS "{one}_bits"' for one in ASPECTS)
    total = " + ".join(f'"{one}_bits"' for one in ASPECTS)
    return f'SELECT *, round({total} + {start}, 6) AS "total" FROM (SELECT *, {bits} FROM ({told}))'


def _bits(aspect: str) -> str:
    """SQL: the weight of a comparison, 0 where nothing is known."""
    cases = " ".join(
        f"WHEN '{name}' THEN "
        + (f'log2({level.m} / "u_{aspect}_{name}")' if level.u is None else str(round(level.bits, 6)))
        for name, level in _TABLES[aspect].items()
    )
    return f'CASE "{aspect}" {cases} ELSE 0 END'


# What is never suggested, whatever the sum: without a number that nearly agrees, a name of another sound and shape, and a
# birthday differing in two parts outside the household (namesakes), or in one where both numbers are valid; twins; namesakes of
# another village.
_FAR = f'coalesce("number" NOT IN {_NEAR}, TRUE)'
_STRANGE = f'("name" IS NULL OR "name" NOT IN {_ALIKE})'
_HOME = "('household', 'head')"
_NEVER = f"""{_FAR} AND {_STRANGE}
 OR {_FAR} AND coalesce("born" = 'other' AND coalesce("place" NOT IN {_HOME}, TRUE), FALSE)
 OR {_FAR} AND coalesce("place" IN ('township', 'other') AND "born" = 'part', FALSE)
 OR coalesce("number" = 'two' AND "born" IN ('part', 'other'), FALSE)
 OR coalesce("born" = 'same' AND coalesce("place" IN {_HOME}, TRUE), FALSE) AND {_STRANGE}"""

"""Columns of the two sides in; SQL out that tells who stands in which household and who heads it (`_met`, `_ties`, heads)."""

from collections.abc import Collection

from msgspec import Struct

from fupin_cli.differences.certificates import NO_TEXT, born, first18, normal_name


class PersonTable(Struct, frozen=True):
    """One side's 人 table."""

    table: str  # 左_人
    columns: Collection[str]  # its canonical columns


def there(side: PersonTable, alias: str) -> str:
    """SQL: the row is in the file (在册): TRUE, FALSE, or NULL where its 人员状态 could not be read."""
    if "人员状态" not in side.columns:
        return "TRUE"
    value, state = f'{alias}."人员状态"', f'{alias}."人员状态$"'
    return f"CASE WHEN {state} = 2 THEN NULL ELSE coalesce({value} <> '自然减少', TRUE) END"


def number(side: PersonTable, alias: str) -> str:
    """SQL: what a person is known by, alike for 15 and 18 digits: the first 18 characters of the certificate, or its token."""
    if "证件令牌" in side.columns:
        return f'{alias}."证件令牌"'
    return first18(f'{alias}."证件号码"') if "证件号码" in side.columns else NO_TEXT


def birth(side: PersonTable, alias: str) -> str:
    """SQL: the day of birth, as written, else as a number tells it whose check character holds."""
    told = born(number(side, alias)) if "证件号码" in side.columns else "CAST(NULL AS DATE)"
    return f'coalesce({alias}."出生日期", {told})' if "出生日期" in side.columns else told


def called(side: PersonTable, alias: str) -> str:
    """SQL: the name in normal form."""
    return normal_name(f'{alias}."姓名"') if "姓名" in side.columns else NO_TEXT


def _in_two(side: PersonTable) -> str:
    """SQL: numbers that stand in two places of one side: where such a person lives cannot be told."""
    return f"""SELECT {number(side, "t")} AS n FROM "{side.table}" AS t WHERE coalesce({there(side, "t")}, TRUE)
      AND {number(side, "t")} IS NOT NULL GROUP BY n HAVING count(DISTINCT coalesce(t."_household", -1)) > 1"""


def _placed(side: PersonTable, alias: str) -> str:
    """SQL: where the row stands is known: in a household, or in none on a sheet that has households."""
    housed = f'SELECT DISTINCT "_source" FROM "{side.table}" WHERE "_household" IS NOT NULL'
    return f'({alias}."_household" IS NOT NULL OR {alias}."_source" IN ({housed}))'


def met_sql(left: PersonTable, right: PersonTable) -> str:
    """SQL that creates `_met`: persons met on both sides and known to be there on each, with both households."""
    name_l, name_r = _shown(left, "a"), _shown(right, "b")
    return f"""CREATE OR REPLACE TABLE "_met" AS
WITH twice_l AS ({_in_two(left)}), twice_r AS ({_in_two(right)})
SELECT m.l, m.r, a."_household" AS lh, b."_household" AS rh, {name_l} AS ln, {name_r} AS rn
FROM "对_人" AS m JOIN "{left.table}" AS a ON a."_id" = m.l JOIN "{right.table}" AS b ON b."_id" = m.r
WHERE coalesce({there(left, "a")}, TRUE) AND coalesce({there(right, "b")}, TRUE)
  AND {_placed(left, "a")} AND {_placed(right, "b")}
  AND NOT EXISTS (FROM twice_l WHERE n = {number(left, "a")}) AND NOT EXISTS (FROM twice_r WHERE n = {number(right, "b")})"""


def _shown(side: PersonTable, alias: str) -> str:
    return f'{alias}."姓名"' if "姓名" in side.columns else NO_TEXT


TIES = """CREATE OR REPLACE TABLE "_ties" AS
SELECT e.lh, e.rh, coalesce(p.r = e.rh, FALSE) AS paired, p.r IS NOT NULL AS l_goes_on, q.l IS NOT NULL AS r_was_there
FROM (SELECT DISTINCT lh, rh FROM "_met" WHERE lh IS NOT NULL AND rh IS NOT NULL) AS e
LEFT JOIN "对_户" AS p ON p.l = e.lh LEFT JOIN "对_户" AS q ON q.r = e.rh"""
_SPLIT = """SELECT lh, rh FROM "_ties" WHERE paired OR NOT r_was_there
QUALIFY count(*) OVER (PARTITION BY lh) > 1"""
_MERGED = """SELECT lh, rh FROM "_ties" WHERE paired OR NOT l_goes_on
QUALIFY count(*) OVER (PARTITION BY rh) > 1"""
SPLIT_MEMBERS = f"""SELECT m.lh, m.rh, coalesce(m.rn, m.ln, '') FROM "_met" AS m JOIN ({_SPLIT}) USING (lh, rh)
ORDER BY m.lh, m.rh, m.r"""
MERGED_MEMBERS = f"""SELECT m.rh, m.lh, coalesce(m.ln, m.rn, '') FROM "_met" AS m JOIN ({_MERGED}) USING (lh, rh)
ORDER BY m.rh, m.lh, m.l"""
MOVED = f"""SELECT m.l, m.r, m.lh, m.rh FROM "_met" AS m
WHERE m.lh IS NOT NULL AND m.rh IS NULL OR m.lh IS NULL AND m.rh IS NOT NULL
  OR NOT EXISTS (FROM "对_户" AS p WHERE p.l = m.lh AND p.r = m.rh) AND m.lh IS NOT NULL AND m.rh IS NOT NULL
    AND NOT EXISTS (FROM ({_SPLIT}) AS s WHERE s.lh = m.lh AND s.rh = m.rh)
    AND NOT EXISTS (FROM ({_MERGED}) AS s WHERE s.lh = m.lh AND s.rh = m.rh)
ORDER BY m.l"""


def _heads(side: PersonTable) -> str:
    """SQL: the only 户主 in the file of each household; none where another member may be one."""
    is_head = f"({there(side, 't')}) AND t.\"与户主关系\" = '户主'"
    return f"""SELECT t."_household" AS h, min(t."_id") FILTER (WHERE {is_head}) AS i FROM "{side.table}" AS t
      WHERE t."_household" IS NOT NULL GROUP BY h
      HAVING sum(CASE WHEN {is_head} THEN 1 WHEN NOT ({is_head}) THEN 0 ELSE 2 END) = 1"""


def heads_sql(left: PersonTable, right: PersonTable) -> str:
    """SQL: pairs of households whose heads are two persons: household and head of the left, of the right.

    Two persons: one of them is met elsewhere, or both name and day of birth differ. Never where number or name is the same.
    """
    return f"""SELECT p.l, a."_id", p.r, b."_id" FROM "对_户" AS p
JOIN ({_heads(left)}) AS x ON x.h = p.l JOIN "{left.table}" AS a ON a."_id" = x.i
JOIN ({_heads(right)}) AS y ON y.h = p.r JOIN "{right.table}" AS b ON b."_id" = y.i
LEFT JOIN "对_人" AS m ON m.l = a."_id" LEFT JOIN "对_人" AS w ON w.r = b."_id"
WHERE coalesce(m.r <> b."_id", TRUE) AND NOT coalesce({number(left, "a")} = {number(right, "b")}, FALSE)
  AND NOT coalesce({called(left, "a")} = {called(right, "b")}, FALSE)
  AND (m.r IS NOT NULL OR w.l IS NOT NULL
    OR coalesce({called(left, "a")} <> {called(right, "b")} AND {birth(left, "a")} <> {birth(right, "b")}, FALSE))
ORDER BY p.l"""

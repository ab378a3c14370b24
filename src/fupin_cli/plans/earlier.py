"""What rules ask of the earlier edition → the statements that answer for every row of this one: 上期值_人, 上期值_户.

Persons meet by 证件前18位; households by 户编号, else by the certificate of their 户主. A value is known where all rows of
the earlier edition that meet a row agree on it, and none of them is later than the row.
"""

from collections.abc import Iterable, Iterator

from fupin_cli.language.functions import FUNCTIONS
from fupin_cli.language.needs import Before, Needs, Sight
from fupin_cli.language.symbols import Level
from fupin_cli.language.trees import Tree, fill, quoted, sql_of
from fupin_cli.model.rows import Rows
from fupin_cli.model.table import Tables
from fupin_cli.plans.derived import laid_in

_OLD_HOUSEHOLD = ' FROM "上期_户" h JOIN "上期推_户" g ON g."_id" = h."_id"'
_OLD_HOME = (
    ("h", ' LEFT JOIN "上期_户" h ON h."_id" = p."_household"'),
    ("g", ' LEFT JOIN "上期推_户" g ON g."_id" = h."_id"'),
)
_OLD_PERSON = ' FROM "上期_人" p JOIN "上期推_人" q ON q."_id" = p."_id"' + "".join(join for _, join in _OLD_HOME)
_PERSON = ' FROM "人" p JOIN "推_人" q ON q."_id" = p."_id"'


def joined(level: str, needs: Needs) -> list[tuple[str, str]]:
    """Return the join that brings `e`, where rules of that level ask the earlier edition: alias, join."""
    alias = "p" if level == "人" else "h"
    return [("e", f' LEFT JOIN "上期值_{level}" e ON e."_id" = {alias}."_id"')] if level in needs.before else []


def statements(sight: Sight, needs: Needs, tables: Tables, stored: dict[Level, dict[str, Tree]]) -> Iterator[str]:
    """Yield the statements that make 上期值_人 and 上期值_户; 推_人 and 推_户 stand already.

    Args:
        sight: what this run's tables have, and those of the earlier edition.
        needs: what the rules ask.
        tables: those of this edition, with the earlier one beside them.
        stored: the derived columns of the earlier edition to store.
    """
    if tables.previous is None or sight.earlier is None or not needs.before:
        return
    yield laid_in("上期推_户", "户", stored["户"], Rows(' FROM "上期_户" h'))
    persons = tables.persons and tables.previous.persons
    if tables.previous.persons:
        yield laid_in("上期推_人", "人", stored["人"], Rows(' FROM "上期_人" p', _OLD_HOME))
    if persons:
        yield _persons(needs.before.get("人", {}).values(), sight, sight.earlier, apart=tables.apart)
    if "户" in needs.before:
        yield _households(needs.before["户"].values(), sight, sight.earlier, tables)


def _agreed(value: str) -> str:
    return f"CASE WHEN COUNT({value}) = COUNT(*) AND MIN({value}) = MAX({value}) THEN MIN({value}) END"


def _told(values: Iterable[Before]) -> str:
    """Return the values that stand beside a row, none of them where the earlier row is later."""
    return "".join(f', CASE WHEN NOT later THEN "{value.name}" END AS "{value.name}"' for value in values)


def _name(sight: Sight) -> str:
    return 'p."姓名"' if "姓名" in sight.present["人"] else "CAST(NULL AS VARCHAR)"


def _persons(values: Iterable[Before], now: Sight, old: Sight, *, apart: bool) -> str:
    """For each person: the rows with the same certificate; nobody where it is another's too, or where an earlier row without one may be his."""
    values = list(values)
    x = f', {"p." if apart else "NULL AS "}"_example"'
    same = 'AND {0}."_example" = p."_example"' if apart else ""
    asked = "".join(f', {_agreed(sql_of(value.tree))} AS "{value.name}"' for value in values)
    brought = "".join(f', o."{value.name}"' for value in values)
    return (
        f'CREATE OR REPLACE TABLE "上期值_人" AS WITH old AS (SELECT q."证件前18位" AS k{x}, MIN(p."_id") AS i, MAX(p."数据日期") AS d{asked}'
        f'{_OLD_PERSON} WHERE q."证件前18位" IS NOT NULL GROUP BY 1, 2),'
        f' shy AS (SELECT DISTINCT {_name(old)} AS n{x}{_OLD_PERSON} WHERE q."证件前18位" IS NULL),'
        f' nameless AS (SELECT BOOL_OR(n IS NULL) AS some, COUNT(*) AS many, "_example" FROM shy GROUP BY "_example"),'
        f' twins AS (SELECT q."证件前18位" AS k, p."数据日期" AS d{x}{_PERSON} GROUP BY 1, 2, 3 HAVING COUNT(DISTINCT {_name(now)}) > 1),'
        f' met AS (SELECT p."_id", o.i, COALESCE(o.d > p."数据日期", FALSE) OR t.k IS NOT NULL AS later, o.k IS NOT NULL AS met,'
        f' q."证件前18位" IS NULL OR s.n IS NOT NULL OR COALESCE(a.some OR (a.many > 0 AND {_name(now)} IS NULL), FALSE) AS doubtful{brought}{_PERSON}'
        f' LEFT JOIN old o ON o.k = q."证件前18位" {same.format("o")}'
        f' LEFT JOIN twins t ON t.k = q."证件前18位" AND t.d = p."数据日期" {same.format("t")}'
        f" LEFT JOIN shy s ON s.n = {_name(now)} {same.format('s')} LEFT JOIN nameless a ON TRUE {same.format('a')})"
        f' SELECT "_id", i, CASE WHEN later THEN NULL WHEN met THEN TRUE WHEN doubtful THEN NULL ELSE FALSE END AS there{_told(values)} FROM met'
    )


def _certificate(sight: Sight, persons: str) -> tuple[str, str]:
    """Return the join `t` with the certificate of each household's only 户主, and the SQL of the certificate of a household."""
    cell = "CAST(NULL AS VARCHAR)"
    if "户主证件号码" in sight.present["户"]:
        cell = sql_of(fill(FUNCTIONS["证件前18位"].sql, quoted("户主证件号码", "h")))
    if "与户主关系" not in sight.present["人"] or "证件号码" not in sight.present["人"]:
        return "", cell
    heads = (
        f' LEFT JOIN (SELECT p."_household", CASE WHEN COUNT(*) = 1 THEN MIN(q."证件前18位") END AS c{persons} WHERE p."与户主关系" = \'户主\' AND COALESCE(q."在册", TRUE)'
        ' GROUP BY 1) t ON t."_household" = h."_id"'
    )
    return heads, f"COALESCE(t.c, {cell})"


def _households(values: Iterable[Before], now: Sight, old: Sight, tables: Tables) -> str:
    """For each household: the rows with its 户编号, else those that are nobody else's and have its head.

    One that meets none is new where its members are known to be new too; without members, where its 户编号 is known.
    """
    values = list(values)
    x = f', {"h." if tables.apart else "NULL AS "}"_example"'
    same = 'AND {0}."_example" = {1}."_example"' if tables.apart else ""
    heads, number = _certificate(now, _PERSON)
    old_heads, old_number = _certificate(old, _OLD_PERSON)
    asked = "".join(f', {sql_of(value.tree)} AS "{value.name}"' for value in values)
    names = [f'"{value.name}"' for value in values]
    agreed = "".join(f", {_agreed(one)} AS {one}" for one in names)
    brought = "".join(f", o.{one}" for one in names)
    kin, new = _new(tables)
    return (
        f'CREATE OR REPLACE TABLE "上期值_户" AS WITH here AS (SELECT h."_id", h."_key" AS k, {number} AS c, h."数据日期" AS d{x}'
        f' FROM "户" h{heads}),'
        f' old AS (SELECT h."_id" AS i, h."_key" AS k, {old_number} AS c, h."数据日期" AS d{x}{asked}{_OLD_HOUSEHOLD}{old_heads}),'
        f' blind AS (SELECT BOOL_OR(k IS NULL) AS some, "_example" FROM old GROUP BY "_example"),'
        f" free AS (SELECT o.* FROM old o WHERE NOT EXISTS (SELECT 1 FROM here n WHERE n.k = o.k {same.format('n', 'o')})),"
        f' lone AS (SELECT c, d, "_example" FROM here WHERE c IS NOT NULL GROUP BY 1, 2, 3 HAVING COUNT(*) = 1),'
        f' pairs AS (SELECT n."_id", o.* FROM here n JOIN old o ON o.k = n.k {same.format("o", "n")}'
        f' UNION ALL SELECT n."_id", o.* FROM here n JOIN free o ON o.c = n.c {same.format("o", "n")}'
        f" JOIN lone l ON l.c = n.c AND l.d = n.d {same.format('l', 'n')}"
        f" WHERE NOT EXISTS (SELECT 1 FROM old k WHERE k.k = n.k {same.format('k', 'n')})),"
        f' one AS (SELECT o."_id", MIN(o.i) AS i, MAX(o.d) AS d{agreed} FROM pairs o GROUP BY 1),'
        f' met AS (SELECT n."_id", o.i, COALESCE(o.d > n.d, FALSE) AS later, o."_id" IS NOT NULL AS met, {new} AS new{brought}'
        f' FROM here n LEFT JOIN one o ON o."_id" = n."_id" LEFT JOIN blind b ON TRUE {same.format("b", "n")}{kin})'
        f' SELECT "_id", i, CASE WHEN later THEN NULL WHEN met THEN TRUE WHEN new THEN FALSE END AS there{_told(values)} FROM met'
    )


def _new(tables: Tables) -> tuple[str, str]:
    """Return a join, and SQL that is TRUE where a household without a row in the earlier edition is surely new."""
    if not tables.persons or tables.previous is None or not tables.previous.persons:
        return "", "n.k IS NOT NULL AND NOT COALESCE(b.some, FALSE)"
    kin = (
        ' LEFT JOIN (SELECT p."_household", BOOL_OR(e.there) AS some, BOOL_OR(NOT e.there) AS others FROM "人" p'
        ' JOIN "上期值_人" e ON e."_id" = p."_id" GROUP BY 1) w ON w."_household" = n."_id"'
    )
    return kin, "COALESCE(w.others AND NOT w.some, FALSE)"

"""The judged tables of one edition in; what the series needs of them, kept in 期_人 and 期_户 beside the editions before.

A household's `chain` is the same in all editions: it is followed by its 户编号, else by the certificate of its only head.
"""

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Type
from fupin_cli.model.table import Tables

GONE = "注销"  # the 脱贫属性 of a household that was struck off
COLUMNS = ("脱贫属性", "户类型", "监测对象类别")  # of which reports show how households moved between their values
_PERSONS = """CREATE TABLE IF NOT EXISTS "期_人" (n INTEGER, id BIGINT, chain VARCHAR, code VARCHAR, name VARCHAR, relation VARCHAR,
here BOOLEAN, home BIGINT, source INTEGER, row INTEGER)"""
_HOUSEHOLDS = f"""CREATE TABLE IF NOT EXISTS "期_户" (n INTEGER, id BIGINT, chain BIGINT, k VARCHAR, c VARCHAR, head VARCHAR,
here BOOLEAN, people INTEGER, township VARCHAR, village VARCHAR, {", ".join(f'"{one}" VARCHAR' for one in COLUMNS)},
income DOUBLE, place VARCHAR, source INTEGER, row INTEGER)"""


class Kept(Struct, frozen=True):
    """What one edition left."""

    tables: Tables
    has: frozenset[str]  # columns of 户 that this edition has


def keep(engine: Engine, tables: Tables, number: int) -> Kept:
    """Append the tables of an edition that was just judged.

    Args:
        engine: where 人, 户, 推_人 stand.
        tables: what the edition has.
        number: the edition, counted from 0; editions come in the order of their days.
    """
    engine.run(_PERSONS)
    engine.run(_HOUSEHOLDS)
    if tables.persons:
        engine.run(_of_persons(tables.columns["人"], number))
    if tables.households:
        engine.run(_of_households(tables, number))
        _link(engine, number)
    return Kept(tables, frozenset(tables.columns.get("户", ())))


def _text(columns: dict[str, Type], column: str, alias: str) -> str:
    return f'CAST({alias}."{column}" AS VARCHAR)' if column in columns else "CAST(NULL AS VARCHAR)"


def _of_persons(columns: dict[str, Type], number: int) -> str:
    return (
        f'INSERT INTO "期_人" SELECT {number}, p."_id", q."证件前18位", {_text(columns, "人编号", "p")}, {_text(columns, "姓名", "p")},'
        f' {_text(columns, "与户主关系", "p")}, q."在册", p."_household", p."_source", p."_row"'
        ' FROM "人" p JOIN "推_人" q ON q."_id" = p."_id"'
    )


def _of_households(tables: Tables, number: int) -> str:
    own = tables.columns["户"]
    income = 'h."人均纯收入"' if "人均纯收入" in own else "CAST(NULL AS DOUBLE)"
    struck = (
        'h."脱贫属性" = \'注销\' OR CASE WHEN h."脱贫属性$" = 2 THEN NULL ELSE FALSE END'
        if "脱贫属性" in own
        else "FALSE"
    )
    members = (
        "SELECT CAST(NULL AS BIGINT) AS home, 0 AS rows, 0 AS sure, 0 AS maybe, NULL AS head, NULL AS c WHERE FALSE"
    )
    if tables.persons:
        is_head = "relation = '户主' AND coalesce(here, TRUE)"
        members = (
            "SELECT home, count(*) AS rows, count(*) FILTER (WHERE here) AS sure, count(*) FILTER (WHERE here IS NULL) AS maybe,"
            f" CASE WHEN count(*) FILTER (WHERE {is_head}) = 1 THEN min(name) FILTER (WHERE {is_head}) END AS head,"
            f" CASE WHEN count(*) FILTER (WHERE {is_head}) = 1 THEN min(chain) FILTER (WHERE {is_head}) END AS c"
            f' FROM "期_人" WHERE n = {number} AND home IS NOT NULL GROUP BY home'
        )
    here = (
        f"CASE WHEN {struck} THEN FALSE WHEN m.rows > 0 AND m.sure + m.maybe = 0 THEN FALSE"
        f" WHEN ({struck}) IS NULL OR (m.rows > 0 AND m.sure = 0) THEN NULL ELSE TRUE END"
    )
    fields = [
        str(number), 'h."_id"', "NULL", 'h."_key"', "m.c", f"coalesce(m.head, {_text(own, '户主姓名', 'h')})", here,
        "CASE WHEN m.maybe = 0 THEN m.sure END", _text(own, "乡", "h"), _text(own, "村", "h"),
        *(_text(own, one, "h") for one in COLUMNS), f"CAST({income} AS DOUBLE)", 'h."_place"', 'h."_source"', 'h."_row"',
    ]  # fmt: skip
    return f'INSERT INTO "期_户" SELECT {", ".join(fields)} FROM "户" h LEFT JOIN ({members}) m ON m.home = h."_id"'


def _link(engine: Engine, number: int) -> None:
    """Give each household of an edition its chain: by its number, else by its head, else a new one."""
    new, old = f'"期_户".n = {number}', f"n < {number}"
    engine.run(
        f'UPDATE "期_户" SET chain = o.chain FROM (SELECT k, arg_max(chain, n) AS chain FROM "期_户" WHERE {old} AND k IS NOT NULL'
        f' AND chain IS NOT NULL GROUP BY k) o WHERE {new} AND o.k = "期_户".k'
    )
    engine.run(
        f'UPDATE "期_户" SET chain = o.chain FROM (SELECT c, min(chain) AS chain FROM (SELECT chain, arg_max(c, n) AS c FROM "期_户"'
        f' WHERE {old} AND chain IS NOT NULL GROUP BY chain HAVING chain NOT IN (SELECT chain FROM "期_户" WHERE n = {number} AND chain'
        f' IS NOT NULL)) WHERE c IS NOT NULL GROUP BY c HAVING count(*) = 1) o WHERE {new} AND "期_户".chain IS NULL AND o.c = "期_户".c'
        f' AND "期_户".c IN (SELECT c FROM "期_户" WHERE n = {number} AND c IS NOT NULL GROUP BY c HAVING count(*) = 1)'
    )
    engine.run(
        'UPDATE "期_户" SET chain = o.first + o.i FROM (SELECT who, row_number() OVER (ORDER BY who) AS i,'
        f' (SELECT coalesce(max(chain), 0) FROM "期_户") AS first FROM (SELECT DISTINCT coalesce(k, \' \' || c) AS who FROM "期_户"'
        f" WHERE n = {number} AND chain IS NULL AND coalesce(k, c) IS NOT NULL)) o"
        f' WHERE {new} AND "期_户".chain IS NULL AND o.who = coalesce("期_户".k, \' \' || "期_户".c)'
    )

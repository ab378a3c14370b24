"""Say where the original of a certificate number that became a figure may stand: for matching by eye, never written back.

A figure keeps the first 15 digits: place, birth date and the first digit of the order. What is left open are two digits,
of which the sex halves the choice, and the check character: 50 or 100 numbers.
"""

from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column
from fupin_cli.tables.linking import Stock
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.stacked import PLACE_UNIT, with_states
from fupin_cli.tables.staging import Staged

_NUMBERS = (("姓名", "证件号码"), ("户主姓名", "户主证件号码"))


def name_originals(engine: Engine, parts: Sequence[Staged], stock: Stock) -> None:
    """Fill the note of the FMT003 entries of 证件号码: whether the birth date agrees, and the whole numbers that fit.

    A number fits when it begins with the same 15 digits, agrees with the sex, and belongs to somebody of the same name.
    """
    columns = stock.persons.columns
    if "证件号码" not in columns or not engine.rows('SELECT 1 FROM "reading" WHERE "rule" = \'FMT003\' LIMIT 1'):
        return
    whole = [
        f"""SELECT {name(who)} AS "who", left({name(number)}, 18) AS "number", "_id" AS "place"
  FROM {stack.rows(with_states((who, number)))}
  WHERE {name(number + "$")} = 0 AND length({name(number)}) >= 18"""
        for stack in (stock.persons, stock.stated)
        for who, number in _NUMBERS
        if who in stack.columns and number in stack.columns
    ]
    sheets = " ".join(
        f"WHEN {part.source} THEN {literal(part.layout.sheet.name or part.layout.sheet.file.name)}" for part in parts
    )
    born, sex = _born(columns), _sex(columns)
    persons = stock.persons.rows(one for one in ("出生日期", "性别", "姓名") if one in columns)
    engine.run(f"""CREATE OR REPLACE TABLE "_originals" AS WITH "lost" AS (
  SELECT p."_id", left(r."raw", 15) AS "head", {born} AS "born", {sex} AS "sex", {_name(columns)} AS "who"
  FROM "reading" AS r JOIN {persons} AS p ON p."_source" = r."source" AND p."_row" = r."row"
  WHERE r."rule" = 'FMT003' AND r."column" = '证件号码' AND regexp_full_match(r."raw", '[1-9][0-9]{{17}}')),
"fitting" AS (SELECT l."_id", w."number", min(w."place") AS "place" FROM "lost" AS l JOIN ({" UNION ALL ".join(whole)}) AS w
  ON left(w."number", 15) = l."head" AND w."who" = l."who"
  AND coalesce(l."sex" = (CASE WHEN try_cast(substr(w."number", 17, 1) AS INTEGER) % 2 = 1 THEN '男' ELSE '女' END), TRUE)
  GROUP BY 1, 2)
SELECT l."_id", CASE WHEN l."born" <> substr(l."head", 7, 8) THEN '；余下前15位与出生日期不符，无法推出原号'
  WHEN count(f."number") = 1 THEN concat('；同名且前15位相同的完整号码在“', CASE min(f."place") // {PLACE_UNIT} {sheets} END, '”第',
    min(f."place") % {PLACE_UNIT}, '行，可供核对')
  WHEN count(f."number") > 1 THEN concat('；同名且前15位相同的完整号码有', count(f."number"), '个，须逐个核对')
  ELSE concat('；余下前15位', CASE WHEN l."born" IS NULL THEN '' ELSE '与出生日期相符' END, '，可能的原号有',
    CASE WHEN l."sex" IS NULL THEN '100' ELSE '50' END, '个') END AS "note"
FROM "lost" AS l LEFT JOIN "fitting" AS f USING ("_id") GROUP BY l."_id", l."born", l."head", l."sex\"""")
    engine.run(f"""UPDATE "reading" SET "note" = o."note" FROM "_originals" AS o, {stock.persons.rows()} AS p
WHERE p."_id" = o."_id" AND "reading"."rule" = 'FMT003' AND "reading"."column" = '证件号码'
  AND p."_source" = "reading"."source" AND p."_row" = "reading"."row\"""")
    engine.run('DROP TABLE "_originals"')


def _born(columns: dict[str, Column]) -> str:
    known = "出生日期" in columns and columns["出生日期"].type == "日期"
    return "strftime(p.\"出生日期\", '%Y%m%d')" if known else "CAST(NULL AS VARCHAR)"


def _sex(columns: dict[str, Column]) -> str:
    return "CASE WHEN p.\"性别\" IN ('男', '女') THEN p.\"性别\" END" if "性别" in columns else "CAST(NULL AS VARCHAR)"


def _name(columns: dict[str, Column]) -> str:
    return 'p."姓名"' if "姓名" in columns else "CAST(NULL AS VARCHAR)"

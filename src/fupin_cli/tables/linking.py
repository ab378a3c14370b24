"""Bring person rows and household rows together: engine tables `_homes` and `_members`."""

from collections.abc import Sequence

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column
from fupin_cli.tables.dating import DAY, YEAR, batch_of, written_date
from fupin_cli.tables.grouping import HEAD_NAME, HEAD_NUMBER, KEY, tied
from fupin_cli.tables.pairings import is_of_pairs
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.stacked import Stack
from fupin_cli.tables.staging import Staged

ATTACHED = "_attached"  # rows of a table of helpers (`_id`), each with its household's own row (`stated_row`)
RANK_CLASS = 10**15  # ranks of rows: the household row, the 户主 row, the others, its helper's; within a class by place


class Stock(Struct, frozen=True):
    """What is there to make households of; a stack without columns: no such table."""

    stated: Stack
    persons: Stack
    parts: Sequence[Staged]
    batch: bool = False  # rows made from plain dicts: they carry `_example` and `_household`

    def is_full(self, kind: str, column: str) -> bool:
        """Tell whether every row of 人 or of 户 is known to have a cell of a column that could be read."""
        return all(column in part.full for part in self.parts if part.kind == kind)

    def same(self, *kinds: str) -> dict[str, str]:
        """Return the columns that are known to say the same in every row of 人, or of 人 and 户, with what they say."""
        first, *others = [part.same for part in self.parts if part.kind in kinds]
        return {column: text for column, text in first.items() if all(one.get(column) == text for one in others)}

    @property
    def pairs(self) -> tuple[int, ...]:
        """The `_source` of tables of helpers that stand beside a table of the households themselves."""
        tables = [part for part in self.parts if part.kind == "户"]
        found = tuple(part.source for part in tables if is_of_pairs(part))
        return found if len(found) < len(tables) and not self.batch else ()


def link(engine: Engine, stock: Stock) -> None:
    """Create `_homes` (one row a household) and `_members` (person `_id` → `_household`, NULL for none).

    A group of person rows belongs to the household row of its own form; else to the one with its 户编号 (where one of
    the two sheets has no such column: with its 户主's certificate) and, when both are dated, its date; of several to the
    one whose 村 agrees, else to the first. A group without a household row is a household of its own.
    """
    stated, homes, own = stock.stated.columns, [], ""
    if stock.pairs:
        engine.run(f"CREATE OR REPLACE TABLE {name(ATTACHED)} AS {_attached(stock)}")
        own = f' WHERE "_id" NOT IN (SELECT "_id" FROM {name(ATTACHED)})'
    if stated:
        homes.append(f"""SELECT "_id", {_key(stated)} AS "key", "_id" AS "stated_row",
  CAST(NULL AS VARCHAR) AS "group" FROM {stock.stated.rows(_there(stated, KEY))}{own}""")
    if stock.persons.columns:
        unlinked = f"({_groups(stock)}) AS f"
        if stated:
            engine.run(f'CREATE OR REPLACE TABLE "_found" AS {_groups(stock)}')
            engine.run(f'CREATE OR REPLACE TABLE "_links" AS {_links(stock, own)}')
            unlinked = '"_found" AS f JOIN "_links" AS l USING ("group") WHERE l."stated_row" IS NULL'
        homes.append(f"""SELECT f."rank" % {RANK_CLASS} AS "_id", f."key", CAST(NULL AS BIGINT) AS "stated_row", f."group"
FROM {unlinked}""")
    engine.run(f'CREATE OR REPLACE TABLE "_homes" AS {" UNION ALL ".join(homes)}')
    if stock.persons.columns:
        _write_members(engine, linked=bool(stated))


def _write_members(engine: Engine, *, linked: bool) -> None:
    household, given = 'own."_id"', ""
    if linked:
        household = 'coalesce(own."_id", given."_id")'
        given = """LEFT JOIN "_links" AS l ON l."group" = g."group"
LEFT JOIN "_homes" AS given ON given."stated_row" = l."stated_row\""""
    engine.run(f"""CREATE OR REPLACE TABLE "_members" AS SELECT g."_id", {household} AS "_household", g."head"
FROM "_groups" AS g LEFT JOIN "_homes" AS own ON own."group" = g."group" {given}""")


def _there(columns: dict[str, Column], *wanted: str) -> list[str]:
    return [column for column in wanted if column in columns]


def _key(columns: dict[str, Column]) -> str:
    return name(KEY) if KEY in columns else "CAST(NULL AS VARCHAR)"


def _groups(stock: Stock) -> str:
    """SQL: each group of person rows, with what it can be linked by."""
    persons = stock.persons.columns
    if not (stock.stated.columns or stock.batch):  # no household row to be linked to
        return f"""SELECT "group", min("key") AS "key",
  min((CASE WHEN "head" THEN 1 ELSE 2 END) * {RANK_CLASS} + "_id") AS "rank" FROM "_groups" WHERE "group" IS NOT NULL GROUP BY "group\""""
    village = f"min(p.{name('村')})" if "村" in persons else "CAST(NULL AS VARCHAR)"
    numbers = []
    if HEAD_NUMBER in persons:
        numbers.append(f"min(p.{name(HEAD_NUMBER)})")
    if "证件号码" in persons:
        numbers.append('min(p."证件号码") FILTER (WHERE g."head")')
    number = f"left(coalesce({', '.join(numbers)}), 18)" if numbers else "CAST(NULL AS VARCHAR)"
    by = f"""CASE WHEN min(g."key") IS NOT NULL THEN concat('K', min(g."key")) ELSE concat('N', {number}) END"""
    if not _both_have_keys(stock):
        by = f"concat('N', {number})"
    by = f"""CASE WHEN {_is_tied(stock)} THEN g."group" ELSE nullif({by}, 'N') END"""
    return f"""SELECT g."group", min(g."key") AS "key", {village} AS "village",
  min((CASE WHEN g."head" THEN 1 ELSE 2 END) * {RANK_CLASS} + p."_id") AS "rank",
  min(CAST({written_date(persons, "p")} AS VARCHAR)) AS "written", min({batch_of(persons, stock.parts, "p")}) AS "when",
  {'g."group"' if stock.batch else f'''CASE WHEN {_is_tied(stock)} THEN g."group" ELSE nullif({by}, 'N') END'''} AS "link"
FROM "_groups" AS g JOIN {stock.persons.rows(_there(persons, "村", HEAD_NUMBER, "证件号码", DAY, YEAR))} AS p USING ("_id")
WHERE g."group" IS NOT NULL GROUP BY g."group\""""


def _attached(stock: Stock) -> str:
    """SQL: each row of a table of helpers (`_id`) with the household's own row (`stated_row`), where there is one.

    It has the same 户编号, or where one of them has none the same 户主's certificate, no other 户主 and no other date.
    """
    stated, sources = stock.stated.columns, f"({', '.join(map(str, stock.pairs))})"
    rows = f"""(SELECT s.*, CAST({written_date(stated, "s")} AS VARCHAR) AS "written",
  {batch_of(stated, stock.parts, "s")} AS "when"
FROM {stock.stated.rows(_there(stated, KEY, HEAD_NUMBER, HEAD_NAME, DAY, YEAR))} AS s)"""
    key, number, head = (f"{{0}}.{name(column)}" for column in (KEY, HEAD_NUMBER, HEAD_NAME))
    ways = [f"{key.format('s')} = {key.format('m')}"] if KEY in stated else []
    if HEAD_NUMBER in stated:
        no_key = f" AND ({key.format('s')} IS NULL OR {key.format('m')} IS NULL)" if KEY in stated else ""
        ways.append(f"left({number.format('s')}, 18) = left({number.format('m')}, 18){no_key}")
    other = f" AND coalesce({head.format('s')} = {head.format('m')}, TRUE)" if HEAD_NAME in stated else ""
    found = [
        f"""SELECT s."_id", m."_id" AS "stated_row" FROM {rows} AS s JOIN {rows} AS m ON {way}{other}
WHERE s."_source" IN {sources} AND m."_source" NOT IN {sources} AND (s."when" IS NULL OR m."when" IS NULL
  OR s."written" = m."written" OR ((s."written" IS NULL OR m."written" IS NULL) AND left(s."when", 4) = left(m."when", 4)))"""
        for way in ways
    ] or ['SELECT CAST(NULL AS BIGINT) AS "_id", CAST(NULL AS BIGINT) AS "stated_row" WHERE FALSE']
    return (
        f"""SELECT "_id", min("stated_row") AS "stated_row" FROM ({" UNION ALL ".join(found)}) AS "found" GROUP BY 1"""
    )


def _links(stock: Stock, own: str) -> str:
    """SQL: each group with the row of `_stated` it belongs to, or NULL; `own` says which rows are households."""
    stated = stock.stated.columns
    number = f"left(s.{name(HEAD_NUMBER)}, 18)" if HEAD_NUMBER in stated else "CAST(NULL AS VARCHAR)"
    link = f"nullif(concat('N', {number}), 'N')"
    if _both_have_keys(stock):
        link = f"CASE WHEN s.{name(KEY)} IS NOT NULL THEN concat('K', s.{name(KEY)}) ELSE {link} END"
    link = f"""coalesce({tied('s."_source"', _forms(stock), 's."_row"')}, {link})"""
    if stock.batch:
        link = f"""concat('B', s."_example", '|', coalesce(s."_household", s.{_key(stated)}, ''))"""
        link = link.replace("s.CAST(", "CAST(")
    village = f'CASE WHEN s.{name("村")} = f."village" THEN 0 ELSE 1 END' if "村" in stated else "0"
    return f"""SELECT "group", "stated_row" FROM (
SELECT f."group", s."_id" AS "stated_row", row_number() OVER (PARTITION BY f."group" ORDER BY {village}, s."_id") AS "choice"
FROM "_found" AS f LEFT JOIN (SELECT s.*, {link} AS "link", CAST({written_date(stated, "s")} AS VARCHAR) AS "written",
    {batch_of(stated, stock.parts, "s")} AS "when"
  FROM {stock.stated.rows(_there(stated, KEY, HEAD_NUMBER, "村", DAY, YEAR))} AS s{own}) AS s
  ON s."link" = f."link" AND (s."when" IS NULL OR f."when" IS NULL OR (s."written" = f."written")
    OR f."link" LIKE 'T%' OR ((s."written" IS NULL OR f."written" IS NULL) AND left(s."when", 4) = left(f."when", 4)))) AS "candidates"
WHERE "choice" = 1"""


def _forms(stock: Stock) -> list[Staged]:
    """Return the household tables that are tied to tables of members."""
    return [part for part in stock.parts if part.kind == "户" and part.layout.tie]


def _is_tied(stock: Stock) -> str:
    """SQL: a group of persons whose form has a household row."""
    names = {part.layout.tie.name for part in _forms(stock) if part.layout.tie}
    begins = [
        f"""g."group" = {literal("T" + one)} OR starts_with(g."group", {literal("T" + one + "|")})""" for one in names
    ]
    return f"({' OR '.join(begins)})" if begins else "FALSE"


def _both_have_keys(stock: Stock) -> bool:
    return KEY in stock.persons.columns and (KEY in stock.stated.columns or not stock.stated.columns)

"""Tell what the reading itself found: engine table `reading`."""

from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.tables.finished import Ground
from fupin_cli.tables.linking import Stock
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.staging import Staged

FIRST_CELLS = 20
_GROUPED = ("FMT006", "FMT007", "FMT013", "COD002")  # one entry a column and kind; the others one a cell
_FIELDS = """"rule" VARCHAR, "source" INTEGER, "row" INTEGER, "column" VARCHAR, "letter" VARCHAR, "raw" VARCHAR,
"note" VARCHAR, "n" BIGINT, "cells" VARCHAR, "household" BIGINT, "person" BIGINT"""


def write_reading(
    engine: Engine, parts: Sequence[Staged], stock: Stock, dictionary: Dictionary, ground: Ground
) -> None:
    """Create `reading`, one row for each thing found; `cells` names the first twenty cells, a comma between."""
    engine.run(f'CREATE OR REPLACE TABLE "reading" ({_FIELDS})')
    for part in parts:
        _cell_faults(engine, part, dictionary)


def _cell_faults(engine: Engine, part: Staged, dictionary: Dictionary) -> None:
    columns = list(part.columns)
    if not columns:
        return
    counts = engine.rows(
        f"SELECT {', '.join(f'count({name(one + chr(33))})' for one in columns)} FROM {name(part.relation)}"
    )[0]
    for column, count in zip(columns, counts, strict=True):
        if count:
            _column_faults(engine, part, column, dictionary)


def _column_faults(engine: Engine, part: Staged, column: str, dictionary: Dictionary) -> None:
    """Insert what was found in one column: cell by cell, writing habits and open code lists by kind."""
    letter, index = part.letters[column][0].letter, part.letters[column][0].index
    codes = dictionary.codes.get(part.columns[column].codes or "")
    together = [*_GROUPED, "COD001"] if codes is not None and not codes.complete else list(_GROUPED)
    fault, relation = name(f"{column}!"), name(part.relation)
    found = f"""SELECT left(c.{fault}, 6) AS "rule", substr(c.{fault}, 8) AS "note", c."_row" AS "row", s.c{index} AS "raw"
FROM {relation} AS c JOIN {name(part.layout.sheet.relation)} AS s ON s.r = c."_row" WHERE c.{fault} IS NOT NULL"""
    grouped = f'"rule" IN ({", ".join(map(literal, together))})'
    by = "CASE WHEN \"rule\" = 'COD001' THEN \"raw\" ELSE '' END"
    head = f"""CAST({part.source} AS INTEGER) AS "source", "row", {literal(column)} AS "column", {literal(letter)} AS "letter" """
    engine.run(f"""INSERT INTO "reading" WITH "found" AS ({found}),
"ranked" AS (SELECT *, {by} AS "by", row_number() OVER (PARTITION BY "rule", "note", {by} ORDER BY "row") AS "nth",
  count(*) OVER (PARTITION BY "rule", "note", {by}) AS "total" FROM "found" WHERE {grouped}),
"listed" AS (SELECT "rule", "note", "by", string_agg(concat({literal(letter)}, "row"), ',' ORDER BY "row") AS "cells"
  FROM "ranked" WHERE "nth" <= {FIRST_CELLS} GROUP BY "rule", "note", "by")
SELECT "rule", {head}, "raw", "note", 1, concat({literal(letter)}, "row"), NULL, NULL FROM "found" WHERE NOT {grouped}
UNION ALL SELECT r."rule", {head}, r."raw", r."note", r."total", l."cells", NULL, NULL FROM "ranked" AS r JOIN "listed" AS l
  ON l."rule" = r."rule" AND l."note" = r."note" AND l."by" = r."by" WHERE r."nth" = 1
ORDER BY "row", "rule" """)

"""Tell what the reading itself found: engine table `reading`."""

from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import BARE_CODE, Dictionary
from fupin_cli.tables.codes import Labels
from fupin_cli.tables.dating import DAY
from fupin_cli.tables.households import Homes
from fupin_cli.tables.linking import ATTACHED, Stock
from fupin_cli.tables.originals import name_originals
from fupin_cli.tables.reading_publication import publication_faults
from fupin_cli.tables.reading_sheets import sheet_faults
from fupin_cli.tables.sql import literal, literals, name
from fupin_cli.tables.stacked import PLACE_UNIT
from fupin_cli.tables.staging import Staged, body_condition, covered_rows, raw_cell

FIRST_CELLS = 20
_GROUPED = ("FMT006", "FMT007", "FMT013", "COD002")  # one entry a column and kind; the others one a cell
_FIELDS = """"rule" VARCHAR, "source" INTEGER, "row" INTEGER, "column" VARCHAR, "letter" VARCHAR, "raw" VARCHAR,
"note" VARCHAR, "n" BIGINT, "cells" VARCHAR, "household" BIGINT, "person" BIGINT"""


def empty_reading(engine: Engine) -> None:
    """Create `reading` without a row; `cells` will name the first twenty cells of an entry, a comma between."""
    engine.run(f'CREATE OR REPLACE TABLE "reading" ({_FIELDS})')


def write_reading(
    engine: Engine, parts: Sequence[Staged], stock: Stock, dictionary: Dictionary, homes: Homes | None
) -> None:
    """Create `reading`, one row for each thing found, with the household and the person it is about.

    Args:
        engine: where the typed tables are.
        parts: every staged layout.
        stock: those of persons and households.
        dictionary: columns and code lists.
        homes: the rows that make households, where there are some.
    """
    empty_reading(engine)
    for part in parts:
        _cell_faults(engine, part, dictionary)
        sheet_faults(engine, part, dictionary)
        publication_faults(engine, part)
    if homes is not None:
        from fupin_cli.tables.reading_households import household_faults

        household_faults(engine, parts, homes)
    name_originals(engine, parts, stock)
    forms = [part.source for part in parts if part.kind == "户" and part.layout.tie and not part.layout.tie.by_row]
    _name_subjects(engine, stock, forms)


def _cell_faults(engine: Engine, part: Staged, dictionary: Dictionary) -> None:
    columns = [column for column in part.columns if column not in part.plain]
    if not columns:
        return
    counted = ", ".join(f"count({name(column + '!')})" for column in columns)
    counts = engine.rows(f"SELECT {counted} FROM {part.rows(f'{column}!' for column in columns)}")[0]
    for column, count in zip(columns, counts, strict=True):
        if count:
            _column_faults(engine, part, column, dictionary)


def _column_faults(engine: Engine, part: Staged, column: str, dictionary: Dictionary) -> None:
    """Insert what was found in one column: cell by cell, writing habits, bare codes and open code lists by kind."""
    first = part.letters[column][0]
    codes = dictionary.codes.get(part.columns[column].codes or "")
    together = [*_GROUPED, "COD001"] if codes is not None and not codes.complete else list(_GROUPED)
    fault, rows = name(f"{column}!"), part.rows([f"{column}!"])
    raw, letter = _odd_cell(engine, part, column, dictionary)
    row, once, covered = 'c."_row"', "", ""
    if first.cell:
        row, once = str(first.cell.row), "DISTINCT "
    elif (merged := covered_rows(part, column)) is not None:  # a merged cell is told once, where it stands
        row, once, covered = 'coalesce(m."first", c."_row")', "DISTINCT ", f' LEFT JOIN {merged} AS m ON m.r = c."_row"'
    found = f"""SELECT {once}left(c.{fault}, 6) AS "rule", substr(c.{fault}, 8) AS "note", {row} AS "row", {raw} AS "raw",
  {letter} AS "letter"
FROM {rows} AS c{covered} JOIN {name(part.layout.sheet.relation)} AS s ON s.r = {row if covered else 'c."_row"'}
WHERE c.{fault} IS NOT NULL"""
    if first.cell or not _holds_numbers(engine, part, first.index):
        found += f" AND c.{fault} <> 'FMT006|数字存成文本'"
    if codes is not None and codes.ended and part.kind in ("人", "户"):
        found += f" AND NOT ({_of_its_time(part, fault)})"
    bare = f'"rule" = \'COD001\' AND "note" = {literal(BARE_CODE)}'
    grouped = f'("rule" IN ({literals(together)}) OR {bare})'
    by = f"CASE WHEN \"rule\" = 'COD001' AND NOT ({bare}) THEN \"raw\" ELSE '' END"
    head = f'CAST({part.source} AS INTEGER), "row", {literal(column)}, "letter"'
    cell = 'concat("letter", "row")'
    engine.run(f"""INSERT INTO "reading" WITH "found" AS ({found}),
"ranked" AS (SELECT *, {by} AS "by", row_number() OVER (PARTITION BY "rule", "note", {by} ORDER BY "row") AS "nth",
  count(*) OVER (PARTITION BY "rule", "note", {by}) AS "total" FROM "found" WHERE {grouped}),
"listed" AS (SELECT "rule", "note", "by", string_agg({cell}, ',' ORDER BY "row") AS "cells"
  FROM "ranked" WHERE "nth" <= {FIRST_CELLS} GROUP BY "rule", "note", "by")
SELECT "rule", {head}, "raw", "note", 1, {cell}, NULL, NULL FROM "found" WHERE NOT {grouped}
UNION ALL SELECT r."rule", {head}, r."raw", r."note", r."total", l."cells", NULL, NULL FROM "ranked" AS r
  JOIN "listed" AS l ON l."rule" = r."rule" AND l."note" = r."note" AND l."by" = r."by" WHERE r."nth" = 1""")


def _of_its_time(part: Staged, fault: str) -> str:
    """SQL: whether an old value stands in a row of a time when the forms still offered it (codes.py words the note)."""
    year = f"TRY_CAST(substr(c.{fault}, 8, 4) AS INTEGER)"
    day = f"""SELECT min(year(t.{name(DAY)})) FROM {name(part.kind)} AS t
  WHERE t."_source" = {part.source} AND t."_row" = c."_row\""""
    return f"c.{fault} LIKE 'COD002|____年起不用%' AND coalesce(({day}) < {year}, FALSE)"


def _odd_cell(engine: Engine, part: Staged, column: str, dictionary: Dictionary) -> tuple[str, str]:
    """SQL: the text and the letter of the cell that is told of; of several headings gathered, the one that is odd."""
    first, *_ = mapped = part.letters[column]
    codes = dictionary.codes.get(part.columns[column].codes or "")
    raw, letter = (raw_cell(first)[0] if first.cell else f"s.c{first.index}"), literal(first.letter)
    if len(mapped) == 1 or codes is None or any(one.cell for one in mapped):
        return raw, letter
    labels, sheet = Labels(codes), name(part.layout.sheet.relation)
    whens: list[tuple[str, str, str]] = []
    for one in mapped:
        odd: dict[str, list[str]] = {}
        for (text,) in engine.rows(f"SELECT DISTINCT c{one.index} FROM {sheet} WHERE c{one.index} IS NOT NULL"):
            if rule := labels.many(text).rule:
                odd.setdefault(rule, []).append(text)
        for rule, texts in odd.items():
            is_odd = f"left(c.{name(column + '!')}, 6) = {literal(rule)} AND s.c{one.index} IN ({literals(texts)})"
            whens.append((is_odd, f"s.c{one.index}", literal(one.letter)))
    if not whens:
        return raw, letter
    raws = " ".join(f"WHEN {is_odd} THEN {text}" for is_odd, text, _ in whens)
    letters = " ".join(f"WHEN {is_odd} THEN {text}" for is_odd, _, text in whens)
    return f"CASE {raws} ELSE {raw} END", f"CASE {letters} ELSE {letter} END"


def _holds_numbers(engine: Engine, part: Staged, index: int) -> bool:
    """Whether some cell of the column is a number: only there is a number kept as text out of line."""
    return bool(
        engine.rows(
            f"""SELECT 1 FROM {name(part.layout.sheet.relation)}
WHERE {body_condition(part.layout)} AND k{index} = 2 LIMIT 1"""
        )
    )


def _name_subjects(engine: Engine, stock: Stock, forms: Sequence[int]) -> None:
    """Name the person or the household in whose row an entry stands; every cell of a form is its only household's."""
    household, person, joins = ['r."household"'], 'r."person"', ""
    if stock.persons.columns:
        joins += ' LEFT JOIN "人" AS p ON p."_source" = r."source" AND p."_row" = r."row"'
        household.append('p."_household"')
        person = 'coalesce(r."person", CASE WHEN r."rule" <> \'FMT011\' THEN p."_id" END)'
    if stock.stated.columns:
        joins += ' LEFT JOIN "户" AS h ON h."_stated" AND h."_source" = r."source" AND h."_row" = r."row"'
        household.append('h."_id"')
    if stock.pairs:
        joins += f' LEFT JOIN {name(ATTACHED)} AS a ON a."_id" = CAST(r."source" AS BIGINT) * {PLACE_UNIT} + r."row"'
        household.append('a."stated_row"')
    if stock.stated.columns and forms:
        joins += f""" LEFT JOIN (SELECT "_source", "_id" FROM "户" WHERE "_stated" AND "_source" IN ({", ".join(map(str, forms))})) AS f
  ON f."_source" = r."source\""""
        household.append('f."_id"')
    engine.run(f"""CREATE OR REPLACE TABLE "_told" AS SELECT r.* EXCLUDE ("household", "person"),
  coalesce({", ".join(household)}, CAST(NULL AS BIGINT)) AS "household", CAST({person} AS BIGINT) AS "person"
FROM "reading" AS r{joins}""")
    engine.run("""CREATE OR REPLACE TABLE "reading" AS SELECT * FROM "_told"
ORDER BY "rule", "source", "row" NULLS FIRST, "letter", "raw" """)

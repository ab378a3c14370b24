"""What the reading found where rows make a household: FMT009 merged across households, FMT011 rows that differ."""

from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column
from fupin_cli.tables.grouping import crossing_merges
from fupin_cli.tables.households import Homes, compared
from fupin_cli.tables.linking import RANK_CLASS
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.stacked import PLACE_UNIT
from fupin_cli.tables.staging import Staged

_PLACE = (f'"place" // {PLACE_UNIT}', f'"place" % {PLACE_UNIT}')  # SQL: source and row of the value that was read


def household_faults(engine: Engine, parts: Sequence[Staged], homes: Homes) -> None:
    """Insert FMT009 and FMT011 into `reading`; `_differing` has the households whose rows do not say the same."""
    for part in sorted(homes.stock.parts, key=lambda one: one.source):
        _merged_across(engine, part)
    if homes.stock.persons.columns:
        _differing_rows(engine, parts, homes)


def _merged_across(engine: Engine, part: Staged) -> None:
    """The place is the row of the second household, whose cell the range covers."""
    for column, first, last, row in crossing_merges(engine, part):
        letter, index = part.letters[column][0].letter, part.letters[column][0].index
        said = [literal(text) for text in (column, letter, f"{letter}{first}:{letter}{last}", f"{letter}{row}")]
        engine.run(f"""INSERT INTO "reading" SELECT 'FMT009', {part.source}, {row}, {said[0]}, {said[1]},
  s.c{index}, {said[2]}, 1, {said[3]}, NULL, NULL FROM {name(part.layout.sheet.relation)} AS s WHERE s.r = {first}""")


def _differing_rows(engine: Engine, parts: Sequence[Staged], homes: Homes) -> None:
    """Look over all columns at once, then tell of those in which some row says something else."""
    columns = compared(homes)
    counts = _differing(engine, homes, [column.name for column in columns])
    for column in columns:
        if not counts[column.name]:
            continue
        x = name(column.name)
        letters = " ".join(
            f"WHEN {part.source} THEN {literal(part.letters[column.name][0].letter)}"
            for part in parts
            if column.name in part.letters
        )
        fixed = " ".join(
            f"WHEN {part.source} THEN {first.cell.row}"
            for part in parts
            if (first := next(iter(part.letters.get(column.name, ())), None)) and first.cell
        )
        row = f'CASE "source" {fixed} ELSE "row" END' if fixed else '"row"'
        joined = _joined(homes, [column.name])
        told = _sources(engine, joined, column)
        near = [part for part in parts if part.source in told]
        there = (_as_written(near, column.name, '"source"', '"row"'), _as_written(near, column.name, *_PLACE))
        engine.run(f"""INSERT INTO "reading" SELECT 'FMT011', "source", {row}, {literal(column.name)}, "letter",
  coalesce({there[0]}, "other"), concat('本户另有“', coalesce({there[1]}, "chosen"), '”'), "n", concat("letter", {row}),
  "_household", NULL
FROM (SELECT *, CASE "source" {letters} END AS "letter" FROM (
SELECT r."_household", CAST(r."rank" % {RANK_CLASS} // {PLACE_UNIT} AS INTEGER) AS "source",
  CAST(r."rank" % {PLACE_UNIT} AS INTEGER) AS "row", {_plain(f"r.{x}")} AS "other", {_plain(f"v.{x}")} AS "chosen",
  v.{name(column.name + "@")} AS "place", count(*) OVER (PARTITION BY r."_household", r.{x}) AS "n",
  row_number() OVER (PARTITION BY r."_household", r.{x} ORDER BY r."rank") AS "nth"
FROM {joined} WHERE {_differs(column)}) AS "others" WHERE "nth" = 1) AS "lettered" """)


def _joined(homes: Homes, columns: Sequence[str]) -> str:
    """SQL, to stand after FROM: all rows of households beside their household."""
    return f'{homes.rows(columns)} AS r JOIN "户" AS v ON v."_id" = r."_household"'


def _differing(engine: Engine, homes: Homes, columns: Sequence[str]) -> dict[str, int]:
    """Return for each column how many rows of the households in `_differing` differ."""
    if not engine.rows('SELECT 1 FROM "_differing" LIMIT 1'):
        return dict.fromkeys(columns, 0)
    counted = ", ".join(f"count(*) FILTER (WHERE {_differs(homes.columns[column])})" for column in columns)
    several = 'WHERE r."_household" IN (SELECT "_household" FROM "_differing")'
    (counts,) = engine.rows(f"SELECT {counted} FROM {_joined(homes, columns)} {several}")
    return {column: int(count) for column, count in zip(columns, counts, strict=True)}


def _sources(engine: Engine, joined: str, column: Column) -> set[int]:
    """Return the tables with a row that differs, and those the household's value was taken from; each costs a join."""
    row, value = f'r."rank" % {RANK_CLASS} // {PLACE_UNIT}', f"v.{name(column.name + '@')} // {PLACE_UNIT}"
    found = engine.rows(f"SELECT DISTINCT {row}, {value} FROM {joined} WHERE {_differs(column)}")
    return {int(source) for pair in found for source in pair if source is not None}


def _as_written(parts: Sequence[Staged], column: str, source: str, row: str) -> str:
    """SQL: the text of a column's cell in a row of a sheet; NULL where it stands elsewhere (merged) or in several cells."""
    texts = []
    for part in parts:
        mapped = part.letters.get(column, ())
        if len(mapped) == 1 and not mapped[0].cell:
            cell = f"SELECT s.c{mapped[0].index} FROM {name(part.layout.sheet.relation)} AS s WHERE s.r = {row}"
            texts.append(f"WHEN {part.source} THEN ({cell})")
    return f"trim(CASE {source} {' '.join(texts)} END)" if texts else "CAST(NULL AS VARCHAR)"


def _plain(value: str) -> str:
    """SQL: a typed value as a clerk writes it: a whole number without its decimal."""
    return f"regexp_replace(CAST({value} AS VARCHAR), '\\.0$', '')"


def _differs(column: Column) -> str:
    """SQL: both were read, and are not the same. What was not read is NULL, but a blank of a household may have a meaning."""
    differs = f"r.{name(column.name)} <> v.{name(column.name)}"
    return differs if column.blank is None else f"v.{name(column.name + '$')} = 0 AND {differs}"

"""Village sheets and households in, engine tables 村 and 县 out.

What Python walks over is distinct places, not rows; tables/village_matching.py says which belong together.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column, Type
from fupin_cli.model.settings import Settings
from fupin_cli.tables.counties import counties_of
from fupin_cli.tables.dating import DAY, YEAR, titled_date, written_date
from fupin_cli.tables.place_names import TOWN_TAIL, by_tail, squeezed, village_name
from fupin_cli.tables.places import Where, place_sql
from fupin_cli.tables.sql import name
from fupin_cli.tables.stacked import columns_of, stack, with_states
from fupin_cli.tables.staging import Staged
from fupin_cli.tables.village_matching import Spot
from fupin_cli.tables.village_tables import PLACES, ROWS, SOUGHT, Found, pairs, write_tables

_NO_EXAMPLE = 'CAST(NULL AS INTEGER) AS "_example"'
_NO_ROW = f"""CREATE OR REPLACE TABLE {name(ROWS)} AS SELECT CAST(NULL AS BIGINT) AS "_id", CAST(NULL AS INTEGER) AS "_source",
  CAST(NULL AS INTEGER) AS "_row", {_NO_EXAMPLE}, CAST(NULL AS DATE) AS "_own", CAST(NULL AS BOOLEAN) AS "_whole",
  CAST(NULL AS VARCHAR) AS "_place" WHERE FALSE"""
_NO_PLACE = f"""CREATE OR REPLACE TABLE {name(SOUGHT)} AS SELECT CAST(NULL AS BIGINT) AS "_id", CAST(NULL AS BIGINT) AS "_first",
  {_NO_EXAMPLE}, CAST(NULL AS DATE) AS "_own", CAST(NULL AS BOOLEAN) AS "_whole", CAST(NULL AS VARCHAR) AS "_place" WHERE FALSE"""


class Told(Struct, frozen=True):
    """The households, as far as they tell of villages."""

    columns: Mapping[str, Column]  # of 户
    spots: str  # SELECT of their days and places; "": there is no household


def write_villages(
    engine: Engine, parts: Sequence[Staged], told: Told, settings: Settings, *, batch: bool
) -> dict[str, dict[str, Type]]:
    """Create 村 and 县 (docs/contracts.md), and what `link_households` asks; return the columns of 村 and 县 that have rows.

    Args:
        engine: where the staged sheets and what households are made from are.
        parts: every staged layout.
        told: the households; 户 itself is not read.
        settings: the day and the region.
        batch: the rows are examples of rules and carry `_example`.
    """
    stated = [part for part in parts if part.kind == "村"]
    columns = columns_of(stated, ("村", "地"))
    there = {one: told.columns[one] for one in PLACES if one in told.columns} if told.spots else {}
    _lay_down(engine, stated, columns, settings, batch=batch)
    _seek(engine, told, there, batch=batch)
    rows = engine.rows(f"SELECT {_parts(columns)} FROM {name(ROWS)} ORDER BY 1")
    seen = engine.rows(f"SELECT {_parts(there)} FROM {name(SOUGHT)} ORDER BY 1")
    spots = _spots([*rows, *seen])
    known = {row[0]: spot for row, spot in zip(rows, spots, strict=False)}
    sought = {row[0]: spot for row, spot in zip(seen, spots[len(rows) :], strict=True)}
    every = columns | {one: column for one, column in there.items() if one not in columns}
    found = Found(every, frozenset(columns), tuple(there), known, _merged(engine, columns, known), sought)
    counties = write_tables(engine, found, settings, batch=batch)
    for table in (ROWS, SOUGHT):
        engine.run(f"DROP TABLE {name(table)}")
    kinds: dict[str, dict[str, Type]] = {}
    if known or any(spot.village for spot in sought.values()):
        kinds["村"] = {one.name: one.type for one in every.values()} | {DAY: "日期", "_stated": "真假"}
    if counties:
        kinds["县"] = {one: every[one].type for one in PLACES[:3] if one in every} | {DAY: "日期"}
    return kinds


def _parts(columns: Mapping[str, Column]) -> str:
    """SQL: the parts of a row that tell which village and time it is of."""
    places = ", ".join(name(one) if one in columns else "NULL" for one in PLACES)
    return f'"_id", "_example", "_place", {places}, "_own", "_whole"'


def _lay_down(
    engine: Engine, stated: Sequence[Staged], columns: dict[str, Column], settings: Settings, *, batch: bool
) -> None:
    """Create the rows of the village sheets, each with its day and place."""
    if not stated:
        engine.run(_NO_ROW)
        return
    rows = stack(engine, "_villages", stated, columns, ("_example",) if batch else ()).rows(with_states(columns))
    written, titled = written_date(columns, "v"), titled_date(stated, 'v."_source"')
    place = place_sql(engine, Where(rows, "v"), columns, settings)
    fields = "".join(f", v.{name(one)}, v.{name(one + '$')}" for one in columns)
    engine.run(f"""CREATE OR REPLACE TABLE {name(ROWS)} AS SELECT v."_id", v."_source", v."_row",
  {'v."_example"' if batch else _NO_EXAMPLE}, coalesce({written}, {titled}) AS "_own", {written} IS NOT NULL AS "_whole",
  {place} AS "_place"{fields} FROM {rows} AS v""")
    engine.run('DROP TABLE IF EXISTS "_villages"')


def _seek(engine: Engine, told: Told, there: Mapping[str, Column], *, batch: bool) -> None:
    """Create the distinct places and days of households, with the first household of each."""
    if not told.spots:
        engine.run(_NO_PLACE)
        return
    days = [f"{name(one + '$')} = 0" for one in (DAY, YEAR) if one in told.columns]
    fields = ['"_example"' if batch else _NO_EXAMPLE, f'CASE WHEN NOT "_undated" THEN {name(DAY)} END AS "_own"']
    fields += [
        f'bool_and(({" OR ".join(days) or "FALSE"}) AND NOT "_undated") AS "_whole"',
        '"_place"',
        *map(name, there),
    ]
    engine.run(f"""CREATE OR REPLACE TABLE {name(SOUGHT)} AS SELECT row_number() OVER (ORDER BY "_first") AS "_id", * FROM (
SELECT {", ".join(fields)}, min("_id") AS "_first" FROM ({told.spots}) AS "homes" GROUP BY ALL) AS "places\"""")


def _spots(rows: Sequence[tuple[Any, ...]]) -> list[Spot]:
    """Return the normal form of the places of rows (`_parts`); of examples of rules each is a world of its own."""
    of: dict[int | None, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        of[row[1]].append(row)
    counties = {example: counties_of(row[2:6] for row in own) for example, own in of.items()}
    towns = {example: by_tail({squeezed(row[6]) for row in own} - {""}, TOWN_TAIL) for example, own in of.items()}
    return [
        Spot(
            example,
            counties[example][place],
            towns[example].get(squeezed(town)),
            village_name(village, (*place[1:], town)),
            day,
            bool(whole),
        )
        for example, *where, town, village, day, whole in (row[1:] for row in rows)
        for place in ((where[0], where[1], where[2], where[3]),)
    ]


def _merged(engine: Engine, columns: Mapping[str, Column], known: Mapping[int, Spot]) -> dict[int, int]:
    """Return for each row of a village sheet the row that stands for its village.

    Rows of several tables that are of one village and day, and nowhere say different things, are one.
    """
    alike: dict[Spot, list[int]] = defaultdict(list)
    for row, spot in known.items():
        alike[spot if spot.village else Spot(row, None, None, None, None)].append(row)
    several = {row: rows[0] for rows in alike.values() for row in rows if len(rows) > 1}
    apart: set[int] = set()
    if several:
        pairs(engine, "_village_alike", ("row", "village"), several.items())
        differs = [
            f"count(DISTINCT v.{name(one)}) FILTER (v.{name(one + '$')} = 0) > 1"
            for one in columns
            if one not in PLACES
        ]
        differs.append('count(DISTINCT v."_source") < count(*)')
        found = engine.rows(f"""SELECT a."village" FROM "_village_alike" AS a JOIN {name(ROWS)} AS v ON v."_id" = a."row"
GROUP BY a."village" HAVING {" OR ".join(differs)}""")
        engine.run('DROP TABLE "_village_alike"')
        apart = {village for (village,) in found}
    return {row: several[row] if several.get(row, row) not in apart and row in several else row for row in known}

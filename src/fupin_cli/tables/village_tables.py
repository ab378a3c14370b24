"""Rows of village sheets and places of households, matched, in; the engine tables 村 and 县, and two columns of 户, out."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column
from fupin_cli.model.settings import Settings
from fupin_cli.tables.counties import common_days
from fupin_cli.tables.dating import DAY, data_date
from fupin_cli.tables.sql import literal, name, sql_type
from fupin_cli.tables.village_matching import Spot, matched, own_villages

PLACES = ("省", "市", "县", "乡", "村")
ROWS, SOUGHT = "_village_rows", "_village_sought"  # rows of village sheets; distinct places and days of households
NOT_LINKED = 'CAST(NULL AS BIGINT) AS "_village", CAST(NULL AS BIGINT) AS "_county"'  # of 户, until `link_households`
_FAR = 10**17  # a worse state ranks behind every place
_NO_DAY = "CAST(NULL AS DATE)"
Pair = tuple[int | date | None, ...]


class Found(Struct, frozen=True):
    """Village sheets and places of households, before they are brought together."""

    columns: dict[str, Column]  # of 村
    stated: frozenset[str]  # those that some village sheet has
    homes: tuple[str, ...]  # place columns that 户 has
    known: dict[int, Spot]  # row of a village sheet → where and when it is of
    village: dict[int, int]  # row of a village sheet → the row that stands for its village
    sought: dict[int, Spot]  # `_id` of SOUGHT → likewise


def write_tables(engine: Engine, found: Found, settings: Settings, *, batch: bool) -> bool:
    """Create 村 and 县, and `_village_homes` and `_county_ids` for `link_households`; tell whether some county is known."""
    villages = {village: found.known[village] for village in found.village.values()}
    numbers, rows = list(found.sought), list(villages)
    chosen, may = matched(list(found.sought.values()), list(villages.values()))
    of_sheet = {n: rows[place] for n, place in zip(numbers, chosen, strict=True) if place is not None}
    loose = [n for n, fits in zip(numbers, may, strict=True) if not fits]
    stands = own_villages([found.sought[n] for n in loose])
    own = {n: loose[place] for n, place in zip(loose, stands, strict=True) if place is not None}
    days = common_days((village, found.sought[n].day) for n, village in of_sheet.items())
    day_of = {village: days.get(village) or spot.day for village, spot in villages.items()}
    counties, county_days = _counties(found, villages, day_of)
    known = [(row, village, counties.get(("v", village)), day_of[village]) for row, village in found.village.items()]
    pairs(engine, "_village_known", ("row", "village", "county", "day"), known)
    pairs(
        engine, "_village_links", ("n", "stated", "stands", "county", "day"),
        [(n, of_sheet.get(n), own.get(n), counties.get(("n", n)), spot.day) for n, spot in found.sought.items()],
    )  # fmt: skip
    pairs(engine, "_county_days", ("county", "day"), county_days.items())
    _name_homes(engine)
    _write_villages(engine, found, settings, batch=batch)
    _write_counties(engine, found, settings, batch=batch)
    for table in ("_village_known", "_village_links", "_county_days"):
        engine.run(f"DROP TABLE {name(table)}")
    return bool(county_days)


def pairs(engine: Engine, table: str, columns: tuple[str, ...], rows: Iterable[Pair]) -> None:
    """Create a small table of numbers and days; each column is handed over as one text, for that is parsed much faster."""
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    fields = []
    for column, own in zip(columns, cells, strict=True):
        texts = ", ".join("NULL" if cell is None else str(cell) for cell in own)
        kind = "DATE[]" if column == "day" else "BIGINT[]"
        fields.append(f"UNNEST(CAST('[{texts}]' AS {kind})) AS {name(column)}")
    engine.run(f"CREATE OR REPLACE TABLE {name(table)} AS SELECT {', '.join(fields)}")


def _counties(
    found: Found, villages: Mapping[int, Spot], day_of: Mapping[int, date | None]
) -> tuple[dict[tuple[str, int], int], dict[int, date | None]]:
    """Number the counties of each day; rows that give no day belong to the only day of their county, if there is one.

    Returns the county of each village ("v", row) and place ("n", id), and the day of each county.
    """
    things = [(("v", village), (spot.example, spot.county), day_of[village]) for village, spot in villages.items()]
    things += [(("n", n), (spot.example, spot.county), spot.day) for n, spot in found.sought.items()]
    things = [thing for thing in things if thing[1][1] is not None]
    only = common_days((county, day) for _, county, day in things)
    dated = {county for _, county, day in things if day is not None}
    numbers: dict[tuple[object, date | None], int] = {}
    of: dict[tuple[str, int], int] = {}
    for thing, county, own in things:
        day = own or only[county]
        if day is not None or county not in dated:  # of several days nobody knows which
            of[thing] = numbers.setdefault((county, day), len(numbers))
    return of, {number: day for (_, day), number in numbers.items()}


def _name_homes(engine: Engine) -> None:
    """Create `_village_homes`: each place of households with its village; and `_county_ids`: the `_id` of each county."""
    engine.run(f"""CREATE OR REPLACE TABLE "_village_homes" AS SELECT s.*, l."stated", l."stands", l."county", l."day",
  CASE WHEN l."stands" IS NULL THEN l."stated" ELSE min(s."_first") OVER (PARTITION BY l."stands") END AS "village"
FROM {name(SOUGHT)} AS s JOIN "_village_links" AS l ON l."n" = s."_id\"""")
    engine.run("""CREATE OR REPLACE TABLE "_county_ids" AS SELECT "county", min("id") AS "_id" FROM (
  SELECT "county", "village" AS "id" FROM "_village_known" UNION ALL SELECT "county", "_first" FROM "_village_homes") AS "all"
WHERE "county" IS NOT NULL GROUP BY "county\"""")


def _write_villages(engine: Engine, found: Found, settings: Settings, *, batch: bool) -> None:
    """Create 村: the villages of sheets, and those that only households tell of."""
    stated: list[str] = []
    own: list[str] = []
    for column in found.columns.values():
        x, state, place = name(column.name), name(f"{column.name}$"), name(f"{column.name}@")
        told = column.name in found.homes
        if column.name in found.stated:
            fields = _chosen(column)
        else:  # a place that no village sheet has: its households'
            value = f"""(SELECT arg_min({x}, h."_first") FROM "_village_homes" AS h WHERE h."stated" = k."village")"""
            fields = (value, f"CASE WHEN {value} IS NULL THEN 3 ELSE 0 END", "CAST(NULL AS BIGINT)")
        household = (f"h.{x}", f"CASE WHEN h.{x} IS NULL THEN 1 ELSE 0 END") if told else (_none(column), "3")
        for kept, (value, code, at) in ((stated, fields), (own, (*household, "CAST(NULL AS BIGINT)"))):
            kept.extend([] if column.name == DAY else [f"{value} AS {x}"])
            kept.extend([f"CAST({code} AS UTINYINT) AS {state}", f"{at} AS {place}"])
    keys = [f"min(v.{name(one)})" for one in PLACES[2:] if one in found.stated]
    homes = [f"h.{name(one)}" for one in PLACES[2:] if one in found.homes]
    example = ('min(v."_example") AS "_example", ', 'h."_example", ') if batch else ("", "")
    of_sheets = f"""SELECT k."village" AS "_id", {_key(keys)} AS "_key", CAST(min(v."_source") AS INTEGER) AS "_source",
  CAST(arg_min(v."_row", v."_id") AS INTEGER) AS "_row", TRUE AS "_stated", {example[0]}min(c."_id") AS "_county",
  {data_date('coalesce(min(v."_own"), min(k."day"))', _NO_DAY, settings)} AS {name(DAY)},
  coalesce(min(v."_own"), min(k."day")) IS NULL AS "_undated",
  arg_min(v."_place", v."_id") AS "_place"{"".join(f", {one}" for one in stated)}
FROM "_village_known" AS k JOIN {name(ROWS)} AS v ON v."_id" = k."row" LEFT JOIN "_county_ids" AS c USING ("county")
GROUP BY k."village\""""
    of_households = f"""SELECT h."village" AS "_id", {_key(homes)} AS "_key", CAST(NULL AS INTEGER) AS "_source",
  CAST(NULL AS INTEGER) AS "_row", FALSE AS "_stated", {example[1]}c."_id" AS "_county",
  {data_date('h."day"', _NO_DAY, settings)} AS {name(DAY)}, h."day" IS NULL AS "_undated",
  h."_place"{"".join(f", {one}" for one in own)}
FROM "_village_homes" AS h LEFT JOIN "_county_ids" AS c USING ("county") WHERE h."stands" = h."_id\""""
    selects = [of_sheets, of_households] if found.known else [of_households]
    engine.run(f'CREATE OR REPLACE TABLE "村" AS {" UNION ALL ".join(selects)}')


def _key(parts: list[str]) -> str:
    return f"nullif(concat_ws('/', {', '.join(parts)}), '')" if parts else "CAST(NULL AS VARCHAR)"


def _none(column: Column) -> str:
    return f"CAST(NULL AS {sql_type(column.type)})"


def _chosen(column: Column) -> tuple[str, str, str]:
    """SQL of value, state and place of a column over the rows of one village: read goes before not read, then blank."""
    x, state = f"v.{name(column.name)}", f"v.{name(column.name + '$')}"
    rank = f'(CASE {state} WHEN 0 THEN 0 WHEN 2 THEN 1 WHEN 1 THEN 2 ELSE 3 END) * {_FAR} + v."_id"'
    value, best = f'arg_min({x}, v."_id") FILTER ({state} = 0)', f"arg_min({state}, {rank})"
    if column.blank is not None and not column.blank_when:
        value = f"CASE WHEN {best} = 1 THEN CAST({literal(column.blank)} AS {sql_type(column.type)}) ELSE {value} END"
    return value, best, f'arg_min(v."_id", {rank})'


def _write_counties(engine: Engine, found: Found, settings: Settings, *, batch: bool) -> None:
    """Create 县 from the villages of sheets and the places of households."""
    there = [one for one in PLACES[:3] if one in found.columns]
    sources = []
    for table, id_, has in ((ROWS, 'k."village"', found.stated), ("_village_homes", 'v."_first"', found.homes)):
        known = ' JOIN "_village_known" AS k ON k."row" = v."_id"' if table == ROWS else ""
        county = 'k."county"' if known else 'v."county"'
        places = "".join(f", {f'v.{name(one)}' if one in has else 'NULL'} AS {name(one)}" for one in there)
        sources.append(
            f'SELECT {county} AS "county", {id_} AS "id", v."_example", v."_place"{places} FROM {name(table)} AS v{known}'
        )
    fields = "".join(
        f""", arg_min({name(one)}, "id") AS {name(one)},
  CAST(CASE WHEN arg_min({name(one)}, "id") IS NULL THEN 1 ELSE 0 END AS UTINYINT) AS {name(one + "$")}"""
        for one in there
    )
    example = 'min("_example") AS "_example", ' if batch else ""
    key = _key([f'arg_min({name("县")}, "id")'] if "县" in there else [])
    engine.run(f"""CREATE OR REPLACE TABLE "县" AS SELECT min("id") AS "_id", {key} AS "_key", CAST(NULL AS INTEGER) AS "_source",
  CAST(NULL AS INTEGER) AS "_row", {example}{data_date('min(d."day")', _NO_DAY, settings)} AS {name(DAY)},
  min("_place") AS "_place"{fields}
FROM ({" UNION ALL ".join(sources)}) AS "all" JOIN "_county_days" AS d USING ("county") GROUP BY "county\"""")


def link_households(engine: Engine, homes: Collection[str], *, batch: bool) -> None:
    """Give every household its village and its county, once 户 and 村 are written; `homes` are the columns of 户."""
    fields = ['"_place"', *(name(one) for one in PLACES if one in homes), *(['"_example"'] if batch else [])]
    same = [f'"户".{one} IS NOT DISTINCT FROM h.{one}' for one in fields]
    same.append(f'CASE WHEN NOT "户"."_undated" THEN "户".{name(DAY)} END IS NOT DISTINCT FROM h."_own"')
    if homes:
        engine.run(f"""UPDATE "户" SET "_village" = h."village", "_county" = c."_id"
FROM "_village_homes" AS h LEFT JOIN "_county_ids" AS c USING ("county") WHERE {" AND ".join(same)}""")
    for table in ("_village_homes", "_county_ids"):
        engine.run(f"DROP TABLE {name(table)}")

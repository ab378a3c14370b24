"""Rows of persons and households in, the engine tables the rules run on out: SQL of 人 and 户; 名单_X, written."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.language.functions import NUMBER
from fupin_cli.model.dictionary import Column, Type
from fupin_cli.model.settings import Settings
from fupin_cli.tables.dating import DAY, YEAR, data_date, titled_date, written_date
from fupin_cli.tables.grouping import RELATION
from fupin_cli.tables.households import Homes
from fupin_cli.tables.linking import Stock
from fupin_cli.tables.places import Where, naming, place_sql
from fupin_cli.tables.sql import literal, name, sql_type
from fupin_cli.tables.stacked import PLACE_UNIT, Stack, with_states
from fupin_cli.tables.staging import Staged, covered_rows, is_of_helper
from fupin_cli.tables.village_tables import NOT_LINKED, PLACES


class Ground(Struct, frozen=True):
    """What every finished table is written with."""

    stock: Stock
    homes: Homes | None  # None: there are no households
    settings: Settings


class Finished(Struct, frozen=True):
    """SELECTs of finished tables, "" where there are no such rows."""

    persons: str
    homes: str
    spots: str  # of the households what tells their villages


def _taken_from(stock: Stock, column: Column, place: str) -> str:
    """SQL: where a household's value stands; a helper merged down over several households in the first cell of the range."""
    for part in stock.parts:
        if is_of_helper(column.name) and column.name in part.columns and (rows := covered_rows(part, column.name)):
            begins = part.source * PLACE_UNIT
            first = f'SELECT {begins} + m."first" FROM {rows} AS m WHERE {begins} + m.r = {place}'
            place = f"coalesce(({first}), {place})"
    return place


def finished_sql(engine: Engine, ground: Ground, own: dict[str, Column]) -> Finished:
    """Return the SELECTs of 人 and 户, those that there are; `own` are the columns of 人.

    人 does not read 户: both are written at the same time.
    """
    homes, place, of_homes, spots, of_persons = ground.homes, "", "", "", ""
    if homes is not None:
        where = Where(homes.values(naming(homes.columns)), "v", ground.stock.same("人", "户"))
        place = place_sql(engine, where, homes.columns, ground.settings)
        example = ['v."_example"'] if ground.stock.batch else []
        fields = [f'{_members_told(engine, ground.stock)} AS "成员表有户主"', *example]
        of_homes = (
            f"SELECT *, {NOT_LINKED} FROM ({_households(ground, homes, place, list(homes.columns), fields)}) AS homes"
        )
        told = [one for one in (*PLACES, DAY, YEAR) if one in homes.columns]
        spots = _households(ground, homes, place, told, example)
    if ground.stock.persons.parts:
        asked = _asked_of_homes(ground, own)
        joined = _households(ground, homes, place, asked, []) if homes else ""
        of_persons = _persons(engine, ground, own, asked, joined)
    return Finished(of_persons, of_homes, spots)


def _households(ground: Ground, homes: Homes, place: str, wanted: Sequence[str], first: Sequence[str]) -> str:
    """SQL: the households, with some of their columns."""
    fields = list(first)
    for column in wanted:
        x, state, at = name(column), name(f"{column}$"), name(f"{column}@")
        states = {one: f"v.{name(one + '$')}" for one in homes.columns}
        value = _with_blank(homes.columns[column], f"v.{x}", f"v.{state}", states)
        fields += [f"{value} AS {x}"] if column != DAY else []
        taken = _taken_from(ground.stock, homes.columns[column], f"v.{at}")
        fields += [f"v.{state} AS {state}", f"{taken} AS {at}"]
    source = f'CAST(v."_id" // {PLACE_UNIT} AS INTEGER)'
    written, titled = written_date(homes.columns, "v"), titled_date(ground.stock.parts, source)
    when = [one for column in wanted for one in homes.columns[column].blank_when if one in homes.columns]
    dated = [one for one in (DAY, YEAR) if one in homes.columns]
    read = list(dict.fromkeys([*wanted, *when, *dated, *naming(homes.columns)]))
    return f"""SELECT v."_id", v."key" AS "_key", {source} AS "_source", CAST(v."_id" % {PLACE_UNIT} AS INTEGER) AS "_row",
  v."stated_row" IS NOT NULL AS "_stated", {data_date(written, titled, ground.settings)} AS {name(DAY)},
  {written} IS NULL AND {titled} IS NULL AS "_undated", {place} AS "_place"{"".join(f", {one}" for one in fields)}
FROM {homes.values(read)} AS v"""


def _persons(engine: Engine, ground: Ground, own: dict[str, Column], asked: Sequence[str], households: str) -> str:
    """SQL: the persons; place and time that a row leaves out are its household's (`households`, SQL, with the columns asked)."""
    stock = ground.stock
    fields = [*_person_fields(own, asked), *_built_in(engine, stock)]
    columns = stock.persons.columns
    written, titled = written_date(columns, "p"), titled_date(stock.parts, 'p."_source"')
    undated, joined = f"{written} IS NULL AND {titled} IS NULL", ""
    place = place_sql(engine, Where(stock.persons.rows(naming(own)), "p", stock.same("人")), own, ground.settings)
    home = "CAST(NULL AS BIGINT)"
    if households:
        undated = f'{written} IS NULL AND coalesce(h."_undated", TRUE)'
        written = f"coalesce({written}, h.{name(DAY)})"
        home, place = 'p."_household"', f'coalesce(h."_place", {place})'
        joined = f'LEFT JOIN ({households}) AS h ON h."_id" = p."_household"'
    read = [*own, *(one for one in (DAY, YEAR) if one in columns)]
    raw = ["证件号码#"] if "证件号码" in own else []
    return f"""SELECT p."_id", {home} AS "_household", p."_source", p."_row", {data_date(written, titled, ground.settings)} AS {name(DAY)},
  {undated} AS "_undated", {place} AS "_place"{"".join(f", {one}" for one in fields)}
FROM {stock.persons.rows([*with_states(read), *raw], known="_members" if households else "")} AS p {joined}"""


def _asked_of_homes(ground: Ground, own: dict[str, Column]) -> list[str]:
    """Return the columns of 户 that 人 asks: those that rows of persons may leave to it, and those that give a blank its meaning."""
    if ground.homes is None:
        return []
    left = [one for one, column in own.items() if column.level == "地" and not ground.stock.is_full("人", one)]
    meaning = [
        one for column in own.values() if column.blank is not None for one in column.blank_when if one not in own
    ]
    return [one for one in dict.fromkeys([*left, *meaning]) if one in ground.homes.columns]


def _person_fields(own: dict[str, Column], asked: Sequence[str]) -> list[str]:
    """The columns of 人: its own, those it shares with 户 filled from there, and the certificate as it was typed."""
    states = {column: f"h.{name(column + '$')}" for column in asked}
    states |= {column: f"p.{name(column + '$')}" for column in own}
    fields = []
    for column in own.values():
        fields += _person_field(column, column.name in asked, states)
    raw = name("证件号码#")
    fields.append(f"p.{raw} AS {raw}" if "证件号码" in own else f"CAST(NULL AS VARCHAR) AS {raw}")
    return fields


def _built_in(engine: Engine, stock: Stock) -> list[str]:
    """The columns of 人 that tell of its table and of the household sheets."""
    fields = [f'{_has_head(engine, stock)} AS "表有户主"']
    if stock.stated.columns:
        known = stock.batch or _half(engine, 'count("stated_row"), count(*) FROM "_links"')
        absent = "ELSE FALSE " if known else ""
        fields.append(f'CASE WHEN h."_stated" THEN TRUE {absent}END AS "户表有此户"')
    return [*fields, 'p."_example"'] if stock.batch else fields


def _has_head(engine: Engine, stock: Stock) -> str:
    """SQL: TRUE where half of the households of the person's table have a row that says 户主, else NULL: a list of some members.

    Forms count as one table, and so do the columns of members that are spread over one row.
    """
    if RELATION not in stock.persons.columns:
        return "CAST(NULL AS BOOLEAN)"
    if stock.batch:
        own = f"SELECT \"_example\" FROM {stock.persons.rows([RELATION])} WHERE {name(RELATION)} = '户主'"
        return f'CASE WHEN p."_example" IN ({own}) THEN TRUE END'
    tables = {part.source: _table(part) for part in stock.parts if part.kind == "人"}
    homes, headed = Counter[str](), Counter[str]()  # households of a table, those with a head
    for source, count, with_head in engine.rows(
        'SELECT "source", count(*), count(*) FILTER (WHERE "head") FROM ('
        f'SELECT "_id" // {PLACE_UNIT} AS "source", bool_or("head") AS "head" FROM "_groups"'
        ' WHERE "group" IS NOT NULL GROUP BY 1, "group") GROUP BY 1'
    ):
        homes[tables[int(source)]] += int(count)
        headed[tables[int(source)]] += int(with_head)
    whole = {table for table, count in headed.items() if count and 2 * count >= homes[table]}
    sources = ", ".join(str(source) for source, table in tables.items() if table in whole)
    return f'CASE WHEN p."_source" IN ({sources}) THEN TRUE END' if sources else "CAST(NULL AS BOOLEAN)"


def _members_told(engine: Engine, stock: Stock) -> str:
    """SQL: TRUE where some person's row says 户主 and half of the households of the household sheets have members, else NULL.

    Lists of some members, and the members of some villages, leave whole households out.
    """
    if RELATION not in stock.persons.columns:
        return "CAST(NULL AS BOOLEAN)"
    heads = f"FROM {stock.persons.rows([RELATION])} WHERE {name(RELATION)} = '户主'"
    if stock.batch:
        return f'CASE WHEN v."_example" IN (SELECT "_example" {heads}) THEN TRUE END'
    told = bool(engine.rows('SELECT 1 FROM "_groups" WHERE "head" LIMIT 1'))
    if told and stock.stated.columns:
        stated = 'FROM "_homes" WHERE "stated_row" IS NOT NULL'
        told = _half(
            engine, f'count(*) FILTER (WHERE "stated_row" IN (SELECT "stated_row" FROM "_links")), count(*) {stated}'
        )
    return "TRUE" if told else "CAST(NULL AS BOOLEAN)"


def _half(engine: Engine, counts: str) -> bool:
    """Tell whether the first of two counts is half of the second or more."""
    (some, all_), *_ = engine.rows(f"SELECT {counts}")
    return 2 * int(some) >= int(all_)


def _table(part: Staged) -> str:
    tie = part.layout.tie
    return f"{part.source}" if tie is None else tie.name if tie.by_row else "forms"


def write_list(
    engine: Engine, list_name: str, listed: Stack, key: str, settings: Settings, *, batch: bool
) -> dict[str, Type]:
    """Create 名单_X from the staged sheets of one list; return its columns and their types.

    Only a certificate is a key of persons: the rows of units, places and doubts have no 证件前18位.
    """
    columns = listed.columns
    of_persons = key in columns and columns[key].type == "证件"
    number = _number(name(key)) if of_persons else "CAST(NULL AS VARCHAR)"
    example = ', l."_example"' if batch else ""
    kept = [name(column) for column in columns if column != DAY] + [name(f"{column}$") for column in columns]
    written, titled = written_date(columns, "l"), titled_date(listed.parts, 'l."_source"')
    rows = listed.rows(with_states(columns))
    place = place_sql(engine, Where(rows, "l"), columns, settings)
    engine.run(f"""CREATE OR REPLACE TABLE {name(f"名单_{list_name}")} AS
SELECT l."_id", l."_source", l."_row"{example}, {number} AS "证件前18位", {data_date(written, titled, settings)} AS {name(DAY)},
  {written} IS NULL AND {titled} IS NULL AS "_undated", {place} AS "_place"{"".join(f", l.{one}" for one in kept)}
FROM {rows} AS l""")
    return {column.name: column.type for column in columns.values()}


def _number(written: str) -> str:
    """SQL: whose row of a list it is; of a passport or the like its own number; NULL where a part is starred, lost or too much."""
    passport = f"CASE WHEN regexp_full_match({written}, '[A-Z]{{1,3}}[0-9]{{6,12}}|[0-9]{{8}}') THEN {written} END"
    return f"coalesce({NUMBER.replace(':1', written)}, {passport})"


def _person_field(column: Column, fills: bool, states: dict[str, str]) -> list[str]:
    x, state = name(column.name), name(f"{column.name}$")
    value, own_state = f"p.{x}", f"p.{state}"
    if fills:
        empty = f"p.{state} IN (1, 3) AND h.{state} IS NOT NULL"
        value = f"CASE WHEN {empty} THEN h.{x} ELSE p.{x} END"
        own_state = f"CASE WHEN {empty} THEN h.{state} ELSE p.{state} END"
    fields = [] if column.name == DAY else [f"{_with_blank(column, value, own_state, states)} AS {x}"]
    return [*fields, f"{own_state} AS {state}"]


def _with_blank(column: Column, value: str, state: str, states: dict[str, str]) -> str:
    """SQL: the value, or what a blank stands for in this column."""
    if column.blank is None:
        return value
    known = [states[one] for one in column.blank_when if one in states]
    if column.blank_when and not known:
        return value
    on_form = f" AND ({' OR '.join(f'{one} <> 3' for one in known)})" if known else ""
    blank = f"CAST({literal(column.blank)} AS {sql_type(column.type)})"
    return f"CASE WHEN {state} = 1{on_form} THEN {blank} ELSE {value} END"

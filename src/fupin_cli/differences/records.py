"""Ids of rows of one side in; the rows as they stand in its workbooks out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from fupin_cli.differences.sides import Sides, kinds, relation
from fupin_cli.engines import Engine
from fupin_cli.engines.cells import FAR, At, Cells
from fupin_cli.engines.sql import literal, quoted
from fupin_cli.model.difference import Record, Side
from fupin_cli.model.place import Place

_BATCH = 20_000  # rows whose texts are held at a time
_NAMED_BY = {
    "人": (("证件号码",), ("人编号",), ("证件令牌",), ("姓名生日令牌",), ("户编号", "姓名"), ("姓名",)),
    "户": (("户编号",), ("户主证件号码",), ("户主姓名",)),
    "村": (("县", "乡", "村"), ("行政区划编码",)),
}  # what names a row: the first of which something is written


def raw_cells(engine: Engine, sides: Sides) -> Cells:
    """Return the raw sheets of both sides, the left's sources first."""
    return Cells(engine, replace(sides.left, previous=sides.right), sides.dictionary)


def records(
    engine: Engine, sides: Sides, side: Side, table: str, ids: Collection[int], on: Sequence[str] = ()
) -> dict[int, Record]:
    """Return rows of one side as records, by `_id`, in the order of the file.

    Args:
        engine: where both sides are.
        sides: the tables.
        side: whose rows.
        table: 人, 户, 村 or the name of a list, as the side has it.
        ids: `_id` of the rows.
        on: the columns the user wished rows to meet by; they are the key then.
    """
    cells = raw_cells(engine, sides)
    wanted = sorted(ids)
    found: dict[int, Record] = {}
    for first in range(0, len(wanted), _BATCH):
        found |= _batch(engine, cells, (sides, side, table, tuple(on)), wanted[first : first + _BATCH])
    return found


def placed(
    engine: Engine, sides: Sides, of: tuple[Side, str], ids: Collection[int], wanted: Collection[str]
) -> dict[int, dict[str, At]]:
    """Return for rows of a side's table, by `_id`, in which row of which sheet each of the wanted columns stands."""
    side, table = of
    columns = [column for column in kinds(sides, side, table) if column in wanted]
    rows = engine.rows(_rows_sql(sides, side, table, columns, ids))
    found = [(int(id_), home, _places(int(id_), columns, places)) for id_, home, *places in rows]
    homes = _homes(engine, sides, side, {int(home) for _, home, _ in found if home is not None})
    cells = raw_cells(engine, sides)
    return {id_: places | _of_home(cells, id_, places, homes.get(home, {})) for id_, home, places in found}


def _of_home(cells: Cells, id_: int, places: Mapping[str, At], home: Mapping[str, At]) -> dict[str, At]:
    """Return the columns a person has from his household, for his own sheet does not have them."""
    own = cells.columns(id_ // FAR)
    return {column: home[column] for column in places if column in home and column not in own}


def _batch(
    engine: Engine, cells: Cells, of: tuple[Sides, Side, str, tuple[str, ...]], ids: list[int]
) -> dict[int, Record]:
    sides, side, table, on = of
    columns = list(kinds(sides, side, table))
    rows = engine.rows(_rows_sql(sides, side, table, columns, ids))
    found_at = [(id_, household, _places(id_, columns, places)) for id_, household, *places in rows]
    homes = _homes(engine, sides, side, {int(home) for _, home, _ in found_at if home is not None})
    stand = [(id_, home, places | _of_home(cells, id_, places, homes.get(home, {}))) for id_, home, places in found_at]
    heads = _heads(engine, sides, side, ids) if table == "户" else {}
    needed = [(at, column) for _, _, places in stand for column, at in places.items()]
    needed += [(at, column) for places in homes.values() for column, at in places.items()]
    needed += [(at, "姓名") for at in heads.values()]
    cells.fetch(needed)
    found = {}
    for id_, home, places in stand:
        texts = _texts(cells, places)
        around = _texts(cells, homes.get(home, {}))
        head = cells.text(heads[id_], "姓名") if id_ in heads else ""
        found[id_] = _record(cells, table, divmod(id_, FAR), (texts, around, head), on)
    return found


def _record(
    cells: Cells, table: str, at: At, written: tuple[dict[str, str], dict[str, str], str], on: tuple[str, ...]
) -> Record:
    texts, around, head = written
    every = {**around, **texts}
    names = [on] if on else _NAMED_BY.get(table, (("证件号码",), ("户编号",), ("姓名",)))
    key = next((columns for columns in names if any(every.get(one) for one in columns)), names[0])
    return Record(
        table=table,
        key={column: every[column] for column in key if every.get(column)},
        place=Place(cells.place(at, (), "subject").file, cells.layouts[at[0]].sheet.name, at[1]),
        values=texts,
        household=every.get("户编号"),
        person=every.get("姓名") if table != "户" else every.get("户主姓名") or head or None,
        village=every.get("村"),
        township=every.get("乡"),
    )


def _texts(cells: Cells, places: Mapping[str, At]) -> dict[str, str]:
    texts = {column: cells.text(at, column) for column, at in places.items()}
    return {column: text for column, text in texts.items() if text.strip()}


def _places(id_: int, columns: Sequence[str], places: Sequence[Any]) -> dict[str, At]:
    """Return the row each column was read from; `places` are numbers of a household's cells, or True where it is the row's own."""
    own = divmod(id_, FAR)
    found = {}
    for column, place in zip(columns, places, strict=True):
        if place is not None:
            found[column] = own if place is True else divmod(int(place), FAR)
    return found


def _rows_sql(sides: Sides, side: Side, table: str, columns: Iterable[str], ids: Collection[int]) -> str:
    at = {
        column: f"t.{quoted(column + '@')}"
        if table in ("户", "村")
        else f"CASE WHEN t.{quoted(column + '$')} <> 3 THEN TRUE END"
        for column in columns
    }
    home = 't."_household"' if table == "人" else "NULL"
    fields = "".join(f", {place}" for place in at.values())
    return f"""SELECT t."_id", {home}{fields} FROM {relation(sides, side, table)} AS t
JOIN ({listed(ids)}) AS w ON w."id" = t."_id" ORDER BY t."_id\""""


def listed(ids: Iterable[int]) -> str:
    """SQL: a relation of ids, column `id`; handed over as one text, for that is parsed much faster than a list."""
    numbers = literal(",".join(map(str, ids)))
    return f"""SELECT CAST("one" AS BIGINT) AS "id" FROM (SELECT UNNEST(string_split({numbers}, ',')) AS "one") WHERE "one" <> ''"""


def _homes(engine: Engine, sides: Sides, side: Side, ids: Collection[int]) -> dict[int, dict[str, At]]:
    """Return where households say who they are and where they live."""
    if not ids:
        return {}
    there = kinds(sides, side, "户")
    columns = [column for column in there if column == "户编号" or _is_place(sides, column)]
    return {
        id_: _places(id_, columns, places)
        for id_, _, *places in engine.rows(_rows_sql(sides, side, "户", columns, ids))
    }


def _is_place(sides: Sides, column: str) -> bool:
    known = sides.dictionary.columns
    return column in known and known[column].level == "地"


def _heads(engine: Engine, sides: Sides, side: Side, ids: Collection[int]) -> dict[int, At]:
    """Return the row of each household's first 户主, where persons are there."""
    there = kinds(sides, side, "人")
    if not ({"与户主关系", "姓名"} <= set(there)):
        return {}
    return {
        int(home): divmod(int(id_), FAR)
        for home, id_ in engine.rows(
            f"""SELECT p."_household", min(p."_id") FROM {relation(sides, side, "人")} AS p
JOIN ({listed(ids)}) AS w ON w."id" = p."_household" WHERE p."与户主关系" = '户主' GROUP BY 1"""
        )
    }

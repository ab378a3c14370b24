"""One table of each side in; what each of its rows is known by out: engine tables `_keys_left_人` and `_keys_right_人`.

Columns: `id`; `card` first 18 characters of the certificate; `odd` a number of another shape; `head` the 户主's number, of a household; `code` 人编号; `home` 户编号;
`house` `_id` of the household; `name` in normal form; `born`; `relation`; `wished` what the user wished rows to meet by;
`own` all of it that names the row: rows with the same are duplicates.
"""

from collections.abc import Sequence

from fupin_cli.differences.certificates import NO_TEXT, born, first18, normal_name
from fupin_cli.differences.sides import Facing, Sides, kinds, relation
from fupin_cli.differences.tokens import token_keys
from fupin_cli.engines import Engine
from fupin_cli.engines.sql import literal, quoted
from fupin_cli.model.dictionary import Type
from fupin_cli.model.difference import Side

BOTH: tuple[Side, ...] = ("left", "right")
_PLACE = ("县", "乡", "村")


def write_keys(engine: Engine, sides: Sides, facing: Facing, on: Sequence[str]) -> None:
    """Create both tables of keys."""
    for side in BOTH:
        engine.run(f"CREATE OR REPLACE TABLE {keys_of(side, facing)} AS {_keys(sides, side, facing, on)}")


def keys_of(side: Side, facing: Facing) -> str:
    """Return the table of keys of a side, in double quotes."""
    return quoted(f"_keys_{side}_{facing.pairs}")


def waiting(side: Side) -> str:
    """Return the table of the rows of one side that a pass may still pair."""
    return f'"_waiting_{side}"'


def has_columns(sides: Sides, facing: Facing, columns: Sequence[str]) -> bool:
    """Tell whether both sides have all these columns, a person those of his household too."""
    return all(column in _reachable(sides, side, facing.of(side)) for side in BOTH for column in columns)


def _reachable(sides: Sides, side: Side, table: str) -> dict[str, Type]:
    own = kinds(sides, side, table)
    return {**kinds(sides, side, "户"), **own} if table == "人" else own


def _keys(sides: Sides, side: Side, facing: Facing, on: Sequence[str]) -> str:
    table = facing.of(side)
    fields = _fields(sides, side, table, facing)
    fields["wished"] = _wished(sides, side, table, on)
    joined = ""
    if table == "人" and sides.tables(side).households:
        joined = f' LEFT JOIN {relation(sides, side, "户")} AS h ON h."_id" = t."_household"'
    only = ' WHERE t."_stated"' if table == "村" else ""
    selected = ", ".join(f"{value} AS {column}" for column, value in fields.items())
    return f"""SELECT * EXCLUDE (number, day), {_own(table, bool(on))} AS own,
  CASE WHEN card IS NULL THEN number END AS odd, coalesce(day, {born("card")}) AS born
FROM (SELECT t."_id" AS id, {selected} FROM {relation(sides, side, table)} AS t{joined}{only}) AS k"""


def _own(table: str, wished: bool) -> str:
    if wished:
        return "wished"
    if table != "人":
        return "coalesce('1' || card, '2' || home, '4' || place, '5' || head)"
    return (
        "coalesce('1' || card, '2' || code || '|' || coalesce(home, ''),"
        " '3' || home || '|' || name || '|' || coalesce(relation, ''), '4' || number || '|' || coalesce(name, ''))"
    )


def _fields(sides: Sides, side: Side, table: str, facing: Facing) -> dict[str, str]:
    there = kinds(sides, side, table)
    found = dict.fromkeys(("card", "number", "code", "home", "head", "name", "relation", "place"), NO_TEXT)
    found |= {"day": "CAST(NULL AS DATE)", "house": "CAST(NULL AS BIGINT)"}
    if table == "人":
        return found | _of_person(sides, side, there)
    if table == "户":
        return found | _of_household(there, facing)
    if table == "村":
        places = [
            f"""coalesce({normal_name(f"t.{quoted(one)}")}, '')""" for one in _PLACE if _both_have(sides, facing, one)
        ]
        return found | ({"place": f"NULLIF(concat_ws('/', {', '.join(places)}), '')"} if places else {})
    return found | _of_list(sides, table, there)


def _of_person(sides: Sides, side: Side, there: dict[str, Type]) -> dict[str, str]:
    found: dict[str, str] = {}
    if sides.tables(side).households:
        found |= {"home": 'h."_key"', "house": 't."_household"'}
    if "证件号码" in there:
        found |= {"card": first18('t."证件号码"'), "number": 't."证件号码"'}
    if "出生日期" in there:
        found["day"] = 't."出生日期"'
    if "姓名" in there:
        found["name"] = normal_name('t."姓名"')
    found |= {
        field: f"t.{quoted(column)}"
        for field, column in (("code", "人编号"), ("relation", "与户主关系"))
        if column in there
    }
    return found | token_keys(there)


def _of_household(there: dict[str, Type], facing: Facing) -> dict[str, str]:
    found = {"house": 't."_id"', "home": 't."_key"'}
    if "户主证件号码" in there:
        found["card" if facing.left != facing.right else "head"] = first18('t."户主证件号码"')
    if "户主姓名" in there:
        found["name"] = normal_name('t."户主姓名"')
        if "村" in there:
            village = normal_name('t."村"')
            found["code"] = f"{village} || '|' || {found['name']}"
    return found


def _of_list(sides: Sides, table: str, there: dict[str, Type]) -> dict[str, str]:
    key = sides.dictionary.lists[table].key
    found: dict[str, str] = {}
    if there.get(key) == "证件":
        found["card"] = first18(f"t.{quoted(key)}")
    elif key in there:
        field = "home" if key == "户编号" else "place"
        found = {field: f"CAST(t.{quoted(key)} AS VARCHAR)"}
    if "姓名" in there:
        found["name"] = normal_name('t."姓名"')
    if there.get("出生日期") == "日期":
        found["day"] = 't."出生日期"'
    return found


def _both_have(sides: Sides, facing: Facing, column: str) -> bool:
    return all(column in kinds(sides, side, facing.of(side)) for side in BOTH)


def _wished(sides: Sides, side: Side, table: str, on: Sequence[str]) -> str:
    """SQL: the columns wished, each in its normal form; NULL where one of them says nothing."""
    parts = []
    own, reach = kinds(sides, side, table), _reachable(sides, side, table)
    for column in on:
        cell = f"{'t' if column in own else 'h'}.{quoted(column)}"
        text = f"CAST({cell} AS VARCHAR)"
        if reach[column] == "姓名":
            text = normal_name(cell)
        elif reach[column] == "证件":
            text = f"coalesce({first18(cell)}, {cell})"
        parts.append(f"NULLIF({text}, '')")
    return f" || {literal('|')} || ".join(parts) if parts else NO_TEXT

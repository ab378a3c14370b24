"""Turn columns of raw cells into SQL that types them: value, state, and what is to be said of the writing."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from fupin_cli.model.dictionary import Column
from fupin_cli.tables.codes import MOST_TEXTS, Resolved
from fupin_cli.tables.dates_sql import date_steps, year_steps
from fupin_cli.tables.numbered_sql import certificate_steps, number_code_steps, phone_steps, text_steps
from fupin_cli.tables.numbers_sql import number_steps
from fupin_cli.tables.sql import literals, lookup, name
from fupin_cli.tables.steps import NO_COLUMN, Steps

_FEW_TEXTS = 50
_ERRORS = "#(N/A|REF!|VALUE!|DIV/0!|NAME\\?|NULL!|NUM!|GETTING_DATA|SPILL!|CALC!)"
KEEPS_RAW = ("证件号码", "户编号")  # `X#` is the text as written
Fields = dict[str, str]  # field of a typed table → SQL of it


class Cell(Struct, frozen=True):
    """A column to type, and where its raw cell stands."""

    column: Column
    text: str  # SQL of the raw text
    kind: str  # SQL of its Kind
    resolved: dict[str, Resolved] = field(default_factory=dict)  # coded columns: every distinct text
    errors: bool = False  # an error may stand as plain text (csv)
    lacking: bool = False  # some rows have no such column (rows made from plain dicts)


def fields_of(column: str) -> tuple[str, ...]:
    """Return the fields of a column: value, state, what is to be said, and for the columns of `KEEPS_RAW` the text as written."""
    return tuple(f"{column}{mark}" for mark in (("", "$", "!", "#") if column in KEEPS_RAW else ("", "$", "!")))


def written(fields: Fields) -> list[str]:
    """SQL: each field under its name."""
    return [f"{sql} AS {name(field)}" for field, sql in fields.items()]


def is_short(cell: Cell) -> bool:
    """Tell whether a column's expressions are so short that they may be evaluated each time the column is asked for."""
    return cell.column.codes is not None and len(cell.resolved) <= _FEW_TEXTS


def typed(
    cells: list[Cell], source: str, carried: tuple[str, ...], plain: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return one SELECT over `source` (a table, or a sub-query with a name) that types every cell.

    Columns of the result: `carried` as they are, and for each column X: `X`, `X$` (state), `X!` (`rule|note`, or NULL);
    `X#` for the columns of `KEEPS_RAW`. `plain` has SQL of the value of columns all of whose cells are plain.
    """
    raw, odd, clean, value, final = [], [], [], [], []
    for cell in cells:
        if cell.column.name in plain or is_short(cell):
            fields = short_fields(cell, plain)
            raw += written(fields)
            final += [name(field) for field in fields]
            continue
        c, k, t, v, o = (name(f"{mark}:{cell.column.name}") for mark in "cktvo")
        steps = steps_of(cell.column, cell.resolved, (c, k, t, v, o))
        raw.append(f"{cell.text} AS {c}, {_kind(cell)} AS {k}")
        odd.append(f"{steps.odd} AS {o}")
        clean.append(f"{steps.clean} AS {t}")
        value.append(f"{steps.value} AS {v}")
        final += written(_final(cell, (c, k, t, v), steps.fault))
    keep = ", ".join(carried)
    if not value:
        return f"SELECT {', '.join([keep, *raw])} FROM {source}"
    return f"""SELECT {", ".join([keep, *final])}
FROM (SELECT {", ".join(["*", *value])}
FROM (SELECT {", ".join(["*", *clean])}
FROM (SELECT {", ".join(["*", *odd])}
FROM (SELECT {", ".join([keep, *raw])} FROM {source}) AS "raw") AS "marked") AS "cleaned") AS "valued\""""


def short_fields(cell: Cell, plain: Mapping[str, str]) -> Fields:
    """Return SQL of the fields of a column that is plain, or short."""
    if (value := plain.get(cell.column.name)) is None:
        return _in_one(cell)
    nothing = "CAST(NULL AS UTINYINT)"  # a blank text takes sixteen bytes a row
    parts = (value, f"CAST({cell.text} IS NULL AS UTINYINT)", nothing, cell.text)
    return dict(zip(fields_of(cell.column.name), parts, strict=False))


def _in_one(cell: Cell) -> Fields:
    """Value, state and what is to be said, each step written out inside the next."""
    names = [cell.text, _kind(cell), "", "", ""]
    for place, step in ((2, "clean"), (3, "value")):
        steps = steps_of(cell.column, cell.resolved, (names[0], names[1], names[2], names[3], names[4]))
        names[place] = f"({getattr(steps, step)})"
    c, k, t, v, o = names
    return _final(cell, (c, k, t, v), steps_of(cell.column, cell.resolved, (c, k, t, v, o)).fault)


def steps_of(column: Column, resolved: dict[str, Resolved], names: tuple[str, str, str, str, str]) -> Steps:
    """Return the steps that read one column; `names` are SQL of raw text, kind, cleaned text, value, and whether it is odd."""
    c, k, t, v, o = names
    if column.type in ("代码", "多值") and column.codes is not None:
        steps = _code_steps(resolved, (c, k, t, v))
    elif column.type in ("数字", "整数"):
        steps = number_steps(column, c, k, t, v)
    elif column.type == "日期":
        steps = date_steps(column, c, k, t, v)
    elif column.type == "年份":
        steps = year_steps(c, k, t, v)
    elif column.type == "证件":
        steps = certificate_steps(c, k, t, v)
    elif column.type in ("编号", "账号"):
        steps = number_code_steps(c, k, t, v)
    else:
        steps = phone_steps(c, k, t) if column.type == "电话" else text_steps(column, c, k, t, o)
    return steps


def _code_steps(resolved: dict[str, Resolved], names: tuple[str, str, str, str]) -> Steps:
    c, k, t, v = names
    blank = [text for text, one in resolved.items() if one.blank]
    values = {text: one.value for text, one in resolved.items() if one.value is not None}
    faults = {text: f"{one.rule}|{one.note}" for text, one in resolved.items() if one.rule}
    clean = f"CASE WHEN {c} IN ({literals(blank)}) THEN NULL ELSE {c} END" if blank else c
    fault = lookup(
        c, dict(sorted(faults.items(), key=lambda pair: pair[1])), f"CASE WHEN {v} IS NULL THEN 'COD001|' END"
    )
    if not faults:
        fault = f"CASE WHEN {v} IS NULL THEN 'COD001|' END"
    value = f"CASE WHEN {k} NOT IN (5, 6) THEN {lookup(t, values)} END"
    if len(resolved) < MOST_TEXTS:  # every text is known: most stand for themselves
        unread = [text for text, one in resolved.items() if one.value is None]
        changed = {text: one for text, one in values.items() if text != one}
        lost = f" WHEN {t} IN ({literals(unread)}) THEN NULL" if unread else ""
        value = f"CASE WHEN {k} IN (5, 6) THEN NULL{lost} ELSE {lookup(t, changed, t)} END"
    return Steps(clean, value, fault)


def _kind(cell: Cell) -> str:
    """The kind, with an error's text in a text cell (csv) taken for the error it was."""
    if not cell.errors:
        return cell.kind
    error = f"{cell.text} LIKE '#%' AND regexp_full_match({cell.text}, '{_ERRORS}')"
    return f"CASE WHEN {cell.kind} = 1 AND {error} THEN 5 ELSE {cell.kind} END"


def _final(cell: Cell, names: tuple[str, str, str, str], fault: str) -> Fields:
    c, k, t, v = names
    lacking = f"WHEN {k} = {NO_COLUMN} THEN 3 " if cell.lacking else ""
    state = f"CASE {lacking}WHEN {v} IS NOT NULL THEN 0 WHEN {t} IS NULL THEN 1 ELSE 2 END"
    said = f"""CASE WHEN {t} IS NULL THEN NULL WHEN {k} = 5 THEN concat('FMT005|', {c})
      WHEN {k} = 6 THEN 'FMT005|公式没有计算结果' ELSE {fault} END"""
    parts = (v, f"CAST({state} AS UTINYINT)", said, c)
    return dict(zip(fields_of(cell.column.name), parts, strict=False))

"""Columns of which every cell is plain, in the cells' own words: one short expression reads them and nothing is said.

Most columns of an export are plain. The expressions that read any spelling are long, and the engine takes longer to
plan them than to run them.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines import Row
from fupin_cli.model.dictionary import Column
from fupin_cli.model.sheet import Kind
from fupin_cli.tables.codes import MOST_TEXTS
from fupin_cli.tables.numbered_sql import CERTIFICATE, odd_text
from fupin_cli.tables.sql import literal, literals, lookup
from fupin_cli.tables.typing import Cell, is_short


class Plain(Struct, frozen=True):
    """How a plain cell of a column is told and read; `test` and `value` are SQL over the raw text and its Kind."""

    test: str  # TRUE where `value` is not NULL, is what the long way gives, and nothing is to be said of the writing
    value: str
    repeats: bool = False  # a long test of texts that many rows share: it is asked of each text once


Asked = Sequence[tuple[Cell, Plain]]  # columns of which the cells are looked at together


def asked_of(cells: Sequence[Cell], *, large: bool) -> list[Asked]:
    """Return the columns that may be plain, dealt out over queries that may run at the same time when there are many rows."""
    asked = [(cell, plain) for cell in cells if not cell.lacking and (plain := _plain(cell)) is not None]
    if not large:
        return [asked] if asked else []
    once = [one for one in asked if not one[1].repeats]
    halves = [own for own in (once[::2], once[1::2]) if own]  # these take longest, and begin first
    return [*halves, *([one] for one in asked if one[1].repeats)]


def counting(asked: Asked, source: str, seen: Mapping[str, Sequence[str]] = MappingProxyType({})) -> str:
    """SQL: of each column, how many cells are not plain; of a text that many rows share, how many texts.

    Args:
        asked: the columns.
        source: the rows.
        seen: the distinct texts of some columns, by name, which need not be looked for.
    """
    if len(asked) == 1 and asked[0][1].repeats:
        cell = asked[0][0]
        source = f'(SELECT DISTINCT {cell.text} AS "t", {cell.kind} AS "k" FROM {source}) AS "texts"'
        if cell.column.name in seen:
            source = f"""(SELECT UNNEST(CAST([{literals(seen[cell.column.name])}] AS VARCHAR[])) AS "t", {int(Kind.TEXT)} AS "k") AS "texts\""""
        asked = [(one, plain) for one in (replace(cell, text='"t"', kind='"k"'),) if (plain := _plain(one))]
    counted = ", ".join(
        f"count(*) FILTER (WHERE {cell.text} IS NOT NULL AND NOT coalesce({plain.test}, FALSE))"
        for cell, plain in asked
    )
    return f"SELECT {counted} FROM {source}"


def plain_columns(
    cells: Sequence[Cell], asked: Sequence[Asked], counts: Sequence[Sequence[Row]], texts: Collection[str] = ()
) -> dict[str, str]:
    """Return SQL of the value for each column whose cells are all plain or blank, by its name.

    Args:
        cells: all columns; the coded ones with what their texts stand for.
        asked: the columns that were looked at.
        counts: what `counting` gave for each of these.
        texts: the columns of which the cells are known to be texts.
    """
    found = {cell.column.name: value for cell in cells if (value := _coded(cell, texts)) is not None}
    for own, (row,) in zip(asked, counts, strict=True):
        found |= {cell.column.name: plain.value for (cell, plain), count in zip(own, row, strict=True) if count == 0}
    return found


def _coded(cell: Cell, texts: Collection[str]) -> str | None:
    """SQL of the value of a coded column whose distinct texts all are labels, or are taken for one without a word."""
    if cell.lacking or cell.column.codes is None or any(one.rule for one in cell.resolved.values()):
        return None
    values = {text: one.value for text, one in cell.resolved.items() if one.value is not None}
    changed = {text: value for text, value in values.items() if text != value}
    if len(values) < len(cell.resolved) or len(values) >= MOST_TEXTS:
        return None
    if not changed:
        return cell.text
    return lookup(cell.text, changed, cell.text) if cell.column.name in texts and is_short(cell) else None


def _plain(cell: Cell) -> Plain | None:
    column, c, k = cell.column, cell.text, cell.kind
    if column.type in ("代码", "多值") and column.codes is not None:
        return None
    if column.type == "数字":
        return Plain(f"{k} = 2 AND isfinite({number_sql(c)})", number_sql(c))
    return _digits(column, c, k) or Plain(f"{k} IN (1, 2) AND NOT {odd_text(column, c)}", c, repeats=True)


def number_sql(c: str) -> str:
    """SQL: the number a plain cell holds."""
    return f"try_cast({c} AS DOUBLE)"


def _digits(column: Column, c: str, k: str) -> Plain | None:
    matches = {
        "整数": (2, "-?[0-9]{1,15}", f"try_cast({c} AS BIGINT)"),  # as many digits as a cell's number keeps
        "年份": (2, "(19|20)[0-9]{2}", f"try_cast({c} AS INTEGER)"),
        "日期": (3, "[0-9]{4}-[0-9]{2}-[0-9]{2}", f"try_cast({c} AS DATE)"),
        "证件": (1, CERTIFICATE, c),
        "编号": (1, "[0-9]+", c),
        "账号": (1, "[0-9]+", c),
        "电话": (1, "[0-9]+", c),
    }
    if column.type not in matches:
        return None
    kind, pattern, value = matches[column.type]
    there = f" AND {value} IS NOT NULL" if value != c else ""
    return Plain(f"{k} = {kind} AND regexp_full_match({c}, {literal(pattern)}){there}", value)

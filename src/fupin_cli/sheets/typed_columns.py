"""A typed column of the engine in; the SQL of what its cells would be in a sheet, text and Kind, out."""

import re

from fupin_cli.engines.sql import literal, quoted
from fupin_cli.model.sheet import Kind

_WHOLE = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")
_EXACT = 10**15  # from here on Excel would lose digits of a number
_LAST_DAY, _FIRST_DAY = "DATE '9999-12-31'", "DATE '0001-01-01'"
_CHINA = 8 * 3600 * 1_000_000  # microseconds ahead of UTC


def kept_cells(columns: list[tuple[str, str]]) -> tuple[str, str, str]:
    """Return three SQL texts for columns of (name, DuckDB's type).

    They are: the text `c{i}` and the Kind `kind{i}` of every cell; `c{i}` and `k{i}` of a sheet's relation, over these;
    and that a row has a cell that is not blank.
    """
    cells = [_cell(name, kind) for name, kind in columns]
    texts = ", ".join(f'{text} AS "c{index}", {kind} AS "kind{index}"' for index, (text, kind) in enumerate(cells))
    kept = ", ".join(
        f'"c{index}", CAST(CASE WHEN "c{index}" IS NULL THEN 0 ELSE "kind{index}" END AS UTINYINT) AS "k{index}"'
        for index in range(len(cells))
    )
    return texts, kept, " OR ".join(f'"c{index}" IS NOT NULL' for index in range(len(cells)))


def heads(names: list[str]) -> str:
    """Return the SQL of row 1: the names of the columns as its cells."""
    cells = [
        f"nullif({literal(name)}, '') AS \"c{index}\", CAST({literal(name)} <> '' AS UTINYINT) AS \"k{index}\""
        for index, name in enumerate(names)
    ]
    return f'SELECT CAST(1 AS INTEGER) AS "r", {", ".join(cells)}'


def _cell(name: str, kind: str) -> tuple[str, str]:
    """SQL of the text and the Kind of a column's cells; the text is NULL for a blank one."""
    column = quoted(name)
    written = f"CAST({column} AS VARCHAR)"
    if kind in {"DOUBLE", "FLOAT"}:
        return _real(column, written), f"CASE WHEN isinf({column}) THEN {int(Kind.TEXT)} ELSE {int(Kind.NUMBER)} END"
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return _moment(column, written, kind)
    if kind == "BOOLEAN":
        return f"upper({written})", str(int(Kind.BOOLEAN))
    if _WHOLE.fullmatch(kind) or kind.startswith("DECIMAL"):
        text = rf"regexp_replace({written}, '\.0+$|(\.\d*[1-9])0+$', '\1')" if kind.startswith("DECIMAL") else written
        exact = f"{column} NOT BETWEEN {1 - _EXACT} AND {_EXACT - 1} AND NOT contains({text}, '.')"
        return text, f"CASE WHEN {exact} THEN {int(Kind.TEXT)} ELSE {int(Kind.NUMBER)} END"
    if kind.endswith("[]") and not kind.startswith(("STRUCT", "MAP")):
        written = f"array_to_string({column}, '、')"
    return f"nullif({written}, '')", str(int(Kind.TEXT))


def _real(column: str, written: str) -> str:
    """The shortest text that reads back as the same number, without `.0` and without an exponent; NaN is blank."""
    digits = rf"regexp_replace(split_part({written}, 'e', 1), '[-.]|\.0$', '', 'g')"
    power = f"CAST(split_part({written}, 'e', 2) AS INTEGER)"
    sign = f"CASE WHEN {column} < 0 THEN '-' ELSE '' END"
    return (
        f"CASE WHEN isnan({column}) THEN NULL WHEN {column} = 0 THEN '0' WHEN isinf({column}) THEN {written} "
        f"WHEN NOT contains({written}, 'e') THEN regexp_replace({written}, '\\.0$', '') "
        f"WHEN {power} < 0 THEN concat({sign}, '0.', repeat('0', -{power} - 1), {digits}) "
        f"ELSE concat({sign}, rpad({digits}, {power} + 1, '0')) END"
    )


def _moment(column: str, written: str, kind: str) -> tuple[str, str]:
    """A day as 2016-05-01, a moment to the second; one that no Excel could hold stays as Parquet tells it."""
    if kind == "DATE":
        usual, text = f"{column} BETWEEN {_FIRST_DAY} AND {_LAST_DAY}", written
    else:
        usual = f"CAST({column} AS TIMESTAMP) BETWEEN {_FIRST_DAY} AND {_LAST_DAY}"
        ahead = _CHINA if kind.endswith("TIME ZONE") else 0
        second = f"make_timestamp((epoch_us({column}) + {ahead} + 500000) // 1000000 * 1000000)"
        text = f"regexp_replace(CAST({second} AS VARCHAR), ' 00:00:00$', '')"
    return (
        f"CASE WHEN {usual} THEN {text} ELSE {written} END",
        f"CASE WHEN {usual} THEN {int(Kind.DATE)} ELSE {int(Kind.TEXT)} END",
    )

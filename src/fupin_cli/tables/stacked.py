"""Lay staged tables of one kind under each other as one view."""

from collections.abc import Iterable, Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column
from fupin_cli.tables.sql import name, sql_type
from fupin_cli.tables.staging import Staged
from fupin_cli.tables.typing import KEEPS_RAW

MANY = 16  # parts that are laid under each other as they stand
PLACE_UNIT = 1_000_000_000  # a place is source × this + row


def columns_of(parts: Iterable[Staged], levels: Sequence[str]) -> dict[str, Column]:
    """Return the columns of these levels that some part has, in the order they are met."""
    found: dict[str, Column] = {}
    for part in parts:
        for column in part.columns.values():
            if column.level in levels:
                found.setdefault(column.name, column)
    return found


def stack(
    engine: Engine, table: str, parts: Sequence[Staged], columns: dict[str, Column], extra: Sequence[str]
) -> None:
    """Create `table`, a view (of many parts a table): `_id` (the place of the row: source × 1 000 000 000 + row), `_source`, `_row`, `extra`, and X, X$ of every column.

    A part without a column gives NULL in state 3.
    """
    selects = [_select(part, columns, extra) for part in parts]
    place = f'SELECT CAST("_source" AS BIGINT) * {PLACE_UNIT} + "_row" AS "_id", * FROM'
    if len(parts) <= MANY:
        union = "\nUNION ALL ".join(selects)
        engine.run(f'CREATE OR REPLACE VIEW {name(table)} AS {place} ({union}) AS "stacked"')
        return
    rows = name(f"{table}_rows")  # a view of hundreds of parts would be planned anew each time it is asked
    engine.run(f'CREATE OR REPLACE TABLE {rows} AS {place} ({selects[0]}) AS "stacked"')
    for first in range(1, len(selects), MANY):
        union = "\nUNION ALL ".join(selects[first : first + MANY])
        engine.run(f'INSERT INTO {rows} {place} ({union}) AS "stacked"')
    engine.run(f"CREATE OR REPLACE VIEW {name(table)} AS SELECT * FROM {rows}")


def _select(part: Staged, columns: dict[str, Column], extra: Sequence[str]) -> str:
    fields = [f'CAST({part.source} AS INTEGER) AS "_source"', '"_row"', *(name(one) for one in extra)]
    for column in columns.values():
        there = column.name in part.columns
        value = name(column.name) if there else f"CAST(NULL AS {sql_type(column.type)})"
        if there and sql_type(part.columns[column.name].type) != sql_type(column.type):
            value = f"CAST({name(column.name)} AS {sql_type(column.type)})"
        state = name(f"{column.name}$") if there else "CAST(3 AS UTINYINT)"
        fields += [f"{value} AS {name(column.name)}", f"{state} AS {name(column.name + '$')}"]
        if column.name in KEEPS_RAW:
            raw = name(f"{column.name}#") if there else "CAST(NULL AS VARCHAR)"
            fields.append(f"{raw} AS {name(column.name + '#')}")
    return f"SELECT {', '.join(fields)} FROM {name(part.relation)}"

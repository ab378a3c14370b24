"""Staged tables of one kind in, their rows under each other out: SQL of the fields that are wanted, of many tables a table."""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column
from fupin_cli.tables.sql import name, sql_type
from fupin_cli.tables.staging import Staged
from fupin_cli.tables.typing import fields_of

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


def with_states(columns: Iterable[str]) -> list[str]:
    """Return the fields X and X$ of each column."""
    return [each for column in columns for each in (column, f"{column}$")]


class Stack(Struct, frozen=True):
    """Staged tables of one kind, their columns, and the columns of raw rows that are carried along."""

    parts: Sequence[Staged] = ()
    columns: dict[str, Column] = field(default_factory=dict)
    extra: Sequence[str] = ()
    table: str = ""  # to which all were copied

    def rows(self, wanted: Iterable[str] = (), only: Sequence[int] | None = None, known: str = "") -> str:
        """SQL, to stand after FROM: `_id` (the place of the row), `_source`, `_row`, `extra` and the fields that are wanted.

        A part without a column gives NULL in state 3.

        Args:
            wanted: X, X$ or X# of columns.
            only: the sources whose rows are wanted.
            known: an engine table with the `_id` of rows of these parts: they alone are given, beside its columns.
        """
        fields = list(dict.fromkeys(wanted))
        if self.table:
            place, parts = '"cells"."_id"', "" if only is None else f' WHERE "_source" IN ({", ".join(map(str, only))})'
            first = [*_first(place, known), '"_source"', '"_row"', *self._carried(known), *map(name, fields)]
            return f"(SELECT {', '.join(first)} FROM {_from(name(self.table), place, known)}{parts})"
        chosen = [part for part in self.parts if only is None or part.source in only]
        return "(" + "\nUNION ALL ".join(self._select(part, fields, known) for part in chosen) + ")"

    def _select(self, part: Staged, wanted: Sequence[str], known: str) -> str:
        row = part.sql("_row")
        place = f"CAST({part.source * PLACE_UNIT} AS BIGINT) + {row}"
        columns = {field: column for column in self.columns.values() for field in fields_of(column.name)}
        fields = [f"{_field(part, columns[field], field)} AS {name(field)}" for field in wanted]
        first = [*_first(place, known), f'CAST({part.source} AS INTEGER) AS "_source"', f'{row} AS "_row"']
        # the engine takes any condition to leave a fifth of the rows, and would gather the wide side of the join
        body = "" if known and part.is_most else part.body
        return (
            f"SELECT {', '.join([*first, *self._carried(known), *fields])} FROM {_from(part.table, place, known)}{body}"
        )

    def _carried(self, known: str) -> list[str]:
        return [f'"cells".{name(one)}' for one in self.extra if not known or one != "_household"]  # `known` has it


def _first(place: str, known: str) -> list[str]:
    return ['"known".*'] if known else [f'{place} AS "_id"']


def _from(table: str, place: str, known: str) -> str:
    joined = f' JOIN {name(known)} AS "known" ON "known"."_id" = {place}' if known else ""
    return f'{table} AS "cells"{joined}'


def stack(
    engine: Engine, table: str, parts: Sequence[Staged], columns: dict[str, Column], extra: Sequence[str]
) -> Stack:
    """Lay tables under each other; many are copied to `table`, for a union of them would be planned each time it is asked."""
    stacked = Stack(parts, columns, extra)
    if len(parts) <= MANY:
        return stacked
    every = [field for column in columns for field in fields_of(column) if not field.endswith("!")]
    for first in range(0, len(parts), MANY):
        rows = Stack(parts[first : first + MANY], columns, extra).rows(every)
        into = f"INSERT INTO {name(table)}" if first else f"CREATE OR REPLACE TABLE {name(table)} AS"
        engine.run(f"{into} FROM {rows}")
    return Stack(parts, columns, extra, table)


def _field(part: Staged, column: Column, field: str) -> str:
    """SQL of a field of the stack; a part may lack the column, or have it in another type."""
    kind = {"$": "UTINYINT", "#": "VARCHAR"}.get(field[len(column.name) :], sql_type(column.type))
    own = part.columns.get(column.name)
    if own is None:
        return f"CAST({3 if kind == 'UTINYINT' else 'NULL'} AS {kind})"
    same = field != column.name or sql_type(own.type) == kind
    return part.sql(field) if same else f"CAST({part.sql(field)} AS {kind})"

"""Collapse the rows of each household into one: engine table `_household_values`."""

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column
from fupin_cli.tables.linking import RANK_CLASS, Stock
from fupin_cli.tables.sql import name, sql_type

_BLANK = 10**17  # a blank ranks behind every cell that is not
_NOT_COMPARED = ("户编号", "备注", "有关情况说明", "户联系电话")


def collapse(engine: Engine, stock: Stock, columns: dict[str, Column]) -> None:
    """Create `_household_values`: X, X$, X@ of each household; and `_rows`, all rows of all households.

    A value is the household row's, else the 户主 row's, else that of the first row that is not blank.
    """
    selects = []
    if stock.stated:
        selects.append(_stated_rows(stock.stated, columns))
    if stock.persons:
        selects.append(_person_rows(stock.persons, columns))
    engine.run('CREATE OR REPLACE VIEW "_rows" AS ' + "\nUNION ALL ".join(selects))
    gathered = ", ".join(part for column in columns.values() for part in _gather(column))
    chosen = ", ".join(part for column in columns.values() for part in _choose(column))
    engine.run(f"""CREATE OR REPLACE TABLE "_household_values" AS SELECT "_household", {chosen}
FROM (SELECT "_household", {gathered} FROM "_rows" GROUP BY "_household") AS "gathered\"""")


def compared(column: Column) -> bool:
    """Tell whether the rows of one household must agree on this column."""
    return column.level == "户" and column.name not in _NOT_COMPARED


def _stated_rows(stated: dict[str, Column], columns: dict[str, Column]) -> str:
    return f"""SELECT h."_id" AS "_household", s."_id" AS "rank", {_fields(stated, columns, "s")}
FROM "_stated" AS s JOIN "_homes" AS h ON h."stated_row" = s."_id\""""


def _person_rows(persons: dict[str, Column], columns: dict[str, Column]) -> str:
    return f"""SELECT m."_household", (CASE WHEN m."head" THEN 1 ELSE 2 END) * {RANK_CLASS} + p."_id" AS "rank",
  {_fields(persons, columns, "p")} FROM "_persons" AS p JOIN "_members" AS m USING ("_id") WHERE m."_household" IS NOT NULL"""


def _fields(there: dict[str, Column], columns: dict[str, Column], alias: str) -> str:
    return ", ".join(
        f"{alias}.{name(column)} AS {name(column)}, {alias}.{name(column + '$')} AS {name(column + '$')}"
        if column in there
        else f"CAST(NULL AS {sql_type(known.type)}) AS {name(column)}, CAST(3 AS UTINYINT) AS {name(column + '$')}"
        for column, known in columns.items()
    )


def _gather(column: Column) -> list[str]:
    value, state = name(column.name), name(f"{column.name}$")
    return [
        f"""min(CASE WHEN {state} IN (0, 2) THEN "rank" * 4 + {state} WHEN {state} = 1 THEN {_BLANK} + "rank" * 4 + 1 END)
  AS {name(column.name + "%")}""",
        f'arg_min({value}, "rank") FILTER (WHERE {state} = 0) AS {value}',
    ]


def _choose(column: Column) -> list[str]:
    best = name(f"{column.name}%")
    place = f"CAST((({best} % {_BLANK}) // 4) % {RANK_CLASS} AS BIGINT)"
    return [
        f"CASE WHEN {best} % 4 = 0 THEN {name(column.name)} END AS {name(column.name)}",
        f"CAST(coalesce({best} % 4, 3) AS UTINYINT) AS {name(column.name + '$')}",
        f"{place} AS {name(column.name + '@')}",
    ]

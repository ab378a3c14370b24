"""Collapse the rows of each household into one: engine view `_household_values`."""

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column
from fupin_cli.tables.linking import RANK_CLASS, Stock
from fupin_cli.tables.sql import name, sql_type

_BLANK = 10**17  # a blank ranks behind every cell that is not
_NOT_COMPARED = ("户编号", "备注", "有关情况说明", "户联系电话")


def collapse(engine: Engine, stock: Stock, columns: dict[str, Column]) -> None:
    """Create `_household_values`: X, X$, X@ of each household; and `_rows`, all rows of all households.

    A value is the household row's, else the 户主 row's, else that of the first row that is not blank, last that of a
    table of helpers.
    """
    selects = []
    if stock.stated:
        selects.append(_stated_rows(stock.stated, columns))
    if stock.persons:
        selects.append(_person_rows(stock.persons, columns))
    attached = [_attached_rows(stock.stated, columns)] if stock.pairs else []
    engine.run('CREATE OR REPLACE VIEW "_rows" AS ' + "\nUNION ALL ".join([*selects, *attached]))
    if stock.persons:  # a household is named after the place of its first row
        selects[-1] += ' AND m."_household" = m."_id"'
    engine.run('CREATE OR REPLACE VIEW "_first" AS ' + "\nUNION ALL ".join(selects))
    scattered = _scattered(engine, stock, columns)
    chosen = ['f."_household"']
    for column in columns.values():
        chosen += _choose(column) if column.name in scattered else _of_the_first(column)
    joined = ""
    if scattered:
        gathered = ", ".join(part for column in scattered.values() for part in _gather(column))
        engine.run(f"""CREATE OR REPLACE TABLE "_gathered" AS
SELECT "_household", {gathered} FROM "_rows" GROUP BY "_household\"""")
        joined = 'JOIN "_gathered" AS g USING ("_household")'
    engine.run(
        f"""CREATE OR REPLACE VIEW "_household_values" AS SELECT {", ".join(chosen)} FROM "_first" AS f {joined}"""
    )


def _scattered(engine: Engine, stock: Stock, columns: dict[str, Column]) -> dict[str, Column]:
    """Return the columns for which the first row of some household has no cell, while another row may have one."""
    gaps = _with_gaps(engine, stock, columns)
    if not gaps:
        return {}
    states = [name(f"{column}$") for column in gaps]
    counted = ", ".join(f"count(*) FILTER (WHERE {state} = 1), count(*) FILTER (WHERE {state} = 3)" for state in states)
    filled = ", ".join(f"count(*) FILTER (WHERE {state} IN (0, 2))" for state in states)
    (first,), (rows,) = engine.rows_of_each([f'SELECT {counted} FROM "_first"', f'SELECT {filled} FROM "_rows"'])
    return {
        column: columns[column]
        for place, column in enumerate(gaps)
        if first[2 * place + 1] or (first[2 * place] and rows[place])
    }


def _with_gaps(engine: Engine, stock: Stock, columns: dict[str, Column]) -> list[str]:
    """Return the columns that some row leaves blank, or that one of the two tables does not have."""
    full = set(columns)
    for table, kind, there in (("_stated", "户", stock.stated), ("_persons", "人", stock.persons)):
        own = [column for column in columns if column in there and not stock.is_full(kind, column)]
        if there:
            full &= set(there)
        if own:
            counted = ", ".join(f"count(*) FILTER (WHERE {name(column + '$')} IN (1, 3))" for column in own)
            counts = engine.rows(f"SELECT {counted} FROM {name(table)}")[0]
            full -= {column for column, count in zip(own, counts, strict=True) if count}
    return [column for column in columns if column not in full]


def compared(column: Column) -> bool:
    """Tell whether the rows of one household must agree on this column."""
    return column.level == "户" and column.name not in _NOT_COMPARED


def _stated_rows(stated: dict[str, Column], columns: dict[str, Column]) -> str:
    return f"""SELECT h."_id" AS "_household", s."_id" AS "rank", {_fields(stated, columns, "s")}
FROM "_stated" AS s JOIN "_homes" AS h ON h."stated_row" = s."_id\""""


def _attached_rows(stated: dict[str, Column], columns: dict[str, Column]) -> str:
    return f"""SELECT h."_id" AS "_household", 3 * {RANK_CLASS} + s."_id" AS "rank", {_fields(stated, columns, "s")}
FROM "_stated" AS s JOIN "_attached" AS a USING ("_id") JOIN "_homes" AS h USING ("stated_row")"""


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
    best = f"g.{name(column.name + '%')}"
    place = f"CAST((({best} % {_BLANK}) // 4) % {RANK_CLASS} AS BIGINT)"
    return [
        f"CASE WHEN {best} % 4 = 0 THEN g.{name(column.name)} END AS {name(column.name)}",
        f"CAST(coalesce({best} % 4, 3) AS UTINYINT) AS {name(column.name + '$')}",
        f"{place} AS {name(column.name + '@')}",
    ]


def _of_the_first(column: Column) -> list[str]:
    """The value of the household's first row, where no other row can have a better one; the household is named after its place."""
    own = f"f.{name(column.name)}, f.{name(column.name + '$')}"
    return [own, f"""f."_household" AS {name(column.name + "@")}"""]

"""The staged rows of persons and the finished 户 in; table 行, what each person's own row says of his household, out.

A household has one value for each of its columns, though every row of a member may repeat it, and not all need say the same.
"""

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column, Type
from fupin_cli.tables.linking import Stock
from fupin_cli.tables.sql import name
from fupin_cli.tables.stacked import with_states

TABLE = "行"
_KEY = "户编号"


def write_member_rows(engine: Engine, stock: Stock) -> dict[str, Type]:
    """Create 行: `_id` of the person, X and X$ as his row has them, X~ whether that is another thing than 户 says; return its columns."""
    columns = {
        column: known
        for column, known in stock.persons.columns.items()
        if known.level in ("户", "地") and column != _KEY
    }
    fields = "".join(f", {_fields(known)}" for known in columns.values())
    engine.run(f"""CREATE OR REPLACE TABLE {name(TABLE)} AS SELECT p."_id"{fields}
FROM {stock.persons.rows(with_states(columns), known="_members")} AS p JOIN "户" AS v ON v."_id" = p."_household\"""")
    return {column: known.type for column, known in columns.items()}


def _fields(column: Column) -> str:
    x, state, place = name(column.name), name(f"{column.name}$"), name(f"{column.name}@")
    read = f"(p.{state} = 0 AND (v.{state} = 2 OR v.{state} = 0 AND v.{x} <> p.{x}) OR p.{state} = 2 AND v.{state} = 0)"
    apart = f'{read} AND v.{place} <> p."_id"'  # of two cells nobody could read, nothing is said
    return f"p.{x}, p.{state}, coalesce({apart}, FALSE) AS {name(column.name + '~')}"

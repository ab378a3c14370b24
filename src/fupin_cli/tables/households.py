"""Collapse the rows of each household into one: `Homes` gives SQL of all rows, of the first rows, and of the values."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines import Begun, Engine
from fupin_cli.model.dictionary import Column
from fupin_cli.tables.linking import ATTACHED, RANK_CLASS, Stock
from fupin_cli.tables.sql import name, sql_type
from fupin_cli.tables.stacked import Stack, with_states

_BLANK = 10**17  # a blank ranks behind every cell that is not
_NOT_COMPARED = ("户编号", "备注", "有关情况说明", "户联系电话")


class Homes(Struct, frozen=True):
    """The rows that make households, and which of their columns must be gathered from several rows."""

    stock: Stock
    columns: dict[str, Column]  # 户 and 地 columns
    scattered: frozenset[str] = frozenset()

    def rows(self, wanted: Sequence[str]) -> str:
        """SQL, to stand after FROM: all rows of all households: `_household`, `rank`, and X, X$ of the columns."""
        stated, persons = self.stock.stated, self.stock.persons
        fields, selects = "".join(f", p.{name(field)}" for field in with_states(wanted)), []
        if stated.columns:
            own = self._of(stated, wanted, "_homes" if self.stock.pairs else "")
            selects.append(f'SELECT p."_id" AS "_household", p."_id" AS "rank"{fields} FROM {own} AS p')
        if persons.columns:
            rank = f'(CASE WHEN p."head" THEN 1 ELSE 2 END) * {RANK_CLASS} + p."_id"'
            selects.append(f"""SELECT p."_household", {rank} AS "rank"{fields} FROM {self._of(persons, wanted, "_members")} AS p
WHERE p."_household" IS NOT NULL""")
        if self.stock.pairs:
            attached = self._of(stated, wanted, ATTACHED)
            rank = f'3 * {RANK_CLASS} + p."_id"'
            selects.append(f'SELECT p."stated_row" AS "_household", {rank} AS "rank"{fields} FROM {attached} AS p')
        return f"({' UNION ALL '.join(selects)})"

    def values(self, wanted: Sequence[str]) -> str:
        """SQL, to stand after FROM: what `_homes` says, and X, X$, X@ of each household.

        A value is the household row's, else the 户主 row's, else that of the first row that is not blank, last
        that of a table of helpers.
        """
        chosen = ['f."_id"', 'f."key"', 'f."stated_row"', *(f"f.{name(one)}" for one in self.stock.persons.extra[:1])]
        for column in wanted:
            chosen += _choose(column) if column in self.scattered else _of_the_first(column)
        joined = 'JOIN "_gathered" AS g ON g."_household" = f."_id"' if self.scattered & set(wanted) else ""
        return f"(SELECT {', '.join(chosen)} FROM {self.first(wanted)} AS f {joined})"

    def first(self, wanted: Sequence[str]) -> str:
        """SQL, to stand after FROM: the first row of each household, after whose place it is named: what `_homes` says, and X, X$."""
        stacks = [stack for stack in (self.stock.stated, self.stock.persons) if stack.columns]
        return "(" + " UNION ALL BY NAME ".join(f"FROM {self._of(stack, wanted, '_homes')}" for stack in stacks) + ")"

    def _of(self, stack: Stack, wanted: Sequence[str], known: str = "") -> str:
        """SQL, to stand after FROM: rows of a stack; a column it lacks is NULL in state 3."""
        there = [column for column in wanted if column in stack.columns]
        rows = stack.rows(with_states(there), known=known)
        if len(there) == len(wanted):
            return rows
        fields = [
            field
            for column in wanted
            if column not in stack.columns
            for field in (
                f"CAST(NULL AS {sql_type(self.columns[column].type)}) AS {name(column)}",
                f"CAST(3 AS UTINYINT) AS {name(column + '$')}",
            )
        ]
        return f"(SELECT *, {', '.join(fields)} FROM {rows})"


def collapse(engine: Engine, stock: Stock, columns: dict[str, Column], begin: Callable[[str], Begun]) -> Homes:
    """Gather the columns that no single row of a household tells, in engine table `_gathered`; begin `_differing`."""
    homes = Homes(stock, columns)
    if stock.persons.parts and not stock.batch:
        begin(f'CREATE OR REPLACE TABLE "_differing" AS\n{_differing(homes)}')
    scattered = _scattered(engine, homes)
    if scattered:
        gathered = ", ".join(part for column in scattered for part in _gather(column))
        engine.run(f"""CREATE OR REPLACE TABLE "_gathered" AS
SELECT "_household", {gathered} FROM {homes.rows(scattered)} AS r GROUP BY "_household\"""")
    return replace(homes, scattered=frozenset(scattered))


def _scattered(engine: Engine, homes: Homes) -> list[str]:
    """Return the columns for which the first row of some household has no cell, while another row may have one."""
    gaps = _with_gaps(engine, homes)
    if not gaps:
        return []
    states = [name(f"{column}$") for column in gaps]
    counted = ", ".join(f"count(*) FILTER (WHERE {state} = 1), count(*) FILTER (WHERE {state} = 3)" for state in states)
    filled = ", ".join(f"count(*) FILTER (WHERE {state} IN (0, 2))" for state in states)
    queries = [f"SELECT {counted} FROM {homes.first(gaps)}", f"SELECT {filled} FROM {homes.rows(gaps)}"]
    (first,), (rows,) = engine.rows_of_each(queries)
    return [column for place, column in enumerate(gaps) if first[2 * place + 1] or (first[2 * place] and rows[place])]


def _with_gaps(engine: Engine, homes: Homes) -> list[str]:
    """Return the columns that some row leaves blank, or that one of the two tables does not have."""
    full = set(homes.columns)
    for stack, kind in ((homes.stock.stated, "户"), (homes.stock.persons, "人")):
        there = stack.columns
        own = [column for column in homes.columns if column in there and not homes.stock.is_full(kind, column)]
        if there:
            full &= set(there)
        if own:
            counted = ", ".join(f"count(*) FILTER (WHERE {name(column + '$')} IN (1, 3))" for column in own)
            counts = engine.rows(f"SELECT {counted} FROM {stack.rows(f'{column}$' for column in own)}")[0]
            full -= {column for column, count in zip(own, counts, strict=True) if count}
    return [column for column in homes.columns if column not in full]


def compared(homes: Homes) -> list[Column]:
    """Return the columns of persons' rows on which the rows of one household must agree."""
    columns = homes.stock.persons.columns.values()
    return [column for column in columns if column.level == "户" and column.name not in _NOT_COMPARED]


def _differing(homes: Homes) -> str:
    """SQL: the `_household` of those whose rows do not say the same; most do, so one hash of each row tells them apart."""
    columns = [column.name for column in compared(homes)]
    said = f"hash({', '.join(map(name, columns))})" if columns else "0"
    return f"""SELECT "_household" FROM {homes.rows(columns)} AS r
GROUP BY "_household" HAVING min({said}) <> max({said})"""


def _gather(column: str) -> list[str]:
    value, state = name(column), name(f"{column}$")
    return [
        f"""min(CASE WHEN {state} IN (0, 2) THEN "rank" * 4 + {state} WHEN {state} = 1 THEN {_BLANK} + "rank" * 4 + 1 END)
  AS {name(column + "%")}""",
        f'arg_min({value}, "rank") FILTER (WHERE {state} = 0) AS {value}',
    ]


def _choose(column: str) -> list[str]:
    best = f"g.{name(column + '%')}"
    place = f"CAST((({best} % {_BLANK}) // 4) % {RANK_CLASS} AS BIGINT)"
    return [
        f"CASE WHEN {best} % 4 = 0 THEN g.{name(column)} END AS {name(column)}",
        f"CAST(coalesce({best} % 4, 3) AS UTINYINT) AS {name(column + '$')}",
        f"{place} AS {name(column + '@')}",
    ]


def _of_the_first(column: str) -> list[str]:
    """The value of the household's first row, where no other row can have a better one; the household is named after its place."""
    own = f"f.{name(column)}, f.{name(column + '$')}"
    return [own, f"""f."_id" AS {name(column + "@")}"""]

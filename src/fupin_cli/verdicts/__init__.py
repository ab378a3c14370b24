"""Plan → verdicts: rows of a relation in the engine, and how often each rule gave each."""

import re
from collections.abc import Iterator, Sequence

from fupin_cli.engines import Engine, Row
from fupin_cli.model.audit import Counts
from fupin_cli.model.plan import Plan

_MADE = re.compile(r'CREATE OR REPLACE (?:TABLE|VIEW) "([^"]+)"')


def judge(engine: Engine, plan: Plan) -> dict[str, Counts]:
    """Run the plan and return the counts of every rule that ran.

    Leaves the tables of verdicts in the engine: `_id` and, for each rule, 0 not applicable, 1 pass, 2 fail, 3 unknown.
    """
    judge_statements(engine, (*plan.statements, *plan.beside))
    tables: dict[str, list[str]] = {}
    for rule, table in plan.verdicts.items():
        tables.setdefault(table, []).append(rule)
    counted = engine.rows_of_each([_counting(table, rules) for table, rules in tables.items()])
    found = {
        rule: counts
        for rules, [row] in zip(tables.values(), counted, strict=True)
        for rule, counts in _counts(rules, row)
    }
    return {rule: found[rule] for rules in plan.levels.values() for rule in rules}


def judge_statements(engine: Engine, statements: Sequence[str]) -> None:
    """Run the statements that leave the verdict tables, and nothing more; each as soon as what it reads is made."""
    if any('"地区码"' in statement for statement in statements):
        _load_regions(engine)
    engine.run_each(statements, _after(statements))


def _after(statements: Sequence[str]) -> list[list[int]]:
    """Return for each statement those before it that make what it reads, or read or make what it makes."""
    made = [_MADE.match(statement) for statement in statements]
    names = [f'"{found[1]}"' if found else "" for found in made]  # "" stands in every text: such a statement is alone
    return [
        [other for other in range(number) if names[other] in statement or names[number] in statements[other]]
        for number, statement in enumerate(statements)
    ]


def _load_regions(engine: Engine) -> None:
    """Make the table of every code of every vintage, each once, however often the engine judges."""
    from arro3.core import Array, DataType, Table

    from fupin_cli.values.regions import all_codes

    engine.load("_codes", Table.from_pydict({"k": Array(list(all_codes()), type=DataType.string())}))
    engine.run('CREATE OR REPLACE TABLE "地区码" AS SELECT DISTINCT k FROM "_codes"')


def _counting(table: str, rules: Sequence[str]) -> str:
    sums = ", ".join(f'COUNT_IF("{rule}" = {code})' for rule in rules for code in (1, 2, 3))
    return f'SELECT COUNT(*), {sums} FROM "{table}"'


def _counts(rules: Sequence[str], row: Row) -> Iterator[tuple[str, Counts]]:
    rows, *found = (int(value or 0) for value in row)  # COUNT_IF of no rows is NULL
    for rule, passed, failed, unknown in zip(rules, found[::3], found[1::3], found[2::3], strict=True):
        yield rule, Counts(passed, failed, unknown, rows - passed - failed - unknown)

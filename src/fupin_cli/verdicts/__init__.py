"""Plan → verdicts: rows of a relation in the engine, and how often each rule gave each."""

from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.audit import Counts
from fupin_cli.model.plan import Plan


def judge(engine: Engine, plan: Plan) -> dict[str, Counts]:
    """Run the plan and return the counts of every rule that ran.

    Leaves `verdicts_人` and `verdicts_户` in the engine: `_id` and, for each rule, 0 not applicable, 1 pass, 2 fail, 3 unknown.
    """
    judge_statements(engine, plan.statements)
    return {
        rule: counts for level, rules in plan.levels.items() if rules for rule, counts in _count(engine, level, rules)
    }


def judge_statements(engine: Engine, statements: Sequence[str]) -> None:
    """Run the statements that leave the verdict tables, and nothing more."""
    if any('"地区码"' in statement for statement in statements):
        _load_regions(engine)
    for statement in statements:
        engine.run(statement)


def _load_regions(engine: Engine) -> None:
    """Make the table of every code of every vintage, each once, however often the engine judges."""
    from arro3.core import Array, DataType, Table

    from fupin_cli.values.regions import all_codes

    engine.load("_codes", Table.from_pydict({"k": Array(list(all_codes()), type=DataType.string())}))
    engine.run('CREATE OR REPLACE TABLE "地区码" AS SELECT DISTINCT k FROM "_codes"')


def _count(engine: Engine, level: str, rules: tuple[str, ...]) -> list[tuple[str, Counts]]:
    sums = ", ".join(f'COUNT_IF("{rule}" = {code})' for rule in rules for code in (1, 2, 3, 0))
    found = [int(value or 0) for value in engine.rows(f'SELECT {sums} FROM "verdicts_{level}"')[0]]
    return [(rule, Counts(*found[i * 4 : i * 4 + 4])) for i, rule in enumerate(rules)]

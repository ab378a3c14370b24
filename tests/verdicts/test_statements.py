"""Statements are run two at a time, yet each after those whose tables it reads; then every verdict is counted."""

from contextlib import closing

from fupin_cli.engines import open_engine
from fupin_cli.model.audit import Counts
from fupin_cli.model.plan import Plan
from fupin_cli.verdicts import judge, judge_statements


def made(name: str, select: str) -> str:
    return f'CREATE OR REPLACE TABLE "{name}" AS {select}'


def test_a_statement_runs_after_those_it_reads_and_before_what_it_reads_is_replaced() -> None:
    with closing(open_engine()) as engine:
        judge_statements(
            engine,
            [
                made("a", "SELECT count(*) AS x FROM range(1000000)"),
                made("alone", "SELECT CAST(7 AS BIGINT) AS x"),
                made("b", 'SELECT x + 1 AS x FROM "a"'),
                made("a", "SELECT 10 AS x"),
                made("c", 'SELECT "a".x + "b".x AS x FROM "a", "b"'),
                'INSERT INTO "alone" SELECT x FROM "c"',
                made("d", 'SELECT max(x) AS x FROM "alone"'),
            ],
        )
        found = {name: engine.rows(f'SELECT x FROM "{name}"') for name in "abcd"}

    assert found == {"a": [(10,)], "b": [(1000001,)], "c": [(1000011,)], "d": [(1000011,)]}


def test_the_four_verdicts_of_a_rule_are_counted_of_no_rows_too() -> None:
    codes = "FROM (VALUES (0, 2), (1, 2), (2, 3), (3, 1), (4, 2), (5, 0)) AS v(i, c)"
    statements = (
        made(
            "verdicts_人",
            f'SELECT i AS "_id", CAST(c AS UTINYINT) AS "IDN901", CAST(3 AS UTINYINT) AS "IDN902" {codes}',
        ),
        made("verdicts_户", f'SELECT i AS "_id", CAST(c AS UTINYINT) AS "INC901" {codes} WHERE FALSE'),
    )
    levels = {"人": ("IDN901", "IDN902"), "户": ("INC901",)}
    tables = {"IDN901": "verdicts_人", "INC901": "verdicts_户", "IDN902": "verdicts_人"}
    plan = Plan(statements, {}, {}, (), levels, tables)

    with closing(open_engine()) as engine:
        found = judge(engine, plan)

    assert found == {
        "IDN901": Counts(passed=1, failed=3, unknown=1, not_applicable=1),
        "IDN902": Counts(unknown=6),
        "INC901": Counts(),
    }

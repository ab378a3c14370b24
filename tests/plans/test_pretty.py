"""SQL set for a reader says what it said before."""

from datetime import date

import pytest
import sqlglot
from sqlglot import exp

from fupin_cli.jobs.rule_page import everything
from fupin_cli.model.settings import Settings
from fupin_cli.plans import check, plan
from fupin_cli.plans.pretty import pretty
from tests.plans.judged import shipped


def bare(statement):
    """The tree of a statement, its brackets taken off after they have had their say."""
    tree = sqlglot.parse_one(statement, dialect="duckdb")
    for paren in reversed(list(tree.find_all(exp.Paren))):
        if paren.parent is not None:
            paren.replace(paren.this)
    for name in tree.find_all(exp.Identifier):
        name.set("quoted", True)
    return tree


@pytest.mark.parametrize("theme", ["FOD", "ENT", "TRN", "AID"])
def test_brackets_that_go_change_nothing(theme):
    settings = Settings(today=date(2020, 12, 31), select=(theme,), profile="红塔-2018")
    made = plan(check(shipped()), everything(shipped().dictionary), settings)
    assert len(made.statements) > 2
    for statement in made.statements:
        written = sqlglot.parse_one(statement, dialect="duckdb").sql("duckdb")
        assert bare(pretty(statement)) == bare(written)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("SELECT ((a))", 'SELECT\n  "a"'),
        ("SELECT (a + b) * c", 'SELECT\n  (\n    "a" + "b"\n  ) * "c"'),
        ("SELECT CASE WHEN (a > 1) THEN 1 END", 'SELECT\n  CASE WHEN "a" > 1 THEN 1 END'),
        ("SELECT NOT (a OR b)", 'SELECT\n  NOT (\n    "a" OR "b"\n  )'),
    ],
)
def test_only_brackets_that_say_nothing_go(written, told):
    assert pretty(written) == told


def test_deep_statements_are_set_too_and_the_limit_stands_as_it_was():
    import sys

    before = sys.getrecursionlimit()
    deep = "(" * 150 + "a" + ")" * 150
    assert pretty(f"SELECT {deep}") == 'SELECT\n  "a"'
    assert sys.getrecursionlimit() == before

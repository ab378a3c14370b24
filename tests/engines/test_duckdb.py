"""The engine's door: queries and statements that run at the same time."""

from contextlib import closing

import duckdb
import pytest

from fupin_cli.engines import open_engine


def test_queries_that_run_together_answer_in_the_order_they_were_asked():
    with closing(open_engine()) as engine:
        engine.run('CREATE TABLE "t" AS SELECT range AS "n" FROM range(5)')
        asked = [
            'SELECT sum("n") FROM "t"',
            'SELECT "n" FROM "t" WHERE "n" > 2',
            "SELECT 'x'",
            'SELECT "n" FROM "t" LIMIT 0',
        ]
        assert engine.rows_of_each(asked) == [[(10,)], [(3,), (4,)], [("x",)], []]


def test_nothing_starts_after_a_statement_that_failed():
    with closing(open_engine()) as engine:
        with pytest.raises(duckdb.CatalogException):
            engine.run_each(['CREATE TABLE "a" AS SELECT * FROM "nowhere"', 'CREATE TABLE "b" AS SELECT 1'], [(), (0,)])

        assert engine.rows("SELECT table_name FROM information_schema.tables") == []


def test_what_was_begun_is_done_when_the_block_ends():
    with closing(open_engine()) as engine:
        with engine.beside() as begin:
            begun = begin('CREATE TABLE "a" AS SELECT 1 AS "n"')
            engine.run('CREATE TABLE "b" AS SELECT 2 AS "n"')
            begun()
            begin('CREATE TABLE "c" AS SELECT "n" + 2 AS "n" FROM "a"')

        assert engine.rows('SELECT "n" FROM "a" UNION ALL FROM "b" UNION ALL FROM "c" ORDER BY 1') == [(1,), (2,), (3,)]


def test_a_statement_that_was_begun_and_failed_is_told_when_the_block_ends():
    with closing(open_engine()) as engine, pytest.raises(duckdb.CatalogException), engine.beside() as begin:
        begin('CREATE TABLE "a" AS SELECT * FROM "nowhere"')

"""The engine's door: queries that run at the same time."""

from contextlib import closing

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

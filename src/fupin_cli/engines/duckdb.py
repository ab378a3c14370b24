"""DuckDB behind the Engine door: embedded, in memory, locked away from files and network."""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from functools import cached_property
from threading import Thread

import duckdb

from fupin_cli.engines import ArrowStream, Begun, Row


class QueryStream:
    """A query that is run anew each time its stream is asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, query: str) -> None:
        self._connection = connection
        self._query = query

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._connection.cursor().sql(self._query).__arrow_c_stream__(requested_schema)


class DuckDB:
    """An in-memory database of its own, closed with the run."""

    name = "duckdb"

    def __init__(self, *, large: bool = False) -> None:
        self._tables: set[str] = set()
        opening = ThreadPoolExecutor(1)
        self._opened = opening.submit(_open, large=large)  # 0.05 s, in which the rule book is looked up
        opening.shutdown(wait=False)

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._opened.result()

    def load(self, table: str, stream: ArrowStream) -> None:
        """Create `table` from a stream, or append to it when it is there already."""
        self._connection.register("_incoming", stream)
        if table in self._tables:
            self._connection.execute(f'INSERT INTO "{table}" SELECT * FROM "_incoming"')
        else:
            self._connection.execute(f'CREATE OR REPLACE TABLE "{table}" AS SELECT * FROM "_incoming"')
            self._tables.add(table)
        self._connection.unregister("_incoming")

    def run(self, sql: str) -> None:
        """Run one statement that returns nothing worth reading."""
        self._connection.execute(sql)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Run one query and return its rows; `values` stand for its `?`."""
        return self._connection.execute(sql, list(values)).fetchall()

    def rows_of_each(self, queries: Sequence[str]) -> list[list[Row]]:
        """Run queries two at a time and return the rows of each; none may change what another reads.

        Rows of one sheet are too few for DuckDB to share them among its own threads.
        """
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda sql: self._connection.cursor().execute(sql).fetchall(), queries))

    def run_each(self, statements: Sequence[str], after: Sequence[Collection[int]]) -> None:
        """Run statements two at a time, each as soon as those before it are done that it has to come after.

        Of those that may start, the one goes first that has most to come after it; how long a statement takes is told by its length.

        Args:
            statements: what to run; none returns anything worth reading.
            after: for each statement the numbers of those it waits for, all smaller than its own.
        """
        ahead = [0] * len(statements)  # what comes after each, its own length left out
        for number in reversed(range(len(statements))):
            for other in after[number]:
                ahead[other] = max(ahead[other], len(statements[number]) + ahead[number])
        waiting = sorted(range(len(statements)), key=lambda number: (-ahead[number], -len(statements[number])))
        done: set[int] = set()
        running: dict[Future[object], int] = {}
        with ThreadPoolExecutor(2) as pool:
            while waiting or running:
                ready = [number for number in waiting if done.issuperset(after[number])]
                for number in ready[: 2 - len(running)]:
                    waiting.remove(number)
                    running[pool.submit(self._connection.cursor().execute, statements[number])] = number
                for finished in wait(running, return_when=FIRST_COMPLETED).done:
                    finished.result()
                    done.add(running.pop(finished))

    @contextmanager
    def beside(self) -> Iterator[Callable[[str], Begun]]:
        """Give what begins a statement that runs beside all that follows, two at a time; when the block ends, all are done."""
        begun: list[Future[object]] = []

        def begin(sql: str) -> Begun:
            begun.append(pool.submit(self._connection.cursor().execute, sql))
            return begun[-1].result

        with ThreadPoolExecutor(2) as pool:
            yield begin
        for each in begun:
            each.result()

    def stream(self, sql: str) -> ArrowStream:
        """Give what a query finds as a stream; the query is run each time the stream is asked for."""
        return QueryStream(self._connection, sql)

    def close(self) -> None:
        """Drop every table and free the memory, beside whatever comes next: it takes 0.07 s of an audit of 100 000 people."""
        Thread(target=self._close).start()

    def _close(self) -> None:
        with suppress(duckdb.Error):  # already closed
            self._connection.close()


def _open(*, large: bool) -> duckdb.DuckDBPyConnection:
    """Return a database in memory, locked as it has to be."""
    connection = duckdb.connect(":memory:")
    drawn = connection.execute("SELECT current_setting('enable_progress_bar')").fetchone()
    for statement in (
        "SET python_enable_replacements = false",  # no Python variable becomes a table by its name
        "SET enable_external_access = false",
        # it would be drawn over a report after two seconds; a notebook without ipywidgets has none and refuses the setting
        *(("SET enable_progress_bar = false",) if drawn and drawn[0] else ()),
        *(() if large else ("SET threads = 1",)),
        "SET lock_configuration = true",
    ):
        connection.execute(statement)
    return connection

"""The only door to the query engines: load a stream, run a statement, get rows out."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = tuple[Any, ...]
Begun = Callable[[], object]  # waits until a statement is done that was begun


class ArrowStream(Protocol):
    """Anything that gives a fresh Arrow stream each time it is asked (the engine asks two or three times)."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class Engine(Protocol):
    """A place where tables live and SQL runs. `sql` is DuckDB's dialect with every name quoted."""

    name: str

    def load(self, table: str, stream: ArrowStream) -> None:
        """Create `table` from a stream, or append to it when it is there already."""

    def run(self, sql: str) -> None:
        """Run one statement that returns nothing worth reading."""

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Run one query and return its rows; `values` stand for its `?`."""

    def rows_of_each(self, queries: Sequence[str]) -> list[list[Row]]:
        """Run queries two at a time and return the rows of each; none may change what another reads."""

    def run_each(self, statements: Sequence[str], after: Sequence[Collection[int]]) -> None:
        """Run statements two at a time, each as soon as those before it are done that it has to come after.

        Args:
            statements: what to run; none returns anything worth reading.
            after: for each statement the numbers of those it waits for, all smaller than its own.
        """

    def beside(self) -> AbstractContextManager[Callable[[str], Begun]]:
        """Give what begins a statement that runs beside all that follows, two at a time; when the block ends, all are done.

        None may change what another, or what follows before it is waited for, reads.
        """

    def stream(self, sql: str) -> ArrowStream:
        """Give what a query finds as a stream; the query is run each time the stream is asked for."""

    def close(self) -> None:
        """Drop every table and free the memory."""


def open_engine(name: str = "duckdb", *, large: bool = False) -> Engine:
    """Open an engine by name; `large`: for data that is worth all cores (docs/decisions/0009-one-thread.md)."""
    from fupin_cli.engines.duckdb import DuckDB

    return {"duckdb": DuckDB}[name](large=large)

"""A Parquet file in; its columns, and what a query makes of its rows, into an engine, out. And back: what an engine has into a file.

The engine itself stays locked away from files. A short-lived second connection may open this one file and nothing else.
"""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from fupin_cli.engines import Engine
from fupin_cli.engines.duckdb import QueryStream
from fupin_cli.engines.sql import literal


class UnreadableParquetError(Exception):
    """The file is no Parquet, is damaged, or uses what DuckDB does not know."""


class ParquetFile:
    """An open file; `relation` is the SQL that stands for its rows, with `file_row_number` counted from 0."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._connection = connection
        plain = str(path).replace("'", "''")
        self.relation = f"read_parquet('{plain}', file_row_number = true)"

    def columns(self) -> list[tuple[str, str]]:
        """Name and DuckDB's type of every column."""
        with _told():
            told = self._connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {self.relation}")
            return [(str(row[0]), str(row[1])) for row in told.fetchall()]

    def load(self, engine: Engine, table: str, query: str) -> None:
        """Stream what `query` (over `relation`) gives into a table of the engine."""
        with _told():
            engine.load(table, QueryStream(self._connection, query))


@contextmanager
def open_parquet(path: Path) -> Iterator[ParquetFile]:
    """Open one file, with nothing else within reach.

    Raises:
        UnreadableParquetError: see there; also from the methods of the file.
    """
    whole = path.resolve()
    connection = _alone_with(whole)
    try:
        yield ParquetFile(connection, whole)
    finally:
        connection.close()


def write_parquet(engine: Engine, sources: Mapping[str, str], query: str, path: Path) -> None:
    """Write what `query` makes of rows of an engine to a file, a row group at a time, in the order it gives them.

    Args:
        engine: where the rows are.
        sources: name in `query` → SQL that the engine runs for it.
        query: SQL over the sources.
        path: the file; it may be there.

    Raises:
        OSError: the file cannot be written.
    """
    whole = path.resolve()
    connection = _alone_with(
        whole,
        "SET threads = 1",  # two would keep the whole file in memory for the order's sake
        "SET disabled_optimizers = 'join_order,build_side_probe_side'",  # the first of two joined tables says the order
    )
    try:
        for name, sql in sources.items():
            connection.register(name, engine.stream(sql))
        options = "FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false"
        connection.execute(f"COPY ({query}) TO {literal(str(whole))} ({options})")
    except duckdb.IOException as error:
        raise OSError(errno.EIO, os.strerror(errno.EIO)) from error
    finally:
        connection.close()


def _alone_with(path: Path, *settings: str) -> duckdb.DuckDBPyConnection:
    """Open a connection that reaches this one file and nothing else."""
    connection = duckdb.connect(":memory:")
    for statement in (
        "SET python_enable_replacements = false",
        f"SET allowed_paths = [{literal(str(path))}]",
        "SET enable_external_access = false",
        *settings,
        "SET lock_configuration = true",
    ):
        connection.execute(statement)
    return connection


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise UnreadableParquetError(type(error).__name__) from error

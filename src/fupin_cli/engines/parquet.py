"""A Parquet file in; its columns, and what a query makes of its rows, into an engine, out.

The engine itself stays locked away from files. A short-lived second connection may open this one file and nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from fupin_cli.engines import Engine


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
            engine.load(table, _Query(self._connection, query))


class _Query:
    """A query that is run anew each time its stream is asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, query: str) -> None:
        self._connection = connection
        self._query = query

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._connection.sql(self._query).__arrow_c_stream__(requested_schema)


@contextmanager
def open_parquet(path: Path) -> Iterator[ParquetFile]:
    """Open one file, with nothing else within reach.

    Raises:
        UnreadableParquetError: see there; also from the methods of the file.
    """
    whole = path.resolve()
    plain = str(whole).replace("'", "''")
    connection = duckdb.connect(":memory:")
    try:
        for statement in (
            "SET python_enable_replacements = false",
            f"SET allowed_paths = ['{plain}']",
            "SET enable_external_access = false",
            "SET lock_configuration = true",
        ):
            connection.execute(statement)
        yield ParquetFile(connection, whole)
    finally:
        connection.close()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise UnreadableParquetError(type(error).__name__) from error

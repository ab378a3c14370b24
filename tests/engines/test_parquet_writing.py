"""What an engine has, written to a Parquet file by a connection that reaches nothing else."""

import duckdb
import pytest

from fupin_cli.engines import open_engine
from fupin_cli.engines.parquet import write_parquet


@pytest.fixture
def engine():
    opened = open_engine(large=True)
    opened.run("CREATE TABLE t AS SELECT range AS i FROM range(300000)")
    yield opened
    opened.close()


def test_the_rows_stand_in_the_file_in_their_order_whatever_is_joined_to_them(engine, tmp_path):
    file = tmp_path / "它的.parquet"
    joined = "SELECT v.i, k.name FROM v JOIN (VALUES (0, '双'), (1, '单')) AS k(rest, name) ON k.rest = v.i % 2"
    write_parquet(engine, {"v": "SELECT * FROM t"}, joined, file)
    with duckdb.connect() as reader:
        assert reader.execute(
            f"SELECT count(*), bool_and(i = file_row_number), bool_and(name = ['双', '单'][i % 2 + 1])"
            f" FROM read_parquet('{file}', file_row_number = true)"
        ).fetchone() == (300_000, True, True)


def test_a_file_that_cannot_be_written_is_an_error_of_the_system(engine, tmp_path):
    with pytest.raises(OSError, match="Input/output error"):
        write_parquet(engine, {"v": "SELECT * FROM t"}, "SELECT * FROM v", tmp_path / "nowhere" / "a.parquet")


def test_the_query_reaches_no_other_file(engine, tmp_path):
    (tmp_path / "secret.csv").write_text("a\n1\n", "utf-8")
    with pytest.raises(duckdb.PermissionException):
        write_parquet(engine, {}, f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')", tmp_path / "a.parquet")

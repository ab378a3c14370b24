"""What the tests of the reader share: an engine, and a sheet's cells as the test can compare them."""

import itertools

import pytest

from fupin_cli.engines import open_engine
from fupin_cli.sheets import read_sheets


@pytest.fixture
def engine():
    engine = open_engine()
    yield engine
    engine.close()


@pytest.fixture
def cells(engine):
    """`cells(sheet)`: {(Excel's row, column from 0): (text, kind)} of every cell that is not blank."""

    def read(sheet):
        names = ", ".join(f'"c{i}", "k{i}"' for i in range(sheet.width))
        rows = engine.rows(f'SELECT r, {names or "1"} FROM "{sheet.relation}" ORDER BY rowid')
        assert [row[0] for row in rows] == sorted({row[0] for row in rows})
        assert len(rows) == sheet.row_count
        found = {
            (row[0], i): (row[1 + 2 * i], row[2 + 2 * i]) for row in rows for i in range(sheet.width) if row[2 + 2 * i]
        }
        blank = [row[1 + 2 * i] for row in rows for i in range(sheet.width) if not row[2 + 2 * i]]
        assert set(blank) <= {None}
        return found

    return read


@pytest.fixture
def read(engine):
    """`read(path)`: its sheets; the first file read is number 0."""
    numbers = itertools.count()
    return lambda path: read_sheets(engine, path, next(numbers))

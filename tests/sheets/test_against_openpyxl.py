"""The reader and openpyxl see the same cells, rows and merges in every workbook drawn here, however odd its grid."""

import datetime
import itertools
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ERROR_CODES

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.xlsx import Reader, read_xlsx

LETTERS = st.text("张三李四ab1 　，。\n&<>'\"", min_size=1, max_size=6).filter(lambda text: not text.startswith("="))
NUMBERS = st.integers(-(10**9), 10**18) | st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 4))
DATES = st.dates(datetime.date(1900, 3, 1), datetime.date(2100, 1, 1))
VALUES = LETTERS | NUMBERS | DATES | st.booleans() | st.sampled_from(["#N/A", "#REF!", "=A1+1", "=SUM(B1:B3)"])
GRIDS = st.dictionaries(st.tuples(st.integers(1, 30), st.integers(1, 30)), VALUES, max_size=25)


def expected(path):
    """{sheet: ({place: (text, kind)}, merges)} by openpyxl, which keeps formulas and errors."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: (
            {(cell.row, cell.column - 1): _written(cell) for row in sheet for cell in row if cell.value is not None},
            sorted((area.min_row, area.max_row, area.min_col - 1, area.max_col - 1) for area in sheet.merged_cells),
        )
        for sheet in book.worksheets
    }


def _written(cell):
    value = cell.value
    if cell.data_type == "f":
        return str(value), Kind.UNCOMPUTED
    if cell.data_type == "e":
        return str(value), Kind.ERROR
    if isinstance(value, bool):
        return str(value).upper(), Kind.BOOLEAN
    if isinstance(value, int | float):
        return format(Decimal(repr(float(value))), "f").removesuffix(".0"), Kind.NUMBER
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00"), Kind.DATE
    return value, Kind.TEXT


NUMBER = itertools.count()


def found(engine, path, reader):
    """The same by one of our readers; what a Sheet says of its size must fit its cells."""
    sheets = {}
    for sheet in read_xlsx(engine, path, next(NUMBER), reader):
        rows = engine.rows(f'SELECT * FROM "{sheet.relation}"')
        cells = {(row[0], i): row[1 + 2 * i : 3 + 2 * i] for row in rows for i in range(sheet.width) if row[2 + 2 * i]}
        merges = sorted((m.first_row, m.last_row, m.first_column, m.last_column) for m in sheet.merges)
        sheets[sheet.name] = (cells, merges)
        places = list(cells) or [(0, -1)]
        assert sheet.width == max(column for _, column in places) + 1
        assert sheet.last_row == max(row for row, _ in places)
        assert sheet.row_count == len({row for row, _ in cells})
    return sheets


@pytest.mark.parametrize(
    "text",
    [
        "| 姓名 | 收入 | < |\n| ^ | 工资 | 补贴 |\n\n| 张三 | 1.5 | =A1+B1 |\n| ^ | #N/A | TRUE |",
        "\n\n| a | < | < |\n# 二 {hidden rows=1 columns=A}\n| @2016-05-01 | @2016-05-01 08:30:00 |\n# 三\n",
        "# '3 '\n|  |  | n:370123199001011000 | 1 |\n\n\n|  | \" 　a \" | x\\ny | '001 |",
    ],
)
@pytest.mark.parametrize("reader", Reader)
def test_a_drawn_workbook_reads_the_same(sketch, engine, text, reader):
    path = sketch(text)
    assert found(engine, path, reader) == expected(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grid=GRIDS)
def test_any_grid_reads_the_same(tmp_path, engine, grid):
    book = openpyxl.Workbook()
    for (row, column), value in grid.items():
        cell = book.active.cell(row, column, value)
        if isinstance(value, str):
            cell.data_type = "e" if value in ERROR_CODES else "f" if value.startswith("=") else "s"
    path = tmp_path / "grid.xlsx"
    book.save(path)
    right = expected(path)
    for reader in Reader:
        assert found(engine, path, reader) == right

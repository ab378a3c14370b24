"""A frame in, a Sheet out: its columns as row 1, its rows from row 2 on, each value as a cell would hold it.

A pandas frame goes value by value, for its columns of objects may hold anything; every other frame as its Arrow stream.
"""

from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from fupin_cli.catalogue import both
from fupin_cli.engines import ArrowStream, Engine
from fupin_cli.errors import InputError
from fupin_cli.model.sheet import Sheet
from fupin_cli.sheets.grid import Loader
from fupin_cli.sheets.typed_columns import heads, kept_cells

if TYPE_CHECKING:
    import pandas as pd

NAME = "frame"


def read_frame(engine: Engine, frame: "pd.DataFrame | ArrowStream", number: int) -> Sheet:
    """Load a frame as sheet "frame" of the file `frame-{number}`; missing values are blank cells.

    Args:
        engine: where the cells go.
        frame: one row a person or household, columns named as the headings of a registry: of pandas, or anything
            that gives an Arrow stream (Polars, PyArrow, DuckDB's relations).
        number: its ordinal in the run.

    Raises:
        InputError: a column of an Arrow frame holds bytes.
    """
    if _is_pandas(frame):
        return _read_pandas(engine, frame, number)
    return _read_arrow(engine, frame, number)


def _is_pandas(frame: "pd.DataFrame | ArrowStream") -> TypeGuard["pd.DataFrame"]:
    return hasattr(frame, "itertuples")


def _read_pandas(engine: Engine, frame: "pd.DataFrame", number: int) -> Sheet:
    loader = Loader(engine, f"sheet_{number}_0")
    loader.add(1, [[str(column) for column in frame.columns]])
    plain = frame.astype(object).where(frame.notna(), "")
    rows: list[list[object]] = [[_cell(value) for value in row] for row in plain.itertuples(index=False, name=None)]
    loader.add(2, rows)
    extent = loader.extent
    file = Path(f"frame-{number}")
    return Sheet(file, NAME, loader.relation, extent.width, extent.row_count, extent.last_row, kinds=extent.kinds)


def _cell(value: object) -> object:
    """Return a value of a frame as the reader's own types: numpy's scalars and timestamps as Python's."""
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def _read_arrow(engine: Engine, frame: ArrowStream, number: int) -> Sheet:
    from arro3.core import Table

    held = Table.from_arrow(frame)  # the engine asks more than once, and a stream may be read only once
    names = [str(name) for name in held.column_names]
    typed, relation, file = f"frame_{number}", f"sheet_{number}_0", Path(f"frame-{number}")
    engine.load(typed, held.rename_columns([f"column{index}" for index in range(len(names))]))  # names may stand twice
    columns = [(str(row[0]), str(row[1])) for row in engine.rows(f'DESCRIBE "{typed}"')]
    for heading, (_, kind) in zip(names, columns, strict=True):
        if "BLOB" in kind:
            raise InputError(
                *both("{file}：列“{heading}”里是二进制内容，不是文字或数。请去掉这一列。", file=file, heading=heading)
            )
    texts, kept, some = kept_cells(columns)
    engine.run(f'CREATE OR REPLACE TABLE "{relation}" AS {heads(names)}')
    engine.run(
        f'INSERT INTO "{relation}" SELECT "r", {kept} FROM (SELECT CAST(rowid + 2 AS INTEGER) AS "r", {texts} FROM "{typed}") '
        f"WHERE {some}"
    )
    engine.run(f'DROP TABLE "{typed}"')
    count, last = engine.rows(f'SELECT count(*), max("r") FROM "{relation}"')[0]
    return Sheet(file, NAME, relation, len(names), count, last)

"""A pandas frame in, a Sheet out: its columns as row 1, its rows from row 2 on, each value as a cell would hold it."""

from pathlib import Path
from typing import TYPE_CHECKING

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Sheet
from fupin_cli.sheets.grid import Loader

if TYPE_CHECKING:
    import pandas as pd


def read_frame(engine: Engine, frame: "pd.DataFrame", number: int) -> Sheet:
    """Load a frame as sheet "frame" of the file `frame-{number}`; missing values are blank cells.

    Args:
        engine: where the cells go.
        frame: one row a person or household, columns named as the headings of a registry.
        number: its ordinal in the run.
    """
    loader = Loader(engine, f"sheet_{number}_0")
    loader.add(1, [[str(column) for column in frame.columns]])
    plain = frame.astype(object).where(frame.notna(), "")
    rows: list[list[object]] = [[_cell(value) for value in row] for row in plain.itertuples(index=False, name=None)]
    loader.add(2, rows)
    extent = loader.extent
    file = Path(f"frame-{number}")
    return Sheet(file, "frame", loader.relation, extent.width, extent.row_count, extent.last_row, kinds=extent.kinds)


def _cell(value: object) -> object:
    """Return a value of a frame as the reader's own types: numpy's scalars and timestamps as Python's."""
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value

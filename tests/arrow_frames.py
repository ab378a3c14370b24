"""Columns of Python values in, a frame of Arrow columns out; nothing but arro3 is needed, as on a user's machine."""

from arro3.core import Array, DataType, Table


def arrow(columns: dict[str, list]) -> Table:
    """Return texts as utf8 and whole numbers as int64."""
    return Table.from_pydict(
        {
            name: Array(cells, type=DataType.int64() if isinstance(cells[0], int) else DataType.utf8())
            for name, cells in columns.items()
        }
    )

"""A workbook or one sheet of it in, by way of python-calamine; loaded cells and merged ranges out.

calamine reads .xls and .xlsb, and every .xlsx whose XML is spelled in a way the main reader does not know.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_cli.model.sheet import Merge
from fupin_cli.sheets.grid import Loader, load_grid
from fupin_cli.sheets.marks import Marks
from fupin_cli.sheets.refusals import refuse

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


@contextmanager
def open_book(path: Path) -> "Iterator[CalamineWorkbook]":
    """The workbook, for as long as the `with` lasts; what calamine cannot read is refused in there, too.

    Raises:
        InputError: encrypted or damaged.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            yield book
    except PasswordError as error:
        raise refuse(path, "encrypted") from error
    except CalamineError as error:
        raise refuse(path, "damaged", "calamine") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # calamine gave up on bytes it did not expect; no other name
            raise refuse(path, "damaged", "calamine") from error
        raise


def load_sheet(loader: Loader, sheet: "CalamineSheet", marks: Marks) -> tuple[Merge, ...]:
    """Load a sheet's cells, the odd ones out of its marks; give its merged ranges."""
    first_column = sheet.start[1] if sheet.start else 0
    load_grid(loader, sheet.iter_rows(), first_column, sheet.width, marks)  # iter_rows begins at row 1, not at `start`
    return _merges(sheet.merged_cell_ranges or marks.merges)


def _merges(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Merge, ...]:
    return tuple(
        Merge(first_row + 1, last_row + 1, first_column, last_column)
        for (first_row, first_column), (last_row, last_column) in sorted(ranges)
        if (first_row, first_column) != (last_row, last_column)
    )

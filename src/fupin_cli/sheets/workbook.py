"""A workbook (.xlsx, .xlsm, .xlsb, .xls, .et) in; its sheets, loaded into the engine, out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Merge, Sheet
from fupin_cli.sheets import biff, package, xlsb
from fupin_cli.sheets.formats import Format
from fupin_cli.sheets.grid import Loader, load_grid
from fupin_cli.sheets.marks import Marks
from fupin_cli.sheets.refusals import refuse

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def read_workbook(engine: Engine, path: Path, number: int, form: Format) -> list[Sheet]:
    """Every worksheet of the workbook; chart, macro and dialogue sheets are left out.

    Raises:
        InputError: encrypted, damaged, or too large.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    marks = {Format.XLSX: package, Format.XLSB: xlsb}.get(form, biff).read_marks(path)
    try:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            return _load_all(engine, path, number, book, marks)
    except PasswordError as error:
        raise refuse(path, "encrypted") from error
    except CalamineError as error:
        raise refuse(path, "damaged", "calamine") from error
    except BaseException as error:
        if (
            type(error).__name__ == "PanicException"
        ):  # calamine gave up on bytes it did not expect; it has no other name
            raise refuse(path, "damaged", "calamine") from error
        raise


def _load_all(engine: Engine, path: Path, number: int, book: "CalamineWorkbook", marks: list[Marks]) -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets: list[Sheet] = []
    if len(book.sheets_metadata) != len(marks):
        raise refuse(path, "damaged", "sheets")
    for position, told in enumerate(book.sheets_metadata):
        if told.typ == SheetTypeEnum.WorkSheet:
            loader = Loader(engine, f"sheet_{number}_{len(sheets)}")
            hidden = told.visible != SheetVisibleEnum.Visible
            sheets.append(_load(loader, path, book.get_sheet_by_index(position), marks[position], hidden=hidden))
    return sheets


def _load(loader: Loader, path: Path, sheet: "CalamineSheet", marks: Marks, *, hidden: bool) -> Sheet:
    first_column = sheet.start[1] if sheet.start else 0
    load_grid(loader, sheet.iter_rows(), first_column, sheet.width, marks)  # iter_rows begins at row 1, not at `start`
    extent = loader.extent
    return Sheet(
        file=path,
        name=sheet.name,
        relation=loader.relation,
        width=extent.width,
        row_count=extent.row_count,
        last_row=extent.last_row,
        merges=_merges(sheet.merged_cell_ranges or marks.merges),
        hidden=hidden,
        hidden_rows=frozenset(row + 1 for row in marks.hidden_rows if row < extent.last_row),
        hidden_columns=frozenset(column for column in marks.hidden_columns if column < extent.width),
    )


def _merges(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Merge, ...]:
    return tuple(
        Merge(first_row + 1, last_row + 1, first_column, last_column)
        for (first_row, first_column), (last_row, last_column) in sorted(ranges)
        if (first_row, first_column) != (last_row, last_column)
    )

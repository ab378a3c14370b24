"""A workbook (.xlsx, .xlsm, .xlsb, .xls, .et) in; its sheets, loaded into the engine, out."""

from pathlib import Path

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Merge, Sheet
from fupin_cli.sheets import biff, xlsb
from fupin_cli.sheets.calamine import load_sheet, open_book
from fupin_cli.sheets.formats import Format
from fupin_cli.sheets.grid import Loader
from fupin_cli.sheets.marks import Marks
from fupin_cli.sheets.refusals import refuse


def read_workbook(engine: Engine, path: Path, number: int, form: Format) -> list[Sheet]:
    """Every worksheet of the workbook; chart, macro and dialogue sheets are left out.

    Raises:
        InputError: encrypted, damaged, or too large.
    """
    if form is Format.XLSX:
        from fupin_cli.sheets.xlsx import read_xlsx

        return read_xlsx(engine, path, number)
    return _read_binary(engine, path, number, (xlsb if form is Format.XLSB else biff).read_marks(path))


def _read_binary(engine: Engine, path: Path, number: int, marks: list[Marks]) -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets: list[Sheet] = []
    with open_book(path) as book:
        if len(book.sheets_metadata) != len(marks):
            raise refuse(path, "damaged", "sheets")
        for position, told in enumerate(book.sheets_metadata):
            if told.typ == SheetTypeEnum.WorkSheet:
                loader = Loader(engine, f"sheet_{number}_{len(sheets)}")
                merges = load_sheet(loader, book.get_sheet_by_index(position), marks[position])
                hidden = told.visible != SheetVisibleEnum.Visible
                sheets.append(loaded_sheet(loader, path, told.name, marks[position], merges, hidden=hidden))
    return sheets


def loaded_sheet(
    loader: Loader, path: Path, name: str, marks: Marks, merges: tuple[Merge, ...], *, hidden: bool
) -> Sheet:
    """The record of a sheet whose cells `loader` has loaded."""
    extent = loader.extent
    return Sheet(
        file=path,
        name=name,
        relation=loader.relation,
        width=extent.width,
        row_count=extent.row_count,
        last_row=extent.last_row,
        merges=merges,
        hidden=hidden,
        hidden_rows=frozenset(row + 1 for row in marks.hidden_rows if row < extent.last_row),
        hidden_columns=frozenset(column for column in marks.hidden_columns if column < extent.width),
        kinds=extent.kinds,
    )

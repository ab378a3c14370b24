"""A file in, its sheets out: raw cells in the engine, nothing interpreted.

Formats: .xlsx, .xlsm, .xlsb, .xls (BIFF5, BIFF8), .et, .ods, .fods, SpreadsheetML 2003, HTML and MHTML with tables, .csv,
.tsv, .txt, Parquet, told by content and not by name. What a format does
not tell: a text table has only text; an .xls or .xlsb has no uncomputed formulas (each was saved with a value); times and
durations are text; a font, a colour, a comment is not read at all.
"""

from pathlib import Path

from msgspec.structs import replace

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Sheet
from fupin_cli.sheets.archive import Member, opened_member, unpacked, workbooks_in_archive
from fupin_cli.sheets.folder import Skipped, workbooks_in
from fupin_cli.sheets.formats import Format, identify, is_archive
from fupin_cli.sheets.frame import read_frame
from fupin_cli.sheets.own_reports import fingerprint, originals_of
from fupin_cli.sheets.refusals import RefusalError, refuse

__all__ = [
    "Member",
    "Skipped",
    "fingerprint",
    "is_archive",
    "opened_member",
    "originals_of",
    "read_frame",
    "read_sheets",
    "unpacked",
    "workbooks_in",
    "workbooks_in_archive",
]


def read_sheets(engine: Engine, path: Path, number: int, shown: Path | None = None) -> list[Sheet]:
    """Every sheet of a file, in its order; the cells of sheet i are the engine table `sheet_{number}_{i}`.

    Args:
        engine: where the cells go.
        path: a workbook or a text table.
        number: the file's ordinal in the run.
        shown: what reports and errors call the file, when it is not `path` (a file of an archive).

    Raises:
        InputError: the file is absent, unreadable, or no table.
    """
    try:
        sheets = _read(engine, path, number)
    except RefusalError as error:
        raise error.about(shown or path) from error
    return [replace(sheet, file=shown or path) for sheet in sheets]


_MARKUP = {Format.ODS, Format.PAGE, Format.PAGE_ARCHIVE, Format.SPREADSHEETML}


def _read(engine: Engine, path: Path, number: int) -> list[Sheet]:
    form = identify(path)
    if form is Format.ARCHIVE:
        raise refuse(path, "archive")
    try:
        if form is Format.TEXT:
            from fupin_cli.sheets.delimited import read_text

            return [read_text(engine, path, number)]
        if form is Format.PARQUET:
            from fupin_cli.sheets.parquet import read_parquet

            return [read_parquet(engine, path, number)]
        if form in _MARKUP:
            return _read_markup(engine, path, number, form)
        if form is Format.XLS:
            from fupin_cli.sheets.biff import book_stream
            from fupin_cli.sheets.biff5 import is_biff5, read_biff5

            if is_biff5(book := book_stream(path)):
                return read_biff5(engine, path, number, book)
        from fupin_cli.sheets.workbook import read_workbook

        return read_workbook(engine, path, number, form)
    except OSError as error:
        raise refuse(path, "unreadable", error.strerror) from error


def _read_markup(engine: Engine, path: Path, number: int, form: Format) -> list[Sheet]:
    if form is Format.ODS:
        from fupin_cli.sheets.ods import read_ods

        return read_ods(engine, path, number)
    if form is Format.SPREADSHEETML:
        from fupin_cli.sheets.spreadsheetml import read_spreadsheetml

        return read_spreadsheetml(engine, path, number)
    from fupin_cli.sheets.web_page import read_archive, read_page

    return read_page(engine, path, number) if form is Format.PAGE else read_archive(engine, path, number)

"""One file and the fixes of it in; its copy, in its own format where that can be written, out."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from shutil import copyfile

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine, Row, open_engine
from fupin_cli.jobs.files import Source, read_source
from fupin_cli.model.fix import Fix
from fupin_cli.model.place import letter
from fupin_cli.model.sheet import Kind, Sheet
from fupin_cli.reports.values_xlsx import write_values
from fupin_cli.sheets import unpacked
from fupin_cli.sheets.delimited import manner_of
from fupin_cli.sheets.formats import Format, identify
from fupin_cli.sheets.package import open_package
from fupin_cli.values.percents import percent_number
from fupin_cli.workbooks import DATE, Look, NewCell, rewrite
from fupin_cli.workbooks.text_tables import rewrite_text

_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
LOOK_LOST = both("原格式不能改写，副本是只有内容的 .xlsx：样式、公式、批注不在其中。")
_LEFT = {
    "formula": both("这一格是公式，没有改动"),
    "encoding": both("文本表的编码无法原样写回，整份没有改动"),
    "rows": both("行数超过 .xlsx 的上限，整份没有改动"),
    "day": both("这个工作簿用1904日期系统，写不下更早的日期"),
}
_ROWS = 1_048_576
Left = tuple[Fix, str, str]  # (zh, en): why it was not written


class Copied(Struct, frozen=True):
    """What became of one file."""

    left: tuple[Left, ...] = ()
    names: dict[str, str] | None = None  # name of a sheet → its name in the copy, where they may differ
    notes: tuple[tuple[str, str], ...] = ()


def is_rewritable(source: Source) -> bool:
    """Tell whether a file's copy can be in its own format."""
    with opened_file(source) as path:
        return identify(path) in (Format.XLSX, Format.TEXT)


@contextmanager
def opened_file(source: Source) -> Iterator[Path]:
    """Give the file itself, unpacked where it is in an archive."""
    if source.member is None:
        yield source.file
        return
    with unpacked(source.member) as path:
        yield path


def write_copy(source: Source, target: Path, fixes: Sequence[Fix], parts: dict[str, str]) -> Copied:
    """Write the copy of a file, and return what of it could not be written.

    Args:
        source: the original.
        target: written over.
        fixes: the cells to be written.
        parts: name of a sheet → part of the package, of an xlsx.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened_file(source) as path:
        if not fixes:
            copyfile(path, target)
            return Copied()
        form = identify(path)
        if form is Format.XLSX:
            return _workbook(path, target, fixes, parts)
        if form is Format.TEXT:
            return _text_table(path, target, fixes)
    return write_as_values(source, target, fixes)


def new_cell(kind: Kind, text: str | None, *, from_1904: bool, plain_look: bool = False) -> NewCell | None:
    """Return what a cell is to hold; None for a day its workbook cannot count.

    Args:
        kind: of `text`.
        text: None for a blank.
        from_1904: how the workbook counts days.
        plain_look: a number that stood there is shown as one again, where a repair had made it a date.
    """
    look = Look(number_format="General") if plain_look else None
    if text is None or kind is Kind.BLANK:
        return NewCell(None, look)
    if kind is Kind.NUMBER:
        return NewCell(float(text), look)
    if kind is Kind.PERCENT:
        return NewCell(percent_number(text), look)
    if kind is Kind.DATE:
        days = (date.fromisoformat(text[:10]) - _EPOCHS[from_1904]).days
        return NewCell(days, Look(number_format=DATE)) if days > 0 else None
    return NewCell(text, look)


def _workbook(path: Path, target: Path, fixes: Sequence[Fix], parts: dict[str, str]) -> Copied:
    with open_package(path) as package:
        from_1904 = package.from_1904
    cells: dict[str, dict[int, dict[int, NewCell]]] = {}
    left: list[Left] = []
    for fix in fixes:
        new = new_cell(fix.after_kind, fix.after, from_1904=from_1904)
        if new is None:
            left.append((fix, *_LEFT["day"]))
        else:
            cells.setdefault(parts[fix.sheet], {}).setdefault(fix.row, {})[fix.index] = new
    refused = rewrite(path, target, cells)
    kept = {(part, address) for part, addresses in refused.items() for address in addresses}
    formulas = [fix for fix in fixes if (parts[fix.sheet], f"{letter(fix.index)}{fix.row}") in kept]
    return Copied((*left, *((fix, *_LEFT["formula"]) for fix in formulas)))


def _text_table(path: Path, target: Path, fixes: Sequence[Fix]) -> Copied:
    encoding, delimiter = manner_of(path)
    cells: dict[int, dict[int, str | None]] = {}
    for fix in fixes:
        cells.setdefault(fix.row, {})[fix.index] = fix.after
    if rewrite_text(path, target, cells, encoding, delimiter):
        return Copied()
    copyfile(path, target)
    return Copied(tuple((fix, *_LEFT["encoding"]) for fix in fixes))


def write_as_values(source: Source, target: Path, fixes: Iterable[Fix] = ()) -> Copied:
    """Write the values of all sheets of a file as an .xlsx, those repaired in place; without `names` it was copied as it is.

    That is done where an .xlsx has not rows enough.
    """
    new = {(fix.sheet, fix.row, fix.index): (fix.after, fix.after_kind) for fix in fixes}
    with closing(open_engine()) as engine:
        sheets = read_source(engine, source, 0)
        if any(sheet.last_row > _ROWS for sheet in sheets):
            with opened_file(source) as path:
                copyfile(path, target)
            return Copied(tuple((fix, *_LEFT["rows"]) for fix in fixes))
        names = write_values([(sheet, _cells(engine, sheet)) for sheet in sheets], new, target)
    return Copied(names=names, notes=(LOOK_LOST,))


def _cells(engine: Engine, sheet: Sheet) -> list[Row]:
    fields = ", ".join(f"c{index}, k{index}" for index in range(sheet.width))
    return engine.rows(f'SELECT r, {fields} FROM "{sheet.relation}" ORDER BY r') if sheet.width else []

"""Sheets of a run with their tables in, what was not read of them out: sheets without a table, rows of no table, sheets nobody has."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.errors import MappingError, UsageError
from fupin_cli.model.mapping import MappingFile
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout
from fupin_cli.tables import rows_of_no_table, unanswered

_NAMED = 5  # sheets that a note names
Note = tuple[str, str]  # zh, en


class SheetRead(Struct, frozen=True):
    """One sheet and its tables."""

    sheet: Sheet
    layouts: tuple[Layout, ...]


def refuse_unknown_sheets(names: Iterable[str], there: Iterable[str]) -> None:
    """Raise UsageError for a sheet asked for that no file has."""
    known = list(dict.fromkeys(there))
    for name in names:
        if name not in known:
            raise UsageError(*both("--sheet {name}：没有这个工作表；有：{known}。", name=name, known="、".join(known)))


def check_mapping(known: MappingFile | None, read: Sequence[SheetRead]) -> list[Note]:
    """Return which entries of a mapping file were not used.

    Raises:
        MappingError: an entry names headings that its own sheet does not have.
    """
    if known is None:
        return []
    faults, notes = unanswered(known, [(each.sheet, each.layouts) for each in read])
    if faults:
        raise MappingError(faults)
    return notes


def not_read(engine: Engine, read: Sequence[SheetRead]) -> list[Note]:
    """Say in one line each which sheets hold no table, and how many rows with content belong to none."""
    files = {each.sheet.file for each in read}
    bare = [_name(each.sheet, files) for each in read if each.sheet.row_count and not each.layouts]
    rows = 0
    places: list[str] = []
    for each in read:
        count, first = rows_of_no_table(engine, each.sheet, each.layouts) if each.layouts else (0, None)
        if count:
            rows += count
            places.append(f"{_name(each.sheet, files)}!{first}")
    notes = []
    if bare:
        notes.append(both("{told}：{few}", told=both("{n} 张工作表不是登记表，没有读", n=len(bare)), few=_few(bare)))
    if rows:
        zh, en = both("{rows} 行有内容但不属于任何表，没有读；开头在", rows=rows)
        notes.append((f"{zh} {_few(places)}", f"{en} {_few(places)}"))
    return notes


def _name(sheet: Sheet, files: Collection[Path]) -> str:
    if not sheet.name:
        return sheet.file.name
    return f"{sheet.file.name} › {sheet.name}" if len(files) > 1 else sheet.name


def _few(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")

"""Cells that are to be repaired, and what became of it: the result of `fupin clean`."""

from pathlib import Path

from msgspec import Struct

from fupin_cli.model.sheet import Kind


class Fix(Struct, frozen=True):
    """One cell: what it holds, what it is to hold, and why."""

    repair: str  # the repair's id: FIX001
    file: Path  # the original
    sheet: str
    row: int  # as Excel shows it
    index: int  # the column, counted from 0
    cell: str  # "O12"
    column: str  # canonical
    before: str | None  # the cell's text exactly as stored; None: blank
    before_kind: Kind
    after: str | None  # None: blank
    after_kind: Kind  # TEXT, NUMBER, PERCENT or DATE (then `after` is ISO)
    reason: str
    reason_en: str
    mask: str | None = None  # how the values are masked in reports


class Repair(Struct, frozen=True):
    """A kind of repair, as `--select` and reports name it."""

    id: str  # FIX001, never renumbered
    name: str
    name_en: str
    safe: bool  # the others run with --unsafe only
    why: str
    why_en: str


class CleanedFile(Struct, frozen=True):
    """One workbook and its copy."""

    file: Path
    copy: Path | None  # None: only looked at
    fixes: tuple[Fix, ...]
    left: tuple[tuple[str, str, str], ...] = ()  # (sheet!cell, zh, en): cells a repair was for, and why they were left
    below: str = ""  # the copy's path below the folder of copies, "/" between
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en): what of the original the copy has not
    sha256_before: str = ""  # of the original; "" when nothing was changed or written
    sha256_after: str = ""  # of the copy
    sheets: tuple[tuple[str, str], ...] = ()  # (name, its name in the copy) where the copy is a workbook of values


class Cleaned(Struct, frozen=True):
    """The whole result of a run."""

    files: tuple[CleanedFile, ...]
    repairs: tuple[Repair, ...]  # those that were wanted
    notes: tuple[tuple[str, str], ...] = ()
    failed_files: tuple[tuple[str, str, str], ...] = ()
    skipped: tuple[tuple[str, str, str], ...] = ()  # (path, zh, en): not looked at, and why

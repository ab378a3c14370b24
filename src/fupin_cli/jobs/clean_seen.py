"""A registry for `fupin clean`: its files in; what is to be repaired, what the audit finds, and how cells read, out."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.engines.sql import quoted
from fupin_cli.findings import explain
from fupin_cli.fixes import Ground, Target, propose
from fupin_cli.jobs.files import expanded, read_source
from fupin_cli.jobs.ground import opened
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.result import result
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.finding import Finding
from fupin_cli.model.fix import Fix, Repair
from fupin_cli.model.sheet import Kind, Sheet
from fupin_cli.model.table import Layout
from fupin_cli.tables.staging import covered_rows, stage

At = tuple[Path, str, int, int]  # file, sheet, Excel's row, column from 0
_EXPORT = 20_000  # rows from which a sheet without a number or a date is a system's export: its numbers stay text


class Reading(Struct, frozen=True):
    """What stands in a cell, and what the audit makes of it."""

    text: str | None
    kind: Kind
    value: str | None  # as text; None: blank or unreadable
    state: int  # of the value: 0 read, 1 blank, 2 unreadable


class Seen(Struct, frozen=True):
    """A registry as it was found."""

    fixes: tuple[Fix, ...]
    readings: dict[At, Reading]  # of the cells asked for, or of those to be repaired
    findings: tuple[Finding, ...]
    sheets: dict[tuple[Path, str], Sheet]  # those with a table
    failed: tuple[tuple[str, str, str], ...]
    notes: tuple[tuple[str, str], ...]


class Wanted(Struct, frozen=True):
    """What is looked for: what is to be repaired, or how some cells read."""

    repairs: tuple[Repair, ...] = ()
    fill: bool = False
    at: Collection[At] = ()


def seen(request: Request, wanted: Wanted, progress: Progress) -> Seen:
    """Audit a registry, and propose repairs of it or look at some of its cells.

    Raises:
        InputError: no file could be read, or none holds a registry.
    """
    with opened(request, progress) as ground:
        judged = ground.judged(ground.settings)
        audit = result(judged, ground.read, explain(judged, progress))
        dictionary = ground.book.source.dictionary
        targets = targets_of(ground.engine, ground.read.layouts, dictionary)
        footing = Ground(ground.engine, judged.tables, targets, dictionary, ground.settings, wanted.fill)
        fixes = propose(footing, wanted.repairs) if wanted.repairs else ()
        at = wanted.at or [(one.file, one.sheet, one.row, one.index) for one in fixes]
        readings = _readings(ground.engine, targets, at)
        sheets = {(one.sheet.file, one.sheet.name): one.sheet for one in ground.read.layouts}
        return Seen(fixes, readings, audit.findings, sheets, tuple(ground.read.failed), tuple(ground.read.notes))


def targets_of(engine: Engine, layouts: Sequence[Layout], dictionary: Dictionary) -> tuple[Target, ...]:
    """Stage the typed rows of every table and return its columns that may be written: those that are one table's alone."""
    found: list[Target] = []
    for layout in layouts:
        staged = stage(engine, layout, dictionary)
        if staged.fields:
            rows = staged.rows(field for field in staged.fields if field != "_row")
            engine.run(f"CREATE OR REPLACE VIEW {quoted(staged.relation)} AS SELECT * FROM {rows}")
        plain = not layout.sheet.name or _is_export(layout.sheet)
        for column, mapped in staged.letters.items():
            alone = len(mapped) == 1 and mapped[0].cell is None and not _is_shared(layout, mapped[0].index, layouts)
            if alone and covered_rows(staged, column) is None:
                own, raw = mapped[0], layout.sheet.relation
                found.append(Target(layout, staged.columns[column], own.index, own.letter, raw, staged.relation, plain))
    return tuple(found)


def _is_shared(layout: Layout, index: int, layouts: Sequence[Layout]) -> bool:
    """Tell whether another table has this column of the sheet too, over some of the rows."""
    return any(
        other is not layout
        and (other.sheet.file, other.sheet.name) == (layout.sheet.file, layout.sheet.name)
        and other.first_row <= layout.last_row
        and layout.first_row <= other.last_row
        and any(one.index == index and one.cell is None for one in other.columns)
        for other in layouts
    )


def _is_export(sheet: Sheet) -> bool:
    numbers = sum(kinds[Kind.NUMBER] + kinds[Kind.DATE] + kinds[Kind.PERCENT] for kinds in sheet.kinds)
    return sheet.row_count >= _EXPORT and bool(sheet.kinds) and numbers == 0


def _readings(engine: Engine, targets: Sequence[Target], at: Collection[At]) -> dict[At, Reading]:
    rows: dict[tuple[Path, str, int], list[int]] = {}
    for file, named, row, index in at:
        rows.setdefault((file, named, index), []).append(row)
    found: dict[At, Reading] = {}
    for target in targets:
        sheet = target.layout.sheet
        wanted = rows.get((sheet.file, sheet.name, target.index))
        if not wanted:
            continue
        column = target.column.name.replace('"', '""')
        for row, text, kind, value, state in engine.rows(
            f"""SELECT s.r, s.c{target.index}, s.k{target.index}, CAST(t."{column}" AS VARCHAR), t."{column}$"
FROM "{target.typed}" AS t JOIN "{target.raw}" AS s ON s.r = t."_row" WHERE s.r IN ({", ".join(map(str, wanted))})"""
        ):
            counted = target.column.type in ("数字", "整数") and value is not None  # 3 and 3.0 are one
            says = (str(float(value)) if counted else value) if state == 0 else None
            found[sheet.file, sheet.name, row, target.index] = Reading(text, Kind(kind or 0), says, state)
    return found


def raw_cells(path: Path, at: Mapping[str, Collection[tuple[int, int]]]) -> dict[tuple[str, int, int], Reading]:
    """Return what stands in cells of a file, sheet by sheet: (row, column from 0) of each; nothing is typed."""
    from fupin_cli.engines import open_engine

    found: dict[tuple[str, int, int], Reading] = {}
    with closing(open_engine()) as engine:
        for sheet in read_source(engine, expanded([path])[0], 0):
            for row, index in at.get(sheet.name, ()):
                held = (
                    engine.rows(f'SELECT c{index}, k{index} FROM "{sheet.relation}" WHERE r = {row}')
                    if index < sheet.width
                    else []
                )
                text, kind = held[0] if held else (None, 0)
                found[sheet.name, row, index] = Reading(text, Kind(kind or 0), None, 3)
    return found

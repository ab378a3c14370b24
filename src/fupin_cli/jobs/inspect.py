"""`fupin inspect`: files in, what the reader understood of each out; nothing is typed, judged or changed."""

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines import Engine, open_engine
from fupin_cli.errors import InputError
from fupin_cli.jobs.annotated_before import is_findings, opinions_left, without_opinions
from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.files import Source, expanded, read_source
from fupin_cli.jobs.left import SheetRead, check_mapping, refuse_unknown_sheets
from fupin_cli.jobs.wanted import with_mapping
from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.inspection import Inspection, SeenSheet, SeenTable
from fupin_cli.model.masking import KINDS, STANDARD, Masking, kind_of, tells_health
from fupin_cli.model.settings import Wishes
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout
from fupin_cli.reports.masked import OMITTED, shown_text
from fupin_cli.tables import account_of, find_layouts, nearest_columns, picture_of, present_keys

_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]*")


def inspect(
    files: Sequence[Path],
    wishes: Wishes,
    rules_dir: Path | None = None,
    mapping: Path | None = None,
    *,
    pictures: bool = False,
    masking: Masking = STANDARD,
) -> list[Inspection]:
    """Return what was understood of each file, in order; folders and zip archives stand for the workbooks in them.

    Args:
        files: workbooks, folders, archives.
        wishes: how they are to be read.
        rules_dir: more rules than those of fupin.
        mapping: a mapping file.
        pictures: give the telling rows of each sheet too.
        masking: what the first row of a table, and a picture, do not show.

    Raises:
        UsageError: no file has a sheet of the name asked for, or a heading was mapped to an unknown column.
        InputError: no file could be read.
        MappingError: the mapping file has faults.
    """
    dictionary = compiled(rules_dir).source.dictionary
    return inspect_with(
        files, with_mapping(wishes, mapping, dictionary), dictionary, pictures=pictures, masking=masking
    )


def inspect_with(
    files: Sequence[Path],
    wishes: Wishes,
    dictionary: Dictionary,
    *,
    pictures: bool = False,
    masking: Masking = STANDARD,
) -> list[Inspection]:
    """Return what was understood of each file by this dictionary."""
    look = _Look(wishes, dictionary, pictures, masking)
    seen = [_inspected(source, number, look) for number, source in enumerate(expanded(files))]
    failed = [each.failed for each in seen if each.failed]
    if failed and not any(each.sheets for each in seen):
        raise InputError("；".join(zh for zh, _ in failed), "; ".join(en for _, en in failed))
    refuse_unknown_sheets(wishes.sheets, (each.sheet.name for inspection in seen for each in inspection.sheets))
    unused = check_mapping(
        wishes.known,
        [SheetRead(each.sheet, tuple(table.layout for table in each.tables)) for one in seen for each in one.sheets],
    )
    if unused and seen:
        seen[0] = replace(seen[0], notes=tuple(unused))
    if wishes.sheets:
        return [replace(each, sheets=tuple(s for s in each.sheets if s.sheet.name in wishes.sheets)) for each in seen]
    return seen


class _Look(Struct, frozen=True):
    """How the files are looked at."""

    wishes: Wishes
    dictionary: Dictionary
    pictures: bool
    masking: Masking

    def shown(self, text: str, column: Column) -> str:
        """Return the text of a cell as this level shows it; free text may hold anything, so it is shown where nothing is hidden."""
        plain, masking = " ".join(text.split()), self.masking
        if not masking.hidden:
            return plain
        if masking.health and (kind_of(column.name) == "健康" or tells_health(plain)):
            return OMITTED
        kind = column.mask or (column.type if column.type in KINDS else None)
        if kind:
            return shown_text(plain, kind, masking)
        if column.type == "文本" and column.level != "地":
            return "…"
        return plain if column.type == "编号" else _LONG_NUMBER.sub(lambda hit: "*" * len(hit[0]), plain)


def _inspected(source: Source, number: int, look: _Look) -> Inspection:
    if source.skipped or source.failed:
        return Inspection(source.file, failed=source.failed, skipped=source.skipped)
    engine = open_engine()
    try:
        sheets = without_opinions(engine, read_source(engine, source, number))
        return Inspection(source.file, tuple(_seen(engine, sheet, look) for sheet in sheets))
    except InputError as error:
        return Inspection(source.file, failed=(error.zh, error.en))
    finally:
        engine.close()


def _seen(engine: Engine, sheet: Sheet, look: _Look) -> SeenSheet:
    layouts = [] if is_findings(engine, sheet) else find_layouts(engine, sheet, look.dictionary, look.wishes)
    left = tuple(opinions_left([sheet]))
    layouts = [replace(layout, doubts=(*layout.doubts, *left)) for layout in layouts] if left else layouts
    tables = [
        SeenTable(
            layout,
            nearest_columns(layout, look.dictionary),
            _sample(engine, layout, look),
            tuple(present_keys(layout)),
            masked=bool(look.masking.hidden),
        )
        for layout in layouts
    ]
    columns = look.dictionary.columns
    picture = (
        picture_of(engine, sheet, layouts, lambda name, text: look.shown(text, columns[name])) if look.pictures else ()
    )
    return SeenSheet(sheet, tuple(tables), account_of(engine, sheet, layouts), picture)


def _sample(engine: Engine, layout: Layout, look: _Look) -> dict[str, str]:
    """Return the first row of a table as it may be shown."""
    dictionary = look.dictionary
    if layout.first_row > layout.last_row:
        return {}
    cells = ", ".join(["NULL", *(f'"c{each.index}"' for each in layout.columns if each.cell is None)])
    found = engine.rows(f'SELECT {cells} FROM "{layout.sheet.relation}" WHERE "r" = ?', (layout.first_row,))
    own = iter(found[0][1:] if found else ())
    texts = [each.cell.text if each.cell else next(own, None) for each in layout.columns]
    kind = layout.kind.removeprefix("名单:")
    columns = dictionary.columns | (dictionary.lists[kind].columns if kind in dictionary.lists else {})
    return {
        each.column: look.shown(text, columns[each.column])
        for each, text in zip(layout.columns, texts, strict=True)
        if text is not None
    }

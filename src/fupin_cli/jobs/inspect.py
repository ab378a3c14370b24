"""`fupin inspect`: files in, what the reader understood of each out; nothing is typed, judged or changed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fupin_cli.engines import Engine, open_engine
from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.files import Source, expanded, read_source
from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.inspection import Inspection, SeenSheet, SeenTable
from fupin_cli.model.settings import Wishes
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout
from fupin_cli.rules import load_rulebook
from fupin_cli.tables import find_layouts, nearest_columns
from fupin_cli.values.mask import mask

_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]*")


def inspect(files: Sequence[Path], wishes: Wishes, rules_dir: Path | None = None) -> list[Inspection]:
    """Return what was understood of each file, in order; folders and zip archives stand for the workbooks in them.

    Raises:
        UsageError: no file has a sheet of the name asked for, or a heading was mapped to an unknown column.
        InputError: no file could be read.
    """
    return inspect_with(files, wishes, load_rulebook(rules_dir).dictionary)


def inspect_with(files: Sequence[Path], wishes: Wishes, dictionary: Dictionary) -> list[Inspection]:
    """Return what was understood of each file by this dictionary."""
    seen = [_inspected(source, number, wishes, dictionary) for number, source in enumerate(expanded(files))]
    failed = [each.failed for each in seen if each.failed]
    if failed and not any(each.sheets for each in seen):
        raise InputError("；".join(zh for zh, _ in failed), "; ".join(en for _, en in failed))
    if wishes.sheets:
        return _only(seen, wishes.sheets)
    return seen


def _inspected(source: Source, number: int, wishes: Wishes, dictionary: Dictionary) -> Inspection:
    if source.skipped or source.failed:
        return Inspection(source.file, failed=source.failed, skipped=source.skipped)
    engine = open_engine()
    try:
        sheets = read_source(engine, source, number)
        return Inspection(source.file, tuple(_seen(engine, sheet, wishes, dictionary) for sheet in sheets))
    except InputError as error:
        return Inspection(source.file, failed=(error.zh, error.en))
    finally:
        engine.close()


def _seen(engine: Engine, sheet: Sheet, wishes: Wishes, dictionary: Dictionary) -> SeenSheet:
    layouts = find_layouts(engine, sheet, dictionary, wishes)
    tables = [
        SeenTable(layout, nearest_columns(layout, dictionary), _sample(engine, layout, dictionary))
        for layout in layouts
    ]
    return SeenSheet(sheet, tuple(tables))


def _sample(engine: Engine, layout: Layout, dictionary: Dictionary) -> dict[str, str]:
    """Return the first row of a table, masked; free text is not shown, for it may hold anything."""
    if layout.first_row > layout.last_row:
        return {}
    cells = ", ".join(f'"c{each.index}"' for each in layout.columns)
    row = engine.rows(f'SELECT {cells} FROM "{layout.sheet.relation}" WHERE "r" = ?', (layout.first_row,))[0]
    kind = layout.kind.removeprefix("名单:")
    columns = dictionary.columns | (dictionary.lists[kind].columns if kind in dictionary.lists else {})
    return {
        each.column: _shown(text, columns[each.column])
        for each, text in zip(layout.columns, row, strict=True)
        if text is not None
    }


def _shown(text: str, column: Column) -> str:
    plain = " ".join(text.split())
    if column.mask:
        return mask(plain, column.mask)
    if column.type in {"证件", "电话", "账号", "姓名"}:
        return mask(plain, column.type)
    if column.type == "文本" and column.level != "地":
        return "…"
    return plain if column.type == "编号" else _LONG_NUMBER.sub(lambda hit: "*" * len(hit[0]), plain)


def _only(seen: list[Inspection], names: tuple[str, ...]) -> list[Inspection]:
    there = [each.sheet.name for inspection in seen for each in inspection.sheets]
    for name in names:
        if name not in there:
            have = "、".join(dict.fromkeys(there))
            raise UsageError(
                f"--sheet {name}：没有这个工作表；有：{have}。",
                f"--sheet {name}: there is no such sheet; there are {have}.",
            )
    return [replace(each, sheets=tuple(sheet for sheet in each.sheets if sheet.sheet.name in names)) for each in seen]

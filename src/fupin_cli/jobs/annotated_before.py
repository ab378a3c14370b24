"""Sheets of one file as read in; the same without what `fupin audit --annotate` wrote into an earlier copy out.

A clerk corrects in the annotated copy and has it audited again: its sheet of findings is no registry, its column of opinions no column.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.model.annotation import COPY, FIRST_OPINION, OPINIONS
from fupin_cli.model.sheet import Sheet


def is_findings(engine: Engine, sheet: Sheet) -> bool:
    """Tell whether a sheet is the list of findings of an annotated copy: its first cell says so."""
    if not sheet.row_count or not sheet.width:
        return False
    rows = engine.rows(f'SELECT c0 FROM "{sheet.relation}" WHERE r = 1')
    return bool(rows) and str(rows[0][0] or "").startswith(COPY)


def without_opinions(engine: Engine, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets of an annotated copy, those with columns of opinions without them; other files as they are."""
    if not any(is_findings(engine, sheet) for sheet in sheets):
        return list(sheets)
    return [_narrowed(engine, sheet) for sheet in sheets]


def opinions_left(sheets: Iterable[Sheet]) -> list[tuple[str, str]]:
    """Say of which sheets the last columns were not read."""
    return [
        both("“{name}”右边的“{opinions}”是上次批注写的，没有读。", name=sheet.name, opinions=OPINIONS)
        for sheet in sheets
        if sheet.own_columns
    ]


def _narrowed(engine: Engine, sheet: Sheet) -> Sheet:
    width = sheet.width
    while width and _has_opinions(engine, sheet, width - 1):
        width -= 1
    if width == sheet.width:
        return sheet
    own_columns = sheet.width - width
    return replace(sheet, width=width, own_columns=own_columns, kinds=sheet.kinds[:width], texts=sheet.texts[:width])


def _has_opinions(engine: Engine, sheet: Sheet, column: int) -> bool:
    """Tell whether a column has our heading, and under it a text as we begin them."""
    headings = ", ".join(f"'{word}'" for word in OPINIONS)
    headed, opinions = engine.rows(
        f"SELECT COUNT(*) FILTER (WHERE c{column} IN ({headings})), COUNT(*) FILTER (WHERE starts_with(c{column}, '{FIRST_OPINION}'))"
        f' FROM "{sheet.relation}"'
    )[0]
    return bool(headed and opinions)

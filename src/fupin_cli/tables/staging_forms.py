"""Type the cells of many forms at once: layouts whose cells hold for all their rows in, what `stage` gives for each out.

A statement for each of three hundred cards would take the engine longer to plan than all their cells to read.
"""

from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.sheet import Kind
from fupin_cli.model.table import Layout, Mapped
from fupin_cli.tables.codes import Labels
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.staging import Staged, columns_of_layout
from fupin_cli.tables.typing import Cell, fields_of, typed

_TOGETHER = 500  # forms a statement


def is_all_fixed(layout: Layout) -> bool:
    """Tell whether a layout is a form's: one row, and no column of its own."""
    return bool(layout.columns) and all(each.cell for each in layout.columns) and layout.first_row == layout.last_row


def stage_forms(engine: Engine, layouts: Sequence[Layout], dictionary: Dictionary) -> list[Staged]:
    """Create `_cells_{source}` for each of some forms of one kind."""
    staged = [columns_of_layout(layout, dictionary) for layout in layouts]
    for first in range(0, len(staged), _TOGETHER):
        _stage(engine, staged[first : first + _TOGETHER], dictionary)
    return staged


def _stage(engine: Engine, staged: Sequence[Staged], dictionary: Dictionary) -> None:
    columns: dict[str, Column] = {}
    for part in staged:
        columns |= {column: known for column, known in part.columns.items() if column not in columns}
    places = {column: place for place, column in enumerate(columns)}
    rows = [_row(part, places) for part in staged]
    fields = ", ".join(f'"t{place}", "k{place}"' for place in places.values())
    raw = f'(SELECT * FROM (VALUES {", ".join(rows)}) AS "given"("_source", "_row", {fields})) AS "body"'
    cells = [_cell(column, places[column.name], staged, dictionary) for column in columns.values()]
    together = typed(cells, raw, ('"_source"', '"_row"'))
    engine.run(f'CREATE OR REPLACE TABLE "_forms" AS {together}')
    for part in staged:
        kept = ['"_row"', *(name(field) for column in part.columns for field in fields_of(column))]
        engine.run(
            f'CREATE OR REPLACE TABLE {name(part.relation)} AS SELECT {", ".join(kept)} FROM "_forms" WHERE "_source" = {part.source}'
        )
    engine.run('DROP TABLE "_forms"')


def _row(part: Staged, places: dict[str, int]) -> str:
    values = [f"CAST({part.source} AS INTEGER)", f"CAST({part.layout.first_row} AS INTEGER)"]
    for column in places:
        text, kind = _together(part.letters.get(column, ()))
        values += ["CAST(NULL AS VARCHAR)" if text is None else literal(text), f"CAST({int(kind)} AS UTINYINT)"]
    return f"({', '.join(values)})"


def _together(mapped: Sequence[Mapped]) -> tuple[str | None, Kind]:
    """Return the text and the Kind of a column's cells; several are gathered."""
    cells = [one.cell for one in mapped if one.cell]
    if len(cells) == 1:
        return cells[0].text, cells[0].kind
    texts = [cell.text.strip() for cell in cells if cell.text and cell.text.strip()]
    return ",".join(texts) or None, max((cell.kind for cell in cells), default=Kind.BLANK)


def _cell(column: Column, place: int, staged: Sequence[Staged], dictionary: Dictionary) -> Cell:
    resolved = {}
    if column.codes in dictionary.codes:
        labels = Labels(dictionary.codes[column.codes])
        resolve = labels.many if column.type == "多值" else labels.one
        texts = {text for part in staged if (text := _together(part.letters.get(column.name, ()))[0]) is not None}
        resolved = {text: resolve(text) for text in sorted(texts)}
    plain = any(not part.layout.sheet.name for part in staged)
    return Cell(column, f'"t{place}"', f'"k{place}"', resolved, plain)

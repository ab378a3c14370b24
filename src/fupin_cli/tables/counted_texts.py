"""The texts the reader counted in a sheet's columns in, less those of the few rows outside a table; its distinct texts out."""

from collections import Counter
from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Kind
from fupin_cli.model.table import Layout
from fupin_cli.tables.sql import name

_MOST_RANGES, _MOST_ROWS = 50, 500  # of rows outside the table, that are looked at one by one


def texts_in_body(engine: Engine, layout: Layout, columns: Sequence[int]) -> dict[int, list[str]]:
    """Return the distinct texts of columns, the most frequent first; of those that hold nothing else and were counted.

    Args:
        engine: where the sheet is.
        layout: the table.
        columns: of the sheet, counted from 0.
    """
    sheet = layout.sheet
    known = [index for index in columns if sheet.kinds and sheet.texts and sheet.texts[index] is not None]
    ranges = _outside(layout)
    if not known or layout.slot or len(ranges) > _MOST_RANGES:
        return {}
    fields = ", ".join(f"c{index}, k{index}" for index in known)
    selects = [f"SELECT {fields} FROM {name(sheet.relation)} WHERE {which}" for which in ranges]
    outside = engine.rows(f"{' UNION ALL '.join(selects)} LIMIT {_MOST_ROWS + 1}")
    if len(outside) > _MOST_ROWS:
        return {}
    found = {}
    for place, index in enumerate(known):
        cells = [row[2 * place : 2 * place + 2] for row in outside]
        left = Counter(sheet.texts[index])
        left.subtract(text for text, kind in cells if kind == Kind.TEXT)
        if sum(sheet.kinds[index][Kind.NUMBER :]) == sum(1 for _, kind in cells if kind > Kind.TEXT):
            found[index] = sorted((text for text in left if left[text]), key=lambda text: (-left[text], text))
    return found


def _outside(layout: Layout) -> list[str]:
    """SQL: the rows that are none of the table's, in ranges that do not overlap: the engine skips what is not in one."""
    ranges, reached = [f"r < {layout.first_row}", f"r > {layout.last_row}"], layout.first_row
    for one in sorted(layout.left_out, key=lambda one: one.first_row):
        first, last = max(one.first_row, reached), min(one.last_row, layout.last_row)
        if first <= last:
            ranges.append(f"r BETWEEN {first} AND {last}")
            reached = last + 1
    return ranges

"""What the reader counted in a sheet's columns in, less the few rows outside a table; what its body is known to hold out."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from fupin_cli.engines import Engine, Row
from fupin_cli.model.sheet import Kind, Sheet
from fupin_cli.model.table import Layout
from fupin_cli.tables.sql import name

_MOST_RANGES, _MOST_ROWS = 50, 500  # of rows outside the table, that are looked at one by one


class Counted(Struct, frozen=True):
    """Columns of a body, counted from 0, whose cells need not be gone through."""

    texts: Mapping[int, list[str]] = field(
        default_factory=dict
    )  # of those of texts alone: which, the most frequent first
    numbers: frozenset[int] = frozenset()  # those of numbers alone; either may have blank cells


def counted_in_body(engine: Engine, layout: Layout, columns: Sequence[int]) -> Counted:
    """Look at the rows outside a table, and take what they hold from the counts.

    Args:
        engine: where the sheet is.
        layout: the table.
        columns: of the sheet, counted from 0.
    """
    sheet, ranges = layout.sheet, _outside(layout)
    if not sheet.kinds or not columns or layout.slot or len(ranges) > _MOST_RANGES:
        return Counted()
    fields = ", ".join(f"c{index}, k{index}" for index in columns)
    selects = [f"SELECT {fields} FROM {name(sheet.relation)} WHERE {which}" for which in ranges]
    outside = engine.rows(f"{' UNION ALL '.join(selects)} LIMIT {_MOST_ROWS + 1}")
    if len(outside) > _MOST_ROWS:
        return Counted()
    texts, numbers = dict[int, list[str]](), set[int]()
    for place, index in enumerate(columns):
        cells = [row[2 * place : 2 * place + 2] for row in outside]
        kinds = _kinds(sheet, index, cells)
        if kinds <= {Kind.NUMBER}:
            numbers.add(index)
        if kinds <= {Kind.TEXT} and sheet.texts and (counted := sheet.texts[index]) is not None:
            left = Counter(counted)
            left.subtract(text for text, kind in cells if kind == Kind.TEXT)
            texts[index] = sorted((text for text in left if left[text]), key=lambda text: (-left[text], text))
    return Counted(texts, frozenset(numbers))


def _kinds(sheet: Sheet, index: int, outside: Sequence[Row]) -> set[Kind]:
    """The Kinds of a column's cells in the body."""
    others = Counter(kind for _, kind in outside)
    return {kind for kind in Kind if kind is not Kind.BLANK and sheet.kinds[index][kind] > others[kind]}


def _outside(layout: Layout) -> list[str]:
    """SQL: the rows that are none of the table's, in ranges that do not overlap: the engine skips what is not in one."""
    ranges, reached = [f"r < {layout.first_row}"], layout.first_row
    if layout.last_row < layout.sheet.last_row:
        ranges.append(f"r > {layout.last_row}")
    for one in sorted(layout.left_out, key=lambda one: one.first_row):
        first, last = max(one.first_row, reached), min(one.last_row, layout.last_row)
        if first <= last:
            ranges.append(f"r BETWEEN {first} AND {last}")
            reached = last + 1
    return ranges

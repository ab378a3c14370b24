"""A workbook by one chosen reader, as something tests can compare."""

import itertools
from collections import Counter

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.xlsx import Reader, read_xlsx

NUMBER = itertools.count(1000)
QUICK = [Reader.NUMPY, Reader.COMPILED]  # both ours
READERS = [*QUICK, Reader.CALAMINE]


def reading(engine, path, reader):
    """[(name, hidden, size, hidden rows and columns, merges, {(row, column): (text, kind)})] of every sheet."""
    return [
        (
            sheet.name,
            sheet.hidden,
            (sheet.width, sheet.row_count, sheet.last_row),
            (sheet.hidden_rows, sheet.hidden_columns),
            sheet.merges,
            cells_of(engine, sheet),
        )
        for sheet in read_xlsx(engine, path, next(NUMBER), reader)
    ]


def cells_of(engine, sheet):
    """Every cell that is not blank; the sheet's own counts of kinds and texts are those of its cells."""
    names = ", ".join(f'"c{i}", "k{i}"' for i in range(sheet.width)) or "1"
    rows = engine.rows(f'SELECT r, {names} FROM "{sheet.relation}" ORDER BY rowid')
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    counted = tuple(tuple(sum(row[2 + 2 * i] == kind for row in rows) for kind in Kind) for i in range(sheet.width))
    assert sheet.kinds == counted
    for i, texts in enumerate(sheet.texts):
        assert texts in (None, Counter(row[1 + 2 * i] for row in rows if row[2 + 2 * i] == Kind.TEXT))
    assert len(sheet.texts) in (0, sheet.width)
    return {(row[0], i): row[1 + 2 * i : 3 + 2 * i] for row in rows for i in range(sheet.width) if row[2 + 2 * i]}

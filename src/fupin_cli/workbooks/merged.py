"""Cells and a sheet's merged ranges in; what is only to be seen, moved to the cell of a range that is seen, out."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from fupin_cli.model.place import column_index
from fupin_cli.model.sheet import Merge
from fupin_cli.workbooks.spliced import NewCell

_RANGE = re.compile(rb"""<[\w.:-]*mergeCell\s[^>]*?\bref\s*=\s*["']\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)["']""")


def on_top(cells: Mapping[int, Mapping[int, NewCell]], tail: bytes) -> dict[int, dict[int, NewCell]]:
    """Return the cells, with looks and notes for a cell beneath a merged one on the upper left cell, which alone is shown.

    Args:
        cells: by Excel's row and by column counted from 0; one that gets a value stays where it is.
        tail: what stands below the sheet's rows.
    """
    made = {row: dict(those) for row, those in cells.items()}
    rows = sorted(made)
    for merge in _merges(tail):
        for row in rows[bisect_left(rows, merge.first_row) : bisect_right(rows, merge.last_row)]:
            for column in sorted(made[row]):
                new = made[row][column]
                top = (row, column) == (merge.first_row, merge.first_column)
                if new.keep_value and not top and merge.first_column <= column <= merge.last_column:
                    del made[row][column]
                    first = made.setdefault(merge.first_row, {})
                    seen = first.get(merge.first_column)
                    first[merge.first_column] = new if seen is None else _both(seen, new)
    return {row: those for row, those in made.items() if those}


def _both(seen: NewCell, new: NewCell) -> NewCell:
    notes = [note for note in (seen.note, new.note) if note]
    return replace(seen, look=seen.look or new.look, link=seen.link or new.link, note="\n\n".join(notes) or None)


def _merges(tail: bytes) -> Iterator[Merge]:
    for left, top, right, bottom in _RANGE.findall(tail):
        yield Merge(int(top), int(bottom), column_index(left.decode()), column_index(right.decode()))

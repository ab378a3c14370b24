"""What compiled scans counted of the shared texts in; of each column its distinct texts, with the cells that say them, out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.shared_texts import SharedTexts

COLUMNS, MOST, PLACES = 512, 250, 512  # that are counted; texts of one; places for them: all as in compiled/cells.c
SAID = np.dtype([("number", np.uint32), ("count", np.uint32)])  # a shared text, counted from 1, and its cells

Texts: TypeAlias = tuple[Mapping[str, int] | None, ...]


def distinct_texts(tables: Sequence[NDArray[Any]], shared: SharedTexts, kinds: Sequence[Sequence[int]]) -> Texts:
    """The texts of each column whose counts add up to all its cells of text; None of the others.

    Args:
        tables: of every scan of the sheet, its counts by column and place.
        shared: what the numbers mean.
        kinds: of each column, its cells of every Kind.
    """
    found: list[Counter[str]] = [Counter() for _ in kinds]
    cells = np.array([of_kind[Kind.TEXT] for of_kind in kinds], np.int64)
    column, number, count = _joined(tables, len(kinds))
    is_text = shared.kinds[number] == Kind.TEXT
    sums = np.bincount(column[is_text], count[is_text], len(kinds))
    kept = is_text & (sums == cells)[column]
    for place, told, times in zip(column[kept].tolist(), number[kept].tolist(), count[kept].tolist(), strict=True):
        found[place][shared.text(told)] += times
    complete = (sums == cells).tolist()
    return tuple(texts if known and len(texts) <= MOST else None for texts, known in zip(found, complete, strict=True))


def _joined(tables: Sequence[NDArray[Any]], width: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Columns, shared numbers and counts, in their order; a text is there as often as scans met it."""
    used = [np.nonzero(table[:width]["number"]) for table in tables]
    column = np.concatenate([columns for columns, _ in used])
    said = np.concatenate([table[place] for table, place in zip(tables, used, strict=True)])
    order = np.lexsort((said["number"], column))
    return column[order], said["number"][order].astype(np.int64) - 1, said["count"][order]

"""The XML of one xlsx sheet in, its cells in the engine out, many cells at a time: the main way of an xlsx.

Inflating, looking for cells and loading overlap: two threads look while this one inflates and loads.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from fupin_cli.model.sheet import Kind, Merge
from fupin_cli.sheets.block_cells import Cells, UnknownSpellingError
from fupin_cli.sheets.cell_scan import scan_rows
from fupin_cli.sheets.cell_texts import MOST_ODD, Reader, Reading, Texts, Workbook
from fupin_cli.sheets.grid import Loader, Lot
from fupin_cli.sheets.marks import Marks, is_sparse
from fupin_cli.sheets.row_blocks import RowBlocks, read_frame_xml
from fupin_cli.sheets.sheet_xml import SparseBoxError
from fupin_cli.sheets.text_views import Blocks, TextColumn, Views, pairs
from fupin_cli.sheets.words import Numbers

WORKERS = 2
SLOTS = 4_000_000  # rows × columns that are laid out at a time


@dataclass(slots=True)
class _Block:
    cells: Cells
    reading: Reading


def load_quickly(loader: Loader, stream: IO[bytes], book: Workbook) -> tuple[Marks, tuple[Merge, ...]]:
    """Load a sheet; give what is hidden in it, its outline and its merged ranges.

    Raises:
        UnknownSpellingError: this XML is for a real parser; part of the sheet may be loaded by then.
        SparseBoxError: a few cells that lie too far apart.
    """
    marks, rows = Marks(), RowBlocks(stream)
    loader.add_lots(_lots(rows, Reader(book), marks))
    return marks, read_frame_xml(rows.frame, marks)


def _lots(rows: RowBlocks, reader: Reader, marks: Marks) -> Iterator[Lot]:
    odd = last = 0
    for block in _begun(rows, reader):
        numbers = block.cells.numbers
        odd += block.cells.odd.size
        if numbers[0] <= last or odd > MOST_ODD:
            raise UnknownSpellingError
        last = int(numbers[-1])
        marks.hidden_rows.update(number - 1 for number in block.cells.hidden)
        yield from _laid_out(block.cells, block.reading.texts(), marks)


def _begun(rows: RowBlocks, reader: Reader) -> Iterator[_Block]:
    """Blocks in their order, a few ahead of the one asked for."""

    def begin(block: bytes) -> _Block:
        cells = scan_rows(block)
        return _Block(cells, Reading(reader, cells))

    with ThreadPoolExecutor(WORKERS) as pool:
        begun: deque[Future[_Block]] = deque()
        try:
            for block in rows:
                begun.append(pool.submit(begin, block))
                if len(begun) > WORKERS:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _laid_out(cells: Cells, texts: Texts, marks: Marks) -> Iterator[Lot]:
    """The cells that are not blank, in columns."""
    kept = np.flatnonzero(texts.kinds)
    if not kept.size:
        return
    whole = kept.size == texts.kinds.size
    row, column = (cells.row, cells.column) if whole else (cells.row[kept], cells.column[kept])
    kinds, views = (texts.kinds, texts.views) if whole else (texts.kinds[kept], texts.views[kept])
    marks.rows = int(cells.numbers[row[-1]])
    marks.columns = max(marks.columns, int(column.max()) + 1)
    marks.cell_count += kept.size
    if is_sparse(marks.rows, marks.columns, marks.cell_count):
        raise SparseBoxError(marks.rows, marks.columns)
    width = int(column.max()) + 1
    blocks = Blocks(texts.blocks)
    used = np.flatnonzero(np.bincount(row, minlength=cells.numbers.size))
    step = max(1, SLOTS // width)
    for start in range(0, used.size, step):
        part = used[start : start + step]
        inside = slice(*np.searchsorted(row, (part[0], part[-1] + 1)))
        place = np.searchsorted(part, row[inside]) if part.size < cells.numbers.size else row[inside]
        slots = column[inside] * part.size + place
        shape = (width, part.size)
        yield _lot(cells.numbers[part], _slotted(views[inside], kinds[inside], slots, shape), blocks)


def _slotted(
    views: Views, kinds: NDArray[np.uint8], slots: Numbers, shape: tuple[int, int]
) -> tuple[Views, NDArray[np.uint8]]:
    laid_views = np.zeros(shape[0] * shape[1], np.complex128)
    laid_views[slots] = pairs(views)
    laid_kinds = np.zeros(laid_views.size, np.uint8)
    laid_kinds[slots] = kinds
    return laid_views.view(np.uint64).reshape(*shape, 2), laid_kinds.reshape(shape)


def _lot(numbers: Numbers, laid: tuple[Views, NDArray[np.uint8]], blocks: Blocks) -> Lot:
    from arro3.core import Array

    views, kinds = laid
    valid: NDArray[np.uint8] = np.packbits(kinds != 0, axis=1, bitorder="little")
    used = np.flatnonzero(kinds.any(axis=1))
    counts = np.bincount(
        (kinds + np.arange(len(kinds))[:, None] * len(Kind)).ravel(), minlength=kinds.shape[0] * len(Kind)
    )
    columns: list[Any] = [None] * len(kinds)
    kinds_of_columns = columns.copy()
    for i in used.tolist():
        columns[i] = Array.from_arrow(TextColumn(views[i], valid[i], blocks))
        kinds_of_columns[i] = Array.from_numpy(kinds[i])
    return Lot(
        Array.from_numpy(numbers.astype(np.int32)), columns, kinds_of_columns, counts.reshape(-1, len(Kind)).tolist()
    )

"""The XML of one xlsx sheet in, its cells in the engine out, many cells at a time: the main way of an xlsx.

Inflating, looking for cells and loading overlap: one thread inflates and two look while this one loads.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, TypeAlias

import numpy as np

from fupin_cli.model.sheet import Kind, Merge
from fupin_cli.sheets.block_cells import Cells, UnknownSpellingError, parts_of
from fupin_cli.sheets.cell_scan import scan_rows
from fupin_cli.sheets.cell_texts import MOST_ODD, Laid, Reader, Reading, Workbook
from fupin_cli.sheets.distinct_texts import Texts, distinct_texts
from fupin_cli.sheets.grid import Loader, Lot
from fupin_cli.sheets.marks import Marks, is_sparse
from fupin_cli.sheets.row_blocks import RowBlocks, read_frame_xml
from fupin_cli.sheets.sheet_xml import SparseBoxError
from fupin_cli.sheets.text_views import record_batch

if TYPE_CHECKING:
    from arro3.core import RecordBatch, Schema

    from fupin_cli.sheets.compiled_scan import Code, CompiledScan

WORKERS = 2
SLOTS = 4_000_000  # rows × columns that are laid out at a time

Begun: TypeAlias = tuple[Cells, Iterable[Reading]]


def load_quickly(
    loader: Loader, stream: IO[bytes], book: Workbook, *, code: "Future[Code | None] | None"
) -> tuple[Marks, tuple[Merge, ...], Texts]:
    """Load a sheet; give what is hidden in it, its outline, its merged ranges and what its columns say.

    Args:
        loader: where the cells go.
        stream: the sheet's XML.
        book: what its cells mean.
        code: scan it by compiled code, which is being made; None: by numpy.

    Raises:
        UnknownSpellingError: this XML is for a real parser; part of the sheet may be loaded by then.
        SparseBoxError: a few cells that lie too far apart.
    """
    marks, rows, reader = Marks(), RowBlocks(stream), Reader(book)
    scans = _scans(code, book) if code else []
    loader.add_lots(_lots(rows, _compiled(reader, list(scans)) if scans else _uncompiled(reader), marks))
    return marks, read_frame_xml(rows.frame, marks), _texts(scans, book, loader)


def _lots(rows: RowBlocks, begin: Callable[[bytes], Begun], marks: Marks) -> Iterator[Lot]:
    odd = last = 0
    for cells, readings in _begun(rows, begin):
        odd += cells.odd_start.size
        if cells.span[0] <= last or odd > MOST_ODD:
            raise UnknownSpellingError
        last = cells.span[1]
        marks.hidden_rows.update(number - 1 for number in cells.hidden)
        for reading in readings:
            reading.finish()
            yield from _lot(reading, marks)


def _uncompiled(reader: Reader) -> Callable[[bytes], Begun]:
    def begin(block: bytes) -> Begun:
        cells = scan_rows(block)
        readings = (Reading(reader, Laid.blank(part)) for part in parts_of(cells, SLOTS))
        return cells, chain([*islice(readings, 1)], readings)

    return begin


def _scans(code: "Future[Code | None]", book: Workbook) -> "list[CompiledScan]":
    from fupin_cli.sheets.compiled_scan import open_scans

    return open_scans(code.result(), book, WORKERS)


def _texts(scans: "list[CompiledScan]", book: Workbook, loader: Loader) -> Texts:
    """The distinct texts of each column; none where a block of the sheet was read in another way."""
    counts = [scan.counts for scan in scans]
    told = [table for table in counts if table is not None]
    return distinct_texts(told, book.shared, loader.extent.kinds) if told and len(told) == len(counts) else ()


def _compiled(reader: Reader, scans: "list[CompiledScan]") -> Callable[[bytes], Begun]:
    uncompiled = _uncompiled(reader)

    def begin(block: bytes) -> Begun:
        scan = scans.pop()
        try:
            laid = scan.lay(block)
        finally:
            scans.append(scan)
        if laid is None:
            return uncompiled(block)
        return laid.cells, [Reading(reader, laid)] if laid.kinds.size else []

    return begin


def _begun(rows: RowBlocks, begin: Callable[[bytes], Begun]) -> Iterator[Begun]:
    """Blocks in their order, a few ahead of the one asked for."""
    blocks = iter(rows)

    def begin_next(inflated: Future[bytes | None]) -> Begun | None:
        block = inflated.result()
        return None if block is None else begin(block)

    with ThreadPoolExecutor(1) as inflating, ThreadPoolExecutor(WORKERS) as looking:
        begun: deque[Future[Begun | None]] = deque()
        try:
            while True:
                while len(begun) <= WORKERS:
                    begun.append(looking.submit(begin_next, inflating.submit(next, blocks, None)))
                if (found := begun.popleft().result()) is None:
                    return
                yield found
        finally:
            looking.shutdown(cancel_futures=True)
            inflating.shutdown(cancel_futures=True)


def _lot(reading: Reading, marks: Marks) -> Iterator[Lot]:
    """The cells that are not blank, in columns."""
    width, count = reading.shape
    numbers, kinds = reading.cells.numbers, reading.kinds.reshape(width, count)
    views = reading.views.reshape(width, count, 2)
    used = kinds.any(axis=0)
    if not used.all():
        numbers, kinds, views = numbers[used], kinds.compress(used, axis=1), views.compress(used, axis=1)
        width, count = kinds.shape
    codes = (kinds + np.arange(width)[:, None] * len(Kind)).ravel()
    counts = np.bincount(codes, minlength=width * len(Kind)).reshape(width, len(Kind))
    filled = counts[:, 1:].sum(axis=1)
    width = int(np.flatnonzero(filled)[-1]) + 1 if filled.any() else 0
    if not width:
        return
    marks.rows, marks.columns = int(numbers[-1]), max(marks.columns, width)
    marks.cell_count += int(filled.sum())
    if is_sparse(marks.rows, marks.columns, marks.cell_count):
        raise SparseBoxError(marks.rows, marks.columns)
    columns = numbers.astype(np.int32), views[:width], kinds[:width], reading.blocks

    def batch(schema: "Schema") -> "RecordBatch":
        return record_batch(schema, *columns)

    yield Lot(count, marks.rows, counts[:width].tolist(), batch)

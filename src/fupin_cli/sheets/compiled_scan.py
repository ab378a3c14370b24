"""A block of whole xlsx rows in; its cells as views and kinds, by compiled code, out: with the extra `fast`.

The code is compiled/cells.c in the form of WebAssembly, which wasmtime makes machine code of: one file for every system,
and whatever stands in a workbook, it reaches no memory but its own. It knows only the usual spellings; the cells it leaves
are read as all cells are without it (`cell_texts`), and a block it does not understand is scanned anew (`cell_scan`).
"""

import ctypes
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fupin_cli.sheets.block_cells import Cells, Type
from fupin_cli.sheets.cell_texts import Laid, Workbook
from fupin_cli.sheets.day_views import day_views
from fupin_cli.sheets.distinct_texts import COLUMNS, PLACES, SAID
from fupin_cli.sheets.words import PAD, pairs_of

if TYPE_CHECKING:
    from wasmtime import Engine, Module

_MOST = 8 << 20  # bytes of a block
_ROWS, _SLOTS = 1 << 19, 1 << 20  # rows of a block, columns × rows
_LEFT, _HIDDEN = 1 << 18, 1 << 16  # cells left of a block, hidden rows
_PAGE, _LINE = 1 << 16, 64
_DONE, _TOO_MANY_ROWS = 1, 2
_BYTE, _NUMBER, _WORD = np.dtype(np.uint8), np.dtype(np.uint32), np.dtype(np.uint64)
_LEFT_RECORD = np.dtype([(name, np.uint32) for name in ("row", "column", "style", "type", "start", "end", "trimmed")])


class _Job(ctypes.Structure):
    """What `scan` is given and tells, see cells.c; addresses are those of its own memory."""


_TOLD = ("rows", "width", "first", "last", "left_count", "hidden_count", "own_texts")
_Job._fields_ = [
    (name, ctypes.c_uint32)
    for name in (
        *("block", "size", "shared", "shared_kinds", "shared_count", "meanings", "meaning_count"),
        *("days", "first_day", "day_count", "numbers", "row_limit", "views", "kinds", "slot_limit"),
        *("left", "left_limit", "hidden", "hidden_limit", "said", "distinct", "counted_rows", *_TOLD),
    )
]


_ROOM = {
    "job": ctypes.sizeof(_Job),
    "block": _MOST,
    "numbers": 4 * _ROWS,
    "views": 16 * _SLOTS,
    "kinds": _SLOTS,
    "left": _LEFT * _LEFT_RECORD.itemsize,
    "hidden": 4 * _HIDDEN,
    "said": COLUMNS * PLACES * SAID.itemsize,
    "distinct": 4 * COLUMNS,
}


class CompiledScan:
    """Scans the blocks of one sheet, one after the other."""

    def __init__(self, engine: "Engine", code: "Module", book: Workbook) -> None:
        import wasmtime

        self._store = wasmtime.Store(engine)
        exports = wasmtime.Instance(self._store, code, []).exports(self._store)
        self._scan: Any = exports["scan"]
        days, first_day = day_views(from_1904=book.from_1904)
        given: dict[str, NDArray[Any]] = {
            "shared": book.shared.views,
            "shared_kinds": book.shared.kinds,
            "meanings": np.array(book.meanings, np.uint8),
            "days": days,
        }
        sizes = {name: array.nbytes for name, array in given.items()} | _ROOM
        memory: Any = exports["memory"]
        first_free: Any = exports["__heap_base"]
        places, end = _places(first_free.value(self._store), sizes)
        memory.grow(self._store, max(0, -(-end // _PAGE) - memory.size(self._store)))
        self._base = ctypes.addressof(memory.data_ptr(self._store).contents)
        for name, array in given.items():
            self._array(places[name], array.nbytes, _BYTE)[:] = np.ascontiguousarray(array).view(np.uint8).ravel()
        self._at, self._is_whole = places.pop("job"), True
        self._job = _Job(
            **places,
            shared_count=len(book.shared.views),
            meaning_count=len(book.meanings),
            first_day=first_day,
            day_count=len(days),
            slot_limit=_SLOTS,
            left_limit=_LEFT,
            hidden_limit=_HIDDEN,
        )

    def lay(self, block: bytes) -> Laid | None:
        """What is read of a block with PAD noughts behind it, or None when it is for another reader."""
        laid = self._laid(block) if len(block) <= _MOST and self._is_understood(block) else None
        self._is_whole &= laid is not None
        return laid

    def _is_understood(self, block: bytes) -> bool:
        size = len(block) - PAD
        ctypes.memmove(self._base + self._job.block, block, len(block))
        first_row = block.find(b"</row>") + 1
        told = self._told(size, 64 + 2 * size // max(first_row, 16))
        if told == _TOO_MANY_ROWS:
            told = self._told(size, block.count(b"<row "), counted_rows=self._job.rows)
        return told == _DONE

    @property
    def counts(self) -> NDArray[Any] | None:
        """What was counted of shared texts so far, by column and place; None when a block was for another reader."""
        said = self._array(self._job.said, _ROOM["said"], SAID).reshape(COLUMNS, PLACES)
        return said if self._is_whole else None

    def _told(self, size: int, row_limit: int, counted_rows: int = 0) -> int:
        """What `scan` answers; `_job` is what it has told."""
        job = self._job
        for name in _TOLD:
            setattr(job, name, 0)
        job.size, job.row_limit, job.counted_rows = size, min(row_limit, _ROWS), counted_rows
        ctypes.memmove(self._base + self._at, ctypes.addressof(job), ctypes.sizeof(job))
        answer: int = self._scan(self._store, self._at)
        ctypes.memmove(ctypes.addressof(job), self._base + self._at, ctypes.sizeof(job))
        return answer

    def _laid(self, block: bytes) -> Laid:
        job = self._job
        left = self._array(job.left, job.left_count * _LEFT_RECORD.itemsize, _LEFT_RECORD)
        told: dict[str, NDArray[Any]] = {
            name: left[name].astype(np.int64) for name in ("row", "column", "style", "start", "end")
        }
        odd = left["type"] == Type.ODD
        cells = Cells(
            block=block,
            pairs=(pairs := pairs_of(block)),
            span=(job.first, job.last),
            numbers=self._array(job.numbers, 4 * job.rows, _NUMBER).astype(np.int64),
            hidden=self._array(job.hidden, 4 * job.hidden_count, _NUMBER).tolist(),
            row=told["row"],
            column=told["column"],
            style=told["style"],
            type=left["type"].astype(np.uint8),
            start=told["start"],
            length=told["end"] - told["start"],
            values=pairs[np.where(odd, 0, told["start"] - 4)],
            trimmed=left["trimmed"].astype(np.bool_),
            odd_start=told["start"][odd],
            odd_end=told["end"][odd],
        )
        shape = (job.width, job.row_limit)
        kinds = self._array(job.kinds, shape[0] * shape[1], _BYTE).reshape(shape)[:, : job.rows]
        views = self._array(job.views, 16 * shape[0] * shape[1], _WORD).reshape(*shape, 2)[:, : job.rows]
        return Laid(cells, views.copy().reshape(-1, 2), kinds.copy().ravel(), has_own_texts=bool(job.own_texts))

    def _array(self, place: int, size: int, kind: "np.dtype[Any]") -> NDArray[Any]:
        """What stands in its memory, as an array of a kind; nothing is copied."""
        memory = memoryview((ctypes.c_uint8 * size).from_address(self._base + place))
        return np.ndarray((size // kind.itemsize,), kind, memory)


def _places(end: int, sizes: dict[str, int]) -> tuple[dict[str, int], int]:
    """Where arrays of these bytes begin behind what is in use, and where the last ends."""
    places = {}
    for name, size in sizes.items():
        places[name] = -(-end // _LINE) * _LINE
        end = places[name] + size
    return places, end


class Code(NamedTuple):
    """What wasmtime has made of cells.wasm."""

    engine: "Engine"
    module: "Module"


def make_code() -> Code | None:
    """The machine code; None without the extra, or where the system lets none be made: numpy reads the same.

    A C library too old for wasmtime, a hardened kernel and a limit of virtual memory are such systems.
    """
    try:
        import wasmtime
    except (ImportError, OSError):
        return None
    try:
        engine = wasmtime.Engine()
        return Code(engine, wasmtime.Module.from_file(engine, str(Path(__file__).parent / "compiled" / "cells.wasm")))
    except wasmtime.WasmtimeError:
        return None


def open_scans(code: Code | None, book: Workbook, count: int) -> list[CompiledScan]:
    """So many scans of one sheet; none without code, or where the system has no room for them."""
    if code is None:
        return []
    import wasmtime

    try:
        return [CompiledScan(*code, book) for _ in range(count)]
    except wasmtime.WasmtimeError:
        return []

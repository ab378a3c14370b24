"""Places in blocks of bytes in; Arrow text columns, without a Python object for any text, out.

A view is how Arrow and DuckDB hold a text: sixteen bytes, of which four are its length; up to twelve bytes of text
follow, or the first four and where in which block the whole stands. Arrow's C data interface takes them as they are.
"""

import ctypes
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fupin_cli.sheets.words import KEEP, Numbers, Pairs, Words, pairs_of, two_words

if TYPE_CHECKING:
    from arro3.core import RecordBatch, Schema

Views: TypeAlias = NDArray[np.uint64]  # two words each
INLINE = 12  # bytes a view holds itself
_FIRST: Words = np.array([KEEP[min(length, 4)] << np.uint64(32) for length in range(INLINE + 1)], np.uint64)
_REST: Words = np.array([KEEP[max(length - 4, 0)] for length in range(INLINE + 1)], np.uint64)


def pairs(views: Views) -> Pairs:
    """The same memory with one element for each view, which moves faster than two."""
    return views.view(np.complex128).ravel()


def views_of(values: Pairs, start: Numbers, lengths: Numbers, block: int) -> Views:
    """Views of texts that stand in a block.

    Args:
        values: the four bytes before each text and its first twelve.
        start: where each stands in the block.
        lengths: its bytes.
        block: the block's number.
    """
    views = np.empty((start.size, 2), np.uint64)
    words, short = two_words(values), np.minimum(lengths, INLINE)
    np.bitwise_and(words[:, 0], _FIRST[short], out=views[:, 0])
    views[:, 0] |= lengths.view(np.uint64)
    np.bitwise_and(words[:, 1], _REST[short], out=views[:, 1])
    if (far := np.flatnonzero(lengths > INLINE)).size:
        views[far, 1] = np.uint64(block) | (start[far].view(np.uint64) << np.uint64(32))
    return views


def views_of_texts(texts: Sequence[bytes], block: int) -> tuple[Views, bytes]:
    """Views of texts that Python made, and the block they stand in."""
    joined = b"".join((bytes(4), *texts, bytes(16)))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    start = 4 + np.cumsum(lengths) - lengths
    return views_of(pairs_of(joined)[start - 4], start, lengths, block), joined


def record_batch(
    schema: "Schema", numbers: NDArray[np.int32], views: Views, kinds: NDArray[np.uint8], blocks: Sequence[bytes]
) -> "RecordBatch":
    """Rows as Arrow's libraries take them: a column of `numbers`, and of texts and kinds in turn.

    Args:
        schema: of the batch; it may have more columns than there are texts and kinds: they are blank.
        numbers: of each row.
        views: by column and row.
        kinds: likewise; a nought where there is no text.
        blocks: what the views look into.
    """
    from arro3.core import RecordBatch

    return RecordBatch.from_arrow(_Columns(schema, numbers, views, kinds, blocks))


class _Array(ctypes.Structure):
    """ArrowArray of the C data interface."""


_Release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_FIELDS = (
    *("length", "null_count", "offset", "n_buffers", "n_children"),
    *("buffers", "children", "dictionary", "release", "lent"),
)
_Array._fields_ = [(name, ctypes.c_int64) for name in _FIELDS]
_lent: dict[int, object] = {}  # what a consumer still reads from, until it says that it is done
_numbers = count(1)


def _take_back(address: int) -> None:
    array = _Array.from_address(address)
    _lent.pop(array.lent, None)
    array.release = 0


_taken_back = _Release(_take_back)
_RELEASE = ctypes.cast(_taken_back, ctypes.c_void_p).value or 0
_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]


class _Columns:
    """Columns as one struct of the C data interface; to be taken once."""

    def __init__(
        self,
        schema: "Schema",
        numbers: NDArray[np.int32],
        views: Views,
        kinds: NDArray[np.uint8],
        blocks: Sequence[bytes],
    ) -> None:
        self._schema = schema
        width = len(schema) // 2
        valid: NDArray[np.uint8] = np.packbits(kinds != 0, axis=1, bitorder="little")
        blank = np.zeros(16 * numbers.size, np.uint8)
        seen = [np.frombuffer(block, np.uint8) for block in blocks]
        sizes = np.array([block.size for block in seen])
        texts = np.empty((width, 2 + len(seen) + 1), np.int64)  # the addresses of each column's buffers
        texts[:, 0], texts[:, 1] = _addresses(valid, width, blank), _addresses(views, width, blank)
        texts[:, 2:] = [*map(_address, seen), _address(sizes)]
        others = np.zeros((width + 1, 2), np.int64)
        others[:, 1] = [*_addresses(kinds, width, blank), _address(numbers)]
        children = np.zeros((2 * width + 1, len(_FIELDS)), np.int64)
        children[:, _FIELDS.index("length")] = numbers.size
        children[:, _FIELDS.index("release")] = _RELEASE
        children[1::2, _FIELDS.index("null_count")] = -1  # not counted
        for some, buffers in ((children[:1], others[-1:]), (children[1::2], texts), (children[2::2], others[:-1])):
            some[:, _FIELDS.index("n_buffers")] = buffers.shape[1]
            some[:, _FIELDS.index("buffers")] = _addresses(buffers, len(buffers), blank)
        pointers = _addresses(children, len(children), blank)
        none = np.zeros(1, np.int64)
        self._array = _Array(
            length=numbers.size,
            n_buffers=1,
            n_children=len(children),
            buffers=_address(none),
            children=_address(pointers),
            release=_RELEASE,
            lent=next(_numbers),
        )
        _lent[self._array.lent] = (
            numbers, views, kinds, valid, blank, seen, sizes, texts, others, children, pointers, none,
        )  # fmt: skip

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """The capsules of schema and array; they are valid as long as this object is."""
        return self._schema.__arrow_c_schema__(), _new_capsule(ctypes.addressof(self._array), b"arrow_array", None)


def _address(array: NDArray[Any]) -> int:
    address: int = array.__array_interface__["data"][0]
    return address


def _addresses(rows: NDArray[Any], width: int, blank: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The address of each row; of `blank`, where there are fewer than `width` rows."""
    found = np.full(width, _address(blank))
    found[: len(rows)] = _address(rows) + np.arange(len(rows)) * rows.strides[0]
    return found

"""Places in blocks of bytes in; Arrow text columns, without a Python object for any text, out.

A view is how Arrow and DuckDB hold a text: sixteen bytes, of which four are its length; up to twelve bytes of text
follow, or the first four and where in which block the whole stands. Arrow's C data interface takes them as they are.
"""

import ctypes
from collections.abc import Sequence
from itertools import count
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fupin_cli.sheets.words import KEEP, Numbers, Words

Views: TypeAlias = NDArray[np.uint64]  # two words each
INLINE = 12  # bytes a view holds itself


def pairs(views: Views) -> NDArray[np.complex128]:
    """The same memory with one element for each view, which moves faster than two."""
    return views.view(np.complex128).ravel()


def views_of(words: Words, start: Numbers, lengths: Numbers, block: int) -> Views:
    """Views of texts that stand in a block; `words` is the word at each byte of it, `block` its number."""
    views = np.empty((start.size, 2), np.uint64)
    first = words[start]
    short = KEEP[np.minimum(lengths, 8)]
    first &= short
    views[:, 0] = lengths
    views[:, 0] |= first << np.uint64(32)
    views[:, 1] = first >> np.uint64(32)
    longer = np.flatnonzero(lengths > 4)
    if longer.size:
        _fill_second(views, longer, words, start, lengths, block)
    return views


def _fill_second(views: Views, cells: Numbers, words: Words, start: Numbers, lengths: Numbers, block: int) -> None:
    over, at = lengths[cells], start[cells]
    second = words[at + 4] & KEEP[np.minimum(over - 4, 8)]
    far = over > INLINE
    second[far] = np.uint64(block) | (at[far].astype(np.uint64) << np.uint64(32))
    views[cells, 1] = second


def views_of_texts(texts: Sequence[bytes], block: int) -> tuple[Views, bytes]:
    """Views of texts that Python made, and the block they stand in."""
    joined = b"".join(texts) + bytes(16)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    words: Words = np.ndarray((len(joined) - 7,), "<u8", joined, 0, (1,))
    return views_of(words, np.cumsum(lengths) - lengths, lengths, block), joined


class _Schema(ctypes.Structure):
    """ArrowSchema of the C data interface."""


class _Array(ctypes.Structure):
    """ArrowArray of the C data interface."""


_Release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.c_void_p),
    ("dictionary", ctypes.c_void_p),
    ("release", _Release),
    ("private_data", ctypes.c_void_p),
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.c_void_p),
    ("children", ctypes.c_void_p),
    ("dictionary", ctypes.c_void_p),
    ("release", _Release),
    ("private_data", ctypes.c_void_p),
]
_NULLABLE = 2
_lent: dict[int, object] = {}  # what a consumer still reads from, until it says that it is done
_numbers = count(1)


def _take_back_schema(address: int) -> None:
    schema = _Schema.from_address(address)
    _lent.pop(schema.private_data, None)
    schema.release = _Release()


def _take_back_array(address: int) -> None:
    array = _Array.from_address(address)
    _lent.pop(array.private_data, None)
    array.release = _Release()


_schema_returned, _array_returned = _Release(_take_back_schema), _Release(_take_back_array)
_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]


class TextColumn:
    """A column of views as Arrow's libraries take it (`__arrow_c_array__`); to be taken once."""

    def __init__(self, views: Views, valid: NDArray[np.uint8], blocks: "Blocks") -> None:
        self._views, self._valid, self._blocks = views, valid, blocks

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """The capsules of schema and array; they are valid as long as this object is."""
        pointers = self._blocks.pointers(_address(self._valid), _address(self._views))
        lent_schema, lent_array = next(_numbers), next(_numbers)
        self._schema = _Schema(
            format=b"vu", name=b"", flags=_NULLABLE, release=_schema_returned, private_data=lent_schema
        )
        self._array = _Array(
            length=len(self._views),
            null_count=-1,
            n_buffers=len(pointers),
            buffers=ctypes.addressof(pointers),
            release=_array_returned,
            private_data=lent_array,
        )
        _lent[lent_schema], _lent[lent_array] = self._schema, (pointers, self._views, self._valid, self._blocks)
        return (
            _new_capsule(ctypes.addressof(self._schema), b"arrow_schema", None),
            _new_capsule(ctypes.addressof(self._array), b"arrow_array", None),
        )


class Blocks:
    """The blocks that the columns of some rows look into."""

    def __init__(self, blocks: Sequence[NDArray[np.uint8]]) -> None:
        sizes = np.array([block.size for block in blocks], np.int64)
        self._kept: list[NDArray[Any]] = [*blocks, sizes]
        self._addresses = [_address(block) for block in self._kept]
        self._type = ctypes.c_void_p * (2 + len(self._kept))

    def pointers(self, valid: int, views: int) -> "ctypes.Array[ctypes.c_void_p]":
        """The addresses of a column's buffers, in Arrow's order."""
        return self._type(valid, views, *self._addresses)


def _address(array: NDArray[Any]) -> int:
    address: int = array.__array_interface__["data"][0]
    return address

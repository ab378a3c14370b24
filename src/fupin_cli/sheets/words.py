"""Bytes in, eight of them at a time as one number out: what is looked at in XML without a loop over its cells.

A word is eight consecutive bytes, the first of them the lowest. Every function takes arrays and gives arrays.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Words: TypeAlias = NDArray[np.uint64]
Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

Pairs: TypeAlias = NDArray[np.complex128]  # two words each, in one element that moves as a whole

PAD = 64  # bytes of nought behind a block, so that a word near its end can be looked at
_ONES, _HIGH = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_GATHER = np.uint64(0x0102040810204080)  # times it, the lowest bits of all bytes stand together in the highest
_NOUGHTS, _TO_HIGH = np.uint64(0x3030303030303030), np.uint64(0x7676767676767676)
KEEP: Words = np.array([(1 << 8 * count) - 1 for count in range(9)], dtype=np.uint64)  # the first 0 … 8 bytes


def word(text: bytes) -> np.uint64:
    """The word that begins with these bytes; nought behind them."""
    return np.uint64(int.from_bytes(text.ljust(8, b"\0"), "little"))


def words_of(block: bytes) -> Words:
    """The word that begins at each byte of a block. Nothing is copied."""
    return np.ndarray((len(block) - 7,), "<u8", block, 0, (1,))


def pairs_of(block: bytes) -> Pairs:
    """The two words that begin at each byte of a block, as one element: to take both costs no more than one."""
    return np.ndarray((len(block) - 15,), "<c16", block, 0, (1,))


def two_words(pairs: Pairs) -> Words:
    """Both words of each: an array of two columns. Nothing is copied."""
    return pairs.view(np.uint64).reshape(-1, 2)


def begins(words: Words, text: bytes) -> Flags:
    """Whether each word begins with a text of eight bytes or fewer."""
    wanted = word(text)
    found: Flags = (words if len(text) == 8 else words & KEEP[len(text)]) == wanted
    return found


def length_before(words: Words, character: bytes) -> Numbers:
    """How many bytes stand before the first such character; 8 when there is none."""
    other = words ^ (_ONES * np.uint64(character[0]))
    hit = (other - _ONES) & ~other & _HIGH
    return (np.bitwise_count((hit & -hit) - np.uint64(1)) >> 3).astype(np.int64)


def not_digits(words: Words, lengths: Numbers) -> NDArray[np.uint8]:
    """A bit for every one of the first `lengths` (0 … 8) bytes that is no digit, the lowest for the first."""
    value = (words ^ _NOUGHTS) & KEEP[lengths]
    marks = (((value + _TO_HIGH) | value) & _HIGH) >> np.uint64(7)
    return ((marks * _GATHER) >> np.uint64(56)).astype(np.uint8)


def first_words(values: Pairs) -> Words:
    """The first eight bytes of values, given the four bytes before each and its first twelve."""
    words = two_words(values)
    return (words[:, 0] >> np.uint64(32)) | (words[:, 1] << np.uint64(32))


def read_digits(words: Words, lengths: Numbers) -> tuple[Numbers, Flags]:
    """The number that the first `lengths` (0 … 8) bytes write; whether there are any and all are digits.

    Where `lengths` is beyond 8 both mean nothing.
    """
    value = words ^ _NOUGHTS
    value <<= (8 - lengths).view(np.uint64) * np.uint64(8)
    are_digits = ((value + _TO_HIGH) | value) & _HIGH == 0
    are_digits &= lengths > 0
    value = (value * np.uint64(10) + (value >> np.uint64(8))) & np.uint64(0x00FF00FF00FF00FF)
    value = (value * np.uint64(100) + (value >> np.uint64(16))) & np.uint64(0x0000FFFF0000FFFF)
    value = (value * np.uint64(10_000) + (value >> np.uint64(32))) & np.uint64(0xFFFFFFFF)
    return value.view(np.int64), are_digits

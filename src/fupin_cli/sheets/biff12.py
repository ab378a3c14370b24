"""A part of a binary workbook in; its records, and the texts in them, out. Basis: [MS-XLSB] 2.1.4, 2.5.168."""

import struct
from collections.abc import Iterator, Set

_WORD = struct.Struct("<I").unpack_from


def records(part: bytes, wanted: Set[int]) -> Iterator[tuple[int, int, int]]:
    """Number, first byte and end of the content of every record whose number is wanted.

    Raises:
        IndexError: the part breaks off.
    """
    at, size = 0, len(part)
    while at < size:
        number, at = part[at], at + 1
        if number > 127:
            number, at = number & 127 | (part[at] & 127) << 7, at + 1
        length, at = part[at], at + 1
        if length > 127:
            length, at = _length(part, length, at)
        if at + length > size:
            raise IndexError(number)
        if number in wanted:
            yield number, at, at + length
        at += length


def _length(part: bytes, first: int, at: int) -> tuple[int, int]:
    length, shift = first & 127, 7
    while part[at - 1] > 127 and shift < 28:
        length |= (part[at] & 127) << shift
        shift, at = shift + 7, at + 1
    return length, at


def text_at(part: bytes, at: int) -> tuple[str, int]:
    """The text that begins here and where it ends; "" for one that is absent."""
    count = _WORD(part, at)[0]
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(part):
        raise IndexError(at)
    return part[at + 4 : end].decode("utf-16-le", "replace"), end

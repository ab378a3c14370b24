"""The cells of a block of xlsx rows: a record that the scan fills and the texts are read from."""

from collections.abc import Iterator
from enum import IntEnum

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from fupin_cli.sheets.words import Flags, Numbers, Pairs


class UnknownSpellingError(Exception):
    """The XML is written in a way that only a real parser knows."""


def check_utf_8(block: bytes) -> None:
    """Raise UnknownSpellingError when a block of XML is not UTF-8."""
    try:
        block.decode()
    except UnicodeDecodeError as error:
        raise UnknownSpellingError from error


class Type(IntEnum):
    """What a cell's `t` says."""

    NUMBER = 0
    SHARED = 1
    TEXT = 2
    BOOLEAN = 3
    ERROR = 4
    ISO_DATE = 5
    ODD = 6  # a cell for the parser, whatever it says


class Cells(Struct):
    """The cells of a block, in its order; blank ones are left out. One array element each."""

    block: bytes  # PAD noughts behind it
    pairs: Pairs  # the two words at each byte of it
    span: tuple[int, int]  # Excel's numbers of its first row and its last, be they empty or not
    numbers: Numbers  # Excel's number of every row that has cells
    hidden: list[int]  # rows that are hidden
    row: Numbers  # position in `numbers`
    column: Numbers  # from 0
    style: Numbers
    type: NDArray[np.uint8]
    start: Numbers  # of the value
    length: Numbers
    values: Pairs  # the four bytes before each value and its first twelve
    trimmed: Flags  # an inline text without xml:space: blanks around it do not count
    odd_start: Numbers  # where the elements of the odd cells begin …
    odd_end: Numbers  # … and end


def parts_of(cells: Cells, slots: int) -> Iterator[Cells]:
    """The cells in parts of whole rows, rows times columns of each no more than `slots`; without cells, none."""
    if not cells.row.size:
        return
    step = max(1, slots // (int(cells.column.max()) + 1))
    if cells.numbers.size <= step:
        yield cells
        return
    odd = np.append(0, np.cumsum(cells.type == Type.ODD))
    for first in range(0, cells.numbers.size, step):
        begin, end = np.searchsorted(cells.row, (first, first + step)).tolist()
        inside, odd_inside = slice(begin, end), slice(int(odd[begin]), int(odd[end]))
        yield replace(
            cells,
            numbers=cells.numbers[first : first + step],
            row=cells.row[inside] - first,
            odd_start=cells.odd_start[odd_inside],
            odd_end=cells.odd_end[odd_inside],
            **{name: getattr(cells, name)[inside] for name in _BY_CELL},
        )


_BY_CELL = ("column", "style", "type", "start", "length", "values", "trimmed")

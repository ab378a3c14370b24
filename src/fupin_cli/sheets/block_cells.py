"""The cells of a block of xlsx rows: a record that the scan fills and the texts are read from."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from fupin_cli.sheets.words import Flags, Numbers, Words


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


@dataclass(slots=True)
class Cells:
    """The cells of a block, in its order; blank ones are left out. One array element each."""

    block: bytes  # PAD noughts behind it
    words: Words
    numbers: Numbers  # Excel's number of every row of the block
    hidden: list[int]  # those of them that are hidden
    row: Numbers  # position in `numbers`
    column: Numbers  # from 0
    style: Numbers
    type: NDArray[np.uint8]
    start: Numbers  # of the value
    end: Numbers
    trimmed: Flags  # an inline text without xml:space: blanks around it do not count
    odd: Numbers  # positions of cells for the parser …
    odd_start: Numbers  # … and where their elements begin and end
    odd_end: Numbers

"""One sheet as it was read: raw cells in the engine, nothing interpreted."""

from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path

from msgspec import Struct


class Kind(IntEnum):
    """What a cell was in the file, beside its text."""

    BLANK = 0
    TEXT = 1
    NUMBER = 2
    DATE = 3  # a number with a date format; its text is ISO (2016-05-01, or 2016-05-01 08:30:00)
    BOOLEAN = 4  # its text is TRUE or FALSE
    ERROR = 5  # its text is the error, "#N/A"
    UNCOMPUTED = 6  # a formula that was saved without a value; its text is the formula, "=A1+B1"
    PERCENT = 7  # a number with a percent format; its text is what it says, 0.05 is "5%"


class Merge(Struct, frozen=True):
    """A merged range, all four ends inside it."""

    first_row: int  # as Excel shows it, counted from 1
    last_row: int
    first_column: int  # counted from 0
    last_column: int


class Sheet(Struct, frozen=True):
    """A sheet whose cells are the engine table `relation`.

    That table has one row for each row with a cell that is not blank: `r` INTEGER (Excel's row number), and for every
    column i counted from 0 `c{i}` VARCHAR (the cell's text exactly as stored, NULL when blank) and `k{i}` UTINYINT
    (its Kind). A number's text is the shortest that reads back as the same number, without `.0`; one that no double holds
    is a text.
    """

    file: Path
    name: str  # "" for a file without sheets (csv)
    relation: str
    width: int  # columns 0 … width-1 exist
    row_count: int  # rows that are not blank
    last_row: int  # Excel's number of the last of them; 0 for an empty sheet
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    kinds: tuple[
        tuple[int, ...], ...
    ] = ()  # of each column, its cells of every Kind, by that Kind; () when not counted
    # of each column, its distinct texts with the cells of Kind TEXT that say each; None where they are more than 250 or
    # not all such cells were counted; () when none were
    texts: tuple[Mapping[str, int] | None, ...] = ()
    part: str = ""  # of an xlsx: the part of the package its XML is
    own_columns: int = 0  # right of `width`: columns that an earlier annotation wrote, which are not read

    @property
    def filled(self) -> tuple[int, ...]:
        """Of each column, its cells that are not blank; () when they were not counted."""
        return tuple(sum(of_kind[Kind.TEXT :]) for of_kind in self.kinds)

"""What the reader understood of a file: `fupin inspect` shows nothing else."""

from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout

Went = Literal["read", "heading", "left out", "unmapped", "unread", "serial", "outside", "covered"]


class Stray(Struct, frozen=True):
    """Cells that stand outside every table, side by side or below each other."""

    cells: str  # "H3:J5", or "H3"
    text: str  # what the first of them says, masked


class Account(Struct, frozen=True):
    """Where the cells with content of a sheet went, each counted once; a merged range is its one cell."""

    read: int = 0  # in columns of the dictionary
    headings: int = 0  # heading rows, rows that number the columns, labels of a form
    left_out: dict[str, int] = field(default_factory=dict)  # reason of the row → cells
    unmapped: dict[str, int] = field(default_factory=dict)  # where (letter or address) → cells of a heading not known
    unread: int = 0  # under headings that a mapping file says not to read
    serial: int = 0  # in columns 序号: known, and of no use
    outside: int = 0  # in no table
    covered: int = 0  # under a merged cell, where nobody sees them; not part of `total`
    strays: tuple[Stray, ...] = ()  # the first of `outside`

    @property
    def total(self) -> int:
        """Every cell with content, those under merged cells left out."""
        left_out = sum(self.left_out.values()) + sum(self.unmapped.values())
        return self.read + self.headings + left_out + self.unread + self.serial + self.outside


class Row(Struct, frozen=True):
    """One row of a sheet's picture: the masked texts of its cells, and where each went."""

    number: int  # as Excel shows it
    cells: tuple[tuple[str, Went | Literal[""]], ...]  # from column A on; ("", "") is blank
    why: str  # the reason it was left out, "" for none


class SeenTable(Struct, frozen=True):
    """One table, what its unknown headings may mean, and its first row."""

    layout: Layout
    nearest: dict[str, tuple[str, float]]  # letter of an unmapped heading → nearest column, score of 0 … 100
    sample: dict[str, str]  # canonical column → text of the first row, as it may be shown
    keys: tuple[tuple[str, str, str], ...] = ()  # what a mapping file calls a column, where it is, what it is read as
    masked: bool = True  # the sample hides something


class SeenSheet(Struct, frozen=True):
    """One sheet; without tables it is no registry, and is left out whole."""

    sheet: Sheet
    tables: tuple[SeenTable, ...]
    account: Account = Account()
    picture: tuple[Row, ...] = ()  # its first rows, and those around the rows left out; () unless asked for


class Inspection(Struct, frozen=True):
    """One file."""

    file: Path
    sheets: tuple[SeenSheet, ...] = ()
    failed: tuple[str, str] | None = None  # (zh, en): why it could not be read
    skipped: tuple[str, str] | None = None  # (zh, en): why a file of a folder or archive was not read
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en): entries of a mapping file that nothing answered to

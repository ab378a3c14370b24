"""What was understood of a sheet (Layout), and the typed tables in the engine (Tables)."""

from datetime import date
from typing import Literal

from msgspec import Struct, field

from fupin_cli.model.dictionary import Type
from fupin_cli.model.sheet import Kind, Sheet

How = Literal["exact", "normalised", "nearest", "values", "given"]


class Fixed(Struct, frozen=True):
    """One cell whose value holds for every row of a table: a cell of a form, or of a line above the table."""

    row: int  # as Excel shows it
    text: str | None  # the cell's text, or the part that is meant (示例乡 of “乡镇：示例乡”); None when blank
    kind: Kind


class Mapped(Struct, frozen=True):
    """One column of a sheet, or one of its cells, that stands for a canonical column."""

    column: str  # canonical
    index: int  # counted from 0
    letter: str
    heading: str  # as written, levels joined with "-"
    how: How
    score: float = 100.0  # 0 … 100, for `nearest` and `values`
    cell: Fixed | None = None  # the one cell that holds for all rows; None: each row has its own

    @property
    def where(self) -> str:
        """The column's letter, or the address of its only cell: "C", "C5"."""
        return f"{self.letter}{self.cell.row}" if self.cell else self.letter


class LeftOut(Struct, frozen=True):
    """Rows of a sheet that are not rows of its table, and why."""

    first_row: int
    last_row: int
    reason: Literal["title", "heading", "repeated heading", "total", "footer", "note", "band", "template", "outside"]


class Tie(Struct, frozen=True):
    """What makes rows of several tables of one sheet one household, beside their 户编号."""

    name: str  # the same in all tables of one form, or of members spread sideways; unique in a run
    by_row: bool = False  # only rows of the same Excel row belong together
    going_on: str | None = None  # engine table: `r`, a row that goes on with the household of the row `first`


class Layout(Struct, frozen=True):
    """One table found in a sheet."""

    source: int  # the `_source` of its rows; position in `Tables.layouts`
    sheet: Sheet
    kind: str  # "户", "人", "村", or "名单:车辆"
    title: str
    heading_rows: tuple[int, ...]
    first_row: int  # first and last row of the body, as Excel shows them
    last_row: int
    columns: tuple[Mapped, ...]
    unmapped: dict[str, str]  # letter (of a form: address) → heading
    left_out: tuple[LeftOut, ...]
    doubts: tuple[tuple[str, str], ...] = ()  # (zh, en)
    dated: date | None = None  # from the title, the sheet's name or the file's name
    slot: tuple[int, ...] = ()  # a row belongs only where one of these columns is not blank (members spread sideways)
    tie: Tie | None = None
    unread: dict[str, str] = field(default_factory=dict)  # letter → heading that a mapping file says not to read
    explained: tuple[str, ...] = ()  # letters of `unmapped` of which a doubt says why they were not read


class Tables(Struct, frozen=True):
    """The typed tables of a run, in the engine; docs/architecture.md says what columns they have."""

    layouts: tuple[Layout, ...]
    persons: bool  # there is an engine table 人
    households: bool  # there is an engine table 户
    columns: dict[str, dict[str, Type]]  # "户"/"人" → canonical and built-in columns that some layout has
    lists: dict[str, dict[str, Type]] = field(default_factory=dict)  # list name → its columns; engine table 名单_车辆
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en) said at the head of the report
    previous: "Tables | None" = (
        None  # the earlier edition: engine tables 上期_人, 上期_户; sources counted from 0 of its own
    )
    apart: bool = False  # the rows are examples of rules: only those of one `_example` know of each other

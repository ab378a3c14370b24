"""What two datasets differ in, unmasked: the result of `fupin compare`."""

from typing import Literal

from msgspec import Struct, field

from fupin_cli.model.place import Place
from fupin_cli.model.table import Layout

Scalar = float | int | str | None
Side = Literal["left", "right"]
CLASSES = ("only_left", "only_right", "changed", "duplicate_left", "duplicate_right", "moved", "split", "merged", "head_changed", "suspected_same")  # fmt: skip


class Record(Struct, frozen=True):
    """One row of one side."""

    table: str  # 人, 户, 村, or the name of a list
    key: dict[str, str]  # the columns that name it, as the comparison knows them
    place: Place
    values: dict[str, str]  # column → text of the cell as written; blank cells are left out
    household: str | None = None  # 户编号
    person: str | None = None  # name
    village: str | None = None
    township: str | None = None


class CellChange(Struct, frozen=True):
    """One column in which the two rows of a pair differ."""

    left_record: Record
    right_record: Record
    column: str  # canonical, or the heading both sides have when the dictionary does not know it
    left: Scalar  # the value as typed: a number, a date as ISO text, a code's standard value; None: blank
    right: Scalar
    left_text: str | None  # as written
    right_text: str | None
    left_place: Place  # the cell
    right_place: Place


class Duplicate(Struct, frozen=True):
    """Rows of one side with one key."""

    side: Side
    records: tuple[Record, ...]  # two or more, in the order of the file


class Move(Struct, frozen=True):
    """A person who stands in another household now."""

    left: Record
    right: Record
    left_household: Record | None  # None: in no household
    right_household: Record | None


class Regrouping(Struct, frozen=True):
    """A household whose members stand in several (split), or several whose members stand in one (merged)."""

    kind: Literal["split", "merged"]
    left: tuple[Record, ...]  # households: one of a split, two or more of a merger
    right: tuple[Record, ...]
    members: tuple[
        tuple[str, int, int], ...
    ]  # (name, index in `left`, index in `right`) of each member met on both sides


class HeadChange(Struct, frozen=True):
    """A household met on both sides with another 户主."""

    left: Record  # the household
    right: Record
    left_head: Record  # the person
    right_head: Record


class Evidence(Struct, frozen=True):
    """One reason for or against two rows being one person."""

    zh: str  # 姓名读音相同：章/张
    en: str
    weight: float  # in bits: log2 of how much likelier it is seen of one person than of two
    column: str | None = None  # the column it is about, so that a report can mask


class Suspicion(Struct, frozen=True):
    """Two rows with no key in common that are probably one person."""

    left: Record
    right: Record
    score: float  # 0 … 1: probability
    evidence: tuple[Evidence, ...]  # strongest first


class TableComparison(Struct, frozen=True):
    """The rows of one table, paired."""

    table: str
    keys: dict[str, int]  # how pairs were found → how many: {"证件号码": 110, "人编号": 2, "户编号+姓名": 1}
    rows: tuple[int, int]  # on the left, on the right
    same: int  # pairs without a difference
    only_left: tuple[Record, ...]
    only_right: tuple[Record, ...]
    changed: tuple[CellChange, ...]  # cells, those of one pair next to each other
    changed_records: int
    duplicates: tuple[Duplicate, ...]
    compared: tuple[str, ...]  # columns
    columns_only_left: tuple[str, ...] = ()  # not compared, for the other side has no such column
    columns_only_right: tuple[str, ...] = ()


class Comparison(Struct, frozen=True):
    """The whole result of a comparison, unmasked; reports read nothing else."""

    left: str  # the files, as the user named them
    right: str
    tables: tuple[TableComparison, ...]  # the main table first: 人, else 户, else 村, else the list
    layouts: tuple[Layout, ...]  # of both sides, left first
    left_layouts: int  # how many of `layouts` are the left's
    moved: tuple[Move, ...] = ()
    regrouped: tuple[Regrouping, ...] = ()
    head_changed: tuple[HeadChange, ...] = ()
    suspected: tuple[Suspicion, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en)
    failed_files: tuple[tuple[str, str, str], ...] = ()  # (path, zh, en)
    masks: dict[str, str] = field(default_factory=dict)  # column → how it is masked
    tokens: bool = False  # both sides hold tokens instead of numbers and names

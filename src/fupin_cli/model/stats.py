"""Households and persons of a registry counted by its columns (`fupin stats`), and a stated table beside what was counted."""

from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

Known = Literal[
    "",  # read
    "blank",
    "unreadable",
    "absent",  # the row's sheet has no such column, or the person stands in no household
    "unknown",  # a derived column cannot tell
    "alone",  # a household without a member's row, counted by a column of persons
]


class Value(Struct, frozen=True):
    """One value of a column that lines are told apart by."""

    text: str  # "" where there is none
    known: Known = ""


class Dimension(Struct, frozen=True):
    """A column by which is counted."""

    name: str  # 乡, 主要致贫原因, 年龄组
    level: Literal["户", "人"]  # whose column it is; places are the household's
    several: bool = False  # a cell may hold several values, and each is counted


class Count(Struct, frozen=True):
    """How many households and persons; None: the workbook does not tell these."""

    households: int | None
    people: int | None


class Line(Struct, frozen=True):
    """One line of a table: of the first columns by which is counted, as many as it has values."""

    values: tuple[Value, ...]
    count: Count


class Counted(Struct, frozen=True):
    """One table: households and persons by one column, or by several."""

    by: tuple[Dimension, ...]
    lines: tuple[Line, ...]  # those of fewer values are subtotals and stand before what they sum up
    total: Count  # each household and each person once
    values: tuple[tuple[Value, ...], ...] = ()  # of each column, in their order
    ends: tuple[Line, ...] = ()  # of a table by two columns: the lines of the second alone


class LeftOut(Struct, frozen=True):
    """What stands in the files and was not counted."""

    struck: int = 0  # households whose 脱贫属性 is 注销
    emptied: int = 0  # households all of whose members are 自然减少
    gone: int = 0  # persons who are 自然减少
    in_struck: int = 0  # persons who are not, in households that are not counted
    households_unsure: int = 0  # of whom nobody can tell whether they still stand in the registry
    people_unsure: int = 0


class Chosen(Struct, frozen=True):
    """The condition that chose what is counted."""

    text: str
    level: Literal["户", "人"]  # whose condition it is
    out: Count  # where it does not hold
    unsure: Count  # where nobody can tell


class StatedNumber(Struct, frozen=True):
    """One number of a stated table beside what was counted."""

    stated: float | None  # None: nothing stands there, or nothing that can be read
    counted: int | None  # None: the registry has no such line
    text: str = ""  # as written, where it could not be read

    @property
    def differs(self) -> bool:
        """Whether the two are not the same number."""
        return bool(self.text) or (self.stated is not None and self.counted is not None and self.stated != self.counted)


class StatedLine(Struct, frozen=True):
    """One line of a stated table beside the line of the registry that has its name."""

    name: str  # as stated; of a line that is only in the registry, as counted
    row: int | None  # of the stated table; None: it stands only in the registry
    households: StatedNumber
    people: StatedNumber
    found: bool  # whether the registry has it
    made_of: tuple[str, ...] = ()  # the lines of the registry it was taken to mean, when these are several
    known: Known = ""  # of a line that is only in the registry


class StatedDoubt(Struct, frozen=True):
    """What a stated table says against its own figures: a total (VIL011) or a share (VIL012)."""

    rule: Literal["VIL011", "VIL012"]
    cell: str  # C9
    zh: str
    en: str


class Reconciled(Struct, frozen=True):
    """A stated table beside what was counted."""

    file: Path
    sheet: str
    by: Dimension
    lines: tuple[StatedLine, ...]
    total: StatedLine | None  # None: none is stated
    doubts: tuple[StatedDoubt, ...]

    @property
    def differs(self) -> bool:
        """Whether anything does not agree."""
        lines = (*self.lines, *((self.total,) if self.total else ()))
        off = any(
            not line.found or line.row is None or line.households.differs or line.people.differs for line in lines
        )
        return off or bool(self.doubts)


class Stats(Struct, frozen=True):
    """The whole result of `fupin stats`; no person is named in it."""

    files: tuple[Path, ...]
    days: tuple[date, ...]  # the data dates of what was counted, the earliest first
    total: Count
    left_out: LeftOut
    stated_people: bool  # persons were summed from 家庭人口, for there is no table of members
    tables: tuple[Counted, ...]
    chosen: Chosen | None = None
    reconciled: tuple[Reconciled, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en)
    failed_files: tuple[tuple[str, str, str], ...] = ()  # (path, zh, en)

"""A cleaning round (信息清洗轮次) as the ledger knows it."""

from datetime import date
from typing import Literal

from msgspec import Struct, field

Status = Literal["open", "issued", "answered", "confirmed", "rejected", "closed", "reappeared"]
"""待下发, 已下发, 已反馈, 属实待整改, 不属实待复核, 已销号, 销号后再现."""
STATUSES: tuple[Status, ...] = ("open", "issued", "answered", "confirmed", "rejected", "closed", "reappeared")
ANSWER_COLUMNS = ("核实情况", "是否属实", "整改措施", "整改结果", "更正值", "佐证材料", "责任人", "核实人", "核实日期", "备注")  # fmt: skip


class Doubt(Struct, frozen=True):
    """One finding as a round knows it: who, what, and how it stands. Unmasked: sheets sent to villages say so."""

    id: str  # the finding's id: stable, without row and certificate number
    rule: str
    rule_name: str
    severity: str
    household: str | None  # 户编号
    person: str | None  # name
    person_code: str | None  # 人编号
    township: str | None
    village: str | None
    file: str
    sheet: str
    row: int | None  # where it stood when it was last seen
    cells: tuple[str, ...]
    column: str | None
    values: dict[str, str]
    message: str
    basis: str
    fix: str
    status: Status = "open"
    first_round: int = 1
    last_round: int = 1  # the last that saw it in the data
    deadline: date | None = None
    answer: dict[str, str] = field(default_factory=dict)  # the last that was taken


class Event(Struct, frozen=True):
    """One change of a doubt's status."""

    doubt: str
    round: int
    at: str  # ISO moment
    who: str
    before: Status | None
    after: Status
    proof: str  # what shows it: a file and its hash, an audit, an answer


class Standing(Struct, frozen=True):
    """How many doubts one township (or village) has in each state."""

    township: str
    village: str
    counts: dict[Status, int]
    overdue: int


class Taken(Struct, frozen=True):
    """What became of one line of a returned sheet."""

    file: str
    row: int | None
    doubt: str | None
    taken: bool
    zh: str  # why it was not taken, or what is to be said of it; "" when there is nothing to say
    en: str


class RoundFigures(Struct, frozen=True):
    """One round in the burn-down."""

    number: int
    opened: str  # ISO day
    closed: str | None
    deadline: date | None
    found: int  # doubts its audit found
    new: int  # of them never seen before
    reappeared: int  # of them struck off before
    struck_off: int  # doubts struck off while it went on
    left: int  # doubts not struck off when it ended (or now)


class RoundStatus(Struct, frozen=True):
    """How a campaign stands: the result of `fupin round status`."""

    folder: str
    round: int  # the one that is going on
    day: date  # overdue is against this day
    standings: tuple[Standing, ...]  # by township, or by township and village
    total: Standing
    rounds: tuple[RoundFigures, ...]


class Cause(Struct, frozen=True):
    """Why a doubt stands in one of two rounds only."""

    doubt: str
    rule: str
    rule_name: str
    township: str | None
    village: str | None
    household: str | None
    side: Literal["gone", "new"]  # in the earlier round only, or in the later
    cause: Literal["data", "parameter", "rule added", "rule changed", "rule removed", "settings", "not run", "unknown"]
    zh: str  # what exactly
    en: str


class RoundWhy(Struct, frozen=True):
    """What differs between two rounds, by cause: the result of `fupin round why`."""

    first: int
    second: int
    kept: int  # doubts of both
    causes: tuple[Cause, ...]
    moved: tuple[
        tuple[str, str, str], ...
    ]  # (doubt, where it stood, where it stands): the same doubt in another file or sheet
    rejudged: Literal[
        "", "first", "second"
    ]  # the files of which round were judged again; "": neither is there unchanged
    notes: tuple[tuple[str, str], ...] = ()

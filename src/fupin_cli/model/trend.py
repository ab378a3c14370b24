"""A series of editions of one registry: what each has, who came and went between two, and one household's or person's line."""

from datetime import date
from typing import Literal

from msgspec import Struct

from fupin_cli.model.audit import Audit
from fupin_cli.model.place import Place

Level = Literal["户", "人"]
Way = Literal["entered", "left", "returned"]


class Flow(Struct, frozen=True):
    """Households or persons of one edition, and who came and went since the one before.

    For the first edition nobody came or went. A row without its key (户编号 and the head's certificate; a certificate) cannot be followed.
    """

    here: int  # on the books: households or persons that can be followed, each once
    entered: int = 0  # here, and in no edition before
    left: int = 0  # here last time, not now
    returned: int = 0  # here, not last time, but in an edition before that
    unclear: int = 0  # whether they are here, or were last time, cannot be told
    unkeyed: int = 0  # rows on the books that cannot be followed


class Income(Struct, frozen=True):
    """人均纯收入 of the households of one edition, and how it changed since the one before."""

    known: int  # households with an income
    median: float | None = None  # yuan a head
    mean: float | None = None
    compared: int = 0  # households met in both editions with an income above 0 before and one now
    fell_much: int = 0  # by more than the limit
    fell: int = 0
    same: int = 0
    rose: int = 0
    rose_much: int = 0  # by more than the limit
    limit: float | None = None  # share of the earlier income; None: no such parameter is in force
    sharp: int | None = None  # households of which INC009 speaks; None: it did not run


class Edition(Struct, frozen=True):
    """One edition of the registry."""

    name: str  # its day, as reports head its column
    day: date
    files: tuple[str, ...]
    households: Flow
    persons: Flow
    income: Income
    has_persons: bool = True  # some sheet lists persons
    has_households: bool = True  # they can be told apart


class Shift(Struct, frozen=True):
    """Households of two neighbouring editions that went from one value of a column to another."""

    edition: int  # the later one, its position in `Trend.editions`
    column: str
    before: str  # "" blank
    after: str
    households: int


class Passage(Struct, frozen=True):
    """One household or person that came, went or came back."""

    edition: int  # the edition it is new in, or gone from
    level: Level
    way: Way
    household: str | None  # 户编号
    name: str | None  # the person's, of a household its head's; unmasked
    township: str | None
    village: str | None
    last: int  # the edition of `place`: where it stands now, or stood last
    place: Place


class Point(Struct, frozen=True):
    """What one edition says of a household, or of a person and the household he stands in."""

    edition: int
    there: bool  # it has a row here
    household: str | None = None
    head: str | None = None  # unmasked, as the next two
    person: str | None = None
    members: tuple[str, ...] = ()
    relation: str | None = None
    standing: bool | None = None  # 在册
    people: int | None = None  # members on the books
    status: str | None = None  # 脱贫属性, or 户类型 where there is none
    monitored: str | None = None
    income: float | None = None
    township: str | None = None
    village: str | None = None
    place: Place | None = None


class Line(Struct, frozen=True):
    """One household or person through all editions."""

    level: Level
    points: tuple[Point, ...]  # one an edition


class Trend(Struct, frozen=True):
    """The whole series, the earliest edition first; unmasked."""

    editions: tuple[Edition, ...]
    steps: tuple[Audit, ...]  # each edition but the first, judged with the one before it
    shifts: tuple[Shift, ...]
    passages: tuple[Passage, ...]
    lines: tuple[Line, ...] = ()  # asked for by --person or --household
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en)

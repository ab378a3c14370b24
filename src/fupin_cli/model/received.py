"""A list of doubts the level above sent, beside ours: the result of `fupin round receive`."""

from typing import Literal

from msgspec import Struct

from fupin_cli.model.round import Status

Where = Literal["both", "repaired", "only_them", "not_ours", "unclear"]
"""found by both · by both, and struck off or gone since · a household of ours, but no doubt like it · nobody of our data · cannot tell"""


class TheirLine(Struct, frozen=True):
    """One line of their list."""

    file: str
    sheet: str
    row: int
    household: str
    person: str
    words: str  # rule and question as they wrote them


class OurDoubt(Struct, frozen=True):
    """A doubt of ours, as far as it is shown beside theirs."""

    id: str
    rule: str
    household: str
    person: str
    message: str
    status: Status


class Joined(Struct, frozen=True):
    """A line of theirs and what it is."""

    line: TheirLine
    where: Where
    ours: OurDoubt | None  # the likest of ours; None: there is none
    score: float  # how like the words are, 0 to 100; 100 for the same 疑点编号
    by: str  # id | household | person
    zh: str
    en: str


class Received(Struct, frozen=True):
    """The whole result."""

    round: int
    theirs: tuple[Joined, ...]
    only_ours: tuple[OurDoubt, ...]  # waiting doubts no line of theirs speaks of
    notes: tuple[tuple[str, str], ...] = ()
    failed_files: tuple[tuple[str, str, str], ...] = ()

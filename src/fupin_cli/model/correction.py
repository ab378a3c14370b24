"""Corrections that villages gave (更正值), and what became of each: the result of `fupin round apply`."""

from msgspec import Struct

from fupin_cli.model.fix import Cleaned


class Correction(Struct, frozen=True):
    """One 更正值 of an answer that says the doubt is true."""

    doubt: str
    column: str | None  # None: not told, and the doubt is about several
    seen: str | None  # the value that was asked about
    given: str  # what it is to be


class NotApplied(Struct, frozen=True):
    """A correction that was not written, and why."""

    doubt: str
    zh: str
    en: str


class Applied(Struct, frozen=True):
    """The result of a run."""

    round: int
    folder: str
    applied: tuple[str, ...]  # doubts whose cell holds the 更正值 in the copy
    refused: tuple[NotApplied, ...]
    cleaned: Cleaned
    notes: tuple[tuple[str, str], ...] = ()

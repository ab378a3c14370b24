"""Corrections that villages gave (更正值), and what became of each: the result of `fupin round apply`."""

from dataclasses import dataclass

from fupin_cli.model.fix import Cleaned


@dataclass(frozen=True, slots=True)
class Correction:
    """One 更正值 of an answer that says the doubt is true."""

    doubt: str
    column: str | None  # None: not told, and the doubt is about several
    seen: str | None  # the value that was asked about
    given: str  # what it is to be


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A correction that was not written, and why."""

    doubt: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The result of a run."""

    round: int
    folder: str
    applied: tuple[str, ...]  # doubts whose cell holds the 更正值 in the copy
    refused: tuple[NotApplied, ...]
    cleaned: Cleaned
    notes: tuple[tuple[str, str], ...] = ()

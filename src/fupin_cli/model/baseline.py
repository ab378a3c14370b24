"""Findings that somebody has accepted: the lines of a baseline, and what they did to one audit."""

from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct


class Entry(Struct, frozen=True):
    """One finding that is accepted. No identity number stands in it: texts are masked, an id holds none."""

    id: str
    rule: str = ""
    severity: str | None = None
    household: str | None = None  # 户编号
    person: str | None = None  # masked name
    message: str = ""  # masked
    accepted_by: str | None = None  # None: a baseline of version 1 does not say
    reason: str | None = None
    accepted_on: date | None = None
    until: date | None = None  # the last day on which it holds; None: without end
    stable: bool = True  # False: the finding has no 户编号, its id may change with the sheet


class Baseline(Struct, frozen=True):
    """Everything accepted, as the file says."""

    file: Path
    entries: dict[str, Entry]  # by id


class Acceptance(Struct, frozen=True):
    """What a baseline did to the findings of one audit."""

    file: Path
    accepted: tuple[Entry, ...] = ()  # found, and taken out of the findings
    expired: tuple[Entry, ...] = ()  # found, and findings again
    soon: tuple[Entry, ...] = ()  # of `accepted`: those that end before the month after this one does
    gone: tuple[Entry, ...] = ()  # not found any more, though their rules ran
    changed: tuple[Entry, ...] = ()  # of `accepted`: those whose message was another when they were accepted


State = Literal["open", "soon", "expired", "gone"]
STATES: tuple[State, ...] = ("expired", "gone", "soon", "open")  # what asks for something first


class Signature(Struct, frozen=True):
    """Who accepts findings, why, when, and until when."""

    who: str
    why: str
    on: date
    until: date | None = None


class Revised(Struct, frozen=True):
    """A baseline after an audit was held against it."""

    baseline: Baseline  # as it is to be written
    kept: tuple[Entry, ...] = ()  # still found
    changed: tuple[Entry, ...] = ()  # of `kept`: those whose message was another
    dropped: tuple[Entry, ...] = ()  # not found any more
    unchecked: tuple[Entry, ...] = ()  # their rules did not run: kept
    added: tuple[Entry, ...] = ()
    waiting: int = 0  # findings nobody has accepted, left out for want of --add


class Review(Struct, frozen=True):
    """The lines of a baseline, each with how it stands."""

    baseline: Baseline
    states: dict[str, State]  # by id
    audited: bool  # files were given: what is not found is known

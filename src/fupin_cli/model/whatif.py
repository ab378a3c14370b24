"""One registry judged twice: two cases, and every verdict that differs between them."""

from datetime import date

from msgspec import Struct, field

from fupin_cli.model.rule import Outcome, Rule

Given = Outcome | str  # a verdict, or `not run`
NOT_RUN = "not run"


class Case(Struct, frozen=True):
    """One set of parameters: a profile, a day, a region and values, each only where it is given."""

    name: str  # as the user wrote it, or the file's title
    profile: str | None = None
    as_of: date | None = None
    region: str | None = None
    parameters: dict[str, float | str] = field(default_factory=dict)


class Change(Struct, frozen=True):
    """One row on which a rule says something else in the second case."""

    rule: str
    before: Given
    after: Given
    household: str | None  # 户编号
    person: str | None  # name; of a household, its head's
    village: str | None
    township: str | None
    file: str
    sheet: str
    row: int | None
    list: str | None = None  # of lists.yaml, of which the rule is asked


class Township(Struct, frozen=True):
    """Households of a township with a failed rule."""

    name: str  # "" not known
    households: int
    before: int  # that some error or warning is said of, in the first case
    after: int
    gained: int  # only in the second
    lost: int  # only in the first


class WhatIf(Struct, frozen=True):
    """The whole comparison, unmasked."""

    before: Case
    after: Case
    rules: dict[str, Rule]
    changes: tuple[Change, ...]  # by rule, in the order of the files
    counts: dict[
        str, dict[tuple[Given, Given], int]
    ]  # rule → (before, after) → rows; only rules that say something else
    townships: tuple[Township, ...]
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en)

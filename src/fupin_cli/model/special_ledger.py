"""A special ledger (专项台账) as its file says it, and what one run made of it: whom it lists, what is known, what is missing."""

from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from fupin_cli.model.place import Place
from fupin_cli.model.rule import Basis, NotRun

Subject = Literal["户", "人"]
Shown = str | int | float | None  # days are ISO texts; None: nothing is known


class LedgerColumn(Struct, frozen=True):
    """One column of a ledger."""

    heading: str
    column: str = ""  # canonical or derived; "" = left blank, to be filled by hand


class LedgerNeed(Struct, frozen=True):
    """Something a row must say, or it stands under 缺什么."""

    says: str
    says_en: str
    must: str  # expression: FALSE where it is missing
    when: str = ""  # expression: TRUE where it is asked at all
    optional: tuple[str, ...] = ()  # columns read as blank when absent


class SpecialLedger(Struct, frozen=True):
    """A ledger as its file describes it."""

    name: str  # what `fupin ledger` takes
    title: str
    title_en: str
    subject: Subject
    rows: str  # expression: TRUE for the persons or households that stand in it
    columns: tuple[LedgerColumn, ...]
    needed: tuple[LedgerNeed, ...]
    why: str
    basis: Basis
    file: Path
    aliases: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()  # columns of `rows` read as blank when absent
    positions: dict[str, tuple[int, int]] = field(default_factory=dict)  # "rows", "columns/0", "needed/2/must" → place


class LedgerRow(Struct, frozen=True):
    """One person or household."""

    household: str | None  # 户编号
    person: str | None  # name; of a household, its head's
    township: str | None
    village: str | None
    values: tuple[Shown, ...]  # in the order of the ledger's columns
    unread: tuple[int, ...]  # which of `values` are texts that could not be read
    missing: tuple[int, ...]  # which of the ledger's needs are not met
    unsure: tuple[int, ...]  # of which needs nobody can tell
    place: Place


class LedgerTownship(Struct, frozen=True):
    """One township of a ledger."""

    name: str
    rows: int
    lacking: int  # rows with something missing
    unsure: int  # rows of which nobody can tell whether they belong here


class LedgerMade(Struct, frozen=True):
    """A ledger of one registry, unmasked."""

    ledger: SpecialLedger
    rows: tuple[LedgerRow, ...]
    unsure: tuple[LedgerRow, ...]  # of which nobody can tell whether they belong here
    absent: tuple[str, ...]  # columns that no sheet of the registry has, and that cannot be derived
    not_run: tuple[tuple[int, NotRun], ...]  # needs that could not be asked, and why
    townships: tuple[LedgerTownship, ...]
    masks: tuple[str, ...]  # how each column is masked; "" not at all
    notes: tuple[tuple[str, str], ...] = ()
    failed_files: tuple[tuple[str, str, str], ...] = ()  # path, zh, en

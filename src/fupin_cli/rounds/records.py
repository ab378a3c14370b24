"""What a step of a round hands to the ledger: findings, lines handed out, answers, changes."""

from datetime import date
from typing import Any, Literal

from msgspec import Struct, field

from fupin_cli.model.round import Status


class Sighting(Struct, frozen=True):
    """One finding of an audit as the ledger keeps it."""

    doubt: str  # the doubt's id: the finding's, or that of the doubt it is another name of
    found_as: str  # the finding's id
    rule: str
    rule_name: str
    severity: str
    scope: str
    household: str | None
    person: str | None
    person_code: str | None
    certificate: str | None  # first 18 characters
    township: str | None
    village: str | None
    column: str | None
    list: str | None
    stable: bool
    file: str
    sheet: str
    row: int | None
    cells: tuple[str, ...]
    values: dict[str, str]
    message: str
    message_en: str
    basis: str
    fix: str
    fix_en: str


class Issued(Struct, frozen=True):
    """One line of a workbook that was handed out."""

    doubt: str
    file: str
    sha256: str  # of the file
    question: str  # hash of the question's cells, as written in the line


class Answer(Struct, frozen=True):
    """One line that came back."""

    doubt: str
    file: str
    sha256: str  # of the file
    row: int | None
    cells: dict[str, str]  # by ANSWER_COLUMNS, blank ones left out
    verified_on: date | None = None  # 核实日期, where it could be read


class Change(Struct, frozen=True):
    """A doubt's new status and what shows it."""

    doubt: str
    after: Status
    proof: str
    closed_as: Literal["data", "untrue"] = "data"  # of `closed`: what the data proves, or what the county confirmed


class Moment(Struct, frozen=True):
    """Round, time and person of what is written."""

    round: int
    at: str  # ISO
    who: str


class KeyChange(Struct, frozen=True):
    """A 户编号 or 人编号 that was corrected."""

    level: str  # 户 | 人
    old: str
    new: str
    proof: str
    findings: dict[str, str] = field(default_factory=dict)  # id under the new key → the doubt's id


class RuleKept(Struct, frozen=True):
    """A rule of a round's audit."""

    id: str
    hash: str  # of what it judges by
    parameters: dict[str, str]  # name → the value given, or a mark of the sourced values
    not_run: str | None  # why; None: it ran


class RoundOpened(Struct, frozen=True):
    """What a round is opened with."""

    settings: dict[str, Any]
    deadline: date | None
    data_date: date | None
    fupin: str
    sources: dict[str, str]  # path → sha256
    rules: tuple[RuleKept, ...]

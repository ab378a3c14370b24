"""A verdict worth telling: what, where, why, and what to do."""

from datetime import date
from typing import Any

from msgspec import Struct

from fupin_cli.model.place import Place
from fupin_cli.model.rule import Severity


class UsedParameter(Struct, frozen=True):
    """A parameter's value as it stood in a verdict."""

    name: str
    value: float | str
    since: str  # ISO date
    place: str  # name of the region, "全国" for everywhere
    source: str


class Finding(Struct, frozen=True):
    """One fault of one row, cell, column or sheet. Unmasked: a report masks it unless told to reveal."""

    id: str  # stable: rule and hash of household key, person key, column, ordinal; never the row number
    rule: str
    severity: Severity
    scope: str
    places: tuple[Place, ...]  # the subject first
    household: str | None  # 户编号
    person: str | None  # name, unmasked
    village: str | None
    township: str | None
    column: str | None
    list: str | None
    values: dict[str, str]  # column → text of the cell
    message: str
    message_en: str
    basis: str
    fix: str
    fix_en: str
    secrets: dict[str, str]  # unmasked text in message or values → its mask kind
    parameters: tuple[UsedParameter, ...] = ()
    stable: bool = True
    evidence: tuple[dict[str, Any], ...] = ()  # rows of a list that were hit: column → text
    lapsed: date | None = None  # it was accepted until this day, and is a finding again

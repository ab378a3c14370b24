"""All that there is to say of one rule: what it uses of the rule book, for a day and a place, and the SQL it becomes."""

from datetime import date
from typing import Literal

from msgspec import Struct

from fupin_cli.model.dictionary import Column, Derived
from fupin_cli.model.rule import NotRun, Profile, ProfileItem, Rule, Value

Role = Literal["needed", "optional", "derived"]


class ColumnUse(Struct, frozen=True):
    """A column of the registry (or of a list) that a rule reads."""

    column: Column
    role: Role  # "derived": only a derived column asks for it


class ListUse(Struct, frozen=True):
    """A departmental list a rule asks, and the columns of it that it reads."""

    name: str
    aliases: tuple[str, ...]
    columns: tuple[ColumnUse, ...]


class ParameterCall(Struct, frozen=True):
    """A parameter as a rule asks for it: of the row's own day, or of another day and tier."""

    name: str
    day: str = ""  # expression of the rule language; "" = the data date
    tier: str = ""  # text in quotes, or an expression; "" = no tier


class ParameterUse(Struct, frozen=True):
    """What a parameter is on a day at a place."""

    call: ParameterCall
    unit: str
    value: Value | None  # None: cannot tell
    given_by: str  # the profile whose value it is; "" = the rule book's own
    missing: tuple[str, str]  # zh, en: why there is no value; empty where there is one
    others: tuple[Value, ...]  # the values of other days, places and tiers


class Uses(Struct, frozen=True):
    """What the expressions of a rule speak of, derived columns expanded."""

    columns: tuple[ColumnUse, ...] = ()
    derived: tuple[Derived, ...] = ()
    lists: tuple[ListUse, ...] = ()
    parameters: tuple[ParameterCall, ...] = ()


class RulePage(Struct, frozen=True):
    """A rule with everything around it."""

    rule: Rule
    uses: Uses
    day: date
    region: str | None  # region code
    profile: str | None
    parameters: tuple[ParameterUse, ...]
    items: tuple[tuple[Profile, ProfileItem], ...]
    sql: tuple[str, ...]  # statements, over a workbook that has every column and list
    sql_profile: str | None  # the profile they are of: a rule of profiles is none without
    not_run: NotRun | None  # why there is no SQL; None too for reading rules, which become none

"""Profiles side by side: which items each has, and the values of the parameters in which they differ."""

from msgspec import Struct

from fupin_cli.model.rule import Basis, Profile, ProfileItem, Rule


class ProfileRow(Struct, frozen=True):
    """One rule, and the item each profile has for it."""

    rule: Rule
    lists: tuple[str, ...]  # that verify it
    items: tuple[ProfileItem | None, ...]  # one a profile; None: it has no item for this rule


class Standing(Struct, frozen=True):
    """What a parameter is for a profile's day and place."""

    value: float | str
    giver: str  # the profile that gives it; "" = the rule book
    basis: Basis


class ParameterRow(Struct, frozen=True):
    """One parameter, of one tier, and what it is for each profile."""

    name: str
    unit: str
    tier: str
    values: tuple[Standing | None, ...]  # one a profile; None: there is no value, or the profile has no day


class ProfileTable(Struct, frozen=True):
    """Profiles side by side."""

    profiles: tuple[Profile, ...]
    rows: tuple[ProfileRow, ...]  # in the order of the rule book
    parameters: tuple[ParameterRow, ...]  # of one profile: what its day and place decide; of several: what differs
    lines: tuple[tuple[Profile, ...], ...]  # for each profile those it rests on, the nearest first

"""Profiles side by side: which items each has, and the values of the parameters in which they differ."""

from dataclasses import dataclass

from fupin_cli.model.rule import Basis, Profile, ProfileItem, Rule


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One rule, and the item each profile has for it."""

    rule: Rule
    lists: tuple[str, ...]  # that verify it
    items: tuple[ProfileItem | None, ...]  # one a profile; None: it has no item for this rule


@dataclass(frozen=True, slots=True)
class Standing:
    """What a parameter is for a profile's day and place."""

    value: float | str
    giver: str  # the profile that gives it; "" = the rule book
    basis: Basis


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter, of one tier, and what it is for each profile."""

    name: str
    unit: str
    tier: str
    values: tuple[Standing | None, ...]  # one a profile; None: there is no value, or the profile has no day


@dataclass(frozen=True, slots=True)
class ProfileTable:
    """Profiles side by side."""

    profiles: tuple[Profile, ...]
    rows: tuple[ProfileRow, ...]  # in the order of the rule book
    parameters: tuple[ParameterRow, ...]  # of one profile: what its day and place decide; of several: what differs
    lines: tuple[tuple[Profile, ...], ...]  # for each profile those it rests on, the nearest first

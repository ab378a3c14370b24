"""`fupin rules profiles`: names in; the profiles side by side out."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import UsageError
from fupin_cli.jobs.rule_choice import lists_needed
from fupin_cli.model.parameters import value_at
from fupin_cli.model.profile_table import ParameterRow, ProfileRow, ProfileTable, Standing
from fupin_cli.model.rule import Parameter, Profile
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.rules import load_rulebook


def profile_table(names: Sequence[str], rules_dir: Path | None) -> ProfileTable:
    """Return the named profiles, or all of them, side by side.

    Args:
        names: of profiles, in the order wanted; none: all.
        rules_dir: the user's own rule folder.

    Raises:
        UsageError: a name no profile has.
        RuleError: a broken rule file, all faults at once.
    """
    book = load_rulebook(rules_dir)
    profiles = tuple(_named(name, book) for name in dict.fromkeys(names)) or tuple(book.profiles.values())
    return ProfileTable(profiles, _rows(profiles, book), _parameters(profiles, book), _lines(profiles, book))


def _named(name: str, book: RuleBook) -> Profile:
    if name in book.profiles:
        return book.profiles[name]
    near = get_close_matches(name, book.profiles, n=3)
    zh, en = (
        both("是不是 {near}？", "profiles", near=enumerated(near))
        if near
        else both("有：{profiles}。", profiles=enumerated(book.profiles))
    )
    raise UsageError(*both("没有方案“{name}”；{told}", name=name, told=(zh, en)))


def _rows(profiles: Sequence[Profile], book: RuleBook) -> tuple[ProfileRow, ...]:
    items = [{item.rule: item for item in profile.items} for profile in profiles]
    return tuple(
        ProfileRow(rule, lists_needed(rule), tuple(found.get(name) for found in items))
        for name, rule in book.rules.items()
        if any(name in found for found in items)
    )


def _lines(profiles: Sequence[Profile], book: RuleBook) -> tuple[tuple[Profile, ...], ...]:
    lines = []
    for profile in profiles:
        line: list[Profile] = []
        above = profile.extends
        while above is not None:
            line.append(book.profiles[above])
            above = line[-1].extends
        lines.append(tuple(line))
    return tuple(lines)


def _parameters(profiles: Sequence[Profile], book: RuleBook) -> tuple[ParameterRow, ...]:
    rows = []
    for parameter in book.parameters.values():
        for tier in dict.fromkeys(("", *(value.tier for value in parameter.values))):
            values = tuple(_standing(parameter, tier, profile, book) for profile in profiles)
            if _told(values, profiles, parameter, tier):
                rows.append(ParameterRow(parameter.name, parameter.unit, tier, values))
    return tuple(rows)


def _standing(parameter: Parameter, tier: str, profile: Profile, book: RuleBook) -> Standing | None:
    if parameter.name in profile.parameters:
        giver = book.profiles[profile.lent.get(parameter.name, profile.name)]
        return Standing(profile.parameters[parameter.name], giver.name, giver.basis)
    if profile.as_of is None:
        return None
    value = value_at(parameter, profile.as_of, profile.region, tier)
    return Standing(value.value, "", value.basis) if value else None


def _told(values: tuple[Standing | None, ...], profiles: Sequence[Profile], parameter: Parameter, tier: str) -> bool:
    """Tell whether a parameter is worth a row: a profile gives it; or day and place of the profiles decide it."""
    if any(value.giver for value in values if value):
        return tier == "" and (len(profiles) == 1 or len({value.value if value else None for value in values}) > 1)
    if len(profiles) == 1:
        return values[0] is not None and not _everywhere_and_always(parameter, tier)
    dated = [value for value, profile in zip(values, profiles, strict=True) if profile.as_of is not None]
    return len({value.value if value else None for value in dated}) > 1


def _everywhere_and_always(parameter: Parameter, tier: str) -> bool:
    values = [value for value in parameter.values if value.tier == tier]
    return len(values) == 1 and not values[0].place and values[0].until is None

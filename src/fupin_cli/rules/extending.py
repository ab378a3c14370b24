"""Profiles as written and the files of those that extend another in; every profile whole, and what is wrong, out."""

from collections.abc import Iterator
from difflib import get_close_matches

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import Fault
from fupin_cli.model.rule import Profile, ProfileItem
from fupin_cli.rules.yaml_nodes import Document, Sentences


def extended(
    profiles: dict[str, Profile], heirs: dict[str, Document], broken: set[str]
) -> tuple[dict[str, Profile], list[Fault]]:
    """Return every profile with what it takes of the one it extends.

    Its own region, day and parameters go before the other's, its required columns of a level before that level's, its
    item for a rule stands in the place of the other's; what it has besides comes after.

    Args:
        profiles: each as its file says.
        heirs: the files of those that extend another.
        broken: names of files at fault: that such a profile is not there is no fault of its heir.
    """
    whole = {name: one for name, one in profiles.items() if one.extends not in profiles}
    faults = [
        heirs[name].fault(("extends",), _unknown(one.extends, [each for each in profiles if each != name]))
        for name, one in whole.items()
        if one.extends is not None and one.extends not in broken
    ]
    waiting = {name: one for name, one in profiles.items() if name not in whole}
    while ready := [(one, whole[one.extends]) for one in waiting.values() if one.extends in whole]:
        for heir, lender in ready:
            faults += _taken_away_in_vain(heir, lender, heirs[heir.name])
            whole[heir.name] = _joined(heir, lender)
            del waiting[heir.name]
    for name in waiting:
        ring = _ring(name, profiles)
        if ring:
            faults.append(heirs[name].fault(("extends",), _in_a_ring(ring)))
    return {name: whole.get(name, one) for name, one in profiles.items()}, faults


def _joined(heir: Profile, lender: Profile) -> Profile:
    """Return a profile with what the whole one it extends lends it."""
    own = {entry.rule: entry for entry in heir.items}
    lent = {entry.rule: entry for entry in lender.items if entry.rule not in heir.without}
    items = [own.get(rule) or _lent(entry, lender) for rule, entry in lent.items()]
    items += [entry for rule, entry in own.items() if rule not in lent]
    parameters = {name: value for name, value in lender.parameters.items() if name not in heir.parameters}
    return replace(
        heir,
        region=heir.region or lender.region,
        as_of=heir.as_of or lender.as_of,
        items=tuple(items),
        parameters={**parameters, **heir.parameters},
        required={**lender.required, **heir.required},
        unchecked=tuple(dict.fromkeys((*lender.unchecked, *heir.unchecked))),
        lent={name: lender.lent.get(name, lender.name) for name in parameters},
    )


def _lent(entry: ProfileItem, lender: Profile) -> ProfileItem:
    return entry if entry.lender else replace(entry, lender=lender.name)


def _ring(name: str, profiles: dict[str, Profile]) -> list[str]:
    """Return the names that lead from a profile back to it; none when it only hangs on such a ring."""
    line = [name]
    while (above := profiles[line[-1]].extends) is not None and above not in line:
        line.append(above)
    return line if above == name else []


def _unknown(name: str, others: list[str]) -> Sentences:
    near = get_close_matches(name, others, 1)
    if near:
        return both("没有方案“{name}”，是不是“{near}”？", name=name, near=near[0])
    return both("没有方案“{name}”", name=name)


def _in_a_ring(ring: list[str]) -> Sentences:
    if len(ring) == 1:
        return both("方案不能沿用自己")
    way = " → ".join((*ring, ring[0]))
    return both("方案互相沿用：{way}", way=way)


def _taken_away_in_vain(heir: Profile, lender: Profile, document: Document) -> Iterator[Fault]:
    """Yield rules under `without` that the other profile has no item for, or that the profile itself has one for."""
    own = {entry.rule for entry in heir.items}
    there = {entry.rule for entry in lender.items}
    for number, rule in enumerate(heir.without):
        if rule not in there:
            zh, en = both("方案“{name}”没有 {rule} 这一条，不用去掉", name=lender.name, rule=rule)
            yield document.fault(("without", number), (zh, en))
        elif rule in own:
            zh, en = both("{rule} 在 items 里另写了：会代替原来的一条，without 里不用写", rule=rule)
            yield document.fault(("without", number), (zh, en))

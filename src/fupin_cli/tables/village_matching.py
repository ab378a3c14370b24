"""Places of households and villages of sheets in, which belong together out; what may belong to several belongs to none."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct


class Spot(Struct, frozen=True):
    """A village at a time, as far as some rows tell it; every part but the example may be unknown."""

    example: int | None  # of rule examples: which; else None
    county: str | None
    town: str | None
    village: str | None
    day: date | None
    whole: bool = True  # the day stands in a cell; False: the title's or the file's


_FIELDS: tuple[Callable[[Spot], object], ...] = (lambda one: one.county, lambda one: one.town, lambda one: one.day)


def matched(sought: Sequence[Spot], known: Sequence[Spot]) -> tuple[list[int | None], list[bool]]:
    """Return for each spot of households the only village of a sheet it belongs to, and whether it may belong to some.

    Of several the one that agrees in most parts is taken. Spots that disagree on what the village does not say belong
    to none; nor do, of those that disagree on what it says, the ones that do not say the same.
    """
    by_name: dict[tuple[int | None, str | None], list[int]] = defaultdict(list)
    for place, spot in enumerate(known):
        if spot.village is not None:
            by_name[spot.example, spot.village].append(place)
    chosen: list[int | None] = []
    may: list[bool] = []
    for spot in sought:
        fitting = [place for place in by_name.get((spot.example, spot.village), ()) if _fits(spot, known[place])]
        most = max((_agreed(spot, known[place]) for place in fitting), default=0)
        best = [place for place in fitting if _agreed(spot, known[place]) == most]
        chosen.append(best[0] if len(best) == 1 else None)
        may.append(bool(fitting))
    return _of_one_mind(sought, known, chosen), may


def _of_one_mind(sought: Sequence[Spot], known: Sequence[Spot], chosen: Sequence[int | None]) -> list[int | None]:
    """Take back the choice of spots that cannot all be of one village."""
    of_village: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(chosen):
        if place is not None:
            of_village[place].append(number)
    kept = list(chosen)
    for place, numbers in of_village.items():
        for field in _FIELDS:
            told = {field(sought[number]) for number in numbers} - {None}
            if len(told) > 1:
                own = field(known[place])
                for number in numbers:
                    if own is None or field(sought[number]) != own:
                        kept[number] = None
    return kept


def _fits(one: Spot, other: Spot) -> bool:
    """Tell whether nothing speaks against two spots of one name being one: unknown parts agree with any."""
    if any(a is not None and b is not None and a != b for a, b in ((one.county, other.county), (one.town, other.town))):
        return False
    if one.day is None or other.day is None or one.day == other.day:
        return True
    return not (one.whole and other.whole) and one.day.year == other.day.year


def _agreed(one: Spot, other: Spot) -> int:
    return sum(field(one) is not None and field(one) == field(other) for field in _FIELDS)


def own_villages(sought: Sequence[Spot]) -> list[int | None]:
    """Return for each spot the spot that stands for its village: itself, or the only one that says more.

    Spots that may be one and may be two villages have none.
    """
    by_name: dict[tuple[int | None, str | None], list[int]] = defaultdict(list)
    for number, spot in enumerate(sought):
        by_name[spot.example, spot.village].append(number)
    stands: list[int | None] = [None] * len(sought)
    for (_, name), numbers in by_name.items():
        if name is None:
            continue
        first: dict[tuple[object, ...], int] = {}
        for number in numbers:
            first.setdefault(_told(sought[number]), number)
        for number in numbers:
            stands[number] = _standing(_told(sought[number]), first)
    return stands


def _told(spot: Spot) -> tuple[object, ...]:
    return tuple(field(spot) for field in _FIELDS)


def _standing(told: tuple[object, ...], first: dict[tuple[object, ...], int]) -> int | None:
    near = [other for other in first if other != told and _may_be(told, other)]
    if any(not _says_more(other, told) and not _says_more(told, other) for other in near):
        return None
    fuller = [other for other in near if _says_more(other, told)]
    fullest = [one for one in fuller if not any(_says_more(other, one) for other in fuller)]
    if not fullest:
        return first[told]
    return first[fullest[0]] if len(fullest) == 1 else None


def _may_be(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _says_more(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Tell whether `one` says all that `other` says, and more."""
    return one != other and all(b is None or a == b for a, b in zip(one, other, strict=True))

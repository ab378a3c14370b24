"""Places of rows in, the county of each out: its GB/T 2260 code, else its name; days of a county's rows, likewise."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from fupin_cli.tables.place_names import COUNTY_TAIL, by_tail, squeezed
from fupin_cli.values.regions import bare, find_place
from fupin_cli.values.regions import name as region_name

Told = tuple[str | None, str | None, str | None, str | None]  # _place and the texts of 省, 市, 县
_CITY = 4  # digits of a city's code
_COUNTY = 6


def counties_of(told: Iterable[Told]) -> dict[Told, str | None]:
    """Return what tells the county of each place apart from every other; None where it cannot be told."""
    places = list(dict.fromkeys(told))
    names = by_tail({squeezed(county) for *_, county in places} - {""}, COUNTY_TAIL)
    found = {place: _code(place) for place in places}
    codes: dict[str | None, set[str]] = defaultdict(set)
    cities: dict[str | None, set[str]] = defaultdict(set)
    for place, code in found.items():
        if squeezed(place[3]) and code:
            codes[names[squeezed(place[3])]].add(code)
        elif squeezed(place[3]):
            cities[names[squeezed(place[3])]].update({_city(place)} - {""})
    return {
        place: code or (_named(place, names[squeezed(place[3])], codes, cities) if squeezed(place[3]) else None)
        for place, code in found.items()
    }


def _code(place: Told) -> str | None:
    """The code of a place whose names mean one county, or that has no name of a county and lies in one."""
    at, province, city, county = place
    inside = at if at is not None and len(at) == _COUNTY else None
    if not squeezed(county):
        return inside
    code = find_place(province or "", city or "", county or "")
    if code is not None and len(code) == _COUNTY:
        return code
    return inside if inside and bare(region_name(inside) or "") == bare(squeezed(county)) else None


def _named(
    place: Told, county: str | None, codes: dict[str | None, set[str]], cities: dict[str | None, set[str]]
) -> str | None:
    """The name of a county that no code is known of, with its city where several could be meant."""
    if county is None:
        return None
    if codes[county]:
        return next(iter(codes[county])) if len(codes[county]) == 1 and not _city(place) else None
    if not _city(place) and len(cities[county]) > 1:
        return None
    city = _city(place) or next(iter(cities[county]), "")
    return f"{city}/{county}"


def _city(place: Told) -> str:
    return bare(squeezed(place[2]))


def common_days(days: Iterable[tuple[object, date | None]]) -> dict[object, date | None]:
    """Return for each thing the only day that its rows give, None where they give none or several."""
    given: dict[object, set[date]] = defaultdict(set)
    for thing, day in days:
        given[thing].update({day} - {None})  # type: ignore[arg-type]
    return {thing: next(iter(found)) if len(found) == 1 else None for thing, found in given.items()}

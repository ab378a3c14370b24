"""A parameter, a day and a place in; the one value in force out, or a sentence that says what is missing."""

from collections.abc import Iterator
from datetime import date

from fupin_cli.catalogue import both, enumerated
from fupin_cli.model.rule import Parameter, Value
from fupin_cli.values import regions


def value_at(parameter: Parameter, day: date, place: str | None, tier: str = "") -> Value | None:
    """Return the value in force on `day` at `place` for `tier`, or None: cannot tell.

    A value holds where the place begins with the value's; the longest wins, then the one that began last. A place that is known less closely than
    the values differ (no place, or the province of a county with a value of its own) has no sure value.

    Args:
        parameter: its values.
        day: the day asked for; the last day of a value is included.
        place: a region code of 2, 4 or 6 digits, None when it is not known.
        tier: a value with a tier answers only a call that names it; one of the tier "*" answers every call.
    """
    here = place or ""
    in_force = [value for value in parameter.values if _in_force(value, day, parameter) and value.tier in (tier, "*")]
    wide = [value for value in in_force if here.startswith(value.place)]
    if not wide:
        return None
    best = max(wide, key=lambda value: (len(value.place), value.since))
    closer = (value for value in in_force if value.place.startswith(here) and len(value.place) > len(here))
    return None if any(value.value != best.value for value in closer) else best


def _in_force(value: Value, day: date, parameter: Parameter) -> bool:
    if value.until is not None or day < value.since:
        return value.since <= day and value.until is not None and day <= value.until
    later = (other for other in parameter.values if _rivals(value, other) and value.since < other.since <= day)
    return next(later, None) is None  # an open value ends where the next begins


def _rivals(one: Value, other: Value) -> bool:
    return (one.place, one.tier) == (other.place, other.tier)


def claim_the_same_day(one: Value, other: Value) -> bool:
    """Tell whether two values hold for one place and tier on a same day; an open value ends where the next begins."""
    first, second = sorted((one, other), key=lambda value: value.since)
    if first.since == second.since:
        return _rivals(one, other)
    return _rivals(one, other) and first.until is not None and second.since <= first.until


def missing_sentence(
    parameter: Parameter, day: date, place: str | None, *, place_name: tuple[str, str] | None = None, tier: str = ""
) -> tuple[str, str]:
    """Say in Chinese and English which value is missing, which there are, and how to give one.

    Args:
        parameter: the parameter without a value.
        day: the day asked for.
        place: the region code asked for, None when it is not known.
        place_name: what the region is called in both languages, when not by its name in GB/T 2260.
        tier: the tier asked for.
    """
    if place:
        name = regions.name(place) or place
        where_zh, where_en = place_name or (name, name)
    else:
        where_zh, where_en = both("（地区未知）")
    tier_zh, tier_en = both("（{tier}）", tier=tier) if tier else ("", "")
    there_zh, there_en = _what_there_is(parameter, day, place, tier)
    zh, en = both(
        "无法判断：{where} {year} 年没有“{name}”{tier}的值；{there}。",
        where=(where_zh, where_en),
        year=day.year,
        name=parameter.name,
        tier=(tier_zh, tier_en),
        there=(there_zh, there_en),
    )
    return both("{told}可用 --set {name}=数值 给出", told=(zh, en), name=parameter.name)


def _what_there_is(parameter: Parameter, day: date, place: str | None, tier: str) -> tuple[str, str]:
    if not parameter.values:
        return both("没有任何来源给出过数值")
    here = [value for value in parameter.values if (place or "").startswith(value.place)]
    same_tier = [value for value in here if value.tier == tier]
    if any(_in_force(value, day, parameter) for value in same_tier):
        return both("该地区内各地不同，请用 --region 指明到县")
    if same_tier:
        spans = "、".join(_spans(same_tier))
        return both("有 {spans} 的", spans=(spans, spans.replace("、", ", ")))
    tiers = sorted({value.tier for value in here if value.tier})
    if tiers:
        return both("只有分层级的：{tiers}", tiers=enumerated(tiers))
    return both("该地区没有任何年份的")


def _spans(values: list[Value]) -> Iterator[str]:
    for value in sorted(values, key=lambda value: value.since):
        first, last = value.since.year, value.until.year if value.until else None
        if last is None:
            yield f"{first}–"
        else:
            yield str(first) if first == last else f"{first}–{last}"

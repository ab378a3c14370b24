"""A parameter's values → the CASE that picks the one in force on a row."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import cast

from msgspec import Struct
from msgspec.structs import replace
from sqlglot import exp

from fupin_cli.language.needs import ParameterValue
from fupin_cli.language.symbols import Kind
from fupin_cli.language.trees import Tree, either, fill, literal, null

_VAGUE = "STARTS_WITH(:2, COALESCE(:1, '')) AND LENGTH(COALESCE(:1, '')) < :3"  # :1 the row's place, :2 the value's, :3 its length


def parameter_in_force(values: tuple[ParameterValue, ...], day: Tree, place: Tree, tier: Tree | None) -> Tree:
    """Return the CASE that picks a parameter's value for a day, a place and a tier; NULL where none holds.

    The longest place wins. A place known less closely than the values differ has no sure value. A call with a tier is
    answered by values of that tier only, a call without by values without; the tier "*" answers every call.
    """
    kind: Kind = "文本" if any(isinstance(value.value, str) for value in values) else "数字"
    answering = [value for value in values if value.tier == "*" or (value.tier == "") is (tier is None)]
    answering.sort(key=lambda value: (-len(value.place), value.place, value.tier, -value.since.toordinal()))
    asked = _Asked(day, place, tier)
    places = [(prefix, list(group)) for prefix, group in groupby(answering, lambda value: value.place)]
    sure = [asked.sure(prefix, group) for prefix, group in places]
    vague = [asked.vague(prefix, group) for prefix, group in places if prefix]
    if not sure:
        return null(kind)
    found = exp.Coalesce(this=sure[0], expressions=sure[1:]) if len(sure) > 1 else sure[0]
    if vague:
        found = exp.Case(ifs=[exp.If(this=either(vague), true=null(kind))], default=found)
    return exp.Paren(this=found)


class _Asked(Struct, frozen=True):
    """The day, place and tier of a row."""

    day: Tree
    place: Tree
    tier: Tree | None

    def sure(self, prefix: str, values: Sequence[ParameterValue]) -> Tree:
        """Return the value of one place in force on a row that lies in it."""
        found: Tree = exp.Case(ifs=[exp.If(this=self._on_its_day(one), true=literal(one.value)) for one in values])
        if prefix:
            inside = fill("STARTS_WITH(:1, :2)", self.place.copy(), literal(prefix))
            found = exp.Case(ifs=[exp.If(this=inside, true=found)])
        return found

    def vague(self, prefix: str, values: Sequence[ParameterValue]) -> Tree:
        """Return whether a row may lie in a place that has a value on its day."""
        known = fill(_VAGUE, self.place.copy(), literal(prefix), literal(len(prefix)))
        return fill(":1 AND :2", known, either([self._on_its_day(one) for one in _without_gaps(values)]))

    def _on_its_day(self, value: ParameterValue) -> Tree:
        """Return whether a value holds on the row's day, and at the tier that is asked."""
        tests = []
        if value.since > date.min:
            tests.append(fill(":1 >= :2", self.day.copy(), literal(value.since)))
        if value.until is not None:
            tests.append(fill(":1 <= :2", self.day.copy(), literal(value.until)))
        if value.tier not in {"", "*"} and self.tier is not None:
            tests.append(fill(":1 = :2", self.tier.copy(), literal(value.tier)))
        return cast("Tree", exp.and_(*tests, copy=False)) if tests else exp.true()


def _without_gaps(values: Sequence[ParameterValue]) -> list[ParameterValue]:
    """Return values that follow each other day on day as one: what it is does not matter, only when there is one."""
    found: list[ParameterValue] = []
    for value in sorted(values, key=lambda value: (value.tier, value.since)):
        last = found[-1] if found else None
        if last is None or last.tier != value.tier or not _follows(value, last):
            found.append(value)
        elif last.until is not None and (value.until is None or value.until > last.until):
            found[-1] = replace(last, until=value.until)
    return found


def _follows(value: ParameterValue, last: ParameterValue) -> bool:
    return last.until is None or value.since.toordinal() <= last.until.toordinal() + 1

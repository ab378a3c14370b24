"""A parameter's values → the CASE that picks the one in force on a row."""

from datetime import date

from sqlglot import exp

from fupin_cli.language.needs import ParameterValue
from fupin_cli.language.symbols import Kind
from fupin_cli.language.trees import Tree, fill, literal, null


def parameter_in_force(values: tuple[ParameterValue, ...], day: Tree, place: Tree, tier: Tree | None) -> Tree:
    """Return the CASE that picks a parameter's value for a day, a place and a tier; NULL where none holds.

    The longest place wins. A place known less closely than the values differ has no sure value. A call with a tier is
    answered by values of that tier only, a call without by values without; the tier "*" answers every call.
    """
    kind: Kind = "文本" if any(isinstance(value.value, str) for value in values) else "数字"
    answering = [value for value in values if value.tier == "*" or (value.tier == "") is (tier is None)]
    branches: list[exp.If] = []
    for value in (value for value in answering if value.place):
        vague = fill(
            f"STARTS_WITH(:2, COALESCE(:1, '')) AND LENGTH(COALESCE(:1, '')) < {len(value.place)}",
            place.copy(),
            literal(value.place),
        )
        branches.append(_branch([*_in_force(value, day, tier), vague], null(kind)))
    for value in sorted(
        answering, key=lambda value: (-len(value.place), value.place, value.tier, -value.since.toordinal())
    ):
        tests = _in_force(value, day, tier)
        if value.place:
            tests.append(fill("STARTS_WITH(:1, :2)", place.copy(), literal(value.place)))
        branches.append(_branch(tests, literal(value.value)))
    return exp.Paren(this=exp.Case(ifs=branches)) if branches else null(kind)


def _branch(tests: list[Tree], value: Tree) -> exp.If:
    return exp.If(this=exp.and_(*tests, copy=False), true=value)


def _in_force(value: ParameterValue, day: Tree, tier: Tree | None) -> list[Tree]:
    tests = [fill(":1 >= :2", day.copy(), literal(value.since))] if value.since > date.min else [fill("TRUE")]
    if value.until is not None:
        tests.append(fill(":1 <= :2", day.copy(), literal(value.until)))
    if value.tier not in {"", "*"} and tier is not None:
        tests.append(fill(":1 = :2", tier.copy(), literal(value.tier)))
    return tests

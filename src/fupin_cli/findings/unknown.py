"""Unknown verdicts for want of a parameter → one sentence for each value that is missing."""

from datetime import date

from fupin_cli.findings.judged import Judged
from fupin_cli.model.parameters import missing_sentence
from fupin_cli.model.plan import PlannedParameter, PlannedRule
from fupin_cli.values.regions import name

_Asked = tuple[PlannedParameter, list[PlannedRule]]  # a parameter, and rules that ask it


def missing_parameters(judged: Judged) -> tuple[tuple[str, str], ...]:
    """Return, once for each parameter, place, year and tier, which value was missing where a verdict stayed unknown."""
    found: set[tuple[str, int, str | None, str]] = set()
    asked = _without_value(judged)
    answers = judged.engine.rows_of_each([_years_and_places(judged, *each) for each in asked])
    for (parameter, _), rows in zip(asked, answers, strict=True):
        found |= {(parameter.name, int(year), place, parameter.tier) for year, place in rows}
    sentences = []
    for parameter_name, year, place, tier in sorted(found, key=str):
        called = name(place) if place else None
        sentences.append(
            missing_sentence(
                judged.book.parameters[parameter_name],
                date(year, 12, 31),
                place,
                place_name=(called, called) if called else None,
                tier=tier,
            )
        )
    return tuple(sentences)


def _without_value(judged: Judged) -> list[_Asked]:
    """Return the parameters that had no value on some row, with the rules of one table of verdicts that could not tell: nearly none."""
    tables: dict[str, dict[PlannedParameter, list[PlannedRule]]] = {}
    for planned in judged.plan.rules.values():
        if judged.counts[planned.rule.id].unknown:
            for parameter in planned.parameters:
                tables.setdefault(judged.plan.verdicts[planned.rule.id], {}).setdefault(parameter, []).append(planned)
    asked = [list(each.items()) for each in tables.values()]
    answers = judged.engine.rows_of_each([_any_without_value(judged, each) for each in asked])
    return [
        one for each, (row,) in zip(asked, answers, strict=True) for one, lacks in zip(each, row, strict=True) if lacks
    ]


def _any_without_value(judged: Judged, asked: list[_Asked]) -> str:
    """Return SQL of one row, which says of each parameter whether it had no value somewhere: one scan, for they are many."""
    said = ", ".join(f"BOOL_OR(({judged.says(rules, 3)}) AND {_lacks(parameter)})" for parameter, rules in asked)
    return f"SELECT {said}{judged.told([rule for _, rules in asked for rule in rules], 3, said)}"


def _years_and_places(judged: Judged, parameter: PlannedParameter, rules: list[PlannedRule]) -> str:
    said = f"YEAR({parameter.day}), {parameter.place}"
    lacks = _lacks(parameter)
    return f"SELECT DISTINCT {said}{judged.told(rules, 3, f'{said} {lacks}')} WHERE {lacks}"


def _lacks(parameter: PlannedParameter) -> str:
    return f"({parameter.value}) IS NULL AND ({parameter.day}) IS NOT NULL"

"""Unknown verdicts for want of a parameter → one sentence for each value that is missing."""

from datetime import date

from fupin_cli.findings.judged import Judged
from fupin_cli.model.parameters import missing_sentence
from fupin_cli.model.plan import PlannedParameter, PlannedRule
from fupin_cli.values.regions import name


def missing_parameters(judged: Judged) -> tuple[tuple[str, str], ...]:
    """Return, once for each parameter, place, year and tier, which value was missing where a verdict stayed unknown."""
    asked: dict[tuple[str, PlannedParameter], list[PlannedRule]] = {}  # level, parameter → the rules that ask it there
    for planned in judged.plan.rules.values():
        if judged.counts[planned.rule.id].unknown:
            for parameter in planned.parameters:
                asked.setdefault((planned.level, parameter), []).append(planned)
    answers = judged.engine.rows_of_each(
        [_lacking(judged, parameter, rules) for (_, parameter), rules in asked.items()]
    )
    found: set[tuple[str, int, str | None, str]] = {
        (parameter.name, int(year), place, parameter.tier)
        for (_, parameter), rows in zip(asked, answers, strict=True)
        for year, place in rows
    }
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


def _lacking(judged: Judged, parameter: PlannedParameter, rules: list[PlannedRule]) -> str:
    """Return SQL of the years and places of which there is no value, where one of the rules could not tell."""
    asked = f"YEAR({parameter.day}), {parameter.place}"
    lacking = f"({parameter.value}) IS NULL AND ({parameter.day}) IS NOT NULL"
    return f"SELECT DISTINCT {asked}{judged.told(rules, 3, f'{asked} {lacking}')} WHERE {lacking}"

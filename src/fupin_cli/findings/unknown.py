"""Unknown verdicts for want of a parameter → one sentence for each value that is missing."""

from datetime import date

from fupin_cli.findings.judged import Judged
from fupin_cli.model.parameters import missing_sentence
from fupin_cli.values.regions import name


def missing_parameters(judged: Judged) -> tuple[tuple[str, str], ...]:
    """Return, once for each parameter, place, year and tier, which value was missing where a verdict stayed unknown."""
    found: set[tuple[str, int, str | None, str]] = set()
    for planned in judged.plan.rules.values():
        if not judged.counts[planned.rule.id].unknown:
            continue
        for parameter in planned.parameters:
            asked = f"YEAR({parameter.day}), {parameter.place}"
            lacking = f"({parameter.value}) IS NULL AND ({parameter.day}) IS NOT NULL"
            rows = judged.engine.rows(
                f"SELECT DISTINCT {asked}{judged.told(planned, 3, f'{asked} {lacking}')} WHERE {lacking}"
            )
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

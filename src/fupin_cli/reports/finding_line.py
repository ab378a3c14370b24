"""Findings in, each as one line of JSON out: the only place that says what a finding looks like to a script.

The line is put together here, and not by the encoder out of a dict, for what many findings share is then made text only once.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from json import JSONEncoder
from json.encoder import encode_basestring as quoted

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding, UsedParameter
from fupin_cli.model.place import Place
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.words import Lang, Look, finding_fix, finding_message, rule_name

_json = JSONEncoder(ensure_ascii=False).encode


def finding_lines(audit: Audit, look: Look) -> Iterator[str]:
    """Yield the findings as the report has them."""
    for finding in audit.findings:
        yield _line(as_shown(finding, look), audit, look.lang)


def _line(finding: Finding, audit: Audit, lang: Lang) -> str:
    standing = [_standing(place) for place in finding.places]
    places = [f'{{{at}, "role": {_shared(place.role)}}}' for at, place in zip(standing, finding.places, strict=True)]
    evidence = [_row({column: _plain(value) for column, value in row.items()}) for row in finding.evidence]
    until = finding.lapsed.isoformat() if finding.lapsed else None
    return (
        f'{{"id": {quoted(finding.id)}, "rule": {_shared(finding.rule)}, "severity": {_shared(finding.severity)}'
        f', "scope": {_shared(finding.scope)}, {standing[0] if standing else _NOWHERE}'
        f', "household": {_text(finding.household)}, "person": {_text(finding.person)}'
        f', "village": {_shared(finding.village)}, "column": {_shared(finding.column)}, "list": {_shared(finding.list)}'
        f', "places": {_list(places)}'
        f', "values": {_row(finding.values)}, "parameters": {_parameters(finding.parameters)}'
        f', "message": {quoted(finding_message(finding, lang))}, "basis": {_shared(finding.basis)}'
        f', "fix": {_shared(finding_fix(finding, lang))}, "name": {_shared(rule_name(audit.rules.get(finding.rule), lang))}'
        f', "township": {_shared(finding.township)}, "stable": {_TRUTH[finding.stable]}, "accepted_until": {_text(until)}'
        f', "evidence": {_list(evidence)}}}'
    )


_TRUTH = ("false", "true")
_NOWHERE = '"file": null, "sheet": null, "row": null, "cells": []'


def _standing(place: Place) -> str:
    """Return file, sheet, row and cells, without the brackets around them."""
    row = "null" if place.row is None else place.row
    cells = _list([quoted(cell) for cell in place.cells])
    return f'"file": {_shared(str(place.file))}, "sheet": {_shared(place.sheet)}, "row": {row}, "cells": {cells}'


def _list(texts: list[str]) -> str:
    return f"[{', '.join(texts)}]"


def _row(row: Mapping[str, object]) -> str:
    texts = [
        f"{_shared(column)}: {quoted(value) if isinstance(value, str) else _json(value)}"
        for column, value in row.items()
    ]
    return f"{{{', '.join(texts)}}}"


@lru_cache(1024)
def _parameters(parameters: tuple[UsedParameter, ...]) -> str:
    return _json(
        [
            {
                "name": used.name,
                "value": _plain(used.value),
                "from": used.since,
                "place": used.place,
                "source": used.source,
            }
            for used in parameters
        ]
    )


def _text(text: str | None) -> str:
    return "null" if text is None else quoted(text)


_shared = lru_cache(4096)(_text)


def _plain(value: object) -> object:
    """Return a value JSON has: 4000 for 4000.0, text for a date."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)

"""Findings in, each as one line of JSON out: the only place that says what a finding looks like to a script."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from json import JSONEncoder
from typing import Any

from msgspec import Struct, field, to_builtins
from msgspec import json as msgspec_json

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding, UsedParameter
from fupin_cli.model.place import Place
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.words import Lang, Look, finding_fix, finding_message, rule_name

_encode, _spaced = msgspec_json.Encoder().encode, msgspec_json.format


class _Place(Struct):
    file: str
    sheet: str
    row: int | None
    cells: tuple[str, ...]
    role: str


class _Parameter(Struct):
    name: str
    value: object
    since: str = field(name="from")
    place: str
    source: str


class _Line(Struct):
    id: str
    rule: str
    severity: str
    scope: str
    file: str | None
    sheet: str | None
    row: int | None
    cells: tuple[str, ...]
    household: str | None
    person: str | None
    village: str | None
    column: str | None
    list: str | None
    places: tuple[_Place, ...]
    values: Mapping[str, Any]
    parameters: tuple[_Parameter, ...]
    message: str
    basis: str
    fix: str
    name: str
    township: str | None
    stable: bool
    accepted_until: str | None
    evidence: tuple[dict[str, Any], ...]


def finding_lines(audit: Audit, look: Look) -> Iterator[str]:
    """Yield the findings as the report has them."""
    names = {name: rule_name(rule, look.lang) for name, rule in audit.rules.items()}
    for finding in audit.findings:
        yield _text(_line(as_shown(finding, look), names, look.lang))


def _line(finding: Finding, names: Mapping[str, str], lang: Lang) -> _Line:
    places = tuple([_place(place) for place in finding.places])
    first = places[0] if places else _NOWHERE
    return _Line(
        finding.id, finding.rule, finding.severity, finding.scope, first.file, first.sheet, first.row, first.cells,
        finding.household, finding.person, finding.village, finding.column, finding.list, places, finding.values,
        _parameters(finding.parameters), finding_message(finding, lang), finding.basis, finding_fix(finding, lang),
        names.get(finding.rule, ""), finding.township, finding.stable,
        finding.lapsed.isoformat() if finding.lapsed else None,
        tuple([{column: _plain(value) for column, value in row.items()} for row in finding.evidence]),
    )  # fmt: skip


def _text(line: _Line) -> str:
    """Return the line with a blank after each colon and comma, as Python's own encoder writes it."""
    try:
        return _spaced(_encode(line), indent=0).decode()
    except UnicodeEncodeError:  # a file's name that is no UTF-8
        return JSONEncoder(ensure_ascii=False).encode(to_builtins(line))


class _Nowhere(Struct):
    file: None = None
    sheet: None = None
    row: None = None
    cells: tuple[str, ...] = ()


_NOWHERE = _Nowhere()


def _place(place: Place) -> _Place:
    return _Place(str(place.file), place.sheet, place.row, place.cells, place.role)


@lru_cache(1024)
def _parameters(parameters: tuple[UsedParameter, ...]) -> tuple[_Parameter, ...]:
    return tuple(
        [_Parameter(used.name, _plain(used.value), used.since, used.place, used.source) for used in parameters]
    )


def _plain(value: object) -> object:
    """Return a value JSON has: 4000 for 4000.0, text for a date."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)

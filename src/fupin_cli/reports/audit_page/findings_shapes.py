"""A finding as it is shown → its shape, which many findings share, and the texts that are its own.

A text is told as parts: a string stands for itself, a number from 0 on for a slot, a negative one for a text of the subject.
The parts together are the text again, whatever the pattern made of it.
"""

import re
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from fupin_cli.model.finding import Finding
from fupin_cli.model.place import Place
from fupin_cli.model.rule import Rule
from fupin_cli.reports.summary import standards
from fupin_cli.reports.words import Lang, finding_fix, finding_message

HOUSEHOLD, PERSON, VILLAGE, TOWNSHIP = -1, -2, -3, -4
_FIELD = re.compile(r"\{[^{}]+\}")
_VARYING = re.compile(
    r"“([^”]*)”|([0-9]+(?:\.[0-9]+)?)"
)  # what differs from finding to finding in a text of no pattern
Parts = tuple[str | int, ...]
Shape = tuple[Any, ...]
Thing = TypeVar("Thing")


class Names(Struct, Generic[Thing]):
    """Texts that stand once in the page and are told by number."""

    known: dict[Thing, int] = field(default_factory=dict)

    def number(self, thing: Thing) -> int:
        """Return the number of a thing, a new one when it was not met before."""
        return self.known.setdefault(thing, len(self.known))


class Slots(Struct):
    """The texts of one finding that are its own, in the order of its shape."""

    subject: dict[str, int]  # text of the subject → its number
    texts: list[str] = field(default_factory=list)
    columns: dict[str, tuple[str, int]] = field(default_factory=dict)  # column → its text, where that stands

    def add(self, text: str) -> int:
        """Return where a text stands: with the subject, else in a new slot."""
        if text in self.subject:
            return self.subject[text]
        self.texts.append(text)
        return len(self.texts) - 1

    def value(self, column: str, text: str) -> int:
        """Return where the value of a column stands; a message that quotes it finds it there."""
        where = self.add(text)
        self.columns[column] = (text, where)
        return where

    def quoted(self, column: str, text: str) -> int:
        """Return where a text stands that a message says of a column."""
        known = self.columns.get(column)
        return known[1] if known and known[0] == text else self.add(text)


class Shapes(Struct):
    """What takes findings apart; `texts` and `places` are what their shapes speak of by number."""

    lang: Lang
    rules: dict[str, Rule]
    texts: Names[str] = field(default_factory=Names)
    places: Names[tuple[Path, str]] = field(default_factory=Names)  # (file, sheet)
    patterns: dict[str, tuple[re.Pattern[str], list[str]]] = field(default_factory=dict)

    def take_apart(self, finding: Finding) -> tuple[Shape, list[str]]:
        """Return the shape of a finding and the texts for its slots."""
        whose = (finding.township, finding.village, finding.person, finding.household)
        subject = {text: who for text, who in zip(whose, (TOWNSHIP, VILLAGE, PERSON, HOUSEHOLD), strict=True) if text}
        slots = Slots(subject)
        number = self.texts.number
        first = finding.places[0] if finding.places else None
        values = tuple((number(column), slots.value(column, text)) for column, text in finding.values.items())
        evidence = tuple(
            tuple((number(column), slots.add("" if value is None else str(value))) for column, value in row.items())
            for row in finding.evidence
        )
        shape = (
            number(finding.rule),
            number(finding.severity),
            number(finding.scope),
            int(finding.stable),
            number(finding.column or ""),
            number(finding.list or ""),
            self._cells(first, slots) if first else "",
            self._message(finding, slots),
            number(finding_fix(finding, self.lang)),
            number(finding.basis),
            tuple(number(standard) for standard in standards(finding.parameters, self.lang)),
            values,
            evidence,
            tuple(self._place(place, first, slots) for place in finding.places[1:]),
        )
        return shape, slots.texts

    def _cells(self, place: Place, slots: Slots) -> str | int:
        """The letters alone where every cell stands in the place's row, else a slot."""
        if place.row is not None:
            row = str(place.row)
            letters = [cell.removesuffix(row) for cell in place.cells]
            if all(part.isalpha() and part + row == cell for part, cell in zip(letters, place.cells, strict=True)):
                return ",".join(letters)
        return slots.add(", ".join(place.cells)) if place.cells else ""

    def _place(self, place: Place, first: Place | None, slots: Slots) -> tuple[Any, ...]:
        """Sheet, role, row (as a step from the first place's where it has one) and cells."""
        row: int | None = None
        near = first is not None and first.row is not None
        if place.row is not None:
            row = slots.add(str(place.row - first.row if near and first is not None and first.row else place.row))
        sheet = self.places.number((place.file, place.sheet))
        return (sheet, self.texts.number(place.role), row, int(near), self._cells(place, slots))

    def _message(self, finding: Finding, slots: Slots) -> Parts:
        written = finding.message_en or finding.message if self.lang == "en" else finding.message
        pattern = self.patterns.get(finding.rule)
        if pattern is None:
            pattern = self.patterns[finding.rule] = _pattern(self.rules.get(finding.rule), self.lang)
        match = pattern[0].fullmatch(written)
        if match:
            spans = [(match.span(group + 1), column) for group, column in enumerate(pattern[1])]
        else:
            spans = [(found.span(1 if found[1] is not None else 2), "") for found in _VARYING.finditer(written)]
        parts = _parts(written, spans, slots)
        after = finding_message(finding, self.lang).removeprefix(written)
        return (*parts, after) if after else parts


def _pattern(rule: Rule | None, lang: Lang) -> tuple[re.Pattern[str], list[str]]:
    """Return what the messages of a rule look like and the columns they quote; nothing matches for an unknown rule."""
    message = "" if rule is None else (rule.message_en or rule.message if lang == "en" else rule.message)
    if not message:
        return re.compile(r"(?!)"), []
    fixed = [re.escape(part) for part in _FIELD.split(message)]
    return re.compile("(.*?)".join(fixed), re.DOTALL), [name[1:-1] for name in _FIELD.findall(message)]


def _parts(text: str, spans: list[tuple[tuple[int, int], str]], slots: Slots) -> Parts:
    """Cut the spans out of a text; what stands in them goes to slots."""
    parts: list[str | int] = []
    at = 0
    for (start, end), column in spans:
        if start > at:
            parts.append(text[at:start])
        parts.append(slots.quoted(column, text[start:end]))
        at = end
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)

"""The findings of an Audit → the text a page carries them in: masked, in columns, deflated, for findings.js to take out again."""

import base64
import json
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.audit_page.findings_columns import SECTION, encoded, numbers, steps, texts
from fupin_cli.reports.audit_page.findings_shapes import Names, Shape, Shapes
from fupin_cli.reports.audit_page.findings_words import broken_word, findings_words
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.summary import file_names, ordered
from fupin_cli.reports.words import Lang, Look, rule_name, severity_word, theme_word

_SCRIPTS = (
    "inflate",
    "rows",
    "filter",
    "table",
    "detail",
    "paper",
    "pick",
)  # findings_….js, in this order, then findings.js
_PIECE = 1 << 20  # bytes of base64 handed on at a time


def script(lang: Lang) -> str:
    """Return the script of the list, whole; it does nothing on a page without `#findings` and the island."""
    names = [*(f"findings_{part}.js" for part in _SCRIPTS), "findings.js"]
    broken = json.dumps(broken_word(lang))
    return f"(function () {{\n'use strict';\nconst BROKEN = {broken};\n" + "\n".join(map(_asset, names)) + "\n}());\n"


def style() -> str:
    """Return the style sheet of the list; it uses the variables of page.css."""
    return _asset("findings.css")


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def island(audit: Audit, look: Look) -> Iterator[str]:
    """Give the body of `<script type="application/octet-stream" id="findings-data">`, piece by piece: base64 of deflate.

    Nothing is left out, and nothing is in it that `masked.as_shown` does not show.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    packed = bytearray()
    for number, section in enumerate(_sections(audit, look)):
        packed += packer.compress(encoded((SECTION if number else "") + section))
    packed += packer.flush()
    step = _PIECE // 4 * 3
    for start in range(0, len(packed), step):
        yield base64.b64encode(packed[start : start + step]).decode("ascii")


def _sections(audit: Audit, look: Look) -> Iterator[str]:
    """Give the heading, as JSON, and the columns: of the findings, of their subjects, of each shape's slots."""
    shapes = Shapes(look.lang, audit.rules)
    subjects: Names[tuple[Any, ...]] = Names()
    met: Names[Shape] = Names()
    ids: list[str] = []
    of_subject: list[int] = []
    of_shape: list[int] = []
    slots: list[list[list[str]]] = []
    for rule, group in _by_place(audit):
        finding = as_shown(group, look)
        shape, own = shapes.take_apart(finding)
        number = met.number(shape)
        if number == len(slots):
            slots.append([])
        slots[number].append(own)
        after = finding.id.removeprefix(f"{rule}-")
        ids.append(after if after != finding.id else f"={after}")
        of_subject.append(subjects.number(_subject(finding, shapes)))
        of_shape.append(number)
    yield json.dumps(_heading(audit, look, shapes, met, slots), ensure_ascii=False, separators=(",", ":"))
    yield texts(ids)
    yield numbers(steps(of_subject))
    yield numbers(of_shape)
    whose = list(zip(*subjects.known, strict=True)) or [()] * 6
    yield numbers(whose[0])
    yield numbers(steps(whose[1]))
    yield texts(whose[2])
    yield texts(whose[3])
    yield numbers(whose[4])
    yield numbers(whose[5])
    for rows in slots:
        for column in zip(*rows, strict=True):
            yield texts(column)


def _by_place(audit: Audit) -> list[tuple[str, Finding]]:
    """Findings of one row stand together, in the order of the sheets: neighbours say much the same."""
    places: dict[Any, int] = {}

    def where(finding: Finding) -> tuple[int, int]:
        if not finding.places:
            return (len(audit.findings), 0)
        first = finding.places[0]
        return (places.setdefault((first.file, first.sheet), len(places)), first.row or 0)

    listed = [(rule, finding) for rule, group in ordered(audit.findings) for finding in group]
    return sorted(listed, key=lambda told: where(told[1]))


def _subject(finding: Finding, shapes: Shapes) -> tuple[Any, ...]:
    """Sheet, row, household, person, village, township; 0 is none for a number, row 0 no row."""
    first = finding.places[0] if finding.places else None
    return (
        shapes.places.number((first.file, first.sheet)) + 1 if first else 0,
        first.row or 0 if first else 0,
        finding.household or "",
        finding.person or "",
        shapes.texts.number(finding.village or ""),
        shapes.texts.number(finding.township or ""),
    )


def _heading(
    audit: Audit, look: Look, shapes: Shapes, met: Names[Shape], slots: list[list[list[str]]]
) -> dict[str, Any]:
    lang = look.lang
    names = file_names(audit)
    themes = dict.fromkeys(rule[:3] for rule, _ in ordered(audit.findings))
    return {
        "words": findings_words(audit, look),
        "severities": [[severity, severity_word(severity, lang)] for severity in SEVERITIES],
        "themes": [[theme, theme_word(theme, lang)] for theme in themes],
        "rules": [[rule, rule_name(audit.rules.get(rule), lang)] for rule, _ in ordered(audit.findings)],
        "places": [[names[file], sheet] for file, sheet in shapes.places.known],
        "texts": list(shapes.texts.known),
        "shapes": list(met.known),
        "counts": [[len(rows), len(rows[0])] for rows in slots],
    }

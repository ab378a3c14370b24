"""An Audit and one workbook of it in; everything that is to be written into the workbook's annotated copy out.

Unmasked: a copy of the registry holds the registry itself, and its sheet of findings says so.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.table import Layout
from fupin_cli.reports.annotation_cells import MOST_NOTES, WIDTH, Page, Written, written_in
from fupin_cli.reports.annotation_marks import Told, marks_of
from fupin_cli.reports.annotation_sheet import HEADING, MOST_ROWS, findings_sheet
from fupin_cli.reports.annotation_words import said
from fupin_cli.reports.summary import ordered
from fupin_cli.reports.words import Lang
from fupin_cli.workbooks import AddedSheet, NewCell, free_name


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the copy of one workbook gets."""

    cells: dict[str, dict[int, dict[int, NewCell]]]  # name of a sheet → row → column counted from 0
    widths: dict[str, dict[int, float]]  # name of a sheet → column counted from 0 → characters
    added: AddedSheet
    findings: int


def annotation_of(audit: Audit, file: Path, names: Mapping[str, str], taken: Collection[str], lang: Lang) -> Annotation:
    """Return what is told of one workbook.

    Args:
        audit: of all files of the run.
        file: as its layouts name it.
        names: name of a sheet as it was read → its name in the copy, where that is another.
        taken: names of all sheets of the copy.
        lang: of names and messages.
    """
    layouts = [layout for layout in audit.layouts if layout.sheet.file == file]
    found = [finding for _, group in ordered(audit.findings) for finding in group if stands_in(finding, file)]
    told = [Told(number, finding) for number, finding in enumerate(found)]
    beside = [
        one for one in audit.findings if not stands_in(one, file) and any(place.file == file for place in one.places)
    ]
    listed = free_name(said("findings_sheet", lang), taken)
    page = Page(file, audit.rules, lang, listed, HEADING + 1, min(len(told), MOST_ROWS), dict(names))
    marks = marks_of(told, beside, file, layouts)
    written = {name: written_in(marks[name], _of(layouts, name), page) for name in marks}
    added = findings_sheet(audit, told, page, _per_sheet(found, marks, names), _fewer(written, page))
    return Annotation(
        {name: one.cells for name, one in written.items() if one.cells},
        {name: {one.opinions: WIDTH} for name, one in written.items() if one.opinions is not None},
        added,
        len(told),
    )


def stands_in(finding: Finding, file: Path) -> bool:
    """Tell whether a finding is about a workbook: its subject stands there, or that has no row and something of it does."""
    if not finding.places:
        return False
    first = finding.places[0]
    return first.file == file or (
        first.row is None and not first.cells and any(one.file == file for one in finding.places)
    )


def _of(layouts: Sequence[Layout], name: str) -> list[Layout]:
    return [layout for layout in layouts if layout.sheet.name == name]


def _per_sheet(found: Sequence[Finding], sheets: Collection[str], names: Mapping[str, str]) -> Counter[str]:
    """Count the findings of each sheet that was audited, also where there are none."""
    counted = Counter({names.get(name, name): 0 for name in sheets})
    for finding in found:
        name = finding.places[0].sheet
        if name in sheets:
            counted[names.get(name, name)] += 1
    return counted


def _fewer(written: Mapping[str, Written], page: Page) -> list[str]:
    """Say in which sheets not every coloured cell has a comment."""
    return [
        said(
            "fewer_notes", page.lang, sheet=page.names.get(name, name), n=MOST_NOTES, column=said("opinions", page.lang)
        )
        for name, one in written.items()
        if one.unnoted
    ]

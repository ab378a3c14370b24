"""An Audit and one workbook of it in; everything that is to be written into the workbook's annotated copy out.

Unmasked: a copy of the registry holds the registry itself, and its sheet of findings says so.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.table import Layout
from fupin_cli.reports.annotation_cells import MOST_NOTES, WIDTH, Page, Written, written_in
from fupin_cli.reports.annotation_marks import Told, marks_of
from fupin_cli.reports.annotation_sheet import HEADING, MOST_ROWS, findings_sheet
from fupin_cli.reports.annotation_words import said
from fupin_cli.reports.summary import file_names, ordered
from fupin_cli.reports.words import Lang
from fupin_cli.workbooks import AddedSheet, NewCell, free_name


class Annotation(Struct, frozen=True):
    """What the copy of one workbook gets."""

    cells: dict[str, dict[int, dict[int, NewCell]]]  # name of a sheet → row → column counted from 0
    widths: dict[str, dict[int, float]]  # name of a sheet → column counted from 0 → characters
    added: AddedSheet
    findings: int


class Annotations:
    """Of an audit, what is told of each of its workbooks; its findings are looked through once, however many there are."""

    def __init__(self, audit: Audit, lang: Lang) -> None:
        self._audit, self._lang = audit, lang
        self._names = file_names(audit)
        self._layouts: dict[Path, list[Layout]] = {}
        for layout in audit.layouts:
            self._layouts.setdefault(layout.sheet.file, []).append(layout)
        self._own: dict[Path, list[Finding]] = {}
        self._beside: dict[Path, list[Finding]] = {}
        for finding in (finding for _, group in ordered(audit.findings) for finding in group):
            files, owners = {place.file for place in finding.places}, owners_of(finding)
            for file in owners:
                self._own.setdefault(file, []).append(finding)
            for file in files - owners:
                self._beside.setdefault(file, []).append(finding)

    def of(self, file: Path, names: Mapping[str, str], taken: Collection[str]) -> Annotation:
        """Return what is told of one workbook.

        Args:
            file: as its layouts name it.
            names: name of a sheet as it was read → its name in the copy, where that is another.
            taken: names of all sheets of the copy.
        """
        found, layouts = self._own.get(file, []), self._layouts.get(file, [])
        told = [Told(number, finding) for number, finding in enumerate(found)]
        listed = free_name(said("findings_sheet", self._lang), taken)
        kept = min(len(told), MOST_ROWS)
        page = Page(file, self._audit.rules, self._lang, listed, HEADING + 1, kept, dict(names))
        marks = marks_of(told, self._beside.get(file, ()), file, layouts)
        written = {
            name: written_in(marks[name], [one for one in layouts if one.sheet.name == name], page) for name in marks
        }
        more = [*_per_sheet(found, marks, page), *_fewer(written, page)]
        return Annotation(
            {name: one.cells for name, one in written.items() if one.cells},
            {name: {one.opinions: WIDTH} for name, one in written.items() if one.opinions is not None},
            findings_sheet(told, page, self._audit.as_of, self._names, more),
            len(told),
        )


def owners_of(finding: Finding) -> set[Path]:
    """Return the workbooks a finding is about: that of its subject, or all it has a place in where that is no row."""
    if not finding.places:
        return set()
    first = finding.places[0]
    if first.row is None and not first.cells:
        return {place.file for place in finding.places}
    return {first.file}


def _per_sheet(found: Sequence[Finding], sheets: Collection[str], page: Page) -> list[str]:
    """Say how many findings each sheet has that was audited, also where there are none."""
    counted = Counter(
        next((place.sheet for place in finding.places if place.file == page.file), "") for finding in found
    )
    return [said("per_sheet", page.lang, sheet=page.names.get(name, name), n=counted[name]) for name in sheets]


def _fewer(written: Mapping[str, Written], page: Page) -> list[str]:
    """Say in which sheets not every coloured cell has a comment."""
    return [
        said(
            "fewer_notes", page.lang, sheet=page.names.get(name, name), n=MOST_NOTES, column=said("opinions", page.lang)
        )
        for name, one in written.items()
        if one.unnoted
    ]

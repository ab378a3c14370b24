"""Findings and one workbook in; which of its cells are faulty, which belong to a finding beside, and what stands in each row, out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from fupin_cli.model.finding import Finding
from fupin_cli.model.place import Place, column_index
from fupin_cli.model.sheet import Merge
from fupin_cli.model.table import Layout

At = tuple[int, int]  # Excel's row, column counted from 0
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
_WHO = ("姓名", "户主姓名", "户编号", "人编号")  # columns whose cell stands for its row


class Told(Struct, frozen=True):
    """A finding with its place in the sheet of findings."""

    number: int  # counted from 0, the worst first
    finding: Finding


class Mark(Struct):
    """What is told at one cell."""

    subjects: list[tuple[Told, str]] = field(default_factory=list)  # what the cell stands for: cell, row or column
    related: list[Finding] = field(default_factory=list)  # whose subject stands elsewhere


class SheetMarks(Struct):
    """What is told in one sheet."""

    cells: dict[At, Mark] = field(default_factory=dict)
    rows: dict[int, list[Told]] = field(default_factory=dict)  # Excel's row → findings whose subject it is


def marks_of(
    told: Iterable[Told], beside: Iterable[Finding], file: Path, layouts: Sequence[Layout]
) -> dict[str, SheetMarks]:
    """Return the marks of each sheet of a workbook that has a table, in the order of the sheets.

    Args:
        told: the findings of this workbook, the worst first.
        beside: findings of other workbooks that have a place in this one.
        file: the workbook.
        layouts: its tables.
    """
    marks = {layout.sheet.name: SheetMarks() for layout in layouts}
    heads = _Heads(layouts)
    findings = list(told)
    for one in findings:
        for place in one.finding.places:
            if place.file == file and place.role == "subject" and place.sheet in marks:
                _tell(marks[place.sheet], one, place, heads)
        first = _own_row(one.finding, file)
        if first is not None and first.sheet in marks and first.row is not None:
            marks[first.sheet].rows.setdefault(first.row, []).append(one)
    for finding in (*(one.finding for one in findings), *beside):
        _relate(marks, finding, file)
    for name, merges in heads.merges.items():
        _to_anchors(marks[name], merges)
    return marks


def _own_row(finding: Finding, file: Path) -> Place | None:
    """Return the place whose row a finding is about: its first one, or the one cell of a finding about a column."""
    subjects = (place for place in finding.places if place.role == "subject" and place.file == file)
    return next((place for place in subjects if place.row is not None), None)


def _tell(marks: SheetMarks, told: Told, place: Place, heads: "_Heads") -> None:
    """Put a finding to the cells of one of its places; of a row without cells to the one that names it."""
    spots = [(at, "cell") for at in positions(place.cells)]
    if not spots and place.row is not None:
        column = heads.who(place.sheet, place.row)
        spots = [((place.row, column), "row")] if column is not None else []
    elif not spots and told.finding.column is not None and not any(one.cells for one in told.finding.places):
        spots = [(at, "column") for at in heads.of(place.sheet, told.finding.column)]
    for at, what in spots:
        subjects = marks.cells.setdefault(at, Mark()).subjects
        if not subjects or subjects[-1][0] is not told:
            subjects.append((told, what))


def _relate(marks: Mapping[str, SheetMarks], finding: Finding, file: Path) -> None:
    """Put a finding to the cells it is about beside its subject, where they have not their own of the same rule."""
    for place in finding.places:
        if place.role == "subject" or place.file != file or place.sheet not in marks:
            continue
        cells = marks[place.sheet].cells
        for at in positions(place.cells):
            mark = cells.setdefault(at, Mark())
            if all(one.finding.rule != finding.rule for one, _ in mark.subjects) and all(
                one is not finding for one in mark.related[-1:]
            ):
                mark.related.append(finding)


def positions(cells: Iterable[str]) -> list[At]:
    """Return the row and column of each address."""
    found = (_ADDRESS.fullmatch(cell) for cell in cells)
    return [(int(one[2]), column_index(one[1])) for one in found if one]


def _to_anchors(marks: SheetMarks, merges: Sequence[Merge]) -> None:
    """Move what is told at a cell under a merged range to the one cell of the range that is seen."""
    by_row: dict[int, list[int]] = {}
    for row, column in marks.cells:
        by_row.setdefault(row, []).append(column)
    for merge in merges:
        for row in range(merge.first_row, merge.last_row + 1) if by_row else ():
            for column in by_row.get(row, ()):
                if merge.first_column <= column <= merge.last_column:
                    _move(marks.cells, (row, column), (merge.first_row, merge.first_column))


def _move(cells: dict[At, Mark], at: At, anchor: At) -> None:
    if at == anchor or at not in cells:
        return
    moved = cells.pop(at)
    there = cells.setdefault(anchor, Mark())
    known = {one.number for one, _ in there.subjects}
    there.subjects = sorted(
        [*there.subjects, *(each for each in moved.subjects if each[0].number not in known)],
        key=lambda each: each[0].number,
    )
    there.related += [one for one in moved.related if one not in there.related]


class _Heads:
    """Where the headings of each column stand, which column names a row, and what is merged, sheet by sheet."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        self._layouts = layouts
        self.merges: dict[str, tuple[Merge, ...]] = {}
        for layout in layouts:
            known = self.merges.get(layout.sheet.name, ())
            self.merges[layout.sheet.name] = tuple(dict.fromkeys((*known, *layout.sheet.merges)))
        self._who: dict[str, list[tuple[int, int, int]]] = {}
        for layout in layouts:
            self._who.setdefault(layout.sheet.name, []).append((layout.first_row, layout.last_row, _names_rows(layout)))

    def of(self, sheet: str, column: str) -> list[At]:
        """Return the heading cells of a canonical column."""
        found = [
            (max(layout.heading_rows), mapped.index)
            for layout in self._layouts
            for mapped in layout.columns
            if layout.sheet.name == sheet and layout.heading_rows and mapped.cell is None and mapped.column == column
        ]
        return list(dict.fromkeys(found))

    def who(self, sheet: str, row: int) -> int | None:
        """Return the column of the cell that names a row; None where several tables share it."""
        found = {column for first, last, column in self._who[sheet] if first <= row <= last}
        return next(iter(found)) if len(found) == 1 and -1 not in found else None


def _names_rows(layout: Layout) -> int:
    """Return the column that says who a row of a table is: a name, else a number, else its first one; -1 for none."""
    own = {mapped.column: mapped.index for mapped in reversed(layout.columns) if mapped.cell is None}
    return next((own[name] for name in _WHO if name in own), min(own.values(), default=-1))

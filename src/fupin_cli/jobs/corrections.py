"""Doubts with answers, and the registry as it is now, in; the cell each 更正值 is for, or why there is none, out."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.findings import Judged
from fupin_cli.model.correction import Correction, NotApplied
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.finding import Finding
from fupin_cli.model.place import Place
from fupin_cli.model.round import Doubt
from fupin_cli.model.table import Layout, Mapped
from fupin_cli.values.text import fold

Said = tuple[str, str]  # zh, en
_GONE = both("登记表里现在没有这个问题了（可能已改好，或户、人已不在表上），没有写")
_WHICH = both("这个疑点涉及几列，更正值没有写明是哪一列（写成 列名=值），没有写")
_NO_CELL = both("这一列的值不在某一格里（表单、横排、合并或整列的问题），没有写；请在登记表里改")
_ALIKE = both("更正值和登记表里的一样，没有写")


class Aimed(Struct, frozen=True):
    """A correction and the cell it is for."""

    correction: Correction
    layout: Layout
    mapped: Mapped
    row: int

    @property
    def at(self) -> tuple[Path, str, int, int]:
        """File, sheet, row and column, counted from 0."""
        return self.layout.sheet.file, self.layout.sheet.name, self.row, self.mapped.index


def corrections_of(doubts: Iterable[Doubt], dictionary: Dictionary) -> list[Correction]:
    """Return every 更正值 of a doubt that was answered as true."""
    found = []
    for doubt in doubts:
        given = doubt.answer.get("更正值", "").strip()
        if given and doubt.answer.get("是否属实") == "是":
            found.append(_correction(doubt, given, dictionary))
    return found


def _correction(doubt: Doubt, given: str, dictionary: Dictionary) -> Correction:
    """Read `列名=值`, else take the doubt's only column."""
    columns = {fold(name): name for name in doubt.values if name in dictionary.columns}
    for sign in ("=", "＝", "：", ":"):
        name, there, value = given.partition(sign)
        if there and fold(name) in columns and value.strip():
            column = columns[fold(name)]
            return Correction(doubt.id, column, doubt.values[column], value.strip())
    only = next(iter(columns.values())) if len(columns) == 1 else None
    chosen = doubt.column if doubt.column in doubt.values else only
    return Correction(doubt.id, chosen, doubt.values.get(chosen or ""), given)


def aimed(
    judged: Judged, corrections: Sequence[Correction], findings: Mapping[str, Finding]
) -> tuple[list[Aimed], list[NotApplied]]:
    """Find the cell of each correction in the registry as it is now, by household, person and column; never by a row that was.

    Args:
        judged: the registry as it is now.
        corrections: to be placed.
        findings: doubt → what the audit of the registry as it is now says.
    """
    found: list[Aimed] = []
    refused: list[NotApplied] = []
    for one in corrections:
        said = _aim(judged, one, findings.get(one.doubt))
        if isinstance(said, Aimed):
            found.append(said)
        else:
            refused.append(NotApplied(one.doubt, *said))
    return _one_a_cell(found, refused)


def _aim(judged: Judged, one: Correction, finding: Finding | None) -> Aimed | Said:
    if finding is None:
        return _GONE
    if one.column is None:
        return _WHICH
    if one.seen is None or finding.values.get(one.column) != one.seen:
        return both("“{column}”在下发以后被改过，没有写；请对照现在的值再核实", column=one.column)
    cells = [cell for place in finding.places if place.role == "subject" for cell in _cells(judged, place, one)]
    if len(cells) != 1:
        return _NO_CELL
    if fold(one.seen) == fold(one.given):
        return _ALIKE
    return cells[0]


def _cells(judged: Judged, place: Place, one: Correction) -> list[Aimed]:
    """Return the cells of a place that hold the column."""
    found = []
    for layout in judged.tables.layouts:
        sheet = layout.sheet
        if (sheet.file, sheet.name) != (place.file, place.sheet) or place.row is None:
            continue
        for mapped in layout.columns:
            here = (
                mapped.column == one.column and mapped.cell is None and layout.first_row <= place.row <= layout.last_row
            )
            if here and f"{mapped.letter}{place.row}" in place.cells:
                found.append(Aimed(one, layout, mapped, place.row))
    return found


def _one_a_cell(found: Sequence[Aimed], refused: list[NotApplied]) -> tuple[list[Aimed], list[NotApplied]]:
    """Refuse corrections of one cell that differ."""
    given: dict[tuple[Path, str, int, int], set[str]] = {}
    for one in found:
        given.setdefault(one.at, set()).add(one.correction.given)
    for one in found:
        if len(given[one.at]) > 1:
            cell = f"{one.mapped.letter}{one.row}"
            refused.append(
                NotApplied(one.correction.doubt, *both("同一格（{cell}）有几种不同的更正值，都没有写", cell=cell))
            )
    return [one for one in found if len(given[one.at]) == 1], refused

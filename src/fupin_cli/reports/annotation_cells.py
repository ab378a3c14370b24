"""What is told in one sheet in; its coloured cells, comments and the column of opinions, ready to be written, out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import SEVERITIES, Rule
from fupin_cli.model.table import Layout
from fupin_cli.reports.annotation_marks import Mark, SheetMarks, Told
from fupin_cli.reports.annotation_words import said
from fupin_cli.reports.summary import cells_text
from fupin_cli.reports.words import Lang, finding_fix, finding_message, rule_name, severity_word
from fupin_cli.workbooks import Look, NewCell, link_to

FILLS = {"error": "F6BDB0", "warning": "FFE9A8", "notice": "CFE3F5"}  # apart in lightness too: told on grey paper
RELATED = "EBE7F3"
WIDTH = 80.0  # of the column of opinions, in characters
MOST_NOTES = 20_000  # cells of a sheet with a comment: with more, Excel takes minutes to open it
_COLUMNS = 16_384  # of a sheet
_HEAD = Look(fill="1F3A4D", font_colour="FFFFFF", bold=True, border="1F3A4D")
_OPINION = Look(font_colour="333B42", wrap=True, border="C9D1D9")
_TOLD_IN_NOTE, _TOLD_IN_ROW, _RELATED_IN_NOTE = 3, 3, 3
_LONGEST = {"message": 220, "basis": 110, "fix": 130, "name": 60}
_CIRCLED = "①②③④⑤"
_FILLED = {severity: Look(fill=colour) for severity, colour in FILLS.items()}
_BESIDE = Look(fill=RELATED)


class Page(Struct, frozen=True):
    """What the cells of a workbook need to know beside their findings."""

    file: Path  # as places name it
    rules: dict[str, Rule]
    lang: Lang
    listed: str  # name of the sheet of findings
    first: int  # Excel's row of its first finding
    kept: int  # how many findings it lists
    names: dict[str, str] = field(
        default_factory=dict
    )  # name of a sheet as it was read → its name in the copy, where another

    def line(self, told: Told) -> str | None:
        """Return where the sheet of findings lists a finding."""
        return link_to(self.listed, f"A{self.first + told.number}") if told.number < self.kept else None

    def title(self, finding: Finding) -> str:
        """Return severity, rule and name of a finding."""
        name = clipped(rule_name(self.rules.get(finding.rule), self.lang), "name")
        severity = severity_word(finding.severity, self.lang)
        return said("bracketed", self.lang, severity=severity, rule=finding.rule, name=name).rstrip()


class Written(Struct, frozen=True):
    """The cells of one sheet that are written."""

    cells: dict[int, dict[int, NewCell]]
    opinions: int | None  # the column of opinions, counted from 0; None: no row has one
    unnoted: bool = False  # some coloured cells have no comment


def written_in(marks: SheetMarks, layouts: Sequence[Layout], page: Page) -> Written:
    """Return what is to be written into a sheet.

    Args:
        marks: what is told in it.
        layouts: its tables.
        page: of the workbook.
    """
    cells: dict[int, dict[int, NewCell]] = {}
    ranked = sorted(marks.cells.items(), key=lambda one: _rank(one[1]))
    for number, ((row, at), mark) in enumerate(ranked):
        note = _note(mark, page) if number < MOST_NOTES else None
        cells.setdefault(row, {})[at] = NewCell(look=_look(mark), keep_value=True, note=note)
    column = first_free(layouts) if marks.rows else None
    if column is not None:
        for row, told in marks.rows.items():
            cells.setdefault(row, {})[column] = NewCell(_opinion(told, page), _OPINION, link=page.line(told[0]))
        for row in _heading_rows(layouts):
            if column not in cells.get(row, {}):
                cells.setdefault(row, {})[column] = NewCell(said("opinions", page.lang), _HEAD)
    return Written(cells, column, len(ranked) > MOST_NOTES)


def first_free(layouts: Sequence[Layout]) -> int | None:
    """Return the first column right of everything that stands in a sheet, merged cells and earlier opinions too; None for none.

    A hidden one is passed over, unless all are hidden to the sheet's end.
    """
    sheets = [layout.sheet for layout in layouts]
    merged = (merge.last_column + 1 for sheet in sheets for merge in sheet.merges if merge.last_column < _COLUMNS - 1)
    free = max((*(sheet.width + sheet.own_columns for sheet in sheets), *merged), default=0)
    hidden = {column for sheet in sheets for column in sheet.hidden_columns}
    seen = next((column for column in range(free, _COLUMNS) if column not in hidden), free)
    return seen if seen < _COLUMNS else None


def _heading_rows(layouts: Sequence[Layout]) -> Iterator[int]:
    """Yield the last heading row of each table, and those printed again; of a card the row above it."""
    for layout in layouts:
        if layout.heading_rows:
            yield max(layout.heading_rows)
            yield from (part.last_row for part in layout.left_out if part.reason == "repeated heading")
        elif layout.first_row > 1:
            yield layout.first_row - 1


def _rank(mark: Mark) -> tuple[int, int]:
    worst = min((SEVERITIES.index(one.finding.severity) for one, _ in mark.subjects), default=len(SEVERITIES))
    return worst, min((one.number for one, _ in mark.subjects), default=0)


def _look(mark: Mark) -> Look:
    if not mark.subjects:
        return _BESIDE
    return _FILLED[min((one.finding.severity for one, _ in mark.subjects), key=SEVERITIES.index)]


def _note(mark: Mark, page: Page) -> str:
    """Return the comment of a cell: its findings, the worst first, and those it is only concerned by."""
    lang = page.lang
    subjects = sorted(mark.subjects, key=lambda one: (SEVERITIES.index(one[0].finding.severity), one[0].number))
    parts = [_told(one.finding, what, page) for one, what in subjects[:_TOLD_IN_NOTE]]
    related = list(dict.fromkeys(_elsewhere(one, page) for one in mark.related))
    parts += related[:_RELATED_IN_NOTE]
    left = max(0, len(subjects) - _TOLD_IN_NOTE) + max(0, len(related) - _RELATED_IN_NOTE)
    if left:
        parts.append(said("more_in_comment", lang, n=left, column=said("opinions", lang), sheet=page.listed))
    return "\n\n".join(parts)


def _told(finding: Finding, what: str, page: Page) -> str:
    lang = page.lang
    whole = {"row": said("whole_row", lang), "column": said("whole_column", lang)}.get(what, "")
    lines = [page.title(finding), whole + clipped(finding_message(finding, lang), "message")]
    if finding.basis:
        lines.append(said("basis", lang, text=clipped(finding.basis, "basis")))
    if fix := finding_fix(finding, lang):
        lines.append(said("fix", lang, text=clipped(fix, "fix")))
    return "\n".join(lines)


def _elsewhere(finding: Finding, page: Page) -> str:
    first = finding.places[0]
    where = "!".join(
        part
        for part in (page.names.get(first.sheet, first.sheet), cells_text(first, page.lang).partition(", ")[0])
        if part
    )
    return said("see", page.lang, where=where or first.file.name, told=page.title(finding))


def _opinion(told: Sequence[Told], page: Page) -> str:
    """Return what stands at the right of a row: its findings, the worst first, numbered."""
    lang, lines = page.lang, []
    ranked = sorted(told, key=lambda one: (SEVERITIES.index(one.finding.severity), one.number))
    for number, one in enumerate(ranked[:_TOLD_IN_ROW]):
        finding = one.finding
        fix = finding_fix(finding, lang)
        lines.append(
            said(
                "opinion", lang, number=_CIRCLED[number], severity=severity_word(finding.severity, lang), rule=finding.rule,
                name=clipped(rule_name(page.rules.get(finding.rule), lang), "name"),
                message=clipped(finding_message(finding, lang), "message").rstrip("。."),
                fix=said("opinion_fix", lang, text=clipped(fix, "fix")) if fix else "",
            )
        )  # fmt: skip
    if len(ranked) > _TOLD_IN_ROW:
        lines.append(said("more_in_row", lang, n=len(ranked) - _TOLD_IN_ROW, sheet=page.listed))
    return "\n".join(lines)


def clipped(text: str, kind: str) -> str:
    """Return a text no longer than its kind may be."""
    most = _LONGEST[kind]
    return text if len(text) <= most else text[: most - 1] + "…"

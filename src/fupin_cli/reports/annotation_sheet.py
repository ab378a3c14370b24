"""The findings of one workbook in; the rows of the sheet that lists them, with links to their cells, out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from fupin_cli.model.finding import Finding
from fupin_cli.model.place import Place
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.annotation_cells import FILLS, RELATED, Page
from fupin_cli.reports.annotation_marks import Told
from fupin_cli.reports.annotation_words import copy_line, said
from fupin_cli.reports.summary import cells_text, place_text, standards
from fupin_cli.reports.words import Lang, finding_fix, finding_message, rule_name, severity_word, word
from fupin_cli.workbooks import AddedSheet, Look, NewCell, link_to

KEYS = "serial severity rule name township village household person sheet cell problem basis fix".split()  # noqa: SIM905
WIDTHS = (6, 9, 9, 24, 12, 12, 16, 10, 14, 12, 56, 40, 40)
HEADING = 3  # its row; those above say what the copy is
MOST_ROWS = 1_000_000  # Excel has 1 048 576
_OTHERS = 5
_LINE = "C9D1D9"
_CELL = Look(font_colour="333B42", wrap=True, border=_LINE)
_LINKED = Look(font_colour="0B5CAD", wrap=True, border=_LINE)
_HEAD = Look(fill="1F3A4D", font_colour="FFFFFF", bold=True, wrap=True, border="1F3A4D")
_TITLE = Look(font_colour="1F3A4D", bold=True)
_ASIDE = Look(font_colour="5B6770")
_SEVERITY = {
    severity: Look(fill=colour, font_colour="333B42", bold=True, wrap=True, border=_LINE)
    for severity, colour in FILLS.items()
}


def findings_sheet(
    told: Sequence[Told], page: Page, as_of: date | None, names: Mapping[Path, str], more: Sequence[str]
) -> AddedSheet:
    """Return the sheet; its rows are made as they are taken.

    Args:
        told: the findings of this workbook, the worst first.
        page: of the workbook.
        as_of: the data date.
        names: how each file of the run is called.
        more: what stands beside the legend: how many findings each sheet has, and what the clerk must know.
    """
    rows = _rows(told, page, as_of, {**names, page.file: ""}, more)  # of this workbook the sheet is enough
    return AddedSheet(page.listed, rows, WIDTHS, frozen=HEADING)


def _rows(
    told: Sequence[Told], page: Page, as_of: date | None, names: dict[Path, str], more: Sequence[str]
) -> Iterator[list[NewCell | str | int | None]]:
    yield [NewCell(copy_line(page.lang, as_of.isoformat() if as_of else "—"), _TITLE)]
    yield _legend(told, page.lang, more)
    yield [NewCell(word(key, page.lang), _HEAD) for key in KEYS]
    for one in told[: page.kept]:
        yield _row(one, page, names)
    if len(told) > page.kept:
        yield [NewCell(said("more_rows", page.lang, n=len(told) - page.kept), _ASIDE)]


def _legend(told: Sequence[Told], lang: Lang, more: Sequence[str]) -> list[NewCell | str | int | None]:
    """Return the row that shows the colours with their counts."""
    counted = Counter(one.finding.severity for one in told)
    legend: list[NewCell | str | int | None] = [None]
    for severity in SEVERITIES:
        text = said("counted", lang, name=severity_word(severity, lang), n=counted[severity])
        legend.append(NewCell(text, _SEVERITY[severity]))
    legend.append(NewCell(said("related", lang), Look(fill=RELATED, font_colour="333B42", border=_LINE)))
    return [*legend, NewCell(said("between_sheets", lang).join(more), _ASIDE)]


def _row(told: Told, page: Page, names: dict[Path, str]) -> list[NewCell | str | int | None]:
    finding, lang = told.finding, page.lang
    place = _where(finding, page.file)
    sheet = page.names.get(place.sheet, place.sheet) if place else ""
    cell = cells_text(place, lang) if place else ""
    address = (place.cells[0] if place.cells else f"A{place.row}" if place.row is not None else "") if place else ""
    link = link_to(sheet, address) if sheet and address else None
    texts = (
        rule_name(page.rules.get(finding.rule), lang), finding.township, finding.village, finding.household,
        finding.person, sheet,
    )  # fmt: skip
    return [
        NewCell(told.number + 1, _CELL),
        NewCell(severity_word(finding.severity, lang), _SEVERITY[finding.severity]),
        NewCell(finding.rule, _CELL),
        *(NewCell(harmless(text or ""), _CELL) for text in texts),
        NewCell(cell, _LINKED if link else _CELL, link=link),
        NewCell(harmless("\n".join([finding_message(finding, lang), *_more(finding, lang, names)])), _CELL),
        NewCell(finding.basis, _CELL),
        NewCell(finding_fix(finding, lang), _CELL),
    ]


def _where(finding: Finding, file: Path) -> Place | None:
    """Return the place of a workbook a clerk is to look at: the first with a row or cells, else the first."""
    here = [place for place in finding.places if place.file == file]
    return next((place for place in here if place.row is not None or place.cells), here[0] if here else None)


def _more(finding: Finding, lang: Lang, names: dict[Path, str]) -> list[str]:
    """Return what stands under the message: standards, rows of a list that were hit, where else to look."""
    colon = word("colon", lang)
    lines = [f"{word('parameter', lang)}{colon}{standard}" for standard in standards(finding.parameters, lang)]
    for row in finding.evidence[:_OTHERS]:
        told = "; ".join(f"{column} {value}" for column, value in row.items() if value not in (None, ""))
        lines.append(f"{word('evidence', lang)}{colon}{told}")
    others = [place_text(place, names, lang) for place in finding.places[1:]]
    if others:
        rest = f" … (+{len(others) - _OTHERS})" if len(others) > _OTHERS else ""
        lines.append(said("see_others", lang, where="; ".join(others[:_OTHERS]) + rest))
    return lines


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, even when its cell is edited."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\n") else text

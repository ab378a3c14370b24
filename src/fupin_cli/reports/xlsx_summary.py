"""An Audit → the first sheet of its workbook: what was checked, what to know first, findings by severity, theme, township, village."""

from collections.abc import Sequence

from msgspec import Struct

from fupin_cli.model.audit import Audit
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.acceptance import acceptance_lines
from fupin_cli.reports.grid import Book, Cell, Grid, Link, Row
from fupin_cli.reports.groups import grouped
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.summary import (
    Tally,
    by_severity,
    by_theme,
    by_township,
    counts_line,
    doubts_of,
    notes_of,
    region_of,
    severity_heads,
)
from fupin_cli.reports.words import Lang, Look, severity_word, theme_word, word
from fupin_cli.values.text import legible

MOST_VILLAGES = 20  # in the table and the chart; the findings themselves have all
_COUNTS = 3  # the column where the counts of a table begin, counted from 0


class Tallied(Struct, frozen=True):
    """Where a table of the summary stands; rows and columns counted from 0."""

    key: str  # of its title: by_theme …
    sheet: str
    head: int  # row of its headings
    first: int
    last: int
    counts: int  # column of the first count
    series: int  # how many columns of counts


def summary_sheet(book: Book, audit: Audit, look: Look) -> list[Tallied]:
    """Write the sheet and return where its tables stand, for the charts."""
    lang = look.lang
    name = word("summary_sheet", lang)
    grid = book.grid(name, widths=(26, 12, 12, 12, 12, 12, 12))
    grid.write([word("title", lang)], style="heading")
    for key, text in _facts(audit, lang):
        grid.write_across((word(key, lang), text), 6)
    for line in [*acceptance_lines(audit, lang), masking_line(look)]:
        grid.write_across(("", line), 6)
    for path, zh, en in audit.failed_files:
        grid.write_across((word("failed", lang), f"{path}: {en if lang == 'en' else zh}"), 6, style="error")
    for note in notes_of(audit, lang):
        grid.write_across((word("notes", lang), note), 6, style="warning")
    for doubt, where in doubts_of(audit, lang).items():
        told = f"{', '.join(where)}{word('colon', lang)}{doubt}"
        grid.write_across((word("doubts", lang), told), 6, style="warning")
    return [_severities(grid, audit, name, lang), *_tables(grid, audit, name, look)]


def _facts(audit: Audit, lang: Lang) -> list[tuple[str, str]]:
    return [
        ("as_of", audit.as_of.isoformat() if audit.as_of else ""),
        ("region", region_of(audit)),
        ("profile", audit.profile or ""),
        ("engine", audit.engine),
        ("files", "\n".join(dict.fromkeys(legible(layout.sheet.file) for layout in audit.layouts))),
        ("findings", counts_line(audit, lang)),
        ("rules", word("ran", lang, run=len(audit.counts), not_run=len(audit.not_run))),
    ]


def _severities(grid: Grid, audit: Audit, sheet: str, lang: Lang) -> Tallied:
    _title(grid, "by_severity", lang)
    grid.write([word("severity", lang), Cell(word("findings_count", lang), "head to_the_right")], style="head")
    head = grid.row - 1
    for severity, number in by_severity(audit.findings).items():
        grid.write([Cell(severity_word(severity, lang), severity), Cell(number, "counted")])
    return Tallied("by_severity", sheet, head, head + 1, grid.row - 1, counts=1, series=1)


def _tables(grid: Grid, audit: Audit, sheet: str, look: Look) -> list[Tallied]:
    lang = look.lang
    unknown = word("unknown_township", lang)
    themes: list[Row] = [_row([theme_word(t.name, lang), t.name, ""], t) for t in by_theme(audit.findings)]
    townships: list[Row] = [_row([t.name or unknown, t.households, t.persons], t) for t in by_township(audit)]
    villages = grouped(audit, "村", look)
    shown: list[Row] = [
        _row([group.title, group.households, ""], Tally("", severities=group.severities))
        for group in villages[:MOST_VILLAGES]
    ]
    sizes = [word("households", lang), word("persons", lang)]
    tallied = [
        _tally(grid, sheet, lang, "by_theme", [word("theme", lang), "", ""], themes),
        _tally(grid, sheet, lang, "by_township", [word("township", lang), *sizes], townships),
        _tally(grid, sheet, lang, "by_village", [word("village", lang), word("of_households", lang), ""], shown),
    ]
    if len(villages) > MOST_VILLAGES:
        left = villages[MOST_VILLAGES:]
        grid.write(
            [word("more_groups", lang, groups=len(left), n=sum(len(group.findings) for group in left))], style="plain"
        )
    return tallied


def _tally(grid: Grid, sheet: str, lang: Lang, key: str, heads: Sequence[str], rows: list[Row]) -> Tallied:
    _title(grid, key, lang)
    numbers = [Cell(head, "head to_the_right") for head in [*heads[1:], *severity_heads(lang), word("total", lang)]]
    grid.write([heads[0], *numbers], style="head")
    head = grid.row - 1
    for row in rows:
        grid.write(row)
    return Tallied(key, sheet, head, head + 1, grid.row - 1, _COUNTS, len(SEVERITIES))


def _row(first: Row, tally: Tally) -> Row:
    counts = [*(tally.severities[severity] for severity in SEVERITIES), tally.total]
    return [*(_counted(value) for value in first), *(Cell(count, "counted") for count in counts)]


def _counted(value: str | float | Link | Cell) -> str | float | Link | Cell:
    return Cell(value, "counted") if isinstance(value, int) else value


def _title(grid: Grid, key: str, lang: Lang) -> None:
    grid.write([])
    grid.write([word(key, lang)], style="heading")

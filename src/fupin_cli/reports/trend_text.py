"""Turn a Trend into a terminal page: the figures by edition, what changed its standing, and every finding of two neighbours."""

from typing import TYPE_CHECKING

from fupin_cli.catalogue import both
from fupin_cli.model.trend import Trend
from fupin_cli.reports.findings_text import finding_lines
from fupin_cli.reports.lines import block
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.page import page_of, write_lines
from fupin_cli.reports.summary import place_text
from fupin_cli.reports.trend import Figures, heads, line_rows, line_title, moved, number_text, sections
from fupin_cli.reports.withheld import audit_as_shown
from fupin_cli.reports.words import Look
from fupin_cli.reports.wrapping import width

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_LABEL = 26  # columns that the names of figures may take


def to_terminal(trend: Trend, look: Look) -> str:
    """Return the page."""
    console, page = page_of(look)
    english = look.lang == "en"
    console.print("fupin trend", style="bold")
    for name, edition in zip(heads(trend), trend.editions, strict=True):
        write_lines(console, block(", ".join(edition.files), look.width, "              ", f"  {name:<12}"))
    for note in trend.notes:
        write_lines(console, block(note[english], look.width, "    ", "  ! ", "yellow"))
    console.print()
    if trend.lines:
        _write_lines_of(console, trend, look)
    else:
        _write_figures(console, trend, look)
    _write_findings(console, trend, look)
    console.print(masking_line(look))
    return page.getvalue()


def _write_figures(console: "Console", trend: Trend, look: Look) -> None:
    names = heads(trend)
    tables = [*sections(trend, look.lang), *moved(trend, look.lang)]
    shown = [number_text(number) for _, figures in tables for _, numbers in figures for number in numbers]
    broad = max(width(text) for text in (*names, *shown)) + 2  # with the blanks beside it
    each = max(1, (look.width - _LABEL - 1) // broad)
    for first in range(0, len(names), each):
        part = slice(first, first + each)
        for title, figures in tables:
            console.print(_table(title, names[part], figures, part))
            console.print()


def _table(title: str, names: list[str], figures: Figures, part: slice) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(title, overflow="fold", width=_LABEL)
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    for label, numbers in figures:
        table.add_row(label, *map(number_text, numbers[part]))
    return table


def _write_lines_of(console: "Console", trend: Trend, look: Look) -> None:
    """One record an edition, its filled cells side by side: a table of nine columns is too broad for a page."""
    for line in trend.lines:
        console.print(line_title(line, look.lang, masking=look.masking), style="bold")
        heading, rows = line_rows(trend, line, look.lang, masking=look.masking)
        for point, (name, *cells) in zip(line.points, rows, strict=True):
            told = [f"{head} {cell}" for head, cell in zip(heading[1:], cells, strict=True) if cell]
            if not point.there:
                told = cells[:1]
            members = both("、")[look.lang != "zh"].join(point_names(point.members, look))
            told += [f"{both('成员')[look.lang == 'en']} {members}"] if members else []
            write_lines(console, block("  ".join(told), look.width, "              ", f"  {name:<12}"))
            if point.place:
                write_lines(console, block(place_text(point.place, {}, look.lang), look.width, "              "))
        console.print()


def point_names(names: tuple[str, ...], look: Look) -> list[str]:
    """Return the names of members as a page may show them."""
    from fupin_cli.reports.trend import shown

    return [shown(name, masking=look.masking) for name in names]


def _write_findings(console: "Console", trend: Trend, look: Look) -> None:
    names, english = heads(trend), look.lang == "en"
    for number, step in enumerate(trend.steps):
        audit = audit_as_shown(step, look)
        before, after = names[number], names[number + 1]
        console.print(f"{before} → {after}", style="bold")
        write_lines(console, finding_lines(audit, look))
        failed, rules = len(audit.findings), len(audit.counts)
        said = both(
            "发现问题 {failed} 处；运行规则 {rules} 条，未运行 {n} 条（多为两期没有所需的列）。",
            failed=failed,
            rules=rules,
            n=len(audit.not_run),
        )[english]
        write_lines(console, block(said, look.width, "  "))
        console.print()

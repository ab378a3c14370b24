"""Turn a Trend into a workbook: the figures with their diagrams, standings, who came and went, findings, single lines."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fupin_cli.catalogue import both
from fupin_cli.model.trend import Trend
from fupin_cli.reports.grid import Book, Grid, Link, Row
from fupin_cli.reports.links import link_to
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.summary import cells_text, file_names, place_text
from fupin_cli.reports.trend import WAYS, heads, line_rows, line_title, moved, sections, shown
from fupin_cli.reports.withheld import audit_as_shown
from fupin_cli.reports.words import Look, finding_fix, finding_message, rule_name, severity_word, word


def to_workbook(trend: Trend, beside: Path, look: Look, path: Path) -> None:
    """Write the series to `beside`; links go from where it will stand, `path`."""
    with Book(beside) as book:
        _summary(book, trend, look)
        _shifts(book, trend, look)
        _passages(book, trend, look, path)
        _findings(book, trend, look, path)
        if trend.lines:
            _lines(book, trend, look)


def _summary(book: Book, trend: Trend, look: Look) -> None:
    english, names = look.lang == "en", heads(trend)
    called = both("概览")[english]
    grid = book.grid(called, widths=(30, *[12] * len(names)))
    grid.write(["fupin trend"], style="heading")
    for name, edition in zip(names, trend.editions, strict=True):
        grid.write([name, "\n".join(edition.files)])
    grid.write(["", masking_line(look)])
    for note in trend.notes:
        grid.write([word("notes", look.lang), note[english]], style="warning")
    charts = []
    for title, figures in sections(trend, look.lang):
        grid.write([])
        grid.write([title, *names], style="head")
        top = grid.row
        for label, numbers in figures:
            grid.write(_cells(label, numbers))
        charts.append((title, top, len(figures)))
    _diagrams(book, grid, called, charts, len(names))


def _cells(label: str, numbers: Sequence[float | None]) -> Row:
    """Return the cells of one figure; one that there is none of stays empty."""
    return [label, *("" if number is None else number for number in numbers)]


def _diagrams(book: Book, grid: Grid, called: str, charts: list[tuple[str, int, int]], editions: int) -> None:
    """Draw the figures of households, persons and income as lines over the editions, right of their tables."""
    for number, (title, top, rows) in enumerate(charts[:3]):
        chart: Any = book.chart("line")
        for row in range(top, top + min(rows, 4)):
            chart.add_series({
                "name": [called, row, 0],
                "categories": [called, top - 1, 1, top - 1, editions],
                "values": [called, row, 1, row, editions],
                "marker": {"type": "circle"},
            })  # fmt: skip
        chart.set_title({"name": title, "name_font": {"size": 11}})
        chart.set_legend({"position": "bottom"})
        grid.sheet.insert_chart(1 + number * 16, editions + 2, chart)


def _shifts(book: Book, trend: Trend, look: Look) -> None:
    english, names = look.lang == "en", heads(trend)
    grid = book.grid(both("状态变化", "trend_xlsx")[english], widths=(44, *[12] * len(names)))
    for column, figures in moved(trend, look.lang):
        grid.write([column, *names], style="head")
        for label, numbers in figures:
            grid.write(_cells(label, numbers))
        grid.write([])


def _passages(book: Book, trend: Trend, look: Look, path: Path) -> None:
    english, names = look.lang == "en", heads(trend)
    heading = ["edition", "level", "", "township", "village", "household", "name", "stands in", "place"]
    if not english:
        heading = ["期", "户或人", "进出", "乡镇", "村", "户编号", "姓名", "所在期", "位置"]
    levels = {"户": both("户", "trend_xlsx"), "人": both("人", "trend_xlsx")}
    folder = path.resolve().parent
    with book.table(both("进出")[english], heading, (12, 10, 8, 14, 14, 22, 12, 12, 40)) as grid:
        for one in trend.passages:
            row: Row = [
                names[one.edition], levels[one.level][english], WAYS[one.way][english], one.township or "", one.village or "",
                one.household or "", shown(one.name, masking=look.masking), names[one.last],
                Link(link_to(one.place, folder), place_text(one.place, {}, look.lang)),
            ]  # fmt: skip
            grid.write(row)


def _findings(book: Book, trend: Trend, look: Look, path: Path) -> None:
    lang, names, folder = look.lang, heads(trend), path.resolve().parent
    heading = [
        both("期")[lang == "en"],
        *(word(key, lang) for key in ["severity", "rule", "name", "township", "village", "household", "person"]),
        both("上期")[lang == "en"],
        *(word(key, lang) for key in ["cell", "problem", "basis", "fix", "id"]),
    ]
    widths = (12, 8, 9, 22, 12, 12, 20, 10, 30, 30, 60, 40, 40, 22)
    with book.table(word("findings_sheet", lang), heading, widths) as grid:
        for number, step in enumerate(trend.steps):
            audit = audit_as_shown(step, look)
            called = file_names(audit)
            for finding in audit.findings:
                one = as_shown(finding, look)
                place = one.places[0]
                before = [place_text(other, called, lang) for other in one.places if other.role == "other"]
                row: Row = [
                    names[number + 1], severity_word(one.severity, lang), one.rule, rule_name(audit.rules.get(one.rule), lang),
                    one.township or "", one.village or "", one.household or "", one.person or "", "\n".join(before),
                    Link(link_to(place, folder), place_text(place, called, lang)) if cells_text(place, lang) else "",
                    finding_message(one, lang), one.basis, finding_fix(one, lang), one.id,
                ]  # fmt: skip
                grid.write(row, severity=one.severity)


def _lines(book: Book, trend: Trend, look: Look) -> None:
    english = look.lang == "en"
    grid = book.grid(both("历年")[english], widths=(14, 22, 12, 10, 24, 16, 12, 8, 24, 40, 40))
    for line in trend.lines:
        grid.write([line_title(line, look.lang, masking=look.masking)], style="heading")
        heading, rows = line_rows(trend, line, look.lang, masking=look.masking)
        grid.write([*heading, both("成员")[english], both("位置")[english]], style="head")
        for point, row in zip(line.points, rows, strict=True):
            members = "、".join(shown(name, masking=look.masking) for name in point.members)
            grid.write([*row, members, place_text(point.place, {}, look.lang) if point.place else ""])
        grid.write([])

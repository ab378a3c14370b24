"""How a campaign stands in; a workbook of it out: places, rounds, and the burn-down as a chart of the workbook's own."""

from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.model.round import STATUSES, RoundStatus
from fupin_cli.reports.grid import Book, Cell, Row
from fupin_cli.reports.output import written_beside
from fupin_cli.reports.round_status import said
from fupin_cli.reports.words import Lang


def write(found: RoundStatus, path: Path, lang: Lang) -> None:
    """Write the workbook to `path`, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    with written_beside(path) as beside, Book(beside) as book:
        _places(book, found, lang)
        _rounds(book, found, lang)


def _places(book: Book, found: RoundStatus, lang: Lang) -> None:
    heads = [said(key, lang) for key in ("township", "village", *STATUSES, "overdue")]
    with book.table(both("各乡村")[lang == "en"], heads, (16, 16, *[11] * (len(STATUSES) + 1))) as grid:
        for each in (*found.standings, found.total):
            last = each is found.total
            place: Row = [said("total", lang) if last else each.township or said("nowhere", lang), each.village]
            grid.write(
                [*place, *(Cell(each.counts[name], "counted") for name in STATUSES), Cell(each.overdue, "counted")]
            )


def _rounds(book: Book, found: RoundStatus, lang: Lang) -> None:
    keys = ("round", "opened", "deadline", "found", "new", "reappeared", "struck_off", "left")
    name = both("各轮")[lang == "en"]
    with book.table(name, [said(key, lang) for key in keys], (8, 12, 12, *[10] * 5)) as grid:
        for one in found.rounds:
            due = one.deadline.isoformat() if one.deadline else ""
            numbers = (one.found, one.new, one.reappeared, one.struck_off, one.left)
            grid.write([one.number, one.opened, due, *(Cell(n, "counted") for n in numbers)])
    chart = book.chart("line")
    rows = max(len(found.rounds), 1)
    for column in (6, 7):
        chart.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, rows, 0],
                "values": [name, 1, column, rows, column],
                "marker": {"type": "circle"},
            }
        )
    chart.set_title({"name": said("burn_down", lang)})
    chart.set_x_axis({"name": said("round", lang)})
    grid.sheet.insert_chart(1, 9, chart)

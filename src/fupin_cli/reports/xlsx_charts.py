"""Where the tables of the summary stand → a sheet of charts, drawn by the spreadsheet itself from those tables."""

from typing import Any

from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.grid import Book
from fupin_cli.reports.words import Lang, word
from fupin_cli.reports.xlsx_summary import Tallied

COLOURS = {"error": "#B5443A", "warning": "#E0A030", "notice": "#6C93B8"}  # told apart in grey print, too
_INK, _GRID = "#404040", "#E3E3E3"
_WIDTH, _LEFT = 620, 20  # pixels
_ROW = 20  # pixels of a row


def charts_sheet(book: Book, tallied: list[Tallied], lang: Lang) -> None:
    """Write the sheet: severities and themes on the left, townships and villages on the right."""
    grid = book.grid(word("charts_sheet", lang), widths=())
    grid.sheet.hide_gridlines(2)
    below = {0: 1, 1: 1}  # column of charts → the row where its next chart begins
    for table in tallied:
        if table.last < table.first:
            continue
        side = table.key in {"by_township", "by_village"}
        chart, height = _chart(book, table, lang)
        where = {"x_offset": _LEFT + side * (_WIDTH + _LEFT), "object_position": 3}
        grid.sheet.insert_chart(below[side], 0, chart, where)
        below[side] += height // _ROW + 2


def _chart(book: Book, table: Tallied, lang: Lang) -> tuple[Any, int]:
    """Return the bars of a table, the longest name's table the tallest, and their height in pixels."""
    single = table.series == 1
    chart = book.chart("bar", "" if single else "stacked")
    for number, severity in enumerate(SEVERITIES[: 1 if single else table.series]):
        column = table.counts + number
        colours = [{"fill": {"color": COLOURS[one]}} for one in SEVERITIES]
        chart.add_series(
            {
                "name": [table.sheet, table.head, column],
                "categories": [table.sheet, table.first, 0, table.last, 0],
                "values": [table.sheet, table.first, column, table.last, column],
                "gap": 45,
                **({"points": colours} if single else {"fill": {"color": COLOURS[severity]}}),
                **({"data_labels": {"value": True, "font": {"color": _INK}}} if single else {}),
            }
        )
    height = 120 + 26 * (table.last - table.first + 1)
    chart.set_size({"width": _WIDTH, "height": height})
    chart.set_title({"name": word(table.key, lang), "name_font": {"size": 12, "bold": True, "color": _INK}})
    chart.set_legend({"none": True} if single else {"position": "bottom", "font": {"color": _INK}})
    chart.set_y_axis({"reverse": True, "line": {"none": True}, "num_font": {"color": _INK}, "major_tick_mark": "none"})
    chart.set_x_axis(
        {
            "major_gridlines": {"visible": True, "line": {"color": _GRID}},
            "num_font": {"color": _INK},
            "label_position": "high",
            "line": {"none": True},
        }
    )
    chart.set_chartarea({"border": {"color": _GRID}})
    return chart, height

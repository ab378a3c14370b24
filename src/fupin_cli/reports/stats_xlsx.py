"""Turn what was counted into a workbook: what was counted, a sheet a table with its chart, stated tables beside the registry."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fupin_cli.catalogue import both
from fupin_cli.model.stats import Counted, Reconciled, Stats, Value
from fupin_cli.reports import stats_stated as beside
from fupin_cli.reports.grid import Book, Cell, Grid, Link, Row
from fupin_cli.reports.stats import Shown, about, column_name, count_text, notes, remarks, rows, title, value_text
from fupin_cli.reports.words import Look, word
from fupin_cli.reports.wrapping import width
from fupin_cli.workbooks.sheet_names import free_name

_UNFIT = re.compile(r"[\[\]:*?/\\']")  # characters that the name of a sheet may not have
_COLOURS = (
    "#2F6F8F",
    "#D08A2E",
    "#6C9A5B",
    "#8C6BB1",
    "#B5443A",
    "#5F7F8C",
    "#C2A83E",
    "#4C5C96",
)  # told apart in grey print, too
_INK, _GRID_LINE = "#404040", "#E3E3E3"
_HEAD = "head to_the_right"  # of numbers
_BARS = 40  # lines that a chart can show
_WIDTH = 560  # pixels


def to_workbook(stats: Stats, beside_path: Path, look: Look) -> None:
    """Write the tables to `beside_path`."""
    names = _sheet_names(stats, look)
    with Book(beside_path) as book:
        _summary(book, stats, look, names)
        for counted, name in zip(stats.tables, names, strict=False):
            _table(book, counted, name, look)
        for table, name in zip(stats.reconciled, names[len(stats.tables) :], strict=False):
            _stated(book, table, name, look)
        for counted in stats.tables:
            if len(counted.by) == 2:
                _across(book, counted, look)


def _sheet_names(stats: Stats, look: Look) -> list[str]:
    """Return the name of each table's sheet, no two alike."""
    wished = [title(counted, look.lang) for counted in stats.tables]
    wished += [both("核对 ")[look.lang != "zh"] + column_name(table.by, look.lang) for table in stats.reconciled]
    names: list[str] = []
    for text in wished:
        names.append(free_name(_UNFIT.sub("", text), names))
    return names


def _summary(book: Book, stats: Stats, look: Look, names: list[str]) -> None:
    lang = look.lang
    grid = book.grid(both("概览")[lang != "zh"], widths=(26, 40, 40))
    grid.write(["fupin stats"], style="heading")
    for file in stats.files:
        grid.write_across((word("files", lang), str(file)), 2)
    for text in about(stats, lang):
        grid.write_across(("", text), 2)
    for text in notes(stats, lang):
        grid.write_across((word("notes", lang), text), 2, style="warning")
    grid.write([])
    grid.write([both("工作表")[lang != "zh"], both("内容")[lang != "zh"]], style="head")
    for counted, name in zip(stats.tables, names, strict=False):
        values = sum(1 for line in counted.lines if len(line.values) == 1)
        said = both(
            "{title}：{values} 项，{count_text_zh}",
            title=title(counted, lang),
            values=values,
            count_text_zh=count_text(counted.total, lang),
        )[lang != "zh"]
        grid.write([Link(f"internal:'{name}'!A1", name), said])
    for table, name in zip(stats.reconciled, names[len(stats.tables) :], strict=False):
        said = beside.verdict(table, lang)
        grid.write([Link(f"internal:'{name}'!A1", name), Cell(said, "warning") if table.differs else said])


def _table(book: Book, counted: Counted, name: str, look: Look) -> None:
    lang, depth = look.lang, len(counted.by)
    households, persons = word("households", lang), word("persons", lang)
    heads = [*(column_name(one, lang) for one in counted.by), households, f"{households} %", persons, f"{persons} %"]
    shown = rows(counted, lang)
    lines, total = shown[:-1], shown[-1]
    broad = [
        min(40, max(14, *(width(_label(row, place)) for row in shown), width(heads[place])) + 3)
        for place in range(depth)
    ]
    aligned: Row = [*heads[:depth], *(Cell(head, _HEAD) for head in heads[depth:])]
    with book.table(name, aligned, [*broad, 11, 11, 11, 11]) as grid:
        for row in lines:
            grid.write(_row(row, depth))
    grid.write(_row(total, depth))  # under the filter, so that sorting leaves it where it is
    for text in remarks(counted, shown, lang):
        grid.write([Cell(text, "plain")])
    if depth == 1:
        _chart(book, grid, name, counted, lines, look)


def _label(row: Shown, place: int) -> str:
    return row.labels[place] if place < len(row.labels) else ""


def _row(row: Shown, depth: int) -> Row:
    strong = "strong " if row.kind in ("subtotal", "total") else ""
    cells: Row = [Cell(_label(row, place), f"{strong}plain") for place in range(depth)]
    for count, share in ((row.count.households, row.household_share), (row.count.people, row.people_share)):
        cells.append(Cell("—", "to_the_right") if count is None else Cell(count, f"{strong}counted"))
        cells.append(Cell("—", "to_the_right") if share is None else Cell(float(share), f"{strong}share"))
    return cells


def _chart(book: Book, grid: Grid, name: str, counted: Counted, lines: list[Shown], look: Look) -> None:
    """Draw households and persons as bars beside the table; only so many lines can be read."""
    bars = min(len(lines), _BARS)
    series = [(1, counted.total.households, "households"), (3, counted.total.people, "persons")]
    drawn = [(column, word(key, look.lang)) for column, whole, key in series if whole is not None]
    if not bars or not drawn:
        return
    chart = book.chart("bar")
    for number, (column, called) in enumerate(drawn):
        chart.add_series({
            "name": called,
            "categories": [name, 1, 0, bars, 0],
            "values": [name, 1, column, bars, column],
            "fill": {"color": _COLOURS[number]},
            "data_labels": {"value": True, "font": {"color": _INK, "size": 8}},
            "gap": 40,
        })  # fmt: skip
    said = title(counted, look.lang)
    if bars < len(lines):
        said += both("（前 {bars} 行）", bars=bars)[look.lang != "zh"]
    _dress(chart, said, 110 + bars * (22 if len(drawn) == 1 else 34))
    grid.sheet.insert_chart(1, 6, chart, {"object_position": 3})


def _dress(chart: Any, said: str, height: int) -> None:  # noqa: ANN401 - XlsxWriter has no types
    chart.set_size({"width": _WIDTH, "height": height})
    chart.set_title({"name": said, "name_font": {"size": 12, "bold": True, "color": _INK}})
    chart.set_legend({"position": "top", "font": {"color": _INK}})
    chart.set_y_axis({"reverse": True, "line": {"none": True}, "num_font": {"color": _INK}, "major_tick_mark": "none"})
    gridlines = {"visible": True, "line": {"color": _GRID_LINE}}
    chart.set_x_axis(
        {"major_gridlines": gridlines, "num_font": {"color": _INK}, "label_position": "high", "line": {"none": True}}
    )
    chart.set_chartarea({"border": {"color": _GRID_LINE}})


def _across(book: Book, counted: Counted, look: Look) -> None:
    """Write a table by two columns as offices print it: the values of the second side by side, once for households, once for persons."""
    lang = look.lang
    name = both("交叉")[lang != "zh"]
    second = counted.values[1]
    broad = [min(30, max(11, width(value_text(value, lang)) + 4)) for value in second]  # no heading is broken
    grid = book.grid(name, widths=(24, *broad, 11))
    drawn: tuple[int, int] | None = None
    for key, place in (("households", 0), ("persons", 1)):
        grid.write([f"{title(counted, lang)}{word('colon', lang)}{word(key, lang)}"], style="heading")
        heads = [*(value_text(value, lang) for value in second), word("total", lang)]
        grid.write([Cell(column_name(counted.by[0], lang), "head"), *(Cell(head, _HEAD) for head in heads)])
        first = grid.row
        for row in _rows_across(counted, place, look):
            grid.write(row)
        drawn = drawn or (first, grid.row - 2)
        grid.write([])
    if drawn is not None and len(second) <= len(_COLOURS):
        _chart_across(book, grid, name, counted, drawn, look)


def _rows_across(counted: Counted, place: int, look: Look) -> Iterator[Row]:
    cells = {line.values: line.count for line in counted.lines}
    ends = {line.values: line.count for line in counted.ends}
    for value in counted.values[0]:
        label = Cell(value_text(value, look.lang), "plain")
        yield [
            label,
            *(_counted(cells, (value, other), place) for other in counted.values[1]),
            _counted(cells, (value,), place),
        ]
    whole = (counted.total.households, counted.total.people)[place]
    yield [
        Cell(word("total", look.lang), "strong"),
        *(_counted(ends, (other,), place) for other in counted.values[1]),
        Cell("" if whole is None else whole, "strong counted"),
    ]


def _chart_across(book: Book, grid: Grid, name: str, counted: Counted, drawn: tuple[int, int], look: Look) -> None:
    """Draw the households of each value of the first column as one bar, in parts, below the tables."""
    first, last = drawn[0], min(drawn[1], drawn[0] + _BARS - 1)
    chart = book.chart("bar", "stacked")
    for number in range(len(counted.values[1])):
        chart.add_series({
            "name": [name, first - 1, number + 1],
            "categories": [name, first, 0, last, 0],
            "values": [name, first, number + 1, last, number + 1],
            "fill": {"color": _COLOURS[number]},
            "gap": 40,
        })  # fmt: skip
    _dress(
        chart,
        f"{title(counted, look.lang)}{word('colon', look.lang)}{word('households', look.lang)}",
        130 + 26 * (last - first + 1),
    )
    grid.sheet.insert_chart(grid.row + 1, 0, chart, {"object_position": 3})


def _counted(cells: dict[tuple[Value, ...], Any], key: tuple[Value, ...], place: int) -> Cell:
    count = cells.get(key)
    number = None if count is None else (count.households, count.people)[place]
    return Cell("" if number is None else number, "counted" if len(key) > 1 else "strong counted")


def _stated(book: Book, table: Reconciled, name: str, look: Look) -> None:
    lang = look.lang
    heads = [*beside.heads(table, lang), both("说明")[lang == "en"]]
    shown = beside.rows(table, lang)
    aligned: Row = [heads[0], *(Cell(head, _HEAD) for head in heads[1:-1]), heads[-1]]
    with book.table(name, aligned, (26, 12, 12, 10, 12, 12, 10, 44)) as grid:
        for row in shown:
            style = "warning" if row.differs else "plain"
            grid.write(
                [Cell(row.name, style), *(_stated_cell(text, style) for text in row.numbers), Cell(row.said, style)]
            )
    grid.write([])
    grid.write([Cell(beside.verdict(table, lang), "strong")])
    for text in beside.doubts(table, lang):
        grid.write([Cell(text, "plain")])


def _stated_cell(text: str, style: str) -> Cell:
    bare = text.removeprefix("+")
    if bare.removeprefix("-").replace(".", "", 1).isdecimal():
        return Cell(float(bare) if "." in bare else int(bare), f"{style} counted")
    return Cell(text, f"{style} to_the_right")

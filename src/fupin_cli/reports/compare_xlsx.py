"""Turn a Comparison into a workbook: summary, changed cells, both rows side by side, one side only, repeated, moved, suspected."""

from collections.abc import Iterator
from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.errors import OutputError
from fupin_cli.model.difference import Comparison
from fupin_cli.reports.compare_counts import (
    ROW_CLASSES,
    ColumnTally,
    by_column,
    group_counts,
    step_of,
    table_counts,
)
from fupin_cli.reports.compare_masked import Veil
from fupin_cli.reports.compare_pairs import beside, suspected
from fupin_cli.reports.compare_rows import Sheets, duplicates, households, one_side
from fupin_cli.reports.compare_sentences import values
from fupin_cli.reports.compare_words import percent, said
from fupin_cli.reports.grid import Book, Cell, Grid, Row
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.words import Lang, Look
from fupin_cli.reports.xlsx import reading_sheet


def to_workbook(comparison: Comparison, place: Path, look: Look, path: Path) -> None:
    """Write the report to `place`; links go from where it will stand, `path`, to the workbooks that were read.

    Raises:
        OutputError: it cannot be written.
    """
    from xlsxwriter.exceptions import XlsxWriterException

    try:
        with Book(place) as book:
            sheets = Sheets(book, comparison, Veil(comparison, look.masking), look.lang, path.resolve().parent)
            _summary(sheets, look)
            _changes(sheets)
            beside(sheets)
            one_side(sheets, "left")
            one_side(sheets, "right")
            duplicates(sheets)
            households(sheets)
            suspected(sheets)
            reading_sheet(book, comparison.layouts, look.lang)
    except XlsxWriterException as error:
        raise OutputError(
            *both(
                "{path}：工作簿写不成（{name}）；请检查磁盘空间，或换一个位置。", path=path, name=type(error).__name__
            )
        ) from error


def _summary(sheets: Sheets, look: Look) -> None:
    comparison, lang = sheets.comparison, sheets.lang
    grid = sheets.book.grid(said("summary_sheet", lang), widths=(24, 14, 12, 12, 12, 10, 10, 10, 12, 40, 40))
    grid.sheet.hide_gridlines(2)
    grid.write([said("title", lang)], style="heading")
    grid.write([])
    for side, files in (("left", comparison.left), ("right", comparison.right)):
        grid.write([Cell(said(side, lang), f"{side}_head"), Cell(files, "plain")])
    grid.write([])
    for path, zh, en in comparison.failed_files:
        grid.write([Cell(said("failed", lang), "error"), Cell(f"{path}: {en if lang == 'en' else zh}", "plain")])
    for note in comparison.notes:
        grid.write([Cell(said("notes", lang), "warning"), Cell(note[lang == "en"], "plain")])
    grid.write(["", Cell(said("legend", lang), "plain")])
    grid.write(["", Cell(masking_line(look), "plain")])
    _classes(grid, comparison, lang)
    _met(grid, comparison, lang)
    _columns(grid, sheets)
    for table in comparison.tables:
        for key, columns in (
            ("only_columns_left", table.columns_only_left),
            ("only_columns_right", table.columns_only_right),
        ):
            if columns:
                told = f"{table.table}{said('colon', lang)}{said('and', lang).join(columns)}"
                grid.write([said(key, lang), Cell(told, "plain")])


def _classes(grid: Grid, comparison: Comparison, lang: Lang) -> None:
    grid.write([])
    tables = comparison.tables
    named = [Cell(table.table, "head to_the_right") for table in tables]
    grid.write([said("classes", lang), *named], style="head")
    counts = [table_counts(table) for table in tables]
    styles = {"only_left": "left", "duplicate_left": "left", "only_right": "right", "duplicate_right": "right"}
    for name in ROW_CLASSES:
        style = styles.get(name, "")
        shown = [Cell(each[name] or "", f"{style} counted") for each in counts]
        grid.write([Cell(said(name, lang), style), *shown])
    for name, n in group_counts(comparison).items():
        grid.write([said(name, lang), Cell(n, "counted")])


def _met(grid: Grid, comparison: Comparison, lang: Lang) -> None:
    grid.write([])
    sides = [Cell(said(side, lang), f"{side}_head to_the_right") for side in ("left", "right")]
    pairs = Cell(said("pairs", lang), "head to_the_right")
    grid.write([said("met_by", lang), said("table", lang), pairs, *sides], style="head")
    for table in comparison.tables:
        sizes: Row = [Cell(table.rows[0], "left counted"), Cell(table.rows[1], "right counted")]
        total = sum(table.keys.values())
        grid.write([Cell(said("met_all", lang), "strong"), table.table, Cell(total, "counted strong"), *sizes])
        for way, n in table.keys.items():
            grid.write([f"  {way}", table.table, Cell(n, "counted")])


def _columns(grid: Grid, sheets: Sheets) -> None:
    """Which columns differ most, and how."""
    tallies = by_column(sheets.comparison.tables)
    if not tallies:
        return
    lang = sheets.lang
    grid.write([])
    keys = ("cells", "share", "filled", "emptied", "up", "down", "most")
    heads: Row = [said("column", lang), said("table", lang)]
    heads += [Cell(said(key, lang), "head to_the_right") for key in keys]
    examples = [f"{said('example', lang)} · {said(side, lang)}" for side in ("left", "right")]
    grid.write([*heads, Cell(examples[0], "left_head"), Cell(examples[1], "right_head")], style="head")
    first = grid.row
    for tally in tallies:
        grid.write(_column_row(tally, sheets))
    bars = {"type": "data_bar", "bar_color": "#BDD7EE", "min_type": "num", "min_value": 0}
    grid.sheet.conditional_format(first, 2, grid.row - 1, 2, bars)
    grid.write([])


def _column_row(tally: ColumnTally, sheets: Sheets) -> Row:
    left, right = values(sheets.veil.change(tally.example), sheets.veil, sheets.lang)
    numbers = (tally.filled, tally.emptied, tally.up, tally.down)
    counted: Row = [Cell(tally.cells, "counted"), Cell(percent(tally.share), "to_the_right")]
    counted += [Cell(n, "counted") if n else "" for n in numbers]
    most = Cell(round(tally.most, 4) or "", "to_the_right")
    return [tally.column, tally.table, *counted, most, Cell(left, "left"), Cell(right, "right")]


def _changes(sheets: Sheets) -> None:
    """One row a cell that differs."""
    lang = sheets.lang
    heads: Row = [said(key, lang) for key in ("serial", "table", "township", "village", "household_number", "person", "column")]  # fmt: skip
    heads += [Cell(said("left_value", lang), "left_head"), Cell(said("right_value", lang), "right_head")]
    heads += [Cell(said("difference", lang), "head to_the_right"), said("left_place", lang), said("right_place", lang)]
    widths = (7, 6, 11, 11, 17, 10, 18, 30, 30, 12, 20, 20)
    sheets.tables(said("changes_sheet", lang), heads, widths, _change_rows(sheets))


def _change_rows(sheets: Sheets) -> Iterator[Row]:
    changes = (change for table in sheets.comparison.tables for change in table.changed)
    for serial, change in enumerate(changes, 1):
        shown = sheets.veil.change(change)
        record = shown.right_record
        left, right = values(shown, sheets.veil, sheets.lang)
        step = step_of(shown)
        shared: Row = [Cell(left, "left"), Cell(right, "right")]
        if step is not None and isinstance(shown.left, int | float) and isinstance(shown.right, int | float):
            shared = [Cell(shown.left, "left"), Cell(shown.right, "right")]
        yield [
            Cell(serial, "numbered"),
            record.table,
            record.township or "",
            record.village or "",
            record.household or "",
            record.person or "",
            shown.column,
            *shared,
            Cell("" if step is None else round(step, 6), " to_the_right"),
            sheets.link(shown.left_place, "left"),
            sheets.link(shown.right_place, "right"),
        ]

"""Write the sheets of a comparison's workbook that have a row a record: one side only, repeated, moved between households."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.model.difference import Comparison, Record, Side, TableComparison
from fupin_cli.model.place import Place
from fupin_cli.reports.compare_masked import Veil
from fupin_cli.reports.compare_sentences import Where, head_changed, moved, names, regrouped
from fupin_cli.reports.compare_words import said
from fupin_cli.reports.grid import Book, Cell, Link, Row
from fupin_cli.reports.links import link_to
from fupin_cli.reports.words import Lang
from fupin_cli.reports.wrapping import wrap

_LINKS = 20_000  # a workbook
_LINE = 15  # points
ROWS_A_SHEET = 1_000_000  # Excel has 1 048 576
TOLD_APART = ("户编号", "姓名", "乡", "村")  # columns of a record that have columns of their own in every sheet
_UNFIT = re.compile(r"[\[\]:*?/\\']")


class Sheets:
    """The workbook being written, and what every sheet of it needs."""

    def __init__(self, book: Book, comparison: Comparison, veil: Veil, lang: Lang, folder: Path) -> None:
        self.book = book
        self.comparison = comparison
        self.veil = veil
        self.lang = lang
        self._folder = folder
        self._where = Where(comparison, lang)
        self._used: set[str] = set()
        self._targets: dict[tuple[Path, str], str] = {}  # file and sheet → link to its first cell
        self._links = 0

    def link(self, place: Place, side: Side) -> Link:
        """Return a cell that opens the workbook at a place; so many that a workbook stays quick to open."""
        text = self._where.cells(place, side)
        if self._links >= _LINKS:
            return Link("", text)
        self._links += 1
        sheet = (place.file, place.sheet)
        if sheet not in self._targets:
            self._targets[sheet] = link_to(replace(place, row=1, cells=("A1",)), self._folder)
        target = self._targets[sheet]
        if not place.sheet:
            return Link(target, text)
        return Link(target and target[: -len("A1")] + (place.cells[0] if place.cells else f"A{place.row or 1}"), text)

    def tables(self, name: str, heads: Row, widths: Sequence[float], rows: Iterator[Row], frozen: int = 0) -> None:
        """Write a sheet, and as many more as the rows need; none without a row. Rows are as high as their texts."""
        first = next(rows, None)
        while first is not None:
            with self.book.table(self._name(name), heads, widths, frozen) as grid:
                for row in chain([first], islice(rows, ROWS_A_SHEET - 1)):
                    lines = _lines(row, widths)
                    if lines > 1:
                        grid.sheet.set_row(grid.row, _LINE * lines)
                    grid.write(row)
            first = next(rows, None)

    def _name(self, wanted: str) -> str:
        """Return a name no sheet has yet, and that Excel takes."""
        base = _UNFIT.sub(" ", wanted).strip()[:28]
        name, number = base, 1
        while name.casefold() in self._used:
            number += 1
            name = f"{base} {number}"
        self._used.add(name.casefold())
        return name


def _lines(row: Row, widths: Sequence[float]) -> int:
    """Return how many lines the longest text of a row takes in its column."""
    lines = 1
    for value, room in zip(row, widths, strict=True):
        text = value.value if isinstance(value, Cell) else value
        if isinstance(text, str) and (len(text) * 2 > room or "\n" in text):
            lines = max(lines, len(wrap(text, int(room) - 1)))
    return lines


def rooms(columns: Iterable[str]) -> list[float]:
    """Return how wide the columns of a table are to be: room for a certificate number, else for a few words."""
    return [22 if "证" in column else 16 for column in columns]


def who_heads(lang: Lang) -> Row:
    """Return the headings of `who`."""
    return [said(key, lang) for key in ("household_number", "person", "township", "village")]


def who(record: Record) -> tuple[str, ...]:
    """Return whose row a record is: 户编号, name, township, village."""
    return tuple(part or "" for part in (record.household, record.person, record.township, record.village))


def one_side(sheets: Sheets, side: Side) -> None:
    """One sheet a table, named by the file: the rows that only this side has, as they stand there."""
    lang = sheets.lang
    files = sheets.comparison.left if side == "left" else sheets.comparison.right
    for number, table in enumerate(sheets.comparison.tables):
        records = table.only_left if side == "left" else table.only_right
        columns = _columns(records, table)
        of = f" {table.table}" if number else ""
        name = f"{said(f'only_{side}_sheet', lang)}{of} {Path(files).stem}"
        heads: Row = [said("place", lang), *who_heads(lang), *columns]
        sheets.tables(
            name,
            [Cell(str(head), f"{side}_head") for head in heads],
            (20, 17, 10, 11, 11, *rooms(columns)),
            _one_side_rows(sheets, side, records, columns),
            frozen=3,
        )


def _columns(records: Iterable[Record], table: TableComparison) -> list[str]:
    """Return the columns that some record has a value in, in the order they were compared in."""
    there = {column for record in records for column in record.values} - set(TOLD_APART)
    ordered = dict.fromkeys((*table.compared, *table.columns_only_left, *table.columns_only_right))
    return [column for column in ordered if column in there] + sorted(there - set(ordered))


def _one_side_rows(sheets: Sheets, side: Side, records: Iterable[Record], columns: list[str]) -> Iterator[Row]:
    for record in records:
        shown = sheets.veil.record(record)
        values: Row = [shown.values.get(column, "") for column in columns]
        yield [sheets.link(shown.place, side), *who(shown), *values]


def duplicates(sheets: Sheets) -> None:
    """One row a record whose key another row of its side has, too."""
    lang = sheets.lang
    keys = ("pair", "side", "table", "key")
    heads: Row = [*(said(key, lang) for key in keys), *who_heads(lang), said("place", lang)]
    rows = _duplicate_rows(sheets)
    sheets.tables(said("duplicates_sheet", lang), heads, (7, 7, 7, 34, 17, 10, 11, 11, 20), rows)


def _duplicate_rows(sheets: Sheets) -> Iterator[Row]:
    number = 0
    for table in sheets.comparison.tables:
        for each in map(sheets.veil.duplicate, table.duplicates):
            number += 1
            key = names((f"{column} {text}" for column, text in each.records[0].key.items()), "\n")
            for index, record in enumerate(each.records):
                over = "over" if index == 0 else ""
                yield [
                    Cell(number, f"numbered {over}".rstrip()),
                    Cell(said(each.side, sheets.lang), f"{each.side} {over}".rstrip()),
                    Cell(table.table, over),
                    Cell(key, over),
                    *(Cell(part, over) for part in who(record)),
                    Cell(sheets.link(record.place, each.side), over),
                ]


def households(sheets: Sheets) -> None:
    """One row a move, split, merger or change of head."""
    lang = sheets.lang
    heads: Row = [said(key, lang) for key in ("serial", "what", "said", "person")]
    heads += [Cell(said(f"{side}_household", lang), f"{side}_head") for side in ("left", "right")]
    heads += [Cell(said(f"{side}_place", lang), f"{side}_head") for side in ("left", "right")]
    rows = ([Cell(serial, "numbered"), *row] for serial, row in enumerate(_household_rows(sheets), 1))
    sheets.tables(said("households_sheet", lang), heads, (7, 10, 60, 12, 20, 20, 22, 22), rows)


def _household_rows(sheets: Sheets) -> Iterator[Row]:
    comparison, veil, lang = sheets.comparison, sheets.veil, sheets.lang
    for each in comparison.regrouped:
        homes: Row = [
            Cell("\n".join(record.household or "" for record in records), side)
            for side, records in (("left", each.left), ("right", each.right))
        ]
        links: Row = [sheets.link(each.left[0].place, "left"), sheets.link(each.right[0].place, "right")]
        yield [said(each.kind, lang), regrouped(each, veil, lang), "", *homes, *links]
    for change in map(veil.head, comparison.head_changed):
        told = head_changed(change, lang)
        row: Row = [said("head_changed", lang), told, change.right_head.person or ""]
        row += [Cell(change.left.household or "", "left"), Cell(change.right.household or "", "right")]
        yield [*row, sheets.link(change.left_head.place, "left"), sheets.link(change.right_head.place, "right")]
    for move in map(veil.move, comparison.moved):
        row = [said("moved", lang), moved(move, lang), move.right.person or ""]
        row += [Cell(move.left.household or "", "left"), Cell(move.right.household or "", "right")]
        yield [*row, sheets.link(move.left.place, "left"), sheets.link(move.right.place, "right")]

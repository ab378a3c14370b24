"""Write the sheets of a comparison's workbook that show two rows together: changed records, suspected pairs."""

from collections.abc import Iterator
from math import floor

from fupin_cli.model.difference import CellChange, Record, Side, Suspicion, TableComparison
from fupin_cli.reports.compare_counts import blank
from fupin_cli.reports.compare_rows import TOLD_APART, Sheets, rooms, who, who_heads
from fupin_cli.reports.compare_sections import evidence, pairs_of
from fupin_cli.reports.compare_sentences import values
from fupin_cli.reports.compare_words import said
from fupin_cli.reports.grid import Cell, Row

_CONTEXT = ("证件号码", "与户主关系")  # shown beside the changed columns, so that one sees who it is
_SIDES: tuple[Side, Side] = ("left", "right")


def beside(sheets: Sheets) -> None:
    """One sheet a table: both rows of each changed record under one another, the cells that differ coloured."""
    for table in sheets.comparison.tables:
        changed = {change.column for change in table.changed} - set(TOLD_APART)
        there = set().union(*(change.right_record.values for change in table.changed))
        context = [column for column in _CONTEXT if column in there - changed]
        columns = context + [column for column in table.compared if column in changed]
        columns += sorted(changed - set(columns))
        lang = sheets.lang
        heads: Row = [*(said(key, lang) for key in ("pair", "side", "place")), *who_heads(lang), *columns]
        widths = (6, 6, 18, 17, 10, 11, 11, *rooms(columns))
        rows = _pair_rows(sheets, table, columns)
        sheets.tables(f"{said('beside_sheet', lang)} {table.table}", heads, widths, rows, frozen=5)


def _pair_rows(sheets: Sheets, table: TableComparison, columns: list[str]) -> Iterator[Row]:
    for number, pair in enumerate(pairs_of(table.changed), 1):
        cells = {change.column: _shown(change, sheets) for change in pair}
        records = sheets.veil.change(pair[0])
        for index, (side, record) in enumerate(zip(_SIDES, (records.left_record, records.right_record), strict=True)):
            over = "" if index else "over"
            lead: Row = [
                Cell(number, f"numbered {over}".rstrip()),
                Cell(said(side, sheets.lang), f"{side} {over}".rstrip()),
            ]
            lead.append(Cell(sheets.link(record.place, side), over))
            row: Row = []
            for column in columns:
                if column in cells:
                    row.append(Cell(cells[column][index], f"{side} {over}".rstrip()))
                else:
                    row.append(Cell(record.values.get(column, ""), f"alike {over}".rstrip()))
            named = [
                Cell(part or "", f"{side if column in cells else ''} {over}".rstrip())
                for column, part in zip(TOLD_APART, who(record), strict=True)
            ]
            yield [*lead, *named, *row]


def _shown(change: CellChange, sheets: Sheets) -> tuple[str | float, str | float]:
    """Return both values: numbers as numbers, so that a clerk can reckon with them."""
    seen = sheets.veil.change(change)
    texts = values(seen, sheets.veil, sheets.lang)
    left = "" if blank(seen.left, seen.left_text) else seen.left if isinstance(seen.left, int | float) else texts[0]
    right = (
        "" if blank(seen.right, seen.right_text) else seen.right if isinstance(seen.right, int | float) else texts[1]
    )
    return left, right


def suspected(sheets: Sheets) -> None:
    """Both rows of each pair that is probably one person, the surest first, with the reasons."""
    pairs = sorted(sheets.comparison.suspected, key=lambda pair: -pair.score)
    columns = _columns(sheets)
    lang = sheets.lang
    heads: Row = [*(said(key, lang) for key in ("pair", "score", "side", "place")), *who_heads(lang)]
    heads += [*columns, said("evidence", lang)]
    widths = (6, 8, 6, 18, 17, 10, 11, 11, *rooms(columns), 46)
    sheets.tables(said("suspected_sheet", lang), heads, widths, _suspected_rows(sheets, pairs, columns), frozen=6)


def _columns(sheets: Sheets) -> list[str]:
    """Return the columns both records are shown by: those the evidence is about, and those that tell who it is."""
    about: set[str] = set(_CONTEXT)
    there: set[str] = set()
    for pair in sheets.comparison.suspected:
        about.update(one.column for one in pair.evidence if one.column)
        there.update(pair.left.values, pair.right.values)
    wanted = (about & there) - set(TOLD_APART)
    compared = dict.fromkeys(column for table in sheets.comparison.tables for column in table.compared)
    return [column for column in compared if column in wanted] + sorted(wanted - set(compared))


def _suspected_rows(sheets: Sheets, pairs: list[Suspicion], columns: list[str]) -> Iterator[Row]:
    for number, pair in enumerate(pairs, 1):
        shown = sheets.veil.suspicion(pair)
        told = [evidence(one, sheets.lang) for one in shown.evidence]
        half = (len(told) + 1) // 2  # so both rows are as high as each other
        differs = {column for column in columns if pair.left.values.get(column) != pair.right.values.get(column)}
        for index, (side, record) in enumerate(zip(_SIDES, (shown.left, shown.right), strict=True)):
            over = "" if index else "over"
            lead: Row = [
                Cell(number, f"numbered {over}".rstrip()),
                Cell(floor(pair.score * 100) / 100, f"likely {over}".rstrip()),
            ]
            lead += [
                Cell(said(side, sheets.lang), f"{side} {over}".rstrip()),
                Cell(sheets.link(record.place, side), over),
            ]
            reasons = "\n".join(told[half:] if index else told[:half])
            named = _named(record, pair, side, over)
            row: Row = [
                Cell(record.values.get(column, ""), f"{side if column in differs else 'alike'} {over}".rstrip())
                for column in columns
            ]
            yield [*lead, *named, *row, Cell(reasons, over)]


def _named(record: Record, pair: Suspicion, side: Side, over: str) -> Row:
    """Whose row it is; what the two rows do not share is coloured."""
    parts = zip(who(record), who(pair.left), who(pair.right), strict=True)
    return [Cell(part, f"{side if left != right else ''} {over}".rstrip()) for part, left, right in parts]

"""A Sheet and its Layouts in, its telling rows out: the first, and those around rows that were left out, masked."""

from collections.abc import Callable, Iterator, Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.inspection import Row, Went
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout
from fupin_cli.tables.account import covered_cells
from fupin_cli.tables.cautious import cautious
from fupin_cli.tables.heading_text import squeeze
from fupin_cli.tables.territory import Claim, Territory, territory_of

FIRST = 15  # rows from the top
_LEFT_OUT = 12  # runs of rows left out that are shown, with a row above and below each
_MOST = 60
Shown = Callable[[str, str], str]  # canonical column, text → masked text


def picture_of(engine: Engine, sheet: Sheet, layouts: Sequence[Layout], shown: Shown) -> tuple[Row, ...]:
    """Return the rows of a sheet's picture in order; `shown` masks a text as its column asks."""
    if sheet.row_count == 0:
        return ()
    rows = [row for (row,) in engine.rows(f'SELECT "r" FROM "{sheet.relation}" ORDER BY "r" LIMIT {FIRST}')]
    wanted = sorted({*rows, *_around(layouts)})[:_MOST]
    cells = ", ".join(f'"c{i}"' for i in range(sheet.width))
    found = engine.rows(
        f'SELECT "r", {cells} FROM "{sheet.relation}" WHERE "r" IN ({", ".join(map(str, wanted))}) ORDER BY "r"'
    )
    land = territory_of(engine, sheet, layouts)
    hidden = covered_cells(sheet.merges, [row for row, *_ in found])
    claims = dict(_claims(land, [row for row, *_ in found]))
    return tuple(_row(land, row, claims[row], texts, hidden, shown) for row, *texts in found)


def _around(layouts: Sequence[Layout]) -> Iterator[int]:
    runs = sorted((one.first_row, one.last_row) for layout in layouts for one in layout.left_out)
    for first, last in runs[:_LEFT_OUT]:
        yield from (first - 1, first, last, last + 1)


def _claims(land: Territory, rows: Sequence[int]) -> Iterator[tuple[int, Claim]]:
    spans = iter(land.spans)
    _, claim = next(spans)
    following = next(spans, None)
    for row in rows:
        while following is not None and following[0] <= row:
            claim, following = following[1], next(spans, None)
        yield row, claim


def _row(
    land: Territory, row: int, claim: Claim, texts: Sequence[str | None], hidden: set[tuple[int, int]], shown: Shown
) -> Row:
    cells: list[tuple[str, Went | str]] = []
    for i, text in enumerate(texts):
        if text is None:
            cells.append(("", ""))
        elif (row, i) in hidden:
            cells.append((cautious(text), "covered"))
        else:
            cells.append(_cell(land, row, claim, i, text, shown))
    reason = next((one for one in claim.reasons if one != "heading"), "") if not claim.bodies else ""
    return Row(row, tuple(cells), reason)  # type: ignore[arg-type]  # every class is one of Went


def _cell(land: Territory, row: int, claim: Claim, index: int, text: str, shown: Shown) -> tuple[str, Went]:
    if (row, index) in land.fixed:
        return shown(_column_at(land, row, index), text), "read"
    if (row, index) in land.unknown:
        return cautious(text), "unmapped"
    if claim.form and squeeze(text) in land.labels:
        return " ".join(text.split()), "heading"
    went, reason = land.went(claim, index)
    if went == "read":
        return shown(_column_of(land, claim, index), text), went
    plain = " ".join(text.split())
    is_heading = went == "heading" or (went == "left out" and reason in ("title", "repeated heading", "total"))
    return (plain if is_heading and ("：" not in plain and ":" not in plain) else cautious(text)), went


def _column_of(land: Territory, claim: Claim, index: int) -> str:
    return next(
        each.column
        for place in claim.bodies
        for each in land.layouts[place].columns
        if each.index == index and each.cell is None
    )


def _column_at(land: Territory, row: int, index: int) -> str:
    return next(
        each.column
        for layout in land.layouts
        for each in layout.columns
        if each.index == index and each.cell is not None and each.cell.row == row
    )

"""Layouts of a sheet in, which of them claims a row and a column out: every cell of the sheet has one place to go."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.inspection import Went
from fupin_cli.model.place import column_index, letter
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout
from fupin_cli.tables.heading_text import squeeze
from fupin_cli.tables.lexicon import is_serial

Cell = tuple[int, int]  # Excel's row number, column counted from 0


class Claim(Struct, frozen=True):
    """What the layouts say of rows: whose body they are, whose heading, and why they are none."""

    bodies: tuple[int, ...] = ()  # positions of the layouts of which they are rows
    heading: bool = False
    reasons: tuple[str, ...] = ()  # of LeftOut, each once
    form: bool = False  # rows of a form: their labels are looked for


class Territory(Struct, frozen=True):
    """A sheet and its layouts, by rows and columns."""

    sheet: Sheet
    layouts: tuple[Layout, ...]
    spans: tuple[tuple[int, Claim], ...]  # first row of a span, what holds until the next; the first begins at row 0
    read: tuple[frozenset[int], ...]  # of each layout: columns read row by row
    unmapped: tuple[frozenset[int], ...]  # of each layout: columns whose headings are not known
    unread: tuple[frozenset[int], ...]  # of each layout: columns that are not to be read
    serial: tuple[frozenset[int], ...]  # of each layout: columns 序号
    fixed: dict[Cell, str]  # cells of forms that are read → their texts
    unknown: dict[Cell, str]  # cells of forms whose labels are not known → their addresses
    labels: frozenset[str]  # labels of forms, without blanks

    def went(self, claim: Claim, index: int) -> tuple[Went, str]:
        """Return where a cell went by its row's claim and its column, with the reason or the column's letter."""
        if any(index in self.read[place] for place in claim.bodies):
            return "read", ""
        for place in claim.bodies:
            for name, columns in self._known_kinds():
                if index in columns[place]:
                    return name, letter(index) if name == "unmapped" else ""
        if claim.heading:
            return "heading", ""
        told = next((reason for reason in claim.reasons if reason != "outside"), "outside")
        if told in ("heading", "outside"):
            return ("heading", "") if told == "heading" else ("outside", "")
        return "left out", told

    def _known_kinds(self) -> Iterator[tuple[Went, tuple[frozenset[int], ...]]]:
        yield "unmapped", self.unmapped
        yield "unread", self.unread
        yield "serial", self.serial


def territory_of(engine: Engine, sheet: Sheet, layouts: Sequence[Layout]) -> Territory:
    """Return who claims which rows and columns of a sheet; `layouts` are those of this sheet."""
    forms = [layout for layout in layouts if any(each.cell for each in layout.columns)]
    return Territory(
        sheet=sheet,
        layouts=tuple(layouts),
        spans=spans_of(layouts),
        read=tuple(frozenset(each.index for each in layout.columns if not each.cell) for layout in layouts),
        unmapped=tuple(frozenset(_columns(layout.unmapped)) for layout in layouts),
        unread=tuple(frozenset(_columns(layout.unread)) for layout in layouts),
        serial=tuple(_serials(engine, sheet, layouts)),
        fixed=_fixed(engine, sheet, layouts),
        unknown=_filled(engine, sheet, layouts),
        labels=frozenset(label for layout in forms for label in _labels(layout)),
    )


def spans_of(layouts: Sequence[Layout]) -> tuple[tuple[int, Claim], ...]:
    """Return spans of the rows of a sheet, each by its first row, over which the claims of its layouts are the same."""
    return tuple(_spans(layouts))


def _fixed(engine: Engine, sheet: Sheet, layouts: Sequence[Layout]) -> dict[Cell, str]:
    """Return the cells that hold for all rows of a table; a value that stands in no cell is left out."""
    wanted = {
        (each.cell.row, each.index): each.cell.text
        for layout in layouts
        for each in layout.columns
        if each.cell and each.cell.text
    }
    there = _texts(engine, sheet, wanted)
    return {cell: text for cell, text in wanted.items() if squeeze(text) in squeeze(there.get(cell, ""))}


def _filled(engine: Engine, sheet: Sheet, layouts: Sequence[Layout]) -> dict[Cell, str]:
    """Return the cells of forms beside labels not known, those with content."""
    cells = {cell: where for layout in layouts for where in layout.unmapped if (cell := _address(where)) is not None}
    there = _texts(engine, sheet, cells)
    return {cell: where for cell, where in cells.items() if cell in there}


def _texts(engine: Engine, sheet: Sheet, cells: Iterable[Cell]) -> dict[Cell, str]:
    """Return the texts of some cells, the blank left out."""
    rows: dict[int, list[int]] = {}
    for row, column in cells:
        rows.setdefault(column, []).append(row)
    return {
        (row, i): text
        for i, wanted in rows.items()
        for row, text in engine.rows(
            f'SELECT "r", "c{i}" FROM "{sheet.relation}" WHERE "c{i}" IS NOT NULL AND "r" IN ({", ".join(map(str, wanted))})'
        )
    }


def _spans(layouts: Sequence[Layout]) -> Iterator[tuple[int, Claim]]:
    """Yield spans of rows over which the claims are the same."""
    steps: list[tuple[int, int, str, int]] = []  # row, +1 or -1, what, position of the layout
    for place, layout in enumerate(layouts):
        for first, last, what in _ranges(layout):
            steps += [(first, 1, what, place), (last + 1, -1, what, place)]
    active: dict[tuple[str, int], int] = {}
    yield 0, Claim()
    steps.sort(key=lambda step: step[0])
    for number, (row, change, what, place) in enumerate(steps):
        active[what, place] = active.get((what, place), 0) + change
        if not active[what, place]:
            del active[what, place]
        if number + 1 == len(steps) or steps[number + 1][0] != row:
            yield row, _claim(active)


def _ranges(layout: Layout) -> Iterator[tuple[int, int, str]]:
    if layout.last_row >= layout.first_row:
        yield layout.first_row, layout.last_row, "body"
    for row in layout.heading_rows:
        yield row, row, "heading row"
    for out in layout.left_out:
        yield out.first_row, out.last_row, out.reason
    cells = [each.cell.row for each in layout.columns if each.cell]
    if cells:
        rows = [*cells, *(cell[0] for where in layout.unmapped if (cell := _address(where)) is not None)]
        yield min(rows), max(rows), "form"


def _claim(active: dict[tuple[str, int], int]) -> Claim:
    out = {place for what, place in active if what not in ("body", "heading row", "form")}
    reasons = dict.fromkeys(what for what, _ in sorted(active) if what not in ("body", "heading row", "form"))
    return Claim(
        bodies=tuple(place for what, place in active if what == "body" and place not in out),
        heading=any(what == "heading row" for what, _ in active),
        reasons=tuple(reasons),
        form=any(what == "form" for what, _ in active),
    )


def _columns(found: dict[str, str]) -> Iterator[int]:
    """Yield the columns of letters; addresses of forms are cells, no columns."""
    for where in found:
        if where.isalpha():
            yield column_index(where)


def _address(where: str) -> Cell | None:
    letters = where.rstrip("0123456789")
    return None if letters == where else (int(where[len(letters) :]), column_index(letters))


def _serials(engine: Engine, sheet: Sheet, layouts: Sequence[Layout]) -> Iterator[frozenset[int]]:
    """Yield the columns of each layout whose heading is 序号."""
    rows = sorted({row for layout in layouts for row in layout.heading_rows})
    told: dict[int, list[int]] = {}
    if rows:
        cells = ", ".join(f'"c{i}"' for i in range(sheet.width))
        wanted = ", ".join(map(str, rows))
        for row, *texts in engine.rows(f'SELECT "r", {cells} FROM "{sheet.relation}" WHERE "r" IN ({wanted})'):
            told[row] = [i for i, text in enumerate(texts) if text and is_serial((text,))]
    for layout in layouts:
        yield frozenset(i for row in layout.heading_rows for i in told.get(row, ()))


def _labels(layout: Layout) -> Iterator[str]:
    headings = [each.heading for each in layout.columns if each.cell]
    headings += [heading for where, heading in layout.unmapped.items() if _address(where)]
    for heading in headings:
        for text in (heading, *heading.split("-")):
            if text.strip():
                yield from (squeeze(text), "".join(text.split()))  # as Python and as SQL compare it

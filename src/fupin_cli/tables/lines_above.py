"""A table and the lines above it (乡镇：清溪镇　村：柳湾村) in, the table with the places they state for all its rows out."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from fupin_cli.engines import Engine
from fupin_cli.model.place import letter
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Fixed, Layout, LeftOut, Mapped
from fupin_cli.tables.boxes import Box, boxes_of, rows_between
from fupin_cli.tables.dates_in_titles import date_in
from fupin_cli.tables.form_rows import Pair, pairs_of
from fupin_cli.tables.grid import Grid, read_grid
from fupin_cli.tables.labels import Labelled
from fupin_cli.tables.pieces import pieces
from fupin_cli.tables.place_paths import names_a_unit, places_in
from fupin_cli.values.patterns import regex

_LEVELS = ("省", "市", "县", "乡", "村", "自然村")
_WIDE = {"人": _LEVELS, "户": _LEVELS, "村": _LEVELS[:4]}
_DAY = regex(r"20\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?")
_YEAR = regex(r"20\d\d年?度?")
_NAME = regex(r"[\w（）()·、—-]{1,20}")
_MOST = 300  # parts of one table
Stated = dict[str, Mapped]  # column → the cell that states it


def under_lines(engine: Engine, layout: Layout, grid: Grid, begin: int, labelled: Labelled) -> list[Layout]:
    """Return a table with what the lines above it state; parted where a line further down states another place.

    A column of the table's own goes before a line.
    """
    if layout.kind not in _WIDE or not layout.heading_rows:
        return [layout]
    own = {each.column for each in layout.columns}
    wanted = {*_WIDE[layout.kind], "年度", "数据日期"} - own
    above = _stated(rows_between(grid, begin, layout.heading_rows[0] - 1), labelled, wanted)
    day = _text(above.get("数据日期"))
    if day is not None and date_in(day) == layout.dated:
        del above["数据日期"]
    later = list(_stated_below(engine, layout, labelled, wanted)) if above else []
    changes = [(row, stated) for row, stated in later if _differs(stated, above)]
    if not changes:
        return [_with(layout, above)]
    if len(changes) > _MOST:
        return [layout]
    return _parted(layout, above, later)


def _stated(grid: Grid, labelled: Labelled, wanted: set[str]) -> Stated:
    """Return what the labels of some lines say of the columns wanted; of two the first."""
    found: Stated = {}
    for boxes in boxes_of(grid).values():
        for mapped in _in_line(boxes, labelled, wanted):
            found.setdefault(mapped.column, mapped)
    return found


def _in_line(boxes: Sequence[Box], labelled: Labelled, wanted: set[str]) -> Iterator[Mapped]:
    pairs, _ = pairs_of(boxes, labelled, "")
    for pair in pairs:
        meant = next((each for each in pair.meant if each.column in wanted), None)
        if meant is not None and _is_name(meant.column, pair.value.text):
            yield _mapped(meant.column, pair)
    for box in boxes:
        yield from (each for each in unit_places(box) if each.column in wanted)


def unit_places(box: Box) -> Iterator[Mapped]:
    """Yield the places in the name of who fills in the table: 填报单位：清溪镇柳湾村（盖章）."""
    for piece in pieces(box.text, names_a_unit):
        if piece.known and piece.value:
            for column, name in places_in(piece.value).items():
                cell = Fixed(box.top, name, box.kind)
                yield Mapped(column, box.left, letter(box.left), piece.label, "normalised", cell=cell)


def _mapped(column: str, pair: Pair) -> Mapped:
    how = next(each.how for each in pair.meant if each.column == column)
    return Mapped(column, pair.index, letter(pair.index), pair.label, how, cell=pair.value)


def _is_name(column: str, text: str | None) -> bool:
    if text is None:
        return False
    if column in ("数据日期", "年度"):
        return bool((_DAY if column == "数据日期" else _YEAR).fullmatch("".join(text.split())))
    return bool(_NAME.fullmatch(text))


def _stated_below(engine: Engine, layout: Layout, labelled: Labelled, wanted: set[str]) -> Iterator[tuple[int, Stated]]:
    """Yield the lines between the rows of a table that state a place, with their rows."""
    between = [
        out
        for out in layout.left_out
        if out.first_row > layout.heading_rows[-1] and out.reason not in ("total", "template", "repeated heading")
        if out.first_row < layout.last_row
    ]
    rows = [row for out in between for row in range(out.first_row, out.last_row + 1)]
    if not rows:
        return
    grid = _rows_of(engine, layout.sheet, rows)
    for row, boxes in boxes_of(grid).items():
        if stated := {each.column: each for each in _in_line(boxes, labelled, wanted)}:
            yield row, stated


def _rows_of(engine: Engine, sheet: Sheet, rows: Sequence[int]) -> Grid:
    """Return some rows of a sheet."""
    if len(rows) == 1:
        return read_grid(engine, sheet, rows[0], rows[0])
    chosen = ", ".join(map(str, rows))
    part = replace(sheet, relation=f"{sheet.relation}_lines", kinds=(), texts=())
    engine.run(
        f'CREATE OR REPLACE TEMP VIEW "{part.relation}" AS SELECT * FROM "{sheet.relation}" WHERE "r" IN ({chosen})'
    )
    grid = read_grid(engine, part, min(rows), max(rows), len(rows))
    engine.run(f'DROP VIEW "{part.relation}"')
    return grid


def _differs(stated: Stated, above: Stated) -> bool:
    return any(_text(each) != _text(above.get(column)) for column, each in stated.items())


def _text(mapped: Mapped | None) -> str | None:
    return mapped.cell.text if mapped and mapped.cell else None


def _with(layout: Layout, stated: Stated) -> Layout:
    return replace(layout, columns=(*layout.columns, *stated.values()))


def _parted(layout: Layout, above: Stated, later: Sequence[tuple[int, Stated]]) -> list[Layout]:
    """Return the parts of a table between the lines that state where their rows are."""
    borders = [layout.first_row, *(row + 1 for row, _ in later), layout.last_row + 1]
    states = [above]
    for _, stated in later:
        states.append(_below(states[-1], stated))
    parts = []
    for place, state in enumerate(states):
        first, last = borders[place], borders[place + 1] - 1
        part = replace(_with(layout, state), first_row=first, last_row=last)
        parts.append(part if place == 0 else replace(part, doubts=(), left_out=_inside(layout.left_out, first, last)))
    return [part for part in parts if part.first_row <= part.last_row]


def _inside(left_out: Sequence[LeftOut], first: int, last: int) -> tuple[LeftOut, ...]:
    return tuple(out for out in left_out if first <= out.last_row and out.first_row <= last)


def _below(before: Stated, stated: Stated) -> Stated:
    """Return what holds after a line: what it states, and of the line before what lies above that."""
    highest = min((_LEVELS.index(column) for column in stated if column in _LEVELS), default=len(_LEVELS))
    kept = {column: each for column, each in before.items() if column not in _LEVELS[highest:]}
    return kept | stated

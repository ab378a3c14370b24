"""Boxes of a sheet in, the forms that stand in it out: labels with their values, and the rows of grids of members."""

from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct, field
from msgspec.structs import replace

from fupin_cli.model.sheet import Kind
from fupin_cli.model.table import LeftOut
from fupin_cli.tables.boxes import Box, Rows
from fupin_cli.tables.form_grids import last_of_grid
from fupin_cli.tables.form_rows import (
    HOUSEHOLD,
    Pair,
    are_headings,
    asks_anybody,
    heads_members,
    is_footer,
    is_heading_row,
    is_note,
    is_section,
    is_signed_beside,
    is_title,
    may_be_label,
    pair_of,
    pairs_below,
    pairs_of,
    says_nothing,
)
from fupin_cli.tables.grid import Grid
from fupin_cli.tables.labels import Labelled, label_text
from fupin_cli.tables.lexicon import IDENTIFYING, is_of_another

_NAMING = HOUSEHOLD | {"姓名", "省", "市", "县", "乡", "村", "自然村"}
_LONGEST_SECTION = 20


class Form(Struct):
    """One form: a household's, a person's or a village's."""

    begin: int
    end: int
    titles: list[str] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    strays: list[Box] = field(default_factory=list)
    grids: list[tuple[int, int]] = field(default_factory=list)  # first row of the heading, last row
    left_out: list[LeftOut] = field(default_factory=list)
    tables: bool = False  # records stand below headings that name somebody: tables, no form

    @property
    def known(self) -> list[Pair]:
        """Pairs whose label is known."""
        return [pair for pair in self.pairs if pair.meant]


class _Reader(Struct):
    """A form while it is read from top to bottom."""

    grid: Grid
    rows: Rows
    numbers: list[int]
    labelled: Labelled
    form: Form
    section: str = ""
    other: str = ""  # the label of somebody who is no member, of the row before
    sides: list[Box] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)  # rows without a known label


def read_form(grid: Grid, rows: Rows, begin: int, end: int, labelled: Labelled) -> Form:
    """Read the rows from `begin` to `end` as one form."""
    numbers = [row for row in rows if begin <= row <= end]
    reader = _Reader(grid, rows, numbers, labelled, Form(begin, end))
    place = 0
    while place < len(numbers):
        place = _read_row(reader, place)
    _read_unsure(reader)
    _take_blank_labels(reader.form)
    reader.form.pairs = [_known_by_place(pair, reader) for pair in reader.form.pairs]
    return reader.form


def _read_row(reader: _Reader, place: int) -> int:
    """Read the row at a position, and those that hang on it; return the next position."""
    row, form = reader.numbers[place], reader.form
    boxes = _without_row_label(reader, _without_sides(reader, row))
    if not boxes:
        return place + 1
    band = _band(reader, row)
    if reader.other and asks_anybody(boxes):
        band = reader.other
    if is_heading_row(boxes, reader.labelled, band):
        return _read_below(reader, place, boxes, band)
    if len(boxes) == 1 and _read_alone(reader, boxes[0]):
        return place + 1
    if says_nothing(boxes, reader.labelled, band) and not is_footer(boxes):
        reader.unsure.append(row)
        return place + 1
    pairs, strays = pairs_of(boxes, reader.labelled, band)
    reader.other = next(
        (pair.label for pair in pairs if is_of_another((pair.label,))), reader.other * (band == reader.other)
    )
    known = [pair for pair in pairs if pair.meant]
    named = any(each.column in _NAMING for pair in known for each in pair.meant)
    if is_footer(boxes) and not named and not is_signed_beside(boxes, pairs):
        form.left_out.append(LeftOut(row, row, "footer"))
    elif is_note(boxes) and not known:
        form.left_out.append(LeftOut(row, row, "note"))
    elif known and are_headings(boxes, pairs, reader.labelled):
        form.left_out.append(LeftOut(row, row, "outside"))
    elif known:
        form.pairs += _under_sides(reader, row, pairs)
        form.strays += strays
    else:
        reader.unsure.append(row)
    return place + 1


def _read_alone(reader: _Reader, box: Box) -> bool:
    """Take a row of one box for a title, a section, a note or a line to sign; False when it may be a label."""
    labelled, form = reader.labelled, reader.form
    section = is_section(box.text) or (_is_wide(box, reader.grid) and len(box.text) <= _LONGEST_SECTION)
    if labelled.is_label(box.text, _band(reader, box.top)) and not section:
        return False
    pairs, _ = pairs_of([box], labelled, _band(reader, box.top))
    if any(pair.meant and (pair.value.text or not section) for pair in pairs):
        return False
    if not is_title(box.text):
        form.left_out.append(LeftOut(box.top, box.top, "footer" if is_footer([box]) else "note"))
    elif not form.pairs and not form.grids and not is_section(box.text):
        form.titles.append(" ".join(box.text.split()))
        form.left_out.append(LeftOut(box.top, box.top, "title"))
    elif section:
        reader.section = box.text
        form.left_out.append(LeftOut(box.top, box.top, "band"))
    else:
        form.left_out.append(LeftOut(box.top, box.top, "outside"))
    return True


def _read_below(reader: _Reader, place: int, heads: tuple[Box, ...], band: str) -> int:
    """Read a row of headings: a grid of members, labels over their values, or somebody else's grid."""
    form, numbers = reader.form, reader.numbers
    bottom = max(box.bottom for box in heads)
    last = _end_of_grid(reader, place, heads, band)
    below = [row for row in numbers if bottom < row <= last]
    if heads_members(heads, reader.labelled, band) and (len(below) != 1 or _has_relation(heads, reader, band)):
        form.grids.append((numbers[place], max([bottom, *below])))
    elif len(below) <= 1:
        values = _without_sides(reader, below[0]) if below and below[0] == bottom + 1 else ()
        form.pairs += _under_sides(reader, numbers[place], pairs_below(heads, values, reader.labelled, band))
        used = {(pair.value.row, pair.index) for pair in form.pairs}
        form.strays += [box for box in values if (box.top, box.left) not in used]
    else:
        form.left_out.append(LeftOut(numbers[place], below[-1], "outside"))
        meant = [reader.labelled.means(box.text, band) for box in heads]
        form.tables = form.tables or any(each and each[0].column in IDENTIFYING for each in meant)
    return next((at for at, row in enumerate(numbers) if row > max([bottom, *below])), len(numbers))


def _has_relation(heads: Sequence[Box], reader: _Reader, band: str) -> bool:
    return any(each.column == "与户主关系" for box in heads for each in reader.labelled.means(box.text, band))


def _end_of_grid(reader: _Reader, place: int, heads: Sequence[Box], band: str) -> int:
    """Return the last row below headings that may belong to them."""
    top, bottom = reader.numbers[place], max(box.bottom for box in heads)
    beside = [
        merge.last_row
        for merge in reader.grid.merges
        if merge.first_row <= top and merge.last_row > bottom and merge.last_column < heads[0].left
    ]
    limit = min(beside, default=reader.form.end)
    numbers = takewhile(limit.__ge__, reader.numbers[place + 1 :])
    below = (reader.rows[row] for row in numbers if row > bottom)
    return last_of_grid(below, heads, reader.labelled, band) or (limit if beside else bottom)


def _without_sides(reader: _Reader, row: int) -> tuple[Box, ...]:
    """Return the boxes of a row without labels of sections that stand beside several rows; these are remembered."""
    reader.sides = [side for side in reader.sides if side.bottom >= row]
    boxes = list(reader.rows[row])
    while boxes and _is_side(reader, boxes):
        reader.sides.append(boxes.pop(0))
    return tuple(boxes)


def _without_row_label(reader: _Reader, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """Return the boxes of a row without a label of the whole row, before a label that is known; it is remembered."""
    if len(boxes) < 3 or boxes[1].left != boxes[0].right + 1 or not may_be_label(boxes[0]):
        return boxes
    first, second = (reader.labelled.is_label(box.text, _band(reader, box.top)) for box in boxes[:2])
    if first or not second:
        return boxes
    reader.sides.append(boxes[0])
    return boxes[1:]


def _is_side(reader: _Reader, boxes: Sequence[Box]) -> bool:
    box = boxes[0]
    if box.bottom == box.top or box.kind is not Kind.TEXT or (len(boxes) > 1 and boxes[1].bottom >= box.bottom):
        return False
    return any(
        other.left > box.right for row in reader.numbers if box.top < row <= box.bottom for other in reader.rows[row]
    ) or (len(boxes) > 1 and is_heading_row(boxes[1:], reader.labelled, box.text))


def _band(reader: _Reader, row: int) -> str:
    """Return what stands over a row: the section, and the labels beside it."""
    beside = [side.text for side in reader.sides if side.top <= row <= side.bottom]
    return "".join(beside) or reader.section


def _under_sides(reader: _Reader, row: int, pairs: Sequence[Pair]) -> list[Pair]:
    """Put the labels beside several rows before the labels of these rows, as bands stand before headings."""
    beside = [label_text(side) for side in reader.sides if side.top <= row <= side.bottom]
    return [replace(pair, label="-".join([*beside, pair.label])) for pair in pairs]


def _is_wide(box: Box, grid: Grid) -> bool:
    return 2 * (box.right - box.left + 1) >= min(grid.width, 6)


def _read_unsure(reader: _Reader) -> None:
    """Take rows without a known label for labels with values where they stand as the known ones do, else leave them out."""
    form = reader.form
    columns = {
        box.left for pair in form.known for box in reader.rows.get(pair.row, ()) if box.text.startswith(pair.label)
    }
    for row in reader.unsure:
        boxes = _without_sides(reader, row)
        pairs, strays = pairs_of(boxes, reader.labelled, "")
        if pairs and {pair.left for pair in pairs} <= columns:
            form.pairs += pairs
            form.strays += strays
        else:
            form.left_out.append(LeftOut(row, row, "outside"))


def _known_by_place(pair: Pair, reader: _Reader) -> Pair:
    """Take a word that is a value elsewhere (卫生厕所) for a label where labels stand and its value fits."""
    if pair.meant or sum(1 for other in reader.form.known if other.left == pair.left) < 2:
        return pair
    meant = reader.labelled.means(pair.label.split("-")[-1])
    column = reader.labelled.lexicon.columns[meant[0].column] if meant else None
    if column is None or column.type == "姓名" or not reader.labelled.fits(column, pair.value.text, pair.value.kind):
        return pair
    return replace(pair, meant=meant)


def _take_blank_labels(form: Form) -> None:
    """Take what stands alone where labels stand for a label nobody knows, with nothing beside it."""
    columns = {pair.left for pair in form.known if pair.left != pair.index}
    alone = [box for box in form.strays if box.left in columns and may_be_label(box)]
    form.pairs += [pair_of(box, [], ()) for box in alone]
    form.strays = [box for box in form.strays if box not in alone]

"""Headings of a form and the rows below them in, the last row that is a record under these headings out."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from fupin_cli.model.dictionary import Column
from fupin_cli.tables.boxes import Box
from fupin_cli.tables.form_rows import begins_something, has_labels
from fupin_cli.tables.labels import ANY_TEXT, Labelled
from fupin_cli.tables.lexicon import IDENTIFYING


class _Asked(Struct, frozen=True):
    """What headings ask of the cells below them, by column of the sheet."""

    values: dict[int, Column]  # where not any text will do; names apart
    names: dict[int, Column]  # what names somebody


def last_of_grid(below: Iterable[Sequence[Box]], heads: Sequence[Box], labelled: Labelled, section: str) -> int | None:
    """Return the last of the rows that may belong to headings, None when not even the first does.

    Args:
        below: the boxes of each row below the headings, from top to bottom.
        heads: the headings.
        labelled: what labels mean.
        section: what stands over the headings.
    """
    asked, last = _asked(heads, labelled, section), None
    for row in below:
        boxes = [box for box in row if box.right >= heads[0].left or box.bottom == box.top]
        own = {box.left: box for box in boxes}
        if not boxes or _straddles(boxes, heads) or _fits_nowhere(own, asked.values, labelled):
            break
        if begins_something(boxes, labelled, section):
            break
        if not _is_record(own, asked.names, labelled, section) and has_labels(boxes, labelled, section):
            break
        last = boxes[0].top
    return last


def _asked(heads: Sequence[Box], labelled: Labelled, section: str) -> _Asked:
    columns, values, names = labelled.lexicon.columns, dict[int, Column](), dict[int, Column]()
    for head in heads:
        meant = [each.column for each in labelled.means(head.text, section)]
        if meant and columns[meant[0]].type not in ("姓名", ANY_TEXT):
            values[head.left] = columns[meant[0]]
        if (name := next((each for each in meant if each in IDENTIFYING), None)) is not None:
            names[head.left] = columns[name]
    return _Asked(values, names)


def _straddles(boxes: Sequence[Box], heads: Sequence[Box]) -> bool:
    """Tell whether one box covers two of the headings: another block of the form, no record."""
    wide = [box for box in boxes if box.left < box.right]
    return any(sum(1 for head in heads if box.left <= head.left <= box.right) > 1 for box in wide)


def _fits_nowhere(own: dict[int, Box], asked: dict[int, Column], labelled: Labelled) -> bool:
    """Tell a row of other headings from a person: next to nothing in it is what its column asks for, names apart."""
    good = bad = 0
    rest = len(asked)  # columns not yet looked at: all of them may be bad
    for left, column in asked.items():
        rest -= 1
        box = own.get(left)
        fits = labelled.fits(column, box.text, box.kind) if box else None
        good, bad = good + (fits is True), bad + (fits is False)
        if 3 * good > bad + rest:
            return False
    return bad > 1 and 3 * good <= bad


def _is_record(own: dict[int, Box], names: dict[int, Column], labelled: Labelled, section: str) -> bool:
    """Tell whether what stands under a heading that names somebody is a name or a number."""
    boxes = ((own[left], column) for left, column in names.items() if left in own)
    return any(
        not labelled.is_label(box.text, section) and labelled.fits(column, box.text, box.kind) for box, column in boxes
    )

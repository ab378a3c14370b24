"""A sheet of forms in, its parts out: one view of the sheet for each form that stands beside another."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from msgspec.structs import replace

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Sheet
from fupin_cli.tables.boxes import Box, Rows, boxes_of
from fupin_cli.tables.form_blocks import forms_in
from fupin_cli.tables.form_evidence import has_values, is_blank_form, is_form
from fupin_cli.tables.form_rows import HOUSEHOLD, is_title, pairs_of
from fupin_cli.tables.forms import Form
from fupin_cli.tables.grid import Grid, read_grid
from fupin_cli.tables.heading_text import squeeze
from fupin_cli.tables.labels import Labelled
from fupin_cli.tables.side_by_side import part_of

MOST_ROWS = 30_000  # rows of a sheet of forms that are read
_LONGEST = 20  # letters; a label that names a household is shorter


def forms_beside(
    engine: Engine, sheet: Sheet, grid: Grid, rows: Rows, labelled: Labelled
) -> list[tuple[Sheet, Grid, Rows]]:
    """Return the sheet itself, or for each form beside another the sheet with nothing in the other columns.

    `grid` and `rows` have its first rows. A title and the lines of places above the first form are every form's.
    """
    whole = [(sheet, grid, rows)]
    if _named_twice(rows, labelled) is None:
        return whole
    if len(grid.raw) < sheet.row_count:
        grid = read_grid(engine, sheet, 1, sheet.last_row, MOST_ROWS)
        rows = boxes_of(grid)
    found = _named_twice(rows, labelled)
    cuts = list(_cuts(rows, *found)) if found else []
    if not cuts:
        return whole
    begins = [0, *cuts]
    parts = [part_of(engine, sheet, first, last - 1) for first, last in pairwise([*begins, sheet.width])]
    above = [row for row in rows if found and row < found[0]]
    grids = [read_grid(engine, part, 1, part.last_row, MOST_ROWS) for part in parts]
    shared = [row for row in above if row not in grids[-1].raw and _is_shared(rows[row], labelled)]
    grids = [grids[0], *(_with_rows(own, grid, shared) for own in grids[1:])]
    boxes = list(map(boxes_of, grids))
    return list(zip(parts, grids, boxes, strict=True)) if _are_forms(grids, boxes, labelled) else whole


def _named_twice(rows: Rows, labelled: Labelled) -> tuple[int, list[int]] | None:
    """Return the first row of a label that names a household and stands again further right, and the columns of both."""
    names = _names(rows, labelled)
    if not names:
        return None
    places: dict[str, dict[int, int]] = {}  # label → column → its first row there
    for row, boxes in rows.items():
        columns: dict[str, list[int]] = {}
        for box in boxes:
            if (label := names.get(box.text)) is not None:
                columns.setdefault(label, []).append(box.left)
        for label, lefts in columns.items():
            if len(lefts) > 1:
                return row, lefts
            places.setdefault(label, {}).setdefault(lefts[0], row)
    for label, found in places.items():
        if len(found) > 1 and labelled.is_label(label):
            return min(found.values()), sorted(found)
    return None


def _names(rows: Rows, labelled: Labelled) -> dict[str, str]:
    """Return the texts that begin with a label that names a household and stands in several columns, with that label."""
    columns: dict[str, set[int]] = {}
    for boxes in rows.values():
        for box in boxes:
            columns.setdefault(box.text, set()).add(box.left)
    labels = {text: squeeze(text.replace("：", ":").split(":")[0]) for text in columns}
    places: dict[str, set[int]] = {}
    for text, label in labels.items():
        if 1 < len(label) < _LONGEST:
            places.setdefault(label, set()).update(columns[text])
    names = {label for label, lefts in places.items() if len(lefts) > 1 and _is_name(label, labelled)}
    return {text: label for text, label in labels.items() if label in names}


def _is_name(label: str, labelled: Labelled) -> bool:
    """Tell a label that names a household."""
    return any(each.column in HOUSEHOLD for each in labelled.means(label))


def _cuts(rows: Rows, anchor: int, lefts: Sequence[int]) -> Iterator[int]:
    """Yield the columns at which another form begins; nothing where some cell reaches over one of them."""
    boxes = [box for own in rows.values() if len(own) > 1 for box in own]
    filled = {column for box in boxes for column in range(box.left, box.right + 1)}
    first = min(box.left for box in boxes if box.top >= anchor)
    cuts = []
    for before, left in pairwise(lefts):
        alike = first + left - lefts[0]  # where it begins if it is drawn as the first form is
        blank = [column for column in range(before + 1, left) if column not in filled]
        cuts.append(alike if not blank or alike - 1 in blank else blank[-1] + 1)
    if not any(box.left < cut <= box.right for box in boxes for cut in cuts):
        yield from cuts


def _is_shared(boxes: Sequence[Box], labelled: Labelled) -> bool:
    """Tell a title, or a line of places, from a row of the form below it."""
    meant = [each for pair in pairs_of(boxes, labelled, "")[0] for each in pair.meant]
    if any(labelled.lexicon.columns[each.column].level != "地" for each in meant):
        return False
    return bool(meant) or (len(boxes) == 1 and is_title(boxes[0].text))


def _with_rows(own: Grid, grid: Grid, shared: Sequence[int]) -> Grid:
    """Return a part's grid with some rows of the whole sheet above its own."""
    return replace(
        own,
        raw={row: grid.raw[row] for row in shared} | own.raw,
        kinds={row: grid.kinds[row] for row in shared} | own.kinds,
        filled={row: grid.filled[row] for row in shared} | own.filled,
        merges=(*(merge for merge in grid.merges if merge.first_row in shared), *own.merges),
        merged=own.merged | {(row, column) for row, column in grid.merged if row in shared},
    )


def _are_forms(grids: Sequence[Grid], boxes: Sequence[Rows], labelled: Labelled) -> bool:
    """Tell forms of several households, or nobody's, from the halves of one form."""
    named = []
    for grid, rows in zip(grids, boxes, strict=True):
        forms = forms_in(grid, rows, labelled)
        filled = [form for form in forms if has_values(form)]
        if not filled and not (forms and is_blank_form(forms[0])):
            return False
        if not all(is_form(form, grid, labelled) for form in filled):
            return False
        named += [_who(form) for form in filled]
    return all(
        any(one[key] != other[key] for key in one.keys() & other.keys()) for one, other in combinations(named, 2)
    )


def _who(form: Form) -> dict[str, str]:
    """Return what the labels that name a household say."""
    return {
        each.column: pair.value.text
        for pair in form.known
        for each in pair.meant
        if each.column in HOUSEHOLD and pair.value.text
    }

"""A sheet's rows in, its forms out: one, or several one below the other."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from fupin_cli.tables.boxes import Box, Rows
from fupin_cli.tables.form_rows import HOUSEHOLD, Pair, is_footer, is_note
from fupin_cli.tables.forms import Form, read_form
from fupin_cli.tables.grid import Grid
from fupin_cli.tables.heading_text import squeeze
from fupin_cli.tables.labels import Labelled

_KEYS = (*sorted(HOUSEHOLD), "姓名", "证件号码", "村")


def forms_in(grid: Grid, rows: Rows, labelled: Labelled) -> list[Form]:
    """Return the forms of a sheet: where the label that names somebody comes again with another name, another begins."""
    if not rows:
        return []
    whole = read_form(grid, rows, min(rows), max(rows), labelled)
    begins = list(_begins(whole, rows))
    if len(begins) < 2:
        return [whole]
    ends = [*(begin - 1 for begin in begins[1:]), max(rows)]
    return [read_form(grid, rows, begin, end, labelled) for begin, end in zip(begins, ends, strict=True)]


def _begins(whole: Form, rows: Rows) -> Iterator[int]:
    """Yield the first row of each form."""
    keys = _key_rows(whole)
    numbers = list(rows)
    if len(keys) < 2:
        return
    yield numbers[0]
    above = {squeeze(pair.label) for pair in whole.known if pair.row < keys[0]}
    lead = keys[0] - numbers[0]
    for previous, key in pairwise(keys):
        same = key - lead
        if same > previous and same in rows and squeeze(rows[same][0].text) == squeeze(rows[numbers[0]][0].text):
            yield same
        else:
            yield _walked_up(rows, [row for row in numbers if previous < row <= key], above)


def _key_rows(whole: Form) -> list[int]:
    """Return the rows where the first label that names somebody stands, each time with another name."""
    for column in _KEYS:
        own = [pair for pair in whole.known if pair.meant[0].column == column]
        same = [pair for pair in own if squeeze(pair.label) == squeeze(own[0].label) and pair.index == own[0].index]
        found = _different(same)
        if len(found) > 1 and found[0].row != found[1].row:
            return [pair.row for pair in found]
    return []


def _different(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs whose value is another than the one before; a second blank begins another form too."""
    found: list[Pair] = []
    for pair in pairs:
        if not found or pair.value.text is None or pair.value.text != found[-1].value.text:
            found.append(pair)
    return found


def _walked_up(rows: Rows, numbers: Sequence[int], above: set[str]) -> int:
    """Return the first of the titles and lines right above a key row."""
    begin = numbers[-1]
    for row in reversed(numbers[:-1]):
        boxes = rows[row]
        if is_footer(boxes) or is_note(boxes) or not (len(boxes) == 1 or _has_label(boxes, above)):
            break
        begin = row
    return begin


def _has_label(boxes: Sequence[Box], above: set[str]) -> bool:
    return any(squeeze(box.text).startswith(label) for box in boxes for label in above)

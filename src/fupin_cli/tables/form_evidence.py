"""A form and its dictionary in, whether the labels and values are evidence enough that it is one out."""

from collections.abc import Iterator

from fupin_cli.tables.form_rows import HOUSEHOLD
from fupin_cli.tables.forms import Form
from fupin_cli.tables.grid import Grid
from fupin_cli.tables.labels import Labelled
from fupin_cli.tables.ticks import is_unticked
from fupin_cli.values.patterns import regex

_BARE = 12
TEMPLATE = regex(r"\{\.?[A-Za-z_]|\$\{")


def has_values(form: Form) -> bool:
    """Tell whether somebody filled in the form: some value is there that is no placeholder."""
    texts = [pair.value.text for pair in form.known]
    return any(text and not TEMPLATE.search(text) and not is_unticked(text) for text in texts)


def is_form(form: Form, grid: Grid, labelled: Labelled) -> bool:
    """Tell whether labels and values are evidence enough: some name somebody, and most values are what the labels ask."""
    fits = [
        labelled.fits(labelled.lexicon.columns[pair.meant[0].column], pair.value.text, pair.value.kind)
        for pair in form.known
    ]
    good, bad = fits.count(True), fits.count(False)
    columns = {pair.meant[0].column for pair in form.known}
    lines = _lines(form, labelled)
    names = HOUSEHOLD | ({"姓名", "证件号码"} if not form.grids else set())
    named = any(
        fit and any(each.column in names for each in pair.meant) for pair, fit in zip(form.known, fits, strict=True)
    )
    if bad > good or form.tables or _repeats_name(form) or _bare_rows(form) > _BARE + 3 * lines:
        return False
    if form.grids:
        beside = any(pair.value.row == pair.row or pair.row > form.grids[0][1] for pair in form.known)
        if _heads(form, grid) > 1 or not (beside or lines > 1):
            return False
        return (named and good >= 1) or (len(columns) >= 3 and good >= 2)
    if _is_village(columns, labelled):
        return lines >= 2 and good >= 3 and any(pair.value.text for pair in form.known if pair.meant[0].column == "村")
    sure = [pair for pair, fit in zip(form.known, fits, strict=True) if fit]
    over = {pair.row for pair in sure if pair.value.row > pair.row}
    several = len(over) > 1 or sum(1 for pair in sure if pair.value.row == pair.row) > 1
    return named and several and lines >= 2 and good >= (2 if len(columns) > 3 else 3)


def _bare_rows(form: Form) -> int:
    """Count the rows in which no label stands: where there are many, records stand there."""
    return sum(out.last_row - out.first_row + 1 for out in form.left_out if out.reason == "outside")


def _repeats_name(form: Form) -> bool:
    """Tell whether rows of headings name somebody again and again: small tables, one below the other."""
    named = [pair for pair in form.known if pair.meant[0].column in HOUSEHOLD and pair.value.row > pair.row]
    return len({pair.row for pair in named}) > len({pair.meant[0].column for pair in named})


def _lines(form: Form, labelled: Labelled) -> int:
    """Count the rows of labels, those that only state a place left out."""
    columns = labelled.lexicon.columns
    return len({pair.row for pair in form.known if columns[pair.meant[0].column].level != "地"})


def is_blank_form(form: Form) -> bool:
    """Tell whether this is a form nobody filled in."""
    columns = {pair.meant[0].column for pair in form.known}
    lines = len({pair.row for pair in form.known})
    named = bool(columns & (HOUSEHOLD | {"姓名"}))
    return not has_values(form) and not form.grids and named and len(columns) >= 6 and lines >= 3


def _is_village(columns: set[str], labelled: Labelled) -> bool:
    of_villages = sum(1 for column in columns if labelled.lexicon.columns[column].level == "村")
    return "村" in columns and of_villages >= 3 and not columns & (HOUSEHOLD | {"姓名", "证件号码"})


def _heads(form: Form, grid: Grid) -> int:
    """Return how many heads of households stand in the grids of members."""
    found = 0
    for first, last in form.grids:
        found = max(found, *(sum(1 for _ in _heads_in(grid, first, last, i)) for i in range(grid.width)))
    return found


def _heads_in(grid: Grid, first: int, last: int, index: int) -> Iterator[int]:
    for row, texts in grid.raw.items():
        if first < row <= last and texts[index] in ("户主", "本人"):
            yield row

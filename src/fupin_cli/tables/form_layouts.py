"""A sheet of forms in, layouts out: of each form one whose cells hold for all its rows, and one of its members."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.model.place import letter
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Fixed, Layout, LeftOut, Mapped, Tie
from fupin_cli.tables import heading_text
from fupin_cli.tables.boxes import Box, Rows, boxes_of
from fupin_cli.tables.dates_in_titles import date_in
from fupin_cli.tables.form_blocks import forms_in
from fupin_cli.tables.form_columns import MOST_ROWS
from fupin_cli.tables.form_evidence import TEMPLATE, has_values, is_blank_form, is_form
from fupin_cli.tables.form_gaps import read_over_gaps
from fupin_cli.tables.form_rows import HOUSEHOLD, Pair
from fupin_cli.tables.forms import Form
from fupin_cli.tables.grid import Grid, read_grid
from fupin_cli.tables.kinds import LEVELS, resolve
from fupin_cli.tables.labels import Labelled, explains_columns
from fupin_cli.tables.lines_above import unit_places
from fupin_cli.tables.ticks import ticked
from fupin_cli.tables.turned import turned_forms
from fupin_cli.values.patterns import regex

_UNIT_LINE = regex(r"(?:单位|金额)[:：]\s*([万千百亿]?元)")
_DATE_LINE = regex(r"数据(截止|截至)?(日期|时间|时点)|截[止至]")
_NEUTRAL = {"姓名", "证件号码", "性别", "民族", "证件类型", "出生日期", "户联系电话", "家庭住址"}
Members = Callable[[Grid, int, int], Layout | None]
Doubt = tuple[str, str]


class Ground(Struct, frozen=True):
    """What the layouts of one sheet's forms are made from."""

    sheet: Sheet
    labelled: Labelled
    grid: Grid
    rows: Rows
    members: Members  # reads a grid of members between two rows


def form_layouts(
    engine: Engine, sheet: Sheet, grid: Grid, rows: Rows, labelled: Labelled, members: Members
) -> list[Layout]:
    """Return the layouts of a sheet that holds forms, [] when it holds none; `grid` and `rows` have its first rows.

    Only these are looked at unless a form stands there.
    """
    if explains_columns(rows):
        return []
    turned = turned_forms(grid, rows, labelled)
    if not turned and not _first_is_form(grid, rows, labelled):
        return []
    if len(grid.raw) < sheet.row_count:
        grid = read_grid(engine, sheet, 1, sheet.last_row, MOST_ROWS)
        rows = boxes_of(grid)
    ground = Ground(sheet, labelled, grid, rows, members)
    if turned:
        forms = turned_forms(grid, rows, labelled)
        return [replace(_own_layout(ground, form), source=source) for source, form in enumerate(forms)]
    layouts: list[Layout] = []
    blank: list[LeftOut] = []
    for number, form in enumerate(forms_in(grid, rows, labelled)):
        alone = form.end == max(rows) and not layouts
        if (has_values(form) and is_form(form, grid, labelled)) or (alone and is_blank_form(form)):
            layouts += _layouts_of(ground, form, number)
        else:
            blank.append(LeftOut(form.begin, form.end, "outside" if has_values(form) else "template"))
    if layouts and blank:
        layouts[0] = replace(layouts[0], left_out=(*layouts[0].left_out, *blank))
    return [replace(layout, source=source) for source, layout in enumerate(layouts)]


def _first_is_form(grid: Grid, rows: Rows, labelled: Labelled) -> bool:
    forms = forms_in(grid, rows, labelled)
    if any(has_values(form) and is_form(form, grid, labelled) for form in forms):
        return True
    return len(forms) == 1 and is_blank_form(forms[0])


def _layouts_of(ground: Ground, form: Form, number: int) -> Iterator[Layout]:
    """Yield the layout of a form's own cells, then those of its grids of members."""
    own = _own_layout(ground, form)
    if own.kind != "户" or not form.grids:
        yield own
        return
    tie = Tie(f"{ground.sheet.relation}|{number}")
    grids = [(span, ground.members(ground.grid, *span)) for span in form.grids]
    lost = [LeftOut(*span, "outside") for span, layout in grids if layout is None]
    yield replace(own, tie=tie, left_out=(*own.left_out, *lost))
    for _, layout in grids:
        if layout is not None:
            yield replace(layout, tie=tie, dated=own.dated)


def _own_layout(ground: Ground, form: Form) -> Layout:
    kind = _kind(form, ground.labelled)
    doubts: list[Doubt] = read_over_gaps(form, ground.labelled)
    columns, unmapped = _columns(ground, form, kind, doubts)
    if ground.sheet.hidden and not form.grids:
        name = ground.sheet.name
        doubts.append(both("工作表“{name}”是隐藏的，也读了。", name=name))
    filled = [each.cell.row for each in columns if each.cell and each.cell.text is not None]
    row = min(filled, default=form.begin)
    return Layout(
        source=0,
        sheet=ground.sheet,
        kind=kind,
        title=form.titles[0] if form.titles else "",
        heading_rows=(),
        first_row=row,
        last_row=row if filled else row - 1,
        columns=columns,
        unmapped=unmapped,
        left_out=tuple(form.left_out),
        doubts=tuple(doubts),
        dated=_dated(ground, form),
    )


def _kind(form: Form, labelled: Labelled) -> str:
    """Return what a form is of: a household, a person or a village."""
    names = {each.column for pair in form.known for each in pair.meant}
    if form.grids:
        return "户"
    if names & {"与户主关系", "人编号"} or {"姓名", "户主姓名"} <= names:
        return "人"
    levels = [labelled.lexicon.columns[name].level for name in names - _NEUTRAL]
    if not names & (HOUSEHOLD | {"姓名", "证件号码"}):
        return "村" if levels.count("村") > levels.count("户") else "户"
    if names & HOUSEHOLD:
        return "户"
    return "户" if levels.count("户") > levels.count("人") else "人"


def _columns(ground: Ground, form: Form, kind: str, doubts: list[Doubt]) -> tuple[tuple[Mapped, ...], dict[str, str]]:
    """Return the cells that are read, and the address of every other value with its label."""
    lexicon = ground.labelled.lexicon
    certain = {pair.meant[0].column: pair for pair in form.known if len(pair.meant) == 1}
    unit = _unit_above(ground, form)
    kept: dict[str, list[Mapped]] = {}
    unmapped = {box.address: "" for box in form.strays}
    for pair in form.pairs:
        found = resolve(pair.meant, kind, lexicon, certain) if pair.meant else None
        address = f"{letter(pair.index)}{pair.value.row}"
        if found is None or not _unit_fits(pair, found.column, unit, ground, doubts):
            if pair.index >= ground.sheet.width:  # nothing stands right of the last column
                unmapped.setdefault(f"{letter(pair.left)}{pair.row}", "")
            elif pair.value.text is not None or pair.index != pair.left:
                unmapped.setdefault(address, pair.label)
            continue
        cell = _cell(ground, pair, found.column)
        mapped = Mapped(found.column, pair.index, letter(pair.index), pair.label, found.how, cell=cell)
        if (second := _kept(kept, mapped, ground, doubts)) is not None:
            unmapped.setdefault(second.where, second.heading)
    for box in _boxes(ground, form):
        for place in unit_places(box):
            if place.column not in kept:
                kept[place.column] = [place]
                unmapped.pop(place.where, None)
    columns = [mapped for group in kept.values() for mapped in group]
    order = LEVELS[kind]
    read = {each.where for each in columns if lexicon.columns[each.column].level in order}
    return tuple(columns), {where: label for where, label in unmapped.items() if where not in read}


def _kept(kept: dict[str, list[Mapped]], mapped: Mapped, ground: Ground, doubts: list[Doubt]) -> Mapped | None:
    """Keep a cell; of two for one column the one that is not blank, else the first. Return a second one with a value."""
    earlier = kept.get(mapped.column)
    text = mapped.cell.text if mapped.cell else None
    if earlier is None or (ground.labelled.lexicon.columns[mapped.column].gather and text is not None):
        kept.setdefault(mapped.column, []).append(mapped)
        return None
    first = earlier[0]
    if first.cell and first.cell.text is None:
        kept[mapped.column] = [mapped]
        return None
    if text is None or (first.cell and first.cell.text == text):
        return None
    doubts.append(
        both(
            "{where}“{heading}”和 {where2}“{heading2}”都是“{column}”，只读了 {where}。",
            where=first.where,
            heading=first.heading,
            where2=mapped.where,
            heading2=mapped.heading,
            column=mapped.column,
        )
    )
    return mapped


def _cell(ground: Ground, pair: Pair, column: str) -> Fixed:
    text = pair.value.text
    if text is None or TEMPLATE.search(text):
        return replace(pair.value, text=None)
    return replace(pair.value, text=ticked(text, ground.labelled.lexicon.columns[column], ground.labelled.dictionary))


def _unit_fits(pair: Pair, column: str, unit: str | None, ground: Ground, doubts: list[Doubt]) -> bool:
    """Tell whether an amount is on the scale of its column; a sum in 万元 read as 元 would be wrong by ten thousand."""
    wanted = ground.labelled.lexicon.columns[column].unit
    stated = pair.unit or heading_text.unit_of(pair.label) or unit
    if not heading_text.units_disagree(stated, wanted):
        return True
    if pair.value.text is not None:
        where = f"{letter(pair.index)}{pair.value.row}"
        doubts.append(
            both(
                "{where}“{label}”的单位是{stated}，“{column}”的单位是{wanted}，没有读入。换算后再查。",
                where=where,
                label=pair.label,
                stated=stated,
                column=column,
                wanted=wanted,
            )
        )
    return False


def _boxes(ground: Ground, form: Form) -> Iterator[Box]:
    for row, boxes in ground.rows.items():
        if form.begin <= row <= form.end:
            yield from boxes


def _texts(ground: Ground, form: Form) -> Iterator[str]:
    return (box.text for box in _boxes(ground, form))


def _unit_above(ground: Ground, form: Form) -> str | None:
    return next((found[1] for text in _texts(ground, form) if (found := _UNIT_LINE.search(text))), None)


def _dated(ground: Ground, form: Form) -> date | None:
    """Return the day of the title, of a line that states the day of the figures, of the sheet's or the file's name."""
    stated: Sequence[str] = [text for text in _texts(ground, form) if len(text) <= 60 and _DATE_LINE.search(text)]
    for text in (*form.titles, *stated):
        if (found := date_in(text)) is not None:
            return found
    return date_in(ground.sheet.name, bare=True) or date_in(ground.sheet.file.stem, bare=True)

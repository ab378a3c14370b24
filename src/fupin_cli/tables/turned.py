"""A sheet whose items stand one below the other in, a form for each column of values out: surveys, tables turned round."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.model.sheet import Kind
from fupin_cli.model.table import Fixed, LeftOut
from fupin_cli.tables import heading_text
from fupin_cli.tables.boxes import Box, Rows, texts_of
from fupin_cli.tables.codes import Labels
from fupin_cli.tables.form_evidence import is_form
from fupin_cli.tables.form_rows import Pair, is_footer, is_note, is_section, is_title, pair_of, pairs_of
from fupin_cli.tables.forms import Form
from fupin_cli.tables.grid import Grid
from fupin_cli.tables.labels import Labelled, is_unit, label_text
from fupin_cli.tables.lines_above import unit_places
from fupin_cli.values.patterns import regex

_ITEMS = regex(r"项目|指标|内容|事项|名称|问题")
_UNITS = {"单位", "计量单位", "单 位"}
_NO_VALUES = regex(r"^(备注|说明|填表说明|序号|编号|代码|合计|小计|总计|平均)$")
_OPTION = regex(r"(\d{1,2})\s*[.．、:：-]?\s*([^\d\s，,；;。.、]+)")
_VILLAGE = regex(r"[\u4e00-\u9fff]{1,12}(村|社区|居委会)")
_FEWEST = 4


class _Items(Struct, frozen=True):
    """The column of items of a sheet, and the columns of values right of it."""

    labels: tuple[Box, ...]
    heads: tuple[Box, ...]  # the row above them, if it names them
    values: tuple[int, ...]
    unit: int | None


def turned_forms(grid: Grid, rows: Rows, labelled: Labelled) -> list[Form]:
    """Return a form for each column of values that names somebody, [] when the sheet is none of the sort."""
    items = _items(rows, labelled)
    if items is None:
        return []
    forms = [_form(rows, items, index, labelled) for index in items.values]
    good = [form for form in forms if is_form(form, grid, labelled)]
    if not good:
        return []
    lost = [
        replace(pair, meant=())
        for form in forms
        if form not in good
        for pair in form.pairs
        if pair.index in items.values
    ]
    good[0].pairs += lost
    good[0].left_out += _left_out(rows, items)
    good[0].titles += [box.text for out in good[0].left_out if out.reason == "title" for box in rows[out.first_row]]
    return good


def _items(rows: Rows, labelled: Labelled) -> _Items | None:
    """Find the one column of labels."""
    known = {text for text in texts_of(rows) if labelled.means(_asked(text))}
    by_column: dict[int, list[Box]] = {}
    for boxes in rows.values():
        for box in boxes:
            if box.text in known:
                by_column.setdefault(box.left, []).append(box)
    ranked = sorted(by_column, key=lambda column: -len(by_column[column]))
    if not ranked or len(by_column[ranked[0]]) < _FEWEST:
        return None
    own = tuple(by_column[ranked[0]])
    if len({labelled.means(_asked(box.text))[0].column for box in own}) < _FEWEST:
        return None
    others = {box.top for column in ranked[1:] for box in by_column[column] if labelled.is_label(box.text)}
    if 3 * len(others) > len(own):
        return None
    return _with_values(rows, own)


def _with_values(rows: Rows, labels: tuple[Box, ...]) -> _Items | None:
    edge = max(label.right for label in labels)
    heads = _heads(rows, labels)
    texts: dict[int, list[str]] = {}
    for label in labels:
        for box in rows[label.top]:
            if box.left > edge:
                texts.setdefault(box.left, []).append(box.text)
    names = {head.left: "".join(head.text.split()) for head in heads}
    unit = next((column for column in sorted(texts) if _is_unit_column(names.get(column, ""), texts[column])), None)
    values = tuple(column for column in sorted(texts) if column != unit and not _NO_VALUES.match(names.get(column, "")))
    named = any(head.left <= labels[0].left <= head.right and _ITEMS.search(head.text) for head in heads)
    return _Items(labels, heads, values, unit) if values and (len(values) > 1 or named) else None


def _heads(rows: Rows, labels: Sequence[Box]) -> tuple[Box, ...]:
    """Return the nearest row above the items with two boxes or more that covers their column."""
    first = labels[0]
    for row in sorted((row for row in rows if first.top - 4 <= row < first.top), reverse=True):
        boxes = rows[row]
        if len(boxes) > 1 and any(box.left <= first.left <= box.right for box in boxes):
            return boxes
    return ()


def _is_unit_column(name: str, texts: Sequence[str]) -> bool:
    units = sum(1 for text in texts if is_unit(text) or not text.strip("—-/ "))
    return name in _UNITS or (len(texts) > 1 and 5 * units >= 3 * len(texts))


def _form(rows: Rows, items: _Items, index: int, labelled: Labelled) -> Form:
    """Return one column of values as a form, with what the lines above the items say."""
    first = min([items.labels[0].top, *(head.top for head in items.heads)])
    form = Form(min(rows), max(rows))
    section = ""
    labels = {label.top: label for label in items.labels}
    for row, boxes in rows.items():
        if row < first:
            form.pairs += _lines(boxes, labelled)
        elif len(boxes) == 1 and is_section(boxes[0].text):
            section = boxes[0].text
        elif (label := labels.get(row)) is not None:
            form.pairs.append(_pair(boxes, label, section, items, index, labelled))
        elif items.labels[0].left in {box.left for box in boxes} and row > first:
            form.pairs += _unknown(boxes, items, index)
    head = next((head for head in items.heads if head.left == index), None)
    if head and _VILLAGE.fullmatch(head.text.strip()) and not any(_means(pair, "村") for pair in form.pairs):
        form.pairs.append(pair_of(head, [head], labelled.means("村")))
    return form


def _means(pair: Pair, column: str) -> bool:
    return any(each.column == column for each in pair.meant)


def _lines(boxes: Sequence[Box], labelled: Labelled) -> Iterator[Pair]:
    pairs, _ = pairs_of(boxes, labelled, "")
    yield from (pair for pair in pairs if pair.meant)
    for box in boxes:
        for place in unit_places(box):
            if place.cell:
                yield Pair(place.heading, labelled.means(place.column), box.top, box.left, box.left, place.cell)


def _pair(boxes: Sequence[Box], label: Box, section: str, items: _Items, index: int, labelled: Labelled) -> Pair:
    meant = labelled.means(_asked(label.text), section) or labelled.means(_asked(label.text))
    value = next((box for box in boxes if box.left == index), None)
    pair = pair_of(label, [value] if value else [], meant)
    unit = next((box.text for box in boxes if box.left == items.unit), None)
    stated = heading_text.unit_of(f"（{unit}）") if unit else None
    text = _chosen(label.text, pair, labelled)
    return replace(pair, index=index, value=replace(pair.value, text=text), unit=stated)


def _unknown(boxes: Sequence[Box], items: _Items, index: int) -> Iterator[Pair]:
    label = next(box for box in boxes if box.left == items.labels[0].left)
    value = next((box for box in boxes if box.left == index), None)
    if value is not None and not is_footer(boxes):
        yield Pair(label_text(label), (), label.top, label.left, index, Fixed(value.top, value.text, Kind(value.kind)))


def _asked(text: str) -> str:
    """Return an item without the options behind it: 贫困户类型：1.一般户2.低保户."""
    return re.split(r"[:：]\s*(?=\d)", text)[0].rstrip(":：") if ":" in text or "：" in text else text


def _chosen(item: str, pair: Pair, labelled: Labelled) -> str | None:
    """Return the option a bare digit stands for by the item's own words, where the code list knows it and says no other."""
    text = pair.value.text
    if text is None or not text.isdecimal() or not pair.meant:
        return text
    options = dict(_OPTION.findall(item))
    codes = labelled.dictionary.codes.get(labelled.lexicon.columns[pair.meant[0].column].codes or "")
    if codes is None or text not in options or len(options) < 2:
        return text
    known = Labels(codes)
    value = known.one(options[text].strip("()（）")).value
    by_code = known.one(text).value
    return value if value is not None and by_code in (None, value) else text


def _left_out(rows: Rows, items: _Items) -> Iterator[LeftOut]:
    first = min([items.labels[0].top, *(head.top for head in items.heads)])
    for row, boxes in rows.items():
        if items.heads and row == items.heads[0].top:
            yield LeftOut(row, row, "heading")
        elif is_footer(boxes):
            yield LeftOut(row, row, "footer")
        elif is_note(boxes):
            yield LeftOut(row, row, "note")
        elif len(boxes) == 1 and row < first and is_title(boxes[0].text):
            yield LeftOut(row, row, "title")
        elif len(boxes) == 1 and is_section(boxes[0].text):
            yield LeftOut(row, row, "band")

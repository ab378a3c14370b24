"""Rows of boxes in, what each row of a form is out: labels beside values, a row of headings, a section, a title."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from fupin_cli.model.sheet import Kind
from fupin_cli.model.table import Fixed
from fupin_cli.tables.boxes import Box
from fupin_cli.tables.labels import Labelled, is_unit, label_text
from fupin_cli.tables.lexicon import Candidate, is_of_another
from fupin_cli.tables.pieces import pieces, without_blanks
from fupin_cli.tables.ticks import has_options
from fupin_cli.values.patterns import regex

_VALUE = regex(r"^[-+]?[\d,]*\.?\d+%?$|\d{4}|[{}$]")
_NUMBERED = regex(r"^[（(]?[一二三四五六七八九十]{1,3}[)）、.．]")
_FOOTER = regex(
    r"(填表|填报|审核|制表|经办|负责|复核|核实|采集|调查|录入|走访)(人|员|日期|时间|部门)|签字|签名|签章|盖章|公章|手印|照片|(以上|上述)(信息|情况)"
)
_SIGN = regex("(签字|签名|签章|盖章)[:：]?")
_NOTE = regex(r"^[（(]?(注|备注|说明|填表说明|填报说明|填写说明|附注|注释|注意)([0-9]?[:：.、]|$)")
HOUSEHOLD = {"户编号", "户主姓名", "户主证件号码"}
_OF_ANYBODY = regex(
    "姓名|性别|年龄|民族|政治面貌|职务|职务职级|职称|(所在|工作)?单位(名称)?|(联系)?电话(号码)?|手机(号码?)?|联系方式|(身份证|证件)(号码?)?"
)
_MARKED = regex("[:：]")
_SURELY = 3  # known labels side by side, the first left out: a heading whatever stands beside them
_UNIT_LINE = regex(r"^(金额|单位|金额单位|计量单位)[:：]")
_PERSON = {"与户主关系", "性别", "证件号码", "登记年龄", "出生日期", "民族"}


class Pair(Struct, frozen=True):
    """A label of a form and the value beside, below or behind it."""

    label: str
    meant: tuple[Candidate, ...]  # () for a label nobody knows
    row: int  # of the label
    left: int  # column of the label, counted from 0
    index: int  # column of the value, counted from 0
    value: Fixed
    unit: str | None = None  # stated in a cell of its own


def is_title(text: str) -> bool:
    """Tell a text that may be a title or a section from a note and from a line to sign."""
    return len(text) <= 60 and not _NOTE.search(text) and not _FOOTER.search(text)


def is_section(text: str) -> bool:
    """Tell whether a text is numbered like a section: 一、基本情况."""
    return bool(_NUMBERED.match(text))


def is_footer(boxes: Sequence[Box]) -> bool:
    """Tell whether a row is to be signed or says who filled in the form."""
    return any(_FOOTER.search(box.text) for box in boxes)


def is_signed_beside(boxes: Sequence[Box], pairs: Sequence[Pair]) -> bool:
    """Tell a row that begins with a known label and its value, a bare 签字 behind them, from one that is only signed."""
    first = pairs[0] if pairs else None
    begins = first is not None and first.meant and first.value.text and first.left == boxes[0].left
    return bool(begins) and all(_SIGN.fullmatch(box.text.strip()) for box in boxes if _FOOTER.search(box.text))


def is_note(boxes: Sequence[Box]) -> bool:
    """Tell whether a row explains the form."""
    return bool(_NOTE.match(boxes[0].text)) or (len(boxes) == 1 and len(boxes[0].text) > 60)


def is_heading_row(boxes: Sequence[Box], labelled: Labelled, section: str) -> bool:
    """Tell whether labels stand side by side, their values below them."""
    if any(box.kind is not Kind.TEXT or _VALUE.search(box.text) or has_options(box.text) for box in boxes):
        return False
    known = [labelled.is_label(box.text, section) for box in boxes]
    side_by_side = sum(
        1 for i in range(1, len(boxes)) if known[i] and known[i - 1] and boxes[i].left == boxes[i - 1].right + 1
    )
    if side_by_side > _SURELY:
        return True
    return side_by_side >= 1 and 2 * sum(known) >= len(boxes) and (sum(known) > 2 or sum(known) == len(boxes))


def says_nothing(boxes: Sequence[Box], labelled: Labelled, section: str) -> bool:
    """Tell a row in which no label can stand, alone or with its value."""
    return not any(
        box.kind is Kind.TEXT
        and (labelled.means(box.text, section) or _MARKED.search(box.text) or has_options(box.text))
        for box in boxes
    )


def heads_members(boxes: Sequence[Box], labelled: Labelled, section: str) -> bool:
    """Tell whether a row of headings heads a grid of members: names with what is asked of each."""
    meant = [{each.column for each in labelled.means(box.text, section)} for box in boxes]
    columns = {column for each in meant for column in each}
    if any(each and each <= HOUSEHOLD for each in meant) or not columns & {"姓名", "证件号码"}:
        return False
    return len(columns & _PERSON) >= 1 and len(columns & (_PERSON | {"姓名"})) >= 2


def begins_something(boxes: Sequence[Box], labelled: Labelled, section: str) -> bool:
    """Tell whether a row below a grid is no row of it: other headings, a section, a note, a line to sign."""
    first = boxes[0]
    if is_heading_row(boxes, labelled, section) or is_section(first.text) or is_note(boxes):
        return True
    if len(boxes) <= 4 and is_footer(boxes):
        return True
    return len(boxes) == 1 and first.right - first.left >= 2 and not _VALUE.search(first.text)


def has_labels(boxes: Sequence[Box], labelled: Labelled, section: str) -> bool:
    """Tell whether labels stand in a row: one at its beginning, or two."""
    first = boxes[0].text
    if labelled.is_label(first, section) or pieces(first, _known(labelled, section)):
        return True
    return sum(1 for box in boxes if labelled.is_label(box.text, section)) >= 2


def pairs_of(boxes: Sequence[Box], labelled: Labelled, section: str) -> tuple[list[Pair], list[Box]]:
    """Return the labels of a row with their values, and the boxes that are neither."""
    found: list[Pair] = []
    strays: list[Box] = []
    i = 0
    while i < len(boxes):
        box = boxes[i]
        section = found[-1].label if found and is_of_another((found[-1].label,)) else section
        inside = list(_inside(box, labelled, section))
        if inside and not (len(inside) == 1 and inside[0].value.text is None and _is_bare(box)):
            found += inside
            i += 1
            continue
        values = _values_after(boxes, i, labelled, section)
        after = boxes[i + 1 + len(values)] if values and i + 1 + len(values) < len(boxes) else None
        if after and after.kind in (Kind.NUMBER, Kind.DATE, Kind.PERCENT) and after.left == values[-1].right + 1:
            strays += boxes[i:]  # several values beside one label: rows and columns of amounts
            break
        meant = labelled.means(box.text, section)
        if labelled.is_label(box.text, section) or inside:
            found.append(pair_of(box, values, meant))
        elif values and may_be_label(box):
            found.append(pair_of(box, values, ()))
        else:
            strays.append(box)
            values = []
        i += 1 + len(values)
        if values and i < len(boxes) and is_unit(boxes[i].text):
            i += 1
    return found, strays


def are_headings(boxes: Sequence[Box], pairs: Sequence[Pair], labelled: Labelled) -> bool:
    """Tell headings nobody knows, side by side with a known one, from labels with values: none of these would fit."""
    side_by_side = all(one.right + 1 == two.left for one, two in pairwise(boxes))
    if len(boxes) < 3 or not side_by_side or not all(may_be_label(box) for box in boxes):
        return False
    columns = labelled.lexicon.columns
    fits = [labelled.fits(columns[pair.meant[0].column], pair.value.text) for pair in pairs if pair.meant]
    return False in fits and True not in fits


def pairs_below(heads: Sequence[Box], below: Sequence[Box], labelled: Labelled, section: str) -> list[Pair]:
    """Return the labels of a row of headings with the values under them."""
    found = []
    for head in heads:
        value = next((box for box in below if box.left <= head.left <= box.right), None)
        under = value or Box(head.bottom + 1, head.bottom + 1, head.left, head.left, "", Kind.BLANK)
        found.append(pair_of(head, [under], labelled.means(head.text, section)))
    return found


def pair_of(label: Box, values: Sequence[Box], meant: tuple[Candidate, ...]) -> Pair:
    """Return a label with its value; several boxes are the options of one."""
    if not values:
        return Pair(
            label_text(label), meant, label.top, label.left, label.right + 1, Fixed(label.top, None, Kind.BLANK)
        )
    text = " ".join(box.text for box in values)
    first = values[0]
    plain = text if first.kind is not Kind.TEXT else without_blanks(text)
    return Pair(
        label_text(label), meant, label.top, label.left, first.left, Fixed(first.top, plain or None, first.kind)
    )


def _inside(box: Box, labelled: Labelled, section: str) -> Iterator[Pair]:
    """Yield the labels that share a cell with their values."""
    for piece in pieces(box.text, _known(labelled, section)):
        meant = labelled.means(piece.label, section) if piece.known else ()
        yield Pair(piece.label, meant, box.top, box.left, box.left, Fixed(box.top, piece.value, box.kind))


def _values_after(boxes: Sequence[Box], i: int, labelled: Labelled, section: str) -> list[Box]:
    """Return the box right of a label that is its value; several where options stand in a cell each."""
    label, found = boxes[i], list[Box]()
    for box in boxes[i + 1 :]:
        end = found[-1].right if found else label.right
        options = bool(found) and not all(has_options(each.text) for each in (*found, box))
        if box.left != end + 1 or options or labelled.is_label(box.text, section):
            break
        if _says_something_else(box, labelled, section):
            break
        found.append(box)
        if not has_options(box.text):
            break
    return found


def _says_something_else(box: Box, labelled: Labelled, section: str) -> bool:
    """Tell a box with a label of its own, or with a unit for all amounts, from a value."""
    columns = labelled.lexicon.columns
    inside = [piece for piece in pieces(box.text, _known(labelled, section)) if piece.known]
    fits = [labelled.fits(columns[labelled.means(one.label, section)[0].column], one.value) for one in inside]
    return bool(_UNIT_LINE.match(box.text)) or any(fit is not False for fit in fits)


def asks_anybody(boxes: Sequence[Box]) -> bool:
    """Tell whether every label of a row asks what may be asked of anybody: 联系电话, 职务."""
    return all(_OF_ANYBODY.fullmatch("".join(box.text.split()).rstrip(":：")) for box in boxes[::2])


def _known(labelled: Labelled, section: str) -> Callable[[str], bool]:
    return lambda text: bool(labelled.means(text, section))


def _is_bare(box: Box) -> bool:
    """Tell a label with nothing but a colon behind it; its value may stand in the next cell."""
    return box.text.rstrip().endswith((":", "：")) and len([c for c in box.text if c in ":："]) == 1


def may_be_label(box: Box) -> bool:
    """Tell a text that may be a label from a number, a sentence and ticked options."""
    text = box.text.rstrip(" :：")
    if box.kind is not Kind.TEXT or len(text) > 30 or has_options(text):
        return False
    return not (_VALUE.search(text) or re.search("[:：]", text))

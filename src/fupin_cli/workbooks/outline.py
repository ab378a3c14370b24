"""The XML of a sheet in; what stands above and below its rows, and its elements in their order, out."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

# the children of a worksheet, which Excel wants in this order (ECMA-376 part 1, 18.3.1.99, CT_Worksheet)
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)
_RANK = {name.encode(): rank for rank, name in enumerate(ORDER)}
_TAG = re.compile(rb"""<(/?)([\w:.-]+)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ROWS = re.compile(rb"<((?:[\w.-]+:)?)sheetData\s*(/?)>")
_ATTRIBUTE = re.compile(rb"""\s([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")


class Outline(Struct, frozen=True):
    """A sheet's XML without its rows."""

    head: bytes  # up to the rows, with the tag that opens them
    tail: bytes  # from the tag that ends them
    prefix: bytes  # of the elements' names: b"x:", or b""


class Child(Struct, frozen=True):
    """An element of the worksheet's own, beside the rows."""

    name: bytes  # without its prefix
    start: int  # where it stands in what it was found in
    end: int
    opening_end: int  # where the tag that opens it ends

    def rank(self, xml: bytes) -> int | None:
        """Return its place in ORDER; of one that gives a choice of elements, the place of the first that is known."""
        if self.name != b"AlternateContent":
            return _RANK.get(self.name)
        inner = (_RANK.get(_local(tag[2])) for tag in _TAG.finditer(xml, self.opening_end, self.end))
        return next((rank for rank in inner if rank is not None), None)


def outline_of(chunks: Iterable[bytes]) -> Outline | None:
    """Return the outline of a sheet; None when its XML cannot be cut at its rows: not UTF-8, or with comments or CDATA.

    Raises:
        ValueError: there are no rows in it, or no end of them.
    """
    head, last, sign = b"", b"", b""
    tail: list[bytes] = []
    start: re.Match[bytes] | None = None
    for number, chunk in enumerate(chunks):
        if (number == 0 and not _is_utf8(chunk)) or b"<!" in sign + chunk:
            return None
        sign = chunk[-1:]
        if tail:
            tail.append(chunk)
            continue
        if start is None:
            head += chunk
            start = _ROWS.search(head)
            if start is None:
                continue
            last, head = head[start.end() :], head[: start.end()]
            window = last
        else:
            window = last + chunk
        if start.group(2):
            tail.append(window)
            continue
        at = window.find(b"</" + start.group(1) + b"sheetData")
        if at >= 0:
            tail.append(window[at:])
        last = window[-80:]
    if start is None:
        raise ValueError("the sheet's XML has no rows")
    if not tail:
        raise ValueError("the sheet's XML ends in the midst of its rows")
    return Outline(head, b"".join(tail), start.group(1))


def children(tail: bytes) -> list[Child]:
    """Return the elements that follow the rows, in their order."""
    return list(_children(tail))


def _children(tail: bytes) -> Iterator[Child]:
    depth, opened, opening_end = 0, 0, 0
    for tag in _TAG.finditer(tail):
        name = _local(tag[2])
        if depth == 0 and tag[1]:
            if name == b"sheetData":
                continue
            return  # the worksheet's own end
        if depth == 0:
            opened, opening_end = tag.start(), tag.end()
        depth += -1 if tag[1] else 0 if tag[3].endswith(b"/") else 1
        if depth == 0:
            yield Child(name, opened, tag.end(), opening_end)


def place_of(name: str, tail: bytes, there: list[Child]) -> int:
    """Return where in `tail` an element of this name is to stand that is not there yet."""
    mine = ORDER.index(name)
    before = [child.end for child in there if (rank := child.rank(tail)) is not None and rank < mine]
    if before:
        return max(before)
    closing = re.match(rb"\s*</[\w:.-]*sheetData\s*>", tail)
    return closing.end() if closing else 0


def attributes(text: bytes) -> dict[bytes, bytes]:
    """Return the attributes of a tag, as they are written."""
    return {name: value[1:-1] for name, value in _ATTRIBUTE.findall(b" " + text)}


def _local(name: bytes) -> bytes:
    return name.rpartition(b":")[2]


def _is_utf8(head: bytes) -> bool:
    declared = re.match(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']""", head)
    return b"\0" not in head[:100] and (declared is None or declared.group(1).lower() in (b"utf-8", b"us-ascii"))

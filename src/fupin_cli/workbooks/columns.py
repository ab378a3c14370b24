"""What stands above a sheet's rows in; its columns' widths and formats, and the same with other widths, out."""

import re
from bisect import bisect_right
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.workbooks.outline import attributes

_PADDING = 0.7109375  # what Excel adds to a width of characters
_WIDEST = 255  # characters, padding and all
_PIXELS = 7  # of a character's width in Excel's usual font
_USUAL_WIDTH, _USUAL_HEIGHT = 9.140625, 15.0  # characters, points


class Span(Struct, frozen=True):
    """Columns that share a format, as the XML lists them."""

    first: int  # counted from 0
    last: int
    written: bytes  # the element


class Columns(Struct, frozen=True):
    """The columns of one sheet."""

    spans: tuple[Span, ...]
    usual_width: float
    usual_height: float  # of a row, in points

    def style(self, column: int) -> bytes | None:
        """Return the number of the format that a blank cell of the column has; None for the usual one."""
        span = self._span(column)
        return attributes(span.written).get(b"style") if span else None

    def pixels(self, column: int) -> int:
        """Return how wide the column is shown: 0 when it is hidden."""
        span = self._span(column)
        told = attributes(span.written) if span else {}
        if told.get(b"hidden") in (b"1", b"true"):
            return 0
        return round(float(told.get(b"width", self.usual_width)) * _PIXELS)

    def _span(self, column: int) -> Span | None:
        at = bisect_right(self.spans, column, key=lambda span: span.first) - 1
        return self.spans[at] if at >= 0 and self.spans[at].last >= column else None


def columns_of(head: bytes, prefix: bytes) -> Columns:
    """Return the columns of a sheet, of which `head` is what stands above its rows."""
    found = _listed(head, prefix)
    spans = []
    if found:
        for one in re.finditer(rb"<%scol\b[^>]*>" % re.escape(prefix), found.group(1) or b""):
            told = attributes(one.group())
            spans.append(Span(int(told[b"min"]) - 1, int(told[b"max"]) - 1, _closed(one.group())))
    usual = re.search(rb"<%ssheetFormatPr\b([^>]*)>" % re.escape(prefix), head)
    told = attributes(usual.group(1)) if usual else {}
    width = float(told.get(b"defaultColWidth", 0)) or float(told.get(b"baseColWidth", 0)) + _PADDING
    height = float(told.get(b"defaultRowHeight", _USUAL_HEIGHT))
    return Columns(
        tuple(sorted(spans, key=lambda span: span.first)), width if width > 1 else _USUAL_WIDTH, height or _USUAL_HEIGHT
    )


def widened(head: bytes, prefix: bytes, widths: Mapping[int, float]) -> bytes:
    """Return what stands above the rows with other widths; a column that gets one is shown, all others stay as they are.

    Args:
        head: as it is written.
        prefix: of the elements' names.
        widths: column counted from 0 → characters.
    """
    if not widths:
        return head
    spans = list(columns_of(head, prefix).spans)
    for column, width in sorted(widths.items()):
        spans = _with_width(spans, column, width, prefix)
    listed = b"<%scols>%s</%scols>" % (prefix, b"".join(span.written for span in spans), prefix)
    found = _listed(head, prefix)
    if found:
        return head[: found.start()] + listed + head[found.end() :]
    at = head.rindex(b"<" + prefix + b"sheetData")
    return head[:at] + listed + head[at:]


def width_of(characters: float) -> bytes:
    """Return a width as the XML states it."""
    return f"{min(characters + _PADDING, _WIDEST):.7g}".encode()


def _with_width(spans: list[Span], column: int, width: float, prefix: bytes) -> list[Span]:
    made: list[Span] = []
    own = Span(column, column, b"<%scol/>" % prefix)
    for span in spans:
        if not span.first <= column <= span.last:
            made.append(span)
            continue
        own = replace(own, written=span.written)
        rest = [(span.first, column - 1), (column + 1, span.last)]
        made += [_set(Span(first, last, span.written)) for first, last in rest if first <= last]
    own = _set(own, width=width_of(width), customWidth=b"1", hidden=None)
    return sorted([*made, own], key=lambda span: span.first)


def _set(span: Span, **others: bytes | None) -> Span:
    """Return a span whose element states its columns, and these attributes, None for one to be taken out."""
    written = span.written
    places = {"min": b"%d" % (span.first + 1), "max": b"%d" % (span.last + 1)}
    for name, value in {**places, **others}.items():
        pattern = rb"""\s%s\s*=\s*("[^"]*"|'[^']*')""" % name.encode()
        stated = b"" if value is None else b' %s="%s"' % (name.encode(), value)
        written, count = re.subn(pattern, lambda _, new=stated: new, written, count=1)  # type: ignore[misc]
        if not count and stated:
            written = written[: -len(b"/>")] + stated + b"/>"
    return replace(span, written=written)


def _closed(tag: bytes) -> bytes:
    """Return a tag as one that ends its element, too."""
    return tag if tag.endswith(b"/>") else tag[:-1] + b"/>"


def _listed(head: bytes, prefix: bytes) -> re.Match[bytes] | None:
    name = re.escape(prefix) + b"cols"
    return re.search(rb"<%s\s*(?:/>|>(.*?)</%s\s*>)" % (name, name), head, re.DOTALL)

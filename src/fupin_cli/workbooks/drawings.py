"""The drawing of a sheet's notes (VML, which all programs read them by) and further boxes in; the drawing with them out."""

import re
from collections.abc import Iterable, Iterator, Mapping

from fupin_cli.workbooks.note_boxes import Box
from fupin_cli.workbooks.package import Package

KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_CLUSTER = 1024  # numbers of shapes that go together
_TYPE = (
    b'<v:shapetype id="_x0000_t202"%s coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}"{spaces} type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;'
    'width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_MAP = re.compile(rb"""(<[\w:]*idmap\b[^>]*?\sdata\s*=\s*["'])([\d,\s]*)""")
_OLD = re.compile(rb"<(\w+:|)shape\s.*?</\1shape\s*>", re.DOTALL)


def first_cluster(package: Package) -> int:
    """Return the first number of shapes' clusters that no drawing of the workbook uses."""
    used = [0]
    for part in package.names(".vml"):
        for found in _MAP.finditer(package.read(part) or b""):
            used += [int(one) for one in found[2].split(b",") if one.strip()]
    return max(used) + 1


def clusters_of(count: int) -> int:
    """Return how many clusters so many shapes take."""
    return count // _CLUSTER + 1


def new_drawing(boxes: Iterable[Box], count: int, cluster: int) -> Iterator[bytes]:
    """Yield the part that draws these boxes.

    Args:
        boxes: of all comments of the sheet.
        count: how many they are.
        cluster: the first number of their clusters.
    """
    spaces = b" ".join(b'xmlns:%s="%s"' % one for one in _SPACES.items())
    yield b"<xml %s>" % spaces
    yield b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%s"/></o:shapelayout>' % _numbers(count, cluster)
    yield _TYPE % b""
    yield from _shapes(boxes, cluster, "")
    yield b"</xml>"


def can_be_extended(written: bytes) -> bool:
    """Tell whether a drawing's end is where it should be; most of it need not even be well-formed."""
    return b"<xml" in written and b"</xml>" in written and b"\0" not in written[:100]


def extended_drawing(
    written: bytes, boxes: Iterable[Box], count: int, cluster: int, grown: Mapping[tuple[int, int], int]
) -> Iterator[bytes]:
    """Yield a drawing with further boxes; what it draws already stays as it is written.

    Args:
        written: the part, which can be extended.
        boxes: of the comments that are new.
        count: how many they are.
        cluster: the first number of their clusters.
        grown: row and column, counted from 0, of comments with a longer text → pixels by which their boxes grow.

    """
    if grown:
        written = _OLD.sub(lambda shape: _grown(shape[0], grown), written)
    end = written.rfind(b"</xml>")
    opening = written[: written.find(b">", written.find(b"<xml")) + 1]
    missing = [b' xmlns:%s="%s"' % one for one in _SPACES.items() if b'xmlns:%s="%s"' % one not in opening]
    numbers = b"," + _numbers(count, cluster)
    yield _MAP.sub(lambda found: found[1] + (found[2] + numbers).lstrip(b","), written[:end], count=1)
    if b'"_x0000_t202"' not in written:
        yield _TYPE % b"".join(missing)
    yield from _shapes(boxes, cluster, b"".join(missing).decode())
    yield written[end:]


def _numbers(count: int, cluster: int) -> bytes:
    return ",".join(map(str, range(cluster, cluster + clusters_of(count)))).encode()


def _shapes(boxes: Iterable[Box], cluster: int, spaces: str) -> Iterator[bytes]:
    for order, box in enumerate(boxes, 1):
        yield _SHAPE.format(
            number=cluster * _CLUSTER + order,
            spaces=spaces,
            width=box.width * 0.75,
            height=box.height * 0.75,
            order=order,
            anchor=", ".join(map(str, box.anchor)),
            row=box.note.row - 1,
            column=box.note.column,
        ).encode()


def _grown(shape: bytes, grown: Mapping[tuple[int, int], int]) -> bytes:
    """Return a box as it is written, higher when the text of its comment is longer now."""
    row = re.search(rb"<(?:\w+:|)Row>\s*(\d+)", shape)
    column = re.search(rb"<(?:\w+:|)Column>\s*(\d+)", shape)
    more = grown.get((int(row[1]), int(column[1]))) if row and column else None
    if more is None:
        return shape
    rows = -(-more // 20)  # of Excel's usual height
    shape = re.sub(
        rb"(<(?:\w+:|)Anchor>(?:[^<,]*,){6}\s*)(\d+)",
        lambda found: found[1] + b"%d" % (int(found[2]) + rows),
        shape,
        count=1,
    )
    factors = {b"pt": 0.75, b"px": 1.0}
    return re.sub(
        rb"(height:)([\d.]+)(pt|px)",
        lambda found: found[1] + f"{float(found[2]) + more * factors[found[3]]:g}".encode() + found[3],
        shape,
        count=1,
    )

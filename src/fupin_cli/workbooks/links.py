"""What stands below a sheet's rows and links of its cells in; the same with the links, out."""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from msgspec import Struct

from fupin_cli.model.place import column_index, letter
from fupin_cli.workbooks.outline import Child, children, place_of

MOST_LINKS = 65_530  # of a sheet; Excel offers to repair one that has more
_PLACE = re.compile(rb"""\sref\s*=\s*["']\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?["']""")


class Link(Struct, frozen=True):
    """Where a click on a cell leads."""

    row: int
    column: int  # counted from 0
    place: str  # in the same workbook: 'the sheet'!A7

    def written(self, prefix: bytes) -> bytes:
        """Return the element."""
        place = escape(self.place, {'"': "&quot;"}).encode()
        address = f"{letter(self.column)}{self.row}".encode()
        return b'<%shyperlink ref="%s" location="%s" display="%s"/>' % (prefix, address, place, place)


def linked(tail: bytes, prefix: bytes, links: Iterable[Link]) -> bytes:
    """Return what stands below the rows with these links, too; a cell that has one already keeps it.

    Of more links than Excel takes in a sheet, those that come first are written.
    """
    there = children(tail)
    old = next((child for child in there if child.name == b"hyperlinks"), None)
    taken = _Taken(tail, old)
    free = (link for link in links if (link.row, link.column) not in taken)
    new = b"".join(link.written(prefix) for _, link in zip(range(MOST_LINKS - taken.count), free, strict=False))
    if not new:
        return tail
    if old is None:
        at = place_of("hyperlinks", tail, there)
        return tail[:at] + b"<%shyperlinks>%s</%shyperlinks>" % (prefix, new, prefix) + tail[at:]
    if old.opening_end == old.end:
        opening = tail[old.start : old.end].rstrip(b"/>").rstrip() + b">"
        return tail[: old.start] + opening + new + b"</%shyperlinks>" % prefix + tail[old.end :]
    at = tail.rindex(b"</", old.start, old.end)
    return tail[:at] + new + tail[at:]


class _Taken:
    """The cells that have a link."""

    def __init__(self, tail: bytes, old: Child | None) -> None:
        found = list(_PLACE.finditer(tail, old.opening_end, old.end)) if old else []
        self.count = len(found)
        self._cells = {(int(one[2]), column_index(one[1].decode())) for one in found if not one[3]}
        self._ranges = list(_ranges(one for one in found if one[3]))

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, column = cell
        return cell in self._cells or any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in self._ranges
        )


def _ranges(found: Iterable[re.Match[bytes]]) -> Iterator[tuple[int, int, int, int]]:
    for one in found:
        yield int(one[2]), column_index(one[1].decode()), int(one[4]), column_index(one[3].decode())

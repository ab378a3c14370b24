"""Notes for the cells of a sheet in; the parts that hold and draw them, and how the sheet is related to them, out."""

import re
from collections.abc import Iterator, Mapping, Sequence

from fupin_cli.workbooks import comments, drawings
from fupin_cli.workbooks.columns import columns_of
from fupin_cli.workbooks.comments import Comments, Note
from fupin_cli.workbooks.note_boxes import Boxes, growth_of
from fupin_cli.workbooks.outline import Child, Outline, attributes, children, place_of
from fupin_cli.workbooks.package import Package
from fupin_cli.workbooks.threads import reply


class SheetNotes:
    """The notes of one sheet: related to it before it is copied, written when the heights of its rows are known."""

    def __init__(self, package: Package, sheet: str, outline: Outline, notes: Sequence[Note], cluster: int) -> None:
        """Find the parts that are there, and relate those that are not.

        Args:
            package: the workbook.
            sheet: the sheet's part.
            outline: of the sheet.
            notes: one for a cell.
            cluster: the first number of shapes' clusters that is free.

        Raises:
            InputError: the parts that are there are damaged.
        """
        self._package, self._outline, self._cluster = package, outline, cluster
        relations = package.relations(sheet)
        there = next((one for one in relations.targets("comments").values() if package.entry(one)), None)
        self._comments = Comments(package.parsed(there)) if there else Comments.none(package.main)
        self._grown = {
            (note.row - 1, note.column): growth_of(note.text) for note in notes if self._comments.append(note)
        }
        reply(package, sheet, notes)
        self._new = [note for note in notes if (note.row - 1, note.column) not in self._grown]
        self.comments = there or self._related(sheet, "comments", "comments{}.xml", comments.KIND)[0]
        old = _legacy(outline.tail)
        drawn = relations.targets("vmlDrawing").get(_id(outline.tail, old)) if old else None
        self._old = package.read(drawn) if drawn else None
        if drawn and self._old and not drawings.can_be_extended(self._old):
            raise package.damaged(drawn)
        self._boxed = self._new if self._old else [*self._comments.there(), *self._new]
        self.clusters = drawings.clusters_of(len(self._boxed))
        if drawn and self._old:
            self.drawing, self._key = drawn, ""
        else:
            self.drawing, self._key = self._related(sheet, "vmlDrawing", "drawings/vmlDrawing{}.vml", drawings.KIND)

    def below(self, tail: bytes) -> bytes:
        """Return what stands below the sheet's rows, related to the drawing."""
        if not self._key:
            return tail
        related = self._package.related.encode()
        bound = re.search(rb"""xmlns:([\w.-]+)\s*=\s*["']%s["']""" % re.escape(related), self._outline.head)
        name = bound[1] if bound else b"r"
        space = b"" if bound else b' xmlns:r="%s"' % related
        made = b'<%slegacyDrawing%s %s:id="%s"/>' % (self._outline.prefix, space, name, self._key.encode())
        old = _legacy(tail)
        if old:  # what it names is missing from the package
            return tail[: old.start] + made + tail[old.end :]
        at = place_of("legacyDrawing", tail, children(tail))
        return tail[:at] + made + tail[at:]

    def comments_part(self) -> Iterator[bytes]:
        """Yield the part of the comments."""
        return self._comments.written(self._new)

    def drawing_part(self, heights: Mapping[int, float]) -> Iterator[bytes]:
        """Yield the part that draws them.

        Args:
            heights: of the rows that are not as high as usual, in points.
        """
        measures = Boxes(columns_of(self._outline.head, self._outline.prefix), heights)
        boxes = (measures.box(note) for note in self._boxed)
        if self._old:
            return drawings.extended_drawing(self._old, boxes, len(self._boxed), self._cluster, self._grown)
        return drawings.new_drawing(boxes, len(self._boxed), self._cluster)

    def _related(self, sheet: str, kind: str, pattern: str, content: str) -> tuple[str, str]:
        """Return the name of a new part of the sheet, and the id of its relation."""
        folder = self._package.book.rpartition("/")[0]
        part = self._package.free(f"{folder}/{pattern}".lstrip("/"))
        self._package.declare(part, content)
        return part, self._package.relations(sheet).add(f"{self._package.related}/{kind}", part)


def _legacy(tail: bytes) -> Child | None:
    return next((child for child in children(tail) if child.name == b"legacyDrawing"), None)


def _id(tail: bytes, child: Child) -> str:
    told = attributes(tail[child.start : child.opening_end])
    return next((value.decode() for name, value in told.items() if name.endswith(b":id")), "")

"""What is to be written into one sheet, and the sheet, in; its XML with cells, links and widths, and the parts of its notes, out."""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping

from fupin_cli.workbooks.columns import widened
from fupin_cli.workbooks.comments import Note
from fupin_cli.workbooks.links import Link, linked
from fupin_cli.workbooks.merged import on_top
from fupin_cli.workbooks.notes import SheetNotes
from fupin_cli.workbooks.outline import outline_of
from fupin_cli.workbooks.package import Package
from fupin_cli.workbooks.spliced import NewCell, Splice
from fupin_cli.workbooks.styles import Styles

_CHUNK = 4 << 20
Cells = Mapping[int, Mapping[int, NewCell]]  # Excel's row → column counted from 0 → what it is to hold


class SheetPlan:
    """One sheet that is copied with changes; `refused` and the heights of its rows are known when it was written."""

    def __init__(
        self, package: Package, archive: zipfile.ZipFile, part: str, cells: Cells, widths: Mapping[int, float]
    ) -> None:
        """Read the sheet once, and find what is to stand where.

        Raises:
            InputError: there is no such part, or it has no rows.
        """
        entry = package.entry(part)
        if entry is None:
            raise package.damaged(part)
        self.part = part
        self.refused: list[str] = []
        self._archive, self._entry = archive, entry
        self._widths = widths
        try:
            outline = outline_of(self._chunks())
            self._plain = outline is not None
            outline = outline or outline_of([self._made_plain()])
        except (ValueError, SyntaxError) as error:  # lxml's errors are the latter
            raise package.damaged(part) from error
        if outline is None:
            raise package.damaged(part)
        self._outline = outline
        seen = on_top(cells, self._outline.tail) if _any(cells, lambda new: new.keep_value) else cells
        self._cells = _only(seen, lambda new: new.look is not None or not new.keep_value)
        self._links = [Link(row, column, new.link) for row, column, new in _each(seen) if new.link]
        self._wanted = [Note(row, column, _lines(new.note)) for row, column, new in _each(seen) if new.note]
        self._notes: SheetNotes | None = None
        self._heights: dict[int, float] = {}

    @property
    def wants_notes(self) -> bool:
        """Whether any of its cells gets a note."""
        return bool(self._wanted)

    def take_notes(self, package: Package, cluster: int) -> int:
        """Relate the parts of the notes to the sheet; return how many clusters of shapes they take from this one on."""
        self._notes = SheetNotes(package, self.part, self._outline, self._wanted, cluster)
        return self._notes.clusters

    def written(self, styles: Styles | None) -> Iterator[bytes]:
        """Yield the sheet's XML."""
        splice = Splice(
            self._cells,
            styles,
            above=self._above if self._widths else None,
            below=self._below if self._links or self._notes else None,
            measured=self._notes is not None,
        )
        yield from splice.apply(self._chunks() if self._plain else [self._made_plain()])
        self.refused, self._heights = splice.refused, splice.heights

    def note_parts(self) -> list[str]:
        """Return the names of the parts of its notes."""
        return [self._notes.comments, self._notes.drawing] if self._notes else []

    def notes_written(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield these parts; after the sheet itself."""
        if self._notes:
            yield self._notes.comments, self._notes.comments_part()
            yield self._notes.drawing, self._notes.drawing_part(self._heights)

    def _above(self, head: bytes) -> bytes:
        return widened(head, self._outline.prefix, self._widths)

    def _below(self, tail: bytes) -> bytes:
        tail = linked(tail, self._outline.prefix, self._links) if self._links else tail
        return self._notes.below(tail) if self._notes else tail

    def _chunks(self) -> Iterator[bytes]:
        with self._archive.open(self._entry) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    def _made_plain(self) -> bytes:
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, strip_cdata=True, huge_tree=True
        )
        with self._archive.open(self._entry) as stream:
            return etree.tostring(etree.parse(stream, parser), encoding="UTF-8", xml_declaration=True, standalone=True)


def _each(cells: Cells) -> Iterator[tuple[int, int, NewCell]]:
    for row in sorted(cells):
        for column in sorted(cells[row]):
            yield row, column, cells[row][column]


def _any(cells: Cells, wanted: Callable[[NewCell], bool]) -> bool:
    return any(wanted(new) for those in cells.values() for new in those.values())


def _only(cells: Cells, wanted: Callable[[NewCell], bool]) -> Cells:
    """Return the cells that are wanted, and rows that have any."""
    kept = {row: {column: new for column, new in those.items() if wanted(new)} for row, those in cells.items()}
    return {row: those for row, those in kept.items() if those}


def _lines(text: str | None) -> str:
    return "\n".join((text or "").splitlines())

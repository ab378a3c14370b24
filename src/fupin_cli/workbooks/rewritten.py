"""An xlsx and cells to be written in; a workbook with these cells, and every other part as it was, out.

Parts that are not touched are copied as they are. Loading and saving a workbook with openpyxl takes minutes for a large one,
and loses what it does not know.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from fupin_cli.workbooks.added_sheets import AddedSheet, SheetWriter
from fupin_cli.workbooks.ahead import ahead
from fupin_cli.workbooks.book import FILTER, TITLES, Book
from fupin_cli.workbooks.drawings import first_cluster
from fupin_cli.workbooks.package import Package, plain_name
from fupin_cli.workbooks.sheet_plan import Cells, SheetPlan
from fupin_cli.workbooks.styles import Styles

_CHUNK = 4 << 20
_LARGE = 1 << 31  # bytes from which a part of a zip needs longer fields
_QUICK = 1  # of zlib's levels: somewhat larger than the usual, several times as fast


def rewrite(
    source: Path,
    target: Path,
    sheets: Mapping[str, Cells],
    *,
    added: Sequence[AddedSheet] = (),
    widths: Mapping[str, Mapping[int, float]] = {},
    called: Path | None = None,
) -> dict[str, list[str]]:
    """Write `target`, a copy of `source` with cells of some sheets changed; return the cells that hold a formula and were left.

    Args:
        source: an .xlsx or .xlsm that was read (its parts were checked then).
        target: written over; the caller puts it into place.
        sheets: part of a sheet (`Sheet.part`) → its cells.
        added: sheets to stand behind those that are there.
        widths: part of a sheet → column counted from 0 → its new width in characters; a hidden column with one is shown.
        called: the name the user knows the source by, for refusals; None: its path.

    Raises:
        InputError: a part that is to be extended is damaged.
        OutputError: a sheet gets more rows than it holds.
    """
    with (
        zipfile.ZipFile(source) as archive,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as copy,
    ):
        writing = _Writing(archive, copy, called or source)
        writing.plan(sheets, widths)
        writing.list_sheets(added)
        return writing.write()


class _Writing:
    """One workbook on its way from an archive to a copy."""

    def __init__(self, archive: zipfile.ZipFile, copy: zipfile.ZipFile, called: Path) -> None:
        self._archive, self._copy = archive, copy
        self._package = Package(archive, called)
        self._package.drop_signatures()
        self._plans: dict[str, SheetPlan] = {}  # name of a part → what becomes of it
        self._added: list[tuple[str, SheetWriter]] = []
        self._book: Book | None = None
        self._styled = self._package.styles
        written = self._package.read(self._styled)
        self._styles = Styles(written) if written else None

    def plan(self, sheets: Mapping[str, Cells], widths: Mapping[str, Mapping[int, float]]) -> None:
        """Read each sheet that is to change, and relate what it gets."""
        cluster = 0
        for part in {**sheets, **widths}:
            plan = SheetPlan(self._package, self._archive, part, sheets.get(part, {}), widths.get(part, {}))
            if plan.wants_notes:
                cluster = cluster or first_cluster(self._package)
                cluster += plan.take_notes(self._package, cluster)
            self._plans[plain_name(part)] = plan

    def list_sheets(self, added: Iterable[AddedSheet]) -> None:
        """List the sheets that are to be added."""
        for sheet in added:
            self._book = self._book or Book(self._package)
            part = self._book.add(sheet.name)
            self._added.append((part, SheetWriter(sheet, self._styles, self._package.main)))

    def write(self) -> dict[str, list[str]]:
        """Write the copy; return the formulas that were left, by the part they stand in."""
        self._package.settle()
        parts = {plain_name(part): (part, written) for part, written in self._package.parts.items()}
        later = {plain_name(self._styled)} | self._package.dropped
        later |= {plain_name(part) for plan in self._plans.values() for part in plan.note_parts()}
        later |= {plain_name(self._package.book)} if self._book else set()
        for entry in self._archive.infolist():
            name = plain_name(entry.filename)
            if name in self._plans:
                self._write_sheet(entry, self._plans[name])
            elif name in parts:
                self._copy.writestr(_entry(entry), parts.pop(name)[1])
            elif name not in later:
                self._pass_on(entry)
        for part, written in parts.values():
            self._stream(part, [written])
        self._write_last()
        return {plan.part: plan.refused for plan in self._plans.values() if plan.refused}

    def _write_last(self) -> None:
        """Write what is known only when everything else is: added sheets, the list of all, the formats."""
        for part, writer in self._added:
            self._stream(part, writer.written())
        if self._book is not None:
            first = len(self._book.names()) - len(self._added)
            for position, (_, writer) in enumerate(self._added, first):
                if writer.filtered:
                    self._book.name_cells(FILTER, position, writer.filtered)
                if writer.sheet.frozen:
                    self._book.name_cells(TITLES, position, f"$1:${writer.sheet.frozen}")
                for name, text in writer.sheet.kept.items():
                    self._book.name_text(name, position, text)
            self._stream(self._package.book, [self._book.written()])
        entry = self._package.entry(self._styled)
        if entry is not None and self._styles is not None:
            changed = self._styles.changed
            self._copy.writestr(_entry(entry), self._styles.part() if changed else self._archive.read(entry))

    def _write_sheet(self, entry: zipfile.ZipInfo, plan: SheetPlan) -> None:
        with self._copy.open(_entry(entry), "w", force_zip64=entry.file_size > _LARGE) as stream:
            for piece in ahead(plan.written(self._styles)):
                stream.write(piece)
        for part, pieces in plan.notes_written():
            self._stream(part, pieces)

    def _stream(self, part: str, pieces: Iterable[bytes]) -> None:
        entry = self._package.entry(part)
        with self._copy.open(_entry(entry) if entry else _new_entry(part), "w") as stream:
            for piece in _gathered(pieces):
                stream.write(piece)

    def _pass_on(self, entry: zipfile.ZipInfo) -> None:
        with (
            self._archive.open(entry) as there,
            self._copy.open(_entry(entry), "w", force_zip64=entry.file_size > _LARGE) as here,
        ):
            while chunk := there.read(_CHUNK):
                here.write(chunk)


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield small pieces many at a time."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > 1 << 18:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _entry(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return the entry of a copy: name, time and way of packing of the original, sizes to be counted anew."""
    kept = zipfile.ZipInfo(entry.filename, entry.date_time)
    kept.compress_type = zipfile.ZIP_STORED if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    kept.external_attr = entry.external_attr
    return _quickly(kept)


def _new_entry(part: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(part)  # without a time: a copy of the same findings is the same
    made.compress_type = zipfile.ZIP_DEFLATED
    return _quickly(made)


def _quickly(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return the entry, to be packed at our level: one that is made by hand has its own, the usual, not that of its archive."""
    entry._compresslevel = _QUICK  # type: ignore[attr-defined]  # noqa: SLF001 - Python 3.13 gave it a public name
    return entry

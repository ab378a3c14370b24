"""An xlsx and cells to be written in; a workbook with these cells, and every other part as it was, out.

Parts that are not touched are copied as they are. Loading and saving a workbook with openpyxl takes minutes for a large one,
and loses what it does not know.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fupin_cli.workbooks.added_sheets import AddedSheet
from fupin_cli.workbooks.spliced import NewCell, Splice, is_plain
from fupin_cli.workbooks.styles import Styles

_CHUNK = 4 << 20
_LARGE = 1 << 31  # bytes from which a part of a zip needs longer fields
_QUICK = 1  # of zlib's levels: somewhat larger than the usual, several times as fast

Cells = Mapping[int, Mapping[int, NewCell]]  # Excel's row → column counted from 0 → what it is to hold


def rewrite(
    source: Path,
    target: Path,
    sheets: Mapping[str, Cells],
    *,
    added: Sequence[AddedSheet] = (),
    widths: Mapping[str, Mapping[int, float]] = {},
) -> dict[str, list[str]]:
    """Write `target`, a copy of `source` with cells of some sheets changed; return the cells that hold a formula and were left.

    Args:
        source: an .xlsx or .xlsm that was read (its parts were checked then).
        target: written over; the caller puts it into place.
        sheets: part of a sheet (`Sheet.part`) → its cells.
        added: sheets to stand behind those that are there.
        widths: part of a sheet → column counted from 0 → its new width in characters.
    """
    refused: dict[str, list[str]] = {}
    with (
        zipfile.ZipFile(source) as archive,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as copy,
    ):
        wanted = {part.lower(): part for part in sheets}
        looks = any(new.look for cells in sheets.values() for row in cells.values() for new in row.values())
        styled = _styles_part(archive) if looks else None
        styles = Styles(archive.read(styled)) if styled else None
        for entry in archive.infolist():
            part = wanted.get(entry.filename.replace("\\", "/").lower())
            if part is not None:
                splice = Splice(sheets[part], styles)
                _write_sheet(archive, entry, copy, splice)
                if splice.refused:
                    refused[part] = splice.refused
            elif entry is not styled:
                _copy(archive, entry, copy)
        if styled is not None and styles is not None:  # last, for only now all formats are known
            copy.writestr(_entry(styled), styles.part() if styles.changed else archive.read(styled))
    return refused


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, copy: zipfile.ZipFile) -> None:
    with archive.open(entry) as there, copy.open(_entry(entry), "w", force_zip64=entry.file_size > _LARGE) as here:
        while chunk := there.read(_CHUNK):
            here.write(chunk)


def _styles_part(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """Return the part of the formats, by its type in the list of contents."""
    from lxml import etree

    root = etree.fromstring(archive.read("[Content_Types].xml"))
    names = {
        str(one.get("PartName", "")).lstrip("/").lower()
        for one in root
        if str(one.get("ContentType", "")).endswith("spreadsheetml.styles+xml")
    }
    return next((entry for entry in archive.infolist() if entry.filename.replace("\\", "/").lower() in names), None)


def _entry(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return the entry of a copy: name, time and way of packing of the original, sizes to be counted anew."""
    kept = zipfile.ZipInfo(entry.filename, entry.date_time)
    kept.compress_type = zipfile.ZIP_STORED if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    kept.external_attr = entry.external_attr
    return kept


def _write_sheet(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, copy: zipfile.ZipFile, splice: Splice) -> None:
    plain = is_plain(_chunks(archive, entry))
    chunks = _chunks(archive, entry) if plain else iter([_made_plain(archive, entry)])
    with copy.open(_entry(entry), "w", force_zip64=entry.file_size > _LARGE) as stream:
        for piece in splice.apply(chunks):
            stream.write(piece)


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _made_plain(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, strip_cdata=True)
    with archive.open(entry) as stream:
        return etree.tostring(etree.parse(stream, parser), encoding="UTF-8", xml_declaration=True, standalone=True)

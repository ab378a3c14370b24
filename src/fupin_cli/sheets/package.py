"""An xlsx package in; checked sizes and XML, its sheets in the order of the workbook, and its parts as streams, out."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from msgspec import Struct

from fupin_cli.sheets.inflated_part import open_entry
from fupin_cli.sheets.refusals import refuse

if TYPE_CHECKING:
    from lxml import etree

MEGABYTE = 1 << 20
LIMIT = 2048 * MEGABYTE
_RATIO, _RATIO_FROM = 200, 100 * MEGABYTE
_HEAD = 64 << 10  # bytes of a part in which a declaration would stand
_READ_WHOLE = re.compile(r"(sharedstrings|styles|workbook)\.(xml|bin)$|\.rels$", re.IGNORECASE)


class SheetPart(Struct, frozen=True):
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    part: str | None  # None for a chart sheet and the like


class Package(Struct, frozen=True):
    """An open package whose sizes and parts were checked."""

    path: Path
    archive: zipfile.ZipFile
    sheets: tuple[SheetPart, ...]
    shared_texts: str | None  # the parts' names; None when there is no such part
    styles: str | None
    from_1904: bool

    def open(self, part: str) -> IO[bytes]:
        """A part's content as it is inflated; its checksum is compared at its end."""
        return open_part(self.archive, part)

    def size(self, part: str) -> int:
        """The bytes a part states it inflates to.

        Raises:
            KeyError: there is no such part.
        """
        return entry_of(self.archive, part).file_size

    def read_whole(self) -> None:
        """Inflate the parts that another library is about to inflate, in bounded memory.

        A size that is stated too small and a checksum that is wrong do not get through.
        """
        _read_whole(self.archive)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The package at `path`, for as long as the `with` lasts; what is wrong with its zip is refused in there, too.

    Raises:
        InputError: encrypted, damaged, too large inflated, or declaring entities.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(path, archive)
            _check_declarations(path, archive)
            yield _package(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise refuse(path, "damaged", "zip") from error


def check_sizes(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise InputError for a package that is encrypted or states that it inflates too far."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse(path, "encrypted")
    size = inflates_too_far(entries)
    if size is not None:
        raise refuse(path, "bomb", size // MEGABYTE)


def inflates_too_far(entries: list[zipfile.ZipInfo]) -> int | None:
    """The bytes that `entries` state they inflate to, when that is beyond what is read; None when it is not."""
    size = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    return size if size > LIMIT or (size > _RATIO_FROM and size > _RATIO * packed) else None


def check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise InputError for XML that declares entities; inflate what the reader library inflates whole."""
    _check_declarations(path, archive)
    _read_whole(archive)


def _check_declarations(path: Path, archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(entry) as stream:
                if re.search(rb"<!(DOCTYPE|ENTITY)", stream.read(_HEAD).replace(b"\0", b""), re.IGNORECASE):
                    raise refuse(path, "entities")


def _read_whole(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        if _READ_WHOLE.search(entry.filename):
            with archive.open(entry) as stream:
                while stream.read(MEGABYTE):
                    pass


def _package(path: Path, archive: zipfile.ZipFile) -> Package:
    from lxml import etree

    try:
        tops = _parse(archive, "_rels/.rels")
        book = next(
            _resolve("", node.get("Target", "")) for node in tops if node.get("Type", "").endswith("/officeDocument")
        )
        parts = {kind: targets_of(archive, book, kind) for kind in ("worksheet", "sharedStrings", "styles")}
        root = _parse(archive, book)
    except (etree.XMLSyntaxError, KeyError, ValueError, StopIteration) as error:
        raise refuse(path, "damaged", "XML") from error
    settings = root.find("{*}workbookPr")
    return Package(
        path=path,
        archive=archive,
        sheets=tuple(_sheet(node, parts["worksheet"]) for node in root.iterfind(".//{*}sheets/{*}sheet")),
        shared_texts=_beside(archive, book, parts["sharedStrings"], "sharedStrings.xml"),
        styles=_beside(archive, book, parts["styles"], "styles.xml"),
        from_1904=settings is not None and settings.get("date1904") in ("1", "true"),
    )


def _beside(archive: zipfile.ZipFile, book: str, parts: dict[str, str], usual: str) -> str | None:
    """The part that is related to the workbook's, or the one of the usual name when no relation was written."""
    part = posixpath.join(posixpath.dirname(book), usual)
    there = any(name.replace("\\", "/").lower() == part.lower() for name in archive.namelist())
    return next(iter(parts.values()), part if there else None)


def targets_of(archive: zipfile.ZipFile, book: str, kind: str = "worksheet") -> dict[str, str]:
    """The parts of a kind by the ids of their relations to the workbook's part."""
    folder, file = posixpath.split(book)
    return {
        str(node.get("Id", "")): _resolve(folder, str(node.get("Target", "")))
        for node in _parse(archive, f"{folder}/_rels/{file}.rels")
        if str(node.get("Type", "")).endswith(f"/{kind}")
    }


def _parse(archive: zipfile.ZipFile, part: str) -> "etree._Element":
    from lxml import etree

    with open_part(archive, part) as stream:
        return etree.parse(stream, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


def _sheet(node: "etree._Element", parts: dict[str, str]) -> SheetPart:
    key = next((str(value) for name, value in node.attrib.items() if str(name).endswith("}id")), "")
    hidden = node.get("state", "visible") in ("hidden", "veryHidden")
    return SheetPart(str(node.get("name", "")), hidden, parts.get(key))


def _resolve(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def open_part(archive: zipfile.ZipFile, part: str) -> IO[bytes]:
    """Open a part by its name, which compares without case."""
    return cast(IO[bytes], open_entry(archive, entry_of(archive, part)))


def entry_of(archive: zipfile.ZipFile, part: str) -> zipfile.ZipInfo:
    """The entry of a part, whose name compares without case."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    return archive.getinfo(names[part.lower()])

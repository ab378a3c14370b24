"""An xlsx package in; checked sizes and XML, and the Marks of each worksheet, out."""

import posixpath
import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING

from fupin_cli.sheets.marks import Marks
from fupin_cli.sheets.refusals import refuse
from fupin_cli.sheets.sheet_xml import SparseBoxError, scan_sheet_xml

if TYPE_CHECKING:
    from lxml import etree

MEGABYTE = 1 << 20
LIMIT = 2048 * MEGABYTE
_RATIO, _RATIO_FROM = 200, 100 * MEGABYTE
_READ_WHOLE = re.compile(r"(sharedstrings|styles|workbook)\.(xml|bin)$|\.rels$", re.IGNORECASE)


def read_marks(path: Path) -> list[Marks]:
    """Marks of every sheet, in the order of the workbook (empty ones for a chart sheet).

    The parts calamine will inflate are inflated here first, in bounded memory, and their checksums compared: a size
    stated too small does not get through.

    Raises:
        InputError: encrypted, damaged, too large inflated, declaring entities, or with cells too far apart.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as package:
            check_sizes(path, package)
            check_parts(path, package)
            return [_scan(path, package, name, part) for name, part in _sheet_parts(package)]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise refuse(path, "damaged", "zip") from error
    except (etree.XMLSyntaxError, KeyError, ValueError, StopIteration) as error:
        raise refuse(path, "damaged", "XML") from error


def check_sizes(path: Path, package: zipfile.ZipFile) -> None:
    """Raise InputError for a package that is encrypted or states that it inflates too far."""
    entries = package.infolist()
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


def check_parts(path: Path, package: zipfile.ZipFile) -> None:
    """Raise InputError for XML that declares entities; inflate what the reader library inflates whole."""
    for entry in package.infolist():
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            with package.open(entry) as stream:
                if re.search(
                    rb"<!(DOCTYPE|ENTITY)", stream.read(MEGABYTE).replace(b"\0", b"")[: 64 << 10], re.IGNORECASE
                ):
                    raise refuse(path, "entities")
        if _READ_WHOLE.search(entry.filename):
            with package.open(entry) as stream:
                while stream.read(MEGABYTE):
                    pass


def _sheet_parts(package: zipfile.ZipFile) -> list[tuple[str, str | None]]:
    """Name and part of every sheet, in the order of the workbook; no part when it is not a worksheet."""
    tops = _parse(package, "_rels/.rels")
    book = next(
        _resolve("", node.get("Target", "")) for node in tops if node.get("Type", "").endswith("/officeDocument")
    )
    targets = targets_of(package, book)
    sheets = []
    for node in _parse(package, book).iterfind(".//{*}sheets/{*}sheet"):
        key = next((value for name, value in node.attrib.items() if str(name).endswith("}id")), "")
        sheets.append((str(node.get("name", "")), targets.get(str(key))))
    return sheets


def targets_of(package: zipfile.ZipFile, book: str) -> dict[str, str]:
    """The parts of worksheets by the ids of their relations to the workbook's part."""
    folder, file = posixpath.split(book)
    return {
        node.get("Id", ""): _resolve(folder, node.get("Target", ""))
        for node in _parse(package, f"{folder}/_rels/{file}.rels")
        if node.get("Type", "").endswith("/worksheet")
    }


def _parse(package: zipfile.ZipFile, part: str) -> "etree._Element":
    from lxml import etree

    with open_part(package, part) as stream:
        return etree.parse(stream, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


def _resolve(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def open_part(package: zipfile.ZipFile, part: str) -> IO[bytes]:
    """Open a part by its name, which compares without case."""
    names = {name.replace("\\", "/").lower(): name for name in package.namelist()}
    return package.open(names[part.lower()])


def _scan(path: Path, package: zipfile.ZipFile, name: str, part: str | None) -> Marks:
    if part is None:
        return Marks()
    try:
        return scan_sheet_xml(lambda: open_part(package, part))
    except SparseBoxError as error:
        raise refuse(path, "sparse", name, error.rows, error.columns) from error

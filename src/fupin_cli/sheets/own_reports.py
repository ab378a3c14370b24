"""A file, by itself or packed in an archive, in; out why it is no registry where fupin itself wrote it as a report, or of what it is a copy."""

import hashlib
import re
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, cast
from zipfile import BadZipFile, ZipFile, is_zipfile

from fupin_cli.catalogue import both
from fupin_cli.model.annotation import ORIGINAL
from fupin_cli.model.own_report import CSV_HEADS, JUNIT_MARK, KEYWORD, PAGE_MARK, PROPERTIES, VERDICT_COLUMNS

if TYPE_CHECKING:
    from io import BufferedReader

_HEAD = 65536  # bytes in which a report in text names itself: what to note first stands above it
_HEADING = re.compile(r"^fupin \S", re.MULTILINE)
_BROKEN = (
    BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
)  # what a damaged or locked package raises
_COPIES = {".xlsx", ".xlsm"}
_BOOK = 16 << 20  # bytes of a workbook's list of sheets and names that are looked at
_ORIGINAL = re.compile(rb"""<[^>]*\sname=["']%s["'][^>]*>(?:"|&quot;)([0-9a-f]{64})""" % ORIGINAL.encode())
_PARQUET_END = 8  # bytes: the length of the footer and the magic


def report_of_fupin(name: PurePath, opened: Callable[[], IO[bytes]]) -> tuple[str, str] | None:
    """Why a report that fupin wrote is no registry; None for any other file, and for one whose reader will tell what is wrong with it.

    Args:
        name: of the file; its suffix tells what it may be.
        opened: opens it, from its beginning.
    """
    try:
        with opened() as stream:
            own = _is_own(name.suffix.lower(), stream)
    except (*_BROKEN, OSError):
        return None
    return both("fupin 的报告") if own else None


def originals_of(name: PurePath, opened: Callable[[], IO[bytes]]) -> set[str]:
    """The SHA-256 of the files that an annotated copy was made of, one after the other, as it tells; empty for any other file."""
    if name.suffix.lower() not in _COPIES:
        return set()
    try:
        with opened() as stream, ZipFile(stream) as parts:
            book = next((part for part in parts.namelist() if part.endswith("/workbook.xml")), None)
            told = _ORIGINAL.findall(parts.open(book).read(_BOOK)) if book else []
    except (*_BROKEN, OSError):
        return set()
    return {one.decode() for one in told}


def fingerprint(opened: Callable[[], IO[bytes]]) -> str | None:
    """The SHA-256 of a file; None for one that cannot be read, of which its reader will tell."""
    try:
        with opened() as stream:
            return hashlib.file_digest(cast("BufferedReader", stream), "sha256").hexdigest()
    except (*_BROKEN, OSError):
        return None


def _is_own(suffix: str, stream: IO[bytes]) -> bool:
    match suffix:
        case ".html" | ".htm":
            own = PAGE_MARK in stream.read(_HEAD)
        case ".xml":
            own = JUNIT_MARK in stream.read(_HEAD)
        case ".csv":
            own = _text(stream).startswith(CSV_HEADS)
        case ".txt":
            own = _HEADING.search(_text(stream)) is not None
        case ".parquet":
            footer = _footer(stream)
            own = all(name in footer for name in VERDICT_COLUMNS)
        case ".xlsx" if is_zipfile(stream):
            with ZipFile(stream) as parts:
                own = PROPERTIES in parts.namelist() and KEYWORD.encode() in parts.open(PROPERTIES).read(_HEAD)
        case _:
            own = False
    return own


def _text(stream: IO[bytes]) -> str:
    """The beginning of a text, as fupin wrote it or as Excel or WPS on Chinese Windows saved it again."""
    head = stream.read(_HEAD)
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:  # the read ended inside a character
            return head[: error.start].decode("utf-8-sig")
        return head.decode("gb18030", "replace")


def _footer(stream: IO[bytes]) -> bytes:
    """The footer of a Parquet file, where its columns are named; nothing of a file that has none."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _PARQUET_END))
    length = int.from_bytes(stream.read(4), "little")
    if stream.read(4) != b"PAR1" or length + _PARQUET_END > size:
        return b""
    stream.seek(size - _PARQUET_END - length)
    return stream.read(min(length, _HEAD))

"""A file in, why it is no registry out where fupin itself wrote it as a report."""

import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from fupin_cli.catalogue import both
from fupin_cli.model.own_report import CSV_HEADS, JUNIT_MARK, KEYWORD, PAGE_MARK, PROPERTIES, VERDICT_COLUMNS

_HEAD = 65536  # bytes in which a report in text names itself: what to note first stands above it
_HEADING = re.compile(r"^fupin \S", re.MULTILINE)
_BROKEN = (
    BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
)  # what a damaged or locked package raises
_PARQUET_END = 8  # bytes: the length of the footer and the magic


def report_of_fupin(file: Path) -> tuple[str, str] | None:
    """Why a report that fupin wrote is no registry; None for any other file, and for one whose reader will tell what is wrong with it."""
    try:
        own = _is_own(file)
    except (*_BROKEN, OSError):
        return None
    return both("fupin 的报告") if own else None


def _is_own(file: Path) -> bool:
    match file.suffix.lower():
        case ".html" | ".htm":
            own = PAGE_MARK in _head(file)
        case ".xml":
            own = JUNIT_MARK in _head(file)
        case ".csv":
            own = _text(file).startswith(CSV_HEADS)
        case ".txt":
            own = _HEADING.search(_text(file)) is not None
        case ".parquet":
            footer = _footer(file)
            own = all(name in footer for name in VERDICT_COLUMNS)
        case ".xlsx" if is_zipfile(file):
            with ZipFile(file) as parts:
                own = PROPERTIES in parts.namelist() and KEYWORD.encode() in parts.read(PROPERTIES)
        case _:
            own = False
    return own


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_HEAD)


def _text(file: Path) -> str:
    """The beginning of a text, as fupin wrote it or as Excel or WPS on Chinese Windows saved it again."""
    head = _head(file)
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:  # the read ended inside a character
            return head[: error.start].decode("utf-8-sig")
        return head.decode("gb18030", "replace")


def _footer(file: Path) -> bytes:
    """The footer of a Parquet file, where its columns are named; nothing of a file that has none."""
    with file.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _PARQUET_END))
        length = int.from_bytes(stream.read(4), "little")
        if stream.read(4) != b"PAR1" or length + _PARQUET_END > size:
            return b""
        stream.seek(size - _PARQUET_END - length)
        return stream.read(min(length, _HEAD))

"""A part of a zip package in, its content as a stream out, inflated by the fastest inflater there is.

The part is given to it as the gzip file that it would be: with the extra `fast` igzip (package isal) reads that, about
three times as fast as zlib; either way the content is as long as stated and its checksum is compared at its end.
"""

import gzip
import io
import struct
import zipfile
import zlib
from functools import cache
from importlib import import_module
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_HEADER = struct.Struct("<26xHH")
_NOT_AS_STATED = "its length or its checksum is not what is stated"
_GZIP_HEAD, _GZIP_FOOT = b"\x1f\x8b\x08" + bytes(7), struct.Struct("<II")


class Inflater(NamedTuple):
    """A reader of gzip files, and what it raises at bytes that cannot be inflated."""

    open: type[gzip.GzipFile]
    error: type[Exception]


ZLIB = Inflater(gzip.GzipFile, zlib.error)


@cache
def inflater() -> Inflater:
    """Isal's when it is installed, else Python's own."""
    try:
        return Inflater(import_module("isal.igzip").IGzipFile, import_module("isal.isal_zlib").error)
    except ImportError:
        return ZLIB


class InflatedPart(io.BufferedIOBase):
    """The content of one deflated entry; other entries of the archive may be read in between.

    Raises:
        zipfile.BadZipFile: while it is read: it is damaged, or not as long as stated.
    """

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, inflater: Inflater) -> None:
        self._name, self._left = entry.filename, entry.file_size
        if archive.fp is None:
            raise zipfile.BadZipFile(f"{self._name}: the package is closed")
        self._content, self._error = inflater.open(fileobj=_AsGzip(archive.fp, entry), mode="rb"), inflater.error

    def readable(self) -> bool:
        """True."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """The next `size` bytes, fewer at the end; all that are left when negative."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        self._left -= wanted
        try:
            found = self._content.read(wanted)
            is_as_stated = len(found) == wanted and (self._left > 0 or not self._content.read(1))
        except self._error as error:
            raise zipfile.BadZipFile(f"{self._name}: it cannot be inflated") from error
        except (gzip.BadGzipFile, EOFError) as error:
            raise zipfile.BadZipFile(f"{self._name}: {_NOT_AS_STATED}") from error
        if not is_as_stated:
            raise zipfile.BadZipFile(f"{self._name}: {_NOT_AS_STATED}")
        return found


class _AsGzip(io.RawIOBase):
    """A deflated entry with the head and the foot of a gzip file around it."""

    def __init__(self, file: IO[bytes], entry: zipfile.ZipInfo) -> None:
        self._file = file
        file.seek(entry.header_offset)
        name, extra = _HEADER.unpack(file.read(_HEADER.size))
        self._at = entry.header_offset + _HEADER.size + name + extra
        self._end = self._at + entry.compress_size
        self._head, self._foot = _GZIP_HEAD, _GZIP_FOOT.pack(entry.CRC, entry.file_size & 0xFFFFFFFF)

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """As much as there is room for, or less; nothing at the end."""
        into = memoryview(buffer)
        if self._head:
            found, self._head = self._head[: len(into)], self._head[len(into) :]
        elif self._at < self._end:
            self._file.seek(self._at)
            found = self._file.read(min(len(into), self._end - self._at))
            self._at += len(found)
        else:
            found, self._foot = self._foot[: len(into)], self._foot[len(into) :]
        into[: len(found)] = found
        return len(found)


def open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> io.BufferedIOBase:
    """The content of an entry; what is not deflated, zipfile reads."""
    opened = archive.open(entry)  # looks whether the entry's own header agrees
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return opened  # type: ignore[return-value]
    opened.close()
    return InflatedPart(archive, entry, inflater())

"""A part of a zip package in, its content as a stream out, inflated by the fastest inflater there is.

With the extra `fast` that is igzip (package isal), about twice as fast as zlib; either way the content is as long as
stated and its checksum is compared at its end.
"""

import io
import struct
import zipfile
import zlib
from functools import cache
from importlib import import_module
from types import ModuleType

_HEADER = struct.Struct("<26xHH")
_PIECE = 64 << 10  # packed bytes taken at a time; they inflate to 64 MB at the very most


@cache
def inflater() -> ModuleType:
    """The module that inflates: isal's when it is installed, else Python's own."""
    try:
        return import_module("isal.isal_zlib")
    except ImportError:
        return zlib


class InflatedPart(io.BufferedIOBase):
    """The content of one deflated entry; other entries of the archive may be read in between.

    Raises:
        zipfile.BadZipFile: while it is read: it is damaged, or not as long as stated.
    """

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, module: ModuleType) -> None:
        self._entry = entry
        self._name, self._left, self._checksum = entry.filename, entry.file_size, 0
        if archive.fp is None:
            raise zipfile.BadZipFile(f"{self._name}: the package is closed")
        self._file, self._module = archive.fp, module
        self._file.seek(entry.header_offset)
        name, extra = _HEADER.unpack(self._file.read(_HEADER.size))
        self._at = entry.header_offset + _HEADER.size + name + extra
        self._packed_left = entry.compress_size
        self._inflate = module.decompressobj(-zlib.MAX_WBITS)
        self._over = b""  # inflated, but not asked for yet

    def readable(self) -> bool:
        """True."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """The next `size` bytes, fewer at the end; all that are left when negative."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        pieces, count = [self._over], len(self._over)
        while count < wanted:
            pieces.append(self._piece())
            count += len(pieces[-1])
        kept = len(pieces[-1]) - (count - wanted)
        pieces[-1], self._over = pieces[-1][:kept], pieces[-1][kept:]
        found = b"".join(pieces)
        self._left -= wanted
        if self._left < len(self._over):
            raise zipfile.BadZipFile(f"{self._name}: it is longer than stated")
        self._checksum = self._module.crc32(found, self._checksum)
        if not self._left and self._checksum != self._entry.CRC:
            raise zipfile.BadZipFile(f"{self._name}: its checksum is wrong")
        return found

    def _piece(self) -> bytes:
        packed = self._packed()
        if self._inflate.eof or not packed:
            raise zipfile.BadZipFile(f"{self._name}: it is shorter than stated")
        try:
            piece: bytes = self._inflate.decompress(packed)
        except (zlib.error, self._module.error) as error:
            raise zipfile.BadZipFile(f"{self._name}: it cannot be inflated") from error
        return piece

    def _packed(self) -> bytes:
        self._file.seek(self._at)
        packed = self._file.read(min(_PIECE, self._packed_left))
        self._at += len(packed)
        self._packed_left -= len(packed)
        return packed


def open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> io.BufferedIOBase:
    """The content of an entry; what is not deflated, zipfile reads."""
    opened = archive.open(entry)  # looks whether the entry's own header agrees
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return opened  # type: ignore[return-value]
    opened.close()
    return InflatedPart(archive, entry, inflater())

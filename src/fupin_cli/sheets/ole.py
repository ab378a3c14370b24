"""The bytes of an OLE compound file in; its streams by name out. Only what telling and scanning an .xls needs."""

import struct
from collections.abc import Iterator

_END = 0xFFFFFFFA  # this and above: no sector


class DamagedError(Exception):
    """The container contradicts itself or ends too early."""


class Container:
    """Streams of a compound file. Names compare without case."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512:
            raise DamagedError
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise DamagedError
        self._size = 1 << shift
        directory_start, _, self._cutoff, mini_fat_start, _, difat_start, _ = struct.unpack_from("<4x7I", content, 44)
        self._fat = self._read_fat(difat_start)
        self._directory = dict(self._entries(self._chain(directory_start)))
        self._mini_fat = _numbers(self._chain(mini_fat_start))
        root = self._directory.get("root entry", (_END, 0))
        self._mini = self._chain(root[0])

    @property
    def names(self) -> set[str]:
        """Names of all streams and storages, in lower case."""
        return set(self._directory)

    def stream(self, name: str) -> bytes:
        """The content of a stream."""
        start, length = self._directory[name.lower()]
        if length >= self._cutoff:
            content = self._chain(start)
        else:
            places = _follow(start, self._mini_fat)
            content = b"".join(self._mini[64 * place : 64 * place + 64] for place in places)
        if len(content) < length:
            raise DamagedError
        return content[:length]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size]

    def _read_fat(self, difat_start: int) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        seen = 0
        while difat_start < _END and seen * self._size <= len(self._content):
            *more, difat_start = _numbers(self._sector(difat_start)) or [_END]
            sectors += more
            seen += 1
        return _numbers(b"".join(self._sector(number) for number in sectors if number < _END))

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _follow(start, self._fat)))

    @staticmethod
    def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            if kind in (1, 2, 5):
                name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                yield name.lower(), struct.unpack_from("<II", directory, at + 116)


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))


def _follow(start: int, table: list[int]) -> Iterator[int]:
    place, steps = start, 0
    while place < _END:
        if place >= len(table) or steps > len(table):
            raise DamagedError
        yield place
        place = table[place]
        steps += 1

"""A note and the columns and rows about its cell in; the box it is shown in, large enough for its text, out."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from fupin_cli.workbooks.columns import Columns
from fupin_cli.workbooks.comments import Note

_HALF, _LINE = 6.2, 16  # pixels of half a Chinese character, and from line to line
_LEAST, _MOST = 108, 300  # pixels of a box's inside
_SIDES, _ENDS = 22, 12  # pixels of its edges: left and right, above and below
_OTHERS = 120  # pixels of the inside of the box that Excel gives a comment
_BREAKS = 1.04  # what lines lose as no word, no sign is broken
_TALLEST = 720  # pixels; a longer text is read in the findings sheet
_STEPS = 200  # columns or rows a box goes over at most: those between may be hidden
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_575


class Box(Struct, frozen=True):
    """Where a note's box stands, in pixels and counted from 0."""

    note: Note
    width: int
    height: int
    anchor: tuple[int, ...]  # column, pixels into it, row, pixels into it; the same of the lower right corner


class Boxes(Struct, frozen=True):
    """How large the cells of a sheet are."""

    columns: Columns
    heights: Mapping[int, float]  # of rows that are not as high as usual, in points: 0 for a hidden one

    def box(self, note: Note) -> Box:
        """Return the box of a note: to the right of its cell, from one row above it on."""
        width, height = size_of(note.text)
        left, top = min(note.column + 1, _LAST_COLUMN), max(note.row - 2, 0)
        right = _walk(left, 15 + width, self.columns.pixels, _LAST_COLUMN)
        bottom = _walk(top, 10 + height, self._pixels, _LAST_ROW)
        return Box(note, width, height, (left, 15, top, 10, *right, *bottom))

    def _pixels(self, row: int) -> int:
        return round(self.heights.get(row + 1, self.columns.usual_height) * 4 / 3)


def size_of(text: str) -> tuple[int, int]:
    """Return the width and height of a text's box, in pixels."""
    width = min(max(_LEAST, *map(_length, text.splitlines()), 0), _MOST)
    return round(width) + _SIDES, min(_height(text, width) + _ENDS, _TALLEST)


def growth_of(text: str) -> int:
    """Return by how many pixels the box of another comment must be higher to hold this text, too."""
    return min(_height(text, _OTHERS) + _LINE, _TALLEST)


def _height(text: str, width: float) -> int:
    lines = (max(1, -(-int(_length(line) * _BREAKS) // int(width))) for line in text.splitlines())
    return sum(lines) * _LINE


def _length(line: str) -> float:
    return len(line.encode("gb18030", "replace")) * _HALF  # two bytes of a Chinese character, one of a letter


def _walk(first: int, length: int, pixels: Callable[[int], int], last: int) -> tuple[int, int]:
    """Return the column or row, and the pixels into it, where a length ends that begins with the first one."""
    at = first
    for at in range(first, min(first + _STEPS, last)):
        size = pixels(at)
        if length < size:
            return at, length
        length -= size
    return at, 0

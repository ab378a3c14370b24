"""The cells of a row that is added and the widths of their columns in; how high the row must be for its wrapped texts out."""

from collections.abc import Sequence
from math import ceil

from fupin_cli.workbooks.spliced import NewCell

_LINE, _MOST = 15, 405  # points; Excel has rows of up to 409


def height_of(row: Sequence[NewCell | str | int | None], widths: Sequence[float]) -> bytes:
    r"""Return the attribute of the row, ` ht="45"`; b"" where one line is enough.

    Not every program measures rows when it opens a workbook.
    """
    lines = max((_lines(one, width) for one, width in zip(row, widths, strict=False)), default=1)
    return b' ht="%d" customHeight="1"' % min(lines * _LINE, _MOST) if lines > 1 else b""


def _lines(one: NewCell | str | int | None, width: float) -> int:
    if not isinstance(one, NewCell) or not isinstance(one.value, str) or one.look is None or not one.look.wrap:
        return 1
    if 2 * len(one.value) < width and "\n" not in one.value:
        return 1
    return sum(max(1, ceil(_width(line) / max(1.0, width - 1))) for line in one.value.split("\n"))


def _width(text: str) -> int:
    """Return about how many characters of a digit's width a text takes: in this encoding a Chinese one has two bytes."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))

"""Break a text into lines of a given width, Chinese characters counted as two columns."""

import re
import unicodedata

_NOT_FIRST = frozenset("，。、；：？！）〕》】”’…,.;:?!)]}%›")  # signs that may not begin a line
_NOT_LAST = frozenset("（〔《【“‘([{")  # nor end one
_CARRIED = 4  # so many words or characters may go to the next line for the sake of a sign
_PIECES = re.compile(r"\s+|[^\s⺀-￯]+|.")  # blanks, a western word, or one wide character


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def wrap(text: str, columns: int) -> list[str]:
    """Break `text` into lines no wider than `columns`; a word longer than a line is cut.

    A line neither begins with a closing sign nor ends with an opening one, where that can be had.
    """
    columns = max(columns, 4)
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines += _wrap_paragraph(paragraph, columns)
    return lines


def cut(text: str, columns: int) -> str:
    """Return as much of `text` as `columns` hold, with an ellipsis where some is left out."""
    return text if width(text) <= columns else _head(text, max(columns, 2) - 1) + "…"


def _wrap_paragraph(text: str, columns: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _PIECES.findall(text):
        if width(line) + width(piece.rstrip()) <= columns:
            line += piece
            continue
        kept, carried = _carry(line, piece)
        if kept.strip():
            lines.append(kept.rstrip())
        line = (carried + piece).lstrip()
        while width(line) > columns:
            head = _head(line, columns)
            lines.append(head)
            line = line[len(head) :]
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _carry(line: str, piece: str) -> tuple[str, str]:
    """Return the line as it can end, and its end that must go to the next line with `piece`."""
    pieces = _PIECES.findall(line)
    carried: list[str] = []
    first = piece[:1]
    while len(pieces) > 1 and len(carried) < _CARRIED and (first in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST):
        carried.insert(0, pieces.pop())
        first = carried[0][:1]
    if not pieces or first in _NOT_FIRST or sum(width(part) for part in carried) > width(line) // 2:
        return line, ""  # it cannot be had: the sign begins the line
    return "".join(pieces), "".join(carried)


def _head(text: str, columns: int) -> str:
    taken = 0
    for position, char in enumerate(text):
        taken += _columns(char)
        if taken > columns:
            return text[:position]
    return text


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1

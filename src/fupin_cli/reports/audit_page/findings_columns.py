"""Columns of texts and of whole numbers in, short text out that deflates well and that a page's script splits again.

A section is one column, its first character says how it is written; sections are divided by NUL, values by line ends:
`k` one text for all rows · `t` texts · `d` a dictionary and its numbers · `n` digits, as steps from row to row · `i` numbers.
"""

import re
import zlib
from collections import Counter
from collections.abc import Sequence

SECTION = "\0"
_DIGITS = re.compile(r"[0-9]+")
_FEW = 6  # rows for which no other way of writing is tried
_ZERO = 35  # the character of 0: no control character, no line end
_LARGEST = 50_000  # up to here a number is one character, below the surrogates
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\0": "\\0", "\1": "\\1"})
_EXACT = 15  # digits a number of a script holds exactly


def numbers(values: Sequence[int]) -> str:
    """Return whole numbers from 0 on as a section."""
    return "i" + _characters(values)


def steps(values: Sequence[int]) -> list[int]:
    """Return the step from each number to the next, folded so that none is below 0: 0, -1, 1, -2 → 0, 1, 2, 3."""
    before = 0
    folded = []
    for value in values:
        step = value - before
        folded.append(step * 2 if step >= 0 else -step * 2 - 1)
        before = value
    return folded


def texts(values: Sequence[str]) -> str:
    """Return texts as a section, written in whichever way deflates best."""
    counted = Counter(values)
    if len(counted) <= 1:
        return "k" + "".join(counted).translate(_ESCAPES)
    ways = ["t" + "\n".join(value.translate(_ESCAPES) for value in values)]
    if len(values) > _FEW:
        if len(counted) * 2 <= len(values):
            ways.append(_dictionary(values, counted))
        if all(map(_DIGITS.fullmatch, counted)):
            ways += _digits(values)
    if len(ways) == 1:
        return ways[0]
    return min(ways, key=lambda way: len(zlib.compress(encoded(way), 6)))


def encoded(text: str) -> bytes:
    """Return the bytes of a text; half a surrogate pair, which a cell may hold, becomes a question mark."""
    return text.encode("utf-8", errors="replace")


def _dictionary(values: Sequence[str], counted: Counter[str]) -> str:
    order = [value for value, _ in counted.most_common()]
    number = {value: position for position, value in enumerate(order)}
    return (
        "d" + "\n".join(value.translate(_ESCAPES) for value in order) + "\1" + _characters([number[v] for v in values])
    )


def _digits(values: Sequence[str]) -> list[str]:
    """Texts of digits as numbers: the beginning that all share is cut off, zeros in front are kept by the width."""
    widths = {len(value) for value in values}
    padded = any(value[0] == "0" and len(value) > 1 for value in values)
    shared = ""
    if len(widths) == 1:
        least, most = min(values), max(values)
        while least[len(shared)] == most[len(shared)]:
            shared = least[: len(shared) + 1]
    elif padded:
        return []
    width = max(widths) - len(shared)
    if width > _EXACT:
        return []
    told = steps([int(value[len(shared) :]) for value in values])
    return [f"n{shared}\n{width if len(widths) == 1 else 0}\n{_characters(told)}"]


def _characters(values: Sequence[int]) -> str:
    """One character a number; a large one is told in digits after a mark."""
    return "".join(chr(_ZERO + value) if value < _LARGEST else f"{chr(_ZERO + _LARGEST)}{value};" for value in values)

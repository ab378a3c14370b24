"""Compose the lines of a terminal page: text, indent and style in, lines of styled parts out."""

import re

from fupin_cli.reports.wrapping import width, wrap

Line = tuple[tuple[str, str], ...]  # (text, style of rich); () is a blank line
_CONTROLS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)  # a cell may hold them; no terminal gets them


def printable(text: str) -> str:
    """Return a text without the characters that no terminal gets."""
    return _CONTROLS.sub(" ", text)


def block(text: str, columns: int, indent: str, first: str | None = None, style: str = "") -> list[Line]:
    """Break a text into lines that stand under `indent`; the first line begins with `first` when it is given."""
    opening = indent if first is None else first
    wrapped = wrap(_CONTROLS.sub(" ", text), columns - max(width(indent), width(opening)))
    return [((opening if number == 0 else indent, ""), (line, style)) for number, line in enumerate(wrapped)]


def heading(text: str) -> list[Line]:
    """Return the line that begins a section."""
    return [((text, "bold"),)]


def spaced(parts: list[str], columns: int, indent: str = "  ") -> list[Line]:
    """Set short parts side by side, two blanks between, as many as a line holds."""
    lines: list[str] = []
    for part in parts:
        shown = _CONTROLS.sub(" ", part)
        if lines and width(lines[-1]) + 2 + width(shown) <= columns:
            lines[-1] += f"  {shown}"
        else:
            lines.append(indent + shown)
    return [((line, ""),) for line in lines]

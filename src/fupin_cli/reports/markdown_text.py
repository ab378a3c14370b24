"""Texts of a workbook in; the same texts out for a page of Markdown, where nothing in them is markup, a link or a mention."""

import html
import re

_MARKS = re.compile(r"([\\`*_\[\]|~$])")
_BREAKS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+"
)  # ends of lines, and what no page gets
_OPENING = re.compile(r"^(?=[#>+\-=])|^(\d{1,9})(?=[.)])")  # what begins a heading, a list, a quotation
_REFERENCE = re.compile(  # @name, #12, GH-12, http://, www., :+1:
    r"(?<=[@#!$%~&])(?=\w)|(?<=[Gg][Hh])(?=-\d)|(?<=:)(?=//|[\w+-]+:)|(?<=[Ww]{3})(?=\.)"
)
_UNSEEN = "\u200b"  # between the two parts of what would be a reference


def plain(text: str) -> str:
    """Return a text for a place where HTML stands, such as a <summary>."""
    broken = _REFERENCE.sub(_UNSEEN, _BREAKS.sub(" ", text).strip())
    return html.escape(broken, quote=False).replace(_UNSEEN, "&#8203;")


def inline(text: str) -> str:
    """Return a text for a line, a cell of a table or an item of a list."""
    return _OPENING.sub(_kept, _MARKS.sub(r"\\\1", plain(text)))


def _kept(opening: re.Match[str]) -> str:
    return f"{opening[1]}&#8203;" if opening[1] else "&#8203;"

"""A text or number in; how the XML of a workbook holds it out."""

import re
from xml.sax.saxutils import escape

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST = 32_767  # UTF-16 units of a cell's text or a comment's, as Excel has it


def xml_text(value: str) -> str:
    """Return a text as XML holds it; characters XML has no place for as Excel writes them: _x000B_."""
    safe = _ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", value))
    return escape(safe).replace("\r", "_x000D_")


def xml_number(value: float) -> bytes:
    """Return a number as XML holds it."""
    return repr(int(value) if float(value).is_integer() and abs(value) < 1e15 else value).encode()


def clipped(text: str) -> str:
    """Return a text no longer than a cell may hold, a mark at the end where some of it was left out."""
    if len(text) * 2 <= _LONGEST or len(text.encode("utf-16-le", "surrogatepass")) // 2 <= _LONGEST:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: (_LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"

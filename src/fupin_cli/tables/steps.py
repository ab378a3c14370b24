"""The three steps in which SQL reads a cell, and the pieces of SQL they share."""

from msgspec import Struct

from fupin_cli.tables.sql import literal
from fupin_cli.values.text import BLANKS, DASHES

NO_COLUMN = 255  # the kind of a cell where this row has no such column (rows made from plain dicts)
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F))
_FROM = _WIDE + DASHES + "￥。，" + BLANKS
_TO = _NARROW + "-" * len(DASHES) + "¥.,"
_NOTHING = r"-+|/+|\\+|无"


class Steps(Struct, frozen=True):
    """SQL expressions, each over the names of the steps before.

    `clean` is NULL exactly where the cell is blank; `value` is NULL where it could not be read; `fault` is
    `rule|note`, or NULL, and is asked for cells that are not blank, hold no error and have been computed.
    """

    clean: str
    value: str
    fault: str
    odd: str = "FALSE"  # over the raw cell alone: TRUE where `clean` and `fault` must look closer


def fold_sql(text: str) -> str:
    """SQL: half width, upper case, dashes alike, without blanks and unseen characters."""
    return f"translate(upper({text}), {literal(_FROM)}, {literal(_TO)})"


def bare_sql(text: str) -> str:
    """SQL: folded, without `#`, quotes or `="…"` around it."""
    return f"""regexp_replace({fold_sql(text)}, '^(=?"|[#''`‘’])+|["''’]+$', '', 'g')"""


def trim_sql(text: str) -> str:
    """SQL: without blanks, line breaks and unseen characters at both ends."""
    outer = literal(f"^[{BLANKS}]|[{BLANKS}]$")
    return f"CASE WHEN regexp_matches({text}, {outer}) THEN trim({text}, {literal(BLANKS)}) ELSE {text} END"


def blank_as_null(text: str) -> str:
    """SQL: NULL for an empty text and for the marks that say there is nothing: / — - 无."""
    return f"nullif(regexp_replace({text}, '^({_NOTHING})$', ''), '')"

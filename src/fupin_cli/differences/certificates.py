"""SQL of what a row is known by: certificate, name in normal form, day of birth."""

from fupin_cli.engines.sql import literal
from fupin_cli.language.functions import FUNCTIONS, RAISED
from fupin_cli.values.text import BLANKS

_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F))
_DOTS = "·•・.‧∙●⋅･・﹒᛫"
NO_TEXT = "CAST(NULL AS VARCHAR)"


def first18(cell: str) -> str:
    """SQL: the first 18 characters of a number of 18, 20 or 22, of 15 digits the 18 they were raised to; else NULL."""
    return f"COALESCE({_call('证件前18位', cell)}, {RAISED.replace(':1', f'({cell})')})"


def normal_name(cell: str) -> str:
    """SQL: a name in half width and upper case, without blanks and dots; NULL where nothing is left."""
    narrow = f"upper(translate({cell}, {literal(_WIDE)}, {literal(_NARROW)}))"
    gone = literal(f"[{BLANKS}{_DOTS}]")
    return (
        f"CASE WHEN regexp_full_match({cell}, '[一-龥]+') THEN {cell}"  # most names are plain, and one look tells them
        f" ELSE NULLIF(regexp_replace({narrow}, {gone}, '', 'g'), '') END"
    )


def born(number: str) -> str:
    """SQL: the day of birth a number says, where its check character holds; `number` has 18 characters or is NULL."""
    return _call("证件出生日期", _call("校验过的证件", number))


def _call(function: str, argument: str) -> str:
    return f"({FUNCTIONS[function].sql.replace(':1', f'({argument})')})"

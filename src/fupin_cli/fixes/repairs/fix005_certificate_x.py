"""FIX005: the X that ends a certificate number, written as x or as another sign that looks like it."""

import re

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind
from fupin_cli.values.id_number import check_character

_LIKE_X = re.compile("^([0-9]{17})[×✕✖*ХхΧχ]")


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the number with a capital X; a sign like it is one only where the seventeen digits before ask for X."""
    text = cell.text.upper() if cell.text.isascii() else cell.text
    found = _LIKE_X.match(text)
    if found and check_character(found[1]) == "X":
        text = f"{found[1]}X{text[18:].upper()}"
    return (text, cell.kind) if text != cell.text else None


KIND = Spelling(
    Repair(
        "FIX005", *both("证件号末位改为大写X"), True,
        *both("GB 11643 的校验码是大写 X；小写或乘号与之意思相同，比对时对不上。")
    ),
    frozenset(("证件",)), respell, both("末位改为大写X"),
)  # fmt: skip

"""FIX010: several values in one cell, parted by one sign all through: 因病,因残."""

import re

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind
from fupin_cli.values.text import fold

_SIGNS = re.compile(r"[,，、;；|/\s\u3000]+")


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the values in the order written, each a standard value already or a synonym of one, a comma between."""
    if cell.value is None or "," not in cell.value:
        return None
    labels = {fold(label): label for label in cell.codes}
    parts = [labels.get(fold(part)) for part in _SIGNS.split(cell.text.strip()) if fold(part)]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or set(known) != set(cell.value.split(",")):
        return None
    text = ",".join(dict.fromkeys(known))
    return (text, Kind.TEXT) if text != cell.text else None


KIND = Spelling(
    Repair(
        "FIX010", *both("统一多个值之间的分隔符"), True,
        *both("顿号、分号、斜杠混用时，系统和统计会把几个值当成一个。")
    ),
    frozenset(("多值",)), respell, both("分隔符统一为逗号"),
)  # fmt: skip

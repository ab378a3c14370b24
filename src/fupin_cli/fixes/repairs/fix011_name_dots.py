"""FIX011: the dot inside minority and foreign names, written with many signs, becomes · (U+00B7)."""

import re

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_DOTS = re.compile(rf"(?<=[{_HAN}])[•・.‧∙●⋅﹒．᛫](?=[{_HAN}])")
_NAME = re.compile(rf"[{_HAN}]+(?:[·•・.‧∙●⋅﹒．᛫][{_HAN}]+)+")


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the name with · between its parts."""
    if not _NAME.fullmatch(cell.text):
        return None
    text = _DOTS.sub("·", cell.text)
    return (text, cell.kind) if text != cell.text else None


KIND = Spelling(
    Repair(
        "FIX011", *both("统一姓名间隔号"), True,
        *both("GB 2312 与公安户籍用间隔号“·”；写成点、圆点时同一个人比对不上。")
    ),
    frozenset(("姓名",)), respell, both("姓名间隔号统一为·"),
)  # fmt: skip

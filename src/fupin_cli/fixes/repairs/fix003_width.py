"""FIX003: digits, letters and marks in full width; Chinese punctuation inside prose and names stays as it is."""

import re

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind

_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LETTERS = {wide: narrow for wide, narrow in _SIGNS.items() if chr(narrow).isalnum()}
_POINT = re.compile("(?<=[0-9])．(?=[0-9])")
_NUMBERS = frozenset(("证件", "编号", "账号", "电话", "数字", "整数", "日期", "年份"))


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the text in half width: all of a number or code, of names and prose digits and letters only."""
    signs = _SIGNS if cell.column.type in _NUMBERS else _LETTERS
    text = _POINT.sub(".", cell.text.translate(signs))
    return (text, cell.kind) if text != cell.text else None


KIND = Spelling(
    Repair(
        "FIX003", *both("全角改半角"), True,
        *both("全角数字、字母与半角的写法不同而意思相同，系统导入和比对时却不认。")
    ),
    _NUMBERS | {"姓名", "文本"}, respell, both("全角改半角"),
)  # fmt: skip

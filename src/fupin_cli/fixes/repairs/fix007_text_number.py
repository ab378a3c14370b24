"""FIX007: a number that is kept as text becomes a number; text tables have no other kind and are left."""

import re

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.fixes.numerals import plain_number
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind

_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?(?:度)?")


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the number that is read; of a year, the year alone, but never the year of a whole date."""
    if cell.column.type == "年份":
        return _year(cell)
    if cell.plain or cell.said != "FMT006|数字存成文本":
        return None
    number = plain_number(cell.value)
    return None if number is None else (number, Kind.NUMBER)


def _year(cell: Written) -> tuple[str, Kind] | None:
    if cell.value is None or not _YEAR.fullmatch(cell.text) or (cell.plain and cell.text == cell.value):
        return None
    return cell.value, Kind.TEXT if cell.plain else Kind.NUMBER


KIND = Spelling(
    Repair(
        "FIX007", *both("文本数字改为数字"), True,
        *both("存成文本的数字不参加求和、排序，系统导入时可能报错。")
    ),
    frozenset(("数字", "整数", "年份")), respell, both("文本数字改为数字", "fix007_text_number"),
)  # fmt: skip

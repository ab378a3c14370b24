"""FIX006: a number with thousands marks, a currency sign or the column's own unit becomes the bare number."""

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.fixes.numerals import plain_number
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind

_OTHER_UNIT = ("FMT006|单位是万元", "FMT006|单位是米")  # read, but another unit than the column's: for a person's eye
_PLAIN = "FMT006|数字存成文本"


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the number that is read; one in another unit than the column's is left."""
    if not cell.said.startswith("FMT006|") or cell.said == _PLAIN or cell.said.startswith(_OTHER_UNIT):
        return None
    number = plain_number(cell.value)
    return None if number is None else (number, Kind.TEXT if cell.plain else Kind.NUMBER)


KIND = Spelling(
    Repair(
        "FIX006", *both("去掉数字里的单位、千分位和货币符号"), True,
        *both("单位已写在表头，数字格里只留数字，才能求和、导入。")
    ),
    frozenset(("数字", "整数")), respell, both("带单位或符号的数字改为数字"),
)  # fmt: skip

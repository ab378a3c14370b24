"""FIX001: blanks around a text, and inside numbers, codes and short names of Han characters, where they mean nothing."""

import re

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind
from fupin_cli.values.text import BLANKS, INVISIBLE

SPACES = "".join(sorted(set(BLANKS) - set(INVISIBLE)))
_ANY = re.compile(f"[{re.escape(SPACES)}]+")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]{2,3}")
_CLOSE = frozenset(("证件", "编号", "账号", "电话", "数字", "整数", "日期", "年份"))  # no blank means anything inside
_LONG = frozenset(("证件", "编号", "账号", "电话"))
_ALL = _CLOSE | {"代码", "多值", "姓名", "文本"}


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the text without blanks that mean nothing.

    张　三 is 张三; a name of four characters or more, or with letters, may be that of a minority or a foreigner, where a
    blank parts two names: it keeps those inside. The tab before a number of a text table keeps Excel from making it a
    figure, and stays.
    """
    if cell.plain and cell.column.type in _LONG and cell.text.startswith("\t"):
        return None
    text = cell.text.strip(SPACES)
    bare = _ANY.sub("", text)
    if cell.column.type in _CLOSE or (cell.column.type == "姓名" and _HAN.fullmatch(bare)):
        text = bare
    return (text, cell.kind) if text != cell.text else None


KIND = Spelling(
    Repair(
        "FIX001", *both("去掉多余空格"), True,
        *both("空格不是内容的一部分，比对和查重时却会使同一个人、同一个值对不上。")
    ),
    _ALL, respell, both("去掉多余空格", "fix001_blanks"),
)  # fmt: skip

"""FIX002: invisible and control characters, which nobody typed and nobody sees."""

import re

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind
from fupin_cli.values.text import INVISIBLE

_UNSEEN = re.compile(f"[{INVISIBLE}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0fff\u1780-\u18af\ufb50-\ufefc\U0001f000-\U0001ffff]")
_TYPES = frozenset(("证件", "编号", "账号", "电话", "数字", "整数", "日期", "年份", "代码", "多值", "姓名", "文本"))


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the text without them; in scripts whose letters join, they shape the letters and stay."""
    if _JOINING.search(cell.text):
        return None
    text = _UNSEEN.sub("", cell.text)
    return (text, cell.kind) if text != cell.text else None


KIND = Spelling(
    Repair(
        "FIX002", *both("去掉不可见字符"), True,
        *both("从网页、系统或聊天软件复制时带入，看不见，却使比对对不上。")
    ),
    _TYPES, respell, both("去掉不可见字符"),
)  # fmt: skip

"""FIX004: marks that a program or a clerk put around a number kept as text: `#`, quotes, the `.0` of a spreadsheet."""

import re

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind

_MARKS = re.compile(r"""^(?:=?"|[#'`‘’＃＇])+|["'’＇]+$""")
_TAIL = re.compile(r"\.0+$")


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the number without them; of a text table `="…"` and '… stay, for they keep Excel from making it a figure."""
    if cell.plain and cell.text.startswith(('="', "'")):
        return None
    text = _TAIL.sub("", _MARKS.sub("", cell.text))
    return (text, cell.kind) if text != cell.text else None


KIND = Spelling(
    Repair(
        "FIX004", *both("去掉号码前后的#、引号和.0"), True,
        *both("防止号码变成数字而加的 #、引号，和表格软件添的 .0，都不是号码的一部分。")
    ),
    frozenset(("证件", "编号", "账号", "电话")), respell, both("去掉号码前后的#、引号或.0"),
)  # fmt: skip

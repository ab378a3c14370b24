"""FIX004: marks that a program or a clerk put to a number kept as text: `#`, quotes, the `.0` of a spreadsheet, hyphens."""

import re

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind
from fupin_cli.values.text import DASHES

_MARKS = re.compile(r"""^(?:=?"|[#'`‘’＃＇])+|["'’＇]+$""")
_TAIL = re.compile(r"\.0+$")
_PARTED = re.compile(
    "^([0-9]{6})~?([0-9]{8})~?([0-9]{3})~?(?=[0-9Xx])".replace("~", f"[{DASHES}-]")
)  # region, birth, order


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the number without them; of a text table `="…"`, '… and hyphens stay, for they keep Excel from making it a figure."""
    if cell.plain and cell.text.startswith(('="', "'")):
        return None
    text = _TAIL.sub("", _MARKS.sub("", cell.text))
    if cell.column.type == "证件" and not cell.plain:
        text = _PARTED.sub(r"\1\2\3", text)
    return (text, cell.kind) if text != cell.text else None


KIND = Spelling(
    Repair(
        "FIX004", *both("去掉号码前后的#、引号、.0和身份证号中的短横线"), True,
        *both("防止号码变成数字而加的 #、引号，表格软件添的 .0，和为好读而加的短横线，都不是号码的一部分。")
    ),
    frozenset(("证件", "编号", "账号", "电话")), respell, both("去掉号码前后的#、引号、.0或短横线"),
)  # fmt: skip

"""What was understood of the files in, a mapping file to be edited out; read back unedited it changes nothing."""

import json
import re
from collections.abc import Iterator, Sequence

from fupin_cli.model.inspection import Inspection, SeenTable

_PLAIN = re.compile(r"[\w\u4e00-\u9fff（）〔〕、，。/·℃㎡²+.-]*[\w\u4e00-\u9fff（）〔〕、，。/·℃㎡²]")
_HEAD = """\
# fupin 对应文件：每张表的表头各读作哪一列。
# 怎么改：
#   冒号右边写列名（fupin rules 里用的标准列名），就按它读；
#   右边空着：由 fupin 自己认；写 不读：这一列不读，也不再提示；
#   表：户（一行一户）、人（一行一人）、村（一行一村），或 不读（整张表不读）；
#   表头行：如 2 或 2-3。改了表头行，就把“列:”整段删去，再用 inspect --mapping 本文件 --save 新文件 重写。
#   文件、工作表用来找表；下一年的文件名变了，按工作表名、再按表头去找。
# 用法：fupin audit 工作簿 --mapping 本文件
"""


def mapping_text(inspections: Sequence[Inspection]) -> str:
    """Return the text of a mapping file."""
    lines = [_HEAD, "表格:"]
    written: set[tuple[str, ...]] = set()
    for inspection in inspections:
        for seen in inspection.sheets:
            for table in seen.tables:
                entry = tuple(_entry(inspection, seen.sheet.name, table))
                lines += ["", *entry] if entry not in written else []
                written.add(entry)
    return "\n".join(lines) + ("\n" if len(lines) > 2 else " []\n")


def _entry(inspection: Inspection, sheet: str, table: SeenTable) -> Iterator[str]:
    rows = table.layout.heading_rows
    yield f"  - 文件: {_scalar(inspection.file.name)}"
    yield f"    工作表: {_scalar(sheet)}"
    yield f"    表: {table.layout.kind}"
    if rows:
        yield f"    表头行: {rows[0]}" if len(rows) == 1 else f"    表头行: {rows[0]}-{rows[-1]}"
    yield "    列:"
    how = {each.where: each for each in table.layout.columns}
    for key, where, column in table.keys:
        note = ""
        if not column:
            near = table.nearest.get(where)
            note = f"  # {where} 未识别" + (f"，最接近的是 {near[0]}（{near[1]:.0f}）" if near else "")
        elif where in how and how[where].how in ("nearest", "values"):
            note = f"  # {where} 是猜的（{how[where].score:.0f}），请核对"
        yield f"      {_scalar(key)}: {_scalar(column) if column else ''}".rstrip() + note


def _scalar(text: str) -> str:
    """Return a text as YAML: bare where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text not in {"null", "~"} and not text.startswith(("-", "+", ".")):
        return text
    return json.dumps(text, ensure_ascii=False)

"""A list of the level above beside ours in; a terminal page, JSON or a workbook out. Names and numbers are hidden as the level says."""

import json
import re
from collections import Counter
from pathlib import Path

from msgspec import to_builtins
from msgspec.structs import replace

from fupin_cli.catalogue import both, in_each
from fupin_cli.model.masking import STANDARD, Masking
from fupin_cli.model.received import Joined, OurDoubt, Received
from fupin_cli.reports.grid import Book
from fupin_cli.reports.lines import printable
from fupin_cli.reports.masked import hider, shown_text
from fupin_cli.reports.output import written_beside
from fupin_cli.reports.words import Look

KINDS: dict[str, tuple[str, str]] = {
    "both": both("两边都查出"),
    "repaired": both("已经改好或销号"),
    "only_them": both("只有对方查出"),
    "not_ours": both("登记表里没有这一户", "not_ours"),
    "unclear": both("不能断定"),
}
_HEADS = in_each(
    both("来源行"),
    both("户编号"),
    both("姓名"),
    both("对方的疑点"),
    both("结论"),
    both("相似度"),
    both("我们的疑点"),
    both("规则"),
    both("我们的说法"),
    both("说明"),
)
_OURS = in_each(both("疑点编号"), both("规则"), both("户编号"), both("姓名"), both("疑点", "round_receive"))
_NUMBER = re.compile(r"(?<!\d)\d{15,17}[\dXx]")
_SHOWN = 40


def render(found: Received, look: Look) -> str:
    """Return the terminal page: how many of each kind, then each line with what is likest it."""
    found = masked(found, look.masking)
    en = look.lang == "en"
    counted: Counter[str] = Counter(one.where for one in found.theirs)
    lines = [both("第 {round} 轮：收到 {n} 条。", round=found.round, n=len(found.theirs))[en]]
    lines += [f"  {names[en]}{both('：')[en]}{counted[kind]}" for kind, names in KINDS.items()]
    lines.append(both("  只有我们查出：{n}", n=len(found.only_ours))[en])
    for one in found.theirs[:_SHOWN]:
        lines.append(_line(one, en=en))
    if len(found.theirs) > _SHOWN:
        rest = len(found.theirs) - _SHOWN
        lines.append(both("还有 {rest} 条，用 -o 文件.xlsx 全部写出。", rest=rest)[en])
    lines += [note[en] for note in found.notes]
    lines += [f"{Path(path).name}{both('：')[en]}{e if en else z}" for path, z, e in found.failed_files]
    return "\n".join(printable(line) for line in lines) + "\n"


def _line(one: Joined, *, en: bool) -> str:
    line = one.line
    where = both("第{row}行", row=line.row)[en]
    who = " ".join(part for part in (line.household, line.person) if part)
    head = f"[{KINDS[one.where][en]}] {where} {who}{both('：')[en]}{line.words}"
    remark = one.en if en else one.zh
    ours = f" ← {one.ours.id} {one.ours.rule} ({one.score:g})" if one.ours else ""
    return f"{head}\n    {remark}{ours}"


def to_json(found: Received, look: Look) -> str:
    """Return the result as JSON, version 1."""
    found = masked(found, look.masking)
    page = {
        "version": 1,
        "round": found.round,
        "counts": {
            **{kind: sum(one.where == kind for one in found.theirs) for kind in KINDS},
            "only_ours": len(found.only_ours),
        },
        "theirs": to_builtins(found.theirs),
        "only_ours": to_builtins(found.only_ours),
        "notes": [list(note) for note in found.notes],
        "failed_files": [{"file": path, "zh": zh, "en": en} for path, zh, en in found.failed_files],
    }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def write(found: Received, output: Path, look: Look) -> None:
    """Write the workbook: their lines, then the doubts only we have."""
    found = masked(found, look.masking)
    en = look.lang == "en"
    with written_beside(output) as beside, Book(beside) as book:
        names = (both("收到的疑点")[en], both("只有我们查出")[en])
        with book.table(names[0], list(_HEADS[en]), (8, 16, 10, 44, 16, 8, 20, 24, 44, 40), 3) as grid:
            for one in found.theirs:
                own = one.ours
                grid.write(
                    [one.line.row, one.line.household, one.line.person, one.line.words, KINDS[one.where][en], one.score,
                     own.id if own else "", own.rule if own else "", own.message if own else "", one.en if en else one.zh]
                )  # fmt: skip
        with book.table(names[1], list(_OURS[en]), (20, 28, 16, 10, 60), 1) as grid:
            for each in found.only_ours:
                grid.write([each.id, each.rule, each.household, each.person, each.message])


def masked(found: Received, masking: Masking = STANDARD) -> Received:
    """Return the result as a page of that level may show it: names, and numbers wherever they stand."""
    if not masking.hidden:
        return found
    theirs = tuple(
        replace(
            one,
            ours=_masked(one.ours, masking) if one.ours else None,
            line=replace(
                one.line,
                person=shown_text(one.line.person, "姓名", masking),
                words=_text(one.line.words, one.line.person, one.line.household, masking),
            ),
        )
        for one in found.theirs
    )
    return replace(found, theirs=theirs, only_ours=tuple(_masked(each, masking) for each in found.only_ours))


def _masked(one: OurDoubt, masking: Masking) -> OurDoubt:
    message = _text(one.message, one.person, one.household, masking)
    return replace(one, person=shown_text(one.person, "姓名", masking), message=message)


def _text(text: str, person: str, household: str, masking: Masking) -> str:
    secrets = {person: "姓名"} if person else {}
    secrets |= dict.fromkeys(_NUMBER.findall(text), "证件")
    return hider(secrets, {household}, masking)(text)

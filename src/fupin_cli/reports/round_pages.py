"""What a step of a round came to in; the lines a clerk reads of it out."""

from collections.abc import Mapping, Sequence

from fupin_cli.reports.words import Lang

_BECAME = {
    "new": ("新疑点", "new"),
    "open": ("以前就有、仍未销号", "from before, still open"),
    "reappeared": ("销号后再现", "struck off before, here again"),
    "excused": ("以前确认不属实、内容未变", "confirmed untrue before, unchanged"),
    "gone": (
        "以前有、这次没有查出（待 fupin round close 凭数据销号）",
        "not found now (fupin round close strikes off what is proved)",
    ),
}


def opened_lines(number: int, counts: Mapping[str, int], keys: int, lang: Lang, *, again: bool) -> list[str]:
    """Return what opening a round came to."""
    en = lang == "en"
    lines = [f"Round {number} is open." if en else f"第 {number} 轮已开。"]
    if again:
        lines = [
            f"Round {number} was open already; nothing was written."
            if en
            else f"第 {number} 轮先前已经开好，没有重复登记。"
        ]
    lines += [
        f"  {words[en]}{': ' if en else '：'}{counts[name]}" for name, words in _BECAME.items() if counts.get(name)
    ]
    if not any(counts.get(name) for name in ("new", "open", "reappeared")):
        lines.append("  no doubt is open" if en else "  没有待处理的疑点")
    if keys:
        lines.append(
            f"  corrected keys met by certificate: {keys}" if en else f"  户编号、人编号改过、按证件号码认出：{keys}"
        )
    return lines


def closed_lines(
    number: int, counts: Mapping[str, int], reasons: Mapping[str, int], lang: Lang, *, again: bool
) -> list[str]:
    """Return what closing a round came to; `reasons`: why doubts stay open → how many."""
    en = lang == "en"
    lines = [f"Round {number}:" if en else f"第 {number} 轮："]
    if again:
        lines = [
            f"Round {number} was closed by these files already:"
            if en
            else f"第 {number} 轮先前已按这些文件销过号，没有重复登记："
        ]
    told = (
        ("data", "凭数据销号", "struck off, the data proves it"),
        ("untrue", "县级确认不属实而销号", "struck off, confirmed untrue"),
        (
            "new",
            "台账里还没有的新疑点（下一轮 fupin round new 登记）",
            "found now and in no round yet (the next round new enters them)",
        ),
        (
            "again",
            "以前销过号、现在又查出（下一轮登记为销号后再现）",
            "struck off before and found now (the next round new tells them)",
        ),
    )
    lines += [
        f"  {en_ if en else zh}{': ' if en else '：'}{counts[key]}"
        for key, zh, en_ in told
        if counts[key] or key == "data"
    ]
    if reasons:
        lines.append(f"  still open: {sum(reasons.values())}" if en else f"  仍未销号：{sum(reasons.values())}")
        lines += [f"    {n}  {why}" for why, n in sorted(reasons.items(), key=lambda each: (-each[1], each[0]))]
    return lines


def merged_lines(
    added: Mapping[str, int], conflicts: Sequence[tuple[str, str]], lang: Lang, *, again: bool
) -> list[str]:
    """Return what merging two ledgers came to."""
    en = lang == "en"
    if again:
        return [
            "This ledger was merged already; nothing was written." if en else "这份台账先前已经并入，没有重复登记。"
        ]
    names = {
        "doubt": ("疑点", "doubts"),
        "answer": ("反馈", "answers"),
        "event": ("状态变化", "changes of status"),
        "round": ("轮次", "rounds"),
    }
    lines = ["Merged:" if en else "已并入："]
    lines += [f"  {words[en]}{': ' if en else '：'}{added.get(table, 0)}" for table, words in names.items()]
    if conflicts:
        lines.append(
            f"Two that differ, both kept: {len(conflicts)}" if en else f"两边说法不同、都保留的：{len(conflicts)}"
        )
        lines += [f"  {each[en]}" for each in conflicts]
    return lines

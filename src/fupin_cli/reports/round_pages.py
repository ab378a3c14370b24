"""What a step of a round came to in; the lines a clerk reads of it out."""

from collections.abc import Mapping, Sequence

from fupin_cli.catalogue import both
from fupin_cli.reports.words import Lang

_BECAME = {
    "new": both("新疑点"),
    "open": both("以前就有、仍未销号"),
    "reappeared": both("销号后再现"),
    "excused": both("以前确认不属实、内容未变"),
    "gone": both("以前有、这次没有查出（待 fupin round close 凭数据销号）"),
}


def opened_lines(number: int, counts: Mapping[str, int], keys: int, lang: Lang, *, again: bool) -> list[str]:
    """Return what opening a round came to."""
    en = lang == "en"
    lines = [both("第 {number} 轮已开。", number=number)[en]]
    if again:
        lines = [both("第 {number} 轮先前已经开好，没有重复登记。", number=number)[en]]
    lines += [f"  {words[en]}{both('：')[en]}{counts[name]}" for name, words in _BECAME.items() if counts.get(name)]
    if not any(counts.get(name) for name in ("new", "open", "reappeared")):
        lines.append(both("  没有待处理的疑点")[en])
    if keys:
        lines.append(both("  户编号、人编号改过、按证件号码认出：{keys}", keys=keys)[en])
    return lines


def closed_lines(
    number: int, counts: Mapping[str, int], reasons: Mapping[str, int], lang: Lang, *, again: bool
) -> list[str]:
    """Return what closing a round came to; `reasons`: why doubts stay open → how many."""
    en = lang == "en"
    lines = [both("第 {number} 轮：", number=number)[en]]
    if again:
        lines = [both("第 {number} 轮先前已按这些文件销过号，没有重复登记：", number=number)[en]]
    told = (
        ("data", *both("凭数据销号")),
        ("untrue", *both("县级确认不属实而销号")),
        ("new", *both("台账里还没有的新疑点（下一轮 fupin round new 登记）")),
        ("again", *both("以前销过号、现在又查出（下一轮登记为销号后再现）")),
    )
    lines += [
        f"  {en_ if en else zh}{both('：')[en]}{counts[key]}" for key, zh, en_ in told if counts[key] or key == "data"
    ]
    if reasons:
        lines.append(both("  仍未销号：{values}", values=sum(reasons.values()))[en])
        lines += [f"    {n}  {why}" for why, n in sorted(reasons.items(), key=lambda each: (-each[1], each[0]))]
    return lines


def merged_lines(
    added: Mapping[str, int], conflicts: Sequence[tuple[str, str]], lang: Lang, *, again: bool
) -> list[str]:
    """Return what merging two ledgers came to."""
    en = lang == "en"
    if again:
        return [both("这份台账先前已经并入，没有重复登记。")[en]]
    names = {
        "doubt": both("疑点", "doubt"),
        "answer": both("反馈"),
        "event": both("状态变化"),
        "round": both("轮次"),
    }
    lines = [both("已并入：")[en]]
    lines += [f"  {words[en]}{both('：')[en]}{added.get(table, 0)}" for table, words in names.items()]
    if conflicts:
        lines.append(both("两边说法不同、都保留的：{n}", n=len(conflicts))[en])
        lines += [f"  {each[en]}" for each in conflicts]
    return lines

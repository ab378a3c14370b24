"""How a baseline stands → the page `fupin baseline show` prints; what became of it → the lines `create` and `update` end with."""

import json
from collections import Counter

from fupin_cli.catalogue import both
from fupin_cli.model.baseline import STATES, Baseline, Entry, Review, Revised
from fupin_cli.model.masking import STANDARD, Masking
from fupin_cli.reports.acceptance import by_rule, entry_dict
from fupin_cli.reports.lines import Line, block, heading
from fupin_cli.reports.masked import hider
from fupin_cli.reports.page import page_of, write_lines
from fupin_cli.reports.words import Lang, Look

_STATES = {
    "expired": both("已到期，重新列为问题"),
    "gone": both("不再出现，可清理（fupin baseline update）"),
    "soon": both("下月底前到期"),
    "open": both("有效"),
}
_SHOWN = 200  # entries of one state
_DROPPED_SHOWN = 20


def to_json(review: Review, masking: Masking = STANDARD) -> str:
    """Return the review as JSON text."""
    counted = Counter(review.states.values())
    shown = {
        "version": 1,
        "baseline": str(review.baseline.file),
        "audited": review.audited,
        "counts": {"all": len(review.states)} | {str(state): counted[state] for state in STATES},
        "findings": [
            {"state": review.states[entry.id], **entry_dict(entry, masking)}
            for entry in review.baseline.entries.values()
        ],
    }
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def to_terminal(review: Review, look: Look) -> str:
    """Return the review as a page, what asks for something first."""
    english = look.lang == "en"
    lines: list[Line] = heading(
        both("基线 {file}：接受 {n} 处", file=review.baseline.file, n=len(review.states))[english]
    )
    for state in STATES:
        entries = [entry for id_, entry in review.baseline.entries.items() if review.states[id_] == state]
        if not entries:
            continue
        lines += [(), *heading(f"  {_STATES[state][english]} ({len(entries)})")]
        for entry in entries[:_SHOWN]:
            lines += _entry(entry, look)
        if len(entries) > _SHOWN:
            rest = len(entries) - _SHOWN
            lines += block(
                both("… 另有 {rest} 处，--format json 全列", rest=rest)[english],
                look.width,
                "    ",
            )
    if not review.audited and review.states:
        told = both("给出登记表文件，可看出哪些已不再出现。")[english]
        lines += [(), *block(told, look.width, "")]
    console, page = page_of(look)
    write_lines(console, lines)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def _entry(entry: Entry, look: Look) -> list[Line]:
    english = look.lang == "en"
    hide = hider({}, {entry.household}, look.masking)
    until = entry.until.isoformat() if entry.until else both("不限期")[english]
    unstable = both("编号不稳定")[english] if not entry.stable else ""
    first = " · ".join(part for part in (entry.id, entry.household or "", hide(entry.person or ""), unstable) if part)
    who = " · ".join(hide(part) for part in (entry.accepted_by, entry.reason) if part)
    since = entry.accepted_on.isoformat() if entry.accepted_on else ""
    lines = block(first, look.width, "      ", "    - ")
    if entry.message:
        lines += block(hide(entry.message), look.width, "      ")
    return lines + block(" · ".join(part for part in (who, f"{since} → {until}") if part), look.width, "      ")


def created_lines(revised: Revised, lang: Lang) -> list[str]:
    """Say what `create` wrote."""
    n, file = len(revised.added), revised.baseline.file
    told = both("已写入 {file}：接受 {n} 处。", file=file, n=n)[lang == "en"]
    return [told, *_unstable(revised.baseline, lang)]


def updated_lines(revised: Revised, lang: Lang) -> list[str]:
    """Say what `update` changed: every part counted."""
    english = lang == "en"
    rows = [
        (*both("仍在，保留"), revised.kept),
        (*both("  其中内容与接受时不同"), revised.changed),
        (*both("不再出现，已删去"), revised.dropped),
        (*both("规则这次没有运行，保留"), revised.unchecked),
        (*both("新接受"), revised.added),
    ]
    lines = [both("已写入 {file}", file=revised.baseline.file)[english]]
    for zh, en, entries in rows:
        rules = by_rule(entries)
        lines.append(f"  {en if english else zh} {len(entries)}" + (f" ({rules})" if rules else ""))
        if entries is revised.dropped:
            lines += [f"    - {entry.id} {entry.household or ''}".rstrip() for entry in entries[:_DROPPED_SHOWN]]
            lines += ["    - …"] if len(entries) > _DROPPED_SHOWN else []
    if revised.waiting:
        lines.append(
            both("  未接受 {waiting}：要一并接受，加 --add --by 谁 --why 为什么", waiting=revised.waiting)[english]
        )
    return [*lines, *_unstable(revised.baseline, lang)]


def _unstable(baseline: Baseline, lang: Lang) -> list[str]:
    n = sum(not entry.stable for entry in baseline.entries.values())
    if not n:
        return []
    return [both("其中 {n} 处没有户编号，编号不稳定：表改动后可能认不出，要重新接受。", n=n)[lang == "en"]]

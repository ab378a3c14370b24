"""Why two rounds differ in; a terminal page or JSON out."""

import json
from collections import Counter

from msgspec import to_builtins

from fupin_cli.catalogue import both
from fupin_cli.model.round import Cause, RoundWhy
from fupin_cli.reports.lines import block
from fupin_cli.reports.page import page_of, write_lines
from fupin_cli.reports.words import Look

_SIDES = {
    "gone": both("第 {a} 轮有、第 {b} 轮没有"),
    "new": both("第 {b} 轮新有"),
}


def to_json(found: RoundWhy) -> str:
    """Return what differs as JSON, version 1."""
    page = {
        "version": 1, "first": found.first, "second": found.second, "kept": found.kept, "rejudged": found.rejudged or None,
        "counts": {side: dict(Counter(each.cause for each in found.causes if each.side == side)) for side in _SIDES},
        "differences": to_builtins(found.causes),
        "moved": [{"doubt": doubt, "from": before, "to": after} for doubt, before, after in found.moved],
        "notes": [zh for zh, _ in found.notes],
    }  # fmt: skip
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def to_terminal(found: RoundWhy, look: Look) -> str:
    """Return the page: each cause with its rules and how many doubts it took or brought."""
    console, page = page_of(look)
    en = look.lang == "en"
    console.print(both("第 {first} 轮与第 {second} 轮", first=found.first, second=found.second)[en], style="bold")
    for note in found.notes:
        write_lines(console, block(note[en], look.width, "    ", "  ! ", "yellow"))
    kept = both("两轮都有：{kept}", kept=found.kept)[en]
    moved = both("（换了文件或工作表：{n}）", n=len(found.moved))[en]
    write_lines(console, block(kept + (moved if found.moved else ""), look.width, "  "))
    for side, words in _SIDES.items():
        some = [each for each in found.causes if each.side == side]
        title = words[en].format(a=found.first, b=found.second)
        write_lines(console, block(f"{title}{both('：')[en]}{len(some)}", look.width, "  ", style="bold"))
        for told, n in Counter(each.en if en else each.zh for each in some).most_common():
            write_lines(console, block(f"{n}  {told}", look.width, "        ", "    "))
            write_lines(
                console, block(_rules([c for c in some if told == (c.en if en else c.zh)]), look.width, "        ")
            )
    return page.getvalue()


def _rules(causes: list[Cause]) -> str:
    counted = Counter((each.rule, each.rule_name) for each in causes)
    return "  ".join(f"{rule} {name} {n}" for (rule, name), n in counted.most_common())

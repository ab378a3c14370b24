"""Turn a WhatIf into a terminal page or JSON: what each rule says otherwise, by township, and of whom."""

import json
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.model.masking import Masking
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.model.whatif import Case, Change, Given, WhatIf
from fupin_cli.reports.lines import block
from fupin_cli.reports.masked import shown_text
from fupin_cli.reports.page import page_of, write_lines
from fupin_cli.reports.withheld import rule_tells_health
from fupin_cli.reports.words import Lang, Look, rule_name, severity_word

if TYPE_CHECKING:
    from rich.table import Table

Form = Literal["terminal", "json", "xlsx"]
SHOWN = 40  # rows of the terminal page
_VERDICTS = {
    "pass": both("通过"),
    "fail": both("不符"),
    "unknown": both("无法判断"),
    "not applicable": both("不适用"),
    "not run": both("未运行"),
}


def verdict_word(given: Given, lang: Lang) -> str:
    """Return the name of a verdict."""
    return _VERDICTS[given][lang == "en"]


def says(case: Case, lang: Lang) -> str:
    """Say in one line what holds in a case."""
    parts = [
        f"{name}={value:g}" if isinstance(value, float | int) else f"{name}={value}"
        for name, value in case.parameters.items()
    ]
    parts += [case.profile] if case.profile and case.profile != case.name else []
    parts += [str(case.as_of)] if case.as_of else []
    parts += [case.region] if case.region else []
    inside = both("，")[lang != "zh"]
    told = inside.join(parts)
    if not told or told == case.name:
        return case.name
    return both("{name}（{told}）", name=case.name, told=told)[lang != "zh"]


def ordered(whatif: WhatIf) -> list[str]:
    """Return the rules that say something else, the worst and the most first."""
    return sorted(
        whatif.counts,
        key=lambda rule: (SEVERITIES.index(whatif.rules[rule].severity), -sum(whatif.counts[rule].values()), rule),
    )


def as_shown(whatif: WhatIf, masking: Masking) -> WhatIf:
    """Return the comparison as a report of that level may show it: rows of rules that tell of health are only counted."""
    telling = {id_ for id_, rule in whatif.rules.items() if masking.health and rule_tells_health(rule)}
    changes = tuple(change for change in whatif.changes if change.rule not in telling)
    left_out = len(whatif.changes) - len(changes)
    if not left_out:
        return whatif
    note = both("另有 {left_out} 行的规则说到健康，本报告的遮盖级别不逐行列出。", left_out=left_out)
    return replace(whatif, changes=changes, notes=(*whatif.notes, note))


def to_json(whatif: WhatIf, *, masking: Masking) -> str:
    """Return the comparison as JSON, version 1."""
    whatif = as_shown(whatif, masking)
    document = {
        "version": 1,
        "tool": "fupin",
        "before": _case(whatif.before),
        "after": _case(whatif.after),
        "rules": [
            {
                "rule": rule,
                "name": whatif.rules[rule].name,
                "severity": whatif.rules[rule].severity,
                "changes": [{"before": b, "after": a, "rows": n} for (b, a), n in whatif.counts[rule].items()],
            }
            for rule in ordered(whatif)
        ],
        "townships": [
            {
                "township": town.name, "households": town.households, "before": town.before, "after": town.after,
                "gained": town.gained, "lost": town.lost,
            }
            for town in whatif.townships
        ],
        "changes": [_change(change, masking=masking) for change in whatif.changes],
        "notes": [{"zh": zh, "en": en} for zh, en in whatif.notes],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _case(case: Case) -> dict[str, object]:
    return {
        "name": case.name, "profile": case.profile, "as_of": case.as_of.isoformat() if case.as_of else None,
        "region": case.region, "parameters": dict(case.parameters),
    }  # fmt: skip


def _change(change: Change, *, masking: Masking) -> dict[str, object]:
    return {
        "rule": change.rule, "before": change.before, "after": change.after, "household": change.household,
        "person": shown_name(change, masking=masking), "village": change.village, "township": change.township,
        "file": change.file, "sheet": change.sheet, "row": change.row, "list": change.list,
    }  # fmt: skip


def shown_name(change: Change, *, masking: Masking) -> str | None:
    """Return the person's name as a report may show it."""
    return shown_text(change.person, "姓名", masking) if change.person else change.person


def to_terminal(whatif: WhatIf, look: Look) -> str:
    """Return the page."""
    whatif = as_shown(whatif, look.masking)
    console, page = page_of(look)
    english = look.lang == "en"
    console.print("fupin whatif", style="bold")
    console.print(f"{both('甲')[english]}  {says(whatif.before, look.lang)}")
    console.print(f"{both('乙', 'whatif')[english]}  {says(whatif.after, look.lang)}")
    for zh, en in whatif.notes:
        write_lines(console, block(en if english else zh, look.width, "    ", "  ! ", "yellow"))
    console.print()
    if not whatif.counts:
        console.print(both("两种情形下，每一条规则对每一行的判断都一样。")[english])
        return page.getvalue()
    console.print(_rules(whatif, look.lang))
    console.print()
    console.print(_townships(whatif, look.lang))
    console.print()
    console.print(_rows(whatif, look))
    left = len(whatif.changes) - SHOWN
    if left > 0:
        console.print(both("另有 {left} 行；用 -o 变化.xlsx 或 --format json 看全部。", left=left)[english])
    return page.getvalue()


def _table(heads: list[str], numbers: int = 0) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place >= len(heads) - numbers else "left", overflow="fold")
    return table


def _rules(whatif: WhatIf, lang: Lang) -> "Table":
    table = _table(
        [
            both("规则")[lang == "en"],
            both("名称")[lang == "en"],
            "",
            both("甲")[lang == "en"],
            both("乙")[lang == "en"],
            both("行数")[lang == "en"],
        ],
        1,
    )
    for rule in ordered(whatif):
        known = whatif.rules[rule]
        for number, ((before, after), rows) in enumerate(whatif.counts[rule].items()):
            head = [rule, rule_name(known, lang), severity_word(known.severity, lang)] if number == 0 else ["", "", ""]
            table.add_row(*head, verdict_word(before, lang), verdict_word(after, lang), str(rows))
    return table


def _townships(whatif: WhatIf, lang: Lang) -> "Table":
    english = lang == "en"
    table = _table(
        [
            both("乡镇")[english],
            both("户数")[english],
            both("甲有问题户")[english],
            both("乙有问题户")[english],
            both("新增", "whatif")[english],
            both("消除")[english],
        ],
        5,
    )
    for town in whatif.townships:
        numbers = (town.households, town.before, town.after, town.gained, town.lost)
        table.add_row(town.name or both("（未注明）")[english], *map(str, numbers))
    if len(whatif.townships) > 1:
        totals = [
            sum(getattr(town, part) for town in whatif.townships)
            for part in ("households", "before", "after", "gained", "lost")
        ]
        table.add_row(both("合计")[english], *map(str, totals))
    return table


def _rows(whatif: WhatIf, look: Look) -> "Table":
    english = look.lang == "en"
    table = _table(
        [
            both("规则")[english],
            both("户编号")[english],
            both("姓名", "whatif")[english],
            both("村")[english],
            both("甲")[english],
            both("乙")[english],
        ]
    )
    for change in whatif.changes[:SHOWN]:
        table.add_row(
            f"{change.rule} {change.list or ''}".rstrip(), change.household or "", shown_name(change, masking=look.masking) or "", change.village or "",
            verdict_word(change.before, look.lang), verdict_word(change.after, look.lang),
        )  # fmt: skip
    return table

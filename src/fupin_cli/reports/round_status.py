"""How a campaign stands in; a terminal page or JSON out."""

import json
from typing import TYPE_CHECKING, Any

from fupin_cli.catalogue import both
from fupin_cli.model.round import STATUSES, RoundStatus, Standing
from fupin_cli.reports.lines import printable
from fupin_cli.reports.page import page_of
from fupin_cli.reports.words import Lang, Look

if TYPE_CHECKING:
    from rich.table import Table

NAMES: dict[str, tuple[str, str]] = {
    "open": both("待下发"), "issued": both("已下发"), "answered": both("已反馈"),
    "confirmed": both("属实待整改"), "rejected": both("不属实待复核"), "closed": both("已销号"),
    "reappeared": both("再现"), "overdue": both("超期"), "township": both("乡"), "village": both("村"),
    "total": both("合计"), "nowhere": both("（不知何处）"), "round": both("轮次", "round"), "opened": both("开轮"),
    "found": both("查出"), "new": both("新增"), "struck_off": both("销号"), "left": both("未销"),
    "deadline": both("时限"), "burn_down": both("各轮未销号"),
}  # fmt: skip
_BARS = 30  # characters of the longest bar


def said(key: str, lang: Lang) -> str:
    """Return a word of these pages."""
    return NAMES[key][lang == "en"]


def to_json(found: RoundStatus) -> str:
    """Return the status as JSON, version 1."""
    figures = [
        {
            "round": one.number, "opened": one.opened, "closed": one.closed,
            "deadline": one.deadline.isoformat() if one.deadline else None, "found": one.found, "new": one.new,
            "reappeared": one.reappeared, "struck_off": one.struck_off, "left": one.left,
        }
        for one in found.rounds
    ]  # fmt: skip
    page = {
        "version": 1,
        "round": found.round,
        "as_of": found.day.isoformat(),
        "total": _counts(found.total),
        "places": [{"township": s.township, "village": s.village or None, **_counts(s)} for s in found.standings],
        "rounds": figures,
    }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _counts(standing: Standing) -> dict[str, Any]:
    return {**{str(name): n for name, n in standing.counts.items()}, "overdue": standing.overdue}


def to_terminal(found: RoundStatus, look: Look) -> str:
    """Return the page: a line a place, then the burn-down as bars."""
    console, page = page_of(look)
    title = both("第 {round} 轮，截至 {day}", round=found.round, day=found.day)[look.lang == "en"]
    console.print(title, style="bold")
    console.print(_places(found, look.lang))
    console.print()
    console.print(said("burn_down", look.lang), style="bold")
    most = max((one.left for one in found.rounds), default=0)
    for one in found.rounds:
        bar = "█" * round(one.left * _BARS / most) if most else ""
        part = ("new", one.new), ("reappeared", one.reappeared), ("struck_off", one.struck_off)
        told = "  ".join(f"{said(key, look.lang)} {n}" for key, n in part if n)
        console.print(
            f"  {one.number:>3}  {bar:<{_BARS}} {one.left:>6}   {told}".rstrip(), highlight=False, markup=False
        )
    return page.getvalue()


def _places(found: RoundStatus, lang: Lang) -> "Table":
    from rich import box
    from rich.table import Table

    villages = any(each.village for each in found.standings)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(said("township", lang), overflow="fold")
    if villages:
        table.add_column(said("village", lang), overflow="fold")
    shown = [name for name in STATUSES if found.total.counts[name]]
    for name in (*shown, "overdue"):
        table.add_column(said(name, lang), justify="right", overflow="fold")
    for each in (*found.standings, found.total):
        last = each is found.total
        place = [said("total", lang) if last else printable(each.township) or said("nowhere", lang)]
        numbers = [each.counts[name] for name in shown] + [each.overdue]
        style = "bold" if last else ""
        table.add_row(
            *place, *([printable(each.village)] if villages else []), *(str(n or "") for n in numbers), style=style
        )
    return table

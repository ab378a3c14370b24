"""A doubt that stands in one of two rounds only in; why, as far as it can be told, out."""

from dataclasses import dataclass
from typing import Literal

from fupin_cli.model.round import Cause, Doubt
from fupin_cli.rounds import RuleKept

_Side = Literal["gone", "new"]
_Why = Literal["data", "parameter", "rule added", "rule changed", "rule removed", "settings", "not run", "unknown"]
_Told = tuple[_Why, str, str]
_CHOICE = {"--select", "--ignore", "--severity"}  # which rules are told, not how they judge


@dataclass(frozen=True, slots=True)
class Sides:
    """What the ledger kept of how one round judged."""

    number: int
    rules: dict[str, RuleKept]
    hashes: tuple[str, ...]  # of its files
    fupin: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The files of one round, judged as the other round judged."""

    which: Literal["first", "second"]
    found: frozenset[str]  # doubts
    rules: dict[str, RuleKept]  # as they are now: where one is not as it was then, its findings say nothing


@dataclass(frozen=True, slots=True)
class Both:
    """Two rounds."""

    first: Sides
    second: Sides
    judged: Judged | None
    options: tuple[str, ...]  # in which their settings differ


def cause_of(doubt: Doubt, side: _Side, both: Both) -> Cause:
    """Return why a doubt is gone or new."""
    why, zh, en = _told(doubt, side, both)
    return Cause(
        doubt.id, doubt.rule, doubt.rule_name, doubt.township, doubt.village, doubt.household, side, why, zh, en
    )  # fmt: skip


def _told(doubt: Doubt, side: _Side, both: Both) -> _Told:
    before, after = both.first.rules.get(doubt.rule), both.second.rules.get(doubt.rule)
    if before is None or after is None:
        return _absent(both, before is None)
    if before.not_run or after.not_run:
        number = both.first.number if before.not_run else both.second.number
        return (
            "not run",
            f"第 {number} 轮没有运行这条规则（{before.not_run or after.not_run}）",
            f"the rule did not run in round {number} ({before.not_run or after.not_run})",
        )
    rules = _rules_differ(before, after, both)
    by_data = _by_data(doubt, side, both, before, after, differ=rules is not None)
    if by_data is None:
        return (
            "unknown",
            "数据和规则（标准、选项）都变了，旧文件已不在或规则已改，说不清是哪一样",
            "both the data and how it is judged changed, and it cannot be judged again; nobody can tell which it is",
        )
    if by_data:
        return "data", "数据变了", "the data changed"
    return rules or (
        "unknown",
        "数据、规则、标准和选项都没有变；可能是没有日期的行按运行当天计算",
        "neither data nor rules, parameters or options changed; perhaps rows without a date are judged as of the day of the run",
    )


def _absent(both: Both, from_first: bool) -> _Told:
    number = both.first.number if from_first else both.second.number
    if chosen := [name for name in both.options if name in _CHOICE]:
        options = "、".join(chosen)
        return (
            "settings",
            f"第 {number} 轮没有选这条规则（{options} 不同）",
            f"not chosen in round {number} ({options} differ)",
        )
    if from_first:
        return "rule added", f"第 {number} 轮时还没有这条规则", f"there was no such rule in round {number}"
    return "rule removed", f"第 {number} 轮时已没有这条规则", f"the rule was gone by round {number}"


def _rules_differ(before: RuleKept, after: RuleKept, both: Both) -> _Told | None:
    """Return in what way the two rounds judge differently: the rule itself, its parameters, the options."""
    if before.hash != after.hash:
        return "rule changed", "规则改了", "the rule was changed"
    names = [
        name
        for name in {**before.parameters, **after.parameters}
        if before.parameters.get(name) != after.parameters.get(name)
    ]
    if names:
        zh = "、".join(f"{name}：{_value(before, name, 0)} → {_value(after, name, 0)}" for name in names)
        en = ", ".join(f"{name}: {_value(before, name, 1)} → {_value(after, name, 1)}" for name in names)
        return "parameter", f"标准变了：{zh}", f"a parameter changed: {en}"
    options = [name for name in both.options if name not in {"--select", "--ignore"}]
    if options:
        return "settings", f"选项不同：{'、'.join(options)}", f"options differ: {', '.join(options)}"
    old, new = both.first.fupin, both.second.fupin
    if old != new:
        return "rule changed", f"fupin 换了版本（{old} → {new}）", f"another version of fupin ({old} → {new})"
    return None


def _value(rule: RuleKept, name: str, english: int) -> str:
    value = rule.parameters.get(name, "")
    if value.startswith("sourced "):
        return ("有出处的值", "the sourced value")[english]
    return value or ("无", "none")[english]


def _by_data(doubt: Doubt, side: _Side, both: Both, before: RuleKept, after: RuleKept, *, differ: bool) -> bool | None:
    """Tell whether the data is the cause; None: it cannot be told."""
    same_data = both.first.hashes == both.second.hashes
    if same_data or not differ:
        return not same_data
    again = both.judged
    judged_as = after if again and again.which == "first" else before
    now = again.rules.get(doubt.rule) if again else None
    if (
        again is None
        or now is None
        or (now.hash, now.parameters, now.not_run) != (judged_as.hash, judged_as.parameters, None)
    ):
        return None
    still = doubt.id in again.found
    return still == (side == "gone") if again.which == "first" else still == (side == "new")

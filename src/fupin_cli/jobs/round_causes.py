"""A doubt that stands in one of two rounds only in; why, as far as it can be told, out."""

from typing import Literal

from msgspec import Struct

from fupin_cli.catalogue import both, enumerated
from fupin_cli.model.round import Cause, Doubt
from fupin_cli.rounds import RuleKept

_Side = Literal["gone", "new"]
_Why = Literal["data", "parameter", "rule added", "rule changed", "rule removed", "settings", "not run", "unknown"]
_Told = tuple[_Why, str, str]
_CHOICE = {"--select", "--ignore", "--severity"}  # which rules are told, not how they judge


class Sides(Struct, frozen=True):
    """What the ledger kept of how one round judged."""

    number: int
    rules: dict[str, RuleKept]
    hashes: tuple[str, ...]  # of its files
    fupin: str


class Judged(Struct, frozen=True):
    """The files of one round, judged as the other round judged."""

    which: Literal["first", "second"]
    found: frozenset[str]  # doubts
    rules: dict[str, RuleKept]  # as they are now: where one is not as it was then, its findings say nothing


class Both(Struct, frozen=True):
    """Two rounds."""

    first: Sides
    second: Sides
    judged: Judged | None
    options: tuple[str, ...]  # in which their settings differ


def cause_of(doubt: Doubt, side: _Side, shared: Both) -> Cause:
    """Return why a doubt is gone or new."""
    why, zh, en = _told(doubt, side, shared)
    return Cause(
        doubt.id, doubt.rule, doubt.rule_name, doubt.township, doubt.village, doubt.household, side, why, zh, en
    )  # fmt: skip


def _told(doubt: Doubt, side: _Side, shared: Both) -> _Told:
    before, after = shared.first.rules.get(doubt.rule), shared.second.rules.get(doubt.rule)
    if before is None or after is None:
        return _absent(shared, before is None)
    if before.not_run or after.not_run:
        number = shared.first.number if before.not_run else shared.second.number
        return (
            "not run",
            *both(
                "第 {number} 轮没有运行这条规则（{not_run}）", number=number, not_run=before.not_run or after.not_run
            ),
        )
    rules = _rules_differ(before, after, shared)
    by_data = _by_data(doubt, side, shared, before, after, differ=rules is not None)
    if by_data is None:
        return ("unknown", *both("数据和规则（标准、选项）都变了，旧文件已不在或规则已改，说不清是哪一样"))
    if by_data:
        return "data", *both("数据变了")
    return rules or ("unknown", *both("数据、规则、标准和选项都没有变；可能是没有日期的行按运行当天计算"))


def _absent(shared: Both, from_first: bool) -> _Told:
    number = shared.first.number if from_first else shared.second.number
    if chosen := [name for name in shared.options if name in _CHOICE]:
        options = "、".join(chosen)
        return ("settings", *both("第 {number} 轮没有选这条规则（{options} 不同）", number=number, options=options))
    if from_first:
        return "rule added", *both("第 {number} 轮时还没有这条规则", number=number)
    return "rule removed", *both("第 {number} 轮时已没有这条规则", number=number)


def _rules_differ(before: RuleKept, after: RuleKept, shared: Both) -> _Told | None:
    """Return in what way the two rounds judge differently: the rule itself, its parameters, the options."""
    if before.hash != after.hash:
        return "rule changed", *both("规则改了")
    names = [
        name
        for name in {**before.parameters, **after.parameters}
        if before.parameters.get(name) != after.parameters.get(name)
    ]
    if names:
        zh = "、".join(f"{name}：{_value(before, name, 0)} → {_value(after, name, 0)}" for name in names)
        en = ", ".join(f"{name}: {_value(before, name, 1)} → {_value(after, name, 1)}" for name in names)
        return "parameter", *both("标准变了：{told}", told=(zh, en))
    options = [name for name in shared.options if name not in {"--select", "--ignore"}]
    if options:
        return "settings", *both("选项不同：{options}", options=enumerated(options))
    old, new = shared.first.fupin, shared.second.fupin
    if old != new:
        return "rule changed", *both("fupin 换了版本（{old} → {new}）", old=old, new=new)
    return None


def _value(rule: RuleKept, name: str, english: int) -> str:
    value = rule.parameters.get(name, "")
    if value.startswith("sourced "):
        return both("有出处的值")[english]
    return value or both("无")[english]


def _by_data(
    doubt: Doubt, side: _Side, shared: Both, before: RuleKept, after: RuleKept, *, differ: bool
) -> bool | None:
    """Tell whether the data is the cause; None: it cannot be told."""
    same_data = shared.first.hashes == shared.second.hashes
    if same_data or not differ:
        return not same_data
    again = shared.judged
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

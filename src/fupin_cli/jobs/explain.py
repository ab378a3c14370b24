"""`fupin explain`: one rule judged over a registry, and its verdict on some rows walked through."""

from difflib import get_close_matches

from msgspec.structs import replace

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import UsageError
from fupin_cli.findings import Judged, Told
from fupin_cli.findings import explain as found_by
from fupin_cli.findings.walk import Sought, walk
from fupin_cli.jobs.ground import Ground, opened
from fupin_cli.jobs.lists_told import told_before, told_once
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.explanation import Explanation
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import ASKED_OF


def run(
    request: Request, about: str, sought: Sought, progress: Progress = lambda _stage, _done, _total: None
) -> list[Explanation]:
    """Return why the rule says what it says.

    Args:
        request: the registry; which rules are selected is not looked at.
        about: a finding's id, or a rule's.
        sought: the rows, where `about` is a rule.
        progress: told of each stage.

    Raises:
        UsageError: nothing answers to `about`, or the rule has no verdict on the rows sought.
        RuleError: a broken rule file, all faults at once; a mapping file likewise.
        InputError: no file could be read, or none holds a registry.
    """
    rule, _, rest = about.partition("-")
    rule = rule.upper()
    if rest:
        sought = replace(sought, finding=f"{rule}-{rest}", household="", person="")
    request = replace(request, settings=replace(request.settings, select=(), ignore=(), severity="notice"))
    with opened(request, progress) as ground:
        book = ground.book.source
        if rule not in book.rules:
            raise _unknown(rule, [name for name in book.rules if ASKED_OF not in name])
        asked = [name for name in book.rules if name.startswith(f"{rule}{ASKED_OF}")]
        walked = [_walked(ground, one, sought, alone=not asked) for one in asked or [rule]]
    found = [each for explained, _ in walked for each in explained]
    if not found:
        raise _nothing(about, rule, sought, failed=any(failed for _, failed in walked))
    return found


def _walked(ground: Ground, rule: str, sought: Sought, *, alone: bool) -> tuple[list[Explanation], bool]:
    """Walk through one rule, and tell whether it failed at all; of one asked of several lists, those not given are passed over."""
    known = ground.book.source.rules[rule]
    before = told_before(known.told_as)
    chosen = (rule, *known.parts, *sorted(before))
    judged = ground.judged(replace(ground.settings, select=chosen), walked=rule)
    missing = next((each for each in judged.plan.not_run if each.rule == rule), None)
    if missing is not None and not alone:
        return [], False
    if missing is not None:
        lacking = "、".join(missing.missing)
        raise UsageError(*both("规则 {rule} 没有运行，缺少：{lacking}。", rule=rule, lacking=lacking))
    ground.progress("findings", 0, 0)
    others = [each for each in found_by(judged).findings if each.rule in before] if before else []
    explained = walk(judged, rule, sought, lambda findings: _reported(judged, others, findings))
    return explained, rule in judged.counts and judged.counts[rule].failed > 0


def _reported(judged: Judged, others: list[Finding], findings: list[Finding]) -> list[Finding]:
    """Return those findings of a rule that an audit reports beside those of the others, in its words."""
    told = told_once(judged, Told([*others, *findings], {}, (), {})).findings
    own = {finding.id for finding in findings}
    return [finding for finding in told if finding.id in own]


def _unknown(rule: str, known: list[str]) -> UsageError:
    near = get_close_matches(rule, known, n=3)
    zh, en = both("，是不是 {near}？", near=enumerated(near)) if near else both("；用 fupin rules list 查看全部规则。")
    return UsageError(*both("没有规则 {rule}{told}", rule=rule, told=(zh, en)))


def _nothing(about: str, rule: str, sought: Sought, *, failed: bool) -> UsageError:
    if sought.finding:
        return UsageError(
            *both(
                "这份登记表里没有问题 {about}：它可能已经改好，或编号来自别的文件、日期、方案；可用 fupin "
                "explain {rule} 看这条规则的问题。",
                about=about,
                rule=rule,
            )
        )
    if sought.household:
        return UsageError(
            *both(
                "规则 {rule} 没有判断过户编号 {household} 的行：请检查户编号和姓名。",
                rule=rule,
                household=sought.household,
            )
        )
    if failed:
        return UsageError(*both("规则 {rule} 的不符都已由别的规则报过；可用 --household 户编号 看某一户。", rule=rule))
    return UsageError(
        *both("规则 {rule} 在这份登记表里没有不符，也没有无法判断的行；可用 --household 户编号 看某一户。", rule=rule)
    )

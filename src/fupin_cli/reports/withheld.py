"""An audit in; the audit as a report of one level may show it out: findings that tell of health left out and counted.

Single texts of a finding are masked later, one finding at a time (`masked.as_shown`): so a hundred thousand of them never stand
in memory twice. What stands here cannot be done one finding at a time.
"""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.model.audit import Audit
from fupin_cli.model.baseline import Acceptance, Entry
from fupin_cli.model.finding import Finding
from fupin_cli.model.masking import Masking, asks_health, kind_of, of_ill_people, tells_health
from fupin_cli.model.rule import Rule
from fupin_cli.model.table import Layout
from fupin_cli.reports.masked import plain_hider
from fupin_cli.reports.words import Look
from fupin_cli.values.mask import mask

_NOTHING = frozenset({"", "0", "0.0", "0.00"})
_LONGEST = 12  # characters of a name that is looked for in a file's name or heading
Shown = Callable[[str], str]


def audit_as_shown(audit: Audit, look: Look) -> Audit:
    """Return the audit without what this report may not tell at all; the same one where it may tell everything."""
    masking = look.masking
    if not masking.hidden:
        return audit
    if not masking.health:
        return _texts_hidden(audit, plain_hider(masking), files=False)
    telling = {id_ for id_, rule in audit.rules.items() if rule_tells_health(rule)}
    findings = tuple(each for each in audit.findings if not finding_tells_health(each, telling))
    left_out = len(audit.findings) - len(findings)
    counts = {
        id_: each for id_, each in audit.counts.items() if not (masking.dropped and id_.partition("·")[0] in telling)
    }
    shown = replace(
        audit,
        findings=findings,
        counts=counts,
        acceptance=_accepted(audit.acceptance, telling, masking) if audit.acceptance else None,
        withheld=left_out,
        notes=(*((_note(left_out),) if left_out else ()), *audit.notes),
    )
    return _texts_hidden(shown, _name_hider(audit.findings, masking), files=True)


def rule_tells_health(rule: Rule) -> bool:
    """Return whether a finding of this rule, whatever it says, tells how well somebody is."""
    return (
        any(tells_health(text) for text in (rule.name, rule.message))
        or any(of_ill_people(name) for name in (*rule.lists, *rule.rows))
        or asks_health(f"{rule.when} {rule.must}")
    )


def finding_tells_health(finding: Finding, telling: Iterable[str] = ()) -> bool:
    """Return whether somebody's health can be read, or concluded, from a finding.

    Args:
        finding: as the audit found it, unmasked.
        telling: ids of the rules of which every finding tells it.
    """
    if finding.rule in telling or "健康" in finding.secrets.values() or (finding.list and of_ill_people(finding.list)):
        return True
    rows = (finding.values, *finding.evidence)
    if any(
        kind_of(column) == "健康" and str(value).strip() not in _NOTHING
        for row in rows
        for column, value in row.items()
    ):
        return True
    texts = (finding.message, *(str(value) for row in rows for value in row.values()))
    return any(tells_health(text) for text in texts)


def _note(left_out: int) -> tuple[str, str]:
    return both(
        "另有 {left_out} 处问题要说出健康、残疾或病情才讲得清，本报告的遮盖级别不显示它们；县里核实时用 "
        "--mask standard 看。",
        left_out=left_out,
    )


def _accepted(told: Acceptance, telling: set[str], masking: Masking) -> Acceptance:
    """Return what a baseline did without the lines that tell of health; a notice does not say who accepted and why."""

    def kept(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        open_ = (one for one in entries if one.rule not in telling and not tells_health(f"{one.message} {one.reason}"))
        return tuple(replace(one, accepted_by=None, reason=None) if masking.dropped else one for one in open_)

    return replace(
        told,
        accepted=kept(told.accepted),
        expired=kept(told.expired),
        soon=kept(told.soon),
        gone=kept(told.gone),
        changed=kept(told.changed),
    )


def _name_hider(findings: tuple[Finding, ...], masking: Masking) -> Shown:
    """Return what hides the names known from findings, and numbers, in texts that belong to no finding."""
    names = {text for finding in findings for text, kind in finding.secrets.items() if kind == "姓名"}
    names |= {finding.person for finding in findings if finding.person}
    names = {name.strip() for name in names if 2 <= len(name.strip()) <= _LONGEST} if masking.hides("姓名") else set()
    numbers = plain_hider(masking)

    def hide(text: str) -> str:
        made, at = [], 0
        while at < len(text):
            for length in range(min(_LONGEST, len(text) - at), 1, -1):
                if text[at : at + length] in names:
                    made.append(mask(text[at : at + length], "姓名"))
                    at += length
                    break
            else:
                made.append(text[at])
                at += 1
        return numbers("".join(made))

    return hide


def _texts_hidden(audit: Audit, hide: Shown, *, files: bool) -> Audit:
    """Return the audit with notes, headings and doubts hidden; with `files`, names of files and sheets too."""

    def of_both(text: tuple[str, str]) -> tuple[str, str]:
        return hide(text[0]), hide(text[1])

    @cache
    def path(file: Path) -> Path:
        return Path(hide(str(file)))

    name = cache(hide)

    def layout(one: Layout) -> Layout:
        return replace(
            one,
            sheet=replace(one.sheet, file=path(one.sheet.file), name=name(one.sheet.name)) if files else one.sheet,
            title=hide(one.title),
            columns=tuple(replace(each, heading=hide(each.heading)) for each in one.columns),
            unmapped={letter: hide(heading) for letter, heading in one.unmapped.items()},
            doubts=tuple(of_both(doubt) for doubt in one.doubts),
        )

    def finding(one: Finding) -> Finding:
        places = tuple(replace(place, file=path(place.file), sheet=name(place.sheet)) for place in one.places)
        if one.person:
            return replace(one, places=places)
        return replace(  # of a column or a sheet: it may quote a heading or a cell with somebody's name in it
            one,
            places=places,
            message=hide(one.message),
            message_en=hide(one.message_en),
            values={column: hide(value) for column, value in one.values.items()},
        )

    findings = tuple(finding(one) for one in audit.findings) if files else audit.findings
    return replace(
        audit,
        findings=findings,
        layouts=tuple(layout(one) for one in audit.layouts),
        notes=tuple(of_both(note) for note in audit.notes),
        failed_files=tuple((hide(file) if files else file, hide(zh), hide(en)) for file, zh, en in audit.failed_files),
    )

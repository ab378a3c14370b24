"""The findings of an Audit and what to group them by in; groups with their counts, the worst first, out."""

from collections import Counter
from typing import Literal

from msgspec import Struct

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import SEVERITIES, THEMES
from fupin_cli.reports.words import Look, rule_name, word

GroupBy = Literal["rule", "乡", "村", "户"]
ALIASES: dict[str, GroupBy] = {
    "规则": "rule",
    "township": "乡",
    "乡镇": "乡",
    "village": "村",
    "household": "户",
}


class Group(Struct, frozen=True):
    """The findings of one rule, township, village or household."""

    key: tuple[str, ...]  # empty where it is not known; of a village: its township, then itself
    title: str
    findings: tuple[Finding, ...]

    @property
    def severities(self) -> Counter[str]:
        """How many findings each severity has."""
        return Counter(finding.severity for finding in self.findings)

    @property
    def households(self) -> int:
        """How many households these findings are of."""
        return len({finding.household for finding in self.findings if finding.household})


def grouped(audit: Audit, by: GroupBy, look: Look) -> list[Group]:
    """Return the groups: of places and households by errors, doubts, notices, the unknown one last; of rules in the order of reports.

    Rules of which only counts, or only some, are shown stand by severity and number.
    """
    found: dict[tuple[str, ...], list[Finding]] = {}
    for finding in audit.findings:
        found.setdefault(_key(finding, by), []).append(finding)
    groups = [Group(key, _title(audit, key, by, look), tuple(findings)) for key, findings in found.items()]
    if by != "rule":
        return sorted(groups, key=_by_weight)
    return sorted(groups, key=_by_frequency if look.statistics or look.top else _by_theme)


def _key(finding: Finding, by: GroupBy) -> tuple[str, ...]:
    if by == "rule":
        return (finding.rule,)
    if by == "乡":
        return (finding.township,) if finding.township else ()
    if by == "村":
        return (finding.township or "", finding.village) if finding.village else ()
    return household_key(finding)


def household_key(finding: Finding) -> tuple[str, ...]:
    """Findings of one household stand together; one without a 户编号 goes by its row, one without a row by nothing."""
    if finding.household:
        return (finding.household,)
    first = finding.places[0] if finding.places else None
    if first is None or first.row is None or finding.scope not in {"户", "人", "跨户"}:
        return ()
    return ("", str(first.file), first.sheet, str(first.row))


def _title(audit: Audit, key: tuple[str, ...], by: GroupBy, look: Look) -> str:
    if by == "rule":
        return f"{key[0]} {rule_name(audit.rules.get(key[0]), look.lang)}".rstrip()
    if by == "户":
        if not key:
            return word("without_household", look.lang)
        return word("household_heading", look.lang, household=key[0] or word("unnumbered", look.lang))
    if not key:
        return word("unknown_township" if by == "乡" else "unknown_village", look.lang)
    return " ".join(part for part in key if part)


def _by_theme(group: Group) -> tuple[int, int, str]:
    themes = {theme: position for position, theme in enumerate(THEMES)}
    worst = min(SEVERITIES.index(finding.severity) for finding in group.findings)
    return worst, themes.get(group.key[0][:3], len(themes)), group.key[0]


def _by_frequency(group: Group) -> tuple[int, int, str]:
    worst = min(SEVERITIES.index(finding.severity) for finding in group.findings)
    return worst, -len(group.findings), group.key[0]


def _by_weight(group: Group) -> tuple[bool, list[int], tuple[str, ...]]:
    counts = group.severities
    return not group.key, [-counts[severity] for severity in SEVERITIES], group.key

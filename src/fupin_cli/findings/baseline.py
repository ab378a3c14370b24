"""Findings + a baseline → the findings that are left, and what was accepted, has expired or is gone."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.model.baseline import Acceptance, Baseline, Entry
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import SEVERITIES, Rule


class Looked(Struct, frozen=True):
    """What an audit could have found: an entry of anything else is neither found nor gone."""

    rules: dict[str, Rule]  # those that ran
    severity: str = "notice"  # the least severity reported

    def covers(self, entry: Entry) -> bool:
        """Return whether this audit would have the entry's finding, if it were still there."""
        rule = self.rules.get(entry.rule)
        if rule is None:
            return False
        return SEVERITIES.index(entry.severity or rule.severity) <= SEVERITIES.index(self.severity)


def accept(
    findings: Iterable[Finding], baseline: Baseline, today: date, looked: Looked
) -> tuple[list[Finding], Acceptance]:
    """Return the findings that nobody has accepted, or not for so long, and what the baseline did.

    Args:
        findings: all findings of an audit.
        baseline: what is accepted; an entry holds on its last day, and no longer on the next.
        today: the day it is.
        looked: what the audit looked at.
    """
    left: list[Finding] = []
    accepted: list[Entry] = []
    expired: list[Entry] = []
    found: set[str] = set()
    for finding in findings:
        found.add(finding.id)
        entry = baseline.entries.get(finding.id)
        if entry is None:
            left.append(finding)
        elif entry.until is not None and entry.until < today:
            left.append(replace(finding, lapsed=entry.until))
            expired.append(entry)
        else:
            accepted.append(entry)
    return left, Acceptance(
        file=baseline.file,
        accepted=tuple(accepted),
        expired=tuple(expired),
        soon=tuple(entry for entry in accepted if entry.until is not None and entry.until <= end_of_next_month(today)),
        gone=tuple(entry for id_, entry in baseline.entries.items() if id_ not in found and looked.covers(entry)),
    )


def end_of_next_month(day: date) -> date:
    """Return the last day of the month after the one `day` stands in."""
    months = day.year * 12 + day.month + 1  # counted from 0: the month after next
    return date.fromordinal(date(months // 12, months % 12 + 1, 1).toordinal() - 1)

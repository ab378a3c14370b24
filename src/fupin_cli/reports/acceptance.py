"""What a baseline did to an audit → the sentences in a report's head, and its part of the JSON report."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from fupin_cli.model.audit import Audit
from fupin_cli.model.baseline import Entry
from fupin_cli.model.masking import Masking
from fupin_cli.reports.masked import hider
from fupin_cli.reports.words import Lang, word

_RULES_SHOWN = 12


def acceptance_lines(audit: Audit, lang: Lang) -> list[str]:
    """Return what stands in the head of a report; nothing without a baseline."""
    told = audit.acceptance
    if told is None:
        return []
    soon = word("accepted_soon", lang, n=len(told.soon)) if told.soon else ""
    lines = []
    if told.accepted:
        lines.append(
            word("accepted", lang, n=len(told.accepted), soon=soon, rules=by_rule(told.accepted), file=told.file.name)
        )
    for key, entries in (("accepted_changed", told.changed), ("expired", told.expired), ("gone", told.gone)):
        if entries:
            lines.append(word(key, lang, n=len(entries), rules=by_rule(entries)))
    unstable = sum(not entry.stable for entry in told.accepted)
    return [*lines, word("unstable", lang, n=unstable)] if unstable else lines


def by_rule(entries: Iterable[Entry]) -> str:
    """Return `EDU001 ×3, INC006 ×1`."""
    counted = Counter(entry.rule for entry in entries)
    shown = [f"{rule} ×{n}" for rule, n in sorted(counted.items())[:_RULES_SHOWN]]
    return ", ".join([*shown, "…"] if len(counted) > _RULES_SHOWN else shown)


def acceptance_dict(audit: Audit, masking: Masking) -> dict[str, Any]:
    """Return `accepted` of the JSON report; of an audit without a baseline all zero."""
    told = audit.acceptance
    if told is None:
        return {
            "count": 0,
            "expiring_soon": 0,
            "expired": 0,
            "not_found": 0,
            "changed": 0,
            "unstable": 0,
            "baseline": None,
            "findings": [],
        }
    return {
        "count": len(told.accepted),
        "expiring_soon": len(told.soon),
        "expired": len(told.expired),
        "not_found": len(told.gone),
        "changed": len(told.changed),
        "unstable": sum(not entry.stable for entry in told.accepted),
        "baseline": str(told.file),
        "findings": [entry_dict(entry, masking) for entry in told.accepted],
    }


def entry_dict(entry: Entry, masking: Masking) -> dict[str, Any]:
    """Return a line of a baseline as JSON has it; what looks like a personal number in a text somebody wrote is masked."""
    hide = hider({}, {entry.household}, masking)
    return {
        "id": entry.id,
        "rule": entry.rule,
        "household": entry.household,
        "accepted_by": hide(entry.accepted_by) if entry.accepted_by else None,
        "reason": hide(entry.reason) if entry.reason else None,
        "accepted_on": entry.accepted_on.isoformat() if entry.accepted_on else None,
        "until": entry.until.isoformat() if entry.until else None,
        "stable": entry.stable,
    }

"""Turn an Audit into the JSON report, version 1 (the contract that scripts rely on)."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from fupin_cli.model.audit import Audit
from fupin_cli.model.masking import KINDS, STANDARD, Masking
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.model.table import Layout, LeftOut, Mapped
from fupin_cli.reports.acceptance import acceptance_dict
from fupin_cli.reports.finding_line import finding_lines
from fupin_cli.reports.withheld import audit_as_shown
from fupin_cli.reports.words import Lang, Look


def to_dict(audit: Audit, *, lang: Lang = "zh", masking: Masking = STANDARD) -> dict[str, Any]:
    """Return the report as plain dicts and lists; as `masking` says."""
    look = Look(lang, masking=masking)
    shown = audit_as_shown(audit, look)
    return report_dict(shown, [json.loads(found) for found in finding_lines(shown, look)], look)


def lines(audit: Audit, look: Look) -> Iterator[str]:
    """Return the text form `json`, part after part: one line a finding, the rest indented.

    Written so, a hundred thousand findings never stand in memory as text.
    """
    shell = report_dict(audit, [], look)
    opening = "{\n"
    for key, value in shell.items():
        yield f'{opening}  "{key}": '
        opening = ",\n"
        if key != "findings" or not audit.findings:
            yield json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
            continue
        between = "[\n    "
        for found in finding_lines(audit, look):
            yield between + found
            between = ",\n    "
        yield "\n  ]"
    yield "\n}\n"


def report_dict(audit: Audit, findings: list[dict[str, Any]], look: Look) -> dict[str, Any]:
    """Return the whole report with `findings` in it."""
    lang = look.lang
    return {
        "version": 1,
        "tool": "fupin",
        "as_of": audit.as_of.isoformat() if audit.as_of else None,
        "profile": audit.profile,
        "engine": audit.engine,
        "files": files_of(audit.layouts),
        "counts": _counts(audit),
        "findings": findings,
        "rules": _rules(audit),
        "region": audit.region,
        "masked": bool(look.masking.hidden),
        "masking": {"level": look.masking.name, "kinds": [each for each in KINDS if look.masking.hides(each)]},
        "notes": [note[lang == "en"] for note in audit.notes],
        "failed_files": [{"path": path, "message": en if lang == "en" else zh} for path, zh, en in audit.failed_files],
        "townships": {
            name: {"households": households, "persons": persons}
            for name, (households, persons) in audit.townships.items()
        },
        "accepted": acceptance_dict(audit, look.masking),
    }


def row_range(part: LeftOut) -> str:
    """Return rows left out as `121-122`, or `121` for a single one."""
    return str(part.first_row) if part.first_row == part.last_row else f"{part.first_row}-{part.last_row}"


def files_of(layouts: tuple[Layout, ...]) -> list[dict[str, Any]]:
    """Return the files that were read, with the tables of their sheets."""
    paths = list(dict.fromkeys(layout.sheet.file for layout in layouts))
    ordered = sorted(layouts, key=lambda layout: paths.index(layout.sheet.file))
    return [
        {"path": str(path), "sheets": [_sheet(layout) for layout in tables]}
        for path, tables in groupby(ordered, key=lambda layout: layout.sheet.file)
    ]


def by_place(layout: Layout) -> dict[str, Mapped]:
    """Return the columns of a table by letter or address; a second value of one cell (乡镇：… 村：…) is "A2/2"."""
    found: dict[str, Mapped] = {}
    for mapped in layout.columns:
        again = sum(1 for one in found.values() if one.where == mapped.where)
        found[f"{mapped.where}/{again + 1}" if again else mapped.where] = mapped
    return found


def _sheet(layout: Layout) -> dict[str, Any]:
    return {
        "name": layout.sheet.name,
        "table": layout.kind,
        "heading_rows": list(layout.heading_rows),
        "first_row": layout.first_row,
        "last_row": layout.last_row,
        "columns": {where: mapped.column for where, mapped in by_place(layout).items()},
        "unmapped": dict(layout.unmapped),
        "left_out_rows": [{"rows": row_range(part), "reason": part.reason} for part in layout.left_out],
    }


def _counts(audit: Audit) -> dict[str, int]:
    severities = [finding.severity for finding in audit.findings]
    return {
        "households": audit.households,
        "persons": audit.persons,
        "findings": len(severities),
        **{severity: severities.count(severity) for severity in SEVERITIES},
        "accepted": audit.accepted,
        "silenced": sum(counts.silenced for counts in audit.counts.values()),
        "withheld": audit.withheld,
    }


def _rules(audit: Audit) -> dict[str, Any]:
    return {
        "run": list(audit.counts),
        "not_run": [
            {"rule": skipped.rule, "reason": skipped.reason, "missing": list(skipped.missing)}
            for skipped in audit.not_run
        ],
        "passed": {rule: counts.passed for rule, counts in audit.counts.items()},
        "failed": {rule: counts.failed for rule, counts in audit.counts.items()},
        "unknown": {rule: counts.unknown for rule, counts in audit.counts.items()},
        "not_applicable": {rule: counts.not_applicable for rule, counts in audit.counts.items()},
        "silenced": {rule: counts.silenced for rule, counts in audit.counts.items() if counts.silenced},
    }

"""Turn an Audit into SARIF 2.1.0: the rules with their basis and remedy, a result for each finding, a notification for what did not run.

A cell is a region: its row is the line, its column the column; by name it is a logical location, `花名册!O12`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import NotRun, Rule
from fupin_cli.reports.format_words import said
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.sarif_places import BASE, located, location_of, related
from fupin_cli.reports.sarif_rules import LEVELS, descriptor
from fupin_cli.reports.summary import notes_of
from fupin_cli.reports.version import version
from fupin_cli.reports.words import Lang, Look, finding_message, reason_remedy, reason_word

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PLACEHOLDER = re.compile(r"\{(\d+)\}")  # what stands so in a message is taken for a link, or for what is filled in
_LINK = re.compile(r"\[([^\[\]]*)\](?=\()")


def lines(audit: Audit, look: Look) -> Iterator[str]:
    """Return the text form `sarif`, one line a rule and a result."""
    rules = {id_: place for place, id_ in enumerate(_rules(audit))}
    yield f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{\n'
    yield '"tool": {"driver": {"name": "fupin", '
    yield f'"version": "{version()}", "language": "{_tongue(look.lang)}", '
    yield f'"shortDescription": {_json({"text": said("tool", look.lang)})}, "rules": [\n'
    yield from _joined(descriptor(rule, look.lang) for rule in _rules(audit).values())
    yield "]}},\n"
    for key, value in _run(audit, rules, look).items():
        yield f'"{key}": {_json(value)},\n'
    yield '"results": [\n'
    yield from _joined(_result(as_shown(finding, look), audit, rules, look.lang) for finding in audit.findings)
    yield "]}]}\n"


def _rules(audit: Audit) -> dict[str, Rule]:
    """Return the rules that were asked for, in the order of their ids."""
    return dict(sorted(audit.rules.items()))


def _run(audit: Audit, rules: dict[str, int], look: Look) -> dict[str, Any]:
    """Return what a run says beside its results: what it was asked, what it could not read or judge."""
    failed = [
        {
            "level": "error",
            "message": {"text": _plain(en if look.lang == "en" else zh)},
            "locations": [{"physicalLocation": {"artifactLocation": located(path)}}],
        }
        for path, zh, en in audit.failed_files
    ]
    told = [{"level": "warning", "message": {"text": _plain(note)}} for note in notes_of(audit, look.lang)]
    skipped = [_not_run(each, rules, look.lang) for each in audit.not_run]
    return {
        "language": _tongue(look.lang),
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": said("from_here", look.lang)}}},
        "invocations": [
            {
                "executionSuccessful": not audit.failed_files,
                "toolExecutionNotifications": failed,
                "toolConfigurationNotifications": [*told, *skipped],
            }
        ],
        "properties": _asked_and_counted(audit, look),
    }


def _asked_and_counted(audit: Audit, look: Look) -> dict[str, Any]:
    return {
        "asOf": audit.as_of.isoformat() if audit.as_of else None,
        "region": audit.region,
        "profile": audit.profile,
        "households": audit.households,
        "persons": audit.persons,
        "accepted": audit.accepted,
        "masked": bool(look.masking.hidden),
        "masking": masking_line(look),
        "verdicts": {
            rule: {
                "passed": counts.passed,
                "failed": counts.failed,
                "unknown": counts.unknown,
                "notApplicable": counts.not_applicable,
            }
            for rule, counts in audit.counts.items()
        },
    }


def _not_run(skipped: NotRun, rules: dict[str, int], lang: Lang) -> dict[str, Any]:
    reason, remedy = reason_word(skipped.reason, lang), reason_remedy(skipped.reason, lang)
    text = said("not_run", lang, reason=reason, missing=", ".join(skipped.missing), remedy=remedy)
    rule: dict[str, Any] = {"id": skipped.rule}
    if skipped.rule in rules:
        rule["index"] = rules[skipped.rule]
    return {
        "level": "note",
        "message": {"text": _plain(f"{skipped.rule} {text}")},
        "associatedRule": rule,
        "properties": {"reason": skipped.reason, "missing": list(skipped.missing)},
    }


def _result(finding: Finding, audit: Audit, rules: dict[str, int], lang: Lang) -> dict[str, Any]:
    result: dict[str, Any] = {"ruleId": finding.rule}
    if finding.rule in rules:
        result["ruleIndex"] = rules[finding.rule]
    result |= {
        "level": LEVELS[finding.severity],
        "message": {"text": _plain(finding_message(finding, lang))},
        "locations": [location_of(finding.places[0])] if finding.places else [],
    }
    if others := related(finding, lang):
        result["relatedLocations"] = others
    if finding.stable:  # the second is the only one that GitHub looks at
        result["partialFingerprints"] = {"fupinFindingId/v1": finding.id, "primaryLocationLineHash": finding.id}
    if audit.acceptance is not None:
        result["baselineState"] = "unchanged" if finding.lapsed else "new"
    who = {
        "household": finding.household,
        "person": finding.person,
        "village": finding.village,
        "township": finding.township,
        "column": finding.column,
        "list": finding.list,
        "values": finding.values,
    }
    result["properties"] = {"id": finding.id, **{key: value for key, value in who.items() if value}}
    return result


def _plain(text: str) -> str:
    """Return a text in which nothing is taken for a link or for a place to fill in."""
    return _LINK.sub(r"\\[\1\\]", _PLACEHOLDER.sub(r"{{\1}}", text))


def _tongue(lang: Lang) -> str:
    return "zh-CN" if lang == "zh" else "en-US"


def _joined(parts: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Yield one line a part, with commas between."""
    before = ""
    for part in parts:
        yield before + _json(part)
        before = ",\n"
    yield "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

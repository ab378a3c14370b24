"""Audit a drawn workbook and hand back its findings, unmasked; write a rule where a test needs one of its own."""

from pathlib import Path

from fupin_cli.api import audit
from fupin_cli.model.finding import Finding

_RULE = """\
id: IDN901
name: 试
name_en: trial
scope: {scope}
severity: {severity}
{more}
must: {must}
message: "{message}"
message_en: "{message}"
why: 试
why_en: trial
fix: 核对
fix_en: look
basis: {{convention: 试}}
examples:  # what a rule file must have; no verdict of theirs is looked at here
  - {{given: {{姓名: 张三}}, verdict: pass}}
  - {{given: {{姓名: 李四}}, verdict: fail}}
  - {{given: {{姓名: ""}}, verdict: unknown}}
"""


def told(*paths: Path, rule: str = "IDN901", **options) -> list[Finding]:
    """Return the findings of one rule, in the order of a report."""
    return list(audit(*paths, select=[rule], **options).audit.findings)


def places(finding: Finding) -> list[str]:
    """Return its places as "role sheet!row cells"; a file other than registry.xlsx by name."""
    found = []
    for place in finding.places:
        file = "" if place.file.name == "registry.xlsx" else f"{place.file.name} › "
        found.append(f"{place.role} {file}{place.sheet}!{place.row} {','.join(place.cells)}".rstrip())
    return found


def a_rule(
    folder: Path, must: str, message: str = "{姓名}", scope: str = "人", severity: str = "error", more: str = ""
):
    """Write the rule IDN901 into a folder of its own, and return the folder."""
    rules = folder / "rules"
    rules.mkdir()
    text = _RULE.format(must=must, message=message, scope=scope, severity=severity, more=more or "tags: [试]")
    (rules / "IDN901_试.yaml").write_text(text, encoding="utf-8")
    return rules

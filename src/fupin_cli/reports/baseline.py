"""Findings to accept → lines of a baseline; a baseline → its YAML, and the page that shows it. Everything masked."""

import json
import re
from collections.abc import Iterator

from fupin_cli.model.baseline import Baseline, Entry, Signature
from fupin_cli.model.finding import Finding
from fupin_cli.reports.masked import hider, masked

_PLAIN = re.compile(r"[一-鿿A-Za-z_*（，。、；“”·][\w一-鿿*（）〔〕，。、；：“”·/.-]*")
_NUMERIC = re.compile(r"\d{4}-\d{2}-\d{2}")
HEAD = """\
# fupin 基线：已经核实、可以接受的问题；fupin audit … --baseline 本文件 时不再列为问题。
# 怎么改：
#   accepted_by 谁接受的；reason 为什么；accepted_on 哪天；
#   until 到哪天为止（这一天仍有效，次日起重新列为问题）；不写就一直有效；
#   不再接受的一处，把“- id:”起的整段删去。id 照抄报告，不含行号，排序、插行都不影响。
#   stable: false 表示没有户编号，表改动后可能认不出。
# fupin baseline update 会重写本文件（注释不保留），fupin baseline show 列出各处的情况。
"""


def entry_of(finding: Finding, signed: Signature) -> Entry:
    """Return the line that accepts a finding; names and numbers in it are masked."""
    shown = masked(finding)
    return Entry(
        id=finding.id,
        rule=finding.rule,
        severity=finding.severity,
        household=finding.household,
        person=shown.person,
        message=shown.message,
        accepted_by=signed.who,
        reason=signed.why,
        accepted_on=signed.on,
        until=signed.until,
        stable=finding.stable,
    )


def says_otherwise(entry: Entry, finding: Finding) -> bool:
    """Return whether a finding says something else than when it was accepted: its cells have changed since."""
    return bool(entry.message) and entry.message != hider({}, {entry.household})(masked(finding).message)


def baseline_text(baseline: Baseline) -> str:
    """Return a baseline as YAML: by rule, household and id, so that two editions differ only where they say other things."""
    entries = sorted(baseline.entries.values(), key=lambda entry: (entry.rule, entry.household or "", entry.id))
    lines = [f"{HEAD}version: 2", "findings:" if entries else "findings: []"]
    for entry in entries:
        lines += ["", *_lines(entry)]
    return "\n".join(lines) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    hide = hider({}, {entry.household})
    yield f"  - id: {_scalar(entry.id)}"
    for key, text in (
        ("rule", entry.rule),
        ("severity", entry.severity),
        ("household", entry.household),
        ("person", entry.person),
        ("message", entry.message),
        ("accepted_by", entry.accepted_by),
        ("reason", entry.reason),
        ("accepted_on", entry.accepted_on.isoformat() if entry.accepted_on else None),
        ("until", entry.until.isoformat() if entry.until else None),
    ):
        if text:
            yield f"    {key}: {_scalar(text if key == 'household' else hide(text))}"
    if not entry.stable:
        yield "    stable: false"


def _scalar(text: str) -> str:
    """Return a text as YAML: bare where that is safe, else in double quotes."""
    if (_PLAIN.fullmatch(text) or _NUMERIC.fullmatch(text)) and text not in {"null", "~"} and text[0] != "*":
        return text
    quoted = json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False)
    return "".join(char if char.isprintable() else _escaped(char) for char in quoted)


def _escaped(char: str) -> str:
    return f"\\U{ord(char):08x}" if ord(char) > 0xFFFF else f"\\u{ord(char):04x}"

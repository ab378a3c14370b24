"""Turn an Audit into JSON lines: one line for the audit, then one for each finding, with the fields of the JSON report."""

import json
from collections.abc import Iterator
from typing import Any

from fupin_cli.model.audit import Audit
from fupin_cli.reports.json_report import finding_dicts, report_dict
from fupin_cli.reports.words import Look

_BREAKS = ("\x85", "\u2028", "\u2029")  # JSON leaves these bare, and some readers end a line at them


def lines(audit: Audit, look: Look) -> Iterator[str]:
    """Return the text form `jsonl`: every line is one JSON object with a `type`."""
    head = report_dict(audit, [], look)
    del head["findings"]
    yield _line("audit", head)
    for found in finding_dicts(audit, look):
        yield _line("finding", found)


def _line(kind: str, content: dict[str, Any]) -> str:
    text = json.dumps({"type": kind, **content}, ensure_ascii=False)
    for char in _BREAKS:
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"{text}\n"

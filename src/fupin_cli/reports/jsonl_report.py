"""Turn an Audit into JSON lines: one line for the audit, then one for each finding, with the fields of the JSON report."""

import json
from collections.abc import Iterator

from fupin_cli.model.audit import Audit
from fupin_cli.reports.finding_line import finding_lines
from fupin_cli.reports.json_report import report_dict
from fupin_cli.reports.words import Look

_BREAKS = ("\x85", "\u2028", "\u2029")  # JSON leaves these bare, and some readers end a line at them


def lines(audit: Audit, look: Look) -> Iterator[str]:
    """Return the text form `jsonl`: every line is one JSON object with a `type`."""
    head = report_dict(audit, [], look)
    del head["findings"]
    yield _line("audit", json.dumps(head, ensure_ascii=False))
    for found in finding_lines(audit, look):
        yield _line("finding", found)


def _line(kind: str, content: str) -> str:
    """Return a JSON object with its `type` before the rest."""
    text = f'{{"type": "{kind}", {content[1:]}'
    for char in _BREAKS:
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"{text}\n"

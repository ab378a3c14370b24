"""Turn an Audit into a CSV table that Excel and WPS open as it is: one row a finding.

UTF-8 with a byte order mark, lines that end in CR LF. A text that a spreadsheet would take for a formula begins with `'`; one that
it would take for a number or a day and show as another (a 户编号 of twelve digits, 0012, 3-1) begins with a tab, which no cell shows.
"""

import csv
import re
from collections.abc import Iterator, Sequence

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.reports.grid import clean
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.summary import cells_text, file_names, ordered, place_text, standards
from fupin_cli.reports.words import Look, finding_fix, finding_message, rule_name, severity_word, word

BOM = "\ufeff"
KEYS = (
    *("severity", "rule", "name", "township", "village", "household", "person", "file", "sheet", "cell"),
    *("problem", "parameter", "basis", "fix", "list", "evidence", "see", "id"),
)
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # first characters of what a spreadsheet may run
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,10})(?:\.[0-9]{0,9}[1-9])?")  # numbers that a spreadsheet shows as they are
_NUMERAL = re.compile(r"[0-9][0-9.,:/eE+\-%年月日时分 ]*")  # it would make a number, a day or a time of these


def lines(audit: Audit, look: Look) -> Iterator[str]:
    """Return the text form `csv`."""
    row = _Row()
    writer = csv.writer(row)
    names = file_names(audit)
    writer.writerow([word(key, look.lang) for key in KEYS])
    yield BOM + row.text
    for rule, findings in ordered(audit.findings):
        name = rule_name(audit.rules.get(rule), look.lang)
        for finding in findings:
            shown = as_shown(finding, look)
            first = shown.places[0] if shown.places else None
            writer.writerow(
                harmless(
                    [
                        severity_word(shown.severity, look.lang),
                        rule,
                        name,
                        shown.township or "",
                        shown.village or "",
                        shown.household or "",
                        shown.person or "",
                        names[first.file] if first else "",
                        first.sheet if first else "",
                        cells_text(first, look.lang) if first else "",
                        finding_message(shown, look.lang),
                        "; ".join(standards(shown.parameters, look.lang)),
                        shown.basis,
                        finding_fix(shown, look.lang),
                        shown.list or "",
                        _evidence(shown),
                        "; ".join(place_text(place, names, look.lang) for place in shown.places[1:]),
                        shown.id,
                    ]
                )
            )
            yield row.text


def harmless(texts: Sequence[str]) -> list[str]:
    """Return the cells of a row so that a spreadsheet shows each as it is, and runs none."""
    return [_harmless(clean(text)) for text in texts]


def _harmless(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    if _FORMULA.match(text):
        return f"'{text}"
    return f"\t{text}" if _NUMERAL.fullmatch(text) else text


def _evidence(finding: Finding) -> str:
    """Return the rows of a list that were hit, one after the other."""
    rows = (
        "; ".join(f"{column} {value}" for column, value in row.items() if value not in (None, ""))
        for row in finding.evidence
    )
    return " | ".join(row for row in rows if row)


class _Row:
    """What the csv writer writes to: it keeps the last row."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text

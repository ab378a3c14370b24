"""What a page shows, as plain lists: for tests that ask it."""

import time

from fupin_cli.model.audit import Audit
from fupin_cli.model.masking import PUBLIC
from fupin_cli.reports import Look
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.summary import cells_text, file_names, standards
from fupin_cli.reports.withheld import audit_as_shown
from fupin_cli.reports.words import finding_fix, finding_message, rule_name, severity_word

LOOKS = {"zh": Look(), "en": Look(lang="en"), "notice": Look(masking=PUBLIC)}
_ALL = """() => {
  const f = window.fupinFindings.findings;
  return Array.from({length: f.n}, (none, i) => ({
    id: f.id(i), severity: f.severities[f.of(i).severity][1], rule: f.rules[f.of(i).rule], village: f.about(i, 'village'),
    township: f.about(i, 'township'), household: f.about(i, 'household'), person: f.about(i, 'person'), file: f.file(i),
    sheet: f.sheet(i), cells: f.cells(i), message: f.message(i), fix: f.of(i).fix, basis: f.of(i).basis, standards: f.of(i).standards,
    values: f.values(i), evidence: f.evidence(i), elsewhere: f.elsewhere(i).map((one) => [one.role, one.where]),
    column: f.of(i).column, list: f.of(i).list, stable: f.of(i).stable,
  }));
}"""


def taken_out(page) -> dict[str, dict]:
    """Return every finding as the page's script takes it out of the island, by id."""
    return {told["id"]: told for told in page.evaluate(_ALL)}


def expected(audit: Audit, look: Look) -> dict[str, dict]:
    """Return every finding as the page should have it."""
    audit = audit_as_shown(audit, look)
    names = file_names(audit)
    return {one.id: _told(as_shown(one, look), audit, look, names) for one in audit.findings}


def _told(shown, audit, look, names) -> dict:
    first = shown.places[0] if shown.places else None
    return {
        "id": shown.id,
        "severity": severity_word(shown.severity, look.lang),
        "rule": [shown.rule, rule_name(audit.rules.get(shown.rule), look.lang)],
        "village": shown.village or "",
        "township": shown.township or "",
        "household": shown.household or "",
        "person": shown.person or "",
        "file": names[first.file] if first else "",
        "sheet": first.sheet if first else "",
        "cells": cells_text(first, look.lang) if first else "",
        "message": finding_message(shown, look.lang),
        "fix": finding_fix(shown, look.lang),
        "basis": shown.basis,
        "standards": standards(shown.parameters, look.lang),
        "values": [[column, text] for column, text in shown.values.items()],
        "evidence": [
            [[column, "" if cell is None else str(cell)] for column, cell in row.items()] for row in shown.evidence
        ],
        "elsewhere": [
            [
                place.role,
                " › ".join(part for part in (names[place.file], place.sheet, cells_text(place, look.lang)) if part),
            ]
            for place in shown.places[1:]
        ],
        "column": shown.column or "",
        "list": shown.list or "",
        "stable": shown.stable,
    }


def shown_ids(page) -> list[str]:
    """Return the ids of all rows the filters leave, in the order of the table."""
    return page.evaluate(
        "() => { const l = window.fupinFindings; return Array.from(l.table.shown, (i) => l.findings.id(i)); }"
    )


def column_of(page, number: int) -> list[str]:
    """Return the texts of a column, counted from 0, of the rows in the page."""
    return page.locator(f"#findings tr[data-finding] td:nth-child({number + 1})").all_inner_texts()


def until(page, condition: str) -> None:
    """Wait for a condition in JavaScript. Asked from outside: the page's own policy forbids the text that Playwright would evaluate in it."""
    give_up = time.monotonic() + 30
    while not page.evaluate(condition):
        assert time.monotonic() < give_up, f"never came true: {condition}"
        page.wait_for_timeout(10)

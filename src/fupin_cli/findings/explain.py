"""A judged run → findings, and what was silenced or could not be told for want of a parameter."""

from collections.abc import Callable

from msgspec import Struct

from fupin_cli.engines.cells import Cells
from fupin_cli.findings.beside import find_beside
from fupin_cli.findings.compose import RuleFindings, found_in
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.reading import reading_findings
from fupin_cli.findings.rows import Failing, failing_rows
from fupin_cli.findings.silenced import loud
from fupin_cli.findings.unknown import missing_parameters
from fupin_cli.model.audit import Counts
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import SEVERITIES

TOGETHER = 1000  # so many failing rows, of as many rules as there are, have their cells read by one query
Progress = Callable[[str, int, int], None]  # stage, steps done, steps in all


class Told(Struct, frozen=True):
    """The findings of a run and what goes with them."""

    findings: list[Finding]
    silenced: dict[str, int]  # composite rule → failing rows whose part was told already
    notes: tuple[tuple[str, str], ...]  # parameters that were missing, each said once
    reading: dict[str, Counts]  # reading rules
    accepted: int = 0  # findings that a baseline took out


def explain(judged: Judged, progress: Progress = lambda _stage, _done, _total: None) -> Told:
    """Return every finding, worst first, then by rule and place."""
    cells = Cells(judged.engine, judged.tables, judged.book.dictionary)
    findings: list[Finding] = []
    waiting: list[tuple[RuleFindings, list[Failing]]] = []
    silenced: dict[str, int] = {}
    failed = [planned for name, planned in judged.plan.rules.items() if judged.counts[name].failed]
    rows_of_each = failing_rows(judged, failed)
    for number, planned in enumerate(failed):
        progress("findings", number, len(failed))
        rows = next(rows_of_each)
        told = loud(judged, planned, rows)
        find_beside(judged, planned, told)
        if len(told) < len(rows):
            silenced[planned.rule.id] = len(rows) - len(told)
        waiting.append((RuleFindings(judged, planned, cells), told))
        if number + 1 == len(failed) or sum(len(rows) for _, rows in waiting) >= TOGETHER:
            findings += found_in(cells, waiting)
            waiting.clear()
    read = reading_findings(judged, cells)
    lowest = SEVERITIES.index(judged.settings.severity)
    findings = [finding for finding in (*findings, *read.findings) if SEVERITIES.index(finding.severity) <= lowest]
    findings.sort(key=_order)
    return Told(findings, silenced, (*missing_parameters(judged), *read.notes), read.counts)


def _order(finding: Finding) -> tuple[int, str, str, str, int]:
    place = finding.places[0]
    return SEVERITIES.index(finding.severity), finding.rule, str(place.file), place.sheet, place.row or 0

"""Plan + verdicts → findings, and what was silenced or could not be told for want of a parameter."""

from collections.abc import Callable
from dataclasses import dataclass

from fupin_cli.engines import Engine
from fupin_cli.findings.cells import Cells
from fupin_cli.findings.identity import Identities
from fupin_cli.findings.reading import reading_findings
from fupin_cli.findings.rows import RuleFindings, silenced_households
from fupin_cli.findings.unknown import missing_parameters
from fupin_cli.model.audit import Counts
from fupin_cli.model.finding import Finding
from fupin_cli.model.plan import Plan
from fupin_cli.model.rule import SEVERITIES, Rule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables


@dataclass(frozen=True, slots=True)
class Told:
    """The findings of a run and what goes with them."""

    findings: list[Finding]
    silenced: dict[str, int]  # composite rule → failing households whose part was told already
    notes: tuple[tuple[str, str], ...]  # parameters that were missing, each said once
    reading: dict[str, Counts]  # reading rules
    accepted: int = 0  # findings that a baseline took out


def explain(  # noqa: PLR0913, PLR0917  # the line's last joint: everything before it meets here
    engine: Engine,
    plan: Plan,
    tables: Tables,
    book: RuleBook,
    settings: Settings,
    wanted: dict[str, Rule],
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> Told:
    """Return every finding, worst first, then by rule and place."""
    cells, identities = Cells(engine, tables), Identities()
    findings: list[Finding] = []
    silenced: dict[str, int] = {}
    for number, planned in enumerate(plan.rules.values()):
        progress("findings", number, len(plan.rules))
        quiet = silenced_households(engine, plan, planned)
        told, hushed = RuleFindings(engine, plan, tables, book, settings, planned, cells, identities).all(quiet)
        findings += told
        if hushed:
            silenced[planned.rule.id] = hushed
    read, reading = reading_findings(engine, tables, book, wanted, cells, identities)
    findings += read
    findings.sort(key=_order)
    return Told(findings, silenced, missing_parameters(engine, plan, book), reading)


def _order(finding: Finding) -> tuple[int, str, str, str, int]:
    place = finding.places[0] if finding.places else None
    return (
        SEVERITIES.index(finding.severity),
        finding.rule,
        str(place.file) if place else "",
        place.sheet if place else "",
        (place.row or 0) if place else 0,
    )

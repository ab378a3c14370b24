"""`fupin audit`: the line written out. file → sheets → tables → plans → verdicts → findings; reports are made of the Audit.

From the files to the verdicts it is `jobs/ground.py`, which other jobs over a registry go too.
"""

from msgspec.structs import replace

from fupin_cli.findings import Looked, accept, explain
from fupin_cli.jobs.ground import opened
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.result import result
from fupin_cli.jobs.uncollected import uncollected
from fupin_cli.jobs.verdict_file import write_verdicts
from fupin_cli.model.audit import Audit
from fupin_cli.model.baseline import Baseline
from fupin_cli.model.settings import Settings
from fupin_cli.rules import load_baseline

_DRAWN = ("年龄", "性别")  # what must be stored in the engine (Settings.derived) for the figures of ages to be drawn


def run(request: Request, progress: Progress = lambda _stage, _done, _total: None) -> Audit:
    """Audit every file of the request together and return everything found.

    Raises:
        UsageError: an unknown rule id, list, profile or region.
        RuleError: a broken rule file, all faults at once; a mapping file or a baseline likewise.
        InputError: no file could be read, or none holds a registry.
        OutputError: the verdicts cannot be written where they are wanted.
    """
    baseline = load_baseline(request.baseline) if request.baseline is not None else None
    with opened(request, progress) as ground:
        judged = ground.judged(replace(ground.settings, derived=_DRAWN) if request.figures else ground.settings)
        with uncollected():
            audit = result(judged, ground.read, explain(judged, progress))
        if request.figures:
            from fupin_cli.jobs.figures import figures

            audit = replace(audit, figures=figures(judged))
        if request.verdicts is not None:
            progress("reports", 0, 0)
            write_verdicts(judged, request.verdicts, health=request.health)
    return audit if baseline is None else without_accepted(audit, baseline, request.settings)


def without_accepted(audit: Audit, baseline: Baseline, settings: Settings) -> Audit:
    """Return the audit without the findings a baseline accepts today."""
    from fupin_cli.reports.baseline import says_otherwise

    ran = {rule: audit.rules[rule] for rule in audit.counts if rule in audit.rules}
    left, acceptance = accept(audit.findings, baseline, settings.today, Looked(ran, settings.severity))
    found = {finding.id: finding for finding in audit.findings}
    changed = tuple(entry for entry in acceptance.accepted if says_otherwise(entry, found[entry.id]))
    acceptance = replace(acceptance, changed=changed)
    return replace(audit, findings=tuple(left), accepted=len(acceptance.accepted), acceptance=acceptance)

"""`fupin audit`: the line written out. file → sheets → tables → plans → verdicts → findings; reports are made of the Audit.

From the files to the verdicts it is `jobs/ground.py`, which other jobs over a registry go too.
"""

from dataclasses import replace

from fupin_cli.findings import accept, explain
from fupin_cli.jobs.ground import opened
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.result import result
from fupin_cli.model.audit import Audit


def run(request: Request, progress: Progress = lambda _stage, _done, _total: None) -> Audit:
    """Audit every file of the request together and return everything found.

    Raises:
        UsageError: an unknown rule id, list, profile or region.
        RuleError: a broken rule file, all faults at once; a mapping file likewise.
        InputError: no file could be read, or none holds a registry.
    """
    with opened(request, progress) as ground:
        judged = ground.judged(ground.settings)
        told = explain(judged, progress)
        if request.baseline is not None:
            left, accepted = accept(told.findings, request.baseline)
            told = replace(told, findings=left, accepted=accepted)
        return result(judged, ground.read, told)

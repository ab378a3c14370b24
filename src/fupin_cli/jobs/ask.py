"""`fupin ask`: the audit up to its verdicts, then the questions that verdicts wait for."""

from msgspec.structs import replace

from fupin_cli.findings.questions import ask
from fupin_cli.jobs.ground import opened
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.question import Asked


def run(request: Request, progress: Progress = lambda _stage, _done, _total: None) -> Asked:
    """Return every question of the registry.

    Raises:
        UsageError: an unknown rule id, list, profile or region.
        RuleError: a broken rule file, all faults at once; a mapping file likewise.
        InputError: no file could be read, or none holds a registry.
    """
    with opened(request, progress) as ground:
        judged = ground.judged(ground.settings)
        progress("findings", 0, 0)
        asked = ask(judged)
        notes = (*asked.notes, *ground.read.notes, *judged.tables.notes)
        return replace(asked, notes=tuple(dict.fromkeys(notes)))

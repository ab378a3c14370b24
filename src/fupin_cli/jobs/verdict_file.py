"""A judged run in; a Parquet file of every verdict out."""

from pathlib import Path

from fupin_cli.findings import Judged, every_verdict
from fupin_cli.reports import refuse_input
from fupin_cli.reports.output import written_beside
from fupin_cli.reports.withheld import rule_tells_health


def write_verdicts(judged: Judged, path: Path, *, health: bool) -> None:
    """Write the verdicts of every rule that ran on every row of its scope.

    Args:
        judged: the run; its engine is open.
        path: the file, made whole or not at all.
        health: whether rules that tell of somebody's health are among them.

    Raises:
        OutputError: the file cannot be written, or is one of those that were read.
    """
    from fupin_cli.engines.parquet import write_parquet

    refuse_input(path, [layout.sheet.file for layout in judged.tables.layouts])
    told = {name for name, planned in judged.plan.rules.items() if health or not rule_tells_health(planned.rule)}
    asked = every_verdict(judged, told)
    with written_beside(path) as beside:
        write_parquet(judged.engine, asked.sources, asked.query, beside)

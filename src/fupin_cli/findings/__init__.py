"""Verdicts + tables → findings: each with its cells, its message, its basis and what to do."""

from fupin_cli.findings.baseline import Looked, accept, end_of_next_month
from fupin_cli.findings.every_verdict import EveryVerdict, every_verdict
from fupin_cli.findings.explain import Told, explain
from fupin_cli.findings.judged import Judged

__all__ = ["EveryVerdict", "Judged", "Looked", "Told", "accept", "end_of_next_month", "every_verdict", "explain"]

"""Verdicts + tables → findings: each with its cells, its message, its basis and what to do."""

from fupin_cli.findings.baseline import accept
from fupin_cli.findings.explain import Told, explain
from fupin_cli.findings.judged import Judged

__all__ = ["Judged", "Told", "accept", "explain"]

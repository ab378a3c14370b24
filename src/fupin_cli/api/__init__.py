"""The Python API: files or frames in; what an audit, a comparison or a cleaning found, as frames, dictionaries or a notebook's page, out."""

from fupin_cli.api.auditing import Result, audit
from fupin_cli.api.cleaning import CleanCounts, CleanResult, clean
from fupin_cli.api.comparing import CompareCounts, CompareResult, compare

__all__ = ["CleanCounts", "CleanResult", "CompareCounts", "CompareResult", "Result", "audit", "clean", "compare"]

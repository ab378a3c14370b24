"""The Python API: files or frames in; what an audit or a comparison found, as frames, dictionaries or a notebook's page, out."""

from fupin_cli.api.auditing import Result, audit
from fupin_cli.api.comparing import CompareCounts, CompareResult, compare

__all__ = ["CompareCounts", "CompareResult", "Result", "audit", "compare"]

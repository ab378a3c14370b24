"""Audit poverty-registry workbooks: every discrepancy with its cell, reason, basis and remedy."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fupin_cli.api import CleanCounts, CleanResult, CompareCounts, CompareResult, Result, audit, clean, compare

__all__ = [
    "CleanCounts",
    "CleanResult",
    "CompareCounts",
    "CompareResult",
    "Result",
    "__version__",
    "audit",
    "clean",
    "compare",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import the API when it is first asked for, so that the command starts at once."""
    if name in __all__:
        from fupin_cli import api

        return getattr(api, name)
    raise AttributeError(name)

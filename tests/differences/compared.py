"""Two drawn datasets through the whole job, and short ways to read the result."""

from datetime import date
from pathlib import Path
from typing import Any

from fupin_cli.jobs.compare import run
from fupin_cli.jobs.compare_request import CompareRequest
from fupin_cli.model.difference import Comparison, TableComparison
from fupin_cli.model.settings import Settings

TODAY = Settings(today=date(2024, 1, 1))


def compare(left: Any, right: Any, **wishes: Any) -> Comparison:
    """Compare two paths or frames, or tuples of them."""
    sides = [one if isinstance(one, tuple) else (one,) for one in (left, right)]
    return run(CompareRequest(*sides, TODAY, **wishes))


def table(result: Comparison, name: str = "人") -> TableComparison:
    """Return one table of a comparison."""
    return next(one for one in result.tables if one.table == name)


def changes(result: Comparison, name: str = "人") -> list[tuple[Any, ...]]:
    """Return (person, column, left, right) of every cell that differs."""
    return [(one.left_record.person, one.column, one.left, one.right) for one in table(result, name).changed]


def text_of(path: Path, text: str) -> Path:
    """Write a csv file."""
    path.write_text(text, encoding="utf-8")
    return path

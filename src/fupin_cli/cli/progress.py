"""Show how far a job is, on stderr, only when a person sits before it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from fupin_cli.jobs.request import Progress
from fupin_cli.reports.words import Lang

_STAGES = {
    "sheets": ("读取文件", "reading files"),
    "tables": ("识别表格", "finding tables"),
    "rules": ("读取规则", "reading rules"),
    "plans": ("准备规则", "planning"),
    "verdicts": ("逐条核查", "judging"),
    "findings": ("整理结果", "explaining"),
    "pairs": ("对上两边的行", "pairing rows"),
    "differences": ("找出差别", "comparing"),
    "examples": ("检验示例", "judging examples"),
    "reports": ("写出报告", "writing the report"),
}


@contextmanager
def shown(lang: Lang, *, quiet: bool) -> Iterator[Progress]:
    """Give a callable (stage, done, total) that draws a bar; it does nothing when quiet or in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def draw(stage: str, done: int, total: int) -> None:
            name = _STAGES[stage][lang == "en"] if stage in _STAGES else stage
            bar.update(task, description=name, completed=done, total=total or None)

        yield draw


def _silent(stage: str, done: int, total: int) -> None:
    """Show nothing."""

"""Show how far a job is, on stderr, only when a person sits before it: the stage, rows read, and about how long still."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.jobs.request import Progress
from fupin_cli.reports.words import Lang

_STAGES: Final = {  # stage → its name, and from where to where a run is in it: about, as measured on 30 000 to 100 000 persons
    "rules": (*both("读取规则"), 0.0, 0.0),
    "sheets": (*both("读取文件"), 0.0, 0.4),
    "tables": (*both("识别表格"), 0.4, 0.58),
    "plans": (*both("准备规则"), 0.58, 0.61),
    "verdicts": (*both("逐条核查"), 0.61, 0.83),
    "pairs": (*both("对上两边的行"), 0.58, 0.75),
    "differences": (*both("找出差别"), 0.75, 0.95),
    "findings": (*both("整理结果"), 0.83, 0.95),
    "examples": (*both("检验示例"), 0.0, 1.0),
    "reports": (*both("写出报告"), 0.95, 1.0),
}
_SURE = 0.1  # of the run must be over before the rest is estimated


class Run(Struct):
    """How far the stages of a run are; what has been reached is never taken back."""

    reached: float = 0.0  # of 1
    rows: int = 0

    def step(self, stage: str, done: int, total: int) -> None:
        """Take note of a step; the stage "rows" says how many rows have been read."""
        if stage == "rows":
            self.rows = done
        elif stage in _STAGES:
            _, _, start, end = _STAGES[stage]
            self.reached = max(self.reached, start + (end - start) * (min(done / total, 1) if total else 0))

    def left(self, elapsed: float) -> float | None:
        """Return about how many seconds are left, None while that cannot be told."""
        return elapsed * (1 - self.reached) / self.reached if self.reached >= _SURE else None


@contextmanager
def shown(lang: Lang, *, quiet: bool) -> Iterator[Progress]:
    """Give a callable (stage, done, total) that draws a bar; it does nothing when quiet or in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    run = Run()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[told]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0, told="", left="")

        def draw(stage: str, done: int, total: int) -> None:
            run.step(stage, done, total)
            left = run.left(bar.tasks[0].elapsed or 0)
            bar.update(task, completed=run.reached, told=_told(run, done, total, lang), left=_left(left, lang))
            if stage in _STAGES:
                bar.update(task, description=_STAGES[stage][:2][lang == "en"])

        yield draw


def _told(run: Run, done: int, total: int, lang: Lang) -> str:
    """Say which step of how many, and how many rows were read."""
    steps = f"{min(done + 1, total)}/{total}" if total > 1 else ""
    rows = both("{rows:,} 行", rows=run.rows)[lang == "en"] if run.rows else ""
    return " ".join(part for part in (steps, rows) if part)


def _left(seconds: float | None, lang: Lang) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return both("约剩 {minutes}:{rest:02}", minutes=minutes, rest=rest)[lang == "en"]


def _silent(stage: str, done: int, total: int) -> None:
    """Show nothing."""

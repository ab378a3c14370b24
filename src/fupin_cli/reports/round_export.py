"""Rows of a ledger in; a workbook out: the 疑点台账 first, as --ledger reads it, then every table as it is kept."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from fupin_cli.reports.grid import Book, Row
from fupin_cli.reports.output import written_beside
from fupin_cli.reports.words import Lang

_FIRST = "疑点台账"
_NAMES = {
    "round": "轮次", "source": "文件", "rule": "规则", "doubt": "疑点", "seen": "各轮所见", "issue": "下发", "answer": "反馈", "event": "状态变化",
    "key_change": "编号更正", "alias": "编号对照", "step": "步骤",
}  # fmt: skip
_WIDTHS = {"疑点": 40, "系统值": 30, "规则": 24, "疑点编号": 20, "户编号": 18}


def write(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    tables: Iterable[tuple[str, tuple[str, ...], list[tuple[object, ...]]]],
    lang: Lang,
) -> int:
    """Write the workbook to `path`, whole or not at all; return how many rows the first sheet has.

    Raises:
        OutputError: it cannot be written.
    """
    count = 0
    with written_beside(path) as beside, Book(beside) as book:
        with book.table(_FIRST, list(headings), [_WIDTHS.get(name, 12) for name in headings], frozen=1) as grid:
            for row in rows:
                grid.write(list(row))
                count += 1
        for name, columns, kept in tables:
            title = name if lang == "en" else f"表_{_NAMES[name]}"
            with book.table(title, list(columns), [16] * len(columns)) as grid:
                for each in kept:
                    grid.write(_shown(each))
    return count


def _shown(values: Iterable[object]) -> Row:
    return ["" if value is None else value if isinstance(value, int | float) else str(value) for value in values]

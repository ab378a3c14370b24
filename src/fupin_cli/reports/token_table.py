"""Tokens in; the table for the other office, and the list that leads one's own office back to its rows, out."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.model.tokens import TokenTable
from fupin_cli.reports.output import written_beside

HEADINGS = ("证件令牌", "姓名生日令牌")
MARK = "密钥校验"
_OWN = ("文件", "工作表", "行")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_tokens(table: TokenTable, path: Path) -> None:
    """Write the table that is handed over: by token, nothing of the file it came from.

    Raises:
        OutputError: it cannot be written.
    """
    rows = table.handed_over
    shown = [  # a column in which nothing stands would differ from the other office's on every row
        (heading, [getattr(row, field) for row in rows])
        for heading, field in zip(HEADINGS, ("certificate", "name_and_birth"), strict=True)
    ]
    shown = [(heading, cells) for heading, cells in shown if any(cells)]
    columns = [cells for _, cells in shown]
    kept = [[_harmless(row.kept[i]) for row in rows] for i in range(len(table.columns))]
    headings = (*(heading for heading, _ in shown), MARK, *table.columns)
    _write(path, headings, zip(*columns, [table.mark] * len(rows), *kept, strict=True))


def write_own(table: TokenTable, path: Path) -> None:
    """Write which row has which tokens, in the order of the file: it stays at home.

    Raises:
        OutputError: it cannot be written.
    """
    rows = ((row.file, row.sheet, str(row.row), row.certificate, row.name_and_birth) for row in table.rows)
    _write(path, (*_OWN, *HEADINGS), rows)


def told(table: TokenTable, path: Path) -> list[tuple[str, str]]:
    """Say what was written and what has no token, in both languages."""
    out = len(table.handed_over)
    lines = [*table.notes, both("已写入 {path}：{out} 人的令牌。", path=path, out=out)]
    if table.blank or table.damaged:
        lines.append(
            both(
                "{blank} 行证件号码空白，{damaged} 行证件号码损坏或位数不对，没有证件令牌。",
                blank=table.blank,
                damaged=table.damaged,
            )
        )
    if left := len(table.rows) - out:
        lines.append(both("其中 {left} 行也没有姓名和出生日期，没有任何令牌，没有写出。", left=left))
    if table.withheld:
        lines.append(both("--keep 的列里有 {withheld} 格含本人姓名或长号码，留空。", withheld=table.withheld))
    return lines


def _harmless(text: str) -> str:
    """Keep a text from being taken for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with written_beside(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)

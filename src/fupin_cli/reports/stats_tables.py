"""Turn what was counted into CSV for a spreadsheet, or into a page of Markdown."""

import csv
import re
from collections.abc import Container
from io import StringIO

from fupin_cli.catalogue import both
from fupin_cli.model.stats import Counted, Reconciled, Stats
from fupin_cli.reports import stats_stated as beside
from fupin_cli.reports.csv_report import BOM, harmless
from fupin_cli.reports.markdown_text import inline
from fupin_cli.reports.stats import about, column_name, notes, remarks, rows, title
from fupin_cli.reports.words import Lang, word

_NUMBER = re.compile(r"[-+]?\d{1,12}(\.\d{1,10})?")  # a count, a share, a difference
_KINDS = {
    "line": ("", ""), "subtotal": both("小计"), "rest": both("其余"), "total": both("合计"),
}  # fmt: skip


def to_csv(stats: Stats, lang: Lang) -> str:
    """Return every line of every table, or with stated tables every line of these."""
    text = StringIO()
    writer = csv.writer(text)
    for row in _beside_rows(stats, lang) if stats.reconciled else _rows(stats, lang):
        writer.writerow([cell if _NUMBER.fullmatch(cell) else harmless([cell])[0] for cell in row])
    return BOM + text.getvalue()


def _rows(stats: Stats, lang: Lang) -> list[list[str]]:
    english = lang == "en"
    deepest = max((len(counted.by) for counted in stats.tables), default=1)
    names = (
        [f"{both('项目')[english]} {number}" for number in range(1, deepest + 1)]
        if deepest > 1
        else [both("项目")[english]]
    )
    head = [both("统计项")[english], *names, both("类别", "stats_tables")[english], *_numbers(lang)]
    found = [head]
    for counted in stats.tables:
        by = " × ".join(column_name(one, lang) for one in counted.by)
        for row in rows(counted, lang):
            labels = [*row.labels, *[""] * (deepest - len(row.labels))]
            numbers = (row.count.households, row.household_share, row.count.people, row.people_share)
            found.append(
                [by, *labels, _KINDS[row.kind][english], *("" if one is None else str(one) for one in numbers)]
            )
    return found


def _numbers(lang: Lang) -> list[str]:
    households, persons = word("households", lang), word("persons", lang)
    return [households, f"{households} %", persons, f"{persons} %"]


def _beside_rows(stats: Stats, lang: Lang) -> list[list[str]]:
    english = lang == "en"
    first = stats.reconciled[0]
    found = [
        [
            both("表")[english],
            both("名称")[english],
            *beside.heads(first, lang)[1:],
            both("说明")[english],
        ]
    ]
    for table in stats.reconciled:
        called = beside.title(table, lang)
        found += [
            [called, row.name, *(cell.removeprefix("+") for cell in row.numbers), row.said]
            for row in beside.rows(table, lang)
        ]
        found += [[called, "", *[""] * 6, text] for text in beside.doubts(table, lang)]
    return found


def to_markdown(stats: Stats, lang: Lang) -> str:
    """Return a page with all tables."""
    parts = ["# fupin stats", "\n".join(f"- {inline(text)}" for text in (*about(stats, lang), *notes(stats, lang)))]
    for counted in stats.tables:
        parts += _section(counted, lang)
    for table in stats.reconciled:
        parts += _stated(table, lang)
    return "\n\n".join(parts) + "\n"


def _section(counted: Counted, lang: Lang) -> list[str]:
    head = [*(column_name(one, lang) for one in counted.by), *_numbers(lang)]
    body, shown = [], rows(counted, lang)
    for row in shown:
        labels = [inline(label) for label in row.labels] + [""] * (len(counted.by) - len(row.labels))
        numbers = (row.count.households, row.household_share, row.count.people, row.people_share)
        cells = [*labels, *("—" if one is None else str(one) for one in numbers)]
        body.append([f"**{cell}**" if row.kind in ("total", "subtotal") and cell else cell for cell in cells])
    said = [f"*{inline(text)}*" for text in remarks(counted, shown, lang)]
    return [f"## {inline(title(counted, lang))}", _markdown(head, body, range(len(counted.by))), *said]


def _stated(table: Reconciled, lang: Lang) -> list[str]:
    head = [*beside.heads(table, lang), both("说明")[lang == "en"]]
    body = [
        [
            inline(row.name),
            *(cell if _NUMBER.fullmatch(cell) else inline(cell) for cell in row.numbers),
            inline(row.said),
        ]
        for row in beside.rows(table, lang)
    ]
    doubts = "\n".join(f"- {inline(text)}" for text in beside.doubts(table, lang))
    return [
        f"## {inline(beside.title(table, lang))}",
        inline(beside.verdict(table, lang)),
        _markdown(head, body, (0, len(head) - 1)),
        *([doubts] if doubts else []),
    ]


def _markdown(head: list[str], body: list[list[str]], texts: Container[int]) -> str:
    rule = ["---" if number in texts else "---:" for number in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in ([inline(text) for text in head], rule, *body))

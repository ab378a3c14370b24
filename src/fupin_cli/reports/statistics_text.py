"""An Audit → the table of `audit --statistics`: how many findings each rule, township, village or household has."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fupin_cli.model.audit import Audit
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.findings_text import STYLES, left_groups
from fupin_cli.reports.groups import Group, grouped
from fupin_cli.reports.lines import Line, block, heading
from fupin_cli.reports.summary import none_found, severity_heads
from fupin_cli.reports.words import Look, severity_word, word

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_TITLES = {"rule": "by_rule", "乡": "by_township", "村": "by_village", "户": "by_household"}
_FIRST = {"rule": "rule", "乡": "township", "村": "village", "户": "household"}


def statistics_parts(audit: Audit, look: Look) -> Iterator["RenderableType | list[Line]"]:
    """Give the heading, the table, and what --top left out."""
    if not audit.findings:
        yield [*block(none_found(audit, look.lang), look.width, ""), ()]
        return
    by = look.group or "rule"
    groups = grouped(audit, by, look)
    shown = groups[: look.top]
    every = Group((), word("total", look.lang), audit.findings)
    shown_and_all = [*shown, every] if len(groups) > 1 else shown
    yield heading(word(_TITLES[by], look.lang))
    yield _rules(shown_and_all, look) if by == "rule" else _places(shown_and_all, look, word(_FIRST[by], look.lang))
    yield [(), *left_groups(groups[len(shown) :], look)]


def _rules(groups: list[Group], look: Look) -> "Table":
    """One row a rule: severity, id and name, findings, households."""
    from rich.text import Text

    table = _table([f"  {word('severity', look.lang)}", word("rule", look.lang)])
    for head in (word("findings_count", look.lang), word("of_households", look.lang)):
        table.add_column(head, justify="right", no_wrap=True)
    for group in groups:
        first = Text(f"  {group.title}")
        if group.key:
            worst = min(group.findings, key=lambda finding: SEVERITIES.index(finding.severity)).severity
            first = Text("  ").append(severity_word(worst, look.lang), style=STYLES[worst])
        title = group.title if group.key else ""
        table.add_row(first, Text(title), str(len(group.findings)), str(group.households or ""))
    return table


def _places(groups: list[Group], look: Look, first: str) -> "Table":
    """One row a township, village or household: findings of each severity, and households that have one."""
    from rich.text import Text

    table = _table([f"  {first}"])
    for head in (word("of_households", look.lang), *severity_heads(look.lang), word("total", look.lang)):
        table.add_column(head, justify="right", no_wrap=True)
    for group in groups:
        counts = [str(group.severities[severity] or "") for severity in SEVERITIES]
        table.add_row(Text(f"  {group.title}"), str(group.households or ""), *counts, str(len(group.findings)))
    return table


def _table(heads: list[str]) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), header_style="")
    for head in heads:
        table.add_column(head, overflow="fold")
    return table

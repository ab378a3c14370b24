"""Turn what was counted into a terminal page: one table after the other, then stated tables beside the registry."""

from typing import TYPE_CHECKING

from fupin_cli.catalogue import both
from fupin_cli.model.stats import Counted, Reconciled, Stats
from fupin_cli.reports import stats_stated as beside
from fupin_cli.reports.lines import block, printable
from fupin_cli.reports.page import page_of, write_lines
from fupin_cli.reports.stats import Shown, about, notes, remarks, rows, title
from fupin_cli.reports.words import Look, word
from fupin_cli.reports.wrapping import width

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_LEAST, _MOST = 16, 34  # columns of the page that names may take
_BESIDE = 18  # the same beside six numbers
_STYLES = {"line": "", "subtotal": "bold", "rest": "dim", "total": "bold"}


def to_terminal(stats: Stats, look: Look, top: int | None) -> str:
    """Return the page, of each table by one column the largest `top` lines and the rest as one."""
    console, page = page_of(look)
    lang = look.lang
    console.print("fupin stats", style="bold")
    files = both("、")[lang == "en"].join(str(file) for file in stats.files)
    write_lines(console, block(files, look.width, "  "))
    for text in about(stats, lang):
        write_lines(console, block(text, look.width, "  "))
    for text in notes(stats, lang):
        write_lines(console, block(text, look.width, "    ", "  ! ", "yellow"))
    for table in stats.reconciled:
        console.print()
        _write_stated(console, table, look)
    if not stats.reconciled:
        _write_tables(console, stats, look, top)
    return page.getvalue()


def _write_tables(console: "Console", stats: Stats, look: Look, top: int | None) -> None:
    """Write every table, names of one width in all of them, so that numbers stand under numbers."""
    shown = [rows(counted, look.lang, top) for counted in stats.tables]
    texts = [title(counted, look.lang) for counted in stats.tables] + [_name(row) for lines in shown for row in lines]
    broad = _broad(texts, min(_MOST, look.width - 44))
    for counted, lines in zip(stats.tables, shown, strict=True):
        console.print()
        _write_table(console, counted, lines, look, broad)


def _write_table(console: "Console", counted: Counted, shown: list[Shown], look: Look, broad: int) -> None:
    lang = look.lang
    table = _grid(title(counted, lang), broad)
    for head in (word("households", lang), "%", word("persons", lang), "%"):
        table.add_column(head, justify="right", no_wrap=True)
    for row in shown:
        if row.kind == "total":
            table.add_section()
        numbers = (row.count.households, row.household_share, row.count.people, row.people_share)
        table.add_row(_name(row), *("—" if one is None else str(one) for one in numbers), style=_STYLES[row.kind])
    console.print(table)
    for text in remarks(counted, shown, lang):
        write_lines(console, block(text, look.width, "  ", style="dim"))


def _name(row: Shown) -> str:
    """A line of several columns is indented under its subtotal and says its own value only."""
    return printable("  " * (len(row.labels) - 1) + row.labels[-1])


def _broad(texts: list[str], most: int) -> int:
    return max(_LEAST, min(most, max((width(text) for text in texts), default=0)))


def _grid(name: str, broad: int) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(name, overflow="fold", width=broad)
    return table


def _write_stated(console: "Console", table: Reconciled, look: Look) -> None:
    lang = look.lang
    write_lines(console, block(beside.title(table, lang), look.width, "  ", "", "bold"))
    write_lines(
        console, block(beside.verdict(table, lang), look.width, "  ", style="yellow" if table.differs else "green")
    )
    shown = beside.rows(table, lang)
    name, *heads = beside.heads(table, lang)
    grid = _grid(name, _broad([name, *(row.name for row in shown)], _BESIDE))
    for head in heads:
        grid.add_column(head, justify="right", overflow="fold", min_width=max(map(width, head.split())))
    for row in shown:
        grid.add_row(printable(row.name), *row.numbers, style="yellow" if row.differs else "")
    console.print(grid)
    for row in shown:
        if row.said:
            write_lines(console, block(f"{row.name}{word('colon', lang)}{row.said}", look.width, "    ", "  "))
    for text in beside.doubts(table, lang):
        write_lines(console, block(text, look.width, "    ", "  ! ", "yellow"))

"""Turn a Comparison into the page a terminal shows: what was compared, counts by class and by column, then each difference."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fupin_cli.catalogue import both
from fupin_cli.model.difference import Comparison, TableComparison
from fupin_cli.reports.compare_counts import ROW_CLASSES, ColumnTally, by_column, fails, group_counts, table_counts
from fupin_cli.reports.compare_masked import Veil
from fupin_cli.reports.compare_sections import sections
from fupin_cli.reports.compare_sentences import values
from fupin_cli.reports.compare_words import number, percent, said, signed
from fupin_cli.reports.lines import Line, block, heading, printable, spaced
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.page import page_of, write_lines
from fupin_cli.reports.words import Lang, Look
from fupin_cli.reports.wrapping import cut, width

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

TOP = 20  # records of each section
_COLUMNS_SHOWN = 30
_ONE_SIDED_SHOWN = 24
_STYLES = {"only_left": "red", "only_right": "green", "changed": "yellow"}


def to_terminal(comparison: Comparison, look: Look, top: int = TOP) -> str:
    """Return the page; `top` is how many records each section shows, 0 for all."""
    console, page = page_of(look)
    veil = Veil(comparison, look.masking)
    write_lines(console, _head(comparison, look))
    for part in (*_classes(comparison, look), *_by_column(comparison, veil, look)):
        console.print(part)
    write_lines(console, _one_sided(comparison, look))
    for lines in sections(comparison, veil, look, top):
        write_lines(console, [*lines, ()])
    write_lines(console, _tail(comparison, look))
    shown = [line.rstrip() for line in page.getvalue().splitlines()]
    return "\n".join(shown).strip("\n") + "\n"


def counts_line(comparison: Comparison, lang: Lang) -> str:
    """Return the counts in one line: the main table's, and of the others what differs."""
    between, stop = (both("，")[lang != "zh"], both("。")[lang != "zh"])
    counted = _counts(comparison, lang)
    return "".join(f"{table}{said('colon', lang)}{between.join(counts)}{stop}" for table, counts in counted).rstrip()


def _counts(comparison: Comparison, lang: Lang) -> list[tuple[str, list[str]]]:
    """Return what the last line says of each table: of the main one all, of the others what differs, if anything does."""
    main, *others = comparison.tables
    counts = {**table_counts(main), **group_counts(comparison)}
    found = [(main.table, [f"{said(name, lang)} {n}" for name, n in counts.items() if n or name in ROW_CLASSES[:4]])]
    for table in others:
        differ = [f"{said(name, lang)} {n}" for name, n in table_counts(table).items() if n and name != "same"]
        found += [(table.table, differ)] if differ else []
    return found


def _head(comparison: Comparison, look: Look) -> list[Line]:
    lang = look.lang
    lines: list[Line] = []
    if comparison.failed_files:
        lines += heading(said("failed", lang))
        for path, zh, en in comparison.failed_files:
            told = en if lang == "en" else zh
            told = told if path in told else f"{path}{said('colon', lang)}{told}"
            lines += block(told, look.width, "    ", "  × ", "bold red")
        lines.append(())
    if comparison.notes:
        lines += heading(said("notes", lang))
        for note in comparison.notes:
            lines += block(note[lang == "en"], look.width, "    ", "  ! ", "yellow")
        lines.append(())
    lines += heading(said("title", lang))
    for side, files in (("left", comparison.left), ("right", comparison.right)):
        lines += block(files, look.width, "         ", f"  {said(side, lang).ljust(5 if lang == 'en' else 1)}  ")
    for table in comparison.tables:
        lines += _met(table, look)
    return [*lines, ()]


def _met(table: TableComparison, look: Look) -> list[Line]:
    """How many rows a table has on each side, and how they were met."""
    lang = look.lang
    rows = said("rows", lang, left=number(table.rows[0]), right=number(table.rows[1]))
    n = sum(table.keys.values())
    met = said("met", lang, n=number(n)) if n else said("met_none", lang)
    if n:
        ways = said("and", lang).join(f"{way} {number(pairs)}" for way, pairs in table.keys.items())
        met += both("（{ways}）", ways=ways)[lang != "zh"]
    between = both("；")[lang != "zh"]
    return block(f"{rows}{between}{met}", look.width, "      ", f"  {table.table}  ")


def _table(first: str, heads: list[str], last: str = "") -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0), header_style="")
    table.add_column(f"  {first}", overflow="fold")
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    if last:
        table.add_column(last, no_wrap=True)
    return table


def _classes(comparison: Comparison, look: Look) -> "Iterable[RenderableType]":
    """One row a class, one column a table."""
    from rich.text import Text

    counts = [table_counts(each) for each in comparison.tables]
    table = _table(said("classes", look.lang), [each.table for each in comparison.tables])
    for name in ROW_CLASSES:
        numbers = [each[name] for each in counts]
        if any(numbers) or name in ROW_CLASSES[:4]:
            style = _STYLES.get(name, "") if any(numbers) else "dim"
            table.add_row(Text(f"  {said(name, look.lang)}", style=style), *(number(n) if n else "" for n in numbers))
    for name, n in group_counts(comparison).items():
        if n:
            table.add_row(Text(f"  {said(name, look.lang)}", style="cyan"), number(n))
    yield table
    yield Text()


def _by_column(comparison: Comparison, veil: Veil, look: Look) -> "Iterable[RenderableType]":
    """Which columns differ most, and how."""
    from rich.text import Text

    tallies = by_column(comparison.tables)
    if not tallies:
        return
    lang = look.lang
    several = len(comparison.tables) > 1
    yield Text(said("by_column", lang), style="bold")
    keys = ("cells", "share", "filled", "emptied", "up", "down", "most")
    kept = [key for key in keys if key == "cells" or any(getattr(tally, key) for tally in tallies)]
    heads = [said(key, lang) for key in kept]
    names = [_named(tally, several=several) for tally in tallies[:_COLUMNS_SHOWN]]
    rows = [[_cell(tally, key) for key in kept] for tally in tallies[:_COLUMNS_SHOWN]]
    taken = max(map(width, [*names, said("column", lang)])) + 5
    taken += sum(2 + max(map(width, column)) for column in zip(heads, *rows, strict=True))
    table = _table(said("column", lang), heads, said("example", lang))
    for tally, name, row in zip(tallies, names, rows, strict=False):
        example = cut(_example(tally, veil, lang), look.width - taken)
        table.add_row(Text(f"  {name}"), *row, Text(example))
    yield table
    if len(tallies) > _COLUMNS_SHOWN:
        yield Text("  … " + said("more", lang, n=len(tallies) - _COLUMNS_SHOWN))
    yield Text()


def _named(tally: ColumnTally, *, several: bool) -> str:
    name = cut(printable(tally.column), 24)
    return f"{name}（{tally.table}）" if several and tally.table != "人" else name


def _cell(tally: ColumnTally, key: str) -> str:
    value = getattr(tally, key)
    if not value:
        return ""
    if key == "share":
        return percent(value)
    return signed(value) if key == "most" else number(value)


def _example(tally: ColumnTally, veil: Veil, lang: Lang) -> str:
    left, right = values(veil.change(tally.example), veil, lang)
    return printable(f"{left} → {right}")


def _one_sided(comparison: Comparison, look: Look) -> list[Line]:
    """Columns that only one side has."""
    lines: list[Line] = []
    for table in comparison.tables:
        for key, columns in (
            ("only_columns_left", table.columns_only_left),
            ("only_columns_right", table.columns_only_right),
        ):
            if columns:
                told = said("and", look.lang).join(columns[:_ONE_SIDED_SHOWN])
                rest = len(columns) - _ONE_SIDED_SHOWN
                lines += block(f"{table.table} {said(key, look.lang)}", look.width, "  ")
                lines += block(f"{told} … (+{rest})" if rest > 0 else told, look.width, "    ")
    return [*lines, ()] if lines else []


def _tail(comparison: Comparison, look: Look) -> list[Line]:
    lines: list[Line] = []
    if not fails(comparison, ["any"]):
        lines += block(said("none", look.lang), look.width, "", style="bold green")
    lines += block(masking_line(look), look.width, "")
    for table, counts in _counts(comparison, look.lang):
        shown = spaced([table, *counts], look.width, "")
        lines += [tuple((text, "bold") for text, _ in line) for line in shown]
    return lines

"""Turn an Audit into the report a terminal shows: doubts first, then sums, findings, rules not run, counts."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fupin_cli.model.audit import Audit
from fupin_cli.model.rule import SEVERITIES, NotRun
from fupin_cli.reports.acceptance import acceptance_lines
from fupin_cli.reports.findings_text import finding_lines
from fupin_cli.reports.lines import Line, block, heading, spaced
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.page import page_of
from fupin_cli.reports.summary import (
    Tally,
    by_theme,
    by_township,
    counts_line,
    doubts_of,
    notes_of,
    region_of,
    severity_heads,
)
from fupin_cli.reports.words import Look, reason_remedy, reason_word, theme_word, word

if TYPE_CHECKING:
    from rich.console import RenderableType

_DOUBTS_SHOWN = 20
_MISSING_SHOWN = 12


def lines(audit: Audit, look: Look) -> Iterator[str]:
    """Return the text form `terminal`."""
    yield to_terminal(audit, look)


def to_terminal(audit: Audit, look: Look) -> str:
    """Return the report as text of `look.width` columns, with colours when the look has them."""
    console, page = page_of(look)
    for part in _parts(audit, look):
        console.print(part, no_wrap=True, overflow="ignore", crop=False)
    lines = [line.rstrip() for line in page.getvalue().splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def _parts(audit: Audit, look: Look) -> "Iterable[RenderableType]":
    yield from _printed([*_head(audit, look), *_facts(audit, look)])
    if look.statistics:
        from fupin_cli.reports.statistics_text import statistics_parts

        for part in statistics_parts(audit, look):
            yield from _printed(part) if isinstance(part, list) else [part]
        yield from _printed(_tail(audit, look))
        return
    if audit.findings and not look.group:
        themes = [(theme_word(tally.name, look.lang), tally) for tally in by_theme(audit.findings)]
        yield from _table("by_theme", "theme", themes, look, sizes=False)
        townships = by_township(audit)
        if len(townships) > 1:
            unknown = word("unknown_township", look.lang)
            yield from _table("by_township", "township", [(t.name or unknown, t) for t in townships], look, sizes=True)
    yield from _printed([*finding_lines(audit, look), *_unknown(audit, look), *_not_run(audit, look)])
    yield from _printed(_tail(audit, look))


def _printed(lines: list[Line]) -> "Iterable[RenderableType]":
    from rich.text import Text

    for line in lines:
        text = Text()
        for part, style in line:
            text.append(part, style=style)
        yield text


def _head(audit: Audit, look: Look) -> list[Line]:
    """What to know before reading on: files not read, assumptions, doubtful headings."""
    lines: list[Line] = []
    if audit.failed_files:
        colon = word("colon", look.lang)
        lines += heading(word("failed", look.lang))
        for path, zh, en in audit.failed_files:
            told = en if look.lang == "en" else zh
            lines += block(told if path in told else f"{path}{colon}{told}", look.width, "  ", "  × ", "bold red")
        lines.append(())
    notes = notes_of(audit, look.lang)
    if notes:
        lines += heading(word("notes", look.lang))
        for note in notes:
            lines += block(note, look.width, "    ", "  ! ", "yellow")
        lines.append(())
    return lines + _doubts(audit, look)


def _doubts(audit: Audit, look: Look) -> list[Line]:
    places = doubts_of(audit, look.lang)
    if not places:
        return []
    colon = word("colon", look.lang)
    lines = heading(word("doubts", look.lang))
    for doubt, where in list(places.items())[:_DOUBTS_SHOWN]:
        several = f" (×{len(where)})" if len(where) > 1 else ""
        lines += block(f"{where[0]}{several}{colon}{doubt}", look.width, "    ", "  ? ", "yellow")
    if len(places) > _DOUBTS_SHOWN:
        lines += block(word("more_doubts", look.lang, n=len(places) - _DOUBTS_SHOWN), look.width, "    ")
    return [*lines, ()]


def _facts(audit: Audit, look: Look) -> list[Line]:
    files = len({layout.sheet.file for layout in audit.layouts})
    parts = [
        f"{word('as_of', look.lang)} {audit.as_of.isoformat()}" if audit.as_of else "",
        f"{word('region', look.lang)} {region_of(audit)}" if audit.region else "",
        f"{word('profile', look.lang)} {audit.profile}" if audit.profile else "",
        word("sizes", look.lang, files=files),
        f"{audit.households} {word('households', look.lang)}",
        f"{audit.persons} {word('persons', look.lang)}",
    ]
    accepted = [line for told in acceptance_lines(audit, look.lang) for line in block(told, look.width, "    ", "  ")]
    return [*heading(word("title", look.lang)), *spaced([part for part in parts if part], look.width), *accepted, ()]


def _table(
    title: str, first: str, rows: list[tuple[str, Tally]], look: Look, *, sizes: bool
) -> "Iterable[RenderableType]":
    """A summary: one row a theme or township, one column a severity."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    yield from _printed(heading(word(title, look.lang)))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), header_style="")
    table.add_column(f"  {word(first, look.lang)}", overflow="fold")
    size_heads = [word("households", look.lang), word("persons", look.lang)] if sizes else []
    for head in [*size_heads, *severity_heads(look.lang), word("total", look.lang)]:
        table.add_column(head, justify="right", no_wrap=True)
    for name, tally in rows:
        sizes_shown = [str(tally.households or ""), str(tally.persons or "")] if sizes else []
        counts = [str(tally.severities[severity] or "") for severity in SEVERITIES]
        table.add_row(Text(f"  {name}"), *sizes_shown, *counts, str(tally.total))
    yield table
    yield Text()


def _unknown(audit: Audit, look: Look) -> list[Line]:
    """The verdicts that could not be given, the rules with most of them first."""
    unknown = sorted(
        ((counts.unknown, rule) for rule, counts in audit.counts.items() if counts.unknown),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if not unknown:
        return []
    said = word("unknown_line", look.lang, n=sum(n for n, _ in unknown), rules=len(unknown))
    shown = [f"{rule} ×{n}" for n, rule in unknown[:_MISSING_SHOWN]]
    if len(unknown) > _MISSING_SHOWN:
        shown.append("…")
    return [
        *heading(word("unknown_heading", look.lang)),
        *block(said, look.width, "  "),
        *spaced(shown, look.width),
        (),
    ]


def _not_run(audit: Audit, look: Look) -> list[Line]:
    """The rules that did not run, under their reasons; many lacking columns are told in one list."""
    if not audit.not_run:
        return []
    lines = heading(word("not_run", look.lang))
    reasons = dict.fromkeys(skipped.reason for skipped in audit.not_run)
    for reason in reasons:
        group = [skipped for skipped in audit.not_run if skipped.reason == reason]
        why = f"{reason_word(reason, look.lang)} ({len(group)})"
        said = word("colon", look.lang).join((why, reason_remedy(reason, look.lang)))
        lines += block(said, look.width, "  ", style="bold")
        lines += _missing(group, look)
    return [*lines, ()]


def _missing(group: list[NotRun], look: Look) -> list[Line]:
    colon = word("colon", look.lang)
    rules: dict[tuple[str, ...], list[str]] = {}
    for skipped in group:
        rules.setdefault(skipped.missing, []).append(skipped.rule)
    if len(rules) > _MISSING_SHOWN:
        columns = list(dict.fromkeys(name for missing in rules for name in missing))
        parts = {"missing": columns, "rule": [skipped.rule for skipped in group]}
        return [
            line
            for key, names in parts.items()
            for line in block(", ".join(names), look.width, "      ", f"    {word(key, look.lang)}{colon}")
        ]
    lines: list[Line] = []
    for missing, ids in rules.items():
        what = f"{', '.join(missing)}{colon}" if missing else ""
        lines += block(f"{what}{', '.join(ids)}", look.width, "      ", "    ")
    return lines


def _tail(audit: Audit, look: Look) -> list[Line]:
    lines = block(word("ran", look.lang, run=len(audit.counts), not_run=len(audit.not_run)), look.width, "")
    lines += block(masking_line(look), look.width, "")
    return lines + block(counts_line(audit, look.lang), look.width, "", style="bold")

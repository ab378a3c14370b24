"""The rows of a long table → its first rows, and the rest folded under them."""

from collections.abc import Sequence

from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import attributes, html_text
from fupin_cli.reports.words import Lang

Head = tuple[str, bool]  # the word over a column, and whether numbers stand in it


def folded(style: str, heads: Sequence[Head], rows: Sequence[str], shown: int, lang: Lang) -> str:
    """Return a table of rows of markup; where a few more than `shown` would be folded, none is."""
    if len(rows) <= shown + shown // 2:
        return _table(style, heads, rows)
    more = page_word("more_notes", lang, n=len(rows) - shown)
    rest = _table(style, heads, rows[shown:])
    return f'{_table(style, heads, rows[:shown])}<details class="more"><summary>{more}</summary>{rest}</details>\n'


def _table(style: str, heads: Sequence[Head], rows: Sequence[str]) -> str:
    cells = "".join(
        f'<th scope="col"{attributes(class_="n" if number else None)}>{html_text(head)}</th>' for head, number in heads
    )
    return f'<table class="plain {style}"><thead><tr>{cells}</tr></thead><tbody>\n{"".join(rows)}</tbody></table>\n'


def row(first: str, texts: Sequence[str], numbers: Sequence[str] = (), more: Sequence[str] = ()) -> str:
    """Return a row: what heads it, its texts, its numbers, more texts."""
    cells = "".join(f"<td>{html_text(each)}</td>" for each in texts)
    cells += "".join(f'<td class="n">{html_text(each)}</td>' for each in numbers)
    cells += "".join(f"<td>{html_text(each)}</td>" for each in more)
    return f'<tr><th scope="row">{html_text(first)}</th>{cells}</tr>\n'

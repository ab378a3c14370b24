"""A severity in, its shape and word for the page out: a colour alone never tells it."""

from collections import Counter

from fupin_cli.catalogue import both
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.markup import counted, html_text
from fupin_cli.reports.words import Lang, severity_word

_SHAPES = {"error": "M0 0H10V10H0Z", "warning": "M5 0L10 10H0Z", "notice": "M5 0A5 5 0 1 1 4.99 0Z"}


def mark(severity: str) -> str:
    """Return the shape: a square, a triangle, a disc."""
    path = f'<path d="{_SHAPES[severity]}"/>'
    return f'<svg class="mark sev-{severity}" viewBox="0 0 10 10" aria-hidden="true" focusable="false">{path}</svg>'


def marked(severity: str, lang: Lang) -> str:
    """Return the shape and the word."""
    return f'<span class="sev sev-{severity}">{mark(severity)}{html_text(severity_word(severity, lang))}</span>'


def told(severities: Counter[str], lang: Lang) -> str:
    """Return `错误 3，疑点 1`."""
    parts = [f"{severity_word(each, lang)} {counted(severities[each])}" for each in SEVERITIES if severities[each]]
    return both("，")[lang == "en"].join(parts)


def split(severities: Counter[str], of: int) -> str:
    """Return the pieces of a bar, each severity as wide as its share of `of`."""
    return "".join(
        f'<i class="fill-{each}" style="width:{100 * severities[each] / of:.2f}%"></i>'
        for each in SEVERITIES
        if severities[each]
    )

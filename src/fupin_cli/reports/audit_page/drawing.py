"""Numbers and texts in, the pieces of an inline SVG drawing and of the table beside it out."""

from collections.abc import Iterable, Sequence
from math import log10

from fupin_cli.reports.markup import attributes, counted, html_text


def svg(name: str, title: str, told: str, size: tuple[int, int], parts: Iterable[str]) -> str:
    """Return a drawing that a screen reader can name and describe."""
    return (
        f'<svg viewBox="0 0 {size[0]} {size[1]}" role="img" aria-labelledby="{name}-t {name}-d" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{name}-t">{html_text(title)}</title><desc id="{name}-d">{html_text(told)}</desc>{"".join(parts)}</svg>\n'
    )


def bar(x: float, y: float, width: float, height: float, style: str, said: str = "") -> str:
    """Return a filled bar, with what is shown when the mouse rests on it; nothing where it has no length."""
    if width <= 0 or height <= 0:
        return ""
    shape = f'<rect class="bar {style}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f"{shape}><title>{html_text(said)}</title></rect>" if said else f"{shape}/>"


def label(x: float, y: float, said: str, style: str = "", anchor: str = "middle") -> str:
    """Return a word of the drawing; `anchor` is start, middle or end."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{attributes(class_=style or None)}>{html_text(said)}</text>'


def stroke(ends: tuple[float, float, float, float], style: str) -> str:
    """Return a straight line from x, y to x, y."""
    x1, y1, x2, y2 = ends
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def ticks(highest: int, most: int = 5) -> list[int]:
    """Return round numbers from 0 to the first at or above `highest`, about `most` steps of them."""
    if highest <= 0:
        return [0, 1]
    rough = highest / most
    power = 10 ** max(0, int(log10(rough)) if rough >= 1 else 0)
    step = next(int(times * power) for times in (1, 2, 5, 10) if times * power >= rough)
    return list(range(0, -(-highest // step) * step + 1, step))


def table(summary: str, heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """Return the figures of a drawing as a table that can be unfolded; the first cell of a row heads it."""
    shown = "".join(
        f'<th scope="col"{attributes(class_="n" if i else None)}>{html_text(head)}</th>' for i, head in enumerate(heads)
    )
    body = "".join(
        f'<tr><th scope="row">{html_text(str(row[0]))}</th>'
        + "".join(
            f'<td class="n">{counted(cell) if isinstance(cell, int) else html_text(cell)}</td>' for cell in row[1:]
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<details class="data"><summary>{html_text(summary)}</summary>'
        f'<table class="plain"><thead><tr>{shown}</tr></thead><tbody>{body}</tbody></table></details>\n'
    )


def key(entries: Iterable[tuple[str, str]]) -> str:
    """Return the key of a drawing: (style of the bar, what it means)."""
    items = "".join(
        f'<li><svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">{sample(style)}</svg>{html_text(said)}</li>'
        for style, said in entries
    )
    return f'<ul class="key">{items}</ul>\n'


def sample(style: str) -> str:
    """Return the little bar, triangle or dash that stands in a key."""
    if style == "out":
        return triangle(6, 6)
    if style == "limit":
        return stroke((0, 6, 12, 6), style)
    return f'<rect class="bar {style}" width="12" height="12"/>'


def triangle(x: float, y: float) -> str:
    """Return the triangle that marks children out of school, its middle at x, y."""
    return f'<path class="out" d="M{x - 4:.1f} {y + 4:.1f}H{x + 4:.1f}L{x:.1f} {y - 4:.1f}Z"/>'

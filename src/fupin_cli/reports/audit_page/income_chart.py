"""The income bands of Figures → a drawing of how many households lie where, and the 收入线 among them."""

from collections.abc import Iterator

from fupin_cli.model.figures import Figures, IncomeBand, IncomeLine
from fupin_cli.reports.audit_page.drawing import bar, key, label, stroke, svg, table, ticks
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import counted, paragraph
from fupin_cli.reports.words import Lang, Look, word

_WIDTH, _HEIGHT = 560, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 26, 42
_WORD = 14  # the height of a word over the bars
_LINES = 4  # lines that are drawn; more are told under the drawing only
_LABELS = 9  # figures along the foot


def income_chart(figures: Figures, look: Look) -> Iterator[str]:
    """Give the card; where no income could be read it says so."""
    lang = look.lang
    yield f'<div class="card"><h3>{page_word("incomes", lang)}</h3>\n'
    if not any(band.households for band in figures.incomes):
        yield paragraph(page_word("incomes_missing", lang), "absent") + "</div>\n"
        return
    values = sorted({line.value for line in figures.lines})
    yield '<figure class="scroll" tabindex="0">\n'
    yield svg(
        "income",
        page_word("incomes", lang),
        _described(figures, lang),
        (_WIDTH, _HEIGHT),
        _drawn(figures, values, lang),
    )
    yield "</figure>\n"
    yield _key(figures, values, lang)
    yield from (paragraph(_line_told(line, lang), "foot") for line in figures.lines)
    if not figures.lines:
        yield paragraph(page_word("no_line", lang), "foot")
    if figures.no_income:
        yield paragraph(page_word("no_income", lang, n=counted(figures.no_income)), "foot")
    rows = [(_span(band, lang), band.households) for band in figures.incomes]
    yield table(page_word("numbers", lang), (page_word("band", lang), word("households", lang)), rows)
    yield "</div>\n"


def _described(figures: Figures, lang: Lang) -> str:
    mode = max(figures.incomes, key=lambda band: band.households)
    total = sum(band.households for band in figures.incomes)
    parts = {"n": total, "bands": len(figures.incomes), "mode": _span(mode, lang), "most": mode.households}
    told = [page_word("incomes_desc", lang, **parts), *(_line_told(line, lang) for line in figures.lines)]
    return " ".join(told)


def _drawn(figures: Figures, values: list[float], lang: Lang) -> Iterator[str]:
    bands = figures.incomes
    slot = (_WIDTH - _LEFT - _RIGHT) / len(bands)
    grid = ticks(max(band.households for band in bands))
    foot = _HEIGHT - _BOTTOM
    high = (foot - _TOP - _WORD * len(values[:_LINES])) / grid[-1]
    for tick in grid:
        yield stroke((_LEFT, foot - tick * high, _WIDTH - _RIGHT, foot - tick * high), "grid" if tick else "axis")
        yield label(_LEFT - 6, foot - tick * high + 4, counted(tick), "tick", "end")
    yield label(0, 12, word("households", lang), "tick", "start")
    for number, band in enumerate(bands):
        tall = band.households * high
        said = f"{_span(band, lang)}{word('colon', lang)}{page_word('all_bands', lang, n=counted(band.households))}"
        yield bar(_LEFT + number * slot + 1, foot - tall, slot - 2, tall, side(band, values), said)
    yield from _edges(bands, slot, foot)
    yield label((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 6, page_word("incomes_axis", lang), "tick")
    for number, value in enumerate(values[:_LINES]):
        x = _LEFT + slot * position(bands, value)
        y = 13 + _WORD * number  # the next one lower, so that no line runs through a word
        yield stroke((x, y + 4, x, foot), "limit")
        near_end = x > _WIDTH * 0.7
        said = page_word("line", lang, value=money(value))
        yield label(x + (-5 if near_end else 5), y + 4, said, "limit-word", "end" if near_end else "start")


def _edges(bands: tuple[IncomeBand, ...], slot: float, foot: float) -> Iterator[str]:
    """Yield the amounts at the edges of the bands, as many as have room."""
    edges = [(number, band.least) for number, band in enumerate(bands) if band.least is not None]
    if bands[-1].below is not None:
        edges.append((len(bands), bands[-1].below))
    every = -(-len(edges) // _LABELS)
    for number, least in edges[::every]:
        x = _LEFT + number * slot
        yield stroke((x, foot, x, foot + 4), "axis")
        yield label(x, foot + 17, money(least), "tick")


def side(band: IncomeBand, values: list[float]) -> str:
    """Return how a band is filled: below every line, above every line, or where a line runs through it or they part."""
    if not values or (band.least is not None and band.least >= values[-1]):
        return "bar-above"
    if band.below is not None and band.below <= values[0]:
        return "bar-below"
    return "bar-between"


def position(bands: tuple[IncomeBand, ...], value: float) -> float:
    """Return where an amount lies, in bands counted from the left; in an open band its middle."""
    for number, band in enumerate(bands):
        if (band.least is None or band.least <= value) and (band.below is None or value < band.below):
            if band.least is None or band.below is None:
                return number + 0.5
            return number + (value - band.least) / (band.below - band.least)
    first = bands[0].least
    return 0.0 if first is not None and value < first else float(len(bands))


def _key(figures: Figures, values: list[float], lang: Lang) -> str:
    counts = {"bar-below": 0, "bar-between": 0, "bar-above": 0}
    for band in figures.incomes:
        counts[side(band, values)] += band.households
    if not values:
        return key([("bar-above", page_word("all_bands", lang, n=counted(counts["bar-above"])))])
    middle = "straddling" if len(values) == 1 else "between"
    names = {"bar-below": "below", "bar-between": middle, "bar-above": "above"}
    return key([(style, page_word(names[style], lang, n=counted(n))) for style, n in counts.items() if n])


def _line_told(line: IncomeLine, lang: Lang) -> str:
    since = page_word("since", lang, day=line.since) if line.since else ""
    return page_word("line_told", lang, value=money(line.value), place=line.place, since=since, source=line.source)


def _span(band: IncomeBand, lang: Lang) -> str:
    if band.least is None:
        return page_word("under", lang, below=money(band.below or 0.0))
    if band.below is None:
        return page_word("over", lang, least=money(band.least))
    return page_word("from_to", lang, least=money(band.least), below=money(band.below))


def money(value: float) -> str:
    """Return yuan with a comma at every thousand, fen only where there are some."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"

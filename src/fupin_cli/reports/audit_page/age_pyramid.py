"""The age bands of Figures → a pyramid of men and women, children out of school marked beside it."""

from collections.abc import Iterator

from fupin_cli.model.figures import AgeBand, Figures
from fupin_cli.reports.audit_page.drawing import bar, key, label, stroke, svg, table, ticks, triangle
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import counted, paragraph
from fupin_cli.reports.words import Lang, Look

_WIDTH, _TOP, _ROW, _FOOT = 560, 26, 15, 26
_MIDDLE, _GAP, _SIDE = 252, 26, 176  # where the ages stand, half their room, the longest bar
_OUT = 500  # where children out of school are marked


def age_pyramid(figures: Figures, look: Look, *, judged: bool) -> Iterator[str]:
    """Give the card; `judged` tells whether EDU001 ran, so that 0 means nobody."""
    lang = look.lang
    yield f'<div class="card"><h3>{page_word("ages", lang)}</h3>\n'
    if not any(band.men or band.women for band in figures.ages):
        yield paragraph(page_word("ages_missing", lang), "absent") + "</div>\n"
        return
    bands = sorted(figures.ages, key=lambda band: -band.first)
    height = _TOP + _ROW * len(bands) + _FOOT
    yield '<figure class="scroll" tabindex="0">\n'
    yield svg(
        "ages", page_word("ages", lang), _described(figures, lang, judged=judged), (_WIDTH, height), _drawn(bands, lang)
    )
    yield "</figure>\n"
    yield _key(figures, lang, judged=judged)
    if not judged:
        yield paragraph(page_word("out_unjudged", lang), "foot")
    if figures.no_age:
        yield paragraph(page_word("no_age", lang, n=counted(figures.no_age)), "foot")
    heads = [page_word(name, lang) for name in ("age", "men", "women", *(["out_of_school"] if judged else []))]
    rows: list[list[str | int]] = [
        [_span(band, lang), band.men, band.women, *([band.out_of_school] if judged else [])] for band in bands[::-1]
    ]
    yield table(page_word("numbers", lang), heads, rows)
    yield "</div>\n"


def _described(figures: Figures, lang: Lang, *, judged: bool) -> str:
    men, women = sum(band.men for band in figures.ages), sum(band.women for band in figures.ages)
    out = sum(band.out_of_school for band in figures.ages)
    name = "ages_desc" if judged else "ages_desc_unjudged"
    return page_word(name, lang, n=men + women, men=men, women=women, out=out)


def _drawn(bands: list[AgeBand], lang: Lang) -> Iterator[str]:
    grid = ticks(max(max(band.men, band.women) for band in bands), 3)
    long = _SIDE / grid[-1]
    foot = _TOP + _ROW * len(bands)
    for tick in grid:
        for x in {_MIDDLE - _GAP - tick * long, _MIDDLE + _GAP + tick * long}:
            yield stroke((x, _TOP - 4, x, foot), "grid" if tick else "axis")
            yield label(x, foot + 15, counted(tick), "tick")
    yield label(_MIDDLE - _GAP - 6, 12, page_word("men", lang), "", "end")
    yield label(_MIDDLE + _GAP + 6, 12, page_word("women", lang), "", "start")
    if any(band.out_of_school for band in bands):
        yield label(_OUT, 12, page_word("out_of_school", lang), "limit-word")
    for number, band in enumerate(bands):
        y = _TOP + number * _ROW
        if band.out_of_school:
            yield bar(_MIDDLE - _GAP - _SIDE, y, _WIDTH - (_MIDDLE - _GAP - _SIDE), _ROW, "out-row")
        yield label(_MIDDLE, y + 11.5, _short(band), "tick")
        men, women = (f"{_span(band, lang)} {page_word(name, lang)} " for name in ("men", "women"))
        long_men, long_women = band.men * long, band.women * long
        yield bar(_MIDDLE - _GAP - long_men, y + 1, long_men, _ROW - 2, "bar-deep", men + counted(band.men))
        yield bar(_MIDDLE + _GAP, y + 1, long_women, _ROW - 2, "bar-light", women + counted(band.women))
        if band.out_of_school:
            yield triangle(_OUT - 12, y + _ROW / 2)
            yield label(_OUT - 2, y + 11.5, counted(band.out_of_school), "limit-word", "start")


def _key(figures: Figures, lang: Lang, *, judged: bool) -> str:
    entries = [
        ("bar-deep", f"{page_word('men', lang)} {counted(sum(band.men for band in figures.ages))}"),
        ("bar-light", f"{page_word('women', lang)} {counted(sum(band.women for band in figures.ages))}"),
    ]
    if judged:
        entries.append(("out", page_word("out_key", lang, n=sum(band.out_of_school for band in figures.ages))))
    return key(entries)


def _short(band: AgeBand) -> str:
    if band.last is None:
        return f"{band.first}+"
    return f"{band.first}–{band.last}" if band.last > band.first else f"{band.first}"


def _span(band: AgeBand, lang: Lang) -> str:
    return page_word("and_older", lang, n=band.first) if band.last is None else _short(band)

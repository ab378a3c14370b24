"""An Audit → a table of its findings, a row a township and a column a theme, the cells darker where there are more.

Where there is one township only, its villages are the rows.
"""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct, field

from fupin_cli.model.audit import Audit
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import attributes, counted, html_text, paragraph
from fupin_cli.reports.summary import by_theme
from fupin_cli.reports.words import Lang, Look, theme_word, word

_ROWS = 40
_STEPS = 5
_NARROW = 4  # characters of a theme's name that stand on one line


class HeatRow(Struct):
    """One place with its findings."""

    name: str  # "" where no finding says it; the rest of many places is `others`
    households: int = 0  # 0: not known
    themes: Counter[str] = field(default_factory=Counter)
    others: int = 0  # so many places stand in this row

    @property
    def total(self) -> int:
        """Its findings of any theme."""
        return self.themes.total()


def by_villages(audit: Audit) -> bool:
    """Tell whether villages are the rows: no more than one township is known."""
    return (
        len({name for name in audit.townships if name} | {each.township for each in audit.findings if each.township})
        < 2
    )


def rows_of(audit: Audit) -> list[HeatRow]:
    """Return the places, the one with most findings first, what has no place last; a rest stands for what is too many."""
    villages = by_villages(audit)
    rows = {} if villages else {name: HeatRow(name, size[0]) for name, size in audit.townships.items()}
    for finding in audit.findings:
        name = (finding.village if villages else finding.township) or ""
        rows.setdefault(name, HeatRow(name)).themes[finding.rule[:3]] += 1
    named = sorted((row for row in rows.values() if row.name), key=lambda row: -row.total)
    rest = HeatRow("", others=max(0, len(named) - _ROWS))
    for row in named[_ROWS:]:
        rest.themes += row.themes
        rest.households += row.households
    return [*named[:_ROWS], *([rest] if rest.others else []), *([rows[""]] if "" in rows and rows[""].total else [])]


def steps(highest: int) -> list[int]:
    """Return the highest count of each step of the scale, the last one `highest`; fewer where counts are small."""
    return sorted({max(1, round(highest * (step / _STEPS) ** 1.5)) for step in range(1, _STEPS + 1)})


def heat_map(audit: Audit, look: Look) -> Iterator[str]:
    """Give the card with the table and its scale; nothing without findings."""
    if not audit.findings:
        return
    lang = look.lang
    villages = by_villages(audit)
    themes = [tally.name for tally in by_theme(audit.findings)]
    rows = rows_of(audit)
    scale = steps(max(row.themes[theme] for row in rows for theme in themes))
    title = page_word("heat_village" if villages else "heat", lang)
    yield f'<div class="card"><h3 id="heat-title">{title}</h3>{paragraph(page_word("heat_lead", lang), "lead")}\n'
    yield '<div class="scroll" tabindex="0" role="region" aria-labelledby="heat-title"><table class="heat">\n'
    yield _heading(themes, "village" if villages else "township", lang, rates=not villages)
    yield "<tbody>\n"
    for row in rows:
        yield _row(row, themes, scale, lang, villages=villages)
    yield "</tbody>\n"
    yield _totals(audit, rows, themes, lang, rates=not villages)
    yield "</table></div>\n"
    yield _scale(scale, lang)
    yield "</div>\n"


def _heading(themes: list[str], first: str, lang: Lang, *, rates: bool) -> str:
    cells = "".join(f'<th scope="col">{_breakable(theme_word(theme, lang))}</th>' for theme in themes)
    rate = f'<th scope="col" class="sum rate">{page_word("per_hundred", lang)}</th>' if rates else ""
    total = f'<th scope="col" class="sum">{word("total", lang)}</th>{rate}'
    return f'<thead><tr><th scope="col" class="name">{word(first, lang)}</th>{cells}{total}</tr></thead>\n'


def _breakable(name: str) -> str:
    """Return a long Chinese name with one place in its middle where it may be broken."""
    half = -(-len(name) // 2)
    if len(name) <= _NARROW or not all("\u4e00" <= char <= "\u9fff" for char in name):
        return html_text(name)
    return f"{html_text(name[:half])}<wbr>{html_text(name[half:])}"


def _row(row: HeatRow, themes: list[str], scale: list[int], lang: Lang, *, villages: bool) -> str:
    name = row.name or page_word("rest", lang, n=row.others) if row.name or row.others else _nameless(lang, villages)
    filters = None if row.others else attributes(**{f"data_filter_{'village' if villages else 'township'}": row.name})
    cells = "".join(_cell(row, theme, scale, name, filters, lang) for theme in themes)
    link = html_text(name) if filters is None else f'<a href="#findings-section"{filters}>{html_text(name)}</a>'
    spoken = attributes(lang="zh-CN" if lang == "en" and row.name else None, title=name)
    rate = "" if villages else f'<td class="sum rate">{_rate(row.total, row.households)}</td>'
    return f'<tr><th scope="row"{spoken}>{link}</th>{cells}<td class="sum">{counted(row.total)}</td>{rate}</tr>\n'


def _cell(row: HeatRow, theme: str, scale: list[int], name: str, filters: str | None, lang: Lang) -> str:
    count = row.themes[theme]
    if not count:
        return '<td class="h0"><span class="sr-only">0</span></td>'
    step = next(number for number, highest in enumerate(scale) if count <= highest)
    shade = f"h{_shade(step, scale)}"
    if filters is None:
        return f'<td class="{shade}">{counted(count)}</td>'
    told = page_word("heat_cell", lang, place=name, theme=theme_word(theme, lang), n=count)
    link = f'<a href="#findings-section"{filters}{attributes(data_filter_theme=theme, aria_label=told)}>{counted(count)}</a>'
    return f'<td class="{shade}">{link}</td>'


def _shade(step: int, scale: list[int]) -> int:
    """Return the shade of a step: of a short scale the middle ones, for few findings are not the darkest."""
    return step + 1 + (_STEPS - len(scale)) // 2


def _totals(audit: Audit, rows: list[HeatRow], themes: list[str], lang: Lang, *, rates: bool) -> str:
    sums = [sum(row.themes[theme] for row in rows) for theme in themes]
    cells = "".join(
        f'<td><a href="#findings-section"{attributes(data_filter_theme=theme)}>{counted(n)}</a></td>'
        for theme, n in zip(themes, sums, strict=True)
    )
    rate = f'<td class="sum rate">{_rate(sum(sums), audit.households)}</td>' if rates else ""
    total = f'<td class="sum">{counted(sum(sums))}</td>{rate}'
    return f'<tfoot><tr><th scope="row">{word("total", lang)}</th>{cells}{total}</tr></tfoot>\n'


def _nameless(lang: Lang, villages: bool) -> str:
    return page_word("unknown_village", lang) if villages else word("unknown_township", lang)


def _rate(findings: int, households: int) -> str:
    return f"{100 * findings / households:,.1f}" if households else "–"


def _scale(scale: list[int], lang: Lang) -> str:
    items = ['<li><i class="h0"></i>0</li>']
    least = 1
    for number, highest in enumerate(scale):
        span = f"{least}–{highest}" if highest > least else f"{highest}"
        items.append(f'<li><i class="h{_shade(number, scale)}"></i>{span}</li>')
        least = highest + 1
    return f'<ul class="scale"><li>{page_word("scale", lang)}</li>{"".join(items)}</ul>\n'

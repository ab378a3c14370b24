"""An Audit → the figures at the top of the page: what was checked, what was found, what the rules could say."""

from collections import Counter
from collections.abc import Iterator

from fupin_cli.catalogue import both
from fupin_cli.model.audit import Audit
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.audit_page.marks import mark, split
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import attributes, counted, html_text
from fupin_cli.reports.words import Lang, Look, severity_word, word


def tiles(audit: Audit, look: Look) -> Iterator[str]:
    """Give the three tiles; a count of a severity leads to the list."""
    lang = look.lang
    yield f'<section id="overview" aria-labelledby="overview-title"><h2 id="overview-title" class="sr-only">{page_word("overview", lang)}</h2>\n'
    yield '<div class="tiles">\n'
    yield _tile("checked", _checked(audit, lang), _checked_under(audit, lang), lang)
    yield _tile("found", _found(audit, lang), _found_under(audit, lang), lang, wide=True)
    yield _tile("rules_tile", _judged(audit, lang), "", lang)
    yield "</div></section>\n"


def _tile(title: str, body: str, under: str, lang: Lang, *, wide: bool = False) -> str:
    style = "card wide" if wide else "card"
    below = f'<p class="under">{html_text(under)}</p>' if under else ""
    return f'<div class="{style}"><h3>{page_word(title, lang)}</h3>\n{body}\n{below}</div>\n'


def _number(count: int, unit: str, *, lesser: bool = False) -> str:
    style = "number lesser" if lesser else "number"
    return f'<span class="{style}"><b>{counted(count)}</b><span>{html_text(unit)}</span></span> '


def _checked(audit: Audit, lang: Lang) -> str:
    numbers = _number(audit.households, word("households", lang)) + _number(audit.persons, word("persons", lang))
    return f'<div class="numbers">{numbers}</div>'


def _checked_under(audit: Audit, lang: Lang) -> str:
    parts = [page_word("townships", lang, n=len([name for name in audit.townships if name]))] if audit.townships else []
    parts.append(page_word("sheets", lang, n=len(audit.layouts)))
    return " · ".join(parts)


def _found(audit: Audit, lang: Lang) -> str:
    severities = Counter[str](finding.severity for finding in audit.findings)
    numbers = [_number(len(audit.findings), page_word("places", lang))]
    for each in SEVERITIES:
        said = f"{mark(each)}<b>{counted(severities[each])}</b><span>{html_text(severity_word(each, lang))}</span>"
        where = attributes(href="#findings-section", data_filter_severity=each)
        numbers.append(f'<a class="number lesser sev-{each}"{where}>{said}</a> ')
    bar = f'<div class="split" aria-hidden="true">{split(severities, max(1, len(audit.findings)))}</div>'
    return f'<div class="numbers">{"".join(numbers)}</div>{bar}'


def _found_under(audit: Audit, lang: Lang) -> str:
    households = {finding.household for finding in audit.findings if finding.household}
    parts = []
    if households and audit.households:
        rate = f"{100 * len(audit.findings) / audit.households:,.1f}"
        parts.append(page_word("households_hit", lang, n=counted(len(households)), rate=rate))
    if audit.accepted:
        parts.append(page_word("accepted_count", lang, n=counted(audit.accepted)))
    return both("，")[lang == "en"].join(parts)


def _judged(audit: Audit, lang: Lang) -> str:
    unknown = sum(counts.unknown for counts in audit.counts.values())
    ran = _number(len(audit.counts), page_word("rules_run", lang), lesser=True)
    waiting = _leading(len(audit.not_run), page_word("rules_not_run", lang), "#not-run")
    unclear = _leading(unknown, page_word("unknown", lang), "#unknown")
    return f'<div class="numbers">{ran}{waiting}</div><div class="numbers">{unclear}</div>'


def _leading(count: int, unit: str, anchor: str) -> str:
    """Return a number that leads to its section, where there is one."""
    if not count:
        return _number(count, unit, lesser=True)
    return (
        f'<a class="number lesser"{attributes(href=anchor)}><b>{counted(count)}</b><span>{html_text(unit)}</span></a> '
    )

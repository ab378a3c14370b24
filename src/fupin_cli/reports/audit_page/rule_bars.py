"""An Audit → bars of the rules and of the villages with the most findings."""

from collections import Counter
from collections.abc import Iterator

from fupin_cli.model.audit import Audit
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.audit_page.marks import mark, split, told
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import attributes, counted, html_text, paragraph
from fupin_cli.reports.words import Lang, Look, rule_name

_BARS = 12
_Bar = tuple[str, str, Counter[str]]  # the attributes of its link, its words, its findings by severity


def bars(audit: Audit, look: Look) -> Iterator[str]:
    """Give both cards side by side; nothing without findings."""
    if not audit.findings:
        return
    yield '<div class="pair">\n'
    yield _card("worst_rules", _rules(audit, look.lang), look.lang)
    yield _card("worst_villages", _villages(audit), look.lang)
    yield "</div>\n"


def _rules(audit: Audit, lang: Lang) -> list[_Bar]:
    tallies: dict[str, Counter[str]] = {}
    for finding in audit.findings:
        tallies.setdefault(finding.rule, Counter())[finding.severity] += 1
    most = sorted(tallies.items(), key=lambda pair: (-pair[1].total(), pair[0]))[:_BARS]
    return [
        (
            attributes(data_filter_rule=rule),
            f'{mark(worst(severities))}<span class="what">{html_text(rule_name(audit.rules.get(rule), lang))}</span>'
            f'<span class="id">{html_text(rule)}</span>',
            severities,
        )
        for rule, severities in most
    ]


def _villages(audit: Audit) -> list[_Bar]:
    tallies: dict[tuple[str, str], Counter[str]] = {}
    for finding in audit.findings:
        if finding.village:
            tallies.setdefault((finding.township or "", finding.village), Counter())[finding.severity] += 1
    most = sorted(tallies.items(), key=lambda pair: (-pair[1].total(), pair[0]))[:_BARS]
    return [
        (
            attributes(data_filter_township=township or None, data_filter_village=village),
            f'<span class="what">{html_text(village)}</span><span class="id">{html_text(township)}</span>',
            severities,
        )
        for (township, village), severities in most
    ]


def worst(severities: Counter[str]) -> str:
    """Return the worst severity that is counted."""
    return next(each for each in SEVERITIES if severities[each])


def _card(title: str, rows: list[_Bar], lang: Lang) -> str:
    if not rows:
        return f'<div class="card"><h3>{page_word(title, lang)}</h3>{paragraph(page_word("no_villages", lang), "absent")}</div>\n'
    highest = rows[0][2].total()
    items = "".join(
        f'<li><a href="#findings-section"{filters}{attributes(title=_said(severities, lang))}>{words}</a>'
        f'<div class="measure"><div class="track" aria-hidden="true">{split(severities, highest)}</div>'
        f'<span class="n">{counted(severities.total())}</span></div></li>\n'
        for filters, words, severities in rows
    )
    return f'<div class="card"><h3>{page_word(title, lang)}</h3><ol class="bars">\n{items}</ol></div>\n'


def _said(severities: Counter[str], lang: Lang) -> str:
    return page_word("bar_told", lang, n=severities.total(), parts=told(severities, lang))

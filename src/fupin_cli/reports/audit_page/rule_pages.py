"""An Audit → a folded page for each rule with findings: why it asks, on what basis, what to do, how often it said what."""

import re
from collections import Counter
from collections.abc import Iterator

from fupin_cli.model.audit import Audit, Counts
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import ASKED_OF, Rule
from fupin_cli.reports.audit_page.marks import marked, told
from fupin_cli.reports.audit_page.rule_bars import worst
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import attributes, counted, html_text, paragraph
from fupin_cli.reports.summary import ordered
from fupin_cli.reports.words import Lang, Look, basis_text, rule_name, word

_VERDICTS = ("passed", "failed_count", "unknown", "not_applicable", "silenced")


def rule_pages(audit: Audit, look: Look) -> Iterator[str]:
    """Give the section; nothing without findings."""
    groups = ordered(audit.findings)
    if not groups:
        return
    yield f'<section id="rules" aria-labelledby="rules-title"><h2 id="rules-title">{page_word("rules", look.lang)}</h2>\n'
    yield paragraph(page_word("rules_lead", look.lang, n=len(groups)), "lead") + '<div class="card long rules">\n'
    for rule, findings in groups:
        yield from _page(rule, findings, audit, look.lang)
    yield "</div></section>\n"


def rule_anchor(rule: str) -> str:
    """Return the id of a rule's page: rule-EDU001."""
    return "rule-" + re.sub(r"[^\w-]", "-", rule)


def _page(id_: str, findings: list[Finding], audit: Audit, lang: Lang) -> Iterator[str]:
    rule = audit.rules.get(id_)
    severities = Counter[str](finding.severity for finding in findings)
    yield f'<details class="rule"{attributes(id=rule_anchor(id_))}><summary><span class="line">{marked(worst(severities), lang)}'
    yield f'<span class="id">{html_text(id_)}</span><span class="name">{html_text(rule_name(rule, lang))}</span>'
    yield f'<span class="n"{attributes(title=told(severities, lang))}><b>{counted(len(findings))}</b></span></span></summary>\n'
    yield '<div class="inside"><dl>\n'
    for name, said in _texts(rule, findings[0], lang):
        yield f"<dt>{html_text(name)}</dt><dd>{html_text(said or page_word('no_text', lang))}</dd>\n"
    yield "</dl>\n<div>"
    yield from _counts(id_, audit, lang)
    shown = page_word("show_in_list", lang, n=counted(len(findings)))
    yield f'<a class="go" href="#findings-section"{attributes(data_filter_rule=id_)}>{shown}</a></div></div></details>\n'


def _texts(rule: Rule | None, finding: Finding, lang: Lang) -> list[tuple[str, str]]:
    """Return why, basis and remedy; of a rule that is not in the audit what its finding says."""
    english = lang == "en"
    if rule is None:
        return [(word("basis", lang), finding.basis)]
    return [
        (word("why", lang), rule.why_en or rule.why if english else rule.why),
        (word("basis", lang), basis_text(rule)),
        (word("fix", lang), rule.fix_en or rule.fix if english else rule.fix),
    ]


def counts_of(rule: str, audit: Audit) -> list[tuple[str, Counts]]:
    """Return the counts of a rule, (list, counts): more than one where it is asked of several lists."""
    return [
        (id_.partition(ASKED_OF)[2], counts)
        for id_, counts in audit.counts.items()
        if id_.partition(ASKED_OF)[0] == rule
    ]


def _counts(id_: str, audit: Audit, lang: Lang) -> Iterator[str]:
    found = counts_of(id_, audit)
    rule = audit.rules.get(id_)
    if not found:
        yield paragraph(page_word("no_counts", lang), "absent")
    for name, counts in found:
        caption = f"<caption>{html_text(page_word('of_list', lang, name=name))}</caption>" if name else ""
        heads = [page_word(head, lang) for head in ("verdict", "rows", "share")]
        shown = "".join(
            f'<th scope="col"{attributes(class_="n" if i else None)}>{head}</th>' for i, head in enumerate(heads)
        )
        yield f'<table class="plain verdicts">{caption}<thead><tr>{shown}</tr></thead><tbody>'
        yield from _verdicts(counts, lang, by_row=rule is None or rule.kind == "rule")
        yield "</tbody></table>\n"


def _verdicts(counts: Counts, lang: Lang, *, by_row: bool) -> Iterator[str]:
    """Yield a row each verdict; of a rule of the reader, which does not count what it found in order, only what it counts."""
    numbers = (counts.passed, counts.failed, counts.unknown, counts.not_applicable, counts.silenced)
    total = sum(numbers[:4])
    for verdict, n in zip(_VERDICTS, numbers, strict=True):
        if n or (by_row and verdict != "silenced"):
            share = f"{100 * n / total:.1f}%" if by_row and total and verdict != "silenced" else ""
            yield f'<tr><th scope="row">{word(verdict, lang)}</th><td class="n">{counted(n)}</td><td class="n">{share}</td></tr>'

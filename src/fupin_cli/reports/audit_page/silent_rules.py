"""An Audit → what the rules could not say: those that did not run, with the remedy, and verdicts that could not be given."""

import re
from collections.abc import Iterator

from fupin_cli.catalogue import both
from fupin_cli.model.audit import Audit
from fupin_cli.model.rule import NotRun, Rule
from fupin_cli.reports.audit_page.folding import folded, row
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import counted, html_text, paragraph
from fupin_cli.reports.words import Lang, Look, reason_remedy, reason_word, rule_name, word

_SHOWN = 12  # rows that are not folded
_TOKEN = re.compile(
    r"""'[^']*'|"([^"]+)"|([^\W\d]\w*)\s*(\()?"""
)  # a text, a quoted name, or a name and whether it is called
_SQL = frozenset(
    [
        "AND",
        "OR",
        "NOT",
        "IN",
        "IS",
        "NULL",
        "LIKE",
        "BETWEEN",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "TRUE",
        "FALSE",
        "DATE",
        "CAST",
        "AS",
    ]
)


def not_run(audit: Audit, look: Look) -> Iterator[str]:
    """Give the section of rules that did not run, under their reasons; nothing when all did."""
    if not audit.not_run:
        return
    lang = look.lang
    yield '<section id="not-run" aria-labelledby="not-run-title">'
    yield f'<h2 id="not-run-title">{word("not_run", lang)}<span class="count">{len(audit.not_run)}</span></h2>\n'
    yield paragraph(page_word("not_run_lead", lang, n=len(audit.not_run)), "lead")
    for reason in dict.fromkeys(skipped.reason for skipped in audit.not_run):
        group = [skipped for skipped in audit.not_run if skipped.reason == reason]
        n = page_word("rules_of", lang, n=len(group))
        yield f'<div class="card long"><h3>{html_text(reason_word(reason, lang))}<span class="count"> {n}</span></h3>\n'
        yield f'<p class="remedy"><b>{word("remedy", lang)}</b>{word("colon", lang)}{html_text(reason_remedy(reason, lang))}</p>\n'
        yield _lacking(group, audit, lang)
        yield "</div>\n"
    yield "</section>\n"


def _lacking(group: list[NotRun], audit: Audit, lang: Lang) -> str:
    rules: dict[tuple[str, ...], list[str]] = {}
    for skipped in group:
        name = f"{skipped.rule} {rule_name(audit.rules.get(skipped.rule), lang)}"
        rules.setdefault(skipped.missing, []).append(name.strip())
    comma = both("、")[lang == "en"]
    heads = [(page_word(head, lang), False) for head in ("lacking", "of_rules")]
    rows = [row(comma.join(dict.fromkeys(missing)) or "–", [comma.join(names)]) for missing, names in rules.items()]
    return folded("lacking", heads, rows, _SHOWN, lang)


def unknown(audit: Audit, look: Look) -> Iterator[str]:
    """Give the section of verdicts that could not be given, the rule with most of them first; nothing without any."""
    lang = look.lang
    found = sorted(
        ((counts.unknown, rule) for rule, counts in audit.counts.items() if counts.unknown),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if not found:
        return
    total = sum(n for n, _ in found)
    yield '<section id="unknown" aria-labelledby="unknown-title">'
    yield f'<h2 id="unknown-title">{word("unknown_heading", lang)}<span class="count">{counted(total)}</span></h2>\n'
    yield paragraph(page_word("unknown_lead", lang, n=counted(total), rules=len(found)), "lead")
    heads = [(word("rule", lang), False), (word("name", lang), False), (page_word("asks", lang), False)]
    heads += [(word("unknown", lang), True), (page_word("rows", lang), True)]
    rows = []
    for n, id_ in found:
        rule, counts = audit.rules.get(id_), audit.counts[id_]
        judged = counts.passed + counts.failed + counts.unknown + counts.not_applicable
        rows.append(row(id_, (rule_name(rule, lang), _asks(rule, lang)), (counted(n), counted(judged))))
    yield f'<div class="card long">{folded("unclear", heads, rows, _SHOWN, lang)}'
    yield f"{paragraph(page_word('unknown_how', lang), 'foot')}</div></section>\n"


def _asks(rule: Rule | None, lang: Lang) -> str:
    if rule is None or rule.kind == "reading":
        return page_word("by_reader", lang)
    return both("、")[lang == "en"].join(asked(rule)) or "–"


def asked(rule: Rule) -> list[str]:
    """Return the columns, derived ones too, that the conditions of a rule name, in their order."""
    found = [hit for said in (rule.when, rule.must) for hit in _TOKEN.finditer(said)]
    names = (hit[1] or hit[2] for hit in found if not hit[3])
    return list(dict.fromkeys(name for name in names if name and name.upper() not in _SQL))

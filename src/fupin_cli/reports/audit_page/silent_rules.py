"""An Audit → what the rules could not say: those that did not run, with the remedy, and verdicts that could not be given."""

import re
from collections.abc import Iterator

from fupin_cli.model.audit import Audit
from fupin_cli.model.rule import NotRun, Rule
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import counted, html_text, paragraph
from fupin_cli.reports.words import Lang, Look, reason_remedy, reason_word, rule_name, word

_TOKEN = re.compile(r"'[^']*'|([^\W\d]\w*)\s*(\()?")  # a quoted text, or a name and whether it is called
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
        yield from _lacking(group, audit, lang)
        yield "</div>\n"
    yield "</section>\n"


def _lacking(group: list[NotRun], audit: Audit, lang: Lang) -> Iterator[str]:
    rules: dict[tuple[str, ...], list[str]] = {}
    for skipped in group:
        rules.setdefault(skipped.missing, []).append(
            f"{skipped.rule} {rule_name(audit.rules.get(skipped.rule), lang)}".strip()
        )
    comma = ", " if lang == "en" else "、"
    heads = "".join(f'<th scope="col">{page_word(head, lang)}</th>' for head in ("lacking", "of_rules"))
    yield f'<table class="plain lacking"><thead><tr>{heads}</tr></thead><tbody>\n'
    for missing, names in rules.items():
        lacking = html_text(comma.join(dict.fromkeys(missing))) or "–"
        yield f'<tr><th scope="row">{lacking}</th><td>{html_text(comma.join(names))}</td></tr>\n'
    yield "</tbody></table>\n"


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
    heads = "".join(
        f'<th scope="col">{head}</th>' for head in (word("rule", lang), word("name", lang), page_word("asks", lang))
    )
    yield f'<div class="card long"><table class="plain"><thead><tr>{heads}<th scope="col" class="n">{word("unknown", lang)}</th>'
    yield f'<th scope="col" class="n">{page_word("rows", lang)}</th></tr></thead><tbody>\n'
    for n, id_ in found:
        rule, counts = audit.rules.get(id_), audit.counts[id_]
        rows = counts.passed + counts.failed + counts.unknown + counts.not_applicable
        yield f'<tr><th scope="row" class="id">{html_text(id_)}</th><td>{html_text(rule_name(rule, lang))}</td>'
        yield f'<td>{html_text(_asks(rule, lang))}</td><td class="n">{counted(n)}</td><td class="n">{counted(rows)}</td></tr>\n'
    yield f"</tbody></table>{paragraph(page_word('unknown_how', lang), 'foot')}</div></section>\n"


def _asks(rule: Rule | None, lang: Lang) -> str:
    if rule is None or rule.kind == "reading":
        return page_word("by_reader", lang)
    return (", " if lang == "en" else "、").join(asked(rule)) or "–"


def asked(rule: Rule) -> list[str]:
    """Return the columns, derived ones too, that the conditions of a rule name, in their order."""
    found = [hit for said in (rule.when, rule.must) for hit in _TOKEN.finditer(said)]
    return list(dict.fromkeys(hit[1] for hit in found if hit[1] and not hit[2] and hit[1].upper() not in _SQL))

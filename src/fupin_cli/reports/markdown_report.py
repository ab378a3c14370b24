"""Turn an Audit into Markdown for a merge request: counts, themes, rules, and under each rule its first findings, folded.

Never longer than a comment may be (GitHub takes 65 536 characters); the last line counts what found no place.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.acceptance import acceptance_lines
from fupin_cli.reports.format_words import said
from fupin_cli.reports.markdown_text import inline, plain
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.summary import (
    by_theme,
    counts_line,
    file_names,
    none_found,
    notes_of,
    ordered,
    place_text,
    region_of,
    severity_heads,
    standards,
)
from fupin_cli.reports.words import (
    Lang,
    Look,
    finding_fix,
    finding_message,
    reason_word,
    rule_name,
    severity_word,
    theme_word,
    word,
)

LONGEST = 65_000  # characters of the whole page
_EACH = (10, 5, 3, 1)  # findings of one rule that are listed: the most with which all rules have room
_RULES = 50  # rules in the table
_UNFOLDED = 12  # up to so many of them stand open
_NOT_RUN = 20
_NOTES = 20
_TEXT = 400  # characters of one text, as written on the page
_LEFT_OUT = 300  # characters of the line that says what is left out
_MARK = {"error": "🔴", "warning": "🟡", "notice": "🔵"}


def lines(audit: Audit, look: Look) -> Iterator[str]:
    """Return the text form `markdown`."""
    lang, names = look.lang, file_names(audit)
    head = "".join([*_head(audit, lang), *_themes(audit, lang), *_rules(audit, lang)])
    tail = "".join([*_not_run(audit, lang), *_foot(audit, look)])
    room = LONGEST - len(head) - len(tail) - _LEFT_OUT
    groups = ordered(audit.findings)
    told: list[str] = []
    for each in _EACH:
        told = [_of_rule(audit, group, names, look, each) for group in groups]
        if sum(map(len, told)) <= room:
            break
    fit = sum(total <= room for total in accumulate(map(len, told)))  # what comes after them is less grave
    yield head
    yield from told[:fit]
    if fit < len(groups):
        n = sum(len(findings) for _, findings in groups[fit:])
        yield f"\n**{said('left_out', lang, n=n, rules=len(groups) - fit)}**\n"
    yield tail


def _head(audit: Audit, lang: Lang) -> Iterator[str]:
    yield f"## {word('title', lang)}\n\n{_inline(counts_line(audit, lang))}\n\n"
    colon = word("colon", lang)
    facts = [
        ("as_of", audit.as_of.isoformat() if audit.as_of else ""),
        ("region", region_of(audit)),
        ("profile", audit.profile or ""),
    ]
    yield "".join(f"- {word(key, lang)}{colon}{_inline(text)}\n" for key, text in facts if text)
    yield from (f"- {_inline(line)}\n" for line in acceptance_lines(audit, lang))
    for path, zh, en in audit.failed_files[:_NOTES]:
        told = en if lang == "en" else zh
        yield f"- **{word('failed', lang)}{colon}{_inline(told if path in told else f'{path}{colon}{told}')}**\n"
    if len(audit.failed_files) > _NOTES:
        yield f"- … (+{len(audit.failed_files) - _NOTES})\n"
    notes = notes_of(audit, lang)
    if notes:
        yield f"\n<details><summary>{word('notes', lang)} ({len(notes)})</summary>\n\n"
        yield from (f"- {_inline(note)}\n" for note in notes[:_NOTES])
        yield (f"- … (+{len(notes) - _NOTES})\n" if len(notes) > _NOTES else "") + "\n</details>\n"
    if not audit.findings:
        yield f"\n{none_found(audit, lang)}\n"


def _table(heads: Iterable[str], rows: Iterable[list[str]], numbers: int) -> Iterator[str]:
    """Yield a table; the last columns, `numbers` of them, are set to the right."""
    named = list(heads)
    yield f"\n| {' | '.join(named)} |\n"
    yield f"|{'|'.join([' --- '] * (len(named) - numbers) + [' ---: '] * numbers)}|\n"
    yield from (f"| {' | '.join(row)} |\n" for row in rows)


def _themes(audit: Audit, lang: Lang) -> Iterator[str]:
    if audit.findings:
        rows = (
            [theme_word(tally.name, lang), *(str(tally.severities[each]) for each in SEVERITIES), str(tally.total)]
            for tally in by_theme(audit.findings)
        )
        yield f"\n### {word('by_theme', lang)}\n"
        yield from _table([word("theme", lang), *severity_heads(lang), word("total", lang)], rows, 4)


def _rules(audit: Audit, lang: Lang) -> Iterator[str]:
    groups = ordered(audit.findings)
    if not groups:
        return
    rows = (
        [
            f"{_MARK[found[0].severity]} {severity_word(found[0].severity, lang)}",
            rule,
            _named(audit, rule, lang),
            str(len(found)),
            str(audit.counts[rule].unknown) if rule in audit.counts else "",
        ]
        for rule, found in groups[:_RULES]
    )
    keys = ("severity", "rule", "name", "total", "unknown")
    folded = len(groups) > _UNFOLDED
    title = word("rules", lang)
    yield f"\n<details><summary>{title} ({len(groups)})</summary>\n" if folded else f"\n### {title}\n"
    yield from _table([word(key, lang) for key in keys], rows, 2)
    if len(groups) > _RULES:
        yield f"\n{said('rules_left_out', lang, n=len(groups) - _RULES)}\n"
    yield "\n</details>\n" if folded else ""
    yield f"\n### {word('findings', lang)}\n"


def _of_rule(audit: Audit, group: tuple[str, list[Finding]], names: dict[Path, str], look: Look, most: int) -> str:
    """Return the first findings of a rule, `most` of them, folded under its name."""
    rule, findings = group
    lang = look.lang
    name = plain(rule_name(audit.rules.get(rule), lang))
    mark = _MARK[findings[0].severity]
    told = [
        f"\n<details><summary>{mark} {said('findings_of', lang, rule=rule, name=name, n=len(findings))}</summary>\n"
    ]
    shown = [as_shown(finding, look) for finding in findings[:most]]
    keys = ("cell", "household", "person", "problem")
    rows = (
        [
            _inline(place_text(each.places[0], names, lang)) if each.places else "",
            _inline(each.household or ""),
            _inline(each.person or ""),
            _inline(finding_message(each, lang)),
        ]
        for each in shown
    )
    told += _table([word(key, lang) for key in keys], rows, 0)
    if len(findings) > len(shown):
        told.append(f"\n{said('of_rule', lang, n=len(findings) - len(shown))}\n")
    return "".join([*told, *_reasons(shown[0], lang), "\n</details>\n"])


def _reasons(finding: Finding, lang: Lang) -> Iterator[str]:
    """Standards, basis and remedy of a rule, as its first finding has them."""
    colon = word("colon", lang)
    told = [("parameter", each) for each in standards(finding.parameters, lang)]
    told += [("basis", finding.basis), ("fix", finding_fix(finding, lang))]
    yield "\n"
    yield from (f"- {word(key, lang)}{colon}{_inline(text)}\n" for key, text in told if text)


def _not_run(audit: Audit, lang: Lang) -> Iterator[str]:
    if not audit.not_run:
        return
    yield f"\n<details><summary>{said('not_run_rules', lang, n=len(audit.not_run))}</summary>\n"
    rows = (
        [each.rule, _named(audit, each.rule, lang), reason_word(each.reason, lang), _inline(", ".join(each.missing))]
        for each in audit.not_run[:_NOT_RUN]
    )
    yield from _table([word(key, lang) for key in ("rule", "name", "reason", "missing")], rows, 0)
    if len(audit.not_run) > _NOT_RUN:
        yield f"\n{said('not_run_cut', lang, n=len(audit.not_run) - _NOT_RUN)}\n"
    yield "\n</details>\n"


def _foot(audit: Audit, look: Look) -> Iterator[str]:
    files = list(dict.fromkeys(str(Path(layout.sheet.file).name) for layout in audit.layouts))
    sizes = word("sizes", look.lang, files=len(files))
    yield f"\n{sizes}{word('colon', look.lang)}{_inline(', '.join(files))}\n\n{_inline(masking_line(look))}\n"


def _named(audit: Audit, rule: str, lang: Lang) -> str:
    return _inline(rule_name(audit.rules.get(rule), lang))


def _inline(text: str) -> str:
    """Return a text as it is to be written, cut where that would be too long."""
    kept = text[:_TEXT]
    shown = inline(kept)
    while len(shown) > _TEXT:
        kept = kept[: len(kept) * 3 // 4]
        shown = inline(kept)
    return shown if len(kept) == len(text) else f"{shown}…"

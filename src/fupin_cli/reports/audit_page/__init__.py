"""Turn an Audit into one web page that stands alone: no network, no font of its own; only the findings list needs scripts."""

from collections.abc import Iterator
from pathlib import Path

from fupin_cli.model.audit import Audit
from fupin_cli.reports.audit_page.age_pyramid import age_pyramid
from fupin_cli.reports.audit_page.findings_data import island, script, style
from fupin_cli.reports.audit_page.head import files_line, masthead, notes, title_of
from fupin_cli.reports.audit_page.heat_map import heat_map
from fupin_cli.reports.audit_page.income_chart import income_chart
from fupin_cli.reports.audit_page.reading import reading
from fupin_cli.reports.audit_page.rule_bars import bars
from fupin_cli.reports.audit_page.rule_pages import rule_pages
from fupin_cli.reports.audit_page.silent_rules import not_run, unknown
from fupin_cli.reports.audit_page.tiles import tiles
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import counted, html_text, paragraph
from fupin_cli.reports.summary import none_found
from fupin_cli.reports.version import version
from fupin_cli.reports.words import Lang, Look, word

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_SCHOOL = "EDU001"


def lines(audit: Audit, look: Look) -> Iterator[str]:
    """Return the text form `html`, part after part."""
    yield from _opening(audit, look.lang)
    yield from masthead(audit, look)
    yield _contents(audit, look.lang)
    yield '<main id="main" class="wrap">\n'
    yield from notes(audit, look)
    yield from tiles(audit, look)
    yield from _charts(audit, look)
    yield from _findings(audit, look.lang)
    yield from rule_pages(audit, look)
    yield from not_run(audit, look)
    yield from unknown(audit, look)
    yield from reading(audit, look)
    yield "</main>\n"
    yield f'<footer><div class="wrap">{paragraph(page_word("footer", look.lang, version=version()))}</div></footer>\n'
    yield '<script type="application/octet-stream" id="findings-data">'
    yield from island(audit, look)
    yield f"</script>\n<script>\n{script(look.lang)}</script>\n"
    yield f"<script>\n{_own('page.js')}</script>\n</body>\n</html>\n"


def _own(name: str) -> str:
    """Return a file that lies beside this one."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _opening(audit: Audit, lang: Lang) -> Iterator[str]:
    title = " · ".join(part for part in (title_of(audit, lang), files_line(audit, lang), "fupin") if part)
    yield f'<!DOCTYPE html>\n<html lang="{"en" if lang == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta name="generator" content="fupin {version()}">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="renderer" content="webkit">\n'
    yield f"<title>{html_text(title)}</title>\n<style>\n{_own('page.css')}{style()}</style>\n</head>\n<body>\n"
    yield f'<a class="skip" href="#main">{page_word("skip", lang)}</a>\n'


def _contents(audit: Audit, lang: Lang) -> str:
    unclear = sum(counts.unknown for counts in audit.counts.values())
    entries = (
        ("overview", page_word("overview", lang), None, True),
        ("charts", page_word("charts", lang), None, True),
        ("findings-section", page_word("list", lang), len(audit.findings), True),
        ("rules", page_word("rules", lang), None, bool(audit.findings)),
        ("not-run", word("not_run", lang), len(audit.not_run), bool(audit.not_run)),
        ("unknown", word("unknown_heading", lang), unclear, bool(unclear)),
        ("reading", page_word("reading", lang), None, bool(audit.layouts)),
    )
    items = "".join(
        f'<li><a href="#{anchor}">{name}{"" if n is None else f"<b>{counted(n)}</b>"}</a></li>'
        for anchor, name, n, there in entries
        if there
    )
    return f'<nav class="contents" aria-label="{page_word("contents", lang)}"><div class="wrap"><ul>{items}</ul></div></nav>\n'


def _charts(audit: Audit, look: Look) -> Iterator[str]:
    yield f'<section id="charts" aria-labelledby="charts-title"><h2 id="charts-title">{page_word("charts", look.lang)}</h2>\n'
    yield from heat_map(audit, look)
    if audit.figures is None:
        yield f'<div class="card">{paragraph(page_word("figures_missing", look.lang), "absent")}</div>\n'
    else:
        yield '<div class="pair">\n'
        yield from income_chart(audit.figures, look)
        yield from age_pyramid(audit.figures, look, judged=_SCHOOL in audit.counts)
        yield "</div>\n"
    yield from bars(audit, look)
    yield "</section>\n"


def _findings(audit: Audit, lang: Lang) -> Iterator[str]:
    empty = "" if audit.findings else ' class="empty"'
    yield f'<section id="findings-section" aria-labelledby="findings-title"{empty}>'
    yield f'<h2 id="findings-title">{page_word("list", lang)}<span class="count">{counted(len(audit.findings))}</span></h2>\n'
    if audit.findings:
        yield paragraph(page_word("list_lead", lang), "lead screen")
    told = page_word("noscript", lang) if audit.findings else none_found(audit, lang)
    yield f'<noscript>{paragraph(told)}</noscript>\n<div id="findings" data-lang="{lang}"></div>\n</section>\n'

"""An Audit → the head of the page: what was audited, and what to know before reading on."""

from collections.abc import Iterator

from fupin_cli.catalogue import both
from fupin_cli.model.audit import Audit
from fupin_cli.model.masking import STANDARD
from fupin_cli.reports.acceptance import acceptance_lines
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.markup import html_text, paragraph
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.summary import doubts_of, file_names, notes_of, region_of
from fupin_cli.reports.version import version
from fupin_cli.reports.words import Lang, Look, word
from fupin_cli.values import regions

_FILES = 4
_DOUBTS = 5  # beyond, the rest is folded


def title_of(audit: Audit, lang: Lang) -> str:
    """Return the page's title: the region and what it is."""
    region = (regions.name(audit.region) or "") if audit.region else ""
    return page_word("title_of", lang, region=region) if region else page_word("title", lang)


def masthead(audit: Audit, look: Look) -> Iterator[str]:
    """Give the title, the facts of the run, and whether particulars are masked."""
    lang = look.lang
    yield '<header class="masthead"><div class="wrap">\n'
    yield paragraph(page_word("kicker", lang), "kicker")
    yield f'<h1>{html_text(title_of(audit, lang))}</h1>\n<dl class="facts">\n'
    facts = (
        (word("files", lang), files_line(audit, lang)),
        (word("as_of", lang), audit.as_of.isoformat() if audit.as_of else ""),
        (word("region", lang), region_of(audit)),
        (word("profile", lang), audit.profile or ""),
        (page_word("made", lang), f"fupin {version()}"),
    )
    for name, said in facts:
        if said:
            yield f"<div><dt>{html_text(name)}</dt><dd>{html_text(said)}</dd></div>\n"
    yield "</dl>\n"
    bare = bool(STANDARD.hidden - look.masking.hidden)
    yield paragraph(masking_line(look), "masking bare" if bare else "masking")
    yield "</div></header>\n"


def files_line(audit: Audit, lang: Lang) -> str:
    """Return the names of the first files, and how many there are."""
    names = file_names(audit)
    files = [names[file] for file in dict.fromkeys(layout.sheet.file for layout in audit.layouts)]
    comma = both("、")[lang == "en"]
    more = f" {page_word('more_files', lang, n=len(files))}" if len(files) > _FILES else ""
    return comma.join(files[:_FILES]) + more


def notes(audit: Audit, look: Look) -> Iterator[str]:
    """Give files that failed, notes, what a baseline did, and doubts about the reading; nothing when there are none."""
    lang = look.lang
    colon = word("colon", lang)
    failed = [html_text(_failure(*each, lang)) for each in audit.failed_files]
    said = [html_text(note) for note in (*notes_of(audit, lang), *acceptance_lines(audit, lang))]
    doubts = [
        f'<span class="where">{html_text(places[0])}{_several(places, lang)}{colon}</span>{html_text(doubt)}'
        for doubt, places in doubts_of(audit, lang).items()
    ]
    if not (failed or said or doubts):
        return
    yield '<div class="notes">\n'
    for key, items, shown in (("failed", failed, len(failed)), ("notes", said, len(said)), ("doubts", doubts, _DOUBTS)):
        if items:
            yield f'<section class="card {key}" aria-labelledby="{key}-title"><h2 id="{key}-title">{word(key, lang)}</h2>\n'
            yield f"<ul>{_items(items[:shown])}</ul>\n"
            if len(items) > shown:
                more = page_word("more_notes", lang, n=len(items) - shown)
                yield f'<details class="more"><summary>{more}</summary><ul>{_items(items[shown:])}</ul></details>\n'
            yield "</section>\n"
    yield "</div>\n"


def _items(items: list[str]) -> str:
    return "".join(f"<li>{item}</li>" for item in items)


def _failure(path: str, zh: str, en: str, lang: Lang) -> str:
    said = en if lang == "en" else zh
    return said if path in said else f"{path}{word('colon', lang)}{said}"


def _several(places: list[str], lang: Lang) -> str:
    more = f"（{page_word('several', lang, n=len(places))}）" if len(places) > 1 else ""
    return more if lang == "zh" else more.replace("（", " (").replace("）", ")")

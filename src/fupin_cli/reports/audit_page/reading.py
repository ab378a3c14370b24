"""An Audit → the section that says what was read: tables with heading rows, rows, columns and rows left out."""

from collections.abc import Iterator

from fupin_cli.catalogue import both
from fupin_cli.model.audit import Audit
from fupin_cli.model.table import Layout
from fupin_cli.reports.audit_page.folding import folded, row
from fupin_cli.reports.audit_page.words import page_word
from fupin_cli.reports.json_report import row_range
from fupin_cli.reports.markup import counted, paragraph
from fupin_cli.reports.summary import file_names
from fupin_cli.reports.words import LEFT_OUT, Lang, Look, word

_TABLES = 300  # more are not listed
_SHOWN = 20  # of them are not folded
_LEFT_OUT = 8


def reading(audit: Audit, look: Look) -> Iterator[str]:
    """Give the section; nothing where no table was read."""
    if not audit.layouts:
        return
    lang = look.lang
    names = file_names(audit)
    yield f'<section id="reading" aria-labelledby="reading-title"><h2 id="reading-title">{page_word("reading", lang)}</h2>\n'
    yield paragraph(page_word("reading_lead", lang), "lead")
    heads = [(word(name, lang), False) for name in ("file", "sheet", "table", "heading_rows", "body_rows")]
    heads += [(page_word("columns_known", lang), True)]
    heads += [(page_word(name, lang), False) for name in ("columns_unknown", "left_out")]
    rows = [_row(layout, names[layout.sheet.file], lang) for layout in audit.layouts[:_TABLES]]
    yield f'<div class="card long"><div class="scroll" tabindex="0">{folded("tables", heads, rows, _SHOWN, lang)}</div>'
    if len(audit.layouts) > _TABLES:
        yield paragraph(page_word("more_tables", lang, n=counted(len(audit.layouts) - _TABLES)), "foot")
    yield "</div></section>\n"


def _row(layout: Layout, file: str, lang: Lang) -> str:
    comma = both("、")[lang == "en"]
    left_out = [f"{row_range(part)} {LEFT_OUT[part.reason][lang == 'en']}" for part in layout.left_out]
    if len(left_out) > _LEFT_OUT:
        left_out = [*left_out[:_LEFT_OUT], f"… (+{len(left_out) - _LEFT_OUT})"]
    before = (
        layout.sheet.name or "–",
        layout.kind,
        comma.join(str(each) for each in layout.heading_rows) or "–",
        f"{layout.first_row}–{layout.last_row}",
    )
    after = (
        comma.join(f"{where} {heading}".strip() for where, heading in layout.unmapped.items()) or "–",
        comma.join(left_out) or "–",
    )
    return row(file, before, (counted(len(layout.columns)),), after)

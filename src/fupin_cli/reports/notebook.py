"""What a job found, out as a small HTML table a notebook shows: a line of counts, the first rows, how many more there are."""

from collections.abc import Sequence
from html import escape
from itertools import islice

from fupin_cli.catalogue import both, in_each
from fupin_cli.model.audit import Audit
from fupin_cli.reports.masked import masked
from fupin_cli.reports.summary import counts_line, file_names, notes_of, ordered, place_text
from fupin_cli.reports.words import Lang, finding_message, rule_name, severity_word

MOST = 20  # rows shown
_HEADS = in_each(both("级别"), both("规则"), both("位置"), both("说明", "notebook"))


def audit_html(audit: Audit, lang: Lang) -> str:
    """Return the first findings, the worst first, masked."""
    names = file_names(audit)
    findings = [finding for _, group in ordered(audit.findings) for finding in group]
    rows = [
        (
            severity_word(finding.severity, lang),
            f"{finding.rule} {rule_name(audit.rules.get(finding.rule), lang)}",
            place_text(finding.places[0], names, lang) if finding.places else "",
            finding_message(finding, lang),
        )
        for finding in (masked(each, lang=lang) for each in islice(findings, MOST))
    ]
    return page([counts_line(audit, lang), *notes_of(audit, lang)], _HEADS[lang == "en"], rows, len(findings), lang)


def page(facts: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]], in_all: int, lang: Lang) -> str:
    """Return lines of text above a table; nothing in it is HTML of the user's.

    Args:
        facts: what stands above.
        heads: of the columns.
        rows: those shown.
        in_all: how many there are.
        lang: of what is said of the rest.
    """
    parts = [f"<p>{escape(fact)}</p>" for fact in facts]
    if rows:
        cells = "".join(f"<th>{escape(head)}</th>" for head in heads)
        lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
        body = "\n".join(f"<tr>{line}</tr>" for line in lines)
        parts.append(f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>")
    if in_all > len(rows):
        rest = in_all - len(rows)
        parts.append(f"<p>{both('……还有 {rest} 条', rest=rest)[lang == 'en']}</p>")
    return "<div>\n" + "\n".join(parts) + "\n</div>"

"""An Audit → the sheets of its findings: one for all, or one for each township or village."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.reports.grid import LINKS_A_SHEET, Book, Link, Row
from fupin_cli.reports.groups import grouped
from fupin_cli.reports.links import link_to
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.summary import cells_text, file_names, ordered, standards
from fupin_cli.reports.words import Lang, Look, finding_fix, finding_message, rule_name, severity_word, word
from fupin_cli.workbooks.sheet_names import free_name

_ROWS_A_SHEET = 1_000_000  # Excel has 1 048 576
_KEYS = "serial severity rule name township village household person file sheet cell problem basis fix id"
_WIDTHS = (6, 8, 9, 22, 12, 12, 20, 10, 24, 12, 10, 60, 40, 40, 22)


def findings_sheets(book: Book, audit: Audit, look: Look, path: Path) -> None:
    """Write the findings; `path` is where the workbook will stand, for its links."""
    own = ("summary_sheet", "charts_sheet", "rules_sheet", "not_run_sheet", "reading_sheet")
    taken = {word(key, look.lang) for key in own}
    for name, findings in _split(audit, look):
        rows = _rows(audit, ordered(findings), look, path)
        for number in range(-(-len(findings) // _ROWS_A_SHEET) or 1):
            sheet = free_name(name + (str(number + 1) if number else ""), taken)
            taken.add(sheet)
            with book.table(sheet, [word(key, look.lang) for key in _KEYS.split()], _WIDTHS) as grid:
                for row, severity in islice(rows, _ROWS_A_SHEET):
                    grid.write(row, severity=severity)


def _split(audit: Audit, look: Look) -> Iterable[tuple[str, tuple[Finding, ...]]]:
    """Return the name of each sheet with its findings; places in the order of their names."""
    if look.split is None or not audit.findings:
        return [(word("findings_sheet", look.lang), audit.findings)]
    groups = sorted(grouped(audit, look.split, look), key=lambda group: (not group.key, group.key))
    return [(group.title, group.findings) for group in groups]


def _rows(audit: Audit, findings: list[tuple[str, list[Finding]]], look: Look, path: Path) -> Iterator[tuple[Row, str]]:
    names, folder, number = file_names(audit), path.resolve().parent, 0
    rules_sheet = word("rules_sheet", look.lang)
    linked = 2 * sum(len(each) for _, each in findings) <= LINKS_A_SHEET  # beyond, links to the cells go first
    explained = {rule: row for row, rule in enumerate(audit.counts, 2)} if linked else {}
    for rule, each in findings:
        name = rule_name(audit.rules.get(rule), look.lang)
        told = Link(f"internal:'{rules_sheet}'!A{explained[rule]}", rule) if rule in explained else rule
        for finding in each:
            number += 1
            shown = as_shown(finding, look)
            place = shown.places[0] if shown.places else None
            cell = cells_text(place, look.lang) if place else ""
            row: Row = [
                number,
                severity_word(shown.severity, look.lang),
                told,
                name,
                shown.township or "",
                shown.village or "",
                shown.household or "",
                shown.person or "",
                names[place.file] if place else "",
                place.sheet if place else "",
                Link(link_to(place, folder), cell) if place and cell else cell,
                "\n".join([finding_message(shown, look.lang), *_more(shown, look.lang, names)]),
                shown.basis,
                finding_fix(shown, look.lang),
                shown.id,
            ]
            yield row, shown.severity


def _more(finding: Finding, lang: Lang, names: dict[Path, str]) -> list[str]:
    """What stands under the message: standards used, rows of a list that were hit, where else to look."""
    colon = word("colon", lang)
    lines = [f"{word('parameter', lang)}{colon}{standard}" for standard in standards(finding.parameters, lang)]
    for row in finding.evidence:
        told = "; ".join(f"{column} {value}" for column, value in row.items() if value not in (None, ""))
        lines.append(f"{word('evidence', lang)}{colon}{told}")
    others = [
        " › ".join(part for part in (names[place.file], place.sheet, cells_text(place, lang)) if part)
        for place in finding.places[1:]
    ]
    return lines + ([f"{word('see', lang)}{colon}{'; '.join(others)}"] if others else [])

"""Turn an Audit into a workbook: summary, findings with links to their cells, rules, rules not run, what was read."""

from collections.abc import Iterator
from pathlib import Path

from fupin_cli.errors import OutputError
from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.model.table import Layout
from fupin_cli.reports.acceptance import acceptance_lines
from fupin_cli.reports.grid import Book, Grid, Link, Row
from fupin_cli.reports.json_report import row_range
from fupin_cli.reports.links import link_to
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.summary import (
    Tally,
    by_theme,
    by_township,
    cells_text,
    counts_line,
    doubts_of,
    file_names,
    notes_of,
    ordered,
    region_of,
    severity_heads,
    standards,
)
from fupin_cli.reports.words import (
    LEFT_OUT,
    Lang,
    Look,
    basis_text,
    finding_fix,
    finding_message,
    reason_remedy,
    reason_word,
    rule_name,
    severity_word,
    theme_word,
    word,
)

_ROWS_A_SHEET = 1_000_000  # Excel has 1 048 576


def to_workbook(audit: Audit, beside: Path, look: Look, path: Path) -> None:
    """Write the report to `beside`; links go from where it will stand, `path`, to the workbooks that were read."""
    from xlsxwriter.exceptions import XlsxWriterException

    try:
        with Book(beside) as book:
            _summary(book, audit, look)
            _findings(book, audit, look, path)
            _rules(book, audit, look.lang)
            _not_run(book, audit, look.lang)
            reading_sheet(book, audit.layouts, look.lang)
    except XlsxWriterException as error:
        raise OutputError(
            f"{path}：工作簿写不成（{type(error).__name__}）；请检查磁盘空间，或换一个位置。",
            f"{path}: the workbook cannot be written ({type(error).__name__}); check the disk, or try elsewhere.",
        ) from error


def _heads(keys: str, lang: Lang) -> list[str]:
    return [word(key, lang) for key in keys.split()]


def _summary(book: Book, audit: Audit, look: Look) -> None:
    lang = look.lang
    grid = book.grid(word("summary_sheet", lang), widths=(24, 60, 10, 10, 10, 10))
    grid.write([word("title", lang)], style="heading")
    facts = (
        ("as_of", audit.as_of.isoformat() if audit.as_of else ""),
        ("region", region_of(audit)),
        ("profile", audit.profile or ""),
        ("engine", audit.engine),
        ("files", "\n".join(dict.fromkeys(str(layout.sheet.file) for layout in audit.layouts))),
        ("findings", counts_line(audit, lang)),
        ("rules", word("ran", lang, run=len(audit.counts), not_run=len(audit.not_run))),
    )
    for key, text in facts:
        grid.write([word(key, lang), text])
    for line in acceptance_lines(audit, lang):
        grid.write(["", line])
    grid.write(["", word("revealed" if look.reveal else "masked", lang)])
    for path, zh, en in audit.failed_files:
        grid.write([word("failed", lang), f"{path}: {en if lang == 'en' else zh}"], style="error")
    for note in notes_of(audit, lang):
        grid.write([word("notes", lang), note], style="warning")
    for doubt, where in doubts_of(audit, lang).items():
        grid.write([word("doubts", lang), f"{', '.join(where)}{word('colon', lang)}{doubt}"], style="warning")
    _tallies(grid, lang, "by_theme", "theme", by_theme(audit.findings))
    _tallies(grid, lang, "by_township", "township", by_township(audit))


def _tallies(grid: Grid, lang: Lang, title: str, first: str, tallies: list[Tally]) -> None:
    grid.write([])
    grid.write([word(title, lang)], style="heading")
    sized = first == "township"
    size_heads = word("households", lang) + " / " + word("persons", lang) if sized else ""
    grid.write([word(first, lang), size_heads, *severity_heads(lang), word("total", lang)], style="head")
    for tally in tallies:
        name = (tally.name or word("unknown_township", lang)) if sized else theme_word(tally.name, lang)
        sizes = f"{tally.households} / {tally.persons}" if sized else tally.name
        counts: Row = [tally.severities[severity] for severity in SEVERITIES]
        grid.write([name, sizes, *counts, tally.total])


def _findings(book: Book, audit: Audit, look: Look, path: Path) -> None:
    lang = look.lang
    keys = "serial severity rule name township village household person file sheet cell problem basis fix id"
    widths = (6, 8, 9, 22, 12, 12, 20, 10, 24, 12, 10, 60, 40, 40, 22)
    rows = _finding_rows(audit, look, path)
    sheets = -(-len(audit.findings) // _ROWS_A_SHEET) or 1
    for number in range(sheets):
        name = word("findings_sheet", lang) + (str(number + 1) if number else "")
        with book.table(name, _heads(keys, lang), widths) as grid:
            for row, severity in rows:
                grid.write(row, severity=severity)
                if grid.row > _ROWS_A_SHEET:
                    break


def _finding_rows(audit: Audit, look: Look, path: Path) -> Iterator[tuple[Row, str]]:
    names = file_names(audit)
    folder = path.resolve().parent
    number = 0
    for rule, findings in ordered(audit.findings):
        name = rule_name(audit.rules.get(rule), look.lang)
        for finding in findings:
            number += 1
            shown = as_shown(finding, look)
            place = shown.places[0] if shown.places else None
            cell = cells_text(place, look.lang) if place else ""
            row: Row = [
                number,
                severity_word(shown.severity, look.lang),
                rule,
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


def _rules(book: Book, audit: Audit, lang: Lang) -> None:
    keys = "rule name severity scope passed failed_count unknown not_applicable silenced why basis fix"
    widths = (9, 24, 8, 8, 10, 10, 10, 10, 10, 50, 40, 40)
    with book.table(word("rules_sheet", lang), _heads(keys, lang), widths) as grid:
        for id_, counts in audit.counts.items():
            rule = audit.rules.get(id_)
            told: Row = ["", ""] if rule is None else [severity_word(rule.severity, lang), rule.scope]
            verdicts: Row = [counts.passed, counts.failed, counts.unknown, counts.not_applicable, counts.silenced]
            texts: Row = ["", "", ""]
            if rule is not None:
                english = lang == "en"
                texts = [
                    rule.why_en or rule.why if english else rule.why,
                    basis_text(rule),
                    rule.fix_en or rule.fix if english else rule.fix,
                ]
            grid.write([id_, rule_name(rule, lang), *told, *verdicts, *texts])


def _not_run(book: Book, audit: Audit, lang: Lang) -> None:
    keys = "rule name reason missing remedy"
    with book.table(word("not_run_sheet", lang), _heads(keys, lang), (9, 28, 30, 40, 60)) as grid:
        for skipped in audit.not_run:
            name = rule_name(audit.rules.get(skipped.rule), lang)
            reason = reason_word(skipped.reason, lang)
            remedy = reason_remedy(skipped.reason, lang)
            grid.write([skipped.rule, name, reason, ", ".join(skipped.missing), remedy])


def reading_sheet(book: Book, layouts: tuple[Layout, ...], lang: Lang) -> None:
    """Write the sheet that says what was understood of each table."""
    keys = "file sheet table heading_rows body_rows what where written means remark"
    widths = (30, 16, 12, 10, 12, 14, 10, 36, 24, 40)
    with book.table(word("reading_sheet", lang), _heads(keys, lang), widths) as grid:
        for layout in layouts:
            table: Row = [
                str(layout.sheet.file),
                layout.sheet.name,
                layout.kind,
                ", ".join(str(row) for row in layout.heading_rows),
                f"{layout.first_row}-{layout.last_row}",
            ]
            for row in _reading_rows(layout, lang):
                grid.write([*table, *row])


def _reading_rows(layout: Layout, lang: Lang) -> Iterator[Row]:
    for mapped in layout.columns:
        how = word(f"how_{mapped.how}", lang)
        remark = how.format(score=round(mapped.score))
        yield [word("mapped", lang), mapped.where, mapped.heading, mapped.column, remark]
    for letter, heading in layout.unmapped.items():
        yield [word("unmapped", lang), letter, heading, "", ""]
    for part in layout.left_out:
        yield [word("left_out", lang), row_range(part), "", "", LEFT_OUT[part.reason][lang == "en"]]
    for zh, en in layout.doubts:
        yield [word("doubt", lang), "", "", "", en if lang == "en" else zh]

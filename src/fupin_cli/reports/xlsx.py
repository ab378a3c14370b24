"""Turn an Audit into a workbook: summary, charts, findings with links to their cells, rules, rules not run, what was read."""

from collections.abc import Iterator
from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.errors import OutputError
from fupin_cli.model.audit import Audit
from fupin_cli.model.table import Layout
from fupin_cli.reports.grid import Book, Row
from fupin_cli.reports.json_report import row_range
from fupin_cli.reports.words import (
    LEFT_OUT,
    Lang,
    Look,
    basis_text,
    reason_remedy,
    reason_word,
    rule_name,
    severity_word,
    word,
)
from fupin_cli.reports.xlsx_charts import charts_sheet
from fupin_cli.reports.xlsx_findings import findings_sheets
from fupin_cli.reports.xlsx_summary import summary_sheet
from fupin_cli.values.text import legible


def to_workbook(audit: Audit, beside: Path, look: Look, path: Path) -> None:
    """Write the report to `beside`; links go from where it will stand, `path`, to the workbooks that were read."""
    from xlsxwriter.exceptions import XlsxWriterException

    try:
        with Book(beside) as book:
            tallied = summary_sheet(book, audit, look)
            charts_sheet(book, tallied, look.lang)
            findings_sheets(book, audit, look, path)
            _rules(book, audit, look.lang)
            _not_run(book, audit, look.lang)
            reading_sheet(book, audit.layouts, look.lang)
    except XlsxWriterException as error:
        raise OutputError(
            *both(
                "{path}：工作簿写不成（{name}）；请检查磁盘空间，或换一个位置。", path=path, name=type(error).__name__
            )
        ) from error


def _heads(keys: str, lang: Lang) -> list[str]:
    return [word(key, lang) for key in keys.split()]


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
                legible(layout.sheet.file),
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

"""Turn a special ledger (专项台账) into a workbook: the ledger itself, totals, and the rows of which nobody can tell."""

from pathlib import Path

from fupin_cli.catalogue import both, in_each
from fupin_cli.model.special_ledger import LedgerMade, LedgerRow
from fupin_cli.reports.grid import Book, Cell, Row
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.special_ledger import need_lines, not_asked, says, shown, summary, title
from fupin_cli.reports.words import Lang, Look, word

_TAIL = in_each(both("缺什么", "special_ledger_xlsx"), both("看不出"), both("文件"), both("工作表"), both("行"))
_SHEETS = in_each(both("台账", "special_ledger_xlsx"), both("合计", "special_ledger_xlsx"), both("看不出是否列入"))


def to_workbook(made: LedgerMade, beside: Path, look: Look) -> None:
    """Write the ledger to `beside`."""
    lang = look.lang
    ledger, totals, unsure = _SHEETS[lang == "en"]
    heads = [word("serial", lang), *(one.heading for one in made.ledger.columns), *_TAIL[lang == "en"]]
    widths = [6, *(_width(one.heading) for one in made.ledger.columns), 30, 20, 22, 14, 8]
    with Book(beside) as book:
        with book.table(ledger, heads, widths) as sheet:
            for number, row in enumerate(made.rows, 1):
                sheet.write(_row(made, number, row, look))
        _totals(book, totals, made, look)
        if made.unsure:
            with book.table(unsure, heads, widths) as sheet:
                for number, row in enumerate(made.unsure, 1):
                    sheet.write(_row(made, number, row, look))


def _width(text: str) -> int:
    return min(30, max(10, 2 * len(text) + 2))


def _row(made: LedgerMade, number: int, row: LedgerRow, look: Look) -> Row:
    lang: Lang = look.lang
    cells: Row = [number]
    for place, (value, kind) in enumerate(zip(row.values, made.masks, strict=True)):
        seen = shown(value, kind, masking=look.masking)
        text: str | int | float = "" if seen is None else seen
        cells.append(Cell(text, "warning") if place in row.unread else text)
    missing, unsure = "、".join(says(made, row.missing, lang)), "、".join(says(made, row.unsure, lang))
    file, sheet = row.place.file.name, row.place.sheet
    return [*cells, Cell(missing, "warning") if missing else "", unsure, file, sheet, row.place.row or ""]


def _totals(book: Book, name: str, made: LedgerMade, look: Look) -> None:
    lang = look.lang
    english = lang == "en"
    grid = book.grid(name, widths=(34, 12, 12, 14))
    grid.write([title(made, lang)], style="heading")
    grid.write([summary(made, lang)], style="plain")
    grid.write([masking_line(look)], style="plain")
    basis = made.ledger.basis.document or made.ledger.basis.convention
    grid.write([f"{word('basis', lang)}{word('colon', lang)}{basis}"], style="plain")
    notes = [en if english else zh for zh, en in (*made.notes, *((zh, en) for _, zh, en in made.failed_files))]
    for text in (*not_asked(made, lang), *notes):
        grid.write([text], style="plain")
    lack, unsure = (both("缺内容")[english], both("看不出")[english])
    grid.write([])
    grid.write([word("township", lang), word("total", lang), lack, unsure], style="head")
    for one in made.townships:
        grid.write([one.name or word("unknown_township", lang), one.rows, one.lacking, one.unsure])
    whole = [sum(one.rows for one in made.townships), sum(one.lacking for one in made.townships), len(made.unsure)]
    grid.write([word("total", lang), *whole], style="strong")
    grid.write([])
    grid.write(
        [both("缺什么", "special_ledger_xlsx.2")[english], "rows" if english else made.ledger.subject, unsure],
        style="head",
    )
    for said, missing, doubtful in need_lines(made, lang):
        grid.write([said, "—" if missing is None else missing, doubtful])

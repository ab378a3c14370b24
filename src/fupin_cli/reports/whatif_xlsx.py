"""Turn a WhatIf into a workbook: what each rule says otherwise, by township, and every row."""

from pathlib import Path

from fupin_cli.catalogue import both, in_each
from fupin_cli.model.whatif import WhatIf
from fupin_cli.reports.grid import Book, Row
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.whatif import as_shown, ordered, says, shown_name, verdict_word
from fupin_cli.reports.words import Lang, Look, rule_name, severity_word, word


def to_workbook(whatif: WhatIf, beside: Path, look: Look) -> None:
    """Write the comparison to `beside`."""
    whatif, lang = as_shown(whatif, look.masking), look.lang
    english = lang == "en"
    with Book(beside) as book:
        grid = book.grid(both("概览")[english], widths=(14, 40, 14, 14, 14, 12))
        grid.write(["fupin whatif"], style="heading")
        grid.write([both("甲")[english], says(whatif.before, lang)])
        grid.write([both("乙")[english], says(whatif.after, lang)])
        grid.write(["", masking_line(look)])
        for zh, en in whatif.notes:
            grid.write([word("notes", lang), en if english else zh], style="warning")
        grid.write([])
        heads = in_each(
            both("乡镇"),
            both("户数"),
            both("甲有问题户"),
            both("乙有问题户", "whatif_xlsx"),
            both("新增", "whatif_xlsx"),
            both("消除"),
        )
        grid.write(heads[english], style="head")
        for town in whatif.townships:
            numbers: Row = [town.households, town.before, town.after, town.gained, town.lost]
            grid.write([town.name, *numbers])
        _rules(book, whatif, lang)
        _changes(book, whatif, look)


def _rules(book: Book, whatif: WhatIf, lang: Lang) -> None:
    heads = in_each(both("规则"), both("名称"), both("严重度"), both("甲"), both("乙"), both("行数"))[lang == "en"]
    with book.table(both("规则", "whatif_xlsx")[lang == "en"], heads, (9, 30, 10, 12, 12, 10)) as grid:
        for rule in ordered(whatif):
            known = whatif.rules[rule]
            for (before, after), rows in whatif.counts[rule].items():
                row: Row = [rule, rule_name(known, lang), severity_word(known.severity, lang)]
                grid.write([*row, verdict_word(before, lang), verdict_word(after, lang), rows])


def _changes(book: Book, whatif: WhatIf, look: Look) -> None:
    lang = look.lang
    heads = in_each(
        both("规则"),
        both("名称"),
        both("甲"),
        both("乙"),
        both("乡镇"),
        both("村"),
        both("户编号"),
        both("姓名", "whatif_xlsx"),
        both("文件"),
        both("工作表"),
        both("行"),
        both("名单"),
    )[lang == "en"]
    widths = (9, 26, 12, 12, 14, 14, 22, 10, 30, 14, 8, 14)
    with book.table(both("变化")[lang == "en"], heads, widths) as grid:
        for change in whatif.changes:
            row: Row = [
                change.rule, rule_name(whatif.rules[change.rule], lang), verdict_word(change.before, lang),
                verdict_word(change.after, lang), change.township or "", change.village or "", change.household or "",
                shown_name(change, masking=look.masking) or "", Path(change.file).name, change.sheet,
                change.row if change.row is not None else "", change.list or "",
            ]  # fmt: skip
            grid.write(row)

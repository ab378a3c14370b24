"""Turn a WhatIf into a workbook: what each rule says otherwise, by township, and every row."""

from pathlib import Path

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
        grid = book.grid("summary" if english else "概览", widths=(14, 40, 14, 14, 14, 12))
        grid.write(["fupin whatif"], style="heading")
        grid.write(["before" if english else "甲", says(whatif.before, lang)])
        grid.write(["after" if english else "乙", says(whatif.after, lang)])
        grid.write(["", masking_line(look)])
        for zh, en in whatif.notes:
            grid.write([word("notes", lang), en if english else zh], style="warning")
        grid.write([])
        heads = ["乡镇", "户数", "甲有问题户", "乙有问题户", "新增", "消除"]
        if english:
            heads = ["township", "households", "with faults before", "with faults after", "gained", "lost"]
        grid.write(heads, style="head")
        for town in whatif.townships:
            numbers: Row = [town.households, town.before, town.after, town.gained, town.lost]
            grid.write([town.name, *numbers])
        _rules(book, whatif, lang)
        _changes(book, whatif, look)


def _rules(book: Book, whatif: WhatIf, lang: Lang) -> None:
    heads = ["rule", "name", "severity", "before", "after", "rows"]
    if lang == "zh":
        heads = ["规则", "名称", "严重度", "甲", "乙", "行数"]
    with book.table("rules" if lang == "en" else "规则", heads, (9, 30, 10, 12, 12, 10)) as grid:
        for rule in ordered(whatif):
            known = whatif.rules[rule]
            for (before, after), rows in whatif.counts[rule].items():
                row: Row = [rule, rule_name(known, lang), severity_word(known.severity, lang)]
                grid.write([*row, verdict_word(before, lang), verdict_word(after, lang), rows])


def _changes(book: Book, whatif: WhatIf, look: Look) -> None:
    lang = look.lang
    heads = [
        "rule",
        "name",
        "before",
        "after",
        "township",
        "village",
        "household",
        "who",
        "file",
        "sheet",
        "row",
        "list",
    ]
    if lang == "zh":
        heads = ["规则", "名称", "甲", "乙", "乡镇", "村", "户编号", "姓名", "文件", "工作表", "行", "名单"]
    widths = (9, 26, 12, 12, 14, 14, 22, 10, 30, 14, 8, 14)
    with book.table("changes" if lang == "en" else "变化", heads, widths) as grid:
        for change in whatif.changes:
            row: Row = [
                change.rule, rule_name(whatif.rules[change.rule], lang), verdict_word(change.before, lang),
                verdict_word(change.after, lang), change.township or "", change.village or "", change.household or "",
                shown_name(change, masking=look.masking) or "", Path(change.file).name, change.sheet,
                change.row if change.row is not None else "", change.list or "",
            ]  # fmt: skip
            grid.write(row)

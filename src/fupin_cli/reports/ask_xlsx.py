"""Turn the questions of a registry into a workbook for the village: one row a cell, with a column for the answer."""

from pathlib import Path

from fupin_cli.catalogue import both, in_each
from fupin_cli.model.question import Asked, Question
from fupin_cli.reports.ask import hides, named, sentence, summary
from fupin_cli.reports.grid import Book, Row
from fupin_cli.reports.masked import plain_hider
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.words import Lang, Look, rule_name, word
from fupin_cli.values.text import legible

_HEADS = in_each(
    both("乡镇"),
    both("村"),
    both("户编号"),
    both("户主"),
    both("姓名"),
    both("与户主关系"),
    both("列"),
    both("问题"),
    both("原填"),
    both("答复"),
    both("文件"),
    both("工作表"),
    both("单元格"),
    both("等着的判断"),
    both("规则", "ask_xlsx"),
)
_WIDTHS = (12, 12, 20, 10, 10, 12, 18, 44, 16, 24, 26, 14, 10, 10, 50)


def to_workbook(asked: Asked, beside: Path, look: Look) -> None:
    """Write the questions to `beside`."""
    lang = look.lang
    with Book(beside) as book:
        grid = book.grid(both("概览")[lang == "en"], widths=(24, 90))
        grid.write(["fupin ask"], style="heading")
        grid.write(["", summary(asked, lang)])
        grid.write(["", masking_line(look)])
        for zh, en in asked.notes:
            grid.write([word("notes", lang), en if lang == "en" else zh], style="warning")
        with book.table(both("问题", "ask_xlsx")[lang == "en"], _HEADS[lang == "en"], _WIDTHS) as sheet:
            for question in asked.questions:
                sheet.write(_row(asked, question, look, lang))


def _row(asked: Asked, question: Question, look: Look, lang: Lang) -> Row:
    hidden = hides(asked, question, look.masking)
    names = [f"{rule} {rule_name(asked.rules.get(rule), lang)}" for rule in question.rules]
    return [
        question.township or "", question.village or "", question.household or "", named(question.head, masking=look.masking),
        named(question.person, masking=look.masking), question.relation or "", question.column,
        sentence(question, lang, masking=look.masking, hidden=hidden),
        "" if hidden else plain_hider(look.masking)(question.written), "", legible(question.place.file.name), question.place.sheet,
        "、".join(question.place.cells), question.unlocks, "；".join(names),
    ]  # fmt: skip

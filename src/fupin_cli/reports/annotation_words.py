"""The fixed words of an annotated workbook: a key and a language in, the word out."""

from fupin_cli.catalogue import both
from fupin_cli.model.annotation import COPY, OPINIONS
from fupin_cli.reports.words import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "findings_sheet": both("疑点"),
    "opinions": OPINIONS,
    "copy": both("{mark}（数据日期 {day}）：由 fupin 批注，不是原件；姓名、证件号码等未遮盖，只供核实改正，不得转发、公示。"),
    "related": both("相关"),
    "counted": ("{name} {n}", "{name} {n}"),
    "per_sheet": both("{sheet} {n} 处"),
    "between_sheets": both("；"),
    "bracketed": both("【{severity}】{rule} {name}"),
    "basis": both("依据：{text}"),
    "fix": both("建议：{text}"),
    "whole_row": both("（整行）"),
    "whole_column": both("（整列）"),
    "see": both("另见 {where}：{told}"),
    "see_others": both("另见：{where}"),
    "more_in_comment": both("还有 {n} 处，见“{column}”列和“{sheet}”表。"),
    "more_in_row": both("还有 {n} 处，见“{sheet}”表。"),
    "opinion": both("{number} {severity} {rule} {name}：{message}{fix}"),
    "opinion_fix": both("；建议：{text}"),
    "fewer_notes": both("批注过多会拖慢 Excel，“{sheet}”只写了 {n} 格的批注（严重的在前），其余看“{column}”列。"),
    "more_rows": both("还有 {n} 处超出一张表的行数，没有列出。"),
}  # fmt: skip


def said(key: str, lang: Lang, **parts: object) -> str:
    """Return the words for `key`, their {parts} filled in."""
    text = _WORDS[key][lang == "en"]
    return text.format(**parts) if parts else text


def copy_line(lang: Lang, day: str) -> str:
    """Return the line that says what an annotated copy is; it begins with the mark by which fupin knows it again."""
    return said("copy", lang, mark=COPY[lang == "en"], day=day)

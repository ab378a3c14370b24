"""The fixed words of an annotated workbook: a key and a language in, the word out."""

from fupin_cli.model.annotation import COPY, OPINIONS
from fupin_cli.reports.words import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "findings_sheet": ("疑点", "findings"),
    "opinions": OPINIONS,
    "copy": (
        "{mark}（数据日期 {day}）：由 fupin 批注，不是原件；姓名、证件号码等未遮盖，只供核实改正，不得转发、公示。",
        "{mark} (data date {day}): annotated by fupin, not the original; names and certificate numbers are unmasked. For "
        "verification only: do not pass it on or publish it.",
    ),
    "related": ("相关", "related"),
    "counted": ("{name} {n}", "{name} {n}"),
    "per_sheet": ("{sheet} {n} 处", "{sheet}: {n}"),
    "between_sheets": ("；", "; "),
    "bracketed": ("【{severity}】{rule} {name}", "[{severity}] {rule} {name}"),
    "basis": ("依据：{text}", "Basis: {text}"),
    "fix": ("建议：{text}", "What to do: {text}"),
    "whole_row": ("（整行）", "(the whole row) "),
    "whole_column": ("（整列）", "(the whole column) "),
    "see": ("另见 {where}：{told}", "see also {where}: {told}"),
    "see_others": ("另见：{where}", "see also: {where}"),
    "more_in_comment": ("还有 {n} 处，见“{column}”列和“{sheet}”表。", "{n} more: see the column “{column}” and the sheet “{sheet}”."),
    "more_in_row": ("还有 {n} 处，见“{sheet}”表。", "{n} more: see the sheet “{sheet}”."),
    "opinion": ("{number} {severity} {rule} {name}：{message}{fix}", "{number} {severity} {rule} {name}: {message}{fix}"),
    "opinion_fix": ("；建议：{text}", "; what to do: {text}"),
    "fewer_notes": (
        "批注过多会拖慢 Excel，“{sheet}”只写了 {n} 格的批注（严重的在前），其余看“{column}”列。",
        "too many comments make Excel slow: {n} cells of “{sheet}” have one, the worst first; for the rest see “{column}”.",
    ),
    "more_rows": ("还有 {n} 处超出一张表的行数，没有列出。", "{n} more are beyond the rows of a sheet and are not listed."),
}  # fmt: skip


def said(key: str, lang: Lang, **parts: object) -> str:
    """Return the words for `key`, their {parts} filled in."""
    text = _WORDS[key][lang == "en"]
    return text.format(**parts) if parts else text


def copy_line(lang: Lang, day: str) -> str:
    """Return the line that says what an annotated copy is; it begins with the mark by which fupin knows it again."""
    return said("copy", lang, mark=COPY[lang == "en"], day=day)

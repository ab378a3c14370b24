"""Turn explanations into a terminal page or JSON: each part of the condition with its truth, its value and its cell."""

import json
from collections.abc import Callable
from itertools import groupby

from fupin_cli.catalogue import both
from fupin_cli.model.explanation import Explanation, Part
from fupin_cli.model.masking import Masking
from fupin_cli.reports.lines import Line, block
from fupin_cli.reports.masked import hider
from fupin_cli.reports.page import page_of, write_lines
from fupin_cli.reports.summary import cells_text, standards
from fupin_cli.reports.whatif import verdict_word
from fupin_cli.reports.words import Lang, Look, basis_text, rule_name, severity_word

Hide = Callable[[str], str]
_TRUTHS = {True: both("真"), False: both("假"), None: both("未知")}
_MARKS = {True: ("√", "green"), False: ("×", "red"), None: ("?", "yellow")}
_ROLES = {
    "when": both("适用条件（假则不适用）"),
    "must": both("应满足"),
}


def to_json(explanations: list[Explanation], *, masking: Masking) -> str:
    """Return the explanations as JSON, version 1."""
    document = {"version": 1, "tool": "fupin", "explanations": [_entry(each, masking=masking) for each in explanations]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _entry(explanation: Explanation, *, masking: Masking) -> dict[str, object]:
    hide, place, finding = _hide(explanation, masking=masking), explanation.place, explanation.finding
    return {
        "rule": explanation.rule.told_as, "list": finding.list if finding else None, "name": explanation.rule.name, "verdict": explanation.verdict,
        "finding": finding.id if finding else None, "severity": finding.severity if finding else None,
        "household": explanation.household, "person": hide(explanation.person) if explanation.person else None,
        "village": explanation.village, "file": str(place.file), "sheet": place.sheet, "row": place.row,
        "message": hide(finding.message) if finding else None, "basis": basis_text(explanation.rule),
        "parts": [
            {
                "role": part.role, "depth": part.depth, "text": part.text,
                **({"truth": part.truth} if part.is_truth else {"value": hide(str(part.truth))}),
                **({"cells": list(part.cells), "written": hide(part.written)} if part.cells else {}),
            }
            for part in explanation.parts
        ],
        "parameters": [
            {"name": used.name, "value": used.value, "from": used.since, "place": used.place, "source": used.source}
            for used in explanation.parameters
        ],
    }  # fmt: skip


def _hide(explanation: Explanation, *, masking: Masking) -> Hide:
    return hider(explanation.secrets, {explanation.household}, masking)


def to_terminal(explanations: list[Explanation], look: Look) -> str:
    """Return the page: one section an explanation."""
    console, page = page_of(look)
    for number, explanation in enumerate(explanations):
        lines: list[Line] = [()] if number else []
        write_lines(console, lines + _section(explanation, look))
    return page.getvalue()


def _section(explanation: Explanation, look: Look) -> list[Line]:
    hide, rule, english = _hide(explanation, masking=look.masking), explanation.rule, look.lang == "en"
    finding, columns = explanation.finding, look.width
    severity = finding.severity if finding else rule.severity
    verdict = verdict_word(explanation.verdict, look.lang)
    title = f"{finding.id if finding else rule.told_as}  {rule_name(rule, look.lang)}  {verdict}"
    if finding:
        title += f" · {severity_word(severity, look.lang)}"
    lines = block(title, columns, "", style="bold")
    if finding:
        lines += block(hide(finding.message_en if english else finding.message), columns, "  ")
    who = [explanation.household, hide(explanation.person) if explanation.person else None, explanation.village]
    place = explanation.place
    where = [place.file.name, place.sheet, cells_text(place, look.lang)]
    lines += block("  ".join(part for part in who if part), columns, "  ")
    lines += block(" › ".join(part for part in where if part), columns, "  ")
    for role, parts in groupby(explanation.parts, lambda part: part.role):
        lines += [(), *block(_role(role, look.lang), columns, "  ", style="bold")]
        for part in parts:
            lines += _part(part, hide, look)
    if explanation.parameters:
        lines += [(), *block(both("用到的标准")[english], columns, "  ", style="bold")]
        for standard in standards(explanation.parameters, look.lang):
            lines += block(standard, columns, "    ")
    lines.append(())
    for head, text in (
        (("why", "为什么"), rule.why_en or rule.why if english else rule.why),
        (("basis", "依据"), finding.basis if finding else basis_text(rule)),
        (("to do", "怎么办"), rule.fix_en or rule.fix if english else rule.fix),
    ):
        lines += block(text, columns, "    ", f"  {both('{head}：', head=(head[1], head[0]))[english]}")
    return lines


def _role(role: str, lang: Lang) -> str:
    if role in _ROLES:
        return _ROLES[role][lang == "en"]
    return f"{both('改判')[lang == 'en']} {severity_word(role, lang)}"


def _part(part: Part, hide: Hide, look: Look) -> list[Line]:
    """One part under the part it belongs to: √ true, × false, ? unknown; a value with its cell."""
    english = look.lang == "en"
    indent = "  " * (part.depth + 2)
    cell = "、".join(part.cells)
    written = hide(part.written)
    blank = both("空白")[english]
    if part.is_truth:
        mark, style = _MARKS[None if part.truth is None else bool(part.truth)]
        told = f"{part.text}  {_TRUTHS[None if part.truth is None else bool(part.truth)][english]}"
    else:
        mark, style = " ", ""
        value = hide(str(part.truth)) or both("无值")[english]
        told = f"{part.text} = {value}"
    if cell:
        told += (
            f"  {cell}" if written == str(part.truth) else f"  {cell} “{written}”" if written else f"  {cell} {blank}"
        )
    return block(told, look.width, f"{indent}   ", f"{indent}{mark} ", style)  # a Chinese font draws √ two columns wide

"""Turn rules into a list, or one rule into a page: for a terminal or as JSON."""

import json
from collections.abc import Sequence
from typing import Any, Literal

from fupin_cli.model.rule import Example, Rule
from fupin_cli.reports.lines import Line, block, heading
from fupin_cli.reports.words import Lang, Look, basis_text, rule_name, severity_word, theme_word, word
from fupin_cli.reports.wrapping import width

Form = Literal["terminal", "json"]


def rule_list(rules: Sequence[Rule], form: Form, look: Look) -> str:
    """Return one line a rule under the names of their themes, or a JSON list."""
    if form == "json":
        return _json([_entry(rule, look.lang) for rule in rules])
    lines: list[Line] = []
    theme = ""
    for rule in rules:
        if rule.theme != theme:
            theme = rule.theme
            lines += [*([()] if lines else []), *heading(f"{theme} {theme_word(theme, look.lang)}")]
        severity = severity_word(rule.severity, look.lang)
        left = f"  {rule.id}  {severity}{' ' * (8 - width(severity))}{rule.scope}{' ' * (8 - width(rule.scope))}"
        lines += block(rule_name(rule, look.lang), look.width, " " * width(left), left)
    return _text([*lines, *([()] if lines else []), *block(_total(len(rules), look.lang), look.width, "")])


def rule_page(rule: Rule, form: Form, look: Look) -> str:
    """Return everything a rule file says."""
    if form == "json":
        return _json(_whole(rule, look.lang))
    english = look.lang == "en"
    lines = heading(f"{rule.id} {rule_name(rule, look.lang)}")
    told = {
        word("severity", look.lang): severity_word(rule.severity, look.lang),
        word("scope", look.lang): rule.scope,
        "when": rule.when,
        "must": rule.must,
        "check": rule.check,
        word("problem", look.lang): rule.message_en or rule.message if english else rule.message,
        word("why", look.lang): rule.why_en or rule.why if english else rule.why,
        word("fix", look.lang): rule.fix_en or rule.fix if english else rule.fix,
        word("basis", look.lang): basis_text(rule),
        "since": rule.since.isoformat() if rule.since else "",
        "until": rule.until.isoformat() if rule.until else "",
        "regions": ", ".join(rule.regions),
        "lists": ", ".join(rule.lists),
        "parts": ", ".join(rule.parts),
        "optional": ", ".join(rule.optional),
        "tags": ", ".join(rule.tags),
        "never_unknown": rule.never_unknown,
        word("file", look.lang): str(rule.file),
    }
    for name, text in told.items():
        if text:
            lines += block(text, look.width, "      ", f"  {name}{word('colon', look.lang)}")
    if rule.examples:
        lines += block(word("examples", look.lang), look.width, "  ")
        for example in rule.examples:
            lines += block(_example(example), look.width, "        ", "    - ")
    return _text(lines)


def _example(example: Example) -> str:
    parts = [", ".join(f"{column}={value}" for column, value in example.given.items())]
    parts += [f"as_of={example.as_of}"] if example.as_of else []
    parts += [f"members={len(example.members)}"] if example.members else []
    parts += [f"others={len(example.others)}"] if example.others else []
    return f"{'; '.join(parts)} → {example.verdict}"


def _entry(rule: Rule, lang: Lang) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule_name(rule, lang),
        "theme": rule.theme,
        "scope": rule.scope,
        "severity": rule.severity,
        "kind": rule.kind,
        "basis": basis_text(rule),
    }


def _whole(rule: Rule, lang: Lang) -> dict[str, Any]:
    english = lang == "en"
    return {
        **_entry(rule, lang),
        "when": rule.when,
        "must": rule.must,
        "check": rule.check,
        "message": rule.message_en or rule.message if english else rule.message,
        "why": rule.why_en or rule.why if english else rule.why,
        "fix": rule.fix_en or rule.fix if english else rule.fix,
        "since": rule.since.isoformat() if rule.since else None,
        "until": rule.until.isoformat() if rule.until else None,
        "regions": list(rule.regions),
        "lists": list(rule.lists),
        "parts": list(rule.parts),
        "optional": list(rule.optional),
        "tags": list(rule.tags),
        "never_unknown": rule.never_unknown,
        "examples": [{"given": dict(example.given), "verdict": example.verdict} for example in rule.examples],
        "file": str(rule.file),
    }


def _total(n: int, lang: Lang) -> str:
    return f"{n} rules." if lang == "en" else f"共 {n} 条规则。"


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _text(lines: list[Line]) -> str:
    return "\n".join("".join(text for text, _ in line).rstrip() for line in lines) + "\n"

"""A rule → its descriptor in SARIF: name, level, why, what to do, and on which basis."""

from typing import Any

from fupin_cli.model.rule import Rule, Severity
from fupin_cli.reports.markdown_text import inline
from fupin_cli.reports.words import Lang, basis_text, rule_name, theme_word, word

LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "notice": "note"}
_LONGEST = 1024  # characters that GitHub takes of a description
_TAGS = 20  # and tags of a rule
_GITHUB = {"error": "error", "warning": "warning", "notice": "recommendation"}


def descriptor(rule: Rule, lang: Lang) -> dict[str, Any]:
    """Return the rule as `tool.driver.rules` has it."""
    name = rule_name(rule, lang)
    why, fix = (rule.why_en or rule.why, rule.fix_en or rule.fix) if lang == "en" else (rule.why, rule.fix)
    told = [("why", why), ("basis", basis_text(rule)), ("fix", fix)]
    colon = word("colon", lang)
    return {
        "id": rule.id,
        "name": name[:255],
        "shortDescription": {"text": name[:_LONGEST]},
        "fullDescription": {"text": (why or name)[:_LONGEST]},
        "help": {
            "text": "\n".join(f"{word(key, lang)}{colon}{text}" for key, text in told if text) or name,
            "markdown": "\n\n".join(f"**{word(key, lang)}**{colon}{inline(text)}" for key, text in told if text)
            or inline(name),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": list(dict.fromkeys([theme_word(rule.theme, lang), rule.scope, *rule.tags]))[:_TAGS],
            "problem.severity": _GITHUB[rule.severity],
            "kind": rule.kind,
        },
    }

"""Turn rules into a list: for a terminal, or as a table of markdown."""

from collections.abc import Sequence

from fupin_cli.model.rule import Rule
from fupin_cli.reports.lines import Line, block, heading
from fupin_cli.reports.rule_words import rule_word
from fupin_cli.reports.words import Lang, Look, basis_text, rule_name, severity_word, theme_word
from fupin_cli.reports.wrapping import width


def rule_list(rules: Sequence[Rule], look: Look) -> str:
    """Return one line a rule under the names of their themes."""
    lines: list[Line] = []
    theme = ""
    for rule in rules:
        if rule.theme != theme:
            theme = rule.theme
            lines += [*([()] if lines else []), *heading(f"{theme} {theme_word(theme, look.lang)}")]
        severity = severity_word(rule.severity, look.lang)
        left = f"  {rule.id}  {severity}{' ' * (8 - width(severity))}{rule.scope}{' ' * (8 - width(rule.scope))}"
        lines += block(rule_name(rule, look.lang), look.width, " " * width(left), left)
    lines += [*([()] if lines else []), *block(_said(len(rules), look.lang), look.width, "")]
    return "\n".join("".join(text for text, _ in line).rstrip() for line in lines) + "\n"


def rule_table(rules: Sequence[Rule], lang: Lang) -> str:
    """Return a table of markdown, a row a rule."""
    head = [rule_word(key, lang) for key in ("id", "name", "severity", "scope", "basis", "tags")]
    rows = [
        [
            rule.id,
            rule_name(rule, lang),
            severity_word(rule.severity, lang),
            rule.scope,
            basis_text(rule),
            "、".join(rule.tags),
        ]
        for rule in rules
    ]
    return f"{table(head, rows)}\n{_said(len(rules), lang)}\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell(text) for text in row)} |\n" for row in lines)


def cell(text: str) -> str:
    """Return a text as it can stand in a table's cell."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _said(n: int, lang: Lang) -> str:
    return rule_word("total", lang, n=n) if n else rule_word("no_rules", lang)

"""The rules of a book that a run wants."""

from fupin_cli.errors import UsageError
from fupin_cli.model.rule import SEVERITIES, Rule
from fupin_cli.model.settings import Settings


def wanted(rules: dict[str, Rule], settings: Settings) -> dict[str, Rule]:
    """Return the rules that --select, --ignore and --severity leave; raise UsageError for a prefix nothing answers to."""
    for prefix in (*settings.select, *settings.ignore):
        if not any(rule.startswith(prefix) for rule in rules):
            raise UsageError(
                f"没有编号以 {prefix} 开头的规则；用 fupin rules list 查看。",
                f"no rule id starts with {prefix}; see fupin rules list.",
            )
    lowest = SEVERITIES.index(settings.severity)
    return {
        name: rule
        for name, rule in rules.items()
        if (not settings.select or name.startswith(settings.select))
        and not (settings.ignore and name.startswith(settings.ignore))
        and _worst(rule) <= lowest
    }


def _worst(rule: Rule) -> int:
    return min(SEVERITIES.index(severity) for severity in (rule.severity, *(grade.severity for grade in rule.grades)))

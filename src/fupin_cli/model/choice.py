"""The rules of a book that a run wants."""

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.model.rule import SEVERITIES, Rule, Severity
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings


def wanted(book: RuleBook, settings: Settings) -> dict[str, Rule]:
    """Return the rules that --select, --ignore and --severity leave; raise UsageError for a prefix nothing answers to.

    Where the profile's item for a rule says a severity, that one counts.
    """
    rules = book.rules
    profile = book.profiles.get(settings.profile or "")
    graded = {item.rule: item.severity for item in profile.items if item.severity} if profile else {}
    for prefix in (*settings.select, *settings.ignore):
        if not any(rule.startswith(prefix) for rule in rules):
            raise UsageError(*both("没有编号以 {prefix} 开头的规则；用 fupin rules list 查看。", prefix=prefix))
    lowest = SEVERITIES.index(settings.severity)
    return {
        name: rule
        for name, rule in rules.items()
        if (not settings.select or name.startswith(settings.select))
        and not (settings.ignore and name.startswith(settings.ignore))
        and _worst(rule, graded.get(name)) <= lowest
    }


def _worst(rule: Rule, of_the_profile: Severity | None) -> int:
    if of_the_profile is not None:
        return SEVERITIES.index(of_the_profile)  # goes before the rule's own grades too
    return min(SEVERITIES.index(severity) for severity in (rule.severity, *(grade.severity for grade in rule.grades)))

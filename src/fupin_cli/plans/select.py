"""Which of the wanted rules can run on these tables."""

from fupin_cli.language.needs import Sight
from fupin_cli.model.rule import NotRun, Profile, ProfileItem
from fupin_cli.model.settings import Settings
from fupin_cli.plans.check import Book, Checked
from fupin_cli.plans.sight import missing


def item_of(profile: Profile | None, rule: str) -> ProfileItem | None:
    """Return the profile's item for a rule."""
    return next((item for item in profile.items if item.rule == rule), None) if profile else None


_MADE_OF = {  # a built-in column → the heading, or the table, that a user can add
    "表有户主": "与户主关系",
    "成员表有户主": "与户主关系",
    "户表有此户": "户表",
}


def obstacle(checked: Checked, book: Book, sight: Sight, settings: Settings) -> NotRun | None:
    """Return why a rule cannot run on these tables, or None when it can."""
    rule = checked.rule
    profile = book.source.profiles.get(settings.profile or "")
    expressions = [expression for expression in (checked.when, checked.must) if expression is not None]
    if sight.earlier is None and any(expression.previous for expression in expressions):
        return NotRun(rule.id, "previous", ("--previous",))
    if rule.profile_item and item_of(profile, rule.id) is None:
        return NotRun(rule.id, "profile", (settings.profile or "--profile",))
    if rule.rows and not any(name in sight.present for name in rule.rows):
        return NotRun(rule.id, "ledger" if rule.scope == "台账" else "list", rule.rows)
    lists = {*rule.lists, *(name for expression in expressions for name in expression.lists)}
    absent = tuple(sorted(name for name in lists if name not in sight.present))
    if absent:
        return NotRun(rule.id, "list", absent)
    optional = frozenset(rule.optional)
    lacking = tuple(
        dict.fromkeys(
            _MADE_OF.get(name, name)
            for expression in expressions
            for name in missing(expression, book, sight, optional)
        )
    )
    if lacking:
        return NotRun(rule.id, "column", lacking)
    empty = tuple(
        sorted(name for expression in expressions for name in expression.parameters if not sight.parameters[name])
    )
    return NotRun(rule.id, "parameter", empty) if empty else None

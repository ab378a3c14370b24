"""`fupin rules show`: a rule's id, a day and a place in; everything there is to say of the rule out."""

import re
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.rule_choice import unknown_rule
from fupin_cli.jobs.wanted import resolved
from fupin_cli.model.dictionary import Dictionary, Type
from fupin_cli.model.parameters import missing_sentence, value_at
from fupin_cli.model.rule import NotRun, Profile, ProfileItem, Value
from fupin_cli.model.rule_page import ParameterCall, ParameterUse, RulePage, Uses
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.plans import Book, plan
from fupin_cli.plans.pretty import pretty
from fupin_cli.plans.required import written_out
from fupin_cli.plans.uses import uses

_BUILT_IN: dict[str, dict[str, Type]] = {
    "户": {"数据日期": "日期", "成员表有户主": "真假"},
    "人": {"数据日期": "日期", "户表有此户": "真假", "表有户主": "真假"},
    "村": {"数据日期": "日期"},
    "县": {"数据日期": "日期"},
}
_WRITTEN_DAY = re.compile(r"DATE '([0-9-]{10})'")


def rule_page(rule_id: str, settings: Settings, rules_dir: Path | None = None) -> RulePage:
    """Return all there is to say of a rule.

    Args:
        rule_id: its id, in capitals or not.
        settings: day, place and profile; `region` as the user wrote it.
        rules_dir: more rules than those of fupin.

    Raises:
        UsageError: the rule, the region or the profile is not known, or the rule is retired.
        RuleError: the rule book has faults.
    """
    rules = compiled(rules_dir, examples=True)
    if rule_id.upper() not in rules.source.rules:
        raise unknown_rule(rule_id, rules.source)
    return page_of(rule_id.upper(), settings, rules.book)


def page_of(rule_id: str, settings: Settings, book: Book) -> RulePage:
    """Return the page of a rule of a checked book."""
    settings = resolved(settings, book.source)
    profile = book.source.profiles.get(settings.profile or "")
    used = uses_of(rule_id, book, profile)
    sql_profile = settings.profile or _some_profile(rule_id, book.source)
    sql, not_run = _sql(rule_id, book, replace(settings, profile=sql_profile))
    day = settings.as_of or settings.today
    return RulePage(
        rule=book.source.rules[rule_id],
        uses=used,
        day=day,
        region=settings.region,
        profile=settings.profile,
        parameters=tuple(in_force(call, book.source, day, settings.region, profile) for call in used.parameters),
        items=tuple(_items(rule_id, book.source, profile)),
        sql=sql,
        sql_profile=sql_profile,
        not_run=not_run,
    )


def uses_of(rule_id: str, book: Book, profile: Profile | None = None) -> Uses:
    """Return what a rule speaks of; a reading rule speaks of nothing."""
    checked = book.rules.get(rule_id)
    return uses(written_out(checked, book, profile) or checked, book) if checked else Uses()


def _items(rule_id: str, source: RuleBook, profile: Profile | None) -> list[tuple[Profile, ProfileItem]]:
    profiles = [profile] if profile else source.profiles.values()
    return [(one, item) for one in profiles for item in one.items if item.rule == rule_id]


def in_force(
    call: ParameterCall, source: RuleBook, day: date, region: str | None, profile: Profile | None
) -> ParameterUse:
    """Return what a parameter is on a day at a place, and which values it has besides."""
    parameter = source.parameters[call.name]
    if profile is not None and call.name in profile.parameters:
        writer = source.profiles.get(profile.lent.get(call.name, ""), profile)
        value = Value(profile.parameters[call.name], date.min, None, "", "*", writer.basis)
        return ParameterUse(call, parameter.unit, value, writer.title, ("", ""), parameter.values)
    tier = call.tier.strip("'") if call.tier.startswith("'") else ""
    if written := _WRITTEN_DAY.fullmatch(call.day):
        day = date.fromisoformat(written[1])
    known = None if call.tier and not tier else value_at(parameter, day, region, tier)
    missing = ("", "") if known else missing_sentence(parameter, day, region, tier=tier)
    near = sorted(parameter.values, key=lambda value: (value.tier != tier, not (region or "").startswith(value.place)))
    others = tuple(value for value in near if value is not known)
    return ParameterUse(call, parameter.unit, known, "", missing, others)


def _some_profile(rule_id: str, source: RuleBook) -> str | None:
    """Return the first profile that has an item for a rule which runs only where a profile has one."""
    if not source.rules[rule_id].profile_item:
        return None
    return next(
        (name for name, one in source.profiles.items() if any(item.rule == rule_id for item in one.items)), None
    )


def _sql(rule_id: str, book: Book, settings: Settings) -> tuple[tuple[str, ...], NotRun | None]:
    """Return the statements of a rule over a workbook that has every column, or why it cannot run even there."""
    if rule_id not in book.rules:
        return (), None
    only = Settings(settings.today, settings.as_of, settings.region, settings.profile, (rule_id,))
    made = plan(book, everything(book.source.dictionary), only)
    if rule_id not in made.rules:
        return (), next((one for one in made.not_run if one.rule == rule_id), None)
    return tuple(pretty(statement) for statement in made.statements), None


def everything(dictionary: Dictionary) -> Tables:
    """Return tables, of which none exists, with every column of the dictionary, every list, and an earlier edition."""
    columns: dict[str, dict[str, Type]] = {
        level: {
            **{name: column.type for name, column in dictionary.columns.items() if column.level in {level, "地"}},
            **_BUILT_IN.get(level, {}),
        }
        for level in ("户", "人", "村", "县")
    }
    lists = {name: {one.name: one.type for one in kind.columns.values()} for name, kind in dictionary.lists.items()}
    now = Tables((), persons=True, households=True, columns=columns, lists=lists)
    return replace(now, previous=now)

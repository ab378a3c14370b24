"""Turn rules, and a RulePage, into JSON."""

import json
from collections.abc import Sequence
from typing import Any

from fupin_cli.model.rule import Example, Profile, ProfileItem, Rule, Value
from fupin_cli.model.rule_page import ColumnUse, ParameterUse, RulePage
from fupin_cli.reports.rule_words import basis_words, jsonable
from fupin_cli.reports.words import Lang, basis_text, rule_name


def rules_json(rules: Sequence[tuple[Rule, tuple[str, ...]]], lang: Lang) -> str:
    """Return a JSON list, an entry a rule with the lists it needs."""
    return _json([{**_entry(rule, lang), "lists": list(lists)} for rule, lists in rules])


def page_json(page: RulePage, lang: Lang) -> str:
    """Return everything there is to say of a rule as one JSON object."""
    return _json({**_entry(page.rule, lang), **_written(page.rule, lang), **_around(page, lang)})


def _written(rule: Rule, lang: Lang) -> dict[str, Any]:
    """Return what the file of a rule says."""
    english = lang == "en"
    return {
        "name_en": rule.name_en,
        "grades": [{"severity": one.severity, "when": one.when} for one in rule.grades],
        "when": rule.when,
        "must": rule.must,
        "check": rule.check,
        "message": rule.message_en or rule.message if english else rule.message,
        "why": rule.why_en or rule.why if english else rule.why,
        "fix": rule.fix_en or rule.fix if english else rule.fix,
        "since": jsonable(rule.since),
        "until": jsonable(rule.until),
        "regions": list(rule.regions),
        "rows": list(rule.rows),
        "subject": rule.subject,
        "parts": list(rule.parts),
        "optional": list(rule.optional),
        "profile_item": rule.profile_item,
        "never_unknown": rule.never_unknown,
        "examples": [_example(example) for example in rule.examples],
        "file": str(rule.file),
    }


def _around(page: RulePage, lang: Lang) -> dict[str, Any]:
    """Return what a rule uses for a day and a place, and what it becomes."""
    missing = page.not_run
    return {
        "as_of": jsonable(page.day),
        "region": page.region,
        "profile": page.profile,
        "parameters": [_parameter(used, lang) for used in page.parameters],
        "columns": [_column(used) for used in page.uses.columns],
        "derived": [
            {"name": one.name, "level": one.level, "type": one.type, "from": list(one.alternatives), "why": one.why}
            for one in page.uses.derived
        ],
        "lists": [one.name for one in page.uses.lists],
        "list_columns": {one.name: [_column(used) for used in one.columns] for one in page.uses.lists},
        "list_aliases": {one.name: list(one.aliases) for one in page.uses.lists},
        "profile_items": [_profile_item(profile, item) for profile, item in page.items],
        "sql": list(page.sql),
        "sql_profile": page.sql_profile,
        "not_run": {"reason": missing.reason, "missing": list(dict.fromkeys(missing.missing))} if missing else None,
    }


def _profile_item(profile: Profile, item: ProfileItem) -> dict[str, Any]:
    return {
        "profile": profile.name,
        "title": profile.title,
        "says": item.says,
        "exceptions": list(item.exceptions),
        "severity": item.severity,
    }


def _entry(rule: Rule, lang: Lang) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule_name(rule, lang),
        "theme": rule.theme,
        "scope": rule.scope,
        "severity": rule.severity,
        "kind": rule.kind,
        "basis": basis_text(rule),
        "tags": list(rule.tags),
    }


def _example(example: Example) -> dict[str, Any]:
    """Return an example with everything it carries and nothing it does not."""
    told = {"given": dict(example.given), "verdict": example.verdict}
    for field in example.__struct_fields__:
        if field not in {"given", "verdict", "line"} and (value := getattr(example, field)):
            told[field] = jsonable(value)
    return told


def _parameter(used: ParameterUse, lang: Lang) -> dict[str, Any]:
    return {
        "name": used.call.name,
        "day": used.call.day,
        "tier": used.call.tier,
        "unit": used.unit,
        "in_force": {**_value(used.value), "given_by": used.given_by} if used.value else None,
        "missing": used.missing[lang == "en"],
        "others": [_value(other) for other in used.others],
    }


def _value(value: Value) -> dict[str, Any]:
    return {
        "value": value.value,
        "since": jsonable(value.since),
        "until": jsonable(value.until),
        "place": value.place,
        "tier": value.tier,
        "source": basis_words(value.basis),
    }


def _column(used: ColumnUse) -> dict[str, Any]:
    column = used.column
    return {
        "name": column.name,
        "level": column.level,
        "type": column.type,
        "codes": column.codes,
        "role": used.role,
        "aliases": list(column.aliases),
    }


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"

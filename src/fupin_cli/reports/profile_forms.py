"""Turn a ProfileTable into JSON, or into tables of markdown."""

import json
from typing import Any

from fupin_cli.catalogue import both
from fupin_cli.model.profile_table import ParameterRow, ProfileRow, ProfileTable, Standing
from fupin_cli.model.rule import Profile, ProfileItem
from fupin_cli.reports.profile_words import (
    item_text,
    joined,
    parameter_name,
    place_and_day,
    profile_word,
    required_text,
)
from fupin_cli.reports.rule_list import table as markdown
from fupin_cli.reports.rule_words import basis_words, jsonable, number_text
from fupin_cli.reports.words import Lang, rule_name, word


def profiles_json(table: ProfileTable, lang: Lang) -> str:
    """Return the profiles, each whole, and the rows in which they meet, as one JSON object."""
    made = {
        "profiles": [_profile(profile) for profile in table.profiles],
        "rules": [_rule(row, table, lang) for row in table.rows],
        "parameters": [_parameter(row, table) for row in table.parameters],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "title": profile.title,
        "region": profile.region,
        "as_of": jsonable(profile.as_of),
        "extends": profile.extends,
        "without": list(profile.without),
        "basis": {
            "document": profile.basis.document,
            "says": profile.basis.says,
            "convention": profile.basis.convention,
        },
        "required": jsonable(profile.required),
        "parameters": dict(profile.parameters),
        "unchecked": list(profile.unchecked),
        "file": jsonable(profile.file),
    }


def _rule(row: ProfileRow, table: ProfileTable, lang: Lang) -> dict[str, Any]:
    named = zip(table.profiles, row.items, strict=True)
    return {
        "rule": row.rule.id,
        "name": rule_name(row.rule, lang),
        "lists": list(row.lists),
        "items": {profile.name: _item(entry, profile) for profile, entry in named if entry},
    }


def _item(entry: ProfileItem, profile: Profile) -> dict[str, Any]:
    return {
        "says": entry.says,
        "exceptions": list(entry.exceptions),
        "severity": entry.severity,
        "from": entry.lender or profile.name,
    }


def _parameter(row: ParameterRow, table: ProfileTable) -> dict[str, Any]:
    named = zip(table.profiles, row.values, strict=True)
    return {
        "name": row.name,
        "unit": row.unit,
        "tier": row.tier,
        "values": {profile.name: _value(value) for profile, value in named if value},
    }


def _value(value: Standing) -> dict[str, Any]:
    return {"value": value.value, "given_by": value.giver or None, "source": basis_words(value.basis)}


def profiles_markdown(table: ProfileTable, lang: Lang) -> str:
    """Return the profiles as tables: what each is, then a row an item and a row a parameter."""
    facts = [
        [
            profile.name,
            profile.title,
            *place_and_day(profile, lang),
            profile.extends or "",
            required_text(profile, lang),
            basis_words(profile.basis),
            joined(profile.unchecked, lang, both("；")[lang == "en"]),
        ]
        for profile in table.profiles
    ]
    keys = ("profiles", "title", "place", "day", "extends", "required")
    head = [*(profile_word(key, lang) for key in keys), word("basis", lang), profile_word("unchecked", lang)]
    names = [profile.name for profile in table.profiles]
    items = [
        [row.rule.id, rule_name(row.rule, lang), joined(row.lists, lang)]
        + [item_text(entry, lang) if entry else "" for entry in row.items]
        for row in table.rows
    ]
    values = [
        [parameter_name(row, lang), *(number_text(value.value) if value else "" for value in row.values)]
        for row in table.parameters
    ]
    tables = [markdown(head, facts)]
    if items:
        lead = [profile_word("rule", lang), word("name", lang), profile_word("lists", lang)]
        tables.append(markdown([*lead, *names], items))
    if values:
        tables.append(markdown([profile_word("parameters", lang), *names], values))
    return "\n".join(tables)

"""A kind of rule file and a rule book in, the JSON Schema of such files out (draft 2020-12), for editors to complete and check by.

Values are those of YAML 1.2, as editors read them: 3609 is a number, 2010-05-01 a text.
"""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel

from fupin_cli.model.rule import THEMES
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.rules import schema
from fupin_cli.rules.ledger_file import WrittenLedger
from fupin_cli.rules.schema_words import KEYS, TITLES

Json = dict[str, Any]
Kind = Literal["rule", "codes", "parameter", "profile", "list", "columns", "derived", "ledger", "retired"]
MODELS: dict[Kind, type[BaseModel]] = {
    "rule": schema.WrittenRule,
    "codes": schema.WrittenCodes,
    "parameter": schema.WrittenParameter,
    "profile": schema.WrittenProfile,
    "list": schema.WrittenList,
    "columns": schema.WrittenDictionary,
    "derived": schema.WrittenDerived,
    "ledger": WrittenLedger,
    "retired": schema.WrittenRetired,
}
_CELL: Json = {"type": ["string", "number", "boolean", "null"]}
_ID: Json = {"type": "string", "pattern": f"^({'|'.join(THEMES)})[0-9]{{3}}$"}
_SPECIAL: dict[str, Json] = {  # comment in schema.py → what it means in JSON
    "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "place": {
        "anyOf": [
            {"type": "string", "pattern": "^([0-9]{2}|[0-9]{4}|[0-9]{6})$"},
            {"type": "integer", "minimum": 11, "maximum": 999999},
        ]
    },
    "number or text": {"type": ["number", "string"], "minLength": 1},
    "cells": {"$ref": "#/$defs/cells"},
}


def json_schema(kind: Kind, book: RuleBook) -> Json:
    """Return the schema of one kind of file.

    Args:
        kind: which files.
        book: the names a file may use: columns, rules, code lists, parameters, lists, profiles.
    """
    model = MODELS[kind]
    made = model.model_json_schema()
    shapes: dict[str, Json] = {**made.pop("$defs", {}), model.__name__: made}
    names = _names(book)
    for name, shape in shapes.items():
        _describe(name, shape, names)
        shape.update(_BOUND.get(name, {}))
    if any("#/$defs/cells" in repr(shape) for shape in shapes.values()):
        shapes["cells"] = _cells(book)
    top = shapes.pop(model.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **top,
        **({"$defs": shapes} if shapes else {}),
    }


def _describe(model: str, shape: Json, names: dict[str, Json]) -> None:
    """Give a mapping and its keys titles and sentences, and its values the names they may be."""
    shape["title"] = TITLES.get(model, model)
    shape.pop("description", None)
    for key, value in shape["properties"].items():
        title, sentence = KEYS.get(f"{model}.{key}") or KEYS.get(key) or (key, "")
        made = _plain(value)
        named = names.get(f"{model}.{key}")
        if named is not None:
            made = _with_names(made, named)
        made.pop("default", None)
        shape["properties"][key] = {"title": title, "description": sentence, **made}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Return a part of a schema without pydantic's titles, its comments replaced by what they mean."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("$comment") in _SPECIAL:
        return dict(_SPECIAL[value["$comment"]])
    return {key: _plain(one) for key, one in value.items() if key != "title"}


def _with_names(value: Json, named: Json) -> Json:
    """Put an enumeration where the texts of a value stand: itself, the entries of a list, the keys of a mapping."""
    if "anyOf" in value:
        return {**value, "anyOf": [_with_names(one, named) for one in value["anyOf"]]}
    if value.get("type") == "array":
        return {**value, "items": dict(named)}
    if value.get("type") == "object":
        inner = value.get("additionalProperties")
        if isinstance(inner, dict) and inner.get("type") == "array" and "$ref" not in inner["items"]:
            return {**value, "additionalProperties": _with_names(inner, named)}
        return {**value, "propertyNames": dict(named)}
    return value if value.get("type") == "null" else dict(named)


def _names(book: RuleBook) -> dict[str, Json]:
    """Return, for keys that take a name of the rule book, what those names are."""
    dictionary = book.dictionary
    listed = [column for kind in dictionary.lists.values() for column in kind.columns]
    columns = _one_of([*dictionary.columns, *dictionary.derived, *listed])
    rules, codes = _one_of(book.rules), _one_of(dictionary.codes)
    lists, parameters = _one_of(dictionary.lists), _one_of(book.parameters)
    checks = _one_of(sorted({rule.check for rule in book.rules.values() if rule.check}))
    return {
        "WrittenRule.id": _ID,
        "WrittenRule.optional": columns,
        "WrittenRule.lists": lists,
        "WrittenRule.rows": lists,
        "WrittenRule.parts": rules,
        "WrittenRule.tags": {"type": ["string", "integer"], "minLength": 1},
        "WrittenRule.check": checks,
        "WrittenExample.profile": _one_of(book.profiles),
        "WrittenExample.lists": lists,
        "WrittenExample.parameters": parameters,
        "WrittenRetiredRule.id": _ID,
        "WrittenRetiredRule.replaced_by": _ID,
        "WrittenColumn.codes": codes,
        "WrittenDerivedColumn.codes": codes,
        "WrittenDerivedColumn.optional": columns,
        "WrittenProfile.extends": _one_of(book.profiles),
        "WrittenProfile.without": rules,
        "WrittenProfile.parameters": parameters,
        "WrittenProfile.required": _one_of(dictionary.columns),
        "WrittenItem.rule": rules,
        "WrittenLedger.optional": columns,
        "WrittenLedgerColumn.column": columns,
        "WrittenNeed.column": columns,
        "WrittenNeed.optional": columns,
    }


def _one_of(names: Iterable[str]) -> Json:
    found = list(dict.fromkeys(names))
    return {"enum": found} if found else {"type": "string", "minLength": 1}


def _cells(book: RuleBook) -> Json:
    """Return the schema of a row of raw cells: any key may stand in it, those of the dictionary are offered."""
    offered = {
        name: {
            "description": " ".join(part for part in (one.level, one.type, one.unit, one.codes or "") if part),
            **_CELL,
        }
        for name, one in book.dictionary.columns.items()
    }
    return {"title": "一行单元格", "type": "object", "properties": offered, "additionalProperties": dict(_CELL)}


def _contains(verdict: str) -> Json:
    return {
        "properties": {
            "examples": {
                "contains": {"type": "object", "properties": {"verdict": {"const": verdict}}, "required": ["verdict"]}
            }
        }
    }


def _when(key: str, value: Json, then: Json, otherwise: Json | None = None) -> Json:
    return {
        "if": {"properties": {key: value}, "required": [key]},
        "then": then,
        **({"else": otherwise} if otherwise else {}),
    }


def _needs(key: str) -> Json:
    return {"required": [key]}


_WITHOUT_UNKNOWN: Json = {
    "anyOf": [_needs("never_unknown"), {"properties": {"kind": {"const": "reading"}}, "required": ["kind"]}]
}
_CODED: Json = _when("type", {"enum": ["代码", "多值"]}, _needs("codes"))
_BOUND: dict[str, Json] = {  # what keys ask of each other
    "WrittenRule": {
        "allOf": [
            _when(
                "kind",
                {"const": "reading"},
                {**_needs("check"), "not": {"anyOf": [_needs("when"), _needs("must")]}},
                {**_needs("must"), "not": _needs("check")},
            ),
            _contains("pass"),
            _contains("fail"),
            {"if": _WITHOUT_UNKNOWN, "else": _contains("unknown")},
        ]
    },
    "WrittenBasis": {"oneOf": [_needs("document"), _needs("convention")]},
    "WrittenColumn": {"allOf": [_CODED]},
}

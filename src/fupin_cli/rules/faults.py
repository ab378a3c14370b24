"""Pydantic's complaints in, faults for a clerk out: file, line, caret, and one sentence in Chinese and English."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import Fault
from fupin_cli.rules.yaml_nodes import Document, Sentences, Trail

LONGEST = 40  # characters of the written text that a sentence repeats


def faults_of(document: Document, model: type[BaseModel], error: ValidationError) -> list[Fault]:
    """Return one fault for each complaint of pydantic about `document`; the keys a mapping lacks make one."""
    faults: list[Fault] = []
    missing: dict[Trail, list[str]] = {}
    for details in error.errors(include_url=False):
        trail: Trail = details["loc"]
        if details["type"] == "missing":
            missing.setdefault(trail[:-1], []).append(str(trail[-1]))
        else:
            faults.append(_fault(document, model, trail, details))
    return faults + [document.fault(trail, _missing(trail, keys)) for trail, keys in missing.items()]


def _fault(document: Document, model: type[BaseModel], trail: Trail, details: ErrorDetails) -> Fault:
    if details["type"] == "extra_forbidden":
        return document.fault(trail, _unknown_key(str(trail[-1]), _keys_at(model, trail[:-1])), on_key=True)
    if trail and trail[-1] == "[key]":
        return document.fault(trail[:-1], _unknown_word(details), on_key=True)
    return document.fault(trail, _sentences(details))


def _missing(trail: Trail, keys: list[str]) -> Sentences:
    where_zh, where_en = _where(trail)
    if len(keys) == 1:
        return both("{where}缺少必填的 {keys}", "faults", where=(where_zh, where_en), keys=keys[0])
    return both("{where}缺少必填的 {keys}", where=(where_zh, where_en), keys=enumerated(keys))


def _where(trail: Trail) -> Sentences:
    """Say which entry is meant: ("examples", 1) → “examples 第 2 条”; nothing at the top of a file."""
    if not trail:
        return "", ""
    zh = " ".join(f"第 {step + 1} 条" if isinstance(step, int) else step for step in trail)
    en = " ".join(f"entry {step + 1}" if isinstance(step, int) else step for step in trail)
    return f"{zh} ", f"{en}: "


def _unknown_key(key: str, known: list[str]) -> Sentences:
    return _with_nearest(*both("不认识的键“{key}”", key=key), key, known)


def _unknown_word(details: ErrorDetails) -> Sentences:
    """Say what may stand here, where only some words may."""
    expected = str(details.get("ctx", {}).get("expected", ""))
    words = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    written = _short(details["input"])
    zh, en = both("“{written}”不在允许的值之内：{words}", written=written, words=enumerated(words))
    nearest = get_close_matches(written, words, 1)
    return both("{told}（是不是 {nearest}？）", told=(zh, en), nearest=nearest[0]) if nearest else (zh, en)


def _with_nearest(zh: str, en: str, written: str, known: Iterable[str]) -> Sentences:
    known = list(known)
    nearest = get_close_matches(written, known, 1)
    if nearest:
        return both("{told}，是不是“{nearest}”？", told=(zh, en), nearest=nearest[0])
    return both("{told}；可写：{known}", told=(zh, en), known=enumerated(known))


def _keys_at(model: type[BaseModel], trail: Trail) -> list[str]:
    """Return the keys that may be written in the mapping that `trail` leads to."""
    for step in trail:
        if isinstance(step, int):
            continue
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        inner = _model_in(fields[step].annotation) if step in fields else None
        if inner is None:
            return []
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - a type expression
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in get_args(annotation))
    return next((model for model in found if model), None)


def _short(written: object) -> str:
    text = str(written)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _sentences(details: ErrorDetails) -> Sentences:
    if details["input"] is None:
        return _EMPTY
    if details["type"] == "literal_error":
        return _unknown_word(details)
    if details["type"] in _BY_TYPE:
        return _BY_TYPE[details["type"]](_short(details["input"]))
    return both("写法不对（{msg}）", msg=details["msg"])


def _fixed(zh: str, en: str) -> Callable[[str], Sentences]:
    return lambda written: (zh.format(written=written), en.format(written=written))


_EMPTY = both("这里是空的：写上内容，或删去这一行")
_LIST = _fixed(*both("这里应是列表：写成 [甲, 乙]"))
_MAPPING = _fixed(*both("这里应是“键: 值”的形式", "faults"))
_BY_TYPE: dict[str, Callable[[str], Sentences]] = {
    "string_type": _fixed(*both("这里应是一段文字，不是列表或“键: 值”")),
    "string_too_short": _fixed(*_EMPTY),
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "cells": _fixed(*both("这里应是一行单元格：写成 {{列: 值}}")),
    "bool_parsing": _fixed(*both("“{written}”应写 true 或 false")),
    "bool_type": _fixed(*both("这里应写 true 或 false")),
    "iso_day": _fixed(*both("“{written}”不是日期：写成 2020-12-31")),
    "date_from_datetime_parsing": _fixed(*both("没有“{written}”这一天")),
    "date_parsing": _fixed(*both("没有“{written}”这一天")),
    "date_type": _fixed(*both("这里应是日期：写成 2020-12-31")),
    "number_or_text": _fixed(*both("这里应是一个数字或一段文字")),
    "region_code": _fixed(*both("“{written}”不是2、4或6位行政区划代码")),
}  # fmt: skip

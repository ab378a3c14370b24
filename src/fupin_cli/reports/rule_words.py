"""The fixed words of pages about rules, and rule parts as texts: cells, examples, values of parameters."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from fupin_cli.model.rule import Basis, Example, Value
from fupin_cli.reports.words import Lang, severity_word
from fupin_cli.values import regions

WORDS: dict[str, tuple[str, str]] = {
    "english": ("英文名", "Chinese name"),
    "when": ("适用条件 when", "applies when"),
    "must": ("合格条件 must", "must hold"),
    "grades": ("严重度分级", "graded severity"),
    "check": ("读取检查 check", "check of the reader"),
    "kind": ("种类", "kind"),
    "rows": ("判断的表", "rows of"),
    "subject": ("判断的对象", "subject"),
    "since": ("起用日期", "since"),
    "until": ("截止日期", "until"),
    "regions": ("适用地区", "regions"),
    "parts": ("综合自", "made of"),
    "tags": ("标签", "tags"),
    "profile_item": ("只在方案列出时运行", "runs only where a profile has an item for it"),
    "never_unknown": ("不会无法判断", "never unknown"),
    "yes": ("是", "yes"),
    "parameters": ("标准", "Parameters"),
    "parameters_at": ("标准（{day}，{place}）", "Parameters ({day}, {place})"),
    "anywhere": ("未指明地区", "no region said"),
    "everywhere": ("各地", "everywhere"),
    "others": ("另有", "others"),
    "given_by_profile": ("方案“{profile}”给定", "given by the profile “{profile}”"),
    "from": ("自 {since}", "since {since}"),
    "span": ("{since} 至 {until}", "{since} to {until}"),
    "columns": ("所需列", "Columns"),
    "needed": ("必需", "needed"),
    "optional": ("可缺", "optional"),
    "derived": ("推算用", "for a derived column"),
    "aliases": ("表头也可写作 {names}", "other headings: {names}"),
    "derived_columns": ("推算列（先列的优先，缺列时用后面的）", "Derived columns (the first whose columns are there)"),
    "lists": ("比对名单", "Departmental lists"),
    "list_columns": ("列：{names}", "columns: {names}"),
    "profiles": ("方案条目", "Items of profiles"),
    "no_item": ("方案“{profile}”没有这条规则。", "The profile “{profile}” has no item for this rule."),
    "exceptions": ("例外：{conditions}", "except {conditions}"),
    "sql": ("SQL（列和名单齐全的登记表）", "SQL (over a registry that has every column and list)"),
    "sql_not_run": ("没有 SQL：{reason}（{missing}）。", "no SQL: {reason} ({missing})."),
    "sql_reading": ("读取规则由读表程序判断，没有 SQL。", "A reading rule is judged by the reader; it has no SQL."),
    "as_of": ("数据日期", "as of"),
    "region": ("地区", "region"),
    "profile": ("方案", "profile"),
    "members": ("成员", "members"),
    "others_rows": ("他户的行", "rows of others"),
    "given_parameters": ("给定标准", "parameters given"),
    "given_lists": ("名单", "lists"),
    "severity": ("严重度", "severity"),
    "previous": ("上一期", "earlier edition"),
    "previous_members": ("上一期成员", "members of the earlier edition"),
    "households": ("户", "households"),
    "villages": ("村", "villages"),
    "blank": ("（空白）", "(blank)"),
    "no_rows": ("（没有行）", "(no row)"),
    "nothing": ("（空行）", "(nothing)"),
    "no_rules": ("没有符合条件的规则。", "No rule answers to that."),
    "total": ("共 {n} 条规则。", "{n} rules."),
    "id": ("编号", "id"),
    "name": ("名称", "name"),
    "scope": ("范围", "scope"),
    "basis": ("依据", "basis"),
}
VERDICTS = {"pass": "通过", "fail": "不符", "unknown": "无法判断", "not applicable": "不适用"}
_FIELD_WORDS = {"others": "others_rows", "parameters": "given_parameters", "lists": "given_lists"}


def rule_word(key: str, lang: Lang, **parts: object) -> str:
    """Return the word for `key`, its {parts} filled in; the key itself when it has none."""
    if key not in WORDS:
        return key
    text = WORDS[key][lang == "en"]
    return text.format(**parts) if parts else text


def verdict_word(verdict: str, lang: Lang) -> str:
    """Return the name of a verdict."""
    return VERDICTS.get(verdict, verdict) if lang == "zh" else verdict


def cells_text(cells: Mapping[str, str], lang: Lang) -> str:
    """Return a row of cells on one line: 出生日期=2010-05-01，在校生状况=小学."""
    comma = ", " if lang == "en" else "，"
    blank = rule_word("blank", lang)
    return comma.join(f"{name}={value or blank}" for name, value in cells.items()) or rule_word("nothing", lang)


def carried(example: Example, lang: Lang) -> list[tuple[str, str]]:
    """Return what an example carries beside its own row: (word, text), a line each."""
    told: list[tuple[str, str]] = []
    for field in fields(example):
        value = getattr(example, field.name)
        if field.name in {"given", "verdict", "line"} or not value:
            continue
        label = rule_word(_FIELD_WORDS.get(field.name, field.name), lang)
        value = severity_word(value, lang) if field.name == "severity" else value
        told += [(label + more, text) for more, text in _lines(value, lang)]
    return told


def _lines(value: Any, lang: Lang) -> list[tuple[str, str]]:  # noqa: ANN401 - whatever an example may carry
    """Return a value as lines: rows one each, the rows of lists under the list's name."""
    if isinstance(value, tuple):
        return [("", cells_text(row, lang) if isinstance(row, dict) else str(row)) for row in value]
    if isinstance(value, dict) and any(isinstance(one, tuple) for one in value.values()):
        return [
            (f" {name}", text)
            for name, rows in value.items()
            for _, text in _lines(rows, lang) or [("", rule_word("no_rows", lang))]
        ]
    if isinstance(value, dict):
        return [("", cells_text(value, lang))]
    return [("", value.isoformat() if isinstance(value, date) else str(value))]


def number_text(value: float | str) -> str:
    """Return a parameter's value as a reader writes it: 4000, not 4000.0."""
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


def basis_words(basis: Basis) -> str:
    """Return a basis as one line: the document and what it says, or the convention."""
    return "：".join(part for part in (basis.document, basis.says) if part) or basis.convention


def where_and_when(value: Value, lang: Lang) -> str:
    """Say for which days, place and tier a value holds."""
    span = "span" if value.until else "from"
    place = f"{regions.name(value.place) or ''} {value.place}".strip() if value.place else rule_word("everywhere", lang)
    parts = [place, rule_word(span, lang, since=value.since, until=value.until), value.tier]
    return (", " if lang == "en" else "，").join(part for part in parts if part)


def jsonable(value: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    """Return a record's value as JSON has it: dates as text, tuples as lists."""
    if isinstance(value, dict):
        return {str(name): jsonable(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [jsonable(one) for one in value]
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Path) else value

"""The fixed words of pages about rules, and rule parts as texts: cells, examples, values of parameters."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fupin_cli.catalogue import both
from fupin_cli.model.rule import Basis, Example, Value
from fupin_cli.reports.words import Lang, severity_word
from fupin_cli.values import regions

WORDS: dict[str, tuple[str, str]] = {
    "english": both("英文名"),
    "when": both("适用条件 when"),
    "must": both("合格条件 must"),
    "grades": both("严重度分级"),
    "check": both("读取检查 check"),
    "kind": both("种类"),
    "rows": both("判断的表"),
    "subject": both("判断的对象"),
    "since": both("起用日期"),
    "until": both("截止日期"),
    "regions": both("适用地区"),
    "parts": both("综合自"),
    "tags": both("标签", "tags"),
    "profile_item": both("只在方案列出时运行"),
    "never_unknown": both("不会无法判断"),
    "yes": both("是"),
    "parameters": both("标准", "parameters"),
    "parameters_at": both("标准（{day}，{place}）"),
    "anywhere": both("未指明地区"),
    "everywhere": both("各地"),
    "others": both("另有"),
    "given_by_profile": both("方案“{profile}”给定"),
    "from": both("自 {since}"),
    "span": both("{since} 至 {until}"),
    "columns": both("所需列"),
    "needed": both("必需"),
    "optional": both("可缺"),
    "derived": both("推算用"),
    "aliases": both("表头也可写作 {names}"),
    "derived_columns": both("推算列（先列的优先，缺列时用后面的）"),
    "lists": both("比对名单"),
    "list_columns": both("列：{names}"),
    "profiles": both("方案条目"),
    "no_item": both("方案“{profile}”没有这条规则。"),
    "exceptions": both("例外：{conditions}"),
    "sql": both("SQL（列和名单齐全的登记表）"),
    "sql_not_run": both("没有 SQL：{reason}（{missing}）。"),
    "sql_reading": both("读取规则由读表程序判断，没有 SQL。"),
    "as_of": both("数据日期", "as_of"),
    "region": both("地区"),
    "profile": both("方案"),
    "members": both("成员"),
    "others_rows": both("他户的行"),
    "given_parameters": both("给定标准"),
    "given_lists": both("名单", "given_lists"),
    "severity": both("严重度"),
    "previous": both("上一期"),
    "previous_members": both("上一期成员"),
    "households": both("户"),
    "villages": both("村", "villages"),
    "blank": both("（空白）"),
    "no_rows": both("（没有行）"),
    "nothing": both("（空行）"),
    "no_rules": both("没有符合条件的规则。"),
    "total": both("共 {n} 条规则。"),
    "id": both("编号"),
    "name": both("名称"),
    "scope": both("范围"),
    "basis": both("依据"),
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
    comma = both("，")[lang == "en"]
    blank = rule_word("blank", lang)
    return comma.join(f"{name}={value or blank}" for name, value in cells.items()) or rule_word("nothing", lang)


def carried(example: Example, lang: Lang) -> list[tuple[str, str]]:
    """Return what an example carries beside its own row: (word, text), a line each."""
    told: list[tuple[str, str]] = []
    for field in example.__struct_fields__:
        value = getattr(example, field)
        if field in {"given", "verdict", "line"} or not value:
            continue
        label = rule_word(_FIELD_WORDS.get(field, field), lang)
        value = severity_word(value, lang) if field == "severity" else value
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
    return both("，")[lang == "en"].join(part for part in parts if part)


def jsonable(value: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    """Return a record's value as JSON has it: dates as text, tuples as lists."""
    if isinstance(value, dict):
        return {str(name): jsonable(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [jsonable(one) for one in value]
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Path) else value

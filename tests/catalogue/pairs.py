"""The source in; the places out where a wording stands in both languages and should be one message of the catalogue.

A text is a literal or an f-string. Two of them are a pair when they stand next to each other, or are the two sides of
a choice by language, the one Chinese and the other English. Of a text that stands where English is expected (`en = …`,
`why_en=…`, next to the variable `zh`) one side is enough.
"""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeGuard

from tests.catalogue.gather import modules

_CHINESE = re.compile(r"[\u3400-\u9fff，。；：？！、（）]")
_MARKS = re.compile(r"[，。；：？！、（）《》]")
_WORD = re.compile(r"[A-Za-z]{2}")
_WORDS = re.compile(r"[A-Za-z]+")
_SQL = re.compile(
    r"\bSELECT\b|\bFROM \"|CASE WHEN|VARCHAR|TRY_CAST|IS NULL|:1\b|\[\^|\(\?|\\[sdg]|\"_[a-z]+\"|\.\"|^[a-z]\.[a-z]|\[0-9\]|^\""
)
_DATA = {
    "both",
    "Change",
    "Function",
    "Parts",
    "Pass",
    "Candidate",
    "_derived",
    "quoted",
    "replace",
    "maketrans",
    "fromkeys",
    "get",
    "sub",
}
_KINDS = {"文本", "数字", "日期", "真假", "多值", "代码"}  # of an expression; they stand before a message
CHINESE_ONLY = {  # their texts are not shown in English, or are no texts
    "rules/schema_words.py",  # what an editor of rule files shows
    "reports/rule_docs.py",  # pages that hold both languages
    "tables/heading_text.py",
    "tables/numbers_sql.py",
    "fixes/spelling.py",
}


def pairs(source: Path) -> Iterator[str]:
    """Yield file:line of each pair of wordings in the modules of a folder."""
    for name, tree in modules(source):
        if name not in CHINESE_ONLY:
            types = {id(node.slice) for node in ast.walk(tree) if _is_literal_type(node)}
            for node in ast.walk(tree):
                if id(node) not in types and _offends(node):
                    yield f"{name}:{getattr(node, 'lineno', 0)}"


def _is_literal_type(node: ast.AST) -> TypeGuard[ast.Subscript]:
    """Tell a type like Literal["人", "share"]."""
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"


def _offends(node: ast.AST) -> bool:
    match node:
        case ast.Tuple(elts) | ast.List(elts):
            return _side_by_side(elts)
        case ast.Call(ast.Name(called) | ast.Attribute(attr=called), args, keywords):
            if any(_is_english_name(each.arg) and _is_english(_text(each.value)) for each in keywords):
                return called != "both"
            return called not in _DATA and _side_by_side(args)
        case ast.IfExp(test, body, orelse) if _by_language(test):
            return _is_pair(body, orelse) or _is_pair(orelse, body)
        case ast.Assign([ast.Name(name)], value):
            return _is_english_name(name) and _is_english(_text(value))
    return False


def _side_by_side(elements: list[ast.expr]) -> bool:
    for one, other in pairwise(elements):
        if _text(one) in _KINDS:
            continue
        if _is_pair(one, other) or (isinstance(one, ast.Name) and one.id == "zh" and _is_english(_text(other))):
            return True
    return False


def _is_pair(zh: ast.expr, en: ast.expr) -> bool:
    if isinstance(zh, ast.IfExp) and isinstance(en, ast.IfExp):
        return _is_pair(zh.body, en.body) or _is_pair(zh.orelse, en.orelse)
    one, other = _text(zh), _text(en)
    if one is None or other is None or not _CHINESE.search(one) or _SQL.search(one):
        return False
    same = bool(_CHINESE.search(other)) and set(_WORDS.findall(other)) <= set(_WORDS.findall(one))
    return _is_english(other) and not same


def _is_english(text: str | None) -> bool:
    return text is not None and not (
        _MARKS.search(text) or _SQL.search(text) or text.startswith("--") or text == "fupin" or not _WORD.search(text)
    )


def _is_english_name(name: str | None) -> bool:
    return name is not None and (name == "en" or name.lower().endswith("_en"))


def _by_language(test: ast.expr) -> bool:
    if isinstance(test, ast.Compare):
        return any(isinstance(each, ast.Constant) and each.value in ("zh", "en") for each in test.comparators)
    name = test.id if isinstance(test, ast.Name) else test.attr if isinstance(test, ast.Attribute) else ""
    return name in {"en", "english", "zh", "chinese"}


def _text(node: ast.expr) -> str | None:
    """Return what a text says, its parts left out; None for what is no text."""
    match node:
        case ast.Constant(str() as value):
            return value
        case ast.JoinedStr(values):
            return "".join(str(each.value) for each in values if isinstance(each, ast.Constant))
        case ast.BinOp(left, ast.Add(), right):
            texts = [text for text in (_text(left), _text(right)) if text is not None]
            return "".join(texts) if texts else None
    return None

"""Resolve the distinct texts of a coded column: the standard label, or what is wrong with the text."""

import re
from functools import cached_property

from msgspec import Struct

from fupin_cli.model.dictionary import BARE_CODE, CodeList
from fupin_cli.values.patterns import regex
from fupin_cli.values.text import fold

_PAIRS = (  # traditional characters of place and registry words, each before its simplified form; not a full table
    "縣县鄉乡鎮镇戶户邨村貧贫區区莊庄蘇苏東东廣广雲云貴贵隴陇陝陕灣湾組组隊队溝沟嶺岭橋桥鐵铁龍龙鳳凤馬马鳥鸟長长門门問问間间"
    "陳陈張张劉刘趙赵楊杨黃黄吳吴漢汉滿满無无殘残喪丧勞劳動动學学齡龄歲岁業业農农產产醫医療疗險险養养職职兒儿婦妇親亲孫孙"
    "傷伤災灾資资術术條条發发義义務务級级層层磚砖電电氣气類类離离狀状況况"
)
TRADITIONAL = "".join(old for old, new in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if old != new)
_SIMPLIFY = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
_WRAPPED = regex(r"""^(?:="|["'`‘’#])+|["'’]+$""")
_SEPARATORS = regex(r"[,，、;；|/\s\u3000]+")
_BLANK = regex(r"-*|/+|\\+|无")
MOST_TEXTS = 2000  # distinct texts of a coded column that are looked at; a column with more is not a coded one
_ALIKE = 75  # per cent: a text so near a label is a misspelling of it
_LONGEST_CODE = 3  # digits
_CODE_LABEL = regex(r"([0-9A-Z]{1,4})[-_.:、](.+)")


class Resolved(Struct, frozen=True):
    """What a text of a coded column stands for."""

    value: str | None = None  # standard label, or labels joined by ","
    blank: bool = False  # the text says that there is nothing
    rule: str = ""  # COD001, COD002, FMT013; "" when nothing is to be said
    note: str = ""


class Labels:
    """A code list made ready for look-ups."""

    def __init__(self, codes: CodeList) -> None:
        self.codes = codes
        self._labels = {fold(value): value for value in codes.values}
        self._synonyms = {fold(text): (text, value) for text, value in codes.synonyms.items()}
        self._codes = {_bare_code(code): value for code, value in codes.codes.items()}

    @cached_property
    def _order(self) -> dict[str, int]:
        return {value: place for place, value in enumerate(self.codes.values)}

    def one(self, text: str, *, stands: bool = False) -> Resolved:
        """Resolve the text of a 代码 cell, or one part of a 多值 cell; `stands`: a value not known may stand as written."""
        folded = fold(_WRAPPED.sub("", text.strip()))
        if (known := self._known(folded)) is not None:
            return known
        if found := _CODE_LABEL.fullmatch(folded):
            known, coded = self._known(found[2]), self._codes.get(_bare_code(found[1]))
            if known is not None and known.value is not None and coded in (None, known.value):
                return known
            return self._unknown(found[2], stands=stands)
        if _BLANK.fullmatch(folded):
            return Resolved(blank=True)
        return self._unknown(folded, stands=stands)

    def many(self, text: str) -> Resolved:
        """Resolve the text of a 多值 cell: its labels in the list's order."""
        whole = self._known(fold(text))
        if whole is not None:
            return whole
        parts = [
            self.one(part, stands=not self.codes.complete) for part in _SEPARATORS.split(text.strip()) if fold(part)
        ]
        wrong = next((part for part in parts if part.value is None and not part.blank), None)
        if wrong is not None:
            return wrong
        values = {part.value for part in parts if part.value is not None}
        if not values:
            return Resolved(blank=True)
        habit = next((part for part in parts if part.rule), Resolved())
        joined = ",".join(sorted(values, key=lambda value: self._order.get(value, len(self._order))))
        return Resolved(joined, rule=habit.rule, note=habit.note)

    def _known(self, folded: str) -> Resolved | None:
        if folded in self._labels:
            return Resolved(self._labels[folded])
        if folded in self._synonyms:
            text, value = self._synonyms[folded]
            if text in self.codes.offered:
                return Resolved(value)
            kind = "旧码值" if text in self.codes.retired else "同义写法"
            if (year := self.codes.ended.get(text)) is not None:
                kind = f"{year}年起不用的旧码值"
            rule = "FMT013" if any(char in TRADITIONAL and char not in value for char in text) else "COD002"
            return Resolved(value, rule=rule, note=f"{kind}“{text}”，按“{value}”读")
        coded = self._codes.get(_bare_code(folded))
        if coded is None and folded in ("TRUE", "FALSE"):
            coded = self._labels.get("是" if folded == "TRUE" else "否")
        return None if coded is None else Resolved(coded)

    def _unknown(self, folded: str, *, stands: bool) -> Resolved:
        """Resolve a text the list does not have; one that may stand does so unless it is a code or looks misspelt."""
        from rapidfuzz import fuzz, process

        simplified = folded.translate(_SIMPLIFY)
        if simplified != folded and (known := self._known(simplified)) is not None:
            return Resolved(known.value, rule="FMT013", note=f"“{folded}”按“{known.value}”读")
        if (
            folded.isdecimal()
            and len(folded) <= _LONGEST_CODE
            and not set(self.codes.values) <= set(self._codes.values())
        ):
            return Resolved(rule="COD001", note=BARE_CODE)
        found = process.extractOne(folded, list(self._labels), scorer=fuzz.ratio, score_cutoff=40)
        alike = found is not None and found[1] >= _ALIKE
        value = folded if stands and not alike and not folded.isdecimal() else None
        return Resolved(value, rule="COD001", note=self._labels[found[0]] if found else "")


def _bare_code(code: str) -> str:
    """A code without leading zeros and without the `.0` a spreadsheet adds: 01, 1 and 1.0 are one."""
    whole = re.sub(r"\.0+$", "", code)
    return whole.lstrip("0") or "0" if whole.isdecimal() else whole

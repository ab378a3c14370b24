"""Turn a heading as written into the spellings under which the dictionary may know it."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from fupin_cli.values.patterns import regex

_SPELLED = 16384  # texts of which the spellings are kept: the same headings and aliases are asked again and again
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DASHES = str.maketrans(
    dict.fromkeys("—–―－‐‑", "-") | {"[": "(", "]": ")", "【": "(", "】": ")", "〔": "(", "〕": ")"}
)
_MARKS = regex(rf"[*★☆※#{CIRCLED}]+[=+\-×]*")
_NUMBERING = regex(
    r"^(?:\(?(?:\d{1,3}(?:\.\d{1,2})*|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛]|[IVX]{1,4})[).、:]+(?!\d)"
    r"|\d{1,2}\.\d{1,2}(?=[\u4e00-\u9fff])|[A-Z]\d{1,3}(?:-\d{1,2})?[.、:-]?(?=[\u4e00-\u9fff]))"
)
_SPACED_NUMBER = regex(r"^\s*\d{1,2}\s+(?=[\u4e00-\u9fff])")
_BARE_UNIT = regex(  # “人均纯收入 元” says the unit without a bracket
    r"(?<=[\u4e00-\u9fff])(?:[\s/／:：,，]+(?:单位[:：])?([万千百亿]?元|亩|公顷|平方米|平米|平方公里|公里|千米)|[\s/／:：,，]*(㎡|[mM]²))\s*$"
)
_LAST_BRACKET = regex(r"\(([^()]*)\)$")
_ANY_BRACKET = regex(r"\([^()]*\)")
_QUESTION = regex(r"^(?:是否为|是否是|是否有|是否属于|是否属|是否|有无|有没有)(?=.{2})")
_LATIN = r"[^\W\d_\u3400-\u9fff]"
_TRANSLATION = regex(  # behind a blank or a sign two letters will do, right behind Chinese words there must be four
    rf"(?<=[\u4e00-\u9fff)\s/|-])((?:(?<![\u4e00-\u9fff)]){_LATIN}{{2}}|{_LATIN}[a-z\u00df-\u024f]{{3}})(?:{_LATIN}|[\s.,'’&/_-])*)$"
)
_SCALE = regex(r"\b(wan|thousand|million|hundred|yi|k)\b", re.IGNORECASE)
_NUMBER_WORD = regex(r"\b(id|no|number|code|num|tel|telephone|phone|mobile|date|year)\b", re.IGNORECASE)
_NUMBERED = ("号", "号码", "码", "证", "编号", "电话", "手机", "方式", "时间", "日期", "年度", "年份", "序")
_NO_WORDS = regex(r"[\d{}$]")
_SIGNS = regex(r"[-_/、,，。.:;()\"'“”‘’]+")
_COPY_NUMBER = regex(r"(?:\.\d{1,2}|[0-9])$")
_MONEY = {"元": "元", "万元": "万元", "千元": "千元", "亿元": "亿元", "百元": "百元"}
_AREA = {"亩": "亩", "公顷": "公顷", "平方米": "平方米", "m2": "平方米", "平米": "平方米", "平方公里": "平方公里"}
_LENGTH = {"公里": "公里", "km": "公里", "千米": "公里", "里": "里", "米": "米", "m": "米"}
_TIME = {"月": "月", "个月": "月", "月数": "月", "天": "天", "日": "天", "年": "年"}
_COUNT = {
    unit: unit for unit in ("人", "户", "个", "次", "岁", "辆", "头", "只", "套", "间", "人次", "处", "名", "%", "周岁")
}
_FAMILIES = (_MONEY, _AREA, _LENGTH, _TIME, _COUNT)
_UNITS = {unit for family in _FAMILIES for unit in family}


def joined(levels: Sequence[str]) -> str:
    """Return a heading as a clerk would quote it: its levels joined with "-", without line breaks."""
    return "-".join("".join(level.split("\n")).strip() for level in levels)


@lru_cache(_SPELLED)
def squeeze(text: str) -> str:
    """Return the text without blanks of any kind, in half width and upper case, brackets and dashes made one kind."""
    narrow = unicodedata.normalize("NFKC", _MARKS.sub("", text)).translate(_DASHES)
    return "".join(narrow.split()).upper()


@lru_cache(_SPELLED)
def plain(text: str) -> str:
    """Return the squeezed text without its numbering: “1.户编号”, “B12 危房户”."""
    whole = _BARE_UNIT.sub(lambda unit: f"({unit[1] or 'm2'})", _SPACED_NUMBER.sub("", text))
    return _NUMBERING.sub("", squeeze(whole)).rstrip(":.、,")


@lru_cache(_SPELLED)
def bare(text: str) -> str:
    """Return the plain text without the units and option lists that end it: “（亩）”, “(是/否)”."""
    rest = plain(text)
    while (bracket := _LAST_BRACKET.search(rest)) and bracket.start() and _says_how(bracket[1]):
        rest = rest[: bracket.start()]
    return rest


@lru_cache(_SPELLED)
def core(text: str) -> str:
    """Return what is left without any bracket, sign, translation, and without 是否 or 有无 before it."""
    own = bare(without_translation(text))
    rest = _ANY_BRACKET.sub("", own) or own
    return _SIGNS.sub("", _QUESTION.sub("", rest))


def spellings(text: str) -> tuple[str, ...]:
    """Return the normalised spellings of a heading, the most faithful first."""
    return tuple(dict.fromkeys(each for each in (plain(text), bare(text), core(text)) if each))


def without_copy_number(text: str) -> str | None:
    """Return a heading without the “.1” or “0” a program puts behind the second of two equal headings, or None."""
    rest = _COPY_NUMBER.sub("", squeeze(text))
    return rest if rest != squeeze(text) and len(rest) > 2 else None


def is_latin(char: str) -> bool:
    """Tell whether a character is a letter of a writing other than Chinese."""
    return char.isalnum() and not char.isdecimal() and not "\u3400" <= char <= "\u9fff"


def in_latin(text: str) -> bool:
    """Tell whether a text is words of another writing, without a digit and a Chinese letter."""
    chinese = any("\u3400" <= char <= "\u9fff" for char in text)
    return len(text) > 1 and is_latin(text[0]) and not chinese and not _NO_WORDS.search(text)


def without_translation(text: str) -> str:
    """Return a Chinese heading without the Latin words behind it: “户编号 Household ID”, “姓名Name”.

    They stay where they say more than the Chinese words: a number or code (户主 ID), or a scale.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    found = _TRANSLATION.search(written) if any(map(is_latin, written)) else None
    if found is None or is_unit(found[1]) or _SCALE.search(found[1]):
        return text
    chinese = written[: found.start()]
    says_number = _NUMBER_WORD.search(found[1]) and not _ANY_BRACKET.sub("", squeeze(chinese)).endswith(_NUMBERED)
    return text if says_number else chinese


def unit_of(text: str) -> str | None:
    """Return the unit a heading states in its last brackets (“耕地面积（亩）” → 亩), or None."""
    bracket = _LAST_BRACKET.search(plain(without_translation(text)))
    if bracket is None:
        return None
    word = bracket[1].lower().removeprefix("单位:")
    first = re.split(r"[/·每,、;]", word)[0]  # 元/人·年
    return word if word in _UNITS else first if first in _UNITS else None


def is_unit(text: str) -> bool:
    """Tell whether a cell holds a unit and nothing else: “元”, “（平方米）”, “单位：亩”."""
    return squeeze(text).strip("()").lower().removeprefix("单位:") in _UNITS


def units_disagree(stated: str | None, wanted: str) -> bool:
    """Tell whether a stated unit measures the same thing as the wanted one, on another scale (万元 and 元)."""
    base = re.split(r"[/·每]", wanted)[0].lower()
    for family in (_MONEY, _AREA, _LENGTH, _TIME):
        if stated in family and base in family:
            return family[stated] != family[base]
    return False


def _says_how(words: str) -> bool:
    word = words.lower().removeprefix("单位:")
    return word in _UNITS or bool(re.search(r"[/、|,;]|\d\D+\d|或|填|选|可多选|必填|下拉", words))

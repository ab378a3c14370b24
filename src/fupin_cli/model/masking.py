"""What of a person a report hides: the five kinds of personal text, and the levels of `--mask`; nothing is masked here."""

import re
from functools import lru_cache
from typing import Literal, get_args

from msgspec import Struct

Kind = Literal["姓名", "证件", "电话", "账号", "健康"]
KINDS: tuple[Kind, ...] = get_args(Kind)

NEVER = frozenset({"户编号", "人编号"})  # columns that every level shows
_BY_COLUMN: tuple[tuple[Kind, re.Pattern[str]], ...] = (  # a column so named is of the kind, whatever a dictionary says
    ("姓名", re.compile(r"姓名$|^户主$|责任人$|联系人$|采集人$")),
    ("证件", re.compile(r"(证件号码?|证件前18位|身份证号?码?|残疾证号?)#?$")),
    ("电话", re.compile(r"(电话|手机号?码?)$")),
    ("账号", re.compile(r"(卡号|账号|帐号)$")),
    (
        "健康",
        re.compile(r"健康|残疾|患病|疾病|病种|病名|诊断|^有病|因病|病人|医疗致贫|护理补贴|医疗救助|自付|自费(?!留学)"),
    ),
)
_TELLS = re.compile(  # words that say, or let anybody conclude, how well somebody is
    r"健康|残疾|残联|因病|因残|患病|疾病|病人|病种|慢性病|大病(?!保险|医疗保险|补充保险)|重病|诊断|住院|丧失劳动"
    r"|医疗救助|医疗费用|医疗支出|医疗大额|护理补贴|自付|自费(?!留学)"
)
_LISTS = frozenset({"残联", "医疗费用", "医疗预警", "残疾儿童教育认定"})  # who stands on them is ill or disabled
_ASKED = re.compile("|".join(f"'{name}'" for name in sorted(_LISTS)))


class Masking(Struct, frozen=True):
    """What a report hides, kind by kind."""

    name: str  # as `--mask` takes it
    hidden: frozenset[Kind]
    dropped: bool = False  # numbers and their columns are left out, not starred; a notice has nothing of them

    @property
    def health(self) -> bool:
        """Whether findings that tell of somebody's health are left out, and only counted."""
        return "健康" in self.hidden

    def hides(self, kind: str) -> bool:
        """Return whether texts of a kind do not stand as they are; a kind nobody knows is hidden by all but `none`."""
        return kind in self.hidden or (bool(self.hidden) and kind not in KINDS)


_NUMBERS: frozenset[Kind] = frozenset({"证件", "电话", "账号"})
OPEN = Masking("none", frozenset())
NUMBERS = Masking("numbers", _NUMBERS)
STANDARD = Masking("standard", _NUMBERS | {"姓名"})
STRICT = Masking("strict", frozenset(KINDS))
PUBLIC = Masking("public", frozenset(KINDS), dropped=True)
LEVELS: dict[str, Masking] = {each.name: each for each in (OPEN, NUMBERS, STANDARD, STRICT, PUBLIC)}
_SPELLED = {"无": "none", "号码": "numbers", "标准": "standard", "严格": "strict", "公示": "public"}
_ENGLISH: dict[str, Kind] = {
    "name": "姓名",
    "certificate": "证件",
    "phone": "电话",
    "account": "账号",
    "health": "健康",
}


def masking_of(text: str) -> Masking | None:
    """Return what a level (strict, 公示), or kinds with commas between (证件,电话), hide; None for anything else."""
    written = text.strip().lower()
    level = LEVELS.get(_SPELLED.get(written, written))
    if level is not None:
        return level
    kinds: set[Kind] = set()
    for part in re.split(r"[,，、]", written):
        kind = next((each for each in KINDS if each == part.strip()), _ENGLISH.get(part.strip()))
        if kind is None:
            return None
        kinds.add(kind)
    return Masking(",".join(each for each in KINDS if each in kinds), frozenset(kinds))


@lru_cache(4096)  # asked of every value of every finding
def kind_of(column: str) -> str:
    """Return which kind of personal text a column holds by its name alone; "" for none."""
    return next((kind for kind, pattern in _BY_COLUMN if pattern.search(column)), "")


def tells_health(text: str) -> bool:
    """Return whether a text speaks of health, disability or their cost."""
    return bool(_TELLS.search(text))


def asks_health(condition: str) -> bool:
    """Return whether a rule's condition asks a list of ill or disabled people."""
    return bool(_ASKED.search(condition))


def of_ill_people(list_name: str) -> bool:
    """Return whether a departmental list is one of ill or disabled people, whoever stands on it."""
    return list_name in _LISTS or tells_health(list_name)

"""Names of counties, towns and villages as written in, their normal forms out; a name that may be two places has none."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from fupin_cli.values.patterns import regex

COUNTY_TAIL = regex(r"(自治县|自治旗|林区|特区|县|区|市|旗)$")
TOWN_TAIL = regex(r"(街道办事处|街道办|街道|办事处|镇|乡|苏木)$")
_GOVERNMENT = regex(r"人民政府$")
_VILLAGE_TAIL = regex(r"(?:行政村|村)?(?:村民委员会|村委会)?$")
_COMMUNITY = regex(r"(?:社区)?(?:居民委员会|居委会|社区)$")
_WIDER_TAIL = regex(r"(省|自治区|市|州|盟|地区|县|区|旗|镇|乡|街道|苏木)$")
_STREET = "街道"


def squeezed(text: str | None) -> str:
    """Return a name without blanks, "" for none."""
    return "".join((text or "").split())


def by_tail(texts: Iterable[str], tail: re.Pattern[str]) -> dict[str, str | None]:
    """Return the normal form of each name: without its tail where the names have it with one tail only.

    清溪 and 清溪镇 are one; where there is a 清溪乡 too, each keeps its tail, and a bare 清溪 may be either: None.
    """
    parted = {text: _parted(squeezed(text), tail) for text in texts}
    tails: dict[str, set[str]] = defaultdict(set)
    for stem, end in parted.values():
        tails[stem].update({end} - {""})
    normal: dict[str, str | None] = {}
    for text, (stem, end) in parted.items():
        several = len(tails[stem]) > 1
        normal[text] = None if not stem or (several and not end) else stem + end if several else stem
    return normal


def _parted(text: str, tail: re.Pattern[str]) -> tuple[str, str]:
    """The stem and the tail of a name; the many words for a street office are one."""
    text = _GOVERNMENT.sub("", text) or text
    stem = tail.sub("", text)
    if len(stem) < 2 or stem == text:
        return text, ""
    end = text[len(stem) :]
    return stem, _STREET if end.startswith(_STREET) or end == "办事处" else end


def village_name(text: str | None, wider: Sequence[str | None]) -> str | None:
    """Return the normal form of a village's name: without 村, 村委会, 村民委员会, and without the names of its town or county.

    A community (社区, 居委会) is another place than a village of its name. None for a blank.

    Args:
        text: the cell.
        wider: names of its 省, 市, 县 and 乡, as written.
    """
    name = squeezed(text)
    for prefix in map(squeezed, wider):
        if len(prefix) >= 3 and _WIDER_TAIL.search(prefix) and _bare(name.removeprefix(prefix)):
            name = name.removeprefix(prefix)
    return _bare(name) or name or None


def _bare(name: str) -> str:
    community = _COMMUNITY.sub(lambda _: "社区", name)
    if community != name or name.endswith("社区"):
        return "" if community == "社区" else community
    return _VILLAGE_TAIL.sub("", name)

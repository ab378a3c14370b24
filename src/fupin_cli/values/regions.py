"""Region names and codes of GB/T 2260, all vintages: known codes, names and years of a code, the code of a name.

A code is known when it stands in any vintage (values/region_table.py says from where); names and successors go by year.
"""

import re
from bisect import bisect_left
from functools import cache
from itertools import islice, takewhile

from fupin_cli.catalogue import both
from fupin_cli.values.region_table import Span, codes, names, spans

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春"
)
_PROVINCE_TAIL = re.compile(r"(特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市)$")
_PEOPLES_TAIL = re.compile(rf"(?:(?:{_PEOPLES})族|各族|蒙古|哈萨克|柯尔克孜)+(?:自治[州县旗]|联合旗)$")
_TAIL = re.compile(r"(自治州|自治县|自治旗|地区|林区|特区|省|市|州|盟|县|区|旗)$")
_COLLECTIVE = {"市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划", "自治区直辖县级行政单位"}


@cache
def _names(code: str) -> tuple[str, ...]:
    """The names a code of 2, 4 or 6 digits has had, the latest last; a "-" ends one no longer in force."""
    full = code.ljust(6, "0")
    periods = spans(full) if code in (full, short(full)) else ()
    ended = ("-",) if all(span.last is not None for span in periods) else ()
    return tuple(dict.fromkeys(span.name for span in periods)) + ended if periods else ()


def all_codes() -> tuple[str, ...]:
    """Return every six-digit code that stands in some vintage, those of provinces and prefectures too, in order."""
    return tuple(sorted(codes()))


def known(code6: str) -> bool:
    """Tell whether six digits stand in some vintage of GB/T 2260."""
    return code6 in codes()


def name(code: str, year: int | None = None) -> str | None:
    """Return the name of a code of 2, 4 or 6 digits (370000 and 371600 count as 37 and 3716) in a year, or its latest."""
    if year is not None and (then := [span for span in _periods(code) if _holds(span, year)]):
        return then[-1].name
    found = _names(short(code))
    return [one for one in found if one != "-"][-1] if found else None


def years(code: str) -> tuple[tuple[int | None, int | None], ...]:
    """Return the periods in which a code was in force: (from, until); None: since the first list, still in force."""
    periods: list[tuple[int | None, int | None]] = []
    for span in _periods(code):
        if periods and periods[-1][1] is not None and (span.first or 0) <= periods[-1][1]:
            periods[-1] = (periods[-1][0], span.last)
        else:
            periods.append((span.first, span.last))
    return tuple(periods)


def in_force(code: str, year: int) -> bool:
    """Tell whether a code was in force at some time of a year; of the year of a change both codes were."""
    return any(_holds(span, year) for span in _periods(code))


def successors(code: str) -> tuple[tuple[str, int], ...]:
    """Return where the area of an abolished code went: (code, year), the first year first; () while it is in force."""
    periods = _periods(code)
    if not periods or any(span.last is None for span in periods):
        return ()
    return tuple(sorted(set(periods[-1].successors), key=lambda pair: (pair[1], pair[0])))


def history(code: str) -> tuple[str, str] | None:
    """Return what became of an abolished code, in Chinese and English; None for one in force, or in no vintage.

    “110103（崇文区）2010年已撤销或改码，其后为 110101（东城区）”.
    """
    first, last = years(code)[-1] if years(code) else (None, None)
    if last is None or first == last:  # one year only: that of the list the code stands on
        return None
    after = [one for one, _ in successors(code)]
    zh, en = both("{code}（{name}）{last}年已撤销或改码", code=code, name=name(code), last=last)
    if after:
        zh, en = both(
            "{told}，其后为 {after}",
            told=(zh, en),
            after=(
                "、".join(f"{one}（{name(one, last)}）" for one in after),
                ", ".join(f"{one} ({name(one, last)})" for one in after),
            ),
        )
    return zh, en


def _periods(code: str) -> tuple[Span, ...]:
    return spans(code.ljust(6, "0"))


def _holds(span: Span, year: int) -> bool:
    return (span.first is None or span.first <= year) and (span.last is None or year <= span.last)


def short(code: str) -> str:
    """Return a code without its closing pairs of zeros: 370000 → 37, 371600 → 3716, 371602 as it is."""
    return code.removesuffix("00").removesuffix("00") if len(code) == 6 else code


def find(text: str) -> str | None:
    """Return the code (2, 4 or 6 digits) that a region's name or code means, None when none or several are meant.

    Takes 山东, 山东省, 滨州市, 滨州, 红塔区, 山东省滨州市, 530402, 370000, 37.
    """
    wanted = re.sub(r"\s", "", text)
    if re.fullmatch(r"[0-9]{2}|[0-9]{4}|[0-9]{6}", wanted):
        return short(wanted) if _names(short(wanted)) else None
    if wanted in _by_name() or _called(wanted):
        return _only(wanted, "", (2, 4, 6))
    return _find_path(wanted)


def find_place(province: str, city: str, county: str) -> str | None:
    """Return the longest code that the names of a row's 省, 市 and 县 columns agree on; blank names are skipped.

    A name nothing answers to under the names above it is skipped too: 省直辖, 市辖区, or a misspelling.
    """
    code = ""
    for text, level in ((province, 2), (city, 4), (county, 6)):
        code = _only(re.sub(r"\s", "", text), code, (level,)) or code
    return code or None


def _find_path(text: str) -> str | None:
    """The code of names written together: 山东省滨州市, 云南省玉溪市红塔区."""
    code, rest = "", text
    while rest:
        for cut in range(len(rest), 1, -1):
            if found := _only(rest[:cut], code, tuple(level for level in (2, 4, 6) if level > len(code))):
                code, rest = found, rest[cut:]
                break
        else:
            return None
    return code or None


def _only(text: str, under: str, levels: tuple[int, ...]) -> str | None:
    """The only code under `under` of this name, None when there are more.

    Names in force beat names of the past, full names beat shortened ones, then wider regions narrower ones.
    """
    if not text or text in _COLLECTIVE:
        return None
    key = bare(text)
    full, cut = frozenset(map(short, _by_name().get(text, ()))), _called(key)
    if key != text:  # 朝阳区 is not 朝阳市
        cut = frozenset(code for code in cut if any(one.endswith(text[-1]) for one in _names(code)))
    past = {code for code in full | cut if _names(code)[-1] == "-"}
    for hits in (full - past, cut - past, full, cut):
        for level in levels:
            found = [code for code in hits if len(code) == level and code.startswith(under)]
            if found:
                return found[0] if len(found) == 1 else None
    return None


def bare(text: str) -> str:
    """Return a region's name without 省, 市, 县 …: 山东省 → 山东, 恩施土家族苗族自治州 → 恩施, 红塔区 → 红塔."""
    for pattern in (_PROVINCE_TAIL, _PEOPLES_TAIL, _TAIL):
        cut = pattern.sub("", text)
        if cut != text and len(cut) > 1:
            return cut
    return text


@cache
def _called(key: str) -> frozenset[str]:
    """The codes of the names that are `key` without 省, 市, 县 …."""
    ordered = _in_order()
    alike = takewhile(lambda one: one.startswith(key), islice(ordered, bisect_left(ordered, key), None))
    meant = (one for one in alike if one not in _COLLECTIVE and bare(one) == key)
    return frozenset(short(code) for one in meant for code in _by_name()[one])


@cache
def _in_order() -> list[str]:
    return sorted(_by_name())


@cache
def _by_name() -> dict[str, set[str]]:
    """Return every name with the six digits of the codes that have had it."""
    index: dict[str, set[str]] = {}
    for one, code in names():
        index.setdefault(one, set()).add(code)
    return index

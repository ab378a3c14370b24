"""What a report hides in; the sentence at its end that says so out."""

from collections.abc import Iterable

from fupin_cli.catalogue import both
from fupin_cli.model.masking import OPEN, STANDARD, Masking
from fupin_cli.reports.words import Look, word

_PERSONAL = {
    "姓名": both("姓名", "masking_words"),
    "证件": both("证件号码"),
    "电话": both("电话"),
    "账号": both("账号"),
}


def masking_line(look: Look) -> str:
    """Return what stands as it is in this report and what does not."""
    masking, lang = look.masking, look.lang
    if masking == OPEN:
        return word("revealed", lang)
    if masking == STANDARD:
        return word("masked", lang)
    return _told(masking)[lang == "en"]


def _told(masking: Masking) -> tuple[str, str]:
    hidden = [name for kind, name in _PERSONAL.items() if masking.hides(kind)]
    open_ = [name for kind, name in _PERSONAL.items() if not masking.hides(kind)]
    told = []
    if masking.dropped:
        names = _joined(name for name in hidden if name != _PERSONAL["姓名"])
        told.append(both("按公示的要求，{names}已删去，姓名已遮盖", names=names))
    elif hidden:
        names = _joined(hidden)
        told.append(both("{names}已遮盖", names=names))
    if masking.health:
        told.append(both("说到健康、残疾和病情的问题没有列出"))
    else:
        open_.append(both("健康状况"))
    if open_:
        names = _joined(open_)
        told.append(both("{names}没有遮盖，请妥善保管", names=names))
    said = "; ".join(en for _, en in told)
    return both("{told_zh}。", told_zh="；".join(zh for zh, _ in told), said_en=said[0].upper(), said2_en=said[1:])


def _joined(names: Iterable[tuple[str, str]]) -> tuple[str, str]:
    there = list(names)
    return "、".join(zh for zh, _ in there), ", ".join(en for _, en in there)

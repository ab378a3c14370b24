"""The name of a level in, what it hides out; what a report hides in, the sentence at its end that says so out."""

from collections.abc import Iterable

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import UsageError
from fupin_cli.model.masking import KINDS, LEVELS, OPEN, STANDARD, Masking, masking_of
from fupin_cli.reports.words import Look, word

_PERSONAL = {
    "姓名": both("姓名", "masking_words"),
    "证件": both("证件号码"),
    "电话": both("电话"),
    "账号": both("账号"),
}


def masking_called(mask: str | None, *, reveal: bool) -> Masking:
    """Return what a level (strict, 公示), or kinds with commas between, hide; None: nothing with `reveal`, else the standard.

    Raises:
        UsageError: there is no such level, or `reveal` says the contrary.
    """
    if mask is None:
        return OPEN if reveal else STANDARD
    found = masking_of(mask)
    if found is None:
        raise UsageError(
            *both(
                "--mask {mask}：可以是 {levels}（公示即 public），或要遮盖的种类，用逗号隔开：{kinds_zh}。",
                mask=mask,
                levels=enumerated(LEVELS),
                kinds_zh="、".join(KINDS),
            )
        )
    if reveal and found != OPEN:
        raise UsageError(*both("--reveal 和 --mask {mask} 相反：一个不遮盖，一个要遮盖；只写一个。", mask=mask))
    return found


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

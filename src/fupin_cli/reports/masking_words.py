"""What a report hides in; the sentence at its end that says so out."""

from fupin_cli.model.masking import OPEN, STANDARD, Masking
from fupin_cli.reports.words import Lang, Look, word

_PERSONAL = (("姓名", "姓名", "names"), ("证件", "证件号码", "certificate numbers"), ("电话", "电话", "phone numbers"),
             ("账号", "账号", "account numbers"))  # fmt: skip


def masking_line(look: Look) -> str:
    """Return what stands as it is in this report and what does not."""
    masking, lang = look.masking, look.lang
    if masking == OPEN:
        return word("revealed", lang)
    if masking == STANDARD:
        return word("masked", lang)
    return (_english if lang == "en" else _chinese)(masking)


def _named(masking: Masking, lang: Lang, *, hidden: bool) -> list[str]:
    kinds = [one for one in _PERSONAL if masking.hides(one[0]) == hidden]
    return [one[1 + (lang == "en")] for one in kinds]


def _chinese(masking: Masking) -> str:
    hidden, open_ = (_named(masking, "zh", hidden=each) for each in (True, False))
    told = []
    if masking.dropped:
        told += ["按公示的要求，" + "、".join(name for name in hidden if name != "姓名") + "已删去，姓名已遮盖"]
    elif hidden:
        told.append("、".join(hidden) + "已遮盖")
    if masking.health:
        told.append("说到健康、残疾和病情的问题没有列出")
    else:
        open_.append("健康状况")
    if open_:
        told.append("、".join(open_) + "没有遮盖，请妥善保管")
    return "；".join(told) + "。"


def _english(masking: Masking) -> str:
    hidden, open_ = (_named(masking, "en", hidden=each) for each in (True, False))
    told = []
    if masking.dropped:
        dropped = ", ".join(name for name in hidden if name != "names")
        told.append(f"as a public notice asks, {dropped} are left out and names masked")
    elif hidden:
        told.append(f"{', '.join(hidden)} are masked")
    if masking.health:
        told.append("findings that tell of health, disability or illness are not listed")
    else:
        open_.append("health")
    if open_:
        told.append(f"{', '.join(open_)} stand as they are: keep it safe")
    said = "; ".join(told)
    return f"{said[0].upper()}{said[1:]}."

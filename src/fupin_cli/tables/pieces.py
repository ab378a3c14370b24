"""A text like “乡镇：示例乡　村：示例村” in, its labels and what stands behind each out."""

from collections.abc import Callable

from msgspec import Struct

from fupin_cli.tables.ticks import first_option
from fupin_cli.values.patterns import regex

_COLON = regex(r"[:：]")
_PARTS = regex(r"[\s\u3000\xa0；;，,、|_＿]+")
_BLANK = regex(r"[\s\u3000\xa0_＿—\-/（）()]*")
_SOMEBODY = regex(r"[xX×＊*某]{1,4}(?=[省市县区乡镇村组]?$)")
_SEAL = regex(r"[（(]?(?:盖章|公章|签章|签字|签名|章)[)）]?\s*[:：]?$")


class Piece(Struct, frozen=True):
    """A label in a text, and the text behind it."""

    label: str
    value: str | None  # None when nothing but blanks, rules or brackets stands there
    known: bool


def pieces(text: str, is_known: Callable[[str], bool]) -> list[Piece]:
    """Return the labels with a colon in a text, or one label before its options; [] when none of them is known.

    What cannot be told apart is not read: where “乡镇：示例乡村：示例村” parts, nobody can say.
    """
    colons = [match.start() for match in _COLON.finditer(text) if not _is_clock(text, match.start())]
    cut = first_option(text)
    if not colons or colons[0] > cut:
        label = text[:cut].strip()
        return [Piece(label, text[cut:], known=True)] if cut < len(text) and label and is_known(label) else []
    found: list[Piece] = []
    begin, label = _label_before(text, 0, colons[0], is_known)
    if text[:begin].strip():
        return []
    for place, colon in enumerate(colons):
        if place + 1 < len(colons):
            begin, following = _label_before(text, colon + 1, colons[place + 1], is_known)
        else:
            begin, following = len(text), ""
        if begin <= colon + 1 and following and not is_known(following):
            return []
        found.append(Piece(label, without_blanks(text[colon + 1 : begin]), is_known(label)))
        label = following
    return found if any(each.known for each in found) else []


def without_blanks(text: str) -> str | None:
    """Return a value without rules, empty brackets and seals around it, None when nothing is left."""
    value = _SEAL.sub("", text.strip(" \t\r\n\u3000\xa0_＿；;，,、")).strip(" \t\r\n\u3000\xa0_＿")
    return None if _BLANK.fullmatch(value) or _SOMEBODY.fullmatch(value) else value


def _label_before(text: str, start: int, colon: int, is_known: Callable[[str], bool]) -> tuple[int, str]:
    """Return where the label before a colon begins, and the label: the longest end that is known, else the last part."""
    begins = [start, *(start + match.end() for match in _PARTS.finditer(text[start:colon]))]
    begins = [begin for begin in begins if begin < colon]
    for begin in begins:
        if text[begin:colon].strip() and is_known(text[begin:colon]):
            return begin, text[begin:colon].strip()
    last = begins[-1] if begins else start
    return last, text[last:colon].strip()


def _is_clock(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()

"""A text with options and ticks (□是 ☑否) in, the ticked options out."""

import re
from collections.abc import Iterator

from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.tables.codes import Labels
from fupin_cli.values.patterns import regex

_EMPTY, _TICKED = "□☐○◯◻▢", "☑☒■√✓✔●◉⊙"
_BRACKET = rf"[（(\[]\s*[{_TICKED}vV]?\s*[)）\]]"
_MARK = regex(rf"{_BRACKET}|[{_EMPTY}]\s*[{_TICKED}]|[{_EMPTY}{_TICKED}]")
_OFFERED = regex(rf"[{_EMPTY}{_TICKED}]|[（(\[]\s*[√✓✔vV]\s*[)）\]]")
_RULED = regex(r"[_＿]+|[（(]\s*[)）]")


def has_options(text: str) -> bool:
    """Tell whether a text offers boxes, or has a tick."""
    return bool(_OFFERED.search(text))


def is_unticked(text: str) -> bool:
    """Tell whether a text only offers boxes, none of them ticked."""
    marks = _MARK.findall(text) if has_options(text) else []
    return bool(marks) and not any(tick in mark for mark in marks for tick in _TICKED + "vV")


def first_option(text: str) -> int:
    """Return where the first box or tick stands; the length of the text when there is none."""
    found = _MARK.search(text)
    return found.start() if found and has_options(text) else len(text)


def ticked(text: str, column: Column, codes: Dictionary) -> str | None:
    """Return the ticked options joined with 、, None when none is ticked, the text itself when the options are not known.

    A mark stands before its option (□是 ☑否) or behind it (是√ 否□), the same way throughout.
    """
    if not has_options(text):
        return text
    options = list(_options(text))
    known = codes.codes.get(column.codes or "")
    if not options or known is None:
        return text
    labels = Labels(known)
    if not any(labels.one(word).value is not None for word, _ in options):
        return text
    return "、".join(word for word, chosen in options if chosen) or None


def _options(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each option and whether it is ticked."""
    marks = list(_MARK.finditer(text))
    words = [text[begin:end] for begin, end in _gaps(text, marks)]
    before = not _clean(words[0])
    after = not _clean(words[-1])
    if before == after or any(not _clean(word) for word in (words[1:-1])):
        return
    for word, mark in zip(words[1:] if before else words[:-1], marks, strict=True):
        yield _clean(word), any(tick in mark[0] for tick in _TICKED + "vV")


def _gaps(text: str, marks: list[re.Match[str]]) -> list[tuple[int, int]]:
    ends = [0, *(mark.end() for mark in marks)]
    starts = [*(mark.start() for mark in marks), len(text)]
    return list(zip(ends, starts, strict=True))


def _clean(word: str) -> str:
    return _RULED.sub("", word).strip(" \t\r\n\u3000\xa0,，、;；.。:：/|")

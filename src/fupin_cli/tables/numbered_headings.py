"""A heading in, the member it speaks of and what is left of it out: 成员1姓名 is of member 1, and says 姓名."""

import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from fupin_cli.values.patterns import regex

_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_PERSON = "成员|人员|人口|家属|子女|孩子"
_MEMBER = regex(
    rf"第(?P<a>{_NUMBER})(?:位|个|名|号)?(?:家庭)?(?:{_PERSON}|人)"
    rf"|(?:家庭|共同生活)?(?:{_PERSON})第?\(?(?P<b>{_NUMBER})\)?(?:号|位)?"
    rf"|\(?(?P<c>\d{{1,2}})\)?号?(?:家庭)?成员"
)
_BAND = regex(rf"\(?第?({_NUMBER})(?:位|个|人)?\)?")
_BEFORE = regex(r"\(?(?P<n>\d{1,2})[).、_\-]?(?P<rest>\D.*)")
_BEHIND = regex(rf"(?P<rest>\D+?)[(_\-.#]?(?P<n>{_NUMBER})\)?(?P<unit>\([^()]*\))?")
_EDGES = "-_:：、.,，"
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


class Numbered(Struct, frozen=True):
    """A heading of one of several members."""

    number: int
    levels: tuple[str, ...]  # the heading without what tells the member; () when nothing is left
    said: bool  # it says that it is a member's, not only a number


def numbered(levels: Sequence[str]) -> Iterator[Numbered]:
    """Yield the ways in which a heading may be that of a member with a number, the surest first."""
    narrow = [_narrow(level) for level in levels]
    for place, level in enumerate(narrow):
        if found := _MEMBER.search(level):
            rest = (level[: found.start()].strip(_EDGES) + level[found.end() :]).strip(_EDGES)
            number = next(group for group in found.groups() if group)
            yield Numbered(_value(number), _with(levels, place, rest), True)
    for place, level in enumerate(narrow):
        if place < len(narrow) - 1 and (alone := _BAND.fullmatch(level)):
            yield Numbered(_value(alone[1]), _with(levels, place, ""), False)
        for pattern in (_BEHIND, _BEFORE):
            if part := pattern.fullmatch(level):
                rest = part["rest"].strip(_EDGES) + (part.groupdict().get("unit") or "")
                yield Numbered(_value(part["n"]), _with(levels, place, rest), False)


def _narrow(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _with(levels: Sequence[str], place: int, rest: str) -> tuple[str, ...]:
    return tuple(text for i, text in enumerate(levels) if i != place) if not rest else (
        *levels[:place], rest, *levels[place + 1 :],
    )  # fmt: skip


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _DIGITS.get(number, 0)
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)

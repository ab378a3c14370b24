"""A message in Chinese in; the same in Chinese and in English out, from one gettext catalogue."""

from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import PurePath
    from typing import TypeAlias

    # what a message may name: a list would come out as Python writes it, so there is none among these
    Part: TypeAlias = str | float | Decimal | PurePath | date | Exception | tuple[object, object] | None

_ENGLISH = Path(__file__).with_name("en") / "LC_MESSAGES" / "fupin.mo"


def both(zh: str, context: str = "", /, **parts: "Part") -> tuple[str, str]:
    """Return a message in Chinese and in English.

    Args:
        zh: the Chinese text, written out: it is the key of the message in the catalogue.
        context: what tells this use of the text from another whose English differs.
        parts: what stands in the {braces} of the text, as for str.format. A part that is a pair gives each language
            its own. Without parts the texts come as they are written: their braces are filled later, or are none.
    """
    found = _catalogue()
    en = found.pgettext(context, zh) if context else found.gettext(zh)
    return (zh.format(**_of(0, parts)), en.format(**_of(1, parts))) if parts else (zh, en)


def in_each(*pairs: tuple[str, str]) -> tuple[list[str], list[str]]:
    """Return several messages by language: all in Chinese, all in English."""
    return [zh for zh, _ in pairs], [en for _, en in pairs]


def enumerated(words: Iterable[str]) -> tuple[str, str]:
    """Return words one after the other: 甲、乙 and 甲, 乙."""
    there = list(words)
    return "、".join(there), ", ".join(there)


def _of(language: int, parts: "dict[str, Part]") -> dict[str, object]:
    return {name: part[language] if isinstance(part, tuple) else part for name, part in parts.items()}


@cache
def _catalogue() -> GNUTranslations:
    with _ENGLISH.open("rb") as file:
        return GNUTranslations(file)

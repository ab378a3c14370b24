"""A rule's message and the values of a row → one sentence."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cache

from fupin_cli.catalogue import both

_FIELD = re.compile(r"\{([^{}]+)\}")
_UNIT = 3  # characters of the longest unit, 平方米
ASIDE = ("说明",)  # said only when there is something to say
BLANK = dict(zip(("zh", "en"), both("（空白）"), strict=True))
ABSENT = dict(zip(("zh", "en"), both("（无此列）"), strict=True))
_TWICE = {  # word → how it would stand in brackets of its own and of the message: one pair is enough
    lang: [(word, f"（{word}）", f"({word})") for word in (BLANK[lang], ABSENT[lang])] for lang in BLANK
}


def fields_of(*templates: str) -> list[str]:
    """Return the names in braces, each once."""
    return list(dict.fromkeys(field for template in templates for field in _FIELD.findall(template)))


def sentence(template: str, values: Mapping[str, str], lang: str = "zh", absent: Collection[str] = ()) -> str:
    """Return the message with every `{field}` replaced by its text; a blank cell says so, an aside does not.

    `absent` are the columns the sheets do not have. A unit that a cell says and the message too is said once.
    """
    blanked, fields = _blanked(template)
    filled = blanked % tuple(
        [
            _bare(values.get(field, "").strip(), behind)
            or ("" if field in ASIDE else ABSENT[lang] if field in absent else BLANK[lang])
            for field, behind in fields
        ]
    )
    for word, wide, narrow in _TWICE[lang]:
        if word in filled:
            filled = filled.replace(wide, word).replace(narrow, word)
    return filled


def _bare(text: str, behind: str) -> str:
    """Return a number without the unit that the message says behind it: `1200元` before 元, `5%` before %."""
    if not behind or not text or text[-1] in "0123456789" or text[0] not in "0123456789-+¥":
        return text
    told = next((length for length in range(len(behind), 0, -1) if text.endswith(behind[:length])), 0)
    return text[: len(text) - told].rstrip() or text


@cache
def _blanked(template: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the template with %s in the place of its fields, and the fields, each with what stands behind it."""
    texts = _FIELD.split(template)
    behind = (text.lstrip()[:_UNIT] for text in texts[2::2])
    return "%s".join(text.replace("%", "%%") for text in texts[::2]), tuple(zip(texts[1::2], behind, strict=True))


def shown(value: object) -> str:
    """Return a computed value as a clerk writes it: 6, 3.5, 2020-12-31, 是."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | Decimal):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)

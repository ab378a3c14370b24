"""A rule's message and the values of a row → one sentence."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cache

from fupin_cli.catalogue import both

_FIELD = re.compile(r"\{([^{}]+)\}")
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

    `absent` are the columns the sheets do not have.
    """
    blanked, fields = _blanked(template)
    filled = blanked % tuple(
        [
            values.get(field, "").strip()
            or ("" if field in ASIDE else ABSENT[lang] if field in absent else BLANK[lang])
            for field in fields
        ]
    )
    for word, wide, narrow in _TWICE[lang]:
        if word in filled:
            filled = filled.replace(wide, word).replace(narrow, word)
    return filled


@cache
def _blanked(template: str) -> tuple[str, tuple[str, ...]]:
    """Return the template with %s in the place of its fields, and the fields."""
    texts = _FIELD.split(template)
    return "%s".join(text.replace("%", "%%") for text in texts[::2]), tuple(texts[1::2])


def shown(value: object) -> str:
    """Return a computed value as a clerk writes it: 6, 3.5, 2020-12-31, 是."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | Decimal):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)

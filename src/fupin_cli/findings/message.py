"""A rule's message and the values of a row → one sentence."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from fupin_cli.catalogue import both

_FIELD = re.compile(r"\{([^{}]+)\}")
ASIDE = ("说明",)  # said only when there is something to say
BLANK = dict(zip(("zh", "en"), both("（空白）"), strict=True))
ABSENT = dict(zip(("zh", "en"), both("（无此列）"), strict=True))


def fields_of(*templates: str) -> list[str]:
    """Return the names in braces, each once."""
    return list(dict.fromkeys(field for template in templates for field in _FIELD.findall(template)))


def sentence(template: str, values: Mapping[str, str], lang: str = "zh", absent: Collection[str] = ()) -> str:
    """Return the message with every `{field}` replaced by its text; a blank cell says so, an aside does not.

    `absent` are the columns the sheets do not have.
    """

    def text(field: str) -> str:
        said = values.get(field, "").strip()
        if said or field in ASIDE:
            return said
        return ABSENT[lang] if field in absent else BLANK[lang]

    filled = _FIELD.sub(lambda match: text(match[1]), template)
    for word in (BLANK[lang], ABSENT[lang]):  # one pair of brackets is enough
        filled = filled.replace(f"（{word}）", word).replace(f"({word})", word)
    return filled


def shown(value: object) -> str:
    """Return a computed value as a clerk writes it: 6, 3.5, 2020-12-31, 是."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | Decimal):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)

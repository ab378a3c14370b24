"""A rule's message and the values of a row → one sentence."""

import re
from collections.abc import Mapping
from decimal import Decimal

_FIELD = re.compile(r"\{([^{}]+)\}")
ASIDE = ("说明",)  # said only when there is something to say
BLANK = {"zh": "（空白）", "en": "(blank)"}


def fields_of(*templates: str) -> list[str]:
    """Return the names in braces, each once."""
    return list(dict.fromkeys(field for template in templates for field in _FIELD.findall(template)))


def sentence(template: str, values: Mapping[str, str], lang: str = "zh") -> str:
    """Return the message with every `{field}` replaced by its text; a blank cell says so, an aside does not."""
    return _FIELD.sub(
        lambda match: values.get(match[1], "").strip() or ("" if match[1] in ASIDE else BLANK[lang]), template
    )


def shown(value: object) -> str:
    """Return a computed value as a clerk writes it: 6, 3.5, 2020-12-31, 是."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | Decimal):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)

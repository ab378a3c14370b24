"""The text of a cell of which nothing is known in, a text out that may be shown: no name, no number that tells who."""

from fupin_cli.values.patterns import regex

_NUMBER = regex(r"[-+]?\d{1,6}([.,]\d+)?%?|\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?")
_LABEL = regex(r"^[^:：]{1,12}[:：]")
_SHOWN = 8


def cautious(text: str) -> str:
    """Return short numbers and dates whole, the label before a colon, of anything else the first character."""
    plain = " ".join(text.split())
    if _NUMBER.fullmatch(plain):
        return plain
    if label := _LABEL.match(plain):
        return f"{label[0]}…" if len(plain) > len(label[0]) else label[0]
    if any(char.isdigit() for char in plain[:1]):
        return "*" * min(len(plain), _SHOWN)
    return plain[:1] + "*" * min(len(plain) - 1, _SHOWN) + ("…" if len(plain) > _SHOWN + 1 else "")

"""Bring spellings of one text together: full and half width, blanks, characters nobody sees."""

import unicodedata

INVISIBLE = "".join(chr(code) for code in (0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D,
                                           0x202E, 0x2060, 0xFEFF))  # fmt: skip
BLANKS = " \t\r\n\x0b\x0c\xa0\u3000\u2002\u2003\u2009\u202f" + INVISIBLE
DASHES = "‐‑‒–—―−－─"


def fold(text: str) -> str:
    """Return `text` in half width and upper case, its dashes alike, without blanks and unseen characters."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return wide.translate(_FOLD)


def legible(name: object) -> str:
    """Return a file's name as text that can be written anywhere: � for each byte of it that is no UTF-8."""
    return str(name).encode(errors="surrogateescape").decode(errors="replace")


_FOLD = str.maketrans(dict.fromkeys(BLANKS, "") | dict.fromkeys(DASHES, "-"))

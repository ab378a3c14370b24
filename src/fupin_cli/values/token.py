"""A key and what a person is known by in; a keyed token out, the same in every office that has the key.

Nothing here may ever change: tokens of two offices, made by two versions of fupin, must meet. A new form gets a new version.
"""

import hashlib
import hmac
import re
import unicodedata
from datetime import date
from typing import Literal

from fupin_cli.values.id_number import birth_date, passes, upgrade_15

Algorithm = Literal["sha256", "sm3"]
Purpose = Literal["证件", "姓名生日", "密钥"]
_VERSION = "fupin token v1"
_NUMBER = re.compile(r"([0-9]{17}[0-9X])([0-9]{2}(B[0-9])?)?")
_NO_LETTER = re.compile(r"[·•・.‧∙●⋅﹒᛫\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_LEAST_NAME = 2


def token(key: bytes, algorithm: Algorithm, purpose: Purpose, text: str) -> str:
    """Return the HMAC of a text for one purpose, 64 characters; tokens of two purposes never meet.

    Basis: RFC 2104 with SHA-256 (FIPS 180-4) or SM3 (GB/T 32905).
    """
    return hmac.new(key, f"{_VERSION}|{purpose}|{text}".encode(), algorithm).hexdigest()


def key_mark(key: bytes, algorithm: Algorithm) -> str:
    """Return what tells files of two keys, or two algorithms, apart; it tells nothing of the key.

    It begins with a letter, so that no spreadsheet takes it for a number.
    """
    return f"k{token(key, algorithm, '密钥', algorithm)[:16]}"


def offers(algorithm: Algorithm) -> bool:
    """Tell whether this Python can compute the algorithm: SM3 comes with OpenSSL, unless it was built without."""
    return algorithm in hashlib.algorithms_available


def certificate_of(number: str) -> str | None:
    """Return the 18 characters a person is known by; None for a text that is no number of 15, 18, 20 or 22 characters."""
    plain = unicodedata.normalize("NFKC", number).strip().upper()
    found = _NUMBER.fullmatch(plain)
    return found[1] if found else upgrade_15(plain)


def name_of(name: str) -> str | None:
    """Return a name in its normal form: half width, upper case, no dots and blanks; None for less than two characters."""
    plain = _NO_LETTER.sub("", unicodedata.normalize("NFKC", name).upper())
    return plain if len(plain) >= _LEAST_NAME else None


def born(number: str | None, written: date | None) -> date | None:
    """Return the day of birth: of a number whose check character holds, else as written, else of the number."""
    told = birth_date(number) if number else None
    return told if number and told and passes(number) else written or told

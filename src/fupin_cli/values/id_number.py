"""Take an identity number apart: its check character, birth date, sex and 18-digit form; None where it has none."""

import re
from datetime import date
from typing import Literal

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHARACTERS = "10X98765432"
_CENTENARIANS = ("996", "997", "998", "999")  # sequence numbers of people born before 1900, on 15-digit cards


def check_character(body: str) -> str | None:
    """Return the character that ends an identity number, or None when `body` is not 17 digits.

    Args:
        body: the first 17 characters of a 居民身份证 number.

    Basis: GB 11643-1999, ISO 7064 MOD 11-2.
    """
    if not re.fullmatch(r"[0-9]{17}", body):
        return None
    return _CHARACTERS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11]


def passes(number: str) -> bool:
    """Tell whether `number` is 18 characters long and ends in its own check character (an X in upper case).

    Neither the region nor the birth date is looked at. Basis: GB 11643-1999.
    """
    return len(number) == 18 and check_character(number[:17]) == number[17]


def birth_date(number: str) -> date | None:
    """Return the birth date written in the first 18 characters (or in 15 digits), None when there is no such day.

    Basis: GB 11643-1999, characters 7 to 14; GB 11643-1989 for 15 digits.
    """
    long = upgrade_15(number) if len(number) == 15 else number
    if long is None or not re.match(r"[0-9]{17}[0-9X]", long):
        return None
    try:
        return date(int(long[6:10]), int(long[10:12]), int(long[12:14]))
    except ValueError:
        return None


def sex(number: str) -> Literal["男", "女"] | None:
    """Return the sex the sequence number tells: odd for men, even for women.

    Basis: GB 11643-1999, character 17; the last digit of a 15-digit number.
    """
    long = upgrade_15(number) if len(number) == 15 else number
    if long is None or not re.match(r"[0-9]{17}[0-9X]", long):
        return None
    return "男" if int(long[16]) % 2 else "女"


def upgrade_15(number: str) -> str | None:
    """Return the 18-character form of a first-generation number, or None when `number` is not 15 digits.

    The century is 19, but 18 for the sequence numbers 996 to 999, which marked people over a hundred.
    Basis: GB 11643-1999 as against GB 11643-1989.
    """
    if not re.fullmatch(r"[0-9]{15}", number):
        return None
    body = number[:6] + ("18" if number[12:] in _CENTENARIANS else "19") + number[6:]
    return f"{body}{check_character(body)}"

"""Numbers of invented people in, valid identity and disability-card numbers of area 990101 out."""

import random
from datetime import date

AREA = "990101"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(body: str) -> str:
    """Return the character that ends an identity number whose first 17 digits are `body` (GB 11643, MOD 11-2)."""
    return "10X98765432"[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11]


class Registrar:
    """Gives out identity numbers, each once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def number(self, rng: random.Random, born: date, sex: str) -> str:
        """Return a new number for someone born on that day: 17th digit odd for 男, even for 女."""
        while True:
            sequence = 2 * rng.randrange(1, 450) + (1 if sex == "男" else 0)
            body = f"{AREA}{born:%Y%m%d}{sequence:03d}"
            if body not in self._given:
                self._given.add(body)
                return body + check_character(body)


def disability_card(number: str, kind: int, grade: int) -> str:
    """Return the 20-character card of the holder of `number`: kind 1-7, grade 1 (heaviest) to 4."""
    return f"{number[:18]}{kind}{grade}"


def household_phone(n: int) -> str:
    """Return the n-th invented mobile number of a household."""
    return f"1990101{n:04d}"


def member_phone(n: int) -> str:
    """Return the n-th invented mobile number of a worker."""
    return f"1980101{n:04d}"

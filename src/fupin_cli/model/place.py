"""Where a value stands in the user's own workbook."""

from pathlib import Path
from typing import Literal

from msgspec import Struct

Role = Literal["subject", "member", "other", "list"]


class Place(Struct, frozen=True):
    """A row, or some cells of it, of one sheet."""

    file: Path
    sheet: str  # "" for a file without sheets (csv)
    row: int | None  # as Excel shows it, counted from 1; None for a finding about a column, a sheet or a village
    cells: tuple[str, ...] = ()  # "O12"; empty when the whole row is meant
    role: Role = "subject"


def letter(column: int) -> str:
    """Return the letters Excel shows for a column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the column, counted from 0, of its letters: A → 0, AA → 26."""
    number = 0
    for char in letters.upper():
        number = number * 26 + ord(char) - 64
    return number - 1

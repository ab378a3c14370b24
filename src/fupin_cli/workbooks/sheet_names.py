"""A name that is wanted for a sheet, and the names that are taken, in; a name that Excel takes, out."""

import re
from collections.abc import Collection

_LENGTH = 31  # of a name, in UTF-16 units
_ILLEGAL = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = "history"  # Excel keeps it for shared workbooks


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name like this one that is legal and not taken: 31 characters, no sign that Excel refuses.

    Args:
        name: as it is wanted.
        taken: the names of the workbook's sheets; they compare without case.
    """
    legal = _ILLEGAL.sub("_", name).strip("' ") or "Sheet"
    there = {each.casefold() for each in taken} | {_RESERVED}
    made, number = _cut(legal, _LENGTH), 1
    while made.casefold() in there:
        number += 1
        ending = f" ({number})"
        made = _cut(legal, _LENGTH - len(ending)) + ending
    return made


def link_to(name: str, cell: str) -> str:
    """Return what a link to a cell says: `'the sheet'!A7`."""
    return "'" + name.replace("'", "''") + f"'!{cell}"


def _cut(name: str, length: int) -> str:
    while len(name.encode("utf-16-le")) // 2 > length:
        name = name[:-1]
    return name.rstrip("' ")

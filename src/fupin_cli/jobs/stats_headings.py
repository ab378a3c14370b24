"""Rows of a sheet in; the heading of a small table of counts (名称, 户, 人, 占比) that ends in one of them, and what its columns state, out."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError
from fupin_cli.model.sheet import Sheet
from fupin_cli.tables.grid import Grid
from fupin_cli.tables.heading_text import squeeze

Role = Literal["户", "人", "share", "户 share", "人 share"]
_LEVELS = 3  # rows a heading may have
_NOT_COUNTS = re.compile("均|主|编号|负责|联系|责任|帮扶|填|率")
_REGISTRY = re.compile("姓名|证件|身份证|户编号|户主")  # a table with such a column is no table of counts
_HOUSEHOLDS = re.compile(r".*户(数量?|合计)?(\(户\))?|.*数量?\(户\)")
_PEOPLE = re.compile(r".*(人|人口)(数量?|合计)?(\(人\))?|.*数量?\(人\)")
_SHARE = re.compile("占比|比例|比重|百分比|占.*%|^%$")
_BARE = re.compile("(数|数量|绝对数|总数|合计|小计)?")
_COUNT = re.compile(r"^[-+]?\d+(\.\d+)?%?$|\d(户|人)")  # what stands under a heading, not in one
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


class Heading(Struct, frozen=True):
    """A heading, and the columns that may state numbers."""

    bottom: int  # its last row
    texts: tuple[str, ...]  # the lowest level of each column, "" where there is none
    whole: tuple[str, ...]  # all levels of each column
    roles: dict[int, Role]


def plain(text: str) -> str:
    """Return a text in half width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def number_of(text: str) -> float | None:
    """Return the number of a cell: 1,695 and 217户 too."""
    bare = plain(text).replace(",", "").removesuffix("%").removesuffix("户").removesuffix("人")
    return float(bare) if _NUMBER.fullmatch(bare) else None


def heading_at(grid: Grid, bottom: int) -> Heading | None:
    """Return the heading that ends in a row, or None where its texts are none."""
    for top in range(bottom, max(0, bottom - _LEVELS), -1):
        if any(_COUNT.search(plain(text)) for text in grid.distinct(top)):
            return None
        parted = _levels(grid, top, bottom)
        roles = {column: role for column, texts in enumerate(parted) if texts and (role := _role(texts))}
        named = any(texts and column not in roles for column, texts in enumerate(parted))
        if named and {"户", "人"} & set(roles.values()):
            if any(_REGISTRY.search(text) for texts in parted for text in texts[-1:]):
                return None
            whole = _levels(grid, max(1, bottom - _LEVELS + 1), bottom)
            leaves = tuple("".join(texts[-1:]) for texts in parted)
            return Heading(bottom, leaves, tuple("-".join(texts[-2:]) for texts in whole), roles)
    return None


def _levels(grid: Grid, top: int, bottom: int) -> list[list[str]]:
    """Return the different texts of each column between two rows, from above."""
    rows = [grid.row(row) for row in range(top, bottom + 1)]
    return [
        list(dict.fromkeys(squeeze(text) for texts in rows if (text := texts[column]))) for column in range(grid.width)
    ]


def _role(texts: list[str]) -> Role | None:
    """Return what a column of numbers states, by the levels of its heading."""
    leaf, bands = texts[-1], texts[:-1]
    if _SHARE.search(leaf):
        return _share_of("".join(texts))
    own = bands[-1] if bands and _BARE.fullmatch(leaf) else leaf
    if _NOT_COUNTS.search(own):
        return None
    if _HOUSEHOLDS.fullmatch(own):
        return "户"
    return "人" if _PEOPLE.fullmatch(own) else None


def _share_of(text: str) -> Role:
    return "户 share" if "户" in text else "人 share" if "人" in text else "share"


def columns_of(grid: Grid, sheet: Sheet, heading: Heading, body: Sequence[int]) -> dict[Role, int]:
    """Return the one column of each role, of those under which some number stands.

    Raises:
        InputError: two columns state the same thing.
    """
    there = {
        column: role
        for column, role in heading.roles.items()
        if any(number_of(grid.row(row)[column] or "") is not None for row in body)
    }
    columns: dict[Role, int] = {}
    for column, role in _owned(there).items():
        if role in columns and "share" not in role:
            shared = "、".join(heading.whole[each] for each in (columns[role], column))
            where = f"{sheet.file.name} › {sheet.name}" if sheet.name else sheet.file.name
            raise InputError(
                *both(
                    "{where}：第 {bottom} 行表头有几列{role}数（{shared}），不知道用哪一列核对；请只留一列。",
                    where=where,
                    bottom=heading.bottom,
                    role=role,
                    shared=shared,
                )
            )
        columns.setdefault(role, column)
    return columns


def _owned(roles: dict[int, Role]) -> dict[int, Role]:
    """Return the roles with each of several bare shares given to the count left of it; a single one may be of either."""
    bare = [column for column, role in roles.items() if role == "share"]
    found = dict(roles)
    for column in bare if len(bare) > 1 else ():
        left = [role for other, role in sorted(roles.items()) if other < column and role in ("户", "人")]
        if left:
            found[column] = _share_of(left[-1])
    return found

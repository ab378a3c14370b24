"""Two sets of typed tables, set apart in one engine: what every step of a comparison asks of them."""

from typing import Literal

from msgspec import Struct, field

from fupin_cli.engines.sql import quoted
from fupin_cli.model.dictionary import Column, Dictionary, Type
from fupin_cli.model.difference import Side
from fupin_cli.model.table import Layout, Tables

PREFIX: dict[Side, str] = {"left": "左_", "right": "右_"}
BUILT_IN = frozenset(
    {"数据日期", "年度", "证件号码#", "表有户主", "户表有此户", "成员表有户主", "_stated", "证件前18位"}
)  # of the run, or of the day of the file: not what a row says
Kind = Literal["人", "户", "村", "名单"]


class Pairing(Struct, frozen=True):
    """What the user wished of a comparison."""

    on: tuple[str, ...] = ()  # columns that replace the keys found by themselves
    tables: tuple[str, ...] = ()  # only these; () = all both sides have
    tolerance: dict[str, float] = field(
        default_factory=dict
    )  # column → by how much numbers may differ; "": all numbers
    days: int = 0  # by how many days dates may differ
    link: bool = False  # look for the same person among rows that met none
    least: float = 0.9  # the least score of a suspicion
    columns: tuple[str, ...] = ()  # compare only these; () = all both sides have
    ignored: tuple[str, ...] = ()  # do not compare these


class Sides(Struct, frozen=True):
    """Both sides: engine tables 左_人, 右_人 …; sources of the right count on from those of the left."""

    left: Tables
    right: Tables
    dictionary: Dictionary

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """The tables of all sheets, the left's first: `_source` of a row is a position here."""
        return (*self.left.layouts, *self.right.layouts)

    def tables(self, side: Side) -> Tables:
        """Return the tables of one side."""
        return self.left if side == "left" else self.right


class Facing(Struct, frozen=True):
    """One table of the left and one of the right whose rows are paired with each other."""

    table: str  # what the result calls it: 人, 户, 村, or the name of a list
    pairs: str  # engine table of the pairs: 对_人, 对_户, 对_村, 对_名单
    left: str  # table of the left as a side names it: 人, 户, 村, or a list's name
    right: str

    def of(self, side: Side) -> str:
        """Return the table of one side, as that side names it."""
        return self.left if side == "left" else self.right


def relation(sides: Sides, side: Side, table: str) -> str:
    """Return the engine table of a side's table, in double quotes: "左_人", "右_名单_医保"."""
    listed = table in sides.tables(side).lists
    return quoted(f"{PREFIX[side]}{'名单_' if listed else ''}{table}")


def kinds(sides: Sides, side: Side, table: str) -> dict[str, Type]:
    """Return the columns of a side's table that are compared or looked at, with their types: built-in ones left out."""
    tables = sides.tables(side)
    found = tables.lists[table] if table in tables.lists else tables.columns.get(table, {})
    return {column: kind for column, kind in found.items() if column not in BUILT_IN}


def known(sides: Sides, side: Side, table: str) -> dict[str, Column]:
    """Return what the dictionary, or the list the table is, says of columns."""
    columns = sides.dictionary.columns
    return {**columns, **sides.dictionary.lists[table].columns} if table in sides.tables(side).lists else columns

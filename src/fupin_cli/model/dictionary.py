"""The data dictionary: which columns a registry has, under which headings, in which type, with which codes."""

from pathlib import Path
from typing import Literal

from msgspec import Struct, field

Type = Literal[
    "文本",  # any text
    "数字",  # DOUBLE
    "整数",  # BIGINT
    "日期",  # DATE; a year and month alone mean the first day of the month
    "年份",  # INTEGER
    "代码",  # VARCHAR, one of a code list
    "多值",  # VARCHAR, values of a code list joined by "," in the list's order
    "证件",  # VARCHAR, an identity or disability card number, upper case without blanks
    "编号",  # VARCHAR, a code made of digits (户编号, 人编号, 行政区划编码)
    "电话",  # VARCHAR, digits of one number
    "账号",  # VARCHAR, digits
    "姓名",  # VARCHAR
    "真假",  # BOOLEAN; derived columns only
]
Level = Literal["户", "人", "村", "地", "名单"]  # 地 = place and time columns, which every table may carry


BARE_CODE = "只有代码"  # the note of a text that is a code and nothing else, in a list that has not all codes


class CodeList(Struct, frozen=True):
    """The values a coded column may take."""

    id: str  # "C03"
    name: str
    complete: bool  # False: a value outside is a doubt (warning), not an error
    values: tuple[str, ...]  # standard labels
    codes: dict[str, str] = field(default_factory=dict)  # code → standard label ("1" → "已脱贫（享受政策）")
    synonyms: dict[str, str] = field(default_factory=dict)  # other spelling, or retired value → standard label
    retired: tuple[str, ...] = ()  # which of the synonyms are old code values (COD002), not spellings
    source: str = ""
    offered: tuple[str, ...] = ()  # which of the synonyms a form offers itself: nothing is said of them
    ended: dict[str, int] = field(default_factory=dict)  # retired value → the year from which no form offers it


class Column(Struct, frozen=True):
    """One canonical column."""

    name: str
    level: Level
    type: Type
    unit: str = ""
    codes: str | None = None  # id of its code list
    aliases: tuple[str, ...] = ()  # headings that mean it, its own name left out
    bands: tuple[str, ...] = ()  # when given: the heading counts only under one of these bands, or on such a sheet
    gather: bool = False  # several headings (风险1 … 风险5) make one 多值 column
    blank: str | None = None  # the value a blank cell stands for; None: a blank is unknown
    mask: Literal["", "姓名", "证件", "电话", "账号"] = ""
    source: str = ""
    blank_when: tuple[str, ...] = ()  # `blank` counts only where one of these columns is there too; (): everywhere
    most: float | None = None  # a number above it is none of this column, where another shares the heading


class Derived(Struct, frozen=True):
    """A column computed from others, by an expression of the rule language (CASE allowed)."""

    name: str
    level: Literal["户", "人"]
    type: Type
    alternatives: tuple[str, ...]  # expressions; the first whose columns are all there is used
    optional: tuple[str, ...] = ()  # columns read as blank when absent
    why: str = ""
    codes: str | None = None  # id of its code list
    file: Path | None = None
    positions: tuple[tuple[int, int], ...] = ()  # (line, column) of each alternative


class Spelled(Struct, frozen=True):
    """What headings and values of code lists look like, indexed by spelling."""

    exact: dict[str, tuple[str, ...]]  # heading → the columns it may mean
    loose: tuple[dict[str, tuple[str, ...]], ...]  # the same by plain, bare and core spelling
    values: frozenset[str]  # plain


class Dictionary(Struct, frozen=True):
    """All columns and code lists."""

    columns: dict[str, Column]
    derived: dict[str, Derived]
    codes: dict[str, CodeList]
    lists: dict[str, "ListKind"] = field(default_factory=dict)
    spelled: Spelled | None = None  # of `columns` and `codes`, where it was made once and kept; None: made when needed


class ListKind(Struct, frozen=True):
    """A departmental list that `--list NAME=FILE` may bring: its columns, matched on the first 18 characters."""

    name: str  # 车辆
    aliases: tuple[str, ...]  # other names on the command line
    key: str  # the column that identifies a person: 证件号码
    columns: dict[str, Column]
    why: str = ""

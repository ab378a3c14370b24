"""Names as the user wrote them, and what a run's tables have, in; the columns by which is counted, and their SQL, out."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Literal

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError, UsageError
from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.stats import Dimension
from fupin_cli.model.table import Tables

BETWEEN = "\x1f"  # between the names of a place and of those it lies in
AGES = "年龄组"
PLACES = {
    "省": (),
    "市": (),
    "县": (),
    "乡": ("县",),
    "村": ("县", "乡"),
    "自然村": ("县", "乡", "村"),
}  # with what tells two of a name apart
USUAL = (
    "乡", "村", "主要致贫原因", "脱贫属性", "监测对象类别", "户类型", "贫困户属性", "性别", AGES, "健康状况", "文化程度", "劳动技能", "务工区域",
)  # fmt: skip
_SHORT = {
    "township": "乡",
    "village": "村",
    "cause": "主要致贫原因",
    "status": "脱贫属性",
    "class": "户类型",
    "age": AGES,
}
_GROUPS = ((0, 5), (6, 15), (16, 59), (60, 79))  # whole years, both included
_OLDEST = 80
_COUNTED = ("代码", "多值", "年份", "整数", "真假")  # types that lines may be told apart by


class Told(Struct, frozen=True):
    """A column by which is counted, over the aliases f, h, g, p, q of `from_clause`."""

    dimension: Dimension
    value: str  # SQL of its text; NULL where there is none
    state: str  # SQL of why there is none: 1 blank, 2 unreadable, 3 absent, 4 a derived column cannot tell, 5 no member
    order: Literal["place", "code", "number", "most"]
    codes: tuple[str, ...] = ()  # values in their order
    wider: tuple[str, ...] = ()  # of a place: the places it lies in, whose names stand before its own in `value`


def age_groups() -> tuple[str, ...]:
    """Return the names of the age groups, the youngest first."""
    return (*(f"{first}–{last}岁" for first, last in _GROUPS), f"{_OLDEST}岁及以上")


def canonical(name: str, dictionary: Dictionary) -> str:
    """Return the column that a name means.

    Raises:
        UsageError: no column has it, or its values are not for counting.
    """
    found = _SHORT.get(name.lower(), name)
    if found != AGES and found not in dictionary.columns and found not in dictionary.derived:
        meant = [column.name for column in dictionary.columns.values() if name in column.aliases and _countable(column)]
        if not meant:
            raise _unknown(name, dictionary)
        found = meant[0]
    derived = dictionary.derived.get(found)
    column = dictionary.columns.get(found)
    if found == AGES or (column and _countable(column)) or (derived and not column and derived.type in _COUNTED):
        return found
    raise UsageError(
        *both(
            "--by {name}：“{found}”的内容一户（人）一个样，不能用来分组；可用的是地区、代码、年份、"
            "整数和是否一类的列。",
            name=name,
            found=found,
        )
    )


def meant(heading: str, dictionary: Dictionary) -> str | None:
    """Return the column that can be counted by and that a heading means, or None."""
    named = [one.name for one in dictionary.columns.values() if _countable(one) and heading in (one.name, *one.aliases)]
    return named[0] if named else AGES if heading == AGES else None


def _countable(column: Column) -> bool:
    return column.name in PLACES or (column.level in ("户", "人") and column.type in _COUNTED and not column.mask)


def _unknown(name: str, dictionary: Dictionary) -> UsageError:
    names = {
        alias: one.name for one in dictionary.columns.values() if _countable(one) for alias in (*one.aliases, one.name)
    }
    names |= {one: one for one in (AGES, *dictionary.derived)}
    near = [names[one] for one in get_close_matches(name, names, 1)]
    zh, en = both("，是不是“{near}”？", near=near[0]) if near else both("；", "stats_columns")
    usual = "、".join(USUAL)
    return UsageError(*both("--by {name}：没有这一列{near}常用的有：{usual}。", name=name, near=(zh, en), usual=usual))


def stored(names: Sequence[str], dictionary: Dictionary) -> tuple[str, ...]:
    """Return the derived columns that must be stored in the engine so that these can be counted by."""
    return tuple(
        dict.fromkeys("年龄" if name == AGES else name for name in names if name == AGES or name in dictionary.derived)
    )


def is_there(name: str, tables: Tables, derived: dict[str, frozenset[str]]) -> bool:
    """Tell whether this registry can be counted by a column; `derived` are the columns of 推_户 and 推_人."""
    if name == AGES:
        return "年龄" in derived["人"]
    return any(name in tables.columns.get(level, ()) or name in derived[level] for level in ("户", "人"))


def refuse_absent(name: str, dictionary: Dictionary) -> InputError:
    """Say that the registry lacks a column that was asked for."""
    heads = "、".join((name, *dictionary.columns[name].aliases[:3])) if name in dictionary.columns else name
    return InputError(
        *both(
            "登记表没有“{name}”这一列，不能按它统计。要找的表头：{heads}；请检查表头（fupin inspect），或用 "
            "--map 表头={name} 指明。",
            name=name,
            heads=heads,
        )
    )


def told_by(name: str, tables: Tables, dictionary: Dictionary, derived: dict[str, frozenset[str]]) -> Told:
    """Return a column that is there, with its SQL."""
    if name == AGES:
        bands = " ".join(
            f"WHEN q.\"年龄\" BETWEEN {first} AND {last} THEN '{text}'"
            for (first, last), text in zip(_GROUPS, age_groups(), strict=False)
        )
        value = f"CASE {bands} WHEN q.\"年龄\" >= {_OLDEST} THEN '{age_groups()[-1]}' END"
        return Told(Dimension(name, "人"), value, _of_member("4"), "code", age_groups())
    if name in PLACES:
        return _place(name, tables)
    column = dictionary.columns.get(name)
    for level, alias in (("户", "h"), ("人", "p")):
        if column is not None and name in tables.columns.get(level, ()):
            return _read(column, level, alias, dictionary)
    level = "户" if name in derived["户"] else "人"
    return _derived(name, level, dictionary)


def _read(column: Column, level: str, alias: str, dictionary: Dictionary) -> Told:
    codes = dictionary.codes[column.codes].values if column.codes else ()
    order: Literal["code", "number", "most"] = "code" if codes else "number"
    state = f'COALESCE(CAST({alias}."{column.name}$" AS INTEGER), 3)'
    dimension = Dimension(column.name, "户" if level == "户" else "人", several=column.type == "多值")
    return Told(
        dimension,
        f'CAST({alias}."{column.name}" AS VARCHAR)',
        state if level == "户" else _of_member(state),
        "most" if column.codes in _RANKED else order,
        codes,
    )


_RANKED = ("C05", "C21")  # causes and risks: published the most frequent first


def _derived(name: str, level: str, dictionary: Dictionary) -> Told:
    alias, kind = ("g", dictionary.derived[name].type) if level == "户" else ("q", dictionary.derived[name].type)
    column = dictionary.columns.get(name)
    codes = dictionary.codes[column.codes].values if column and column.codes else ()
    value = f'CAST({alias}."{name}" AS VARCHAR)'
    if kind == "真假":
        value, codes = f"CASE WHEN {alias}.\"{name}\" THEN '是' WHEN NOT {alias}.\"{name}\" THEN '否' END", ("是", "否")
    order: Literal["code", "number"] = "code" if codes else "number"
    if level == "户":
        return Told(Dimension(name, "户"), value, "4", order, codes)
    return Told(Dimension(name, "人"), value, _of_member("4"), order, codes)


def _of_member(state: str) -> str:
    return f"CASE WHEN f.person IS NULL THEN 5 ELSE {state} END"


def _place(name: str, tables: Tables) -> Told:
    """A place: of the household, or of a person who belongs to none his own."""
    wider = tuple(
        one for one in PLACES[name] if one in tables.columns.get("户", ()) or one in tables.columns.get("人", ())
    )
    names = [f"COALESCE({_own(one, tables)}, '')" for one in wider] + [_own(name, tables)]
    value = f" || '{BETWEEN}' || ".join(names)
    return Told(Dimension(name, "户"), value, _own(f"{name}$", tables, "INTEGER", "3"), "place", wider=wider)


def _own(column: str, tables: Tables, kind: str = "VARCHAR", otherwise: str = "NULL") -> str:
    bare = column.removesuffix("$")
    home = f'CAST(h."{column}" AS {kind})' if bare in tables.columns.get("户", ()) else f"CAST({otherwise} AS {kind})"
    person = f'CAST(p."{column}" AS {kind})' if bare in tables.columns.get("人", ()) else f"CAST({otherwise} AS {kind})"
    own = f"CASE WHEN f.home IS NULL THEN {person} ELSE {home} END"
    return f"COALESCE({own}, {otherwise})" if otherwise != "NULL" else own


def from_clause(tables: Tables) -> str:
    """Return the FROM clause of the rows counted: f (统), h, g of the household, p, q of the person."""
    persons = (
        ' LEFT JOIN "人" p ON p."_id" = f.person LEFT JOIN "推_人" q ON q."_id" = f.person' if tables.persons else ""
    )
    return f' FROM "统" f LEFT JOIN "户" h ON h."_id" = f.home LEFT JOIN "推_户" g ON g."_id" = f.home{persons}'

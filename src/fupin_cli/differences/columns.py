"""The two tables that face each other in; the columns both have, and SQL that tells whether two cells differ, out."""

from msgspec import Struct

from fupin_cli.differences.certificates import first18, normal_name
from fupin_cli.differences.chosen import is_chosen
from fupin_cli.differences.sides import Facing, Pairing, Sides, kinds, known, relation
from fupin_cli.engines.sql import quoted
from fupin_cli.model.dictionary import Type
from fupin_cli.model.difference import Side

_NUMBERS = ("数字", "整数", "年份")
_PLAIN_NUMBER = r"[-+]?(0|[1-9][0-9]{0,14})([.][0-9]{1,12})?"
_SAME = 1e-9  # of two numbers, one of which a program computed


class Compared(Struct, frozen=True):
    """A column both sides have."""

    name: str
    left: Type
    right: Type
    free: bool = False  # a heading the dictionary does not know: compared as text


class Likeness(Struct, frozen=True):
    """What two rows are compared by."""

    left: str  # engine tables, in double quotes
    right: str
    columns: tuple[Compared, ...]
    wishes: Pairing
    same_kind: bool  # registry against registry, or list against list of its kind

    def of(self, side: Side) -> str:
        """Return the engine table of one side."""
        return self.left if side == "left" else self.right


def likeness(sides: Sides, facing: Facing, wishes: Pairing) -> Likeness:
    """Return the columns both tables have, in the order of the left."""
    left, right = kinds(sides, "left", facing.left), kinds(sides, "right", facing.right)
    named = known(sides, "left", facing.left)
    leave = _told_of_households(sides, facing)
    columns = tuple(
        Compared(column, kind, right[column], free=named[column].source == FREE if column in named else False)
        for column, kind in left.items()
        if column in right and column not in leave and is_chosen(column, wishes)
    )
    tables = relation(sides, "left", facing.left), relation(sides, "right", facing.right)
    return Likeness(*tables, columns, wishes, facing.left == facing.right)


FREE = "表头"  # `source` of a column made from a heading that no dictionary knows


def only_in(sides: Sides, facing: Facing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns only the left, and only the right, has."""
    left, right = kinds(sides, "left", facing.left), kinds(sides, "right", facing.right)
    leave = _told_of_households(sides, facing)
    return tuple(c for c in left if c not in right and c not in leave), tuple(
        c for c in right if c not in left and c not in leave
    )


def _told_of_households(sides: Sides, facing: Facing) -> set[str]:
    """Return the columns of place that are told once, of the household, where both sides have households."""
    if facing.table != "人" or not (sides.left.households and sides.right.households):
        return set()
    shared = kinds(sides, "left", "户").keys() & kinds(sides, "right", "户").keys()
    return {c for c in shared if c in sides.dictionary.columns and sides.dictionary.columns[c].level == "地"}


def state(column: Compared, like: Likeness) -> str:
    """SQL over `l` and `r`: 0 the cells say the same, or one side has none; 1 they differ; 2 the texts must be looked at."""
    a, b = (f"{side}.{quoted(column.name)}" for side in "lr")
    sa, sb = (f"coalesce({side}.{quoted(column.name + '$')}, 3)" for side in "lr")
    return f"""CASE WHEN {sa} = 3 OR {sb} = 3 OR ({sa} = 1 AND {sb} = 1) THEN 0
  WHEN {sa} = 2 OR {sb} = 2 THEN CASE WHEN {sa} = 1 OR {sb} = 1 THEN 1 ELSE 2 END
  WHEN {a} IS NULL OR {b} IS NULL THEN CASE WHEN {a} IS NULL AND {b} IS NULL THEN 0 ELSE 1 END
  WHEN {_as_it_stands(column, a, b)} THEN 0 WHEN {_differ(column, like, a, b)} THEN 1 ELSE 0 END"""


def _as_it_stands(column: Compared, a: str, b: str) -> str:
    return f"{a} = {b}" if column.left == column.right else f"CAST({a} AS VARCHAR) = CAST({b} AS VARCHAR)"


def _differ(column: Compared, like: Likeness, a: str, b: str) -> str:
    if column.left in _NUMBERS and column.right in _NUMBERS:
        return _numbers_differ(a, b, _tolerance(column, like))
    if column.left != column.right:
        a, b = f"CAST({a} AS VARCHAR)", f"CAST({b} AS VARCHAR)"
    elif column.left == "日期":
        return f"abs(date_diff('day', {a}, {b})) > {int(like.wishes.days)}"
    return _texts_differ(column, like, a, b)


def _texts_differ(column: Compared, like: Likeness, a: str, b: str) -> str:
    shared_ = {column.left, column.right}
    if "姓名" in shared_:
        return f"{normal_name(a)} IS DISTINCT FROM {normal_name(b)}"
    if shared_ == {"证件"} and not like.same_kind:
        return f"coalesce({first18(a)}, {a}) <> coalesce({first18(b)}, {b})"
    if "多值" in shared_:
        return f"list_sort(list_distinct(string_split({a}, ','))) <> list_sort(list_distinct(string_split({b}, ',')))"
    if not column.free:
        return f"{a} <> {b}"
    numbers = f"regexp_full_match({a}, '{_PLAIN_NUMBER}') AND regexp_full_match({b}, '{_PLAIN_NUMBER}')"
    apart = _numbers_differ(f"TRY_CAST({a} AS DOUBLE)", f"TRY_CAST({b} AS DOUBLE)", _tolerance(column, like))
    return f"{a} <> {b} AND (NOT ({numbers}) OR {apart})"


def _tolerance(column: Compared, like: Likeness) -> float:
    return like.wishes.tolerance.get(column.name, like.wishes.tolerance.get("", 0.0))


def _numbers_differ(a: str, b: str, tolerance: float) -> str:
    if not tolerance:
        return f"{a} <> {b} AND abs({a} - {b}) > {_SAME} * greatest(abs({a}), abs({b}))"
    return f"abs({a} - {b}) > {float(tolerance)!r} + {_SAME} * greatest(abs({a}), abs({b}), 1)"

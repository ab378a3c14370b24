"""Book + Tables → what the expressions of this run can see: columns that are there, derived columns that can be had, parameters."""

from datetime import date
from math import isfinite

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.language.expression import Expression
from fupin_cli.language.functions import AWAY, BEYOND
from fupin_cli.language.needs import Choice, ParameterValue, Sight
from fupin_cli.language.symbols import Level
from fupin_cli.model.plan import EARLIER
from fupin_cli.model.rule import Parameter, Profile
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.plans.check import BUILT_IN, Book
from fupin_cli.plans.subject import TOGETHER

_DERIVING = ("人", "户")  # levels that have derived columns
_TABLES = {
    "人": "家庭成员表",
    "户": "户编号",
    "村": "村",
    "县": "县",
}  # level → what to add where its table is not there


def see(book: Book, tables: Tables, settings: Settings) -> Sight:
    """Return what this run's tables have."""
    built_in = {
        level: frozenset(BUILT_IN[level]) & (frozenset(tables.columns.get(level, ())) | {"数据日期"})
        for level in ("户", "人")
    } | {level: frozenset({"数据日期"}) for level in ("村", "县") if level in tables.columns}
    present = {level: frozenset(tables.columns.get(level, ())) - names for level, names in built_in.items()}
    for name, columns in tables.lists.items():
        present[name] = frozenset(columns) - {"证件前18位"}
    for name in book.symbols.together:
        given = [present[one] for one in name.split(TOGETHER) if one in present]
        present |= {name: frozenset().union(*given)} if given else {}
    profile = book.source.profiles.get(settings.profile or "")
    _check_given(settings.given, book)
    values = parameter_values(book.source.parameters, profile, settings)
    earlier = see(book, tables.previous, settings) if tables.previous is not None else None
    sight = Sight(book.symbols, present, built_in, {}, values, earlier)
    for name in book.derived:
        choose(name, book, sight, ())
    return sight


def _check_given(given: dict[str, float | str], book: Book) -> None:
    """Raise UsageError where the user gave a word for a number, a number for a word, or no number at all."""
    for name, value in given.items():
        if name in book.symbols.parameters and (
            isinstance(value, str) != (book.symbols.parameters[name] == "文本")
            or not (isinstance(value, str) or isfinite(value))
        ):
            kind = book.symbols.parameters[name]
            raise UsageError(
                *both(
                    "参数“{name}”要给{kind}，不能是“{value}”。",
                    name=name,
                    kind=(kind, "text" if kind == "文本" else "number"),
                    value=value,
                )
            )


def parameter_values(
    parameters: dict[str, Parameter], profile: Profile | None, settings: Settings
) -> dict[str, tuple[ParameterValue, ...]]:
    """Return every parameter's values; one given by the user, then one of the profile, stands before the rule book's own."""
    given = {**(profile.parameters if profile else {}), **settings.given}
    values = {
        name: tuple(ParameterValue(v.value, v.since, v.until, v.place, v.tier) for v in parameter.values)
        for name, parameter in parameters.items()
    }
    for name, value in given.items():
        values[name] = (ParameterValue(value, date.min, None, "", "*"),)
    return {name: _closed(found) for name, found in values.items()}


def _closed(values: tuple[ParameterValue, ...]) -> tuple[ParameterValue, ...]:
    """End an open value the day before the next of the same place and tier starts."""
    closed = []
    for value in values:
        later = [v.since for v in values if (v.place, v.tier) == (value.place, value.tier) and v.since > value.since]
        until = value.until
        if until is None and later:
            until = date.fromordinal(min(later).toordinal() - 1)
        closed.append(ParameterValue(value.value, value.since, until, value.place, value.tier))
    return tuple(closed)


def choose(name: str, book: Book, sight: Sight, around: tuple[str, ...]) -> Choice | None:
    """Return the first alternative of a derived column whose columns are all there, and remember it in the sight."""
    if name in sight.derived:
        return sight.derived[name]
    symbol = book.symbols.derived[name]
    optional = frozenset(symbol.optional)
    for expression in book.derived[name]:
        if not missing(expression, book, sight, optional, (*around, name)):
            sight.derived[name] = Choice(expression, optional, stored=_row_alone(expression, book, sight))
            return sight.derived[name]
    return None


def missing(
    expression: Expression, book: Book, sight: Sight, optional: frozenset[str], around: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the columns of the registry that the expression needs and this run's tables lack."""
    lacking: list[str] = []
    for level, name in sorted(expression.asked):
        if name in optional or _there(name, sight, level, expression.listed):
            continue
        if level in _DERIVING and name in book.derived and name not in around:
            if choose(name, book, sight, around) is None:
                lacking += _least_lacking(name, book, sight, (*around, name))
            continue
        lacking.append(name)
    if "户主" in expression.calls and "与户主关系" not in sight.present["人"]:
        lacking.append("与户主关系")
    if "不同村数" in expression.calls and "村" not in sight.present["户"]:
        lacking.append("村")
    levels = {expression.level, *(AWAY[call] for call in expression.calls & AWAY.keys())}
    lacking += [lack for level, lack in _TABLES.items() if level in levels and not sight.present.get(level)]
    lacking += _lacking_before(expression, book, sight, optional)
    return tuple(dict.fromkeys(lacking))


def _lacking_before(expression: Expression, book: Book, sight: Sight, optional: frozenset[str]) -> list[str]:
    """Return what the expression asks of the earlier edition and that lacks."""
    if not expression.previous:
        return []
    if sight.earlier is None:
        return [EARLIER.strip()]
    names: frozenset[tuple[Level, str]] = frozenset(("人", name) for name in expression.earlier)
    asked = replace(expression, asked=names, calls=frozenset(), previous=False)
    return [f"{EARLIER}{name}" for name in missing(asked, book, sight.earlier, optional)]


def _least_lacking(name: str, book: Book, sight: Sight, around: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the alternative of a derived column that lacks least is lacking."""
    optional = frozenset(book.symbols.derived[name].optional)
    return min((missing(expression, book, sight, optional, around) for expression in book.derived[name]), key=len)


def _row_alone(expression: Expression, book: Book, sight: Sight) -> bool:
    """Tell whether a derived column needs nothing but its own row, so that it can be stored."""
    if not expression.calls.isdisjoint(BEYOND):
        return False
    inner = [
        choose(name, book, sight, (name,))
        for name in expression.columns
        if name in book.derived and not _there(name, sight)
    ]
    return all(choice is None or choice.stored for choice in inner)


def _there(name: str, sight: Sight, level: Level = "人", listed: str | None = None) -> bool:
    """Tell whether a column is there for a row of a level: persons and households are read together."""
    if level == "名单":
        return name == "数据日期" or name in sight.present.get(listed or "", ())
    tables = ("户", "人") if level in _DERIVING else (level,)
    return any(name in sight.present.get(table, ()) or name in sight.built_in.get(table, ()) for table in tables)

"""What compiled expressions need beside their own row, and what the tables of a run have to offer."""

from dataclasses import dataclass, field
from datetime import date

from sqlglot import exp

from fupin_cli.language.expression import Expression
from fupin_cli.language.symbols import Level, Symbols

Tree = exp.Expression


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One value of a parameter, as the compiler needs it; `until` is included, None = open."""

    value: float | str
    since: date
    until: date | None
    place: str  # prefix of region codes; "" everywhere
    tier: str  # "" = no tier asked for; "*" = whatever was asked for


@dataclass(frozen=True, slots=True)
class Member:
    """One sum over the members of a household: column `{name}_…` of the table 成员."""

    name: str
    function: str
    tree: Tree
    present: Tree  # 在册 of the row


@dataclass(frozen=True, slots=True)
class Group:
    """One grouping of equal values: table `name`."""

    name: str
    function: str
    level: Level  # whose rows are compared
    tree: Tree


@dataclass(frozen=True, slots=True)
class Hit:
    """One condition over a list: table `name` with a row for each person who stands on the list."""

    name: str
    list: str
    condition: Tree


@dataclass(frozen=True, slots=True)
class Before:
    """One value of the earlier edition: column `name` of 上期值_人 or 上期值_户."""

    name: str
    tree: Tree  # over a row of the earlier edition


@dataclass(slots=True)
class Needs:
    """What the expressions compiled so far need beside their own row; equal needs are one."""

    members: dict[tuple[str, str], Member] = field(default_factory=dict)
    groups: dict[tuple[str, str, str], Group] = field(default_factory=dict)
    hits: dict[tuple[str, str], Hit] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)  # derived columns that are read from their table
    parameters: dict[tuple[Level, str], exp.Anonymous] = field(
        default_factory=dict
    )  # calls of 参数 that are stored beside them
    before: dict[Level, dict[str, Before]] = field(default_factory=dict)  # whose rows → SQL → value of the earlier edition
    earlier: "Needs | None" = None  # what those values need beside their own row


@dataclass(frozen=True, slots=True)
class Choice:
    """The alternative of a derived column that this workbook allows."""

    expression: Expression
    optional: frozenset[str]
    stored: bool  # it stands in the table of derived columns; else it is written out where it is used


@dataclass(frozen=True, slots=True)
class Sight:
    """What the tables of this run have."""

    symbols: Symbols
    present: dict[str, frozenset[str]]  # "户", "人", or a list's name → columns with a state
    built_in: dict[str, frozenset[str]]  # "户", "人" → columns without a state (数据日期, 户表有此户)
    derived: dict[str, Choice]
    parameters: dict[str, tuple[ParameterValue, ...]]
    earlier: "Sight | None" = None  # what the tables of the earlier edition have; None: none was given

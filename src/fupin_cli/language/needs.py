"""What compiled expressions need beside their own row, and what the tables of a run have to offer."""

from datetime import date

from msgspec import Struct, field
from sqlglot import exp

from fupin_cli.language.expression import Expression
from fupin_cli.language.levels import PARTS, Parts
from fupin_cli.language.symbols import Level, Symbols

Tree = exp.Expression


class ParameterValue(Struct, frozen=True):
    """One value of a parameter, as the compiler needs it; `until` is included, None = open."""

    value: float | str
    since: date
    until: date | None
    place: str  # prefix of region codes; "" everywhere
    tier: str  # "" = no tier asked for; "*" = whatever was asked for


class Member(Struct, frozen=True):
    """One sum over the rows that make up another, members of a household or households of a village: columns `{name}_…` of their table."""

    name: str
    function: str
    tree: Tree
    present: Tree  # 在册 of the row
    parts: Parts = PARTS["户", "人"]


class Group(Struct, frozen=True):
    """One grouping of equal values: table `name`."""

    name: str
    function: str
    level: str  # whose rows are compared, or ask (language/levels.py)
    tree: Tree
    value: Tree | None = None  # of rows of a list with one value of a column: what is counted or compared
    list: str = ""  # whose keys are looked up


class Hit(Struct, frozen=True):
    """One condition over a list: table `name` with a row for each person who stands on the list, or may stand there."""

    name: str
    list: str
    condition: Tree
    named: bool = False  # rows without a readable number can be told by their names
    numbered: bool = False  # the list has 证件号码: what a starred one shows may tell two persons of one name apart


class Lookup(Struct, frozen=True):
    """One question of rows of a list to the registry: table `name`, and `{name}n` of rows whose own key is not known."""

    name: str
    function: str
    list: str  # whose rows ask
    alone: bool  # asked inside 名单有: the list stands beside a person there
    key: Tree  # over a row of the list
    person: Tree | None  # the name beside it, where the list has one
    condition: Tree  # over a row of the registry, with its standing


class Before(Struct, frozen=True):
    """One value of the earlier edition: column `name` of 上期值_人 or 上期值_户."""

    name: str
    tree: Tree  # over a row of the earlier edition


class Needs(Struct):
    """What the expressions compiled so far need beside their own row; equal needs are one."""

    members: dict[tuple[str, str, str], Member] = field(default_factory=dict)
    groups: dict[tuple[str, ...], Group] = field(default_factory=dict)
    hits: dict[tuple[str, str], Hit] = field(default_factory=dict)
    lookups: dict[tuple[str, ...], Lookup] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)  # derived columns that are read from their table
    calls: dict[tuple[Level, str], exp.Anonymous] = field(
        default_factory=dict
    )  # calls that are stored beside them: 参数, and 校验码, the check character of a number
    before: dict[Level, dict[str, Before]] = field(
        default_factory=dict
    )  # whose rows → SQL → value of the earlier edition
    earlier: "Needs | None" = None  # what those values need beside their own row


class Choice(Struct, frozen=True):
    """The alternative of a derived column that this workbook allows."""

    expression: Expression
    optional: frozenset[str]
    stored: bool  # it stands in the table of derived columns; else it is written out where it is used


class Sight(Struct, frozen=True):
    """What the tables of this run have."""

    symbols: Symbols
    present: dict[str, frozenset[str]]  # a level, or a list's name → columns with a state
    built_in: dict[str, frozenset[str]]  # a level → columns without a state (数据日期, 户表有此户)
    derived: dict[str, Choice]
    parameters: dict[str, tuple[ParameterValue, ...]]
    earlier: "Sight | None" = None  # what the tables of the earlier edition have; None: none was given

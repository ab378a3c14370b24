"""Sums over a registry that a page draws: how incomes lie against the line, how old people are, and who is out of school."""

from msgspec import Struct


class IncomeBand(Struct, frozen=True):
    """Households whose 人均纯收入 lies from `least` (included) to `below` yuan a year; a band without any stands there too."""

    least: float | None  # None: no lower end
    below: float | None  # None: no upper end
    households: int


class IncomeLine(Struct, frozen=True):
    """A 收入线 that holds for some of these households."""

    value: float  # yuan a person and year
    place: str  # name of the region, 全国 for everywhere
    since: str  # ISO date; "" of a value the user gave
    source: str  # "given by the user, not sourced" where the user gave it


class AgeBand(Struct, frozen=True):
    """在册 persons of `first` to `last` whole years on their data date, both included."""

    first: int
    last: int | None  # None: and older
    men: int
    women: int
    out_of_school: int  # of them: EDU001 fails; 0 where that rule was not run


class Figures(Struct, frozen=True):
    """What is drawn of one registry; nobody can be told from it but by his village."""

    incomes: tuple[IncomeBand, ...] = ()
    no_income: int = 0  # households without a 人均纯收入 that could be read
    lines: tuple[IncomeLine, ...] = ()
    ages: tuple[AgeBand, ...] = ()
    no_age: int = 0  # persons whose age or sex is not known

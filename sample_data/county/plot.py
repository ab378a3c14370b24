"""Faults in, a spoilt county and the list of what was planted out: each fault in a household of its own."""

import random
from collections.abc import Callable
from typing import Literal

from msgspec import Struct, field

from sample_data.county.records import Cell, Household, Member

Changes = dict[str, Cell]


class Fault(Struct, frozen=True):
    """One kind of fault: where it fits, and which cells become what."""

    rule: str
    column: str  # heading of the cell that is wrong
    sheet: Literal["户信息", "家庭成员"]
    suits: Callable[[Household, Member], bool]
    change: Callable[[Household, Member], Changes]
    count: int = 3
    also: tuple[str, ...] = ()  # other rules that must fire in the same household


class Planted(Struct):
    """One fault as it was planted."""

    rule: str
    household: Household | None
    member: Member | None
    sheet: str
    column: str | None
    also: tuple[str, ...] = ()
    others: list[Household] = field(default_factory=list)  # households in which the same rule fires too
    row: int | None = None  # for faults of the sheet, which belong to no record
    number: str | None = None  # 户编号 under which the finding is filed, where it is not the household's own
    cells: list[str] = field(default_factory=list)  # every heading changed, the wrong one first


def household(
    rule: str,
    column: str,
    suits: Callable[[Household], bool],
    change: Callable[[Household], Changes],
    *,
    count: int = 3,
    also: tuple[str, ...] = (),
) -> Fault:
    """Describe a fault of a row of 户信息."""
    return Fault(
        rule,
        column,
        "户信息",
        lambda home, member: member is home.head and suits(home),
        lambda home, _: change(home),
        count,
        also,
    )


def person(
    rule: str,
    column: str,
    suits: Callable[[Household, Member], bool],
    change: Callable[[Household, Member], Changes],
    *,
    count: int = 3,
    also: tuple[str, ...] = (),
) -> Fault:
    """Describe a fault of a row of 家庭成员; the head is spared, whose row the household's row repeats."""
    return Fault(
        rule,
        column,
        "家庭成员",
        lambda home, member: member is not home.head and suits(home, member),
        change,
        count,
        also,
    )


class Plot:
    """A county being spoilt: knows which households are still untouched."""

    def __init__(self, households: list[Household], seed: int) -> None:
        self.households = households
        self.planted: list[Planted] = []
        self._rng = random.Random(seed)
        self._touched: set[int] = set()

    def free(self, suits: Callable[[Household], bool]) -> list[Household]:
        """Return the untouched households that suit, in an order drawn by lot."""
        found = [home for home in self.households if id(home) not in self._touched and suits(home)]
        return self._rng.sample(found, len(found))

    def touch(self, *homes: Household) -> None:
        """Mark households as used."""
        self._touched.update(id(home) for home in homes)

    def plant(self, fault: Fault) -> None:
        """Plant the fault `count` times, each in a household of its own."""
        left = fault.count
        for home in self.free(lambda _: True):
            if left == 0:
                return
            member = next((one for one in home.members if fault.suits(home, one)), None)
            if member is None:
                continue
            changes = fault.change(home, member)
            target = home.cells if fault.sheet == "户信息" else member.cells
            target.update(changes)
            self.note(fault, home, member if fault.sheet == "家庭成员" else None, list(changes))
            left -= 1
        if left:
            raise ValueError(f"{fault.rule}: only {fault.count - left} households suit")

    def note(self, fault: Fault, home: Household, member: Member | None, changed: list[str]) -> None:
        """Write the planted fault down."""
        cells = [fault.column, *(heading for heading in changed if heading != fault.column)]
        self.planted.append(Planted(fault.rule, home, member, fault.sheet, fault.column, fault.also, cells=cells))
        self.touch(home)

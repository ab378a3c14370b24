"""Families: the shape of a household in, its head and members with relations, ages and sexes that fit, out."""

import random
from datetime import date

from sample_data.county.identity import Registrar
from sample_data.county.names import given_name, surname
from sample_data.county.people import birthday, new_member
from sample_data.county.records import Household, Member

_SHAPES = {"独居老人": 16, "老两口": 15, "父母子女": 29, "三代同堂": 22, "单亲": 6, "与父母同住": 9, "独居中年": 3}


class Family:
    """One household being put together."""

    def __init__(self, rng: random.Random, registrar: Registrar) -> None:
        self.rng = rng
        self.registrar = registrar
        self.surname = surname(rng)
        self.members: list[Member] = []

    def add(self, relation: str, sex: str, age: int, *, in_law: bool = False) -> Member:
        """Add one person; children and the head share a surname, who married in has another."""
        born = birthday(self.rng, age)
        names = {member.cells["姓名"] for member in self.members}
        while True:
            family_name = surname(self.rng) if in_law else self.surname
            name = family_name + given_name(self.rng, sex, born.year)
            if name not in names:
                break
        member = new_member(self.rng, self.registrar, name, sex, born)
        member.cells["与户主关系"] = relation
        self.members.append(member)
        return member

    def couple(self, age: int, spouse: float) -> None:
        """Add a head of that age and, with that probability, a spouse."""
        sex = "男" if self.rng.random() < 0.86 else "女"
        self.add("户主", sex, age)
        if self.rng.random() < spouse:
            other = "女" if sex == "男" else "男"
            self.add("配偶", other, age + self.rng.randint(-6, 1), in_law=True)

    def children(self, count: int) -> None:
        """Add children, each 21 to 36 years younger than the younger parent."""
        parent = min(member.age for member in self.members)
        eldest = max(0, parent - self.rng.randint(21, 27))
        for _ in range(count):
            sex = self.rng.choice("男女")
            self.add("之子" if sex == "男" else "之女", sex, eldest)
            eldest = max(0, eldest - self.rng.randint(2, 5))
            if eldest == 0:
                break


def _alone(family: Family) -> None:
    family.couple(family.rng.randint(62, 88), 0)


def _old_couple(family: Family) -> None:
    family.couple(family.rng.randint(61, 80), 1)


def _parents_and_children(family: Family) -> None:
    family.couple(family.rng.randint(30, 54), 0.94)
    family.children(family.rng.choices((1, 2, 3), (30, 55, 15))[0])


def _three_generations(family: Family) -> None:
    rng = family.rng
    family.couple(rng.randint(52, 72), 0.85)
    son = family.add("之子", "男", min(member.age for member in family.members) - rng.randint(21, 26))
    if son.age < 24:
        return
    wife = family.add("之儿媳", "女", son.age - rng.randint(0, 3), in_law=True)
    eldest = wife.age - rng.randint(21, 25)
    for _ in range(rng.choices((1, 2, 3), (45, 45, 10))[0]):
        if eldest < 0:
            break
        sex = rng.choice("男女")
        family.add("之孙子" if sex == "男" else "之孙女", sex, eldest)
        eldest -= rng.randint(2, 4)


def _single_parent(family: Family) -> None:
    family.couple(family.rng.randint(34, 52), 0)
    family.children(family.rng.choices((1, 2), (60, 40))[0])


def _with_parents(family: Family) -> None:
    rng = family.rng
    family.couple(rng.randint(36, 56), 0.45)
    if len(family.members) == 2:
        family.children(rng.choices((1, 2), (70, 30))[0])
    head = family.members[0]
    mother = family.add("之母", "女", head.age + rng.randint(21, 30), in_law=True)
    if rng.random() < 0.4:
        family.add("之父", "男", mother.age + rng.randint(0, 4))


def _alone_middle_aged(family: Family) -> None:
    family.couple(family.rng.randint(35, 59), 0)


_BUILD = dict(
    zip(
        _SHAPES,
        (
            _alone,
            _old_couple,
            _parents_and_children,
            _three_generations,
            _single_parent,
            _with_parents,
            _alone_middle_aged,
        ),
        strict=True,
    )
)


def part_with(rng: random.Random, registrar: Registrar, household: Household) -> None:
    """Let somebody have left the household this year: a mother who died, or a daughter who married."""
    head = household.head
    if 40 <= head.age < 66 and not any(member.cells["与户主关系"] == "之母" for member in household.members):
        sex, relation, age, reason = "女", "之母", head.age + rng.randint(21, 28), "死亡"
    elif head.age >= 46:
        sex, relation, age, reason = "女", "之女", rng.randint(21, min(30, head.age - 24)), "婚出"
    else:
        return
    born = birthday(rng, age)
    name = surname(rng) if reason == "死亡" else str(head.cells["姓名"])[0]
    gone = new_member(rng, registrar, name + given_name(rng, sex, born.year), sex, born)
    day = date(2020, rng.randint(1, 11), rng.randint(1, 28))
    gone.cells.update({"与户主关系": relation, "人员状态": "自然减少", "人员变更原因": reason, "人员变更时间": day})
    household.left.append(gone)


def new_household(rng: random.Random, registrar: Registrar) -> Household:
    """Return a household of one to seven people; the head comes first."""
    shape = rng.choices(tuple(_SHAPES), tuple(_SHAPES.values()))[0]
    family = Family(rng, registrar)
    _BUILD[shape](family)
    return Household({}, family.members)

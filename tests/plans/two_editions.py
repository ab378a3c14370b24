"""上期(x) and 有上期() in plain Python, for the interpreter: which rows of the earlier edition meet a row, and what they agree on."""

from msgspec import Struct
from sqlglot import exp

from tests.plans.interpreter import SPECIAL, Registry, Subject, column, row_of, value


class Later(Registry):
    """A registry with the edition before it."""

    earlier: Registry | None = None


class Met(Struct):
    """The rows of the earlier edition that meet a row, and whether there is one: None when it cannot be told."""

    rows: list[Subject]
    there: bool | None


def met(subject: Subject) -> Met:
    found = met_person(subject) if subject.person is not None else met_household(subject)
    days = [row_of(one)["数据日期"] for one in found.rows]
    if any(day is not None and day > row_of(subject)["数据日期"] for day in days):
        return Met([], None)
    return found


def met_person(subject: Subject) -> Met:
    number, name = column(subject, "证件前18位"), name_of(subject)
    alike = [one for one in people(subject.registry) if column(one, "证件前18位") == number is not None]
    today = [one for one in alike if row_of(one)["数据日期"] == row_of(subject)["数据日期"]]
    if len({name_of(one) for one in today} - {None}) > 1:
        return Met([], None)
    old = people(subject.registry.earlier)
    rows = [one for one in old if number is not None and column(one, "证件前18位") == number]
    if rows:
        return Met(rows, True)
    nameless = [name_of(one) for one in old if column(one, "证件前18位") is None]
    doubtful = number is None or (nameless and (name is None or None in nameless or name in nameless))
    return Met([], None if doubtful else False)


def met_household(subject: Subject) -> Met:
    now, before = subject.registry, subject.registry.earlier
    key, head = subject.household["_key"], head_number(now, subject.household)
    rows = [one for one in before.households if key is not None and one["_key"] == key]
    if not rows and head is not None:
        rivals = [one for one in now.households if one["数据日期"] == subject.household["数据日期"]]
        if [head_number(now, one) for one in rivals].count(head) == 1:
            taken = {one["_key"] for one in now.households} - {None}
            free = [one for one in before.households if one["_key"] not in taken]
            rows = [one for one in free if head_number(before, one) == head]
    if rows:
        return Met([Subject(before, None, row, subject.optional) for row in rows], True)
    if now.columns["人"] and before.columns["人"]:
        states = [met(subject.of(one)).there for one in now.members(subject.household)]
        return Met([], False if False in states and True not in states else None)
    return Met([], False if key is not None and all(one["_key"] for one in before.households) else None)


def people(registry: Registry) -> list[Subject]:
    return [Subject(registry, one, registry.home(one)) for one in registry.persons]


def name_of(subject: Subject) -> object:
    return column(subject, "姓名") if "姓名" in subject.registry.columns["人"] else None


def head_number(registry: Registry, household: dict) -> object:
    if not {"与户主关系", "证件号码"} <= registry.columns["人"]:
        return None
    members = [Subject(registry, one, household) for one in registry.members(household)]
    heads = [one for one in members if column(one, "与户主关系") == "户主" and column(one, "在册") is not False]
    return column(heads[0], "证件前18位") if len(heads) == 1 else None


def earlier(subject: Subject, given: list[exp.Expression]) -> object:
    values = [value(one, given[0]) for one in met(subject).rows]
    return values[0] if values and None not in values and all(one == values[0] for one in values) else None


SPECIAL |= {"上期": earlier, "有上期": lambda subject, _: met(subject).there}

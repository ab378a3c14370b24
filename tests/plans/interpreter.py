"""Rule text and rows in, verdicts out: the rule language read a second time, in plain Python. None is "unknown"."""

import math
import re
from calendar import monthrange
from datetime import date

import sqlglot
from msgspec import Struct, field
from msgspec.structs import replace
from sqlglot import exp

from fupin_cli.model.rulebook import RuleBook
from fupin_cli.values import id_number

Row = dict[str, object]  # column → value, "column$" → state; _id, _household, 数据日期, _place as in the engine


class Registry(Struct):
    """What stands in the tables of one run."""

    book: RuleBook
    persons: list[Row]
    households: list[Row]
    columns: dict[str, set[str]]  # 人, 户 and each list → its columns
    lists: dict[str, list[Row]] = field(default_factory=dict)
    villages: list[Row] = field(default_factory=list)
    counties: list[Row] = field(default_factory=list)
    trees: dict[str, exp.Expression] = field(default_factory=dict)

    def tree(self, text: str) -> exp.Expression:
        if text not in self.trees:
            self.trees[text] = sqlglot.parse_one(text, dialect="duckdb")
        return self.trees[text]

    def home(self, person: Row) -> Row | None:
        return next((one for one in self.households if one["_id"] == person["_household"]), None)

    def members(self, household: Row) -> list[Row]:
        return [one for one in self.persons if one["_household"] == household["_id"]]


class Subject(Struct):
    """The row an expression speaks of."""

    registry: Registry
    person: Row | None
    household: Row | None
    optional: frozenset[str] = frozenset()
    listed: tuple[str, Row] | None = None  # the list and its row, inside 名单有 or judged itself
    village: Row | None = None
    county: Row | None = None
    itself: bool = False  # the row of the list is judged

    def of(self, person: Row) -> "Subject":
        return replace(self, person=person, household=self.registry.home(person), **ELSEWHERE)

    def at(self, household: Row) -> "Subject":
        return replace(self, person=None, household=household, **ELSEWHERE)


ELSEWHERE = {"listed": None, "village": None, "county": None, "itself": False}


# ── three values ─────────────────────────────────────────────────────────────────────────────────────────


def both(a: object, b: object) -> bool | None:
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def either(a: object, b: object) -> bool | None:
    return negated(both(negated(a), negated(b)))


def negated(a: object) -> bool | None:
    return None if a is None else not a


def verdict(registry: Registry, rule, subject: Subject) -> str:
    """The verdict of a rule (its when and must) on a row."""
    when: bool | None = True
    if subject.person is not None and not asks_itself(registry, rule, "在册"):
        when = column(subject, "在册")
    if not asks_itself(registry, rule, "户已注销"):
        when = both(when, column(subject, "户已注销") is not True)
    if rule.when:
        when = both(when, value(subject, registry.tree(rule.when)))
    day, place = row_of(subject)["数据日期"], row_of(subject)["_place"]
    when = both(when, (rule.since is None or day >= rule.since) and (rule.until is None or day <= rule.until))
    if rule.regions:
        inside: bool | None = False
        for region in rule.regions:
            inside = either(inside, lies_in(place, region))
        when = both(when, inside)
    must = value(subject, registry.tree(rule.must))
    if when is False:
        return "not applicable"
    if either(negated(when), must) is True:
        return "pass"
    return "fail" if both(when, negated(must)) is True else "unknown"


def asks_itself(registry: Registry, rule, name: str) -> bool:
    """Whether a rule asks a column of its own row of this edition, outside member functions."""
    asked = [
        node
        for text in (rule.when, rule.must)
        if text
        for node in registry.tree(text).find_all(exp.Column)
        if node.name == name
    ]
    return any(all(p.name not in {*OVER_MEMBERS, "上期"} for p in parents(node)) for node in asked)


def parents(node: exp.Expression) -> list[exp.Anonymous]:
    above = []
    while node.parent is not None:
        node = node.parent
        if isinstance(node, exp.Anonymous):
            above.append(node)
    return above


def lies_in(place: object, region: str) -> bool | None:
    if place is None or (region.startswith(place) and region != place):
        return None
    return place.startswith(region)


NOWHERE: Row = {"数据日期": None, "_place": None}  # the household of a person who stands in none


def row_of(subject: Subject) -> Row:
    if subject.itself:
        return subject.listed[1]
    return subject.person or subject.household or subject.village or subject.county or NOWHERE


# ── columns ──────────────────────────────────────────────────────────────────────────────────────────────


def found(subject: Subject, name: str) -> tuple[Row | None, str] | None:
    """The row that has the column, and its table; None when no sheet has it."""
    if subject.listed is not None:
        return (subject.listed[1], subject.listed[0]) if name in subject.registry.columns[subject.listed[0]] else None
    for level, row in (("村", subject.village), ("县", subject.county)):
        if row is not None:
            return (row, level) if name in subject.registry.columns[level] else None
    if subject.person is not None and name in subject.registry.columns["人"]:
        return subject.person, "人"
    if name in subject.registry.columns["户"]:
        return subject.household, "户"
    return None


def column(subject: Subject, name: str) -> object:
    if name == "数据日期" and (subject.listed is None or subject.itself):
        return row_of(subject)[name]
    if subject.listed is not None and name == "例外":
        return False
    place = found(subject, name)
    known = subject.registry.book.dictionary.columns.get(name)
    blank = known.blank if known is not None and subject.listed is None else None
    if place is None:
        derived = subject.registry.book.dictionary.derived.get(name) if subject.listed is None else None
        return derive(subject, derived) if derived is not None and chosen(subject.registry, name) else blank
    row, _table = place
    if row is None:
        return None
    return blank if row.get(f"{name}$") == 3 and name in subject.optional else row[name]  # built-in ones have no state


def chosen(registry: Registry, name: str, around: tuple[str, ...] = ()) -> str | None:
    """The first alternative of a derived column whose columns are all there."""
    derived = registry.book.dictionary.derived[name]
    return next((text for text in derived.alternatives if all(has(registry, derived, one, (*around, name)) for one in names(registry, text))), None)  # fmt: skip


def names(registry: Registry, text: str) -> set[str]:
    return {node.name for node in registry.tree(text).find_all(exp.Column)}


def has(registry: Registry, derived, name: str, around: tuple[str, ...]) -> bool:
    if name in registry.columns["人"] | registry.columns["户"] | {"数据日期"} or name in derived.optional:
        return True
    return name in registry.book.dictionary.derived and name not in around and chosen(registry, name, around) is not None  # fmt: skip


def derive(subject: Subject, derived) -> object:
    optional = frozenset(derived.optional)
    inner = replace(subject, optional=optional)
    if derived.level == "户":
        if subject.household is None:  # of a person who stands in none
            return None
        inner = replace(inner, person=None)
    return value(inner, subject.registry.tree(chosen(subject.registry, derived.name)))


# ── expressions ──────────────────────────────────────────────────────────────────────────────────────────

ORDER = {
    exp.EQ: lambda a, b: a == b, exp.NEQ: lambda a, b: a != b, exp.LT: lambda a, b: a < b,
    exp.LTE: lambda a, b: a <= b, exp.GT: lambda a, b: a > b, exp.GTE: lambda a, b: a >= b,
}  # fmt: skip
MIRROR = {exp.LT: exp.GT, exp.GT: exp.LT, exp.LTE: exp.GTE, exp.GTE: exp.LTE, exp.EQ: exp.EQ, exp.NEQ: exp.NEQ}
OVER_MEMBERS = ("任一成员", "所有成员", "成员数", "成员合计", "曾有成员", "户主")
COUNTS = ("成员数", "不同户数", "不同村数", "户数", "人数", "村数", "同值户数", "同组行数", "同组值数")


def bare(node: exp.Expression) -> exp.Expression:
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def value(subject: Subject, node: exp.Expression) -> object:
    """The value of an expression on a row, None when it cannot be known."""
    node = bare(node)
    if type(node) in WHOLE:
        return WHOLE[type(node)](subject, node)
    first = value(subject, node.this)
    if first is None:
        return None
    if type(node) in OF_ONE:
        return OF_ONE[type(node)](first)
    second = value(subject, node.expression)
    return None if second is None else OF_TWO[type(node)](first, second)


def within(subject: Subject, node: exp.Between) -> bool | None:
    low = compared(subject, exp.GTE, node.this, node.args["low"])
    return both(low, compared(subject, exp.LTE, node.this, node.args["high"]))


def first_true(subject: Subject, node: exp.Case) -> object:
    hit = next((branch for branch in node.args["ifs"] if value(subject, branch.this) is True), None)
    other = node.args.get("default")
    return value(subject, hit.args["true"]) if hit else value(subject, other) if other else None


def one_of(subject: Subject, node: exp.In) -> bool | None:
    first = value(subject, node.this)
    return None if first is None else any(value(subject, one) == first for one in node.expressions)


def matches(subject: Subject, node: exp.Like) -> bool | None:
    text = value(subject, node.this)
    return None if text is None else like(text, node.expression.name) is not bool(node.args.get("negate"))


WHOLE = {
    exp.And: lambda subject, node: both(value(subject, node.this), value(subject, node.expression)),
    exp.Or: lambda subject, node: either(value(subject, node.this), value(subject, node.expression)),
    exp.Between: within,
    exp.In: one_of,
    exp.Case: first_true,
    exp.Column: lambda subject, node: column(subject, node.name),
    exp.Anonymous: lambda subject, node: called(subject, node.name, node.expressions),
    exp.Boolean: lambda _, node: bool(node.this),
    exp.Literal: lambda _, node: node.this if node.is_string else float(node.this),
    exp.Like: matches,
    exp.Cast: lambda _, node: date.fromisoformat(node.this.name),
    **dict.fromkeys(ORDER, lambda subject, node: compared(subject, type(node), node.this, node.expression)),
}
OF_ONE = {
    exp.Not: negated,
    exp.Neg: lambda a: -a,
    exp.Abs: abs,
    exp.Round: lambda a: math.copysign(math.floor(abs(a) + 0.5), a),
    exp.Length: len,
}
OF_TWO = {
    exp.Add: lambda a, b: float(a) + b,
    exp.Sub: lambda a, b: float(a) - b,
    exp.Mul: lambda a, b: float(a) * b,
    exp.Div: lambda a, b: a / b if b else None,
}


def like(text: str, pattern: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(like(text[i:], pattern[1:]) for i in range(len(text) + 1))
    return bool(text) and pattern[0] in {"_", text[0]} and like(text[1:], pattern[1:])


def compared(subject: Subject, sign, left: exp.Expression, right: exp.Expression) -> bool | None:
    left, right = bare(left), bare(right)
    if not counts(left) and counts(right):
        sign, left, right = MIRROR[sign], right, left
    other = value(subject, right)
    if counts(left):
        interval = counted(subject, left)
        if interval is None or other is None:
            return None
        possible = {ORDER[sign](n, other) for n in {*range(interval[0], interval[1] + 1), *between(interval, other)}}
        return possible.pop() if len(possible) == 1 else None
    one = value(subject, left)
    return None if one is None or other is None else ORDER[sign](one, other)


def between(interval: tuple[int, int], number: float) -> set[float]:
    """A number that is no whole one is not told from the whole ones around it."""
    return {number} if interval[0] < number < interval[1] else set()


def counts(node: exp.Expression) -> bool:
    return isinstance(node, exp.Anonymous) and node.name in COUNTS


# ── functions ────────────────────────────────────────────────────────────────────────────────────────────


def counted(subject: Subject, node: exp.Anonymous) -> tuple[int, int] | None:
    """The least and the most a count can be; None when there is nothing to count."""
    if node.name == "成员数":
        if subject.household is None:
            return None
        states = [both(standing, one) for standing, one in over_members(subject, node.expressions[0])]
        return states.count(True), len(states) - states.count(False)
    if node.name in PARTS:
        return counted_parts(subject, node)
    own = value(subject, node.expressions[0])
    if own is None:
        return None
    if node.name in {"同组行数", "同组值数"}:
        values = in_group(subject, node.expressions, own)
        sure = values.count(True) if node.name == "同组行数" else len(set(values) - {None})
        return sure, sure + values.count(None)
    same = [one for one in rivals(subject) if value(one, node.expressions[0]) == own and standing(one) is not False]
    if node.name == "不同户数":
        keys = [one.household["_id"] if one.household is not None else None for one in same]
    else:
        keys = [village(one) for one in same]
    sure = {key for one, key in zip(same, keys, strict=True) if key is not None and standing(one)}
    doubtful = sum(1 for one, key in zip(same, keys, strict=True) if key is None or standing(one) is None)
    return len(sure), len(sure) + doubtful


# ── villages, counties, rows of lists ────────────────────────────────────────────────────────────────────

PARTS = {
    "户数": "户",
    "任一户": "户",
    "户合计": "户",
    "同值户数": "户",
    "人数": "人",
    "人合计": "人",
    "村数": "村",
    "村合计": "村",
}
TOWN = ("乡", "镇", "街道办事处", "街道", "苏木")


def parts(subject: Subject, level: str) -> tuple[list[Subject], list[Subject], bool]:
    """The rows that surely belong to a village or county, those that may, and whether anything is known of it."""
    whole, link = (subject.village, "_village") if subject.village is not None else (subject.county, "_county")
    registry = subject.registry
    if level == "村":
        found = [(replace(subject, village=one, county=None), one) for one in registry.villages]
    elif level == "户":
        found = [(subject.at(one), one) for one in registry.households]
    else:
        found = [(subject.of(one), registry.home(one) or {}) for one in registry.persons]
    own = [one for one, home in found if home.get(link) == whole["_id"]]
    loose = [one for one, home in found if home.get(link) is None and may_belong(subject, home)]
    holders = registry.villages if level == "村" else registry.households
    return own, loose, any(one[link] == whole["_id"] for one in holders)


def may_belong(subject: Subject, home: Row) -> bool:
    if subject.village is None:
        return True
    here, there = subject.village["_county"], home.get("_county")
    if here is not None and there is not None and here != there:
        return False
    both_say = "乡" in subject.registry.columns["户"] and "乡" in subject.registry.columns["村"]
    a, b = (bare_town(home.get("乡")), bare_town(subject.village.get("乡"))) if both_say else (None, None)
    return a is None or b is None or a.endswith(b) or b.endswith(a)


def bare_town(name: str | None) -> str | None:
    tail = next((tail for tail in TOWN if name is not None and name.strip().endswith(tail)), "")
    return name if name is None else name.strip().removesuffix(tail)


def counted_parts(subject: Subject, node: exp.Anonymous) -> tuple[int, int] | None:
    own, loose, known = parts(subject, PARTS[node.name])
    if not known:
        return None
    asked = node.expressions[0]
    if node.name == "同值户数":
        values = [value(one, asked) for one in own]
        sure = max((values.count(one) for one in set(values) - {None}), default=0)
        return sure, sure + values.count(None) + len(loose)
    states = [both(standing(one), value(one, asked)) for one in own]
    may = sum(both(standing(one), value(one, asked)) is not False for one in loose)
    return states.count(True), states.count(True) + states.count(None) + may


def any_part(subject: Subject, given: list[exp.Expression]) -> bool | None:
    own, loose, known = parts(subject, "户")
    states = [value(one, given[0]) for one in own]
    may = [None for one in loose if value(one, given[0]) is not False]
    return any_of([*states, *may, *([] if known else [None])])


def total_of_parts(level: str):
    def summed(subject: Subject, given: list[exp.Expression]) -> float | None:
        own, loose, known = parts(subject, level)
        rows = [(standing(one), value(one, given[0])) for one in own]
        adds = [s is not False and x != 0 for s, x in ((standing(one), value(one, given[0])) for one in loose)]
        return total(rows, subject) if known and not any(adds) else None

    return summed


def in_group(subject: Subject, given: list[exp.Expression], own: object) -> list[object]:
    """What the second argument is on each row of the list with this row's value of the first."""
    rows = [replace(subject, listed=(subject.listed[0], row)) for row in subject.registry.lists[subject.listed[0]]]
    return [value(one, given[1]) for one in rows if value(one, given[0]) == own]


def over_group(together):
    def called(subject: Subject, given: list[exp.Expression]) -> object:
        own = value(subject, given[0])
        return None if own is None else together(in_group(subject, given, own))

    return called


def in_registry(subject: Subject, given: list[exp.Expression]) -> bool | None:
    number, name = value(subject, given[0]), subject.listed[1].get("姓名")
    number = first_18(number) if number is not None else None
    if number is None:
        return None
    states = []
    for person in subject.registry.persons:
        one = subject.of(person)
        state = both(standing(one), value(one, given[1]) if len(given) > 1 else True)
        own = column(one, "证件前18位")
        if own == number:
            states.append(state)
        elif own is None and name is not None and person.get("姓名") == name and state is not False:
            states.append(None)
    return any_of(states)


def village(subject: Subject) -> tuple[object, ...] | None:
    known = [name for name in ("县", "乡", "村") if name in subject.registry.columns["户"]]
    if "村" not in known or subject.household is None:
        return None
    words = tuple(subject.household[name] for name in known)
    return None if None in words else words


def standing(subject: Subject) -> bool | None:
    return column(subject, "在册") if subject.person is not None else True


def over_members(subject: Subject, node: exp.Expression) -> list[tuple[object, object]]:
    people = [subject.of(one) for one in subject.registry.members(subject.household)]
    return [(standing(one), value(one, node)) for one in people]


def rivals(subject: Subject) -> list[Subject]:
    """Every row of the subject's own table and data date, itself too."""
    day = row_of(subject)["数据日期"]
    if subject.person is not None:
        return [subject.of(one) for one in subject.registry.persons if one["数据日期"] == day]
    return [replace(subject, household=one) for one in subject.registry.households if one["数据日期"] == day]


def any_of(states: list[bool | None]) -> bool | None:
    return True if True in states else None if None in states else False


def called(subject: Subject, name: str, given: list[exp.Expression]) -> object:
    if name in MEMBER:
        return None if subject.household is None else MEMBER[name](over_members(subject, given[0]), subject)
    if name in COUNTS:
        interval = counted(subject, exp.Anonymous(this=name, expressions=given))
        return interval[0] if interval is not None and interval[0] == interval[1] else None
    if name in SPECIAL:
        return SPECIAL[name](subject, given)
    values = [value(subject, one) for one in given]
    return None if None in values else ROW[name](*values)


def head_value(rows: list[tuple[object, object]], subject: Subject) -> object:
    people = [subject.of(one) for one in subject.registry.members(subject.household)]
    relations = [column(one, "与户主关系") for one in people]
    heads = [both(s, None if r is None else r == "户主") for (s, _), r in zip(rows, relations, strict=True)]
    if heads.count(True) != 1 or None in heads:
        return None
    return rows[heads.index(True)][1]


def total(rows: list[tuple[object, object]], _subject: Subject) -> object:
    if any(s is None or (s and x is None) for s, x in rows):
        return None
    return float(sum(x for s, x in rows if s))


MEMBER = {
    "任一成员": lambda rows, _: any_of([both(s, p) for s, p in rows]),
    "所有成员": lambda rows, _: negated(any_of([both(s, negated(p)) for s, p in rows])),
    "曾有成员": lambda rows, _: any_of([p for _, p in rows]),
    "成员合计": total,
    "户主": head_value,
}


def blank(subject: Subject, given: list[exp.Expression]) -> bool | None:
    name = given[0].name
    if name == "数据日期":
        return False
    place = found(subject, name)
    if place is None:
        return True if name in subject.optional else None
    if place[0] is None:
        return None
    state = place[0][f"{name}$"]
    return {0: False, 1: True, 3: True if name in subject.optional else None}.get(state)


def known_sum(subject: Subject, given: list[exp.Expression]) -> float | None:
    parts = [value(subject, one) if not blank(subject, [one]) else 0.0 for one in given]
    return None if None in parts else float(sum(parts))


def unique(subject: Subject, given: list[exp.Expression], *, at_home: bool = False) -> bool | None:
    own = value(subject, given[0])
    if own is None or (at_home and subject.household is None):
        return None
    others = [one for one in rivals(subject) if row_of(one) is not row_of(subject) and value(one, given[0]) == own]
    if at_home:
        others = [
            one for one in others if one.household is not None and one.household["_id"] == subject.household["_id"]
        ]
    return negated(any_of([standing(one) for one in others]))


def anywhere(subject: Subject, given: list[exp.Expression]) -> bool | None:
    if subject.person is None:
        return any_of([value(replace(subject, household=one), given[0]) for one in subject.registry.households])
    people = [subject.of(one) for one in subject.registry.persons]
    return any_of([both(standing(one), value(one, given[0])) for one in people])


def holds(subject: Subject, given: list[exp.Expression]) -> bool | None:
    cell = value(subject, given[0])
    return None if cell is None else any(one.name in cell.split(",") for one in given[1:])


def parameter(subject: Subject, given: list[exp.Expression]) -> object:
    row = row_of(subject)
    day = value(subject, given[1]) if len(given) > 1 else row["数据日期"]
    tier = value(subject, given[2]) if len(given) > 2 else ""
    if day is None or tier is None:
        return None
    here = row["_place"] or ""
    best = None
    for one in subject.registry.book.parameters[given[0].name].values:
        if one.tier != tier or day < one.since or (one.until is not None and day > one.until):
            continue
        if one.place.startswith(here) and one.place != here:
            return None  # it may or may not be this row's place
        if here.startswith(one.place) and (best is None or len(one.place) > len(best.place)):
            best = one
    return best.value if best is not None else None


def on_list(subject: Subject, given: list[exp.Expression]) -> bool | None:
    name, number = given[0].name, column(subject, "证件前18位")
    if number is None:
        return None

    def asked(row: Row) -> bool | None:
        return value(replace(subject, listed=(name, row), optional=frozenset()), given[1]) if len(given) > 1 else True

    rows = subject.registry.lists[name]
    sure = [asked(row) for row in rows if row["证件前18位"] == number]
    perhaps = [asked(row) for row in rows if may_be_about(row, subject.person["姓名"], number)]
    return any_of([*sure, *(None for each in perhaps if each is not False)])


def may_be_about(row: Row, person: str | None, number: str) -> bool:
    """Whether a row of a list without a readable number has the person's name, and shows nothing of another number."""
    if row["证件前18位"] is not None or person is None or row.get("姓名") != person:
        return False
    shown = row.get("证件号码") or ""
    return len(shown) not in {18, 20, 22} or all(
        one in {"*", "＊", other} for one, other in zip(shown[:18], number, strict=True)
    )


SPECIAL = {
    "任一户": any_part,
    "户合计": total_of_parts("户"),
    "人合计": total_of_parts("人"),
    "村合计": total_of_parts("村"),
    "在册有": in_registry,
    "同组任一": over_group(any_of),
    "同组最小": over_group(lambda values: None if None in values else min(values)),
    "同组最大": over_group(lambda values: None if None in values else max(values)),
    "为空": blank,
    "已知合计": known_sum,
    "含": holds,
    "参数": parameter,
    "全表唯一": unique,
    "户内唯一": lambda subject, given: unique(subject, given, at_home=True),
    "全表任一": anywhere,
    "在名单": on_list,
    "名单有": on_list,
    "本人": lambda subject, given: value(replace(subject, listed=None), given[0]),
}


def whole_years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def whole_months(early: date, late: date) -> int:
    ends = late >= early and late.day == monthrange(late.year, late.month)[1]  # 民法典 202
    return (late.year - early.year) * 12 + late.month - early.month - (late.day < early.day and not ends)


def first_18(number: str) -> str | None:
    return number[:18] if len(number) in {18, 20, 22} and number[:17].isdigit() else None


ROW = {
    "项数": lambda cell: len(cell.split(",")),
    "年": lambda day: day.year,
    "月": lambda day: day.month,
    "天数": lambda early, late: (late - early).days,
    "月数": whole_months,
    "周岁": whole_years,
    "匹配": lambda text, pattern: re.fullmatch(pattern, text) is not None,
    "学年初": lambda day: date(day.year - (day.month < 9), 9, 1),
    "年末": lambda year: date(int(year), 12, monthrange(int(year), 12)[1]),
    "证件前18位": first_18,
    "校验过的证件": lambda number: (
        first_18(number) if first_18(number) and id_number.passes(first_18(number)) else None
    ),
    "证件出生日期": id_number.birth_date,
    "证件性别": id_number.sex,
}

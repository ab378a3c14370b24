"""Examples of many rules → the verdict of each, all in a few workbooks: each example is a household of its own that knows of no other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines import Engine
from fupin_cli.jobs.laid_out import Workbook, beyond_households, lay_out
from fupin_cli.jobs.sharing import Batch, shared
from fupin_cli.jobs.trying import Verdicts, judge_part
from fupin_cli.model.rule import Example, Rule
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.plans import Book, Checked, calls_of
from fupin_cli.tables import set_aside, tables_from_cells
from fupin_cli.values.regions import find

AS_WRITTEN = ""  # the name of the rule itself among its variants
TODAY = date(2020, 12, 31)  # the data date of an example that gives none
MOST = 400  # examples of one workbook
PARTED = {  # functions whose SQL keeps examples apart, and those that need only their row
    *("为空", "含", "项数", "参数", "本人", "已知合计", "必填已填", "地区码有效", "在名单", "名单有"),
    *("任一成员", "所有成员", "成员数", "成员合计", "曾有成员", "户主"),
    *("全表唯一", "户内唯一", "不同户数", "不同村数", "全表任一", "上期", "有上期", "名单含"),
    *("户数", "任一户", "户合计", "同值户数", "人数", "人合计", "村数", "村合计", "在册有", "户在册"),
    *("同组行数", "同组任一", "同组最小", "同组最大", "同组值数"),
}


class Case(Struct, frozen=True):
    """One example, with a number of its own in its workbook."""

    number: int
    rule: Rule
    example: Example
    place: int  # which of the rule's examples


def outcomes(
    engine: Engine, variants: Mapping[str, Mapping[str, Checked]], book: Book
) -> Iterator[tuple[int, Verdicts]]:
    """Yield how many rules are done, and what each variant of them says of the rule's examples.

    Args:
        engine: where the workbooks are built, one after the other.
        variants: rule → name of the variant → the rule, changed; the first is the rule as it stands.
        book: the whole rule book.
    """
    for room in _rooms([next(iter(found.values())) for found in variants.values()], book):
        verdicts: Verdicts = {}
        for cases in room:
            rules = dict.fromkeys(case.rule.id for case in cases)
            verdicts |= {rule: _blank(variants[rule]) for rule in rules if rule not in verdicts}
            _judge(engine, cases, {rule: variants[rule] for rule in rules}, book, verdicts)
        yield len(verdicts), verdicts


def _rooms(rules: Sequence[Checked], book: Book) -> Iterator[list[list[Case]]]:
    """Group examples into workbooks; one of a function that may see every row has a workbook of its own."""
    room: list[Case] = []
    for checked in rules:
        cases = [Case(len(room) + place, checked.rule, one, place) for place, one in enumerate(checked.rule.examples)]
        if calls_of(checked, book) <= PARTED:
            room += cases
        else:
            yield [[replace(case, number=0)] for case in cases]
        if len(room) >= MOST:
            yield [room]
            room = []
    if room:
        yield [room]


def _blank(variants: Mapping[str, Checked]) -> dict[str, list[str]]:
    return {name: [""] * len(next(iter(variants.values())).rule.examples) for name in variants}


def _judge(
    engine: Engine, cases: list[Case], variants: Mapping[str, Mapping[str, Checked]], book: Book, verdicts: Verdicts
) -> None:
    """Build one workbook, and judge its examples: those with the same view of its columns together."""
    whole = _build(engine, cases, book)
    batches = _batches(cases, book)
    for part in shared(batches, variants, whole, book):
        judge_part(engine, part, variants, book, verdicts)


def _batches(cases: list[Case], book: Book) -> list[Batch]:
    """Put together the examples of a rule that have the same settings: they have the columns of all of them."""
    return [
        Batch(
            own[0].rule,
            settings_of(own[0].rule, own[0].example, book),
            tuple((case.number, case.place) for case in own),
            _columns(workbook := _workbook(own), "persons"),
            _columns(workbook, "households"),
            {name: frozenset(key for row in rows for key in row) for name, rows in workbook.lists.items()},
            _earlier_columns(own[0].rule),
            _columns(workbook, "villages"),
        )
        for own in _alike(cases, book)
    ]


def _alike(cases: Iterable[Case], book: Book) -> list[list[Case]]:
    """Group the examples of a rule that have the same settings."""
    groups: dict[object, list[Case]] = defaultdict(list)
    for case in cases:
        found = settings_of(case.rule, case.example, book)
        groups[case.rule.id, found.as_of, found.region, found.profile, str(found.given)].append(case)
    return list(groups.values())


def _columns(workbook: Workbook, kind: str) -> frozenset[str] | None:
    """Return the columns of a table, or None when it has no row."""
    rows: list[dict[str, str]] = getattr(workbook, kind)
    return frozenset(key for row in rows for key in row) if rows else None


def _earlier_columns(rule: Rule) -> frozenset[str]:
    """Return the columns of the earlier edition: those of all examples of the rule, also for one whose subject has no row there."""
    workbook = _workbook([Case(0, rule, example, 0) for example in rule.examples]).earlier
    rows = [*workbook.persons, *workbook.households] if workbook is not None else []
    return frozenset(key for row in rows for key in row)


def settings_of(rule: Rule, example: Example, book: Book) -> Settings:
    """Return time, place, profile and parameters of an example."""
    profile = example.profile
    if profile is None and rule.profile_item:
        # any profile that has an item for the rule, rather one that excuses nothing
        named = ((one.name, item) for one in book.source.profiles.values() for item in one.items)
        found = [(bool(item.exceptions), name) for name, item in named if item.rule == rule.id]
        profile = min(found, key=lambda one: one[0])[1] if found else None
    return Settings(
        today=TODAY,
        as_of=example.as_of,
        region=find(example.region) if example.region else None,
        profile=profile,
        given={name: _number(value) for name, value in example.parameters.items()},
    )


def _number(value: object) -> float | str:
    try:
        return float(str(value))
    except ValueError:
        return str(value)


def _build(engine: Engine, cases: list[Case], book: Book) -> Tables:
    """Type the rows of all examples, then give each its own day and place."""
    workbook = _workbook(cases)
    dictionary = book.source.dictionary
    now = Settings(today=TODAY)
    earlier = None
    if (before := workbook.earlier) is not None:
        earlier = tables_from_cells(engine, dictionary, before.persons, before.households, {}, now)
        earlier = set_aside(engine, earlier)
    rows = workbook.persons, workbook.households, workbook.lists
    tables = tables_from_cells(engine, dictionary, *rows, now, villages=workbook.villages)
    tables = replace(tables, previous=earlier)
    levels = [
        *tables.columns,
        *(f"名单_{name}" for name in tables.lists),
        *(f"上期_{level}" for level in (earlier.columns if earlier else ())),
    ]
    found = {case.number: settings_of(case.rule, case.example, book) for case in cases}
    days = {number: f"DATE '{own.as_of.isoformat()}'" for number, own in found.items() if own.as_of}
    regions = {number: f"'{own.region}'" for number, own in found.items() if own.region}
    for level in levels:
        if not level.startswith("上期_"):
            _give(engine, level, "数据日期", days)
        _give(engine, level, "_place", regions, unless='STARTS_WITH(COALESCE("_place", \'\'), "value")')
    return tables


def _give(engine: Engine, level: str, column: str, values: Mapping[int, str], unless: str = "FALSE") -> None:
    """Set a column of the rows of each example to its own value, given as SQL by the example's number."""
    if values:
        own = ", ".join(f"({number}, {value})" for number, value in values.items())
        engine.run(
            f'UPDATE "{level}" SET "{column}" = "value" FROM (VALUES {own}) AS own("number", "value")'
            f' WHERE "_example" = "number" AND NOT {unless}'
        )


def _workbook(cases: Sequence[Case]) -> Workbook:
    workbook = Workbook([], [], {})
    for case in cases:
        if beyond_households(case.rule):
            lay_out(case.rule, case.example, case.number, workbook)
        else:
            _lay_out(case, workbook)
    return workbook


def _lay_out(case: Case, workbook: Workbook) -> None:
    """Put an example's rows on the tables: the subject first, so that its verdict is the first of its example."""
    rule, example, number = case.rule, case.example, str(case.number)
    own = workbook.persons if rule.of_persons else workbook.households
    key = {"户编号": example.given.get("户编号", f"99010100000{case.number:05d}"), "_example": number}
    own.append({**key, **example.given})
    workbook.persons.extend({**key, **member} for member in example.members)
    for i, other in enumerate(example.others):
        own.append({"户编号": f"99010199{case.number:04d}{i:04d}", "_example": number, **other})
    _lay_out_earlier(case, key, workbook)
    for name in rule.lists:
        workbook.lists.setdefault(name, [])
    for name, listed in example.lists.items():
        workbook.lists.setdefault(name, []).extend({**row, "_example": number} for row in listed)


def _lay_out_earlier(case: Case, key: dict[str, str], workbook: Workbook) -> None:
    """Put the subject's row in the earlier edition there, with the numbers it has now unless it says others."""
    example = case.example
    if example.previous is None and not example.previous_members:
        return
    if workbook.earlier is None:
        workbook.earlier = Workbook([], [], {})
    before = workbook.earlier
    if example.previous is not None:
        kept = {name: example.given[name] for name in ("证件号码",) if case.rule.of_persons and name in example.given}
        own = before.persons if case.rule.of_persons else before.households
        own.append({**key, **kept, **example.previous})
    before.persons.extend({**key, **member} for member in example.previous_members)

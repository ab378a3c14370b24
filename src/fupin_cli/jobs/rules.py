"""`fupin rules test`: every example of every rule through the same typing and the same engine as an audit."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fupin_cli.engines import Engine, open_engine
from fupin_cli.jobs.request import Progress, Tested, WrongExample
from fupin_cli.model.choice import wanted
from fupin_cli.model.rule import Example, Outcome, Rule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.plans import Book, check, plan
from fupin_cli.rules import load_rulebook
from fupin_cli.tables import read_cell, read_drawn, tables_from_cells
from fupin_cli.values.regions import find
from fupin_cli.verdicts import judge

OUTCOMES: tuple[Outcome, ...] = ("not applicable", "pass", "fail", "unknown")
TODAY = date(2020, 12, 31)  # the data date of an example that gives none
_ACROSS = (
    "全表唯一",
    "户内唯一",
    "不同户数",
    "不同村数",
    "全表任一",
    "在名单",
    "名单有",
)  # functions that look at other rows


def book(rules_dir: Path | None = None) -> Book:
    """Return the rule book, every expression checked."""
    return check(load_rulebook(rules_dir))


def run_examples(
    rules_dir: Path | None = None, select: tuple[str, ...] = (), progress: Progress = lambda _s, _d, _t: None
) -> Tested:
    """Run the examples of the selected rules.

    Args:
        rules_dir: more rules than those of fupin.
        select: ids or prefixes; () = all.
        progress: told of each rule.
    """
    checked = book(rules_dir)
    rules = list(wanted(checked.source.rules, Settings(today=TODAY, select=select)).values())
    wrong: list[WrongExample] = []
    engine = open_engine()
    try:
        for number, rule in enumerate(rules):
            progress("examples", number, len(rules))
            got = _reading(rule, checked.source) if rule.kind == "reading" else _outcomes(engine, rule, checked)
            wrong += [
                WrongExample(rule.id, rule.file, example.line, _expected(example), outcome)
                for example, outcome in zip(rule.examples, got, strict=True)
                if outcome != _expected(example)
            ]
    finally:
        engine.close()
    return Tested(len(rules), sum(len(rule.examples) for rule in rules), tuple(wrong))


def _expected(example: Example) -> str:
    return f"{example.verdict} ({example.severity})" if example.severity else example.verdict


def _reading(rule: Rule, source: RuleBook) -> list[str]:
    """Return what a reading rule says of each example's cell or drawn table."""
    settings = Settings(today=TODAY)
    return [
        read_drawn(rule.id, example.given, source.dictionary, settings)
        if "表" in example.given
        else read_cell(rule.id, example.given, source.dictionary)
        for example in rule.examples
    ]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Examples that can be judged together."""

    settings: Settings
    numbers: tuple[int, ...]


def _outcomes(engine: Engine, rule: Rule, checked: Book) -> list[str]:
    """Return the verdict of each example of a rule."""
    outcomes = [""] * len(rule.examples)
    for batch in _batches(rule, checked):
        found = _judge(engine, rule, [rule.examples[number] for number in batch.numbers], checked, batch.settings)
        for number, outcome in zip(batch.numbers, found, strict=True):
            outcomes[number] = outcome
    return outcomes


def _looks_across(texts: list[str], checked: Book, seen: set[str]) -> bool:
    """Tell whether expressions, or the derived columns in them, look at other rows."""
    if any(f"{name}(" in text for text in texts for name in _ACROSS):
        return True
    used = {name for name in checked.derived if name not in seen and any(name in text for text in texts)}
    inner = [expression.text for name in used for expression in checked.derived[name]]
    return bool(inner) and _looks_across(inner, checked, seen | used)


def _batches(rule: Rule, checked: Book) -> list[_Batch]:
    """Group examples with the same settings; a rule that looks at other rows takes one example at a time."""
    texts = [rule.when, rule.must, *(grade.when for grade in rule.grades)]
    alone = rule.profile_item or _looks_across(texts, checked, set())
    groups: dict[object, list[int]] = defaultdict(list)
    settings: dict[object, Settings] = {}
    for number, example in enumerate(rule.examples):
        found = _settings(rule, example)
        key = (found.as_of, found.region, found.profile, str(found.given), number if alone else None)
        groups[key].append(number)
        settings[key] = found
    return [_Batch(settings[key], tuple(numbers)) for key, numbers in groups.items()]


def _settings(rule: Rule, example: Example) -> Settings:
    return Settings(
        today=TODAY,
        as_of=example.as_of,
        region=find(example.region) if example.region else None,
        profile=example.profile,
        select=(rule.id,),
        given={name: _number(value) for name, value in example.parameters.items()},
    )


def _number(value: object) -> float | str:
    try:
        return float(str(value))
    except ValueError:
        return str(value)


def _judge(engine: Engine, rule: Rule, examples: list[Example], checked: Book, settings: Settings) -> list[str]:
    persons: list[dict[str, str]] = []
    households: list[dict[str, str]] = []
    lists: dict[str, list[dict[str, str]]] = {name: [] for name in rule.lists}
    for number, example in enumerate(examples):
        _lay_out(rule, example, str(number), persons, households)
        for name, listed in example.lists.items():
            lists.setdefault(name, []).extend({**row, "_example": str(number)} for row in listed)
    tables = tables_from_cells(engine, checked.source.dictionary, persons, households, lists, settings)
    if settings.profile is None and rule.profile_item:
        settings = replace(settings, profile=_any_profile_with(rule, checked))
    planned = plan(checked, tables, settings)
    if rule.id not in planned.rules:
        missing = planned.not_run[0]
        return [f"not run: {missing.reason} {'、'.join(missing.missing)}"] * len(examples)
    judge(engine, planned)
    ready = planned.rules[rule.id]
    alias = "p" if ready.level == "人" else "h"
    graded = any(example.severity for example in examples)
    rows = engine.rows(
        f'SELECT {alias}."_example", v."{rule.id}", {ready.grade or "NULL"}{planned.rows_of[ready.level]}'
        f' JOIN "verdicts_{ready.level}" v ON v."_id" = {alias}."_id" ORDER BY {alias}."_id"'
    )
    first: dict[int, str] = {}
    for of_example, code, severity in rows:
        outcome: str = OUTCOMES[code]
        if graded and outcome == "fail" and examples[int(of_example)].severity:
            outcome = f"fail ({severity or ready.severity})"
        first.setdefault(int(of_example), outcome)
    return [first.get(number, "no row") for number in range(len(examples))]


def _any_profile_with(rule: Rule, checked: Book) -> str | None:
    """Return a profile that has an item for the rule, so that an example without one can be judged."""
    profiles = checked.source.profiles.items()
    return next((name for name, profile in profiles if any(item.rule == rule.id for item in profile.items)), None)


def _lay_out(
    rule: Rule, example: Example, number: str, persons: list[dict[str, str]], households: list[dict[str, str]]
) -> None:
    """Put an example's rows on the tables: the subject first, so that its verdict is the first of its example."""
    key = {"户编号": example.given.get("户编号", f"99010100000{int(number):05d}"), "_example": number}
    if rule.scope in {"人", "名单"}:
        persons.append({**key, **example.given})
        persons.extend({**key, **member} for member in example.members)
    else:
        households.append({**key, **example.given})
        persons.extend({**key, **member} for member in example.members)
    for i, other in enumerate(example.others):
        row = {"户编号": f"99010199{int(number):04d}{i:04d}", "_example": number, **other}
        (persons if rule.scope in {"人", "名单"} else households).append(row)

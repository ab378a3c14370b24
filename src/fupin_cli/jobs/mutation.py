"""`fupin rules test --mutate`: every rule with one thing changed, judged over its own examples; what no example catches comes out."""

from contextlib import closing
from pathlib import Path
from typing import Literal

from msgspec import Struct

from fupin_cli.engines import open_engine
from fupin_cli.jobs.examples import AS_WRITTEN, TODAY, outcomes
from fupin_cli.jobs.request import Progress
from fupin_cli.model.choice import wanted
from fupin_cli.model.rule import Rule
from fupin_cli.model.settings import Settings
from fupin_cli.plans import Book
from fupin_cli.plans.mutants import FLIPS, Change, Mutant, mutants

Standing = Literal["", "caught", "none"]  # listed as equivalent, but an example catches it, or there is no such mutant


class Survivor(Struct, frozen=True):
    """A mutant that no example tells from its rule, or a word under `equivalent:` that does not hold."""

    rule: str
    file: Path
    line: int
    mutant: str
    why: str = (
        ""  # "caught": listed as equivalent, but an example catches it; "none": listed, but there is no such mutant
    )


class Mutated(Struct, frozen=True):
    """The result of a mutation run."""

    rules: int
    mutants: int
    equivalent: int  # listed in the rule files with a reason
    survivors: tuple[Survivor, ...]


def mutate(
    checked: Book,
    select: tuple[str, ...] = (),
    changes: tuple[Change, ...] = FLIPS,
    progress: Progress = lambda _s, _d, _t: None,
) -> Mutated:
    """Judge every mutant of the selected rules over the rule's examples.

    Args:
        checked: the rule book.
        select: ids or prefixes; () = all.
        changes: which kinds of change; FLIPS are those every rule's examples must catch.
        progress: told how many rules are done.
    """
    chosen = wanted(checked.source, Settings(today=TODAY, select=select))
    own = {name: mutants(checked.rules[name], checked.symbols, changes) for name in chosen if name in checked.rules}
    caught = _caught(own, checked, progress)
    survivors = [one for name, found in own.items() for one in _survivors(checked, name, found, caught[name])]
    listed = sum(len(chosen[name].equivalent.keys() & {one.name for one in found}) for name, found in own.items())
    return Mutated(len(own), sum(map(len, own.values())), listed, tuple(survivors))


def _caught(own: dict[str, list[Mutant]], checked: Book, progress: Progress) -> dict[str, set[str]]:
    """Return the mutants of each rule on which some example's verdict differs."""
    variants = {
        name: {AS_WRITTEN: checked.rules[name], **{one.name: one.checked for one in found}}
        for name, found in own.items()
        if found
    }
    caught: dict[str, set[str]] = {name: set() for name in own}
    done = 0
    with closing(open_engine()) as engine:
        for finished, verdicts in outcomes(engine, variants, checked):
            progress("examples", done := done + finished, len(variants))
            for name, found in verdicts.items():
                caught[name] = {mutant for mutant, told in found.items() if told != found[AS_WRITTEN]}
    return caught


def _survivors(checked: Book, name: str, found: list[Mutant], caught: set[str]) -> list[Survivor]:
    """Return the mutants no example catches, and what stands under `equivalent:` without being so."""
    rule = checked.source.rules[name]
    left = [
        Survivor(name, rule.file, _line(rule, one.name), one.name)
        for one in found
        if one.name not in caught and one.name not in rule.equivalent
    ]
    if rule.equivalent:
        every = {one.name for one in mutants(checked.rules[name], checked.symbols)}
        for listed in rule.equivalent:
            why: Standing = "caught" if listed in caught else "none" if listed not in every else ""
            left += [Survivor(name, rule.file, _line(rule, "equivalent"), listed, why)] if why else []
    return left


def _line(rule: Rule, mutant: str) -> int:
    key = mutant.split(":", 1)[0].split("[", 1)[0]
    return rule.positions.get(key, (1, 1))[0]

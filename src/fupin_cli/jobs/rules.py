"""`fupin rules test`: every example of every rule through the same typing and the same engine as an audit."""

from contextlib import closing
from pathlib import Path

from fupin_cli.engines import open_engine
from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.examples import AS_WRITTEN, TODAY, outcomes
from fupin_cli.jobs.request import Branches, Progress, Tested, WrongExample
from fupin_cli.model.choice import wanted
from fupin_cli.model.rule import Example, Rule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.plans import Book
from fupin_cli.plans.mutants import parts
from fupin_cli.tables import read_cell, read_drawn


def book(rules_dir: Path | None = None) -> Book:
    """Return the rule book, every expression checked."""
    return compiled(rules_dir, examples=True).book


def run_examples(
    rules_dir: Path | None = None, select: tuple[str, ...] = (), progress: Progress = lambda _s, _d, _t: None
) -> Tested:
    """Run the examples of the selected rules.

    Args:
        rules_dir: more rules than those of fupin.
        select: ids or prefixes; () = all.
        progress: told how many rules are done.
    """
    checked = book(rules_dir)
    rules = wanted(checked.source, Settings(today=TODAY, select=select))
    got = {rule.id: _reading(rule, checked.source) for rule in rules.values() if rule.kind == "reading"}
    variants = {
        name: {AS_WRITTEN: checked.rules[name], **parts(checked.rules[name])} for name in rules if name in checked.rules
    }
    told: list[set[str]] = []  # of each branch, what the examples make of it
    done = len(got)
    with closing(open_engine()) as engine:
        for finished, verdicts in outcomes(engine, variants, checked):
            progress("examples", done := done + finished, len(rules))
            got |= {name: found.pop(AS_WRITTEN) for name, found in verdicts.items()}
            told += [
                {outcome.split(" ")[0] for outcome in branch}
                for found in verdicts.values()
                for branch in found.values()
            ]
    wrong = [
        WrongExample(rule.id, rule.file, example.line, _expected(example), outcome)
        for rule in rules.values()
        for example, outcome in zip(rule.examples, got[rule.id], strict=True)
        if outcome != _expected(example)
    ]
    return Tested(len(rules), sum(len(rule.examples) for rule in rules.values()), tuple(wrong), _branches(told))


def _branches(told: list[set[str]]) -> Branches:
    """Count the branches: one judged as if it were the whole rule passes where it is true."""
    return Branches(len(told), *(sum(word in one for one in told) for word in ("pass", "fail", "unknown")))


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

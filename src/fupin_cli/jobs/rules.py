"""`fupin rules test`: every example of every rule through the same typing and the same engine as an audit."""

from contextlib import closing
from pathlib import Path

from fupin_cli.engines import open_engine
from fupin_cli.jobs.examples import TODAY, outcomes
from fupin_cli.jobs.request import Progress, Tested, WrongExample
from fupin_cli.model.choice import wanted
from fupin_cli.model.rule import Example, Rule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.plans import Book, check
from fupin_cli.rules import load_rulebook
from fupin_cli.tables import read_cell, read_drawn


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
        progress: told how many rules are done.
    """
    checked = book(rules_dir)
    rules = wanted(checked.source.rules, Settings(today=TODAY, select=select))
    got = {rule.id: _reading(rule, checked.source) for rule in rules.values() if rule.kind == "reading"}
    as_written = {name: {"": checked.rules[name]} for name in rules if name in checked.rules}
    done = len(got)
    with closing(open_engine()) as engine:
        for finished, verdicts in outcomes(engine, as_written, checked):
            progress("examples", done := done + finished, len(rules))
            got |= {name: found[""] for name, found in verdicts.items()}
    wrong = [
        WrongExample(rule.id, rule.file, example.line, _expected(example), outcome)
        for rule in rules.values()
        for example, outcome in zip(rule.examples, got[rule.id], strict=True)
        if outcome != _expected(example)
    ]
    return Tested(len(rules), sum(len(rule.examples) for rule in rules.values()), tuple(wrong))


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

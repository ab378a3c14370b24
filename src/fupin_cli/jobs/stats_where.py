"""`--where EXPRESSION` in; a rule book whose one rule asks it of every row out, so that the line of the audit answers it."""

from dataclasses import replace
from pathlib import Path

from fupin_cli.errors import RuleError, UsageError
from fupin_cli.jobs.compiled import Compiled
from fupin_cli.jobs.kept import key_of
from fupin_cli.model.rule import Basis, Rule

WHERE = "条件"  # the id of the rule
_PLACE = Path("--where")  # what its faults call the file


def asked(base: Compiled, text: str | None) -> Compiled:
    """Return a rule book that asks only this, of households where it speaks of them alone, else of persons.

    Args:
        base: the rule book whose columns, lists and parameters the expression may name.
        text: the expression; None: nothing is asked.

    Raises:
        UsageError: it is no expression, with every mistake in it.
    """
    if text is None:
        return _book(base, {}, "")
    households = _book(base, {WHERE: _rule("户", text)}, text)
    try:
        _ = households.book
    except RuleError:
        persons = _book(base, {WHERE: _rule("人", text)}, text)
        try:
            _ = persons.book
        except RuleError as error:
            told = [str(getattr(error, lang)).partition("\n")[2] for lang in ("zh", "en")]
            raise UsageError(
                f"--where 的条件写得不对（写法同规则里的 when，见 docs/stats.md）：\n{told[0]}",
                f"--where: this is no condition (write it as a rule's when, see docs/stats.md):\n{told[1]}",
            ) from error
        return persons
    return households


def _book(base: Compiled, rules: dict[str, Rule], text: str) -> Compiled:
    scope = "".join(rule.scope for rule in rules.values())
    return Compiled(replace(base.source, rules=rules), key_of((base.key, "stats", scope, text)))


def _rule(scope: str, text: str) -> Rule:
    basis = Basis(convention=WHERE)
    return Rule(
        id=WHERE,
        name=WHERE,
        scope=scope,
        severity="notice",
        message="",
        why="",
        fix="",
        basis=basis,
        file=_PLACE,
        must=text,
    )

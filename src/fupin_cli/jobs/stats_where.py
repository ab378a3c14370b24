"""`--where EXPRESSION` in; a rule book whose one rule asks it of every row out, so that the line of the audit answers it."""

import re
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import FupinError, InputError, RuleError, UsageError
from fupin_cli.jobs.compiled import Compiled
from fupin_cli.jobs.kept import key_of
from fupin_cli.model.rule import Basis, NotRun, Rule
from fupin_cli.values.mask import mask

WHERE = "条件"  # the id of the rule
_CERTIFICATE = re.compile(r"\d{15,}[Xx]?")
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
            zh, en = (shown(str(getattr(error, lang)).partition("\n")[2]) for lang in ("zh", "en"))
            raise UsageError(
                *both("--where 的条件写得不对（写法同规则里的 when，见 docs/stats.md）：\n{told}", told=(zh, en))
            ) from error
        return persons
    return households


def shown(text: str) -> str:
    """Return the expression as a report or an error may show it: a certificate number in it is masked."""
    return _CERTIFICATE.sub(lambda found: mask(found[0], "证件"), text)


def refuse(reason: NotRun) -> FupinError:
    """Say why the condition cannot be answered."""
    lacking = "、".join(reason.missing)
    if reason.reason == "list":
        return UsageError(
            *both(
                "--where 要查名单“{lacking}”；请用 --list {missing}=文件 给出。",
                lacking=lacking,
                missing=reason.missing[0],
            )
        )
    if reason.reason == "column":
        return InputError(
            *both(
                "--where 的条件没法判断：登记表里没有 {lacking}。请检查表头（fupin inspect），或用 --map 表头=列名 指明。",
                lacking=lacking,
            )
        )
    return UsageError(
        *both("--where 的条件没法判断：fupin stats 只看一份登记表，没有 {lacking}；请改写条件。", lacking=lacking)
    )


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

"""Book + Tables + Settings → Plan."""

from datetime import date

from fupin_cli.language.needs import Needs, Sight
from fupin_cli.language.sql import Compiler
from fupin_cli.language.symbols import Level
from fupin_cli.language.trees import Tree, fill, literal, quoted
from fupin_cli.model.plan import Plan, PlannedRule
from fupin_cli.model.rule import NotRun, Rule
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.plans.check import Book, Checked
from fupin_cli.plans.explain import planned
from fupin_cli.plans.query import rows_of, statements
from fupin_cli.plans.select import item_of, obstacle, wanted
from fupin_cli.plans.sight import see

VERDICT = "CASE WHEN NOT (:1) THEN 0 WHEN NOT (:1) OR (:2) THEN 1 WHEN (:1) AND NOT (:2) THEN 2 ELSE 3 END"


def plan(book: Book, tables: Tables, settings: Settings) -> Plan:
    """Return the statements that judge every wanted rule, and the rules that cannot run."""
    sight = see(book, tables, settings)
    needs = Needs()
    verdicts: dict[str, dict[str, Tree]] = {"人": {}, "户": {}}
    rules: dict[str, PlannedRule] = {}
    not_run: list[NotRun] = []
    chosen = wanted(book.source.rules, settings)
    for name, checked in book.rules.items():
        if name not in chosen:
            continue
        reason = obstacle(checked, book, sight, settings)
        if reason is not None:
            not_run.append(reason)
            continue
        level = _level(checked)
        compiler = Compiler(
            sight, needs, level, frozenset(checked.rule.optional), _exceptions(checked, book, sight, settings)
        )
        when, must = _when(checked, compiler), compiler.compile(checked.must.tree)
        verdicts[level][name] = fill(VERDICT, when, must)
        item = item_of(book.source.profiles.get(settings.profile or ""), name)
        rules[name] = planned(checked, level, compiler, book, item)
    return Plan(
        statements=tuple(statements(sight, needs, verdicts, tables)),
        rows_of={level: rows_of(level, needs, tables) for level in ("人", "户")},
        rules=rules,
        not_run=tuple(not_run),
        levels={level: tuple(found) for level, found in verdicts.items()},
    )


def _level(checked: Checked) -> Level:
    return "人" if checked.rule.scope in {"人", "名单"} else "户"


def _when(checked: Checked, compiler: Compiler) -> Tree:
    """Return the rule's `when` with its dates, its places, and 在册 unless the rule speaks of it itself."""
    rule = checked.rule
    alias = "p" if compiler.level == "人" else "h"
    parts: list[Tree] = _in_time(rule, alias) + _in_place(rule, alias)
    texts = (checked.when.text if checked.when else "") + checked.must.text
    if compiler.level == "人" and "在册" not in texts:
        parts.append(fill("COALESCE(:1, TRUE)", quoted("在册", "q")))
    if checked.when is not None:
        parts.append(compiler.compile(checked.when.tree))
    if not parts:
        return fill("TRUE")
    whole = parts[0]
    for part in parts[1:]:
        whole = fill(":1 AND :2", whole, part)
    return whole


def _in_time(rule: Rule, alias: str) -> list[Tree]:
    day = quoted("数据日期", alias)
    parts: list[Tree] = []
    if rule.since is not None and rule.since > date.min:
        parts.append(fill(":1 >= :2", day, literal(rule.since)))
    if rule.until is not None:
        parts.append(fill(":1 <= :2", day, literal(rule.until)))
    return parts


def _in_place(rule: Rule, alias: str) -> list[Tree]:
    place = quoted("_place", alias)
    tests = [fill(f"STARTS_WITH(:1, '{region}')", place) for region in rule.regions]
    if not tests:
        return []
    whole = tests[0]
    for test in tests[1:]:
        whole = fill(":1 OR :2", whole, test)
    return [whole]


def _exceptions(checked: Checked, book: Book, sight: Sight, settings: Settings) -> Tree | None:
    """Return what the profile excuses on the rule's list; an excuse that cannot be established does not hold."""
    found = book.exceptions.get((settings.profile or "", checked.rule.id), ())
    if not found:
        return None
    listed = min(checked.must.lists)
    compiler = Compiler(sight, Needs(), "人", listed=listed)
    whole: Tree | None = None
    for expression in found:
        test = fill("COALESCE(:1, FALSE)", compiler.compile(expression.tree))
        whole = test if whole is None else fill(":1 OR :2", whole, test)
    return whole

"""Book + Tables + Settings → Plan."""

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct, field
from sqlglot import exp

from fupin_cli.language.expression import Expression
from fupin_cli.language.levels import alias_of, named
from fupin_cli.language.needs import Needs, Sight
from fupin_cli.language.sql import Compiler
from fupin_cli.language.trees import Tree, either, fill, literal, quoted
from fupin_cli.model.choice import wanted
from fupin_cli.model.plan import Plan, PlannedRule, PlannedStep
from fupin_cli.model.rule import ASKED_OF, NotRun
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.plans.check import Book, Checked
from fupin_cli.plans.explain import planned
from fupin_cli.plans.heads import heads
from fupin_cli.plans.query import rows_of, statements, views
from fupin_cli.plans.required import written_out
from fupin_cli.plans.select import item_of, obstacle
from fupin_cli.plans.shares import Judgement, shared_out
from fupin_cli.plans.sight import see
from fupin_cli.plans.steps import steps
from fupin_cli.plans.subject import subject_of

_INSIDE = (  # :1 the place of a row, :2 a region; a place known less closely may lie inside or not
    "CASE WHEN STARTS_WITH(:1, :2) THEN TRUE WHEN :1 IS NULL OR STARTS_WITH(:2, :1) THEN NULL ELSE FALSE END"
)


class Ground(Struct, frozen=True):
    """What rules are compiled over: what the tables have, and where their needs are noted."""

    sight: Sight
    needs: Needs
    compiled: dict[tuple[str, int, int], tuple[Tree, tuple[object, object]]] = field(default_factory=dict)

    def once(self, part: str, made_of: tuple[object, object], make: Callable[[], Tree]) -> Tree:
        """Return a condition that variants of a rule share, compiled once; `made_of` is told apart by identity."""
        key = part, id(made_of[0]), id(made_of[1])
        if key not in self.compiled:
            self.compiled[key] = make(), made_of  # kept, so that no other object gets its identity
        return self.compiled[key][0]


def plan(book: Book, tables: Tables, settings: Settings, walked: str = "") -> Plan:
    """Return the statements that judge every wanted rule, and the rules that cannot run.

    Args:
        book: the checked rule book.
        tables: what this run has.
        settings: which rules are wanted, when and where.
        walked: the rule whose conditions are taken apart (`Plan.steps`).
    """
    sight = see(book, tables, settings)
    needs = Needs(derived={name for name in settings.derived if name in sight.derived and sight.derived[name].stored})
    verdicts: dict[str, dict[str, Judgement]] = {"人": {}, "户": {}}
    rules: dict[str, PlannedRule] = {}
    not_run: list[NotRun] = []
    taken_apart: tuple[PlannedStep, ...] = ()
    chosen = wanted(book.source, settings)
    for name, checked in book.rules.items():
        if name not in chosen:
            continue
        asked = written_out(checked, book, book.source.profiles.get(settings.profile or ""))
        reason = (
            obstacle(asked, book, sight, settings)
            if asked
            else NotRun(name, "profile", (settings.profile or "--profile",))
        )
        if asked is None or reason is not None:
            not_run += [reason] if reason else []
            continue
        level, compiler, verdicts_of = judgement(checked, asked, book, settings, Ground(sight, needs))
        verdicts.setdefault(level, {})[name] = verdicts_of
        item = item_of(book.source.profiles.get(settings.profile or ""), name)
        rules[name] = planned(asked, level, compiler, book, item)
        if name == walked:
            taken_apart = steps(asked, compiler, book, unsaid(checked, compiler))
    shares = shared_out(verdicts)
    shown = [*verdicts, *(["村"] if "县" in verdicts and "村" not in verdicts else [])]  # findings name the villages
    return Plan(
        statements=tuple(statements(sight, needs, shares, tables)),
        beside=(*views(shares), heads(tables)),
        rows_of={level: rows_of(level, needs, tables) for level in shown},
        rules=rules,
        not_run=tuple(not_run),
        levels={level: tuple(found) for level, found in verdicts.items()},
        verdicts={name: table for share in shares.values() for table, found in share.items() for name in found},
        steps=taken_apart,
    )


def judgement(
    checked: Checked, asked: Checked, book: Book, settings: Settings, ground: Ground
) -> tuple[str, Compiler, Judgement]:
    """Return whose rows a rule judges, its compiler, and its two conditions.

    Args:
        checked: the rule as it stands in its file.
        asked: the rule with the profile's required columns written out.
        book: the whole rule book.
        settings: the profile, whose exceptions count.
        ground: what the tables have, and where the rule's needs are noted.
    """
    level, listed = subject_of(checked.rule)
    excused = _exceptions(checked, book, ground.sight, settings, ground.needs)
    optional = frozenset(checked.rule.optional)
    compiler = Compiler(ground.sight, ground.needs, level, optional, excused, listed=listed)
    when = ground.once("when", (checked.rule, checked.when), lambda: _when(checked, compiler))
    must = ground.once("must", (checked.rule, asked.must), lambda: compiler.compile(asked.must.tree))
    return named(level, listed), compiler, Judgement(when, must)


def _when(checked: Checked, compiler: Compiler) -> Tree:
    """Return the rule's `when` with what goes without saying."""
    parts = list(unsaid(checked, compiler).values())
    if checked.when is not None:
        parts.append(compiler.compile(checked.when.tree))
    if not parts:
        return fill("TRUE")
    whole = parts[0]
    for part in parts[1:]:
        whole = fill(":1 AND :2", whole, part)
    return whole


def unsaid(checked: Checked, compiler: Compiler) -> dict[str, Tree]:
    """Return what a rule's `when` need not say: its dates, its places, and that person and household are still in the file.

    在册 of the person, and 户已注销, are left to a rule that speaks of them itself.
    """
    rule, alias = checked.rule, alias_of(compiler.level)
    day = quoted("数据日期", alias)
    parts: dict[str, Tree] = {}
    if rule.since is not None and rule.since > date.min:
        parts[f"数据日期 >= {rule.since}"] = fill(":1 >= :2", day, literal(rule.since))
    if rule.until is not None:
        parts[f"数据日期 <= {rule.until}"] = fill(":1 <= :2", day, literal(rule.until))
    if rule.regions:
        tests = [fill(_INSIDE, quoted("_place", alias), literal(region)) for region in rule.regions]
        parts[f"地区 IN ({', '.join(rule.regions)})"] = either(tests)
    asked = checked.must.columns | (checked.when.columns if checked.when else frozenset())
    still = {"人": ("在册", "户已注销"), "户": ("户已注销",)}.get(compiler.level, ())
    match [name for name in still if name not in asked]:
        case ["在册", "户已注销"]:
            parts["在册成员"] = compiler.compile(exp.column("在册成员"))
        case ["在册"]:
            parts["在册"] = compiler.compile(exp.column("在册"))
        case ["户已注销"]:
            parts["NOT 户已注销"] = fill("COALESCE(NOT :1, TRUE)", compiler.compile(exp.column("户已注销")))
    return parts


def _exceptions(checked: Checked, book: Book, sight: Sight, settings: Settings, needs: Needs) -> dict[str, Tree]:
    """Return what the profile and lists.yaml excuse on each list of the rule; an excuse that cannot be established does not hold."""
    excused: dict[str, list[Tree]] = {}
    of_rows = subject_of(checked.rule)[0] == "名单"
    for expression in _excuses(checked, book, settings):
        if expression.listed is not None and (expression.level == "名单") is of_rows:
            compiler = Compiler(sight, needs, expression.level, listed=expression.listed)
            test = fill("COALESCE(:1, FALSE)", compiler.compile(expression.tree))
            excused.setdefault(expression.listed, []).append(test)
    return {listed: either(tests) for listed, tests in excused.items()}


def _excuses(checked: Checked, book: Book, settings: Settings) -> Iterator[Expression]:
    """Yield what the profile's item excuses, then lists.yaml; a rule asked of a list of it has every item's over that list."""
    profile, rule = settings.profile or "", checked.rule
    asked = rule.id.partition(ASKED_OF)[2]
    for (name, item), found in book.exceptions.items():
        if name == profile:
            yield from (each for each in found if item == rule.id or (asked and each.listed == asked))
    lists = checked.must.lists | (checked.when.lists if checked.when else frozenset())
    for listed in dict.fromkeys((*sorted(lists), *rule.rows)):
        yield from book.excuses.get(listed, ())

"""`fupin rules list`: what the user asks of rules in, the rules that answer to it out."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from msgspec import Struct

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import UsageError
from fupin_cli.model.retired import Retired
from fupin_cli.model.rule import SEVERITIES, Rule
from fupin_cli.model.rulebook import RuleBook

_ASKS_LIST = re.compile(r"(?:在名单|名单有|名单含)\(\s*'([^']+)'")
ANY_LIST = ("any", "任意")


class RuleFilter(Struct, frozen=True):
    """What listed rules must have; () = anything will do, several = one of them."""

    ids: tuple[str, ...] = ()  # ids or their first letters
    severities: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()  # names or other names of lists, or one of ANY_LIST


def lists_needed(rule: Rule) -> tuple[str, ...]:
    """Return the departmental lists without which a rule does not run."""
    texts = (rule.when, rule.must)
    asked = [name for text in texts for name in _ASKS_LIST.findall(text)]
    return tuple(dict.fromkeys((*rule.lists, *rule.rows, *asked)))


def chosen_rules(book: RuleBook, wanted: RuleFilter) -> list[Rule]:
    """Return the rules that answer to a filter, in the order of the book.

    Raises:
        UsageError: an id, scope, tag or list nothing answers to.
    """
    ids = tuple(name.upper() for name in wanted.ids)
    for name in ids:
        if not any(id_.startswith(name) for id_ in book.rules):
            raise unknown_rule(name, book)
    _known(*both("严重度"), wanted.severities, SEVERITIES)
    _known(*both("范围"), wanted.scopes, {rule.scope for rule in book.rules.values()})
    _known(*both("标签"), wanted.tags, {tag for rule in book.rules.values() for tag in rule.tags})
    lists = _list_names(wanted.lists, book)
    return [
        rule
        for id_, rule in book.rules.items()
        if (not ids or id_.startswith(ids))
        and (not wanted.severities or rule.severity in wanted.severities)
        and (not wanted.scopes or rule.scope in wanted.scopes)
        and (not wanted.tags or not set(wanted.tags).isdisjoint(rule.tags))
        and (not wanted.lists or _needs(rule, lists))
    ]


def _needs(rule: Rule, lists: frozenset[str]) -> bool:
    needed = lists_needed(rule)
    return bool(needed) if not lists else not lists.isdisjoint(needed)


def _list_names(wanted: tuple[str, ...], book: RuleBook) -> frozenset[str]:
    """Return the names of the lists meant; none when any list will do."""
    if any(name in ANY_LIST for name in wanted):
        return frozenset()
    names = {alias: kind.name for kind in book.dictionary.lists.values() for alias in (kind.name, *kind.aliases)}
    _known(*both("名单"), wanted, names, shown=book.dictionary.lists)
    return frozenset(names[name] for name in wanted)


def _known(zh: str, en: str, wanted: tuple[str, ...], there: Iterable[str], shown: Iterable[str] | None = None) -> None:
    """Raise UsageError for a name that is not there: the nearest are named, else those to be shown."""
    known = sorted(there)
    for name in wanted:
        if name not in known:
            near = get_close_matches(name, known, n=3) or sorted(shown if shown is not None else known)
            raise UsageError(*both("没有{told}“{name}”；有：{near}。", told=(zh, en), name=name, near=enumerated(near)))


def unknown_rule(name: str, book: RuleBook) -> UsageError:
    """Say that nobody knows a rule, or what became of it, and which are near."""
    retired: Retired | None = book.retired.get(name.upper())
    if retired is not None:
        return UsageError(*retired.sentence())
    near = get_close_matches(name.upper(), book.rules, n=3)
    zh, en = both("，是不是 {near}？", "rule_choice", near=enumerated(near)) if near else ("；", "")
    return UsageError(*both("没有规则 {name}{told}用 fupin rules list 查看全部规则。", name=name, told=(zh, en)))


def refuse_retired(names: Iterable[str], book: RuleBook) -> None:
    """Raise UsageError where a rule is named that is no more: what became of it."""
    for name in names:
        if name.upper() in book.retired:
            raise unknown_rule(name, book)

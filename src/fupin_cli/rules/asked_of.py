"""A rule book and what the user's lists.yaml says in; the book with its lists, and its rules asked of each of them, out.

A rule over 应退, 应纳, 提示, 应退户 or 应纳户 is asked of every list whose hit means that, each time under an id of its own
(ENT025·车辆); its findings are told under the rule's.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from fupin_cli.model.listing import ListEntry
from fupin_cli.model.rule import ASKED_OF, Rule
from fupin_cli.model.rulebook import RuleBook

MEANT = ("应退", "应纳", "提示", "应退户", "应纳户")  # lists that mean something by their name alone


def with_lists(book: RuleBook, entries: Iterable[ListEntry]) -> RuleBook:
    """Return the book with these lists."""
    listing = {entry.name: entry for entry in entries}
    lists = {**book.dictionary.lists, **{name: entry.kind for name, entry in listing.items()}}
    rules: dict[str, Rule] = {}
    for rule in book.rules.values():
        rules[rule.id] = rule
        rules |= {each.id: each for each in _asked(rule, listing.values())}
    return replace(book, rules=rules, dictionary=replace(book.dictionary, lists=lists), listing=listing)


def _asked(rule: Rule, entries: Iterable[ListEntry]) -> Iterator[Rule]:
    meant = next((each for each in MEANT if f"'{each}'" in rule.must or rule.rows == (each,)), None)
    for entry in entries if meant else ():
        of_persons = entry.kind.columns[entry.kind.key].type == "证件"
        if entry.hit and meant == (entry.hit if of_persons else f"{entry.hit}户") and entry.name != meant:
            yield _instance(rule, meant, entry)


def _instance(rule: Rule, meant: str, entry: ListEntry) -> Rule:
    key = "证件号码" if entry.kind.columns[entry.kind.key].type == "证件" else "户编号"
    must = rule.must.replace(f"'{meant}'", f"'{entry.name}'")
    return replace(
        rule,
        id=f"{rule.id}{ASKED_OF}{entry.name}",
        must=must.replace(key, entry.kind.key) if rule.rows else must,
        rows=(entry.name,) if rule.rows else (),
        message=rule.message.replace(f"“{meant}”", f"“{entry.name}”"),
        message_en=rule.message_en.replace(f"“{meant}”", f"“{entry.name}”"),
        basis=entry.basis,
        examples=(),
    )

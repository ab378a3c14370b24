"""A rule → whose rows it judges; and the columns that lists share which are judged as one."""

from collections.abc import Iterable, Mapping

from fupin_cli.language.symbols import Level, Symbol
from fupin_cli.model.rule import Rule

TOGETHER = "、"  # between the names of lists that are judged as one


def subject_of(rule: Rule) -> tuple[Level, str | None]:
    """Return the level of a rule's rows, and the list (or lists, judged as one) they stand on."""
    if rule.rows:
        return "名单", TOGETHER.join(rule.rows)
    if rule.scope == "村":
        return "村", None
    if rule.scope == "县":
        return "县", None
    return ("人" if rule.of_persons else "户"), None


def together(rules: Iterable[Rule], lists: Mapping[str, dict[str, Symbol]]) -> dict[str, dict[str, Symbol]]:
    """Return, for each set of lists that some rule judges as one, the columns that all of them have in one kind."""
    found = {}
    for rule in rules:
        if len(rule.rows) > 1 and all(name in lists for name in rule.rows):
            first, *others = (lists[name] for name in rule.rows)
            found[TOGETHER.join(rule.rows)] = {
                name: symbol
                for name, symbol in first.items()
                if all(name in other and other[name].kind == symbol.kind for other in others)
            }
    return found

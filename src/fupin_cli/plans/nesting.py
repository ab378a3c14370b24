"""Checked expressions in, mistakes out: derived columns that look beyond the row where nothing may look beyond it."""

from collections.abc import Mapping

from fupin_cli.catalogue import both, enumerated
from fupin_cli.language.expression import Expression
from fupin_cli.language.functions import WITHOUT
from fupin_cli.language.walk import Mistake


def reach(derived: Mapping[str, tuple[Expression, ...]]) -> dict[str, frozenset[str]]:
    """Return for each derived column the functions beyond the row that it calls, itself or in what it builds on."""
    found: dict[str, frozenset[str]] = {}
    for name in derived:
        calls: set[str] = set()
        seen, waiting = {name}, [name]
        while waiting:
            for expression in derived[waiting.pop()]:
                calls |= expression.calls
                inner = ((expression.columns | expression.members) & derived.keys()) - seen
                seen |= inner
                waiting += inner
        found[name] = frozenset(calls)
    return found


def misplaced(expression: Expression, reached: Mapping[str, frozenset[str]]) -> list[Mistake]:
    """Return a mistake for each derived column that brings a function where it may not stand."""
    mistakes = []
    for nested in expression.nested:
        wrong = sorted(reached.get(nested.column, frozenset()).intersection(WITHOUT[nested.around]))
        if wrong:
            zh, en = both(
                "{around} 里不能用 {column}：它要用到 {wrong}",
                around=nested.around,
                column=nested.column,
                wrong=enumerated(wrong),
            )
            mistakes.append(Mistake(nested.start, nested.end, zh, en))
    return mistakes

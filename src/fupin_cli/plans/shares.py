"""Judgements by level → the tables their verdicts are laid in, so that two tables can be made at a time."""

from collections.abc import Mapping

from msgspec import Struct
from sqlglot import exp

from fupin_cli.language.trees import Tree

_OWN = frozenset("pqhg")  # aliases of a row, its household, and what is derived of them
_TABLES, _LEAST = 2, 12  # so many tables hold the rules of a level that need not wait; fewer rules are not shared out


class Judgement(Struct, frozen=True):
    """The two conditions of a rule over a row."""

    when: Tree
    must: Tree


Shares = dict[str, dict[str, dict[str, Judgement]]]  # level → table of verdicts → rules


def shared_out(verdicts: Mapping[str, Mapping[str, Judgement]]) -> Shares:
    """Share the rules of each level out among tables of verdicts.

    Rules that ask nothing but their own row and its household stand apart: they need not wait until other rows are counted.
    """
    found: Shares = {}
    for level, rules in verdicts.items():
        apart = [name for name, one in rules.items() if _asked(one) <= _OWN]
        waiting = [name for name in rules if name not in apart]
        size = max(_LEAST, -(-len(apart) // _TABLES))
        shares = [
            *(apart[start : start + size] for start in range(0, len(apart), size)),
            *([waiting] if waiting else []),
        ]
        found[level] = {
            f"verdicts_{level}_{number}": {name: rules[name] for name in share}
            for number, share in enumerate(shares, start=1)
        }
    return found


def _asked(one: Judgement) -> set[str]:
    """Return the aliases of the tables a rule asks."""
    return {column.table for tree in (one.when, one.must) for column in tree.find_all(exp.Column)}

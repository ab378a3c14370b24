"""Every flipped comparison, AND, OR and NOT of every rule is caught by one of its examples."""

from functools import cache

import pytest

from fupin_cli.jobs.mutation import mutate
from fupin_cli.jobs.rules import book
from fupin_cli.rules import load_rulebook

THEMES = sorted({rule.theme for rule in load_rulebook().rules.values() if rule.kind == "rule"})
checked_book = cache(book)


@pytest.mark.parametrize("theme", THEMES)
def test_no_flip_of_a_rule_of_a_theme_goes_unnoticed(theme):
    survivors = mutate(checked_book(), (theme,)).survivors
    assert [f"{one.rule}: {one.mutant} {one.why}" for one in survivors] == []

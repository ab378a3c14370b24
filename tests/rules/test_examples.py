"""Every example of every rule file, through the same typing and the same engine as an audit."""

import pytest

from fupin_cli.jobs.rules import run_examples
from fupin_cli.rules import load_rulebook

THEMES = sorted({rule.theme for rule in load_rulebook().rules.values()})


@pytest.mark.parametrize("theme", THEMES)
def test_the_examples_of_a_theme_hold(theme):
    assert run_examples(None, (theme,)).wrong == ()

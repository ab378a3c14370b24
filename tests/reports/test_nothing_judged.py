"""Where no household and no person was judged, no report says that nothing is wrong."""

import pytest

from fupin_cli.model.audit import Counts
from fupin_cli.reports import Look, render
from tests.reports.drawn import audit

CLEAN, UNJUDGED = "没有发现问题", "没有判断任何一户、任何一人，不能说没有问题。"
NOBODY = {"households": 0, "persons": 0, "findings": (), "counts": {"IDN006": Counts()}}
NO_RULE = {"findings": (), "counts": {}}


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
@pytest.mark.parametrize("parts", [NOBODY, NO_RULE], ids=["nobody was read", "no rule ran"])
def test_a_report_in_which_nothing_was_judged_says_so(form, parts):
    page = render(audit(**parts), form, Look())
    assert CLEAN not in page
    assert UNJUDGED in page


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_a_registry_that_was_judged_and_has_no_finding_is_called_clean(form):
    page = render(audit(findings=()), form, Look())
    assert CLEAN in page
    assert UNJUDGED not in page


def test_the_summary_of_a_workflow_says_that_nobody_was_judged():
    assert UNJUDGED in render(audit(**NOBODY), "github", Look())
    assert UNJUDGED not in render(audit(findings=()), "github", Look())


def test_a_rule_that_judged_nobody_has_not_passed():
    page = render(audit(**NOBODY), "junit", Look())
    assert page.count('<skipped message="没有一行适用"/>') == 1


def test_a_table_of_counts_of_nobody_says_so():
    assert UNJUDGED in render(audit(**NOBODY), "terminal", Look(statistics=True))

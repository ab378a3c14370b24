"""The terminal report grouped as asked: --group-by, --top, --statistics."""

import pytest
from msgspec.structs import replace

from fupin_cli.cli.grouping import terminal_grouping
from fupin_cli.errors import UsageError
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports import Look, render
from fupin_cli.reports.groups import grouped
from fupin_cli.reports.wrapping import width
from tests.reports.drawn import BLANKS, INCOME, SCHOOL, TWICE, audit

NOWHERE = replace(INCOME, id="INC006-00000000", household=None, village=None, township=None, places=())
MANY = (
    SCHOOL,
    TWICE,
    INCOME,
    BLANKS,
    NOWHERE,
    *(replace(SCHOOL, id=f"EDU001-{n}", household=f"9901010005{n:02}", village="上坝村") for n in range(30)),
)


@pytest.mark.parametrize("by", ["rule", "乡", "村", "户"])
@pytest.mark.parametrize("statistics", [False, True])
def test_findings_stand_under_what_was_asked_for_and_no_line_is_wider_than_the_page(snapshot, by, statistics):
    page = render(audit(findings=MANY[:6]), "terminal", Look(group=by, statistics=statistics))
    assert max(width(line) for line in page.splitlines()) <= 80
    assert page == snapshot


@pytest.mark.parametrize("by", ["rule", "乡", "村", "户"])
def test_every_finding_stands_in_one_group(by):
    groups = grouped(audit(findings=MANY), by, Look())
    assert sorted(finding.id for group in groups for finding in group.findings) == sorted(one.id for one in MANY)


@pytest.mark.parametrize("by", ["乡", "村", "户"])
def test_the_group_with_most_errors_comes_first_and_what_belongs_nowhere_last(by):
    groups = grouped(audit(findings=MANY), by, Look())
    known = [[group.severities[one] for one in SEVERITIES] for group in groups if group.key]
    assert known == sorted(known, reverse=True)
    assert [bool(group.key) for group in groups] == [True] * (len(groups) - 1) + [False]


def test_what_top_leaves_out_is_counted():
    page = render(audit(findings=MANY), "terminal", Look(group="户", top=1))
    assert "  另有 32 组 33 处未列出。\n" in page
    assert page.count("错误 EDU001 义务教育适龄失学") == 1


def test_a_total_counts_all_groups_even_those_that_top_leaves_out():
    page = render(audit(findings=MANY), "terminal", Look(statistics=True, top=1))
    assert "  错误     EDU001 义务教育适龄失学     31       31\n" in page
    assert "  合计                                 35       32\n" in page
    assert "  另有 3 组 4 处未列出。\n" in page


def test_a_registry_without_findings_has_nothing_to_count():
    assert "没有发现问题。\n" in render(audit(findings=()), "terminal", Look(statistics=True, group="村"))


def test_the_names_of_groups_are_known_in_both_languages():
    for asked, meant in (("rule", "rule"), ("township", "乡"), ("村", "村"), ("household", "户")):
        assert terminal_grouping(asked, None, statistics=False, terminal=True).group == meant


def test_an_unknown_group_is_wrong_usage():
    with pytest.raises(UsageError) as caught:
        terminal_grouping("县", None, statistics=False, terminal=True)
    assert caught.value.zh == "--group-by 县：可以是 rule、乡、村、户。"


def test_a_form_that_holds_every_finding_is_not_grouped():
    with pytest.raises(UsageError) as caught:
        terminal_grouping("乡", 3, statistics=True, terminal=False)
    assert caught.value.en == (
        "--statistics, --group-by, --top: only for the terminal report (--format terminal, or -o FILE.txt); other forms "
        "hold every finding."
    )

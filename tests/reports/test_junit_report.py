"""JUnit XML: what a CI shows as passed, failed and skipped."""

import pytest
from msgspec.structs import replace

from fupin_cli.model.audit import Counts
from fupin_cli.reports import Look, render
from tests.reports.drawn import BLANKS, SCHOOL, audit
from tests.reports.held import junit_tree


def case(tree, name):
    return next(each for each in tree.iter("testcase") if each.get("name").startswith(name))


def test_the_report_as_a_ci_reads_it(snapshot):
    junit_tree(audit())
    assert render(audit(), "junit", Look()) == snapshot


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (Counts(passed=3, unknown=2), None),
        (Counts(not_applicable=4), "没有一行适用"),
        (Counts(unknown=2, not_applicable=4), "无法判断 2 处"),
        (Counts(passed=9, failed=2), "不符 2 处，都已由分项规则报告或已接受"),
        (Counts(), None),
    ],
)
def test_a_rule_without_findings_has_passed_only_where_it_told_so_of_some_row(counts, told):
    tree = junit_tree(audit(findings=(), counts={"EDU001": counts}))
    skipped = case(tree, "EDU001").find("skipped")
    assert (None if skipped is None else skipped.get("message")) == told


def test_a_file_that_could_not_be_read_is_an_error_and_a_rule_not_run_is_skipped_with_its_remedy():
    tree = junit_tree(audit(failed_files=(("b.xls", "b.xls：已加密。", "b.xls: encrypted."),)), Look(lang="en"))
    assert case(tree, "read b.xls").find("error").get("message") == "b.xls: encrypted."
    assert case(tree, "WAT005").find("skipped").get("message") == (
        "not run: the workbook lacks a column (取水时间); add the column, or say --map your-heading=column when it has another name"
    )


def test_what_xml_has_no_place_for_is_seen_and_nothing_else_is_lost():
    hostile = replace(SCHOOL, message='a<b> & "c" ]]>\x00\x0b\ud800\ufffe末', secrets={})
    failure = case(junit_tree(audit(findings=(hostile,))), "EDU001-").find("failure")
    assert failure.get("message") == 'a<b> & "c" ]]>����末'
    assert failure.text.splitlines()[1] == 'a<b> & "c" ]]>����末'


def test_a_case_is_named_by_its_id_and_not_by_what_changes_from_run_to_run():
    first, second = (
        case(junit_tree(audit(findings=(made,))), BLANKS.id) for made in (BLANKS, replace(BLANKS, message="3"))
    )
    assert (first.get("classname"), first.get("name")) == (second.get("classname"), second.get("name"))

"""The invented county: every planted fault is found, and nothing is called an error that was not planted."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from fupin_cli.api import audit

SAMPLES = Path(__file__).parents[2] / "sample_data"
PLANTED = json.loads((SAMPLES / "planted.json").read_text("utf-8"))
FAULTS = [fault for fault in PLANTED if fault["file"] == "county_faulty.xlsx"]
HITS = [fault for fault in PLANTED if fault["file"].startswith("lists/")]


@cache
def audited(edition, with_lists=False):
    lists = (
        {path.stem: path for path in sorted((SAMPLES / "lists").iterdir()) if path.suffix != ".yaml"}
        if with_lists
        else {}
    )
    return audit(SAMPLES / edition, profile="sample-990101", lists=lists).audit


def rules_with_faults():
    return sorted({fault["rule"] for fault in FAULTS})


@pytest.mark.parametrize("rule", rules_with_faults())
def test_every_planted_fault_is_found_where_it_was_planted(rule):
    found = [finding for finding in audited("county_faulty.xlsx").findings if finding.rule == rule]
    households = {finding.household for finding in found}
    cells = {(place.sheet, cell) for finding in found for place in finding.places for cell in place.cells}
    for fault in FAULTS:
        if fault["rule"] == rule:
            at_cell = (fault["sheet"], fault["cell"]) in cells
            of_sheet = fault["household"] is None and bool(found)
            assert fault["household"] in households or at_cell or of_sheet, fault


def test_no_error_falls_on_a_household_without_a_planted_one():
    planted = defaultdict(set)
    for fault in FAULTS:
        for household in (fault["household"], *fault["others"]):
            planted[household] |= {fault["rule"], *fault["also"]}
    for finding in audited("county_faulty.xlsx").findings:
        if finding.severity == "error":
            assert finding.rule in planted[finding.household], finding.message


def test_the_clean_edition_has_no_error_and_warnings_on_fewer_than_one_household_in_twenty():
    clean = audited("county_clean.xlsx")
    assert [finding.message for finding in clean.findings if finding.severity == "error"] == []
    warned = {finding.household for finding in clean.findings if finding.severity == "warning"}
    assert len(warned) * 20 < clean.households


def test_the_four_verdicts_add_up_to_the_rows_of_the_scope():
    clean = audited("county_clean.xlsx")
    sizes = {"村": 24, "县": 1}
    for name, count in clean.counts.items():
        rule = clean.rules[name]
        if rule.kind == "rule":
            rows = count.passed + count.failed + count.unknown + count.not_applicable
            assert rows == sizes.get(rule.scope, clean.persons if rule.of_persons else clean.households), name


@pytest.mark.parametrize("hit", HITS, ids=lambda hit: f"{hit['rule']}-{hit['row']}")
def test_a_list_hit_is_told_with_the_lists_row_unless_the_profile_excuses_it(hit):
    found = [
        finding
        for finding in audited("county_clean.xlsx", with_lists=True).findings
        if finding.rule == hit["rule"] and finding.household == hit["household"]
    ]
    rows = {place.row for finding in found for place in finding.places if place.role == "list"}
    assert (hit["row"] in rows) is not bool(hit.get("excused"))

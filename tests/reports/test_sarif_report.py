"""SARIF 2.1.0: rules, results and places as code scanning reads them."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from fupin_cli.model.baseline import Acceptance
from fupin_cli.model.masking import OPEN, STANDARD
from fupin_cli.model.place import Place
from fupin_cli.reports import Look, render
from tests.reports.drawn import BLANKS, INCOME, SCHOOL, TWICE, audit
from tests.reports.held import sarif_run


def result(finding, **parts):
    return sarif_run(audit(findings=(finding,), **parts))["results"][0]


def test_the_log_as_it_is_written(snapshot, monkeypatch):
    monkeypatch.setattr("fupin_cli.reports.sarif_report.version", lambda: "1.2.3")
    sarif_run(audit())
    assert render(audit(), "sarif", Look()) == snapshot


def test_a_log_without_a_finding_is_valid_too():
    assert sarif_run(audit(findings=()), Look(lang="en"))["results"] == []


def test_every_result_names_its_rule_by_place():
    run = sarif_run(audit())
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == ["EDU001", "IDN006", "INC006", "FMT007"]


def test_a_cell_is_a_line_and_a_column_and_has_its_name_in_the_sheet():
    assert result(SCHOOL)["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "%E5%A4%A7%E7%94%B0%E4%B9%A1.xlsx", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 12, "startColumn": 15, "endColumn": 16},
            },
            "logicalLocations": [{"name": "O12", "fullyQualifiedName": "花名册!O12", "kind": "cell"}],
        }
    ]


def test_other_places_and_other_cells_are_related_locations():
    told = [
        (each["logicalLocations"][0]["fullyQualifiedName"], each["physicalLocation"]["region"]["startLine"], each["message"]["text"])
        for finding in (TWICE, BLANKS)
        for each in result(finding)["relatedLocations"]
    ]  # fmt: skip
    assert told == [("花名册!D40", 40, "相同的值所在"), ("花名册!C9", 9, "也看 C9")]


@pytest.mark.parametrize(
    ("place", "region"),
    [
        (Place(Path("a.xlsx"), "表", None), None),
        (Place(Path("a.xlsx"), "表", 7), {"startLine": 7}),
        (Place(Path("a.csv"), "", 7, ("C7",)), {"startLine": 7}),  # the third field is not the third character
    ],
)
def test_a_place_tells_no_more_than_it_knows(place, region):
    physical = result(replace(SCHOOL, places=(place,)))["locations"][0]["physicalLocation"]
    assert physical.get("region") == region


def test_a_file_is_named_from_the_working_folder_and_one_elsewhere_by_its_whole_address(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    inside, outside = Path("乡 一.xlsx").resolve(), tmp_path / "b.xlsx"
    found = [result(replace(SCHOOL, places=(Place(file, "表", 3),))) for file in (inside, outside)]
    assert [each["locations"][0]["physicalLocation"]["artifactLocation"] for each in found] == [
        {"uri": "%E4%B9%A1%20%E4%B8%80.xlsx", "uriBaseId": "%SRCROOT%"},
        {"uri": outside.as_uri()},
    ]


def test_only_a_stable_id_is_a_fingerprint():
    assert result(SCHOOL)["partialFingerprints"]["fupinFindingId/v1"] == "EDU001-1a2b3c4d"
    assert "partialFingerprints" not in result(replace(SCHOOL, stable=False))


def test_beside_a_baseline_a_finding_is_new_or_was_accepted_once():
    accepted = Acceptance(Path("baseline.yaml"))
    assert "baselineState" not in result(SCHOOL)
    assert result(SCHOOL, acceptance=accepted)["baselineState"] == "new"
    assert result(replace(SCHOOL, lapsed=date(2021, 1, 1)), acceptance=accepted)["baselineState"] == "unchanged"


def test_what_did_not_run_and_what_could_not_be_read_are_notifications():
    run = sarif_run(audit(failed_files=(("b.xls", "b.xls：已加密。", "b.xls: encrypted."),)), Look(lang="en"))
    told = run["invocations"][0]
    assert told["executionSuccessful"] is False
    assert [each["message"]["text"] for each in told["toolExecutionNotifications"]] == ["b.xls: encrypted."]
    skipped = [each for each in told["toolConfigurationNotifications"] if "associatedRule" in each]
    rules = run["tool"]["driver"]["rules"]
    assert [(rules[each["associatedRule"]["index"]]["id"], each["properties"]["reason"]) for each in skipped] == [
        ("WAT005", "column"), ("HSG002", "column"), ("ENT004", "list"),
    ]  # fmt: skip


def test_no_text_of_a_cell_becomes_a_link_or_a_place_to_fill_in():
    hostile = replace(INCOME, message="见[此处](http://x) 和 {0}，[注] {x}")
    assert result(hostile)["message"]["text"] == r"见\[此处\](http://x) 和 {{0}}，[注] {x}"


def test_nobody_is_named_unless_the_report_reveals():
    masked, revealed = (
        render(audit(), "sarif", Look(masking=OPEN if reveal else STANDARD)) for reveal in (False, True)
    )
    assert [name for name in ("张小三", "李四", "11010519491231002X", "13800001234") if name in masked] == []
    assert [name for name in ("张小三", "李四", "11010519491231002X", "13800001234") if name not in revealed] == []

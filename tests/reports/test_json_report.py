"""The JSON report: the contract scripts rely on."""

import json
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.model.finding import UsedParameter
from fupin_cli.model.masking import OPEN
from fupin_cli.model.place import Place
from fupin_cli.reports import Look, render
from fupin_cli.reports.json_report import to_dict
from tests.reports.drawn import INCOME, audit


def test_the_report_of_version_one_stands_as_the_contract_writes_it(snapshot):
    assert render(audit(), "json", Look()) == snapshot


def test_the_fields_of_the_contract_come_first_and_in_its_order():
    report = to_dict(audit())
    assert list(report)[:9] == [
        "version", "tool", "as_of", "profile", "engine", "files", "counts", "findings", "rules",
    ]  # fmt: skip
    assert list(report["findings"][0])[:18] == [
        "id", "rule", "severity", "scope", "file", "sheet", "row", "cells", "household", "person", "village", "column",
        "list", "places", "values", "parameters", "message", "basis",
    ]  # fmt: skip


def test_rows_left_out_are_ranges_with_a_reason():
    assert to_dict(audit())["files"][0]["sheets"][0]["left_out_rows"] == [
        {"rows": "1", "reason": "title"},
        {"rows": "121-122", "reason": "total"},
    ]


def test_a_finding_repeats_its_first_place():
    found = to_dict(audit())["findings"][1]
    assert {key: found[key] for key in ("file", "sheet", "row", "cells")} == {
        key: found["places"][0][key] for key in ("file", "sheet", "row", "cells")
    }
    assert [place["role"] for place in found["places"]] == ["subject", "other"]


def test_nobody_is_named_unless_the_report_reveals():
    text = json.dumps(to_dict(audit()), ensure_ascii=False)
    assert [name for name in ("张小三", "李四", "11010519491231002X", "13800001234") if name in text] == []
    revealed = json.dumps(to_dict(audit(), masking=OPEN), ensure_ascii=False)
    assert [name for name in ("张小三", "李四", "11010519491231002X", "13800001234") if name not in revealed] == []


def test_english_messages_come_with_lang_en():
    found = to_dict(audit(), lang="en")["findings"][0]
    assert (found["message"], found["fix"], found["name"]) == (
        "张*三, 10 years old, 在校生状况 is 非在校生",
        "check and correct.",
        "school-age child out of school",
    )


def test_the_text_says_the_same_as_the_dicts_with_and_without_findings():
    for made in (audit(), audit(findings=())):
        assert json.loads(render(made, "json", Look())) == to_dict(made)


def test_a_whole_number_has_no_point_and_a_date_is_text():
    made = audit(findings=(replace(INCOME, evidence=({"登记日期": date(2019, 5, 1), "金额": 30000.0, "排量": 1.6},)),))
    found = json.loads(render(made, "json", Look()))["findings"][0]
    assert found["evidence"] == [{"登记日期": "2019-05-01", "金额": 30000, "排量": 1.6}]
    assert repr(found["parameters"][0]["value"]) == "4000"


def test_a_line_is_what_the_encoder_makes_of_it_whatever_stands_in_the_cells():
    hostile = 'a"b\\c\n\x00\u2028\ud800末'
    drawn = replace(
        INCOME, household=hostile, village=None, list=hostile, values={hostile: hostile, "x": ""}, message=hostile,
        places=(Place(Path("a.xlsx"), hostile, None, ("A1", "B2"), "list"),), stable=False, lapsed=date(2021, 1, 2),
        evidence=({hostile: hostile, "空": None, "是": True, "小": 0.00001},),
    )  # fmt: skip
    made = audit(findings=(drawn, replace(drawn, places=(), evidence=(), lapsed=None)))
    lines = [line.strip().removesuffix(",") for line in render(made, "json", Look()).split("\n") if '{"id"' in line]
    assert len(lines) == 2
    assert lines == [json.dumps(found, ensure_ascii=False) for found in to_dict(made)["findings"]]


def test_parameters_of_equal_value_are_told_each_with_its_own_source():
    used = [
        UsedParameter("线", value, "", "", source) for value, source in ((4000.0, "甲"), (4000.5, "甲"), (4000.0, "乙"))
    ]
    made = audit(findings=tuple(replace(INCOME, parameters=(one,)) for one in used))
    told = [found["parameters"][0] for found in json.loads(render(made, "json", Look()))["findings"]]
    assert [(one["value"], one["source"]) for one in told] == [(4000, "甲"), (4000.5, "甲"), (4000, "乙")]

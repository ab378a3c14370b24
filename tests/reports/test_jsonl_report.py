"""JSON lines: the JSON report cut into lines that a script reads one by one."""

import json

from msgspec.structs import replace

from fupin_cli.reports import Look, render
from fupin_cli.reports.json_report import to_dict
from tests.reports.drawn import SCHOOL, audit


def test_the_first_line_is_the_audit_and_every_other_a_finding_with_the_fields_of_the_json_report():
    whole = to_dict(audit())
    first, *rest = [json.loads(line) for line in render(audit(), "jsonl", Look()).splitlines()]
    assert first == {"type": "audit", **{key: value for key, value in whole.items() if key != "findings"}}
    assert rest == [{"type": "finding", **found} for found in whole["findings"]]


def test_no_text_of_a_cell_ends_a_line():
    hostile = replace(SCHOOL, message="甲\n乙\r丙\u2028丁\u0085戊")
    text = render(audit(findings=(hostile,)), "jsonl", Look())
    assert len(text.splitlines()) == 2
    assert json.loads(text.splitlines()[1])["message"] == "甲\n乙\r丙\u2028丁\u0085戊"

"""The sample county, audited once: the report in every form, and every verdict as Parquet."""

import re
from contextlib import chdir
from datetime import date
from pathlib import Path

import duckdb
import junitparser
import openpyxl
import pytest
from lxml import html
from msgspec.structs import replace

from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings
from fupin_cli.reports import AUDIT_FORMS, Look, render, write
from tests.reports.held import junit_tree, sarif_run

SAMPLES = Path(__file__).parents[2] / "sample_data"
PART = re.compile(r"EDU00[1-5]|IDN00[1-6]|FMT01")  # what the snapshots show; the whole county is megabytes
TEXTS = [form for form in AUDIT_FORMS if form not in {"html", "xlsx"}]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    return tmp_path_factory.mktemp("verdicts") / "verdicts.parquet"


@pytest.fixture(scope="module")
def county(verdicts):
    """Audit the county as somebody in its folder does, so that no path of this machine stands in a report."""
    settings = Settings(today=date(2021, 1, 1), profile="sample-990101")
    with chdir(SAMPLES):
        return run(Request((Path("county_faulty.xlsx"),), settings, figures=True, verdicts=verdicts))


@pytest.fixture(scope="module")
def part(county):
    """The same audit as if only some of its rules had been asked for."""
    findings = [each for each in county.findings if PART.match(each.rule)]
    first_two = [
        [each for each in findings if each.rule == rule][:2] for rule in dict.fromkeys(each.rule for each in findings)
    ]
    return replace(
        county,
        findings=tuple(each for of_rule in first_two for each in of_rule),
        rules={id_: rule for id_, rule in county.rules.items() if PART.match(id_)},
        counts={id_: counts for id_, counts in county.counts.items() if PART.match(id_)},
        not_run=tuple(each for each in county.not_run if PART.match(each.rule) or each.rule == "WAT005"),
    )


@pytest.fixture(autouse=True)
def one_version(monkeypatch):
    monkeypatch.setattr("fupin_cli.reports.sarif_report.version", lambda: "1.2.3")
    monkeypatch.setattr("fupin_cli.reports.audit_page.version", lambda: "1.2.3")


@pytest.mark.parametrize("form", TEXTS)
def test_the_report_of_the_county_in_every_text_form(part, form, snapshot):
    assert render(part, form, Look()) == snapshot


def test_what_the_page_of_the_county_says(part, snapshot):
    page = html.fromstring(render(part, "html", Look()).encode())
    for silent in page.xpath("//script | //style"):
        silent.drop_tree()
    assert "\n".join(filter(None, (" ".join(text.split()) for text in page.itertext()))) == snapshot


def test_the_workbook_of_the_county_cell_by_cell(part, tmp_path, snapshot):
    write(part, tmp_path / "a.xlsx", "xlsx", Look())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    shown = [
        f"{sheet.title}!{cell.coordinate}: {cell.value}" for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    ]  # fmt: skip
    assert "\n".join(shown) == snapshot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_county_is_valid_sarif(county, lang):
    run_ = sarif_run(county, Look(lang=lang))
    assert len(run_["results"]) == len(county.findings)
    assert {each["id"] for each in run_["tool"]["driver"]["rules"]} == set(county.rules)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_county_is_valid_junit_and_read_by_a_ci(county, lang, tmp_path):
    tree = junit_tree(county, Look(lang=lang))
    names = [(case.get("classname"), case.get("name")) for case in tree.iter("testcase")]
    assert len(names) == len(set(names))
    write(county, tmp_path / "a.xml", "junit", Look(lang=lang))
    read = junitparser.JUnitXml.fromfile(str(tmp_path / "a.xml"))
    assert (read.tests, read.failures, read.errors) == (len(names), len(county.findings), 0)


def test_the_verdicts_of_the_file_are_those_of_the_audit(county, verdicts):
    with duckdb.connect() as reader:
        told = reader.execute(
            f"SELECT rule, count_if(verdict = 'pass'), count_if(verdict = 'fail'), count_if(verdict = 'unknown'),"
            f" count_if(verdict = 'not applicable') FROM read_parquet('{verdicts}') GROUP BY rule"
        ).fetchall()
    judged = {id_: counts for id_, counts in county.counts.items() if county.rules[id_].kind == "rule"}
    assert {rule: tuple(counts) for rule, *counts in told} == {
        id_: (counts.passed, counts.failed, counts.unknown, counts.not_applicable) for id_, counts in judged.items()
    }


def test_every_finding_stands_in_the_file_as_a_fail_on_its_own_row(county, verdicts):
    with duckdb.connect() as reader:
        failing = set(
            reader.execute(
                f"SELECT rule, severity, file, sheet, row, household, township, village FROM read_parquet('{verdicts}')"
                " WHERE verdict = 'fail'"
            ).fetchall()
        )
    told = {
        (
            each.rule,
            each.severity,
            str(each.places[0].file),
            each.places[0].sheet,
            each.places[0].row,
            each.household,
            each.township,
            each.village,
        )
        for each in county.findings
        if county.rules[each.rule].kind == "rule"
    }
    assert told - failing == set()


def test_nobody_is_named_in_the_file_and_no_certificate_stands_there(county, verdicts):
    secrets = {text for each in county.findings for text, kind in each.secrets.items() if kind in {"姓名", "证件"}}
    with duckdb.connect() as reader:
        columns = [name for name, *_ in reader.execute(f"DESCRIBE FROM read_parquet('{verdicts}')").fetchall()]
        texts = {
            text
            for name in columns
            for (text,) in reader.execute(
                f"SELECT DISTINCT \"{name}\"::VARCHAR FROM read_parquet('{verdicts}')"
            ).fetchall()
        }
    assert columns == [
        "file", "sheet", "row", "scope", "household", "person", "township", "village", "data_date", "rule", "list",
        "severity", "verdict",
    ]  # fmt: skip
    assert len(secrets) > 50
    assert texts & secrets == set()

"""docs/rules/coverage.csv: every published check and every row of the catalogue has its rule, and every rule has its row."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from fupin_cli.model.rulebook import RuleBook
from fupin_cli.rules import load_rulebook

TABLE = Path(__file__).parents[2] / "docs" / "rules" / "coverage.csv"
CHECKS = 275
CATALOGUE = {  # how many ids the catalogue has of each theme, numbered from 001
    "AID": 14, "COD": 2, "EDU": 14, "ENT": 24, "FMT": 13, "FOD": 3, "HSG": 13, "IDN": 24, "INC": 23, "LAB": 20,
    "MED": 18, "MON": 25, "REL": 13, "RND": 9, "STA": 28, "TRN": 5, "VIL": 12, "WAT": 10,
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rulebook()


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


def test_every_published_check_stands_there_once(rows):
    assert [row["number"] for row in rows if row["source"] == "check"] == [str(n + 1) for n in range(CHECKS)]


def test_every_id_of_the_catalogue_stands_there_once_with_its_own_rule(rows):
    ids = [row["number"] for row in rows if row["source"] == "catalogue"]
    assert sorted(ids) == sorted(f"{theme}{n + 1:03}" for theme, count in CATALOGUE.items() for n in range(count))
    assert [row["number"] for row in rows if row["source"] == "catalogue" and row["rule"] != row["number"]] == []


def test_every_row_says_how_its_rules_answer_it(rows):
    strange = [row["number"] for row in rows if row["how"] not in {"same", "part of", "reading", "not judged"}]
    silent = [
        row["number"]
        for row in rows
        if row["source"] == "check" and row["how"] in {"reading", "not judged"} and not row["note"]
    ]
    assert (strange, silent) == ([], [])


def test_a_check_without_a_rule_is_said_not_to_be_judged(rows):
    bare = [row["number"] for row in rows if bool(row["rule"]) is (row["how"] == "not judged")]
    assert bare == []


def test_every_rule_named_there_is_shipped(rows, book):
    named = {rule for row in rows for rule in row["rule"].split(";") if rule}
    assert sorted(named - set(book.rules)) == []


def test_every_shipped_rule_is_named_there(rows, book):
    named = {rule for row in rows for rule in row["rule"].split(";")}
    assert sorted(set(book.rules) - named) == []


def test_our_own_rules_answer_no_check_and_are_in_no_catalogue(rows):
    others = {rule for row in rows if row["source"] != "own" for rule in row["rule"].split(";")}
    own = [row["number"] for row in rows if row["source"] == "own"]
    assert [number for number in own if number in others] == []
    assert [number for number, count in Counter(own).items() if count > 1] == []

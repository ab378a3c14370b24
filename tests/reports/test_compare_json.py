"""The JSON of `fupin compare`: the contract scripts rely on."""

import json

import pytest

from fupin_cli.model.masking import OPEN
from fupin_cli.reports.compare import render
from fupin_cli.reports.compare_json import to_dict
from fupin_cli.reports.words import Look
from tests.reports.drawn_comparison import SECRETS, A, B, comparison


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_version_one_stands_as_the_contract_writes_it(snapshot, lang):
    assert render(comparison(), "json", Look(lang=lang)) == snapshot


def test_the_fields_of_the_contract_come_first_and_in_its_order():
    report = to_dict(comparison())
    assert list(report)[:10] == [
        "version", "tool", "left", "right", "table", "key", "counts", "only_left", "only_right", "changed",
    ]  # fmt: skip
    assert (report["version"], report["table"], report["key"]) == (1, "人", ["证件号码"])
    assert report["counts"] == {
        "same": 110, "changed": 3, "only_left": 2, "only_right": 1, "duplicate_left": 0, "duplicate_right": 1, "moved": 1,
        "split": 1, "merged": 1, "head_changed": 1, "suspected_same": 1, "changed_cells": 7,
    }  # fmt: skip
    assert list(report["only_left"][0])[:3] == ["key", "place", "values"]
    assert report["only_left"][0]["place"] == {"file": "石桥村2019.xlsx", "sheet": "花名册", "row": 5, "cells": []}
    assert list(report["changed"][0])[:6] == ["key", "column", "left", "right", "left_place", "right_place"]
    assert list(report["suspected_same"][0])[:4] == ["left", "right", "score", "evidence"]


def test_values_are_typed_and_texts_are_as_written():
    income, health, remark = to_dict(comparison())["changed"][:3]
    assert repr((income["left"], income["right"], income["left_text"], income["right_text"])) == (
        "(3200, 4100, '3200', '4,100')"
    )
    assert (health["left"], health["right"], health["right_text"]) == ("健康", "长期慢性病", "2")
    assert (remark["right"], remark["right_text"]) == (None, None)


def test_the_text_says_the_same_as_the_dicts():
    for made in (comparison(), comparison(tables=comparison().tables[:1], suspected=(), moved=())):
        assert json.loads(render(made, "json", Look())) == to_dict(made)


def test_other_tables_stand_under_also():
    (also,) = to_dict(comparison())["also"]
    assert (also["table"], also["key"], also["counts"]["changed"]) == ("户", ["户编号"], 1)
    assert also["changed"][0]["column"] == "住房面积"


def test_a_split_says_which_member_went_where():
    (split,) = to_dict(comparison())["split"]
    assert [home["household"] for home in split["right"]] == [A, B]
    assert split["members"] == [{"person": "张*三", "left": 0, "right": 0}, {"person": "张*娃", "left": 0, "right": 1}]


def test_nobody_is_named_unless_it_reveals():
    text = render(comparison(), "json", Look())
    assert [secret for secret in SECRETS if secret in text] == []
    assert [secret for secret in SECRETS if secret not in render(comparison(), "json", Look(masking=OPEN))] == []


def test_household_and_person_numbers_are_never_masked():
    move = next(change for change in to_dict(comparison())["changed"] if change["column"] == "户编号")
    assert (move["left"], move["right"]) == (A, B)


def test_files_say_which_side_they_are_on():
    files = to_dict(comparison())["files"]
    assert [(file["side"], file["path"], len(file["sheets"])) for file in files] == [
        ("left", "石桥村2019.xlsx", 2),
        ("right", "石桥村2020.xlsx", 2),
    ]

"""The sample workbooks: built twice they are equal, the committed ones are fresh, and every planted fault is there."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sample_data.build import HERE, build
from sample_data.county.identity import check_character
from sample_data.county.income import RANGE
from sample_data.county.population import build_county

BOOKS = ("county_clean.xlsx", "county_faulty.xlsx")
Cells = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    build(folder)
    return folder


def cells_of(path: Path) -> Cells:
    book = load_workbook(path, read_only=True)
    cells = {
        sheet.title: {
            f"{letter(column)}{row}": value
            for row, values in enumerate(sheet.iter_rows(values_only=True), 1)
            for column, value in enumerate(values)
            if value is not None
        }
        for sheet in book
    }
    book.close()
    return cells


def letter(column: int) -> str:
    first, second = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


@pytest.fixture(scope="module")
def clean(built: Path) -> Cells:
    return cells_of(built / "county_clean.xlsx")


@pytest.fixture(scope="module")
def faulty(built: Path) -> Cells:
    return cells_of(built / "county_faulty.xlsx")


@pytest.fixture(scope="module")
def planted(built: Path) -> list[dict[str, Any]]:
    return json.loads((built / "planted.json").read_text(encoding="utf-8"))


def files_below(folder: Path) -> list[str]:
    kinds = {".xlsx", ".xls", ".csv", ".json"}
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in kinds)


def test_building_twice_gives_the_same_bytes(built, tmp_path):
    build(tmp_path)
    assert files_below(tmp_path) == files_below(built)
    for name in files_below(built):
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), name


def test_the_committed_files_are_what_a_rebuild_writes(built):
    assert files_below(HERE) == files_below(built)
    for name in files_below(built):
        if name.endswith(".xlsx"):
            assert cells_of(HERE / name) == cells_of(built / name), name
        else:
            assert (HERE / name).read_bytes() == (built / name).read_bytes(), name


def test_the_samples_weigh_less_than_three_megabytes(built):
    assert sum((built / name).stat().st_size for name in files_below(built)) < 3_000_000


def test_every_planted_cell_differs_from_the_clean_edition(clean, faulty, planted):
    same = [
        one
        for one in planted
        if one["file"] == "county_faulty.xlsx"
        and one["column"]
        and clean[one["sheet"]].get(one["cell"]) == faulty[one["sheet"]].get(one["cell"])
    ]
    assert same == []


def test_a_planted_cell_stands_under_the_heading_it_names(faulty, planted):
    for one in planted:
        if one["file"] == "county_faulty.xlsx" and one["column"]:
            column = one["cell"].rstrip("0123456789")
            heading = faulty[one["sheet"]].get(f"{column}4") or faulty[one["sheet"]][f"{column}3"]
            assert heading == one["column"], one


def test_the_two_editions_differ_in_planted_cells_and_totals_only(clean, faulty, planted):
    planted_rows = {(one["sheet"], one["row"]) for one in planted if one["file"] == "county_faulty.xlsx"}
    homes = {one["household"] for one in planted}
    for sheet, cells in clean.items():
        numbers = {"户信息": "I", "家庭成员": "D"}[sheet]
        different = {key for key in cells.keys() | faulty[sheet].keys() if cells.get(key) != faulty[sheet].get(key)}
        for key in different:
            row = int(key.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            known = (sheet, row) in planted_rows or cells.get(f"{numbers}{row}") in homes
            assert known or cells.get(f"A{row}") == "合计", (sheet, key)


def test_faults_of_at_least_eighty_rules_are_planted(planted):
    rules = {one["rule"] for one in planted}
    assert len(rules) >= 80
    themes = {"FMT", "COD", "IDN", "REL", "FOD", "EDU", "MED", "HSG", "WAT", "INC", "LAB", "STA", "MON", "AID", "ENT"}
    assert {rule[:3] for rule in rules} == themes


def test_no_household_bears_two_planted_faults(planted):
    pairs = {("IDN013", "IDN014")}
    rules: dict[str, set[str]] = {}
    for one in planted:
        for number in (one["household"], *one.get("others", ())):
            rules.setdefault(number, set()).add(one["rule"])
    crowded = {number: kinds for number, kinds in rules.items() if number and len(kinds) > 1}
    assert {tuple(sorted(kinds)) for kinds in crowded.values()} <= pairs


def test_every_number_of_the_clean_edition_has_its_check_character(clean):
    column = next(key.rstrip("0123456789") for key, value in clean["家庭成员"].items() if value == "证件号码")
    numbers = [
        value for key, value in clean["家庭成员"].items() if key.rstrip("0123456789") == column and value != "证件号码"
    ]
    assert len(numbers) > 2500
    assert all(number[17] == check_character(number[:17]) for number in numbers)
    assert len({number[:18] for number in numbers}) == len(numbers)


def test_the_clean_county_adds_up():
    for home in build_county():
        cells = home.cells
        parts = [cells[name] for name in ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入")]
        assert sum(parts) == cells["年收入"]
        assert cells["年收入"] - cells["生产经营性支出"] == cells["纯收入"]
        assert round(cells["纯收入"] / len(home.members), 2) == cells["人均纯收入"]
        transfers = ("计划生育金", "低保金", "特困供养金", "养老保险金", "生态补偿金", "其他转移性收入")
        assert sum(cells[name] for name in transfers) == cells["转移性收入"]
        assert all(cells[name] >= 0 for name in (*transfers, "生产经营性支出", "财产性收入"))


def test_who_has_less_than_the_range_is_monitored_and_nobody_else():
    for home in build_county():
        assert (home.income < RANGE) == (home.monitored and not home.removed), home.cells["户编号"]


def test_no_helper_of_the_clean_county_has_more_than_five_households():
    loads: dict[object, int] = {}
    for home in build_county():
        loads[home.cells["帮扶责任人"]] = loads.get(home.cells["帮扶责任人"], 0) + 1
    assert max(loads.values()) <= 5


def test_the_hits_of_the_lists_are_people_of_the_county(planted):
    people = {member.cells["人编号"]: member for home in build_county() for member in home.members}
    hits = [one for one in planted if one["file"].startswith("lists/")]
    assert {one["rule"] for one in hits} == {"ENT001", "ENT004", "ENT006", "ENT007", "ENT017"}
    assert any(one["excused"] for one in hits)
    assert all(people[one["person"]].cells["姓名"] == one["name"] for one in hits)

"""The clean county in, the faulty one out: records, spoils of the sheet, and the list of what was planted."""

from typing import Any

from sample_data.county.books import FIRST_ROW, Spoils, member_rows
from sample_data.county.columns import HOUSEHOLDS, MEMBERS, headings
from sample_data.county.faults_homes import HOMES
from sample_data.county.faults_people import PEOPLE
from sample_data.county.faults_watched import WATCHED
from sample_data.county.faults_wide import plant_wide, same_number_twice, spoil_sheet
from sample_data.county.plot import Planted, Plot
from sample_data.county.records import Household

SEED = 20201231


def build_faulty(households: list[Household]) -> tuple[Spoils, list[dict[str, Any]]]:
    """Spoil the county in place; return the spoils of the sheet and the planted faults as JSON objects."""
    names = {id(member): str(member.cells["姓名"]) for home in households for member in home.members}
    plot = Plot(households, SEED)
    same_number_twice(plot, "MON017", 1)  # the scarce households first
    for fault in WATCHED:
        plot.plant(fault)
    plant_wide(plot)
    for fault in PEOPLE + HOMES:
        plot.plant(fault)
    spoils = spoil_sheet(plot)
    rows = {id(home): row for row, home in enumerate(households, FIRST_ROW)} | member_rows(households)
    told = [_told(planted, rows, names) for planted in plot.planted]
    return spoils, sorted(told, key=lambda one: (one["rule"], one["row"]))


def _told(planted: Planted, rows: dict[int, int], names: dict[int, str]) -> dict[str, Any]:
    record = planted.member if planted.sheet == "家庭成员" else planted.household
    columns = headings(HOUSEHOLDS if planted.sheet == "户信息" else MEMBERS)
    member = planted.member
    return {
        "rule": planted.rule,
        "household": planted.household.cells["户编号"] if planted.household else None,
        "person": member.cells["人编号"] if member else None,
        "name": names[id(member)] if member else None,
        "sheet": planted.sheet,
        "row": planted.row if record is None else rows[id(record)],
        "column": planted.column,
        "cell": f"{_letter(columns.index(planted.column))}" if planted.column else None,
        "also": list(planted.also),
        "others": [home.cells["户编号"] for home in planted.others],
        "changed": planted.cells,
    }


def _letter(column: int) -> str:
    first, second = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)

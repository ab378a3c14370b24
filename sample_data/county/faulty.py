"""The clean county in, the faulty one out: records, spoils of the sheet, and the list of what was planted."""

from typing import Any

from msgspec import Struct

from sample_data.county.books import FIRST_ROW, Spoils, member_rows
from sample_data.county.columns import HOUSEHOLDS, MEMBERS, headings
from sample_data.county.faults_homes import HOMES, plain
from sample_data.county.faults_people import PEOPLE
from sample_data.county.faults_watched import WATCHED
from sample_data.county.faults_wide import busy_helper, plant_wide, same_number_twice, spoil_sheet
from sample_data.county.plot import Planted, Plot
from sample_data.county.records import Household

SEED = 20201231
GATHERED = ("FMT006", "FMT007", "FMT013", "COD002")  # one finding a column and kind, at its first cell


class Spoilt(Struct, frozen=True):
    """What spoiling left: faults of the sheet, the planted faults as JSON objects, households without any."""

    spoils: Spoils
    planted: list[dict[str, Any]]
    sound: list[Household]


def build_faulty(households: list[Household]) -> Spoilt:
    """Spoil the county in place."""
    names = {id(member): str(member.cells["姓名"]) for home in households for member in home.rows}
    plot = Plot(households, SEED)
    busy_helper(plot)
    same_number_twice(plot, "MON017", 1)  # the scarce households first
    for fault in WATCHED:
        plot.plant(fault)
    plant_wide(plot)
    for fault in PEOPLE + HOMES:
        plot.plant(fault)
    spoils = spoil_sheet(plot)
    rows = {id(home): row for row, home in enumerate(households, FIRST_ROW)} | member_rows(households)
    told = [_told(planted, rows, names) for planted in plot.planted]
    return Spoilt(spoils, sorted(told, key=lambda one: (one["rule"], one["row"])), plot.free(plain))


def _told(planted: Planted, rows: dict[int, int], names: dict[int, str]) -> dict[str, Any]:
    record = planted.member if planted.sheet == "家庭成员" else planted.household
    columns = headings(HOUSEHOLDS if planted.sheet == "户信息" else MEMBERS)
    member = planted.member
    row = planted.row if record is None else rows[id(record)]
    return {
        "file": "county_faulty.xlsx",
        "rule": planted.rule,
        "household": planted.number or (planted.household.cells["户编号"] if planted.household else None),
        "person": member.cells["人编号"] if member else None,
        "name": names[id(member)] if member else None,
        "sheet": planted.sheet,
        "row": row,
        "cell": f"{_letter(columns.index(planted.column))}{row}" if planted.column else None,
        "column": planted.column,
        "gathered": planted.rule in GATHERED,
        "also": list(planted.also),
        "others": [home.cells["户编号"] for home in planted.others],
        "changed": planted.cells,
    }


def _letter(column: int) -> str:
    first, second = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)

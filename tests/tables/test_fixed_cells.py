"""Cells that hold for every row of a table, and tables whose rows are one household by where they stand."""

from pathlib import Path

from msgspec.structs import replace

from fupin_cli.engines import Engine, open_engine
from fupin_cli.model.sheet import Kind
from fupin_cli.model.table import Fixed, Layout, Mapped, Tie
from fupin_cli.sheets import read_sheets
from fupin_cli.tables import build_tables
from tests.sketch import write_sketch
from tests.tables.drawn import DICTIONARY, TODAY

CARD = """
| 户主姓名 | 示例甲 | 人均纯收入 | 约3000 |
| 姓名     | 与户主关系 | 补助 | |
| 示例甲   | 户主 | 100 | |
| 示例乙   | 配偶 | 200 | |
"""


def _card(folder: Path) -> tuple[Engine, list[Layout]]:
    engine = open_engine()
    (sheet,) = read_sheets(engine, write_sketch(folder / "卡.xlsx", CARD), 0)
    tie = Tie("sheet_0_0|1")
    own = (
        Mapped("户主姓名", 1, "B", "户主姓名", "exact", cell=Fixed(1, "示例甲", Kind.TEXT)),
        Mapped("人均纯收入", 3, "D", "人均纯收入", "exact", cell=Fixed(1, "约3000", Kind.TEXT)),
    )
    grid = tuple(Mapped(name, i, "ABC"[i], name, "exact") for i, name in enumerate(("姓名", "与户主关系", "补助")))
    form = Layout(0, sheet, "户", "", (), 1, 1, own, {}, (), tie=tie)
    return engine, [form, Layout(1, sheet, "人", "", (2,), 3, 4, grid, {}, (), tie=tie)]


def test_a_cell_of_a_form_holds_for_its_household_and_its_members_belong_to_it(tmp_path):
    engine, layouts = _card(tmp_path)
    build_tables(engine, layouts, DICTIONARY, TODAY)
    assert engine.rows('SELECT "户主姓名", "人均纯收入$", "_row", "_stated" FROM "户"') == [("示例甲", 2, 1, True)]
    assert engine.rows('SELECT "姓名", "补助", "_household" = (SELECT "_id" FROM "户") FROM "人" ORDER BY "_row"') == [
        ("示例甲", 100, True),
        ("示例乙", 200, True),
    ]


def test_an_unreadable_cell_of_a_form_is_told_once_where_it_stands(tmp_path):
    engine, layouts = _card(tmp_path)
    carried = replace(
        layouts[0], kind="人", columns=(*layouts[1].columns, layouts[0].columns[1]), first_row=3, last_row=4
    )
    build_tables(engine, [layouts[0]], DICTIONARY, TODAY)
    assert engine.rows('SELECT "rule", "row", "letter", "raw", "cells", "household" FROM "reading"') == [
        ("FMT001", 1, "D", "约3000", "D1", 1)
    ]
    build_tables(engine, [replace(carried, source=0)], DICTIONARY, TODAY)
    assert engine.rows('SELECT "row", "letter", "raw" FROM "reading"') == [(1, "D", "约3000")]


def test_members_spread_sideways_are_the_household_of_their_row_and_blank_slots_are_nobody(tmp_path):
    engine = open_engine()
    drawing = """
    | 户编号 | 户主姓名 | 成员1 | 关系1 | 成员2 | 关系2 |
    | '3712  | 示例甲   | 示例甲 | 户主 | 示例乙 | 配偶 |
    | '3713  | 示例丙   | 示例丙 | 户主 |        |      |
    """
    (sheet,) = read_sheets(engine, write_sketch(tmp_path / "横排.xlsx", drawing), 0)
    tie = Tie("sheet_0_0", by_row=True)
    household = tuple(Mapped(name, i, "AB"[i], name, "exact") for i, name in enumerate(("户编号", "户主姓名")))
    layouts = [Layout(0, sheet, "户", "", (1,), 2, 3, household, {}, (), tie=tie)]
    for source, first in ((1, 2), (2, 4)):
        columns = tuple(
            Mapped(name, first + i, "ABCDEF"[first + i], name, "exact") for i, name in enumerate(("姓名", "与户主关系"))
        )
        layouts.append(Layout(source, sheet, "人", "", (1,), 2, 3, columns, {}, (), slot=(first, first + 1), tie=tie))
    build_tables(engine, layouts, DICTIONARY, TODAY)
    assert engine.rows("""SELECT h."户编号", p."姓名", p."_row" FROM "人" AS p JOIN "户" AS h ON h."_id" = p."_household"
        ORDER BY p."_row", p."_source\"""") == [("3712", "示例甲", 2), ("3712", "示例乙", 2), ("3713", "示例丙", 3)]

"""Books that are no lists: a card a household, several on one sheet; a household a row, its members spread to the right."""

from pathlib import Path
from typing import TYPE_CHECKING

from sample_data.county.books import CREATED, new_page
from sample_data.county.records import Cell, Household

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

GRID = ("姓名", "与户主关系", "证件号码", "文化程度", "在校生状况", "健康状况", "劳动技能")
SLOT = ("姓名", "与户主关系", "证件号码", "健康状况")
SLOTS = 6


def cards(path: Path, homes: list[Household]) -> None:
    """Three household cards below each other: labels beside their values, a grid of members, a line for signatures."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        style = book.add_format({"border": 1, "align": "center", "text_wrap": True})
        sheet = book.add_worksheet("一户一卡")
        sheet.set_column(0, 6, 16)
        row = 0
        for home in _village(homes, "石桥村", 3):
            row = _card(sheet, style, row, home) + 2


def _card(sheet: "Worksheet", style: "Format", top: int, home: Household) -> int:
    cells = home.cells
    sheet.merge_range(top, 0, top, 6, "样例县建档立卡户基本情况卡（2020年12月31日）", style)
    sheet.write_string(top + 1, 0, "乡镇：青禾镇    行政村：石桥村")
    pairs: list[tuple[str, Cell]] = [
        ("户编号", cells["户编号"]), ("户主姓名", cells["户主姓名"]), ("家庭人口（人）", cells["人数"]),
        ("人均纯收入（元）", cells["人均纯收入"]), ("主要致贫原因", cells["主要致贫原因"]), ("是否危房户", cells["是否危房户"]),
    ]  # fmt: skip
    for place, (label, value) in enumerate(pairs):
        row, column = top + 2 + place // 3, place % 3 * 2
        sheet.write_string(row, column, label, style)
        sheet.write(row, column + 1, value, style)
    row = top + 4
    sheet.merge_range(row, 0, row, 6, "家庭成员", style)
    for column, name in enumerate(GRID):
        sheet.write_string(row + 1, column, name, style)
    row += 2
    for member in home.members:
        for column, name in enumerate(GRID):
            sheet.write(row, column, member.cells[name], style)
        row += 1
    sheet.write_string(row, 0, "户主签字：")
    sheet.write_string(row, 3, "填表人：")
    return row + 1


def members_sideways(path: Path, homes: list[Household]) -> None:
    """A household a row; each member has four columns under a band of his own."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        page = new_page(book, "成员横排")
        bands: list[Cell] = ["户编号", "户主姓名", "人均纯收入（元）"]
        for number in range(1, SLOTS + 1):
            bands += [f"成员{number}{name}" for name in SLOT]
        rows = [["样例县青禾镇新庄村建档立卡户及成员（2020年12月31日）"], bands]
        for home in _village(homes, "新庄村", 6):
            row: list[Cell] = [home.cells["户编号"], home.cells["户主姓名"], home.cells["人均纯收入"]]
            for member in home.members[:SLOTS]:
                row += [member.cells[name] for name in SLOT]
            rows.append(row)
        page.fill(rows)


def _village(homes: list[Household], name: str, count: int) -> list[Household]:
    return [home for home in homes if home.cells["行政村"] == name][:count]

"""Write the county as a workbook: 户信息 and 家庭成员 under a title, a unit line and a heading of two levels."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from sample_data.county.columns import HOUSEHOLDS, MEMBERS, TOTALLED, Columns, headings
from sample_data.county.records import Cell, ErrorCell, Household, Member

if TYPE_CHECKING:
    from xlsxwriter import Workbook

FIRST_ROW = 5  # Excel's number of the first row of both tables
CREATED = datetime(2021, 1, 4, 9, 0, 0)  # noqa: DTZ001 - what the workbook says of itself
_FOOTER = "填表人：样例县扶贫办信息员        审核人：                    填报日期：2020年12月31日"


class Spoils(Struct):
    """Faults of the sheet itself, which no record holds. Rows are Excel's."""

    merges: list[tuple[str, int, int]] = field(default_factory=list)  # heading of 家庭成员, first and last row
    hidden_rows: list[int] = field(default_factory=list)  # of 户信息
    totals: dict[str, float] = field(default_factory=dict)  # heading → what the 合计 row says instead


def write_county(path: Path, households: list[Household], spoils: Spoils) -> None:
    """Write both sheets; the same households give the same bytes."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "样例县建档立卡信息", "author": "样例县", "created": CREATED})
        formats = _formats(book)
        _write_households(Page(book.add_worksheet("户信息"), formats), households, spoils)
        _write_members(Page(book.add_worksheet("家庭成员"), formats), households, spoils)


def _formats(book: "Workbook") -> dict[str, Any]:
    edge = {"border": 1, "font_size": 10, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "line": book.add_format({"font_size": 10}),
        "heading": book.add_format(edge | {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#DDEBF7"}),
        "cell": book.add_format(edge),
        "text": book.add_format(edge | {"num_format": "@"}),
        "date": book.add_format(edge | {"num_format": "yyyy-mm-dd"}),
    }


class Page(Struct):
    sheet: Any
    formats: dict[str, Any]

    def head(self, title: str, line: str, columns: Columns) -> None:
        """Write rows 1 to 4: title, unit line, bands, headings."""
        last = len(headings(columns)) - 1
        self.sheet.merge_range(0, 0, 0, last, title, self.formats["title"])
        self.sheet.write_string(1, 0, line, self.formats["line"])
        column = 0
        for band, names in columns:
            for offset, name in enumerate(names):
                if band:
                    self.sheet.write_string(3, column + offset, name, self.formats["heading"])
                else:
                    self.sheet.merge_range(2, column + offset, 3, column + offset, name, self.formats["heading"])
            if band:
                self.sheet.merge_range(2, column, 2, column + len(names) - 1, band, self.formats["heading"])
            column += len(names)
        self.sheet.freeze_panes(4, 0)

    def fill(self, rows: Sequence[Sequence[Cell]], first: int = 1) -> None:
        """Write rows of cells from column A on; None leaves a cell empty."""
        for row, cells in enumerate(rows, first):
            for column, cell in enumerate(cells):
                if cell is not None:
                    self.write(row, column, cell)

    def write(self, row: int, column: int, cell: Cell) -> None:
        """Write one cell; the row is Excel's, the column counts from 0."""
        if cell is None:
            self.sheet.write_blank(row - 1, column, None, self.formats["cell"])
        elif isinstance(cell, ErrorCell):
            self.sheet.write_formula(row - 1, column, "=NA()", self.formats["cell"], cell.text)
        elif isinstance(cell, date):
            moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a day without a time
            self.sheet.write_datetime(row - 1, column, moment, self.formats["date"])
        elif isinstance(cell, int | float):
            self.sheet.write_number(row - 1, column, cell, self.formats["cell"])
        else:
            self.sheet.write_string(row - 1, column, cell, self.formats["text"])


def _write_households(page: Page, households: list[Household], spoils: Spoils) -> None:
    names = headings(HOUSEHOLDS)
    page.head("样例县建档立卡户信息采集表", "单位：元、平方米、亩、公里          数据日期：2020年12月31日", HOUSEHOLDS)
    for row, household in enumerate(households, FIRST_ROW):
        for column, name in enumerate(names):
            page.write(row, column, household.cells[name])
    last = FIRST_ROW + len(households) - 1
    for row in spoils.hidden_rows:
        page.sheet.set_row(row - 1, None, None, {"hidden": True})
    page.write(last + 1, 0, "合计")
    for name in TOTALLED:
        page.write(last + 1, names.index(name), spoils.totals.get(name, total(households, name)))
    page.sheet.write_string(last + 1, 0, _FOOTER, page.formats["line"])
    page.sheet.autofilter(3, 0, last - 1, len(names) - 1)


def total(households: list[Household], heading: str) -> float:
    """Return the sum of a column's numbers, to the cent."""
    return round(sum(_amount(household.cells[heading]) for household in households), 2)


def _amount(cell: Cell) -> float:
    """Return the number of a cell, also of one written with commas; 0 for what is none."""
    if isinstance(cell, int | float):
        return cell
    digits = cell.replace(",", "") if isinstance(cell, str) else ""
    return float(digits) if digits.isdigit() else 0


def _write_members(page: Page, households: list[Household], spoils: Spoils) -> None:
    names = headings(MEMBERS)
    page.head("样例县建档立卡户家庭成员信息表", "数据日期：2020年12月31日", MEMBERS)
    row = FIRST_ROW
    for household in households:
        for member in household.rows:
            for column, name in enumerate(names):
                page.write(row, column, member.cells[name])
            row += 1
    members = [member for household in households for member in household.rows]
    for heading, first, last in spoils.merges:
        column, name = names.index(heading), members[first - FIRST_ROW].cells[heading]
        page.sheet.merge_range(first - 1, column, last - 1, column, name, page.formats["text"])
    page.write(row, 0, f"合计：{row - FIRST_ROW}人")
    page.sheet.write_string(row, 0, _FOOTER, page.formats["line"])


def member_rows(households: list[Household]) -> dict[int, int]:
    """Return the Excel row of each member on 家庭成员, by the member's object identity."""
    members: list[Member] = [member for household in households for member in household.rows]
    return {id(member): row for row, member in enumerate(members, FIRST_ROW)}


def write_table(path: Path, title: str, names: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> None:
    """Write a plain workbook: title in row 1, headings in row 2, data from row 3."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        page = new_page(book, "Sheet1")
        page.sheet.merge_range(0, 0, 0, len(names) - 1, title, page.formats["title"])
        page.fill([names, *rows], 2)


def new_page(book: "Workbook", name: str) -> Page:
    """Add a sheet."""
    return Page(book.add_worksheet(name), _formats(book))

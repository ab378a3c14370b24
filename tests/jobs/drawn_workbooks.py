"""Twenty small registries, no two made alike, each with planted faults: what an annotated copy must leave as it was.

`draw_all(folder)` writes them; every household has a number with a wrong check character (IDN002, an error) and an income nobody can read
(FMT001). All people are invented; households of different workbooks have different numbers.
"""

import base64
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

from fupin_cli.values.id_number import check_character
from tests.sketch import write_sketch

HEADINGS = ("户编号", "姓名", "证件号码", "与户主关系", "出生日期", "健康状况", "人均纯收入")
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DRAWN: dict[str, Callable[[Path, int], None]] = {}
Row = tuple[Any, ...]


def drawn(name: str) -> Callable[[Callable[[Path, int], None]], Callable[[Path, int], None]]:
    """Enter a workbook under its file name."""

    def enter(draw: Callable[[Path, int], None]) -> Callable[[Path, int], None]:
        DRAWN[name] = draw
        return draw

    return enter


def draw_all(folder: Path) -> None:
    """Draw every workbook."""
    for number, (name, draw) in enumerate(DRAWN.items(), 1):
        draw(folder / name, number)


def certificate(book: int, person: int, *, wrong: bool = False) -> str:
    """Return an identity number of the invented county, or one whose last character does not go with the others."""
    body = f"990101{1950 + person % 40}0101{book:02}{person % 10}"
    right = check_character(body) or ""
    return body + (("1" if right != "1" else "2") if wrong else right)


def rows(book: int) -> list[Row]:
    """Return two households of three: the second member's number is wrong, the head's income is no number."""
    found: list[Row] = []
    for household in (1, 2):
        for member, relation in enumerate(("户主", "配偶", "之子")):
            person = household * 3 + member
            born = date(1950 + person % 40, 1, 1)
            name = "甲乙丙丁戊己庚辛壬癸"[book % 10] + "田米石禾山川"[person % 6] + "一二三"[member]
            income = "约3000" if member == 0 else 3000
            found.append((f"99010100{book:02}{household:02}", name, certificate(book, person, wrong=member == 1), relation, born, "健康", income))  # fmt: skip
    return found


def sheet_of(book: int, top: int = 1) -> tuple[Any, Any]:
    """Return a workbook of openpyxl with the roster on its sheet, the headings in row `top`."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "花名册"
    for column, heading in enumerate(HEADINGS, 1):
        sheet.cell(top, column, heading)
    for row, values in enumerate(rows(book), top + 1):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)
    return made, sheet


def written_by_excel(path: Path, book: int, **options: Any) -> tuple[Any, Any]:
    """Return a workbook of XlsxWriter with the roster on its sheet, headings in row 1; the caller closes it."""
    made = xlsxwriter.Workbook(str(path), options)
    sheet = made.add_worksheet("花名册")
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADINGS)
    for row, values in enumerate(rows(book), 1):
        for column, value in enumerate(values):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            else:
                sheet.write(row, column, value)
    return made, sheet


@drawn("01 styles.xlsx")
def styles(path: Path, book: int) -> None:
    """Fonts, borders, fills, alignment, number formats, heights, widths."""
    made, sheet = sheet_of(book, 2)
    sheet.merge_cells("A1:G1")
    sheet["A1"] = "示例村建档立卡户花名册"
    sheet["A1"].font = Font("黑体", 18, bold=True, color="FF7A1F1F")
    thin, thick = Side("thin", "FF999999"), Side("thick")
    for row in sheet["A2:G8"]:
        for cell in row:
            cell.border = Border(thin, thin, thick if cell.row == 2 else thin, thin)
            cell.font = Font("仿宋", 11, italic=cell.column == 2, underline="single" if cell.column == 3 else None)
            cell.fill = PatternFill("lightUp" if cell.row % 2 else "solid", fgColor="FFE2EFDA")
            cell.alignment = Alignment(
                "center", "center", wrap_text=True, indent=1, text_rotation=45 if cell.row == 2 else 0
            )
    for row in range(3, 9):
        sheet.cell(row, 5).number_format = 'yyyy"年"m"月"d"日"'
        sheet.cell(row, 7).number_format = '#,##0.00"元"'
        sheet.row_dimensions[row].height = 21.75
    sheet.column_dimensions["C"].width = 24.5
    made.save(path)


@drawn("02 merged households.xlsx")
def merged(path: Path, book: int) -> None:
    """A household's cells merged over its members."""
    made, sheet = sheet_of(book)
    for first in (2, 5):
        for column in "AG":
            sheet.merge_cells(f"{column}{first}:{column}{first + 2}")
    made.save(path)


@drawn("03 four levels.xlsx")
def levels(path: Path, book: int) -> None:
    """Headings of four levels."""
    made, sheet = sheet_of(book, 5)
    sheet["A1"] = "花名册"
    sheet.merge_cells("A1:G1")
    sheet["A2"], sheet["G2"] = "基本情况", "收入"
    sheet.merge_cells("A2:F2")
    sheet["A3"], sheet["B3"], sheet["G3"] = "户", "人", "上年"
    sheet.merge_cells("B3:F3")
    for column, heading in enumerate(HEADINGS, 1):
        sheet.cell(4, column, heading)
        sheet.cell(5, column, None)
        sheet.merge_cells(None, 4, column, 5, column)
    made.save(path)


@drawn("04 formulas.xlsx")
def formulas(path: Path, book: int) -> None:
    """Formulas with values, over the table and on another sheet, arrays too."""
    made, sheet = written_by_excel(path, book)
    sheet.write(0, 7, "家庭人口")
    for row in range(1, 7):
        sheet.write_formula(row, 7, f"=COUNTIF($A$2:$A$7,A{row + 1})", None, 3)
    other = made.add_worksheet("汇总")
    other.write_formula("A1", "=SUM(花名册!H2:H7)", None, 18)
    other.write_array_formula("B1:B2", "{=TRANSPOSE(花名册!H2:I2)}", None, 3)
    made.close()


@drawn("05 validation.xlsx")
def validation(path: Path, book: int) -> None:
    """Drop-down lists and limits."""
    made, sheet = sheet_of(book)
    choice = DataValidation(
        "list", formula1='"健康,残疾,患有大病"', allow_blank=True, promptTitle="健康", prompt="请选择"
    )
    limit = DataValidation(
        "decimal", operator="between", formula1="0", formula2="100000", errorTitle="超出", error="0 到 100000"
    )
    for check, where in ((choice, "F2:F500"), (limit, "G2:G500")):
        sheet.add_data_validation(check)
        check.add(where)
    made.save(path)


@drawn("06 conditional.xlsx")
def conditional(path: Path, book: int) -> None:
    """Conditional formats of both ages."""
    made, sheet = written_by_excel(path, book)
    red = made.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    sheet.conditional_format("G2:G7", {"type": "cell", "criteria": "<", "value": 4000, "format": red})
    sheet.conditional_format("G2:G7", {"type": "data_bar", "data_bar_2010": True, "bar_color": "#63C384"})
    sheet.conditional_format("E2:E7", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    made.close()


@drawn("07 charts.xlsx")
def charts(path: Path, book: int) -> None:
    """A diagram beside the table, and one on a sheet of its own."""
    made, sheet = written_by_excel(path, book)
    chart = made.add_chart({"type": "column"})
    chart.add_series({"categories": "=花名册!$B$2:$B$7", "values": "=花名册!$G$2:$G$7", "name": "收入"})
    sheet.insert_chart("J2", chart)
    page = made.add_chartsheet("图")
    pie = made.add_chart({"type": "pie"})
    pie.add_series({"values": "=花名册!$G$2:$G$7"})
    page.set_chart(pie)
    made.close()


@drawn("08 pictures.xlsx")
def pictures(path: Path, book: int) -> None:
    """A picture, a text box, a header with a picture's place."""
    image = path.with_suffix(".png")
    image.write_bytes(PIXEL)
    made, sheet = written_by_excel(path, book)
    sheet.insert_image("I2", str(image), {"x_scale": 20, "y_scale": 20})
    sheet.insert_textbox("I8", "填表说明：如实填写")
    made.close()
    image.unlink()


@drawn("09 hidden.xlsx")
def hidden(path: Path, book: int) -> None:
    """Hidden rows, columns and sheets; the columns right of the table are hidden to the end."""
    made, sheet = sheet_of(book)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions.group("H", "XFD", hidden=True)
    made.create_sheet("码表").sheet_state = "veryHidden"
    made["码表"]["A1"] = "健康"
    made.create_sheet("备查").sheet_state = "hidden"
    made.save(path)


@drawn("10 frozen.xlsx")
def frozen(path: Path, book: int) -> None:
    """Frozen panes, a filter, groups, zoom."""
    made, sheet = sheet_of(book)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = "A1:G7"
    sheet.auto_filter.add_filter_column(3, ["户主", "配偶"])
    sheet.column_dimensions.group("E", "F", outline_level=1)
    sheet.row_dimensions.group(3, 4, outline_level=1)
    sheet.sheet_view.zoomScale = 85
    sheet.sheet_properties.tabColor = "FF00B050"
    made.save(path)


@drawn("11 printing.xlsx")
def printing(path: Path, book: int) -> None:
    """Titles, areas, breaks, headers and footers of the paper."""
    made, sheet = sheet_of(book)
    sheet.print_title_rows, sheet.print_area = "1:1", "A1:G7"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_margins.left = 0.3
    sheet.oddHeader.center.text, sheet.oddFooter.right.text = "花名册", "第 &P 页"
    sheet.row_breaks.append(Break(4))
    sheet.print_options.horizontalCentered = True
    made.save(path)


@drawn("12 protected.xlsx")
def protected(path: Path, book: int) -> None:
    """A protected sheet in a protected workbook; some cells are open."""
    made, sheet = sheet_of(book)
    for row in range(2, 8):
        sheet.cell(row, 7).protection = Protection(locked=False)
    sheet.protection.set_password("1234")
    sheet.protection.enable()
    made.security = openpyxl.workbook.protection.WorkbookProtection(lockStructure=True)
    made.save(path)


@drawn("13 rich text.xlsx")
def rich_text(path: Path, book: int) -> None:
    """Texts of two looks in one cell, one of them faulty."""
    made, sheet = written_by_excel(path, book)
    red, plain = made.add_format({"font_color": "red", "bold": True}), made.add_format({"font_name": "仿宋"})
    sheet.write_rich_string("G2", red, "约", plain, "3000")
    sheet.write_rich_string("H1", red, "备", plain, "注")
    sheet.write_rich_string("H2", red, "核实", plain, "中")
    made.close()


@drawn("14 counted from 1904.xlsx")
def from_1904(path: Path, book: int) -> None:
    """Days counted from 1904."""
    made, _ = written_by_excel(path, book, date_1904=True)
    made.close()


@drawn("15 comments.xlsx")
def comments(path: Path, book: int) -> None:
    """Comments that are there already, on a faulty cell and on others, on two sheets."""
    made, sheet = sheet_of(book)
    sheet["C3"].comment = Comment("户口簿已复印", "村会计", width=300, height=120)
    sheet["A1"].comment = Comment("由乡镇统一编号", "乡镇")
    other = made.create_sheet("说明")
    other["A1"] = "说明"
    other["A1"].comment = Comment("先看这里", "乡镇")
    made.save(path)


@drawn("16 table.xlsx")
def table(path: Path, book: int) -> None:
    """A table as Excel calls it, with a total row of its own look."""
    made, sheet = written_by_excel(path, book)
    sheet.add_table("A1:G7", {"name": "成员", "columns": [{"header": name} for name in HEADINGS], "style": "Table Style Medium 9"})  # fmt: skip
    made.close()


@drawn("17 macros.xlsm")
def macros(path: Path, book: int) -> None:
    """A workbook with macros."""
    macro = path.with_suffix(".bin")
    macro.write_bytes(b"no macros, only their place" * 40)
    made, _ = written_by_excel(path, book)
    made.add_vba_project(str(macro))
    made.close()
    macro.unlink()


@drawn("18 names and links.xlsx")
def names_and_links(path: Path, book: int) -> None:
    """Defined names, a link to another workbook, links to the web and to a cell."""
    made, sheet = sheet_of(book)
    made.defined_names["收入"] = DefinedName("收入", attr_text="花名册!$G$2:$G$7")
    sheet.defined_names["本页"] = DefinedName("本页", attr_text="花名册!$A$1")
    link = ExternalLink(ExternalBook())
    link.file_link = openpyxl.packaging.relationship.Relationship(
        type="externalLinkPath", Target="往年.xlsx", TargetMode="External"
    )
    made._external_links.append(link)  # noqa: SLF001 - there is no other way to make one
    sheet["B2"].hyperlink = "https://example.org/"
    sheet["B3"].hyperlink = "#花名册!A1"
    made.save(path)


@drawn("19 several tables.xlsx")
def several_tables(path: Path, book: int) -> None:
    """One table below another, and on the next sheet one beside another; a note stands far to the right."""
    made, sheet = sheet_of(book)
    for row, values in enumerate((("示例二村",), HEADINGS, *rows(book + 40)), 10):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)
    beside = made.create_sheet("并排")
    for offset, number in ((1, book + 50), (10, book + 60)):
        for row, values in enumerate((HEADINGS, *rows(number)), 1):
            for column, value in enumerate(values, offset):
                beside.cell(row, column, value)
    beside["T4"] = "备查"
    sheet.conditional_formatting.add("G2:G7", CellIsRule("lessThan", ["4000"], fill=PatternFill(bgColor="FFFFC7CE")))
    beside.conditional_formatting.add("G2:G7", ColorScaleRule("min", None, "FFF8696B", "max", None, "FF63BE7B"))
    made.save(path)


@drawn("20 cards.xlsx")
def cards(path: Path, book: int) -> None:
    """A household card with its members inside, and a table whose members stand sideways."""
    one, two = certificate(book, 1), certificate(book, 2, wrong=True)
    write_sketch(
        path,
        f"""
        # 明白卡
        | 贫困户信息采集表 | < | < | < | < | < |
        | 户主姓名 | 田丰收 | 联系电话 | '13900000000 | 户编号 | '9901019901 |
        | 识别标准 | 国家标准 | 贫困户属性 | 一般贫困户 | 人均纯收入 | 约3000 |
        | 家庭成员情况 | < | < | < | < | < |
        | 姓名 | 性别 | 证件号码 | 与户主关系 | 民族 | 文化程度 |
        | 田丰收 | 男 | '{one} | 户主 | 汉族 | 小学 |
        | 米小兰 | 女 | '{two} | 配偶 | 汉族 | 小学 |
        # 横排
        | 户编号 | 户主姓名 | 人均纯收入 | 成员1姓名 | 成员1证件号码 | 成员1与户主关系 | 成员2姓名 | 成员2证件号码 | 成员2与户主关系 |
        | '9901019902 | 石川 | 约3000 | 石川 | '{certificate(book, 3)} | 户主 | 禾山 | '{certificate(book, 4, wrong=True)} | 配偶 |
        | '9901019903 | 米田 | 3000 | 米田 | '{certificate(book, 5)} | 户主 | 川山 | '{certificate(book, 6)} | 配偶 |
        """,
    )

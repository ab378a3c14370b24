"""Small books with one trouble each: a few households of the clean county in, twelve files out."""

import csv
from collections.abc import Callable
from pathlib import Path

from sample_data.county.books import CREATED, new_page
from sample_data.county.forms import cards, members_sideways
from sample_data.county.records import Cell, Household, Member

Row = list[Cell]


def write_small(folder: Path, county: list[Household]) -> None:
    """Write every small book below `folder`, from the first villages of the county."""
    folder.mkdir(parents=True, exist_ok=True)
    homes = [home for home in county if len(home.members) > 1 and not home.monitored]
    for name, write in BOOKS.items():
        write(folder / name, homes)


def _village(homes: list[Household], name: str, count: int) -> list[Household]:
    return [home for home in homes if home.cells["行政村"] == name][:count]


def _book(path: Path, sheets: dict[str, list[Row]]) -> None:
    """Write sheets of plain rows; None leaves a cell empty."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        for name, rows in sheets.items():
            new_page(book, name).fill(rows)


PERSON = ("姓名", "证件号码", "与户主关系", "民族", "文化程度", "在校生状况", "健康状况", "劳动技能")


def _person(member: Member, *names: str) -> Row:
    return [member.cells[name] for name in names or PERSON]


def merged_households(path: Path, homes: list[Household]) -> None:
    """Member rows; the household's cells are merged down over them; a heading of two levels."""
    import xlsxwriter

    chosen = _village(homes, "石桥村", 5)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        centre = book.add_format({"align": "center", "valign": "vcenter", "border": 1})
        sheet = book.add_worksheet("石桥村")
        sheet.merge_range(0, 0, 0, 10, "青禾镇石桥村建档立卡户花名册（2020年12月31日）", centre)
        for column, name in ((0, "户编号"), (1, "人数"), (10, "人均纯收入（元）")):
            sheet.merge_range(1, column, 2, column, name, centre)
        sheet.merge_range(1, 2, 1, 5, "户籍基础信息", centre)
        sheet.merge_range(1, 6, 1, 9, "教育、健康和劳动力", centre)
        for column, name in enumerate(PERSON, 2):
            sheet.write_string(2, column, name, centre)
        row = 3
        for home in chosen:
            last = row + len(home.members) - 1
            for column, name in ((0, "户编号"), (1, "人数"), (10, "人均纯收入")):
                sheet.merge_range(row, column, last, column, home.cells[name], centre)
            for member in home.members:
                for column, cell in enumerate(_person(member), 2):
                    sheet.write(row, column, cell, centre)
                row += 1


def villages_by_sheet(path: Path, homes: list[Household]) -> None:
    """One sheet a village, each with its own order of columns, its own headings and its own first row."""
    orders = {
        "石桥村": (1, {"户编号": "户编号", "姓名": "姓名", "证件号码": "证件号码", "与户主关系": "与户主关系", "健康状况": "健康状况"}),
        "柳树湾村": (3, {"姓名": "家庭成员姓名", "与户主关系": "与户主的关系", "证件号码": "身份证号", "健康状况": "身体状况", "户编号": "户号"}),
        "新庄村": (2, {"户编号": "户编码", "与户主关系": "关系", "姓名": "成员\n姓名", "健康状况": "健康情况", "证件号码": "公民身份号码"}),
    }  # fmt: skip
    sheets: dict[str, list[Row]] = {}
    for village, (first, names) in orders.items():
        above: list[Row] = [[], ["样例县青禾镇建档立卡人口名单"], [f"村名：{village}    数据日期：2020年12月31日"]]
        members = [member for home in _village(homes, village, 4) for member in home.members]
        rows = [_person(member, *names) for member in members]
        sheets[village] = [*above[3 - first + 1 :], list(names.values()), *rows]
    _book(path, sheets)


def messy_values(path: Path, homes: list[Household]) -> None:
    """Numbers as text, full-width digits, units, thousands separators, and dates in every dress."""
    incomes: tuple[Callable[[float], Cell], ...] = (
        lambda value: f"{value:,.2f}", lambda value: f"{value:.0f}元", lambda value: _wide(f"{value:.0f}"), lambda value: value,
        lambda value: f" {value:.2f} ", lambda value: f"约{value:.0f}", lambda value: f"￥{value:.2f}", lambda value: f"{value / 10_000:.4f}万元",
    )  # fmt: skip
    dates = ("20160501", "2016.5.1", "2016年5月1日", "2016/5/1", "二〇一六年五月", "2016-05", 42491, "2016年五月份左右")
    rows: list[Row] = [["年度", "户编号", "户主姓名", "人数", "人均纯收入", "住房面积（平方米）", "首次识别时间"]]
    for n, home in enumerate(_village(homes, "石桥村", 8)):
        area = home.cells["住房面积（平方米）"]
        cells = home.cells
        rows.append([
            2020, cells["户编号"], cells["户主姓名"], f"{cells['人数']}人" if n % 3 == 0 else cells["人数"], incomes[n](home.income),
            f"{area}㎡" if n % 2 else area, dates[n],
        ])  # fmt: skip
    _book(path, {"户信息": rows})


def _wide(text: str) -> str:
    return text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789."})


def identity_as_numbers(path: Path, homes: list[Household]) -> None:
    """Identity numbers typed as numbers: Excel kept 15 digits; those that end in X stayed text."""
    rows: list[Row] = [["年度", "户编号", "姓名", "身份证号码", "与户主关系", "健康状况"]]
    for home in _village(homes, "石桥村", 5):
        for member in home.members:
            number = str(member.cells["证件号码"])
            typed = float(number[:15] + "0" * (len(number) - 15)) if number.isdigit() else number
            rows.append(
                [2020, home.cells["户编号"], member.cells["姓名"], typed, *_person(member, "与户主关系", "健康状况")]
            )
    _book(path, {"成员": rows})


def people_gb18030(path: Path, homes: list[Household]) -> None:
    """A CSV as Excel saves it on a Chinese Windows."""
    _csv(path, "gb18030", _village(homes, "云溪村", 5))


def people_bom(path: Path, homes: list[Household]) -> None:
    """A CSV with a byte-order mark, every cell written as a formula that keeps it text."""
    _csv(path, "utf-8-sig", _village(homes, "竹园村", 5), '="{}"')


def _csv(path: Path, encoding: str, homes: list[Household], dress: str = "{}") -> None:
    names = ("年度", "户编号", "人编号", *PERSON)
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        for home in homes:
            for member in home.members:
                writer.writerow([dress.format(cell) if (cell := member.cells[name]) else "" for name in names])


def totals_and_headings(path: Path, homes: list[Household]) -> None:
    """Village after village pasted under one another: headings repeated, 小计 below each, 合计 and notes last."""
    names = ["序号", "行政村", "户编号", "户主姓名", "人数", "年收入", "人均纯收入"]
    rows: list[Row] = [["2020年度建档立卡户收入情况表"], ["单位：元"], names]
    people = income = 0
    for village in ("石桥村", "柳树湾村", "新庄村"):
        chosen = _village(homes, village, 4)
        if village != "石桥村":
            rows.append(names)
        rows += [[n, *(home.cells[name] for name in names[1:])] for n, home in enumerate(chosen, 1)]
        sums = [sum(int(home.cells[name]) for home in chosen) for name in ("人数", "年收入")]
        rows.append(["小计", village, f"{len(chosen)}户", None, *sums])
        people, income = people + sums[0], income + sums[1]
    rows += [["合计", None, "12户", None, people, income + 500], []]
    rows += [["注：人均纯收入＝（年收入－生产经营性支出）÷人数"], ["填表人：", None, None, "审核人："]]
    _book(path, {"Sheet1": rows})


def two_tables(path: Path, homes: list[Household]) -> None:
    """Households and, below them on the same sheet, their members."""
    chosen = _village(homes, "下河村", 4)
    above = ["户编号", "户主姓名", "人数", "是否危房户", "是否解决安全饮用水", "人均纯收入"]
    below = ["户编号", "姓名", "性别", "证件号码", "与户主关系", "健康状况"]
    rows: list[Row] = [
        ["一、户信息（2020年12月31日）"],
        above,
        *([home.cells[name] for name in above] for home in chosen),
    ]
    rows += [
        [],
        [],
        ["二、家庭成员（2020年12月31日）"],
        below,
        *(_person(member, *below) for home in chosen for member in home.members),
    ]
    _book(path, {"云溪镇下河村": rows})


def hidden_parts(path: Path, homes: list[Household]) -> None:
    """A hidden sheet of options comes first; another hidden sheet holds households; a row and a column are hidden."""
    import xlsxwriter

    names = ["年度", "户编号", "户主姓名", "户主证件号码", "人数", "是否危房户", "是否解决安全饮用水", "人均纯收入"]
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        new_page(book, "字典").fill([["是否"], ["1-是"], ["0-否"], ["健康状况"], ["1-健康"], ["2-长期慢性病"]])
        for sheet, village in (("在册", "竹园村"), ("暂存", "枫树坪村")):
            new_page(book, sheet).fill(
                [names, *([home.cells[name] for name in names] for home in _village(homes, village, 5))]
            )
        options, shown, kept = book.worksheets()
        shown.set_row(3, None, None, {"hidden": True})
        shown.set_column(3, 3, 20, None, {"hidden": True})
        shown.activate()
        shown.set_first_sheet()
        options.hide()
        kept.hide()


def old_format(path: Path, homes: list[Household]) -> None:
    """The flat person list of 2017, as a workbook of Excel 97."""
    import xlwt

    names = (
        "县",
        "乡镇",
        "行政村",
        "户编号",
        "人编号",
        *PERSON[:2],
        "人数",
        *PERSON[2:],
        "脱贫属性",
        "脱贫年度",
        "是否危房户",
        "人均纯收入",
    )
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("贫困人口")
    sheet.write_merge(0, 0, 0, len(names) - 1, "样例县2020年度建档立卡人口信息")
    for column, name in enumerate(names):
        sheet.write(1, column, name)
    row = 2
    for home in _village(homes, "沙洲村", 6):
        for member in home.members:
            for column, name in enumerate(names):
                sheet.write(row, column, member.cells[name] if name in member.cells else home.cells[name])
            row += 1
    book.save(str(path))


BOOKS: dict[str, Callable[[Path, list[Household]], None]] = {
    "合并单元格.xlsx": merged_households,
    "一村一表_20201231.xlsx": villages_by_sheet,
    "数字和日期.xlsx": messy_values,
    "证件号成数字.xlsx": identity_as_numbers,
    "成员_GB18030.csv": people_gb18030,
    "成员_UTF8.csv": people_bom,
    "小计和重复表头.xlsx": totals_and_headings,
    "一页两表.xlsx": two_tables,
    "隐藏的表.xlsx": hidden_parts,
    "旧格式.xls": old_format,
    "一户一卡.xlsx": cards,
    "成员横排.xlsx": members_sideways,
}

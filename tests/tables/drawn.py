"""A small dictionary, and tables built from a drawn sheet whose first row names the columns."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fupin_cli.engines import Engine, open_engine
from fupin_cli.model.dictionary import CodeList, Column, Dictionary, ListKind
from fupin_cli.model.place import letter
from fupin_cli.model.settings import Settings
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout, LeftOut, Mapped, Tables
from fupin_cli.sheets import read_sheets
from fupin_cli.tables import build_tables

TODAY = Settings(today=date(2020, 12, 31))
CODES = (
    CodeList("是否", "是否", True, ("是", "否"), {"1": "是", "0": "否"}),
    CodeList(
        "关系", "与户主关系", False, ("户主", "配偶", "之子", "之女"), {"01": "户主", "02": "配偶"}, {"本人": "户主"}
    ),
    CodeList("民族", "民族", True, ("汉族", "蒙古族", "回族"), {"01": "汉族", "02": "蒙古族"}, {"汉": "汉族"}),
    CodeList("健康", "健康状况", True, ("健康", "长期慢性病", "患有大病", "残疾"), {"01": "健康", "04": "残疾"}),
    CodeList("脱贫", "脱贫状态", True, ("未脱贫", "已脱贫（享受政策）"), {"0": "未脱贫", "1": "已脱贫（享受政策）"}),
    CodeList("属性", "户属性", True, ("一般户", "特困户"), {}, {"五保户": "特困户", "一般農戶": "一般户"}, ("五保户",)),
)
COLUMNS = (
    Column("户编号", "户", "编号"), Column("户主姓名", "户", "姓名"), Column("户主证件号码", "户", "证件"),
    Column("家庭人口", "户", "整数", "人"), Column("人均纯收入", "户", "数字", "元"), Column("年收入", "户", "数字", "元"),
    Column("危房户", "户", "代码", codes="是否"), Column("住房面积", "户", "数字", "平方米"),
    Column("监测", "户", "代码", codes="是否", blank="否"), Column("银行卡号", "户", "账号"),
    Column("户联系电话", "户", "电话"), Column("脱贫年度", "户", "年份"), Column("备注", "户", "文本"),
    Column("帮扶责任人", "户", "姓名"),
    Column("姓名", "人", "姓名"), Column("证件号码", "人", "证件"), Column("与户主关系", "人", "代码", codes="关系"),
    Column("健康状况", "人", "多值", codes="健康", aliases=("健康1", "健康2"), gather=True),
    Column("出生日期", "人", "日期"), Column("补助", "人", "数字", "元"),
    Column("在校", "人", "代码", codes="是否", blank="否", blank_when=("出生日期",)),
    Column("县", "地", "文本"), Column("村", "地", "文本"), Column("数据日期", "地", "日期"), Column("年度", "地", "年份"),
)  # fmt: skip
CARS = ListKind("车辆", ("机动车",), "证件号码", {"车辆类型": Column("车辆类型", "名单", "文本")})
DICTIONARY = Dictionary({one.name: one for one in COLUMNS}, {}, {one.id: one for one in CODES}, {"车辆": CARS})


def layout_of(engine: Engine, sheet: Sheet, source: int, kind: str, left_out: Iterable[LeftOut] = ()) -> Layout:
    """Lay out a sheet whose first row names its columns; a name that is no column is a heading not known."""
    [headings] = engine.rows(
        f'SELECT {", ".join(f"c{i}" for i in range(sheet.width))} FROM "{sheet.relation}" WHERE r = 1'
    )
    known = DICTIONARY.columns | CARS.columns | {alias: one for one in COLUMNS for alias in one.aliases}
    columns = tuple(
        Mapped(known[text].name, i, letter(i), text, "exact") for i, text in enumerate(headings) if text in known
    )
    unmapped = {letter(i): text for i, text in enumerate(headings) if text is not None and text not in known}
    return Layout(source, sheet, kind, "", (1,), 2, sheet.last_row, columns, unmapped, tuple(left_out))


def built(
    *drawn: tuple[Path, str], settings: Settings = TODAY, left_out: Iterable[LeftOut] = ()
) -> tuple[Engine, Tables]:
    """Read drawn workbooks, each with the kind of all its sheets, and build the tables."""
    engine = open_engine()
    layouts: list[Layout] = []
    for number, (path, kind) in enumerate(drawn):
        for sheet in read_sheets(engine, path, number):
            layouts.append(layout_of(engine, sheet, len(layouts), kind, left_out))
    return engine, build_tables(engine, layouts, DICTIONARY, settings)

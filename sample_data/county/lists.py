"""Departmental lists for the 九不进 of the profile sample-990101: sound households in, five files and their hits out."""

import csv
from pathlib import Path
from typing import Any

from msgspec import Struct

from sample_data.county.books import write_table
from sample_data.county.identity import check_character
from sample_data.county.records import Cell, Household, Member

Row = tuple[Cell, ...]


class Sent(Struct, frozen=True):
    """A list as a department sends it. Each row: what the profile makes of it, and the cells behind name and number."""

    file: str
    rule: str
    encoding: str  # "" for a workbook
    headings: tuple[str, ...]
    rows: tuple[tuple[str, Row], ...]


HIT, EXCUSED, STRANGER = "hit", "excused", "stranger"

SENT = (
    Sent(
        "车辆.csv", "ENT004", "utf-8-sig",
        ("车主", "身份证号", "号牌号码", "车辆类型", "品牌型号", "购置价格（元）", "核定载质量（吨）", "使用性质", "初次登记日期", "机动车状态"),
        (
            (HIT, ("样A10101", "小型轿车", "长风C30", 86_800, None, "非营运", "2019-05-16", "正常")),
            (HIT, ("样A10102", "小型轿车", "长风C50", 112_000, None, "非营运", "2018-11-02", "正常")),
            (HIT, ("样A10103", "小型普通客车", "东望M7", 45_600, None, "营转非", "2017-03-21", "正常")),
            (HIT, ("样A10104", "重型自卸货车", "山岳8X4", 268_000, 15.5, "货运", "2019-08-30", "正常")),
            (EXCUSED, ("样A10105", "普通二轮摩托车", "飞燕125", 5_600, None, "非营运", "2016-04-11", "正常")),
            (EXCUSED, ("样A10106", "残疾人机动轮椅车", "同行II", 32_500, None, "非营运", "2020-01-09", "正常")),
            (EXCUSED, ("样A10107", "微型普通货车", "小驼0.6", 38_000, 0.6, "货运", "2015-10-27", "正常")),
            (EXCUSED, ("样A10108", "小型轿车", "旧风C10", 18_000, None, "非营运", "2014-06-18", "正常")),
            (STRANGER, ("样A20101", "小型轿车", "长风C30", 90_000, None, "非营运", "2019-09-09", "正常")),
            (STRANGER, ("样A20102", "大型普通客车", "远行60", 310_000, None, "公路客运", "2016-02-15", "正常")),
        ),
    ),
    Sent(
        "财政供养.xlsx", "ENT001", "",
        ("姓名", "公民身份号码", "单位名称", "人员类别", "月工资（元）", "在职状态"),
        (
            (HIT, ("样例县第二中学", "在编教师", 5860, "在职")),
            (HIT, ("白鹭镇人民政府", "在编公务员", 6120, "在职")),
            (HIT, ("样例县自来水公司", "事业编制", 4980, "在职")),
            (EXCUSED, ("石桥村村民委员会", "公益性岗位", 600, "在职")),
            (EXCUSED, ("样例县林业局", "临时聘用", 1500, "在职")),
            (STRANGER, ("样例县财政局", "在编公务员", 6300, "在职")),
        ),
    ),
    Sent(
        "房产.csv", "ENT006", "gb18030",
        ("权利人", "权利人身份证号", "坐落", "规划用途", "建筑面积（平方米）", "权利来源", "城乡类别", "登记日期"),
        (
            (HIT, ("样例县城关街道新华路18号3栋502", "住宅", 98.6, "购买", "城镇", "2018-07-12")),
            (HIT, ("样例市模板区滨河路66号1栋1201", "住宅", 121.3, "购买", "城镇", "2019-12-03")),
            (HIT, ("样例县城关街道建设路商铺12号", "商业", 46.0, "购买", "城镇", "2017-05-25")),
            (EXCUSED, ("样例县城关街道安康小区5栋301", "住宅", 75.0, "易地扶贫搬迁安置", "城镇", "2019-06-30")),
            (EXCUSED, ("样例县城关街道老街7号", "住宅", 62.0, "继承", "城镇", "2016-09-14")),
            (STRANGER, ("样例县城关街道新华路20号2栋101", "住宅", 110.0, "购买", "城镇", "2015-03-18")),
        ),
    ),
    Sent(
        "工商.csv", "ENT007", "utf-8",
        ("姓名", "身份证号", "企业名称", "职务", "登记状态", "年报情况", "注册资本（万元）", "成立日期"),
        (
            (HIT, ("样例县绿丰农资有限公司", "法定代表人", "存续", "2019年度已报", 50, "2017-04-06")),
            (HIT, ("样例县安达运输有限公司", "股东", "存续", "2019年度已报", 100, "2016-10-19")),
            (EXCUSED, ("样例县好邻居超市有限公司", "法定代表人", "注销", "2017年度已报", 10, "2014-08-08")),
            (EXCUSED, ("样例县顺意建材有限公司", "股东", "存续", "未报", 30, "2018-01-23")),
            (STRANGER, ("样例县宏图商贸有限公司", "法定代表人", "存续", "2019年度已报", 200, "2013-03-03")),
        ),
    ),
    Sent(
        "死亡.csv", "ENT017", "utf-8-sig",
        ("姓名", "身份证号", "死亡日期", "数据来源"),
        (
            (HIT, ("2020-03-02", "殡葬")),
            (HIT, ("2020-07-19", "户籍注销")),
            (HIT, ("2020-11-28", "殡葬")),
            (STRANGER, ("2020-05-05", "殡葬")),
        ),
    ),
)  # fmt: skip


def write_lists(folder: Path, sound: list[Household]) -> list[dict[str, Any]]:
    """Write the lists; each hit is somebody of a household without other faults. Return the hits as JSON objects."""
    folder.mkdir(parents=True, exist_ok=True)
    homes = iter(home for home in sound if any(_grown(member) for member in home.members))
    told: list[dict[str, Any]] = []
    for sent in SENT:
        rows: list[Row] = []
        first = 3 if not sent.encoding else 2
        for n, (what, cells) in enumerate(sent.rows):
            home = next(homes)
            member = next(one for one in home.members if _grown(one))
            name, number = (member.cells["姓名"], str(member.cells["证件号码"])[:18])
            if what == STRANGER:
                name, number = "外乡人", _stranger(n)
            else:
                told.append(_told(sent, first + n, home, member, excused=what == EXCUSED))
            rows.append((str(name), number, *cells))
        _write(folder / sent.file, sent, rows)
    (folder / "lists.yaml").write_text(DESCRIBED, encoding="utf-8")
    return told


DESCRIBED = """\
# 名单说明：fupin audit 登记表.xlsx --list 本文件夹（写法见 docs/lists.md）。县、部门和日期都是虚构的。
stale_after: 180
lists:
  - name: 车辆
    file: 车辆.csv
    department: 公安
    date: 2020-12-20
    hit: 应退
    exceptions:
      - 购置价格 < 30000
      - "车辆类型 LIKE '%摩托%'"
      - "车辆类型 LIKE '%三轮%'"
      - "车辆类型 LIKE '%残疾%'"
      - "车辆类型 LIKE '%农用%'"
      - "车辆类型 LIKE '%微型%' AND (核定载质量 <= 0.6 OR 核定载质量千克 <= 600)"
  - {name: 财政供养, file: 财政供养.xlsx, department: 财政, hit: 应退, exceptions: ["人员类别 LIKE '%公益%'", "人员类别 LIKE '%临时%'"]}
  - {name: 房产, file: 房产.csv, department: 自然资源, date: 2020-12-20, hit: 应退, exceptions: ["取得方式 LIKE '%搬迁%'", "取得方式 LIKE '%继承%'"]}
  - {name: 工商, file: 工商.csv, department: 市场监管, date: 2020-03-31, hit: 提示, exceptions: ["登记状态 LIKE '%注销%'", 年报情况 = '未报']}
  - {name: 死亡, file: 死亡.csv, department: 民政, date: 2020-12-31, hit: 应退}
"""


def _grown(member: Member) -> bool:
    return member.age >= 25


def _stranger(n: int) -> str:
    body = f"99010219700101{100 + n}"
    return body + check_character(body)


def _told(sent: Sent, row: int, home: Household, member: Member, *, excused: bool) -> dict[str, Any]:
    return {
        "file": f"lists/{sent.file}",
        "rule": sent.rule,
        "household": home.cells["户编号"],
        "person": member.cells["人编号"],
        "name": member.cells["姓名"],
        "row": row,
        "excused": excused,
    }


def _write(path: Path, sent: Sent, rows: list[Row]) -> None:
    if not sent.encoding:
        write_table(path, "2020年12月财政统发名册", sent.headings, rows)
        return
    with path.open("w", encoding=sent.encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(sent.headings)
        writer.writerows(rows)

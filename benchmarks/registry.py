"""A number of people in, a registry workbook of 65 columns as a provincial export has them out (all people invented)."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

Row = list[str | int | float | date | None]

PLACE = (
    "省",
    "市",
    "县",
    "乡",
    "村",
    "自然村",
    "户编号",
    "人编号",
    "姓名",
    "证件号码",
    "性别",
    "出生日期",
    "与户主关系",
)
PERSON = (
    "民族", "政治面貌", "文化程度", "在校生状况", "失学或辍学原因", "健康状况", "劳动技能", "务工区域", "是否会讲普通话",
    "居民医保", "大病保险", "居民养老", "低保", "特困供养", "是否易地扶贫搬迁人口", "务工时间",
)  # fmt: skip
HOUSEHOLD: dict[str, tuple[str, ...]] = {
    "脱贫属性": ("已脱贫（享受政策）",),
    "贫困户属性": ("一般贫困户",),
    "主要致贫原因": ("缺技术", "缺资金", "交通条件落后"),
    "识别标准": ("国家标准",),
    "是否军烈属": ("否",),
    "是否独生子女户": ("是", "否"),
    "双女户": ("否", "是"),
    "危房户": ("否",),
    "是否解决安全饮用水": ("是",),
    "是否通生活用电": ("是",),
    "是否通广播电视": ("是", "否"),
    "有无卫生厕所": ("有", "无"),
    "入户路类型": ("水泥路", "沥青路", "砂石路"),
    "主要燃料类型": ("柴草", "干畜粪", "煤炭", "清洁能源"),
    "是否加入农民专业合作组织": ("是", "否"),
    "有无龙头企业带动": ("是", "否"),
    "有无创业致富带头人带动": ("是", "否"),
    "是否举家外出": ("否",),
    "开户银行": ("示例农村信用社", "示例邮政储蓄所"),
}
AMOUNTS = (
    "家庭人口", "工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "生产经营性支出", "纯收入", "人均纯收入",
    "住房面积", "耕地面积", "林地面积", "与村主干路距离",
)  # fmt: skip
TEXTS = ("户主姓名", "户联系电话", "银行卡号", "家庭住址", "备注")
HEADINGS = (*PLACE, *PERSON, *HOUSEHOLD, *AMOUNTS, *TEXTS)
YEAR = 2020  # of the data: 31 December
FAULTY = 0.02  # of the households; the rest is as a registry should be
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "安平康宁福瑞祥和顺德明清泉林山川云雪梅兰竹菊松柏春夏秋冬晨曦"
_CLASSES = ("七年级", "八年级", "九年级")


def write_registry(path: Path, people: int, *, inline: bool = False, seed: int = 20201231) -> None:
    """Write the workbook: shared strings as Excel writes them, or inline ones as many systems export them."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": inline})
    sheet = book.add_worksheet("花名册")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADINGS)
    for number, row in enumerate(people_rows(people, seed), 1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif value not in ("", None):
                sheet.write(number, column, value)
    book.close()


def people_rows(people: int, seed: int) -> Iterator[Row]:
    """Yield members household by household; what belongs to the household is the same in all its rows."""
    draw = random.Random(seed)
    taken: set[str] = set()
    number = household = 0
    while number < people:
        household += 1
        family = _family(draw)[: people - number]
        village = household // 150
        head = _name(draw)
        faulty = draw.random() < FAULTY
        common = [draw.choice(values) for values in HOUSEHOLD.values()]
        amounts, texts = _amounts(draw, len(family), faulty), _texts(head, household, village)
        for member, (relation, sex, born) in enumerate(family):
            number += 1
            name = head if member == 0 else _name(draw)
            yield [
                "示例省", "示例市", "示例县", f"{village // 12:02}乡", f"{village:03}村", f"{village:03}村{household % 8 + 1}组",
                f"990101{household:010}", f"990101{number:012}", name, _unused(taken, draw, born, sex), "女男"[sex], born,
                relation, *_person(draw, YEAR - born.year, faulty), *common, *amounts, *texts,
            ]  # fmt: skip


def _family(draw: random.Random) -> list[tuple[str, int, date]]:
    """Relation, sex (1 男) and birth of each member: head, spouse, children, a parent of the head."""
    year = draw.randint(1950, 1984)
    head = draw.choice((0, 1, 1))
    family = [("户主", head, _born(draw, year))]
    if draw.random() < 0.8:
        family.append(("配偶", 1 - head, _born(draw, year + draw.randint(-4, 4))))
    for _ in range(draw.choice((0, 1, 1, 2, 2, 3))):
        sex = draw.choice((0, 1))
        family.append(("之女之子"[sex * 2 : sex * 2 + 2], sex, _born(draw, min(year + draw.randint(22, 34), YEAR - 1))))
    if draw.random() < 0.3:
        sex = draw.choice((0, 1))
        family.append(("之母之父"[sex * 2 : sex * 2 + 2], sex, _born(draw, year - draw.randint(20, 28))))
    return family


def _born(draw: random.Random, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=draw.randint(0, 364))


def _person(draw: random.Random, age: int, faulty: bool) -> Row:
    """What is said of one person of that age; in a faulty household now and then what cannot be."""
    school, schooling = "", ""
    if age < 6:
        school = "学龄前儿童"
    elif age < 13:
        school = "小学"
    elif age < 16:
        school = _CLASSES[age - 13]
    elif age < 19:
        school = "普通高中一年级" if age < 17 else "普通高中三年级"
    else:
        school = "非在校生" if age < 24 else ""
        schooling = draw.choice(("初中", "高中") if age < 60 else ("文盲或半文盲", "小学"))
    able = 19 <= age < 60
    away = draw.choice(("", "县外省内务工", "省外务工")) if able else ""
    return [
        draw.choice(("汉族", "汉族", "汉族", "回族", "土家族")), "群众" if age < 28 else draw.choice(("群众", "群众", "中共党员")),
        schooling, "" if faulty and draw.random() < 0.3 else school, "", draw.choice(("健康", "健康", "健康", "长期慢性病")),
        "普通劳动力" if able or (faulty and draw.random() < 0.2) else "无劳动力" if age < 60 else "丧失劳动力",
        away, "是" if age > 6 else "否",
        "否" if faulty and draw.random() < 0.1 else "是", "是", "是" if age >= 16 else "否", "否", "否", "否",
        draw.randint(6, 11) if away else "",
    ]  # fmt: skip


def _amounts(draw: random.Random, size: int, faulty: bool) -> list[float]:
    wages, trade, rent, transfers = (
        round(draw.uniform(*span), 2) for span in ((9e3, 4e4), (9e3, 3e4), (0, 900), (9e2, 8e3))
    )
    costs = round(draw.uniform(500, 5000), 2)
    net = round(wages + trade + rent + transfers - costs, 2)
    each = round(net / size * (2 if faulty else 1), 2)
    land = [round(draw.uniform(20, 200) * size, 1), *(round(draw.uniform(1, 20), 1) for _ in range(3))]
    return [size, wages, trade, rent, transfers, costs, net, each, *land]


def _texts(head: str, household: int, village: int) -> list[str]:
    address = f"示例县{village // 12:02}乡{village:03}村{household % 90 + 1}号"
    return [head, f"138{household:08}", _card(household), address, ""]


def _name(draw: random.Random) -> str:
    return draw.choice(_SURNAMES) + draw.choice(_GIVEN) + draw.choice(_GIVEN)


def _card(household: int) -> str:
    """A bank card's number; its last digit is Luhn's."""
    body = f"62284800{household:010}"
    odd = [int(digit) * 2 for digit in body[::-2]]
    total = sum(digit // 10 + digit % 10 for digit in odd) + sum(int(digit) for digit in body[-2::-2])
    return f"{body}{-total % 10}"


def _unused(taken: set[str], draw: random.Random, born: date, sex: int) -> str:
    while (number := _number(draw, born, sex)) in taken:
        continue
    taken.add(number)
    return number


def _number(draw: random.Random, born: date, sex: int) -> str:
    body = f"990101{born:%Y%m%d}{draw.randint(0, 499) * 2 + sex:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11]

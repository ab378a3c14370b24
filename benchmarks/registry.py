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
PERSON: dict[str, tuple[str, ...]] = {
    "民族": ("汉族", "汉族", "汉族", "回族", "土家族"),
    "政治面貌": ("群众", "群众", "中共党员", "共青团员"),
    "文化程度": ("文盲或半文盲", "小学", "初中", "高中", "大专"),
    "在校生状况": ("", "", "小学", "七年级", "普通高中一年级"),
    "失学或辍学原因": ("",),
    "健康状况": ("健康", "健康", "长期慢性病", "残疾", "患有大病"),
    "劳动技能": ("普通劳动力", "技能劳动力", "丧失劳动力", "无劳动力"),
    "务工区域": ("", "", "县内务工", "省外务工"),
    "是否会讲普通话": ("是", "否"),
    "居民医保": ("是", "是", "是", "否"),
    "大病保险": ("是", "是", "否"),
    "居民养老": ("是", "否"),
    "低保": ("是", "否", "否"),
    "特困供养": ("否",),
    "是否易地扶贫搬迁人口": ("否", "否", "是"),
}
HOUSEHOLD: dict[str, tuple[str, ...]] = {
    "脱贫属性": ("已脱贫（享受政策）", "未脱贫"),
    "贫困户属性": ("一般贫困户", "低保贫困户"),
    "主要致贫原因": ("因病", "因残", "因学", "缺技术", "缺劳力"),
    "识别标准": ("国家标准",),
    "是否军烈属": ("否",),
    "是否独生子女户": ("是", "否"),
    "双女户": ("否", "是"),
    "危房户": ("否", "否", "是"),
    "是否解决安全饮用水": ("是",),
    "是否通生活用电": ("是",),
    "是否通广播电视": ("是", "否"),
    "有无卫生厕所": ("是", "否"),
    "入户路类型": ("水泥路", "沥青路", "砂石路"),
    "主要燃料类型": ("柴草", "干畜粪", "煤炭", "清洁能源"),
    "是否加入农民专业合作组织": ("是", "否"),
    "有无龙头企业带动": ("是", "否"),
    "有无创业致富带头人带动": ("是", "否"),
    "是否举家外出": ("否",),
    "开户银行": ("示例农村信用社", "示例邮政储蓄所"),
}
AMOUNTS = (
    "务工时间", "家庭人口", "工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "生产经营性支出", "纯收入", "人均纯收入",
    "住房面积", "耕地面积", "林地面积", "与村主干路距离",
)  # fmt: skip
TEXTS = ("户主姓名", "户联系电话", "银行卡号", "家庭住址", "备注")
HEADINGS = (*PLACE, *PERSON, *HOUSEHOLD, *AMOUNTS, *TEXTS)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "安平康宁福瑞祥和顺德明清泉林山川云雪梅兰竹菊松柏春夏秋冬晨曦"


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
    number = household = 0
    while number < people:
        household += 1
        size = min(draw.randint(1, 6), people - number)
        village = household // 150
        common = [draw.choice(values) for values in HOUSEHOLD.values()]
        amounts = [draw.randint(0, 12), size, *(round(draw.uniform(0, 30000), 2) for _ in range(7))]
        amounts += [round(draw.uniform(20, 200), 1) for _ in range(4)]
        head = _name(draw)
        texts = [
            head,
            f"138{household:08}",
            f"62284800{household:011}",
            f"示例县{village // 12:02}乡{village:03}村{household % 90 + 1}号",
            "",
        ]
        for member in range(size):
            number += 1
            born = date(1935, 1, 1) + timedelta(days=draw.randint(0, 31_000))
            name, sex = (head if member == 0 else _name(draw)), draw.choice((0, 1))
            yield [
                "示例省", "示例市", "示例县", f"{village // 12:02}乡", f"{village:03}村", f"{village:03}村{household % 8 + 1}组",
                f"990101{household:010}", f"990101{number:012}", name, _number(draw, born, sex), "女男"[sex], born,
                "户主" if member == 0 else draw.choice(("配偶", "之子", "之女", "之父")),
                *(draw.choice(values) for values in PERSON.values()), *common, *amounts, *texts,
            ]  # fmt: skip


def _name(draw: random.Random) -> str:
    return draw.choice(_SURNAMES) + draw.choice(_GIVEN) + draw.choice(_GIVEN)


def _number(draw: random.Random, born: date, sex: int) -> str:
    body = f"990101{born:%Y%m%d}{draw.randint(0, 49) * 2 + sex:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11]

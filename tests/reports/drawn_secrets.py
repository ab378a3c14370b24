"""Draw a registry, a list and a family's card full of invented secrets, and say which of them is of which kind."""

from pathlib import Path

from tests.sketch import write_sketch

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def certificate(born: str, order: int) -> str:
    """Return an identity number of the invented county 990101."""
    body = f"990101{born}{order:03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


GOOD = [certificate("19560307", 11), certificate("19600912", 24), certificate("20100508", 37), certificate("19850221", 58),
        certificate("19880430", 61), certificate("20120117", 72), certificate("19730606", 83), certificate("19791111", 94)]  # fmt: skip
WRONG = [
    GOOD[3][:-1] + ("0" if GOOD[3][-1] != "0" else "1"),
    GOOD[4][:-2],
    "990101730606083",
]  # check character, two short, 15
DISABLED = [GOOD[0] + "43", GOOD[6] + "31B1"]  # 20 and 22 characters
SPACED = f"{GOOD[7][:6]} {GOOD[7][6:14]} {GOOD[7][14:]}"
NAMES = [
    "褚祎珩",
    "暕翀",
    "闾丘骞彧",
    "禤 昱",
    "买买提·铄尔",
    "郄煜2",
    "麴瑄甯",
    "逯芃澍",
    "昝旻昶",
    "锺离祐",
]
PHONES = ["13800139977", "138 0013 8866", "1380013775", "0879-7213355", "13900136644", "139-0013-5533", "13700134422"]
ACCOUNTS = ["6228480990101333111", "62284809901014442", "6228 4809 9010 1555 333"]
HEALTH = ["尘肺壹期结节", "肢残叁级偏瘫", "布氏杆菌后遗", "脊髓空洞症"]

SECRETS: dict[str, list[str]] = {
    "姓名": [*NAMES, "禤昱"],
    "证件": [*GOOD, *WRONG, *DISABLED, SPACED],
    "电话": [*PHONES, "13800138866", "13900135533"],
    "账号": [*ACCOUNTS, "6228480990101555333"],
    "健康": HEALTH,
}

_HEADS = [
    "户编号",
    "人编号",
    "姓名",
    "证件号码",
    "与户主关系",
    "性别",
    "在校生状况",
    "文化程度",
    "健康状况",
    "患病名称",
    "残疾类别",
    "劳动技能",
    "成员电话",
    "户联系电话",
    "户主姓名",
    "卡主姓名",
    "银行卡号",
    "主要致贫原因",
    "脱贫属性",
    "人均纯收入",
    "居民医保",
    "帮扶责任人",
    "帮扶责任人电话",
    "民族",
]


def registry(path: Path) -> Path:
    """Draw the registry: what can be wrong with a cell that holds a secret is wrong somewhere."""
    n, c, p = NAMES, [*GOOD], PHONES
    quoted = (  # stands under 民族, where it is no value of the list: the reader quotes it
        f"身份证号{c[1]}，电话{p[4]}，诊断{HEALTH[2]}", f"联系{p[0]}", p[3], f"账号：{ACCOUNTS[0]}", p[5], SPACED, p[1], p[6], f"账号 {ACCOUNTS[2]}",
    )  # fmt: skip
    rows = [
        (1, 1, n[0], DISABLED[0], "户主", "女", "", "小学", "残疾", HEALTH[0], HEALTH[1], "普通劳动力", p[0], p[1], n[0], n[8], ACCOUNTS[0], "因病,因残", "未脱贫", "3000", "否", n[6], p[6]),
        (1, 2, n[1], c[1], "配偶", "男", "", "初中", HEALTH[0], HEALTH[3], "", "无劳动力", p[2], p[2], n[0], "", ACCOUNTS[1], "", "", "", "是", n[6], p[6]),
        (1, 3, n[2], c[2], "孙子", "男", "非在校生", "小学", "健康", "", "", "", p[3], p[4], n[0], "", "", "", "", "", "", n[6], p[6]),
        (2, 1, n[3], WRONG[0], "户主", "女", "", "文盲或半文盲", "患有大病", HEALTH[2], "", "丧失劳动力", p[1], p[5], n[3], n[3], ACCOUNTS[2], "缺技术", "已脱贫", "2000", "否", n[7], p[2]),
        (2, 2, n[4], WRONG[1], "配偶", "男", "", "大专", "长期慢性病,健康", HEALTH[1], "", "技能劳动力", p[5], p[5], n[3], "", "", "", "", "", "是", n[7], p[2]),
        (2, 3, n[5], WRONG[2], "之子", "男", "小学", "小学", HEALTH[3], "", "", "", "", p[3], n[3], "", "", "", "", "", "", n[7], p[2]),
        (3, 1, n[6], DISABLED[1], "户主", "男", "", "高中", "健康", "", "", "普通劳动力", p[0], p[3], n[9], n[6], ACCOUNTS[0], "因病", "未脱贫", "9000", "是", n[6], p[6]),
        (3, 2, n[0], c[7], "户主", "男", "", "本科", "残疾", "", "", "弱劳动力", p[4], p[3], n[9], "", "", "", "", "", "是", n[6], p[6]),
        (4, 1, n[7], c[7], "户主", "男", "", "初中", "健康", "", "", "丧失劳动力", p[4], p[4], n[7], "", "", "因学", "未脱贫", "约3千", "是", n[6], p[6]),
    ]  # fmt: skip
    drawn = [["县", "乡", "村", "数据日期", *_HEADS]]
    for (household, person, *cells), quote in zip(rows, quoted, strict=True):
        code = f"9901010100{household:06}"
        drawn.append(["示例县", "示例乡", "示例村", "2020-12-31", code, f"{code}{person:02}", *cells, quote])
    table = "\n".join("| " + " | ".join(f"'{cell}" if cell else "" for cell in row) + " |" for row in drawn)
    card = f"\n# {NAMES[8]}\n| 户编号 | 姓名 | 证件号码 | 与户主关系 | 性别 | {NAMES[2]}{PHONES[6]} |\n| '9901010100000005 | {NAMES[8]} | '{GOOD[5]} | 户主 | 女 | x |"
    return write_sketch(path, f"# 花名册\n{table}\n{card}")


def cars(path: Path) -> Path:
    """Draw a list of cars, some owned by persons of the registry."""
    rows = "\n".join(
        f"| {name} | '{number} | 小型轿车 | 90000 | 赣A0000{i} |"
        for i, (name, number) in enumerate(((NAMES[1], GOOD[1]), (NAMES[7], GOOD[7]), (NAMES[0], GOOD[0])))
    )
    return write_sketch(path, f"| 所有人 | 身份证号 | 车辆类型 | 购置价格 | 车牌号 |\n{rows}")


def disabled(path: Path) -> Path:
    """Draw the list of persons with a certificate of disability."""
    return write_sketch(
        path,
        f"| 姓名 | 身份证号 | 残疾证号 | 残疾类别 | 残疾等级 |\n| {NAMES[1]} | '{GOOD[1]} | '{GOOD[1]}42 | {HEALTH[1]} | 二级 |"
        f"\n| {NAMES[0]} | '{GOOD[0]} | '{DISABLED[0]} | 肢体 | 三级 |",
    )

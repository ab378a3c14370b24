"""Faults of single people: identity, family, school, health, labour. One row a kind; the rule names it."""

from datetime import date, timedelta

from sample_data.county.identity import check_character, disability_card
from sample_data.county.plot import Changes, Fault, person
from sample_data.county.records import Household, Member


def _number(member: Member) -> str:
    return str(member.cells["证件号码"])


def _sound(body: str) -> str:
    return body + check_character(body)


def _wrong_check(member: Member) -> Changes:
    number = _number(member)
    return {"证件号码": number[:17] + "0123456789X"[("0123456789X".index(number[17]) + 4) % 11]}


def _reborn(member: Member, born: date) -> Changes:
    """Give the person a number and birth date of another day, sound in themselves."""
    number = _number(member)
    return {"证件号码": _sound(f"{number[:6]}{born:%Y%m%d}{number[14:17]}"), "出生日期": born}


def of_other_sex(member: Member) -> Changes:
    number = _number(member)
    other = str((int(number[16]) + 1) % 10)
    return {"证件号码": _sound(number[:16] + other), "性别": "女" if member.sex == "男" else "男"}


def _old_number(member: Member) -> Changes:
    return {"证件号码": _number(member)[:6] + _number(member)[8:17]}


def _years_after_head(home: Household, years: int) -> date:
    return home.head.born + timedelta(days=365 * years)


def plain(_: Household, m: Member) -> bool:
    """An adult under 60 without a card or illness, out of school, who is not a parent."""
    return (
        _number(m)[18:] == "" and 22 <= m.age < 60 and not m.pupil and m.ill("健康") and m.cells["与户主关系"] != "之母"
    )


def _able(home: Household, m: Member) -> bool:
    return plain(home, m) and m.able and home.exited and not home.monitored


def _idle(home: Household, m: Member) -> bool:
    return _able(home, m) and not m.works and not m.cells["公益性岗位"]


def _busy(home: Household, m: Member) -> bool:
    return _able(home, m) and m.works and sum(one.works for one in home.members) > 1


def _child(h: Household, m: Member, low: int, high: int) -> bool:
    return low <= m.school_age <= high and m.pupil and m.ill("健康") and not h.monitored


def _relation(m: Member, *relations: str) -> bool:
    return m.cells["与户主关系"] in relations


IDENTITY: tuple[Fault, ...] = (
    person("FMT003", "证件号码", plain, lambda _, m: {"证件号码": float(_number(m)[:15] + "000")}),
    person(
        "FMT007",
        "证件号码",
        lambda h, m: plain(h, m) and _number(m).endswith("X"),
        lambda _, m: {"证件号码": f" {_number(m).lower()}"},
    ),
    person("IDN001", "证件号码", plain, lambda _, m: {"证件号码": _number(m)[:17]}),
    person("IDN002", "证件号码", plain, lambda _, m: _wrong_check(m), count=4),
    person("IDN003", "证件号码", plain, lambda _, _m: {"证件号码": None}),
    person("IDN006", "出生日期", plain, lambda _, m: {"出生日期": m.born + timedelta(days=10)}),
    person(
        "IDN007",
        "性别",
        lambda h, m: plain(h, m) and _relation(m, "之子"),
        lambda _, _m: {"性别": "女"},
        also=("REL004",),
    ),
    person(
        "IDN008",
        "证件号码",
        lambda _, m: _relation(m, "之母") and not _number(m)[18:],
        lambda _, m: _reborn(m, date(1905, m.born.month, 8)),
    ),
    person("IDN009", "姓名", plain, lambda _, _m: {"姓名": "不详"}, count=2),
    person("IDN009", "姓名", plain, lambda _, m: {"姓名": f"{m.cells['姓名']}2"}, count=2),
    person("IDN010", "民族", plain, lambda _, _m: {"民族": None}),
    person(
        "IDN012",
        "成员联系电话",
        lambda h, m: plain(h, m) and m.works,
        lambda _, _m: {"成员联系电话": "19801019999"},
        count=4,
    ),
    person("IDN020", "人编号", plain, lambda _, _m: {"人编号": None}),  # required by the profile sample-990101
    person("IDN022", "证件号码", plain, lambda _, m: _old_number(m)),
    person("IDN023", "证件号码", plain, lambda _, m: {"证件号码": _sound("123456" + _number(m)[6:17])}),
    person(
        "IDN024",
        "证件号码",
        lambda _, m: _number(m)[18:] != "",
        lambda _, m: {"证件号码": _number(m)[:18] + "9" + _number(m)[19]},
    ),
    person("COD001", "民族", plain, lambda _, _m: {"民族": "火星族"}, count=1),
    person("COD001", "文化程度", plain, lambda _, _m: {"文化程度": "速成班"}, count=2),
    person("COD001", "健康状况", plain, lambda _, _m: {"健康状况": "还可以"}, count=1),
    person("COD002", "性别", plain, lambda _, m: {"性别": f"{m.sex}性"}),
    person("COD002", "劳动技能", plain, lambda _, _m: {"劳动技能": "普通劳动能力"}, count=1),
    person("FMT002", "出生日期", plain, lambda _, _m: {"出生日期": "属马的"}, count=1),
    person("FMT013", "民族", plain, lambda _, _m: {"民族": "漢族"}),
)

FAMILY: tuple[Fault, ...] = (
    person("REL002", "与户主关系", lambda _, m: _relation(m, "配偶"), lambda _, _m: {"与户主关系": "户主"}),
    person("REL003", "与户主关系", plain, lambda _, _m: {"与户主关系": None}),
    person("REL004", "与户主关系", lambda h, m: plain(h, m) and _relation(m, "之子"), lambda _, _m: {"与户主关系": "之女"}),
    person("REL005", "证件号码", lambda h, m: plain(h, m) and _relation(m, "配偶"), lambda _, m: of_other_sex(m)),
    person(
        "REL006", "与户主关系",
        lambda h, m: plain(h, m) and _relation(m, "之儿媳") and h.head.sex == "男" and any(_relation(one, "配偶") for one in h.members),
        lambda _, _m: {"与户主关系": "配偶"},
    ),
    person(
        "REL007", "证件号码", lambda h, m: plain(h, m) and _relation(m, "之子", "之女") and 35 <= h.head.age <= 66,
        lambda h, m: _reborn(m, _years_after_head(h, 11)),
    ),
    person(
        "REL008", "证件号码", lambda _, m: _relation(m, "之母") and not _number(m)[18:],
        lambda h, m: _reborn(m, _years_after_head(h, 3)),
    ),
)  # fmt: skip

SCHOOL: tuple[Fault, ...] = (
    person("EDU001", "在校生状况", lambda h, m: _child(h, m, 8, 13), lambda _, _m: {"在校生状况": "非在校生", "文化程度": "小学"}, count=4),
    person(
        "EDU002", "失学或辍学原因", lambda h, m: _child(h, m, 8, 13),
        lambda _, _m: {"失学或辍学原因": "因病", "在校生状况": "非在校生", "文化程度": "小学"},
    ),
    person("EDU004", "在校生状况", lambda h, m: _child(h, m, 15, 17), lambda _, _m: {"在校生状况": "小学"}),
    person("EDU005", "在校生状况", lambda h, m: _child(h, m, 12, 13), lambda _, _m: {"在校生状况": "普通高中一年级"}),
    person("EDU006", "在校生状况", lambda h, m: _child(h, m, 7, 9), lambda _, _m: {"在校生状况": "学前教育"}),
    person("EDU008", "文化程度", plain, lambda _, _m: {"文化程度": None, "在校生状况": None}),
    person(
        "EDU009", "是否计划务工", lambda h, m: _child(h, m, 15, 17),
        lambda _, _m: {"是否计划务工": "是", "就业服务需求": "技能培训"}, also=("LAB004",),
    ),
    person("EDU010", "文化程度", lambda _, m: 17 <= m.age < 20 and not m.pupil, lambda _, _m: {"文化程度": "本科及以上"}),
)  # fmt: skip

HEALTH: tuple[Fault, ...] = (
    person("MED001", "健康状况", plain, lambda _, _m: {"健康状况": None}),
    person("MED002", "是否参加城乡居民基本医疗保险", _able, lambda _, _m: {"是否参加城乡居民基本医疗保险": "否"}, also=("MED005",)),
    person("MED003", "是否参加城镇职工基本医疗保险", plain, lambda _, _m: {"是否参加城镇职工基本医疗保险": "是"}),
    person("MED004", "是否参加大病保险", _able, lambda _, _m: {"是否参加大病保险": None}),
    person("MED005", "是否参加大病保险", _able, lambda _, _m: {"是否参加大病保险": "否"}),
    person(
        "MED006", "是否接受医疗救助", _able,
        lambda _, _m: {"是否接受医疗救助": "是", "是否参加城乡居民基本医疗保险": "否"}, also=("MED002", "MED005"),
    ),
    person("MED007", "是否参加城乡居民基本养老保险", plain, lambda _, _m: {"是否参加城乡居民基本养老保险": None}),
    person("MED008", "健康状况", plain, lambda _, _m: {"健康状况": "残疾"}),
    person("MED009", "证件号码", plain, lambda _, m: {"证件号码": disability_card(_number(m), 4, 4), "证件类型": "残疾人证"}),
    person(
        "MED011", "劳动技能", lambda h, m: m.age < 60 and not m.able and _number(m)[18:] != "" and m.age > 20 and not h.monitored,
        lambda _, m: {"劳动技能": "普通劳动力", "证件号码": _number(m)[:18] + "42"},
    ),
)  # fmt: skip

LABOUR: tuple[Fault, ...] = (
    person("LAB001", "劳动技能", _idle, lambda _, _m: {"劳动技能": None}),
    person("LAB002", "劳动技能", lambda _, m: 10 <= m.age < 15, lambda _, _m: {"劳动技能": "普通劳动力"}),
    person("LAB003", "劳动技能", lambda _, m: 62 <= m.age < 70 and m.able and not _number(m)[18:], lambda _, _m: {"劳动技能": "普通劳动力"}),
    person("LAB004", "劳动技能", _busy, lambda _, _m: {"劳动技能": "丧失劳动力"}),
    person("LAB005", "务工时间（月）", _busy, lambda _, _m: {"务工时间（月）": 14}),
    person("LAB006", "务工所在地", _busy, lambda _, _m: {"务工所在地": "外地"}),
    person("LAB007", "务工企业名称", _busy, lambda _, _m: {"务工企业名称": None}),
    person("LAB008", "是否已务工", _idle, lambda _, _m: {"是否已务工": None}),
    person(
        "LAB009", "就业渠道", lambda h, m: _busy(h, m) and str(m.cells["务工区域"])[0] in "县省",
        lambda _, _m: {"就业渠道": "帮扶车间"},
    ),
    person(
        "LAB010", "公益性岗位", lambda _, m: m.age >= 71 and m.ill("健康"),
        lambda _, _m: {"公益性岗位": "保洁员", "公益性岗位(月数)": 12, "劳动技能": "弱劳动力或半劳动力"},
    ),
    person(
        "LAB011", "公益性岗位", lambda _, m: 10 <= m.age < 15, lambda _, _m: {"公益性岗位": "保洁员", "公益性岗位(月数)": 6},
        also=("LAB014",),
    ),
    person("LAB012", "公益性岗位(月数)", lambda h, m: plain(h, m) and bool(m.cells["公益性岗位"]), lambda _, _m: {"公益性岗位(月数)": None}),
    person("LAB013", "公益性岗位", _idle, lambda _, _m: {"公益性岗位": "护林员,护路员,保洁员", "公益性岗位(月数)": 12}),
    person(
        "LAB014", "公益性岗位", lambda _, m: 40 <= m.age < 65 and not m.able and not m.pupil,
        lambda _, _m: {"公益性岗位": "保洁员", "公益性岗位(月数)": 12},
    ),
    person("LAB015", "是否特困供养人员", _busy, lambda _, _m: {"是否特困供养人员": "农村特困"}),
    person("LAB016", "是否计划务工", _idle, lambda _, _m: {"是否计划务工": "是"}),
    person("INC021", "务工月收入", _busy, lambda _, _m: {"务工月收入": 52_000}, count=2),
    person("INC021", "务工月收入", _busy, lambda _, _m: {"务工月收入": 32}, count=1),
    person("FMT011", "户主姓名", plain, lambda _, _m: {"户主姓名": "钱多余"}),
)  # fmt: skip

PEOPLE: tuple[Fault, ...] = IDENTITY + FAMILY + SCHOOL + HEALTH + LABOUR

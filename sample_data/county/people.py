"""Sex and birth date in, a row of 家庭成员 out: school, health, labour and work fit the age."""

import random
from datetime import date, timedelta

from sample_data.county.identity import Registrar, disability_card
from sample_data.county.names import FAR_COUNTIES, FIRMS
from sample_data.county.records import AS_OF, Cell, Member

_SCHOOL = {6: "小学", 7: "小学", 8: "小学", 9: "小学", 10: "小学", 11: "小学", 12: "七年级", 13: "八年级", 14: "九年级"}
_YEARS = {15: "一年级", 16: "二年级", 17: "三年级", 18: "一年级", 19: "二年级", 20: "三年级"}


def birthday(rng: random.Random, age: int) -> date:
    """Return a day on which somebody was born who is `age` on the data date."""
    return AS_OF - timedelta(days=age * 365 + age // 4 + rng.randint(1, 360))


def new_member(rng: random.Random, registrar: Registrar, name: str, sex: str, born: date) -> Member:
    """Return a person whose school, health and labour fit the birth date; relation and numbers come later."""
    number = registrar.number(rng, born, sex)
    member = Member(
        {
            "姓名": name,
            "性别": sex,
            "证件类型": "居民身份证",
            "证件号码": number,
            "出生日期": born,
            "人员状态": "正常",
            "人员变更原因": None,
            "人员变更时间": None,
            "民族": rng.choices(("汉族", "苗族", "土家族"), (94, 3, 3))[0],
            "失学或辍学原因": None,
            "健康状况": _health(rng, born),
            "是否参加城乡居民基本医疗保险": "是",
            "是否参加城镇职工基本医疗保险": "否",
            "是否参加大病保险": "是",
            "是否接受医疗救助": "否",
            "是否享受低保": "未享受",
            "是否特困供养人员": "未享受",
        },
        born,
        sex,
    )
    _schooling(rng, member)
    settle_labour(rng, member)
    insured = "是" if member.age >= 16 and not member.pupil else "否"
    member.cells["是否参加城乡居民基本养老保险"] = insured
    member.cells["是否参加城镇职工基本养老保险"] = "否"
    return member


def _health(rng: random.Random, born: date) -> str:
    age = AS_OF.year - born.year
    healthy = 0.97 if age < 25 else 0.88 if age < 45 else 0.72 if age < 60 else 0.5
    return "健康" if rng.random() < healthy else rng.choices(("长期慢性病", "患有大病"), (85, 15))[0]


def fall_ill(rng: random.Random, member: Member) -> None:
    """Give the person a long or grave illness, and labour that fits."""
    illness = rng.choices(("长期慢性病", "患有大病"), (70, 30))[0]
    member.cells["健康状况"] = f"{illness},残疾" if member.ill("残疾") else illness
    if illness == "患有大病":
        member.cells["是否接受医疗救助"] = "是"
    settle_labour(rng, member)


def become_disabled(rng: random.Random, member: Member) -> None:
    """Give the person a disability card of 20 characters, and labour that fits."""
    kind = rng.choices((4, 6, 1, 5, 7, 2, 3), (46, 18, 14, 12, 6, 3, 1))[0]
    grade = rng.choices((1, 2, 3, 4), (12, 30, 33, 25))[0]
    chronic = "长期慢性病," if member.ill("长期慢性病") else "患有大病," if member.ill("患有大病") else ""
    member.cells["健康状况"] = f"{chronic}残疾"
    member.cells["证件类型"] = "残疾人证"
    member.cells["证件号码"] = disability_card(str(member.cells["证件号码"]), kind, grade)
    if 6 <= member.school_age <= 14 and grade <= 2:
        member.cells.update({"在校生状况": "非在校生", "失学或辍学原因": "因残", "文化程度": "小学"})
    settle_labour(rng, member)


def _schooling(rng: random.Random, member: Member) -> None:
    age = member.school_age
    state = "非在校生"
    if age < 6:
        state = "学前教育" if age >= 3 and rng.random() < 0.85 else "学龄前儿童"
    elif age in _SCHOOL:
        state = _SCHOOL[age]
    elif age in (15, 16, 17) and (member.age < 16 or rng.random() < 0.85):
        state = rng.choices(("普通高中", "中职"), (60, 40))[0] + _YEARS[age]
    elif age in (18, 19, 20) and rng.random() < 0.45:
        state = rng.choices(("高职高专" + _YEARS[age], "本科" + _YEARS[age]), (55, 45))[0]
    learned = _learned(rng, member.age) if state == "非在校生" else None
    member.cells.update({"文化程度": learned, "在校生状况": state})


def _learned(rng: random.Random, age: int) -> str:
    levels = ("文盲或半文盲", "小学", "初中", "高中", "大专及以上")
    if age >= 60:
        weights = (30, 60, 9, 1, 0)
    elif age >= 40:
        weights = (3, 52, 40, 5, 0)
    elif age >= 23:
        weights = (0, 12, 66, 15, 7)
    else:
        weights = (0, 0, 70, 30, 0)
    return rng.choices(levels, weights)[0]


def settle_labour(rng: random.Random, member: Member) -> None:
    """Set 劳动技能 from age, school and health, and clear the work columns."""
    member.cells["劳动技能"] = _labour(rng, member)
    member.cells.update(dict.fromkeys(WORK_COLUMNS))
    member.cells.update({"是否已务工": "否", "是否计划务工": "否"})


def _labour(rng: random.Random, member: Member) -> str:
    weak = "弱劳动力或半劳动力"
    if member.age < 16 or member.pupil or member.age >= 70:
        return "无劳动力"
    if member.ill("残疾"):
        return "丧失劳动力" if str(member.cells["证件号码"])[19] in "12" else weak
    if member.ill("患有大病"):
        return rng.choice(("丧失劳动力", weak))
    if member.age >= 60:
        return weak
    if member.ill("长期慢性病"):
        return rng.choice(("普通劳动力", weak))
    return rng.choices(("普通劳动力", "技能劳动力"), (92, 8))[0]


WORK_COLUMNS = (
    "务工区域", "务工所在地", "务工时间（月）", "务工企业名称", "所属行业", "务工月收入", "就业渠道", "是否点对点输送",
    "公益性岗位", "公益性岗位(月数)", "就业服务需求", "成员联系电话",
)  # fmt: skip


def go_to_work(rng: random.Random, member: Member, phone: str) -> None:
    """Send an able person to work: a place, months, a firm and a wage that fit together."""
    area = rng.choices(tuple(FAR_COUNTIES), (25, 25, 20, 30))[0]
    industry = rng.choice(tuple(FIRMS))
    weak = member.cells["劳动技能"] == "弱劳动力或半劳动力"
    near = area.startswith("乡")
    work: dict[str, Cell] = {
        "务工区域": area,
        "务工所在地": rng.choice(FAR_COUNTIES[area]),
        "务工时间（月）": rng.randint(2, 6) if weak else rng.randint(4, 11),
        "务工企业名称": rng.choice(FIRMS[industry]),
        "所属行业": industry,
        "务工月收入": rng.randrange(1000, 1800, 50) if weak else rng.randrange(1500, 3200 if near else 4400, 50),
        "就业渠道": rng.choice(("灵活就业", "企业就业") if near else ("外出务工", "企业就业")),
        "是否点对点输送": "否",
        "是否已务工": "是",
        "成员联系电话": phone,
    }
    member.cells.update(work)


def take_post(rng: random.Random, member: Member) -> None:
    """Give a person of the village a public-welfare post for the whole year."""
    member.cells.update({"公益性岗位": rng.choice(("保洁员", "护路员", "护林员")), "公益性岗位(月数)": 12})

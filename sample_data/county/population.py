"""The whole county: a seed in, about 900 households in the order of their villages out, without a fault."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from sample_data.county.households import new_household, part_with
from sample_data.county.identity import Registrar, household_phone, member_phone
from sample_data.county.income import settle_income
from sample_data.county.living import live, receive_help, recognise
from sample_data.county.monitoring import watch
from sample_data.county.names import CITY, COUNTY, PROVINCE, TOWNSHIPS, Helpers
from sample_data.county.people import become_disabled, fall_ill, go_to_work, take_post
from sample_data.county.records import Household, Member

SEED = 990101
_CAUSES = {"因病": 559, "因残": 391, "因学": 16, "缺劳力": 14, "缺技术": 12, "缺资金": 5, "因灾": 3}
_EXITS = {2014: 8, 2015: 10, 2016: 17, 2017: 21, 2018: 22, 2019: 17, 2020: 5}


def build_county() -> list[Household]:
    """Return the county's households with their members, every record right."""
    rng = random.Random(SEED)
    registrar = Registrar()
    places = [(town, village) for town, villages in TOWNSHIPS.items() for village in villages]
    placed = [place for place in places for _ in range(rng.randint(29, 43))]
    households = [_settle(rng, registrar, n, *place) for n, place in enumerate(placed, 1)]
    phones = iter(range(1, 10_000))
    for household in households:
        _afflict(rng, household)
        _classify(rng, household)
        _employ(rng, household, phones)
        live(rng, household)
    watched = _choose_watched(rng, households)
    for household in households:
        if id(household) not in watched:
            settle_income(rng, household, 6300 + int(rng.expovariate(1 / 1600)), 48_000)
    for household in households:
        if id(household) in watched:
            watch(rng, household, watched[id(household)])
    helpers = Helpers({str(member.cells["姓名"]) for household in households for member in household.members})
    for household in households:
        receive_help(rng, household, helpers)
    return households


def _settle(rng: random.Random, registrar: Registrar, n: int, town: str, village: str) -> Household:
    household = new_household(rng, registrar)
    if rng.random() < 0.05:
        part_with(rng, registrar, household)
    _register(rng, household, n, town, village)
    return household


def _register(rng: random.Random, household: Household, n: int, town: str, village: str) -> None:
    """Give the household its place and numbers, and its members theirs."""
    head = household.head
    number = f"990101{n:06d}"
    household.cells = {
        "序号": n, "年度": 2020, "省": PROVINCE, "市": CITY, "县": COUNTY, "乡镇": town, "行政村": village,
        "村民小组": f"{rng.randint(1, 9)}组", "户编号": number, "户主姓名": head.cells["姓名"],
        "人数": len(household.members), "户联系电话": household_phone(n), "识别标准": "国家标准", "户类型": "脱贫户",
    }  # fmt: skip
    for order, member in enumerate(household.rows, 1):
        member.cells.update(
            {"年度": 2020, "乡镇": town, "行政村": village, "户编号": number, "户主姓名": head.cells["姓名"]}
        )
        member.cells["人编号"] = f"{number}{order:02d}"
        if member.age == 0:
            member.cells.update({"人员状态": "自然增加", "人员变更原因": "出生", "人员变更时间": member.born})


def _afflict(rng: random.Random, household: Household) -> None:
    """Choose why the household was poor, and see to it that its members show it."""
    cause = rng.choices(tuple(_CAUSES), tuple(_CAUSES.values()))[0]
    adults = [member for member in household.members if member.age >= 18 and not member.pupil]
    pupils = [member for member in household.members if member.pupil and member.school_age >= 6]
    if cause == "因学" and not pupils:
        cause = "因病"
    if cause == "因病" and not any(member.ill("长期慢性病", "患有大病") for member in household.members):
        fall_ill(rng, max(rng.sample(adults, min(2, len(adults))), key=lambda member: member.age))
    if cause == "因残":
        children = [member for member in household.members if 8 <= member.school_age <= 14]
        become_disabled(rng, rng.choice(children if children and rng.random() < 0.2 else adults))
    elif rng.random() < 0.04:
        become_disabled(rng, rng.choice(household.members))
    if cause == "缺劳力" and all(member.able for member in household.members):
        cause = "缺技术"
    others = [other for other in ("缺技术", "缺资金", "缺劳力") if other != cause]
    if all(member.able for member in household.members):
        others = [other for other in others if other != "缺劳力"]
    chosen = rng.sample(others, min(len(others), rng.choices((0, 1, 2), (45, 40, 15))[0]))
    household.cells["主要致贫原因"] = cause
    household.cells["其他致贫原因"] = ",".join(chosen) or None
    household.cells["户主证件号码"] = household.head.cells["证件号码"]


def _classify(rng: random.Random, household: Household) -> None:
    """Set 贫困户属性, 低保, 特困, and the years of recognition and exit."""
    members = household.members
    unable = not any(member.able for member in members)
    destitute = len(members) == 1 and unable and rng.random() < 0.45
    grave = any(member.ill("患有大病") or _gravely_disabled(member) for member in members)
    low_income = not destitute and (unable or (grave and rng.random() < 0.45))
    for member in members:
        if destitute:
            member.cells["是否特困供养人员"] = "农村特困"
        elif low_income:
            member.cells["是否享受低保"] = "农村低保"
    kind = "特困供养脱贫户" if destitute else "低保脱贫户" if low_income else "一般脱贫户"
    exit_year = rng.choices(tuple(_EXITS), tuple(_EXITS.values()))[0]
    recognised = date(2013, 12, 1) + timedelta(days=rng.randint(0, 30))
    if exit_year > 2015 and rng.random() < 0.35:
        recognised = date(rng.randint(2014, min(2018, exit_year - 1)), rng.randint(6, 11), rng.randint(1, 28))
    leaves = exit_year <= 2015 and kind == "一般脱贫户" and rng.random() < 0.5
    household.cells.update(
        {
            "贫困户属性": kind,
            "脱贫属性": "已脱贫（不再享受政策）" if leaves else "已脱贫（享受政策）",
            "脱贫年度": exit_year,
            "返贫年度": None,
            "返贫原因": None,
        }
    )
    recognise(household, recognised)


def _gravely_disabled(member: Member) -> bool:
    return len(str(member.cells["证件号码"])) == 20 and str(member.cells["证件号码"])[19] in "12"


def _employ(rng: random.Random, household: Household, phones: Iterator[int]) -> None:
    """Send most able members of working age to work, and some of the others to a post in the village."""
    for member in household.members:
        if not 16 <= member.age < 60 or not member.able:
            continue
        weak = member.cells["劳动技能"] == "弱劳动力或半劳动力"
        if rng.random() < (0.25 if weak else 0.7):
            go_to_work(rng, member, member_phone(next(phones)))
        elif rng.random() < 0.3:
            take_post(rng, member)


def _choose_watched(rng: random.Random, households: list[Household]) -> dict[int, str]:
    """Choose 90 households to be monitored, and as what."""
    watched: dict[int, str] = {}
    fit = [
        household
        for household in households
        if household.cells["贫困户属性"] != "特困供养脱贫户" and len(household.members) > 1
    ]
    able = [household for household in fit if sum(member.able for member in household.members) >= 1]
    for household, kind in zip(rng.sample(able, 78), ["脱贫不稳定户"] * 52 + ["边缘易致贫户"] * 26, strict=True):
        watched[id(household)] = kind
    for household in rng.sample([one for one in fit if one not in able], 12):
        watched[id(household)] = "脱贫不稳定户"
    return watched

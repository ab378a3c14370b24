"""A year's income of one household: its members' work, age and benefits in, columns that add up out. Yuan."""

import random

from sample_data.county.records import Household, Member

LOW_INCOME = 4080  # 低保金 a year and person, 340 a month
DESTITUTE = 7020  # 特困供养金 a year and person
PENSION = 1320  # 城乡居民养老金 a year and person, 110 a month
POST = 600  # wage of a public-welfare post, a month
RANGE = 5500  # who has less must be monitored


def wages(household: Household) -> int:
    """Return the wages of all members: months of work away, and public-welfare posts."""
    return sum(_wage(member) for member in household.members)


def _wage(member: Member) -> int:
    months, monthly = member.cells["务工时间（月）"], member.cells["务工月收入"]
    away = int(months) * int(monthly) if isinstance(months, int) and isinstance(monthly, int) else 0
    post = member.cells["公益性岗位(月数)"]
    return away + (POST * post if isinstance(post, int) else 0)


def settle_income(rng: random.Random, household: Household, low: int, high: int) -> None:
    """Fill the income columns; transfers bring the income per head up to `low`, lower wages down to `high`."""
    members = household.members
    people = len(members)
    cells = household.cells
    able = sum(member.able for member in members)
    farming = rng.randrange(900, 4200, 50) * able if able else 0
    cells["生产经营性收入"] = farming
    cells["生产经营性支出"] = round(farming * rng.uniform(0.25, 0.4))
    cells["工资性收入"] = wages(household)
    cells["资产收益扶贫分红收入"] = rng.choice((0, 300, 500, 600)) if household.exited else 0
    cells["其他财产性收入"] = rng.choice((0, 0, 200, 400))
    cells["计划生育金"] = 0
    cells["低保金"] = LOW_INCOME * sum(member.cells["是否享受低保"] == "农村低保" for member in members)
    cells["特困供养金"] = DESTITUTE * sum(member.cells["是否特困供养人员"] == "农村特困" for member in members)
    cells["养老保险金"] = PENSION * sum(member.age >= 60 for member in members)
    cells["生态补偿金"] = rng.choice((120, 180, 240, 300, 360))
    cells["其他转移性收入"] = rng.randrange(100, 900, 10)
    add_up(household)
    target = rng.randint(low, high)
    missing = target * people - int(household.income * people)
    if household.income < low:
        cells["其他转移性收入"] = int(cells["其他转移性收入"]) + missing  # supplements of pensions and family support
    elif household.income > high:
        _work_less(household, -missing)
    add_up(household)


def _work_less(household: Household, surplus: int) -> None:
    """Take up to `surplus` yuan off the wages, by lowering the monthly wage, never below 800."""
    for member in household.members:
        months, monthly = member.cells["务工时间（月）"], member.cells["务工月收入"]
        if isinstance(months, int) and isinstance(monthly, int):
            cut = min(max(0, monthly - 800), -(-surplus // months))
            member.cells["务工月收入"] = monthly - cut
            surplus = max(0, surplus - cut * months)
    household.cells["工资性收入"] = wages(household)


def add_up(household: Household) -> None:
    """Recompute the totals: 财产性, 转移性, 年收入, 纯收入, 人均纯收入 (two decimals)."""
    cells = household.cells
    cells["财产性收入"] = _sum(household, "资产收益扶贫分红收入", "其他财产性收入")
    transfers = ("计划生育金", "低保金", "特困供养金", "养老保险金", "生态补偿金", "其他转移性收入")
    cells["转移性收入"] = _sum(household, *transfers)
    cells["年收入"] = _sum(household, "工资性收入", "生产经营性收入", "财产性收入", "转移性收入")
    cells["纯收入"] = _sum(household, "年收入") - _sum(household, "生产经营性支出")
    cells["人均纯收入"] = round(_sum(household, "纯收入") / int(cells["人数"] or 1), 2)


def _sum(household: Household, *headings: str) -> int:
    values = [household.cells[heading] for heading in headings]
    return sum(value for value in values if isinstance(value, int))

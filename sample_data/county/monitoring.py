"""Households at risk: a household and its class in, risks, dates, and an income that fits, out."""

import random
from datetime import date

from sample_data.county.income import RANGE, add_up, settle_income, wages
from sample_data.county.living import recognise
from sample_data.county.records import Household


def watch(rng: random.Random, household: Household, kind: str) -> None:
    """Make the household one of the monitored class `kind`; nearly half have had their risk removed."""
    cells = household.cells
    able = any(member.able for member in household.members)
    removed = able and rng.random() < 0.4
    cells["监测对象类别"] = kind
    cells["脱贫属性"] = "已脱贫（享受政策）"  # who is at risk is helped again
    for n, risk in enumerate(_risks(household)[:3], 1):
        cells[f"致贫/返贫风险{n}"] = risk
    cells["识别监测时间"] = identified = date(2020, rng.randint(3, 5), rng.randint(1, 28))
    if kind == "边缘易致贫户":
        recognise(household, identified)  # never on the poverty registry, so never exited
        nothing = ("脱贫属性", "脱贫年度", "首次识别时间")
        cells.update({"户类型": "一般农户", "贫困户属性": "一般农户", **dict.fromkeys(nothing)})
    _work_less(rng, household)
    if not removed:
        settle_income(rng, household, 4300, 5350)
        _sink(household)
        removed = household.income >= RANGE
    cells["风险是否已消除"] = "否"
    if removed:
        cells["风险是否已消除"] = "是"
        cells["消除监测时间"] = date(2020, 12, rng.randint(1, 25))
        cells["风险消除方式"] = "帮扶消除"
        settle_income(rng, household, RANGE + rng.randint(900, 2800), 9500)


def _risks(household: Household) -> list[str]:
    members = household.members
    found = [
        ("因病", any(member.ill("长期慢性病", "患有大病") for member in members)),
        ("因残", any(member.ill("残疾") for member in members)),
        ("因学", any(member.pupil and member.school_age >= 15 for member in members)),
        ("缺劳动力", sum(member.able for member in members) * 2 < len(members)),
        ("因务工就业不稳", any(member.works for member in members)),
    ]
    return [risk for risk, holds in found if holds] or ["因意外事故"]


def _work_less(rng: random.Random, household: Household) -> None:
    """Let the workers have short and badly paid work: that is why the household is watched."""
    for member in household.members:
        if member.works:
            member.cells["务工时间（月）"] = rng.randint(2, 5)
            member.cells["务工月收入"] = rng.randrange(1000, 1700, 50)


def _sink(household: Household) -> None:
    """Bring an income still above the range below it, a month of work at a time."""
    cells = household.cells
    for member in household.members:
        months = member.cells["务工时间（月）"]
        while household.income >= RANGE - 100 and isinstance(months, int) and months > 1:
            months -= 1
            member.cells["务工时间（月）"] = months
            cells["工资性收入"] = wages(household)
            add_up(household)
    for heading in ("其他转移性收入", "资产收益扶贫分红收入", "其他财产性收入", "生态补偿金"):
        surplus = int((household.income - RANGE + 120) * len(household.members))
        value = cells[heading]
        if surplus > 0 and isinstance(value, int):
            cells[heading] = max(0, value - surplus)
            add_up(household)

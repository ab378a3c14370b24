"""How a household lives and who helps it: housing, water, power, land, measures, and its helper."""

import random
from datetime import date, timedelta

from sample_data.county.names import Helpers
from sample_data.county.records import Household


def live(rng: random.Random, household: Household) -> None:
    """Fill food, housing, water, road, land and relocation; everything is safe."""
    people = len(household.members)
    moved = rng.random() < 0.12
    household.cells.update(
        {
            "不愁吃": "是",
            "不愁穿": "是",
            "住房面积（平方米）": rng.randint(20, 25) * people if moved else rng.randint(26, 40) * max(2, people),
            "是否危房户": "否",
            "危房级别": rng.choices(("A级", "B级"), (60, 40))[0],
            "住房安全": "是",
            "住房安全来源": "改造安全" if moved else "鉴定安全",
            "饮水困难": "否",
            "饮水安全": "是",
            "是否解决安全饮用水": "是",
            "是否通生活用电": "是",
            "有无卫生厕所": rng.choices(("是", "否"), (85, 15))[0],
            "入户路类型": rng.choices(("泥土路", "砂石路", "水泥路", "沥青路"), (5, 10, 80, 5))[0],
            "与村主干路距离（公里）": round(rng.uniform(0, 2.5), 1),
            "主要燃料类型": rng.choices(("柴草", "煤炭", "清洁能源"), (45, 5, 50))[0],
            "耕地面积（亩）": round(rng.uniform(0.3, 1.6) * people, 1),
            "林地面积（亩）": round(rng.choice((0, 0, 1, 2)) * rng.uniform(0.5, 3), 1),
            "是否搬迁户": "是" if moved else "否",
            "安置方式": rng.choices(("集中安置", "分散安置"), (80, 20))[0] if moved else None,
            "监测对象类别": None,
            "致贫/返贫风险1": None,
            "致贫/返贫风险2": None,
            "致贫/返贫风险3": None,
            "因自然灾害子项": None,
            "其他备注": None,
            "识别监测时间": None,
            "风险是否已消除": None,
            "消除监测时间": None,
            "风险消除方式": None,
        }
    )


def receive_help(rng: random.Random, household: Household, helpers: Helpers) -> None:
    """Give the household a helper, visits, and measures that fit its causes, risks and members."""
    cells = household.cells
    name, unit = helpers.next(rng, str(cells["行政村"]))
    cells["帮扶责任人"] = name
    cells["帮扶单位名称"] = unit
    cells["帮扶开始时间"] = date(rng.choice((2016, 2017, 2018, 2019)), rng.randint(3, 11), rng.randint(1, 28))
    cells["走访次数"] = rng.randint(12, 18)
    cells["最近走访日期"] = date(2020, 12, rng.randint(1, 30))
    enjoys = cells["脱贫属性"] != "已脱贫（不再享受政策）"
    measures = _measures(household) if enjoys else {}
    for heading in ("产业帮扶", "就业帮扶", "健康帮扶", "教育帮扶", "综合保障"):
        cells[heading] = measures.get(heading)
    cells["实施开发式帮扶措施情况"] = None
    if household.monitored and (cells["产业帮扶"] or cells["就业帮扶"]):
        cells["实施开发式帮扶措施情况"] = "已实施"


def _measures(household: Household) -> dict[str, str]:
    members = household.members
    measures: dict[str, str] = {}
    if household.cells["生产经营性收入"]:
        measures["产业帮扶"] = "种植业"
    if any(member.works for member in members):
        away = any(
            member.works and str(member.cells["务工区域"]).startswith(("县外", "市外", "省外")) for member in members
        )
        measures["就业帮扶"] = "劳务输出" if away else "技能培训"
    if any(member.ill("长期慢性病", "患有大病", "残疾") for member in members):
        measures["健康帮扶"] = (
            "慢病签约服务" if not any(member.ill("患有大病") for member in members) else "大病救治,医疗救助"
        )
    if any(member.pupil and member.school_age >= 6 for member in members):
        measures["教育帮扶"] = "教育资助"
    security = [
        ("低保", any(member.cells["是否享受低保"] == "农村低保" for member in members)),
        ("特困供养", any(member.cells["是否特困供养人员"] == "农村特困" for member in members)),
        ("残疾人补贴", any(member.ill("残疾") for member in members)),
    ]
    if any(given for _, given in security):
        measures["综合保障"] = ",".join(label for label, given in security if given)
    return measures


def recognise(household: Household, announced: date) -> None:
    """Date the steps of the procedure, in order and with eight days of public notice, up to the announcement."""
    days = {
        "申请日期": 30,
        "评议日期": 24,
        "公示开始日期": 22,
        "公示结束日期": 14,
        "审核日期": 10,
        "审定日期": 4,
        "公告日期": 0,
    }
    household.cells["首次识别时间"] = announced
    household.cells.update({step: announced - timedelta(days=before) for step, before in days.items()})

"""Faults of monitored households: class, risks, measures, removal. One row a kind; the rule names it."""

from datetime import date

from sample_data.county.faults_homes import day
from sample_data.county.faults_money import moved, poorer
from sample_data.county.plot import Changes, Fault, household, person
from sample_data.county.records import Household

_RISKS = ("致贫/返贫风险1", "致贫/返贫风险2", "致贫/返贫风险3")
_MEASURES = ("产业帮扶", "就业帮扶", "健康帮扶", "教育帮扶", "综合保障", "实施开发式帮扶措施情况")
_UNSAFE: Changes = {"是否危房户": "是", "危房级别": "C级", "住房安全": "否"}
_THIRSTY: Changes = {"是否解决安全饮用水": "否", "饮水安全": "否", "饮水困难": "是"}


def _open(h: Household) -> bool:
    """Monitored, the risk still there."""
    return h.monitored and not h.removed


def _edge(h: Household) -> bool:
    """Not an exited household: 边缘易致贫户, the risk still there."""
    return _open(h) and not h.exited


def _unstable(h: Household) -> bool:
    """An exited household, the risk still there."""
    return _open(h) and h.exited


def _has(h: Household, *risks: str) -> bool:
    return any(h.cells[name] in risks for name in _RISKS)


def _all_able(h: Household) -> bool:
    return all(m.able for m in h.members)


def _none_able(h: Household) -> bool:
    return not any(m.able for m in h.members)


def _only(risk: str) -> Changes:
    return {"致贫/返贫风险1": risk, "致贫/返贫风险2": None, "致贫/返贫风险3": None}


WATCHED: tuple[Fault, ...] = (
    person(
        "MON014", "是否参加城乡居民基本医疗保险", lambda h, m: _open(h) and not _has(h, "因病") and m.age > 20,
        lambda _, _m: {"是否参加城乡居民基本医疗保险": "否"}, count=2, also=("MED002", "MED005"),
    ),
    household(
        "MON023", "综合保障",
        lambda h: _open(h) and h.cells["贫困户属性"] == "低保脱贫户" and h.cells["综合保障"] == "低保", lambda _: {"综合保障": None}, count=2,
    ),
    household("STA015", "公示结束日期", _edge, lambda h: {"公示结束日期": day(h, "公示开始日期", 3)}, count=2),
    household("HSG006", "是否危房户", _edge, lambda _: {"是否危房户": "是"}, count=2),
    household("WAT009", "是否解决安全饮用水", _edge, lambda _: _THIRSTY, count=2),
    household("MON001", "监测对象类别", _edge, lambda _: {"监测对象类别": "脱贫不稳定户"}, count=2),
    household(
        "MON011", "风险是否已消除", lambda h: _unstable(h) and _none_able(h),
        lambda h: poorer(h, 6900) | {"风险是否已消除": "是", "消除监测时间": date(2020, 12, 8), "风险消除方式": "帮扶消除"}, count=2,
    ),
    household("LAB020", "致贫/返贫风险1", lambda h: _open(h) and _none_able(h), lambda _: _only("因务工就业不稳"), count=2),
    household(
        "LAB018", "致贫/返贫风险1", lambda h: _open(h) and _all_able(h) and len(h.members) < 4, lambda _: _only("缺劳动力"), count=2,
    ),
    household(
        "LAB019", "致贫/返贫风险3",
        lambda h: _open(h) and len(h.members) >= 4 and 2 * sum(m.able for m in h.members) >= len(h.members) and not _all_able(h),
        lambda _: {"致贫/返贫风险3": "缺劳动力"}, count=2,
    ),
    household(
        "MED012", "致贫/返贫风险1", lambda h: _open(h) and not any(m.ill("长期慢性病", "患有大病") for m in h.members),
        lambda _: {"致贫/返贫风险1": "因病", "健康帮扶": "医疗救助"}, count=2,
    ),
    household(
        "MED013", "致贫/返贫风险1", lambda h: _open(h) and not any(m.ill("残疾") for m in h.members),
        lambda _: {"致贫/返贫风险1": "因残"}, count=2, also=("MON024",),
    ),
    household(
        "MON024", "综合保障", lambda h: _open(h) and _has(h, "因残") and not _has(h, "因病") and h.cells["综合保障"] == "残疾人补贴",
        lambda _: {"综合保障": None}, count=1,
    ),
    household("HSG002", "是否危房户", lambda h: h.removed, lambda _: _UNSAFE),
    household("WAT002", "是否解决安全饮用水", lambda h: h.removed, lambda _: _THIRSTY, also=("WAT009",)),
    household(
        "INC019", "工资性收入", lambda h: h.removed and bool(h.cells["就业帮扶"]),
        lambda h: moved(h, "工资性收入", "其他转移性收入"), count=2, also=("INC013",),
    ),
    household(
        "INC020", "生产经营性收入", lambda h: h.removed and bool(h.cells["产业帮扶"]),
        lambda h: moved(h, "生产经营性收入", "其他财产性收入", 生产经营性支出=0), count=2,
    ),
    household("INC023", "人均纯收入", lambda h: h.removed and h.income > 7000, lambda h: poorer(h, 5000)),
    household("MON008", "消除监测时间", lambda h: h.removed, lambda _: {"识别监测时间": date(2020, 9, 8), "消除监测时间": date(2020, 12, 29)}),
    household(
        "MON009", "产业帮扶",
        lambda h: h.removed and h.exited and h.cells["主要致贫原因"] == "因病" and bool(h.cells["产业帮扶"]),
        lambda _: dict.fromkeys(_MEASURES), count=2, also=("AID009",),
    ),
    person(
        "MON010", "是否参加城乡居民基本医疗保险", lambda h, m: h.removed and m.age > 20,
        lambda _, _m: {"是否参加城乡居民基本医疗保险": "否"}, count=2, also=("MED002", "MED005"),
    ),
    household("MON018", "风险消除方式", lambda h: h.removed, lambda _: {"风险消除方式": None}),
    household("MON001", "监测对象类别", _unstable, lambda _: {"监测对象类别": "边缘易致贫户"}, count=2),
    household("MON003", "识别监测时间", _open, lambda _: {"识别监测时间": None}),
    household("MON004", "致贫/返贫风险1", _open, lambda _: dict.fromkeys(_RISKS)),
    household("MON005", "致贫/返贫风险1", _open, lambda _: _only("其他")),
    household("MON006", "致贫/返贫风险1", _open, lambda _: _only("因自然灾害")),
    household(
        "MON013", "实施开发式帮扶措施情况", lambda h: _open(h) and bool(h.cells["实施开发式帮扶措施情况"]),
        lambda _: {"实施开发式帮扶措施情况": "尚未实施"}, also=("MON012",),
    ),
)  # fmt: skip

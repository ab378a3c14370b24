"""Faults of whole households: status, living, income, help. One row a kind; the rule names it."""

from datetime import date, timedelta

from sample_data.county.faults_money import moved, poorer, recounted, without
from sample_data.county.plot import Changes, Fault, household
from sample_data.county.records import ErrorCell, Household

_SYNONYMS = {"因病": "因病致贫", "因残": "因残致贫"}
_UNSAFE: Changes = {"是否危房户": "是", "危房级别": "C级", "住房安全": "否"}
_THIRSTY: Changes = {"是否解决安全饮用水": "否", "饮水安全": "否", "饮水困难": "是"}


def plain(h: Household) -> bool:
    """An exited household that still enjoys policies, is not monitored, and has at least two members."""
    return (
        h.exited
        and not h.monitored
        and len(h.members) > 1
        and h.cells["脱贫属性"] == "已脱贫（享受政策）"
        and h.cells["贫困户属性"] == "一般脱贫户"
    )


def rich(h: Household) -> bool:
    """A plain household whose income is far above every line."""
    return plain(h) and h.income > 12_000


def day(h: Household, heading: str, days: int) -> date:
    value = h.cells[heading]
    if not isinstance(value, date):
        raise TypeError(heading)
    return value + timedelta(days=days)


def _year(h: Household) -> int:
    value = h.cells["脱贫年度"]
    return value if isinstance(value, int) else 0


def _disabled(h: Household) -> bool:
    return any(m.ill("残疾") for m in h.members)


def _ill(h: Household) -> bool:
    return any(m.ill("长期慢性病", "患有大病") for m in h.members)


def _older(h: Household) -> bool:
    return any(m.age >= 60 for m in h.members)


READING: tuple[Fault, ...] = (
    household("FMT001", "人均纯收入", rich, lambda _: {"人均纯收入": "约9000"}, count=2),
    household("FMT001", "住房面积（平方米）", plain, lambda _: {"住房面积（平方米）": "三间平房"}, count=2),
    household("FMT002", "首次识别时间", plain, lambda _: {"首次识别时间": "记不清"}),
    household("FMT004", "帮扶单位名称", plain, lambda _: {"帮扶单位名称": "æ\xa0·ä¾‹åŽ¿æ°´åŠ¡å±€"}, count=2),
    household("FMT004", "帮扶单位名称", plain, lambda _: {"帮扶单位名称": "样例高新區(qū)管理处"}, count=1),
    household("FMT004", "村民小组", plain, lambda h: {"村民小组": str(h.cells["村民小组"])[:-1] + "\ufffd"}, count=1),
    household("FMT005", "住房面积（平方米）", plain, lambda _: {"住房面积（平方米）": ErrorCell("#N/A")}, count=2),
    household("FMT005", "耕地面积（亩）", plain, lambda _: {"耕地面积（亩）": ErrorCell("#REF!")}, count=2),
    household("FMT006", "耕地面积（亩）", plain, lambda _: {"耕地面积（亩）": "３.５"}),
    household("FMT006", "年收入", plain, lambda h: {"年收入": f"{h.cells['年收入']:,}"}),
    household(
        "FMT006",
        "住房面积（平方米）",
        plain,
        lambda h: {"住房面积（平方米）": f"{h.cells['住房面积（平方米）']}平方米"},
    ),
    household(
        "FMT013", "乡镇", lambda h: plain(h) and h.cells["乡镇"] == "白鹭镇", lambda _: {"乡镇": "白鷺鎮"}, count=2
    ),
    household("COD001", "主要燃料类型", plain, lambda _: {"主要燃料类型": "酥油"}, count=2),
    household("COD001", "入户路类型", plain, lambda _: {"入户路类型": "石板路"}, count=2),
    household(
        "COD002",
        "主要致贫原因",
        lambda h: plain(h) and h.cells["主要致贫原因"] in _SYNONYMS,
        lambda h: {"主要致贫原因": _SYNONYMS[str(h.cells["主要致贫原因"])]},
        count=2,
    ),
    household("IDN011", "户联系电话", plain, lambda _: {"户联系电话": None}, count=2),
    household("IDN011", "户联系电话", plain, lambda h: {"户联系电话": str(h.cells["户联系电话"])[:10]}, count=2),
    household("IDN015", "人数", rich, lambda h: recounted(h, len(h.members) + 1)),
)

LIVING: tuple[Fault, ...] = (
    household("FOD001", "不愁吃", plain, lambda _: {"不愁吃": "否"}),
    household("FOD002", "不愁穿", plain, lambda _: {"不愁穿": "否"}),
    household("FOD003", "不愁吃", plain, lambda _: {"不愁吃": None}),
    household("HSG001", "是否危房户", plain, lambda _: _UNSAFE),
    household("HSG003", "是否危房户", plain, lambda _: {"是否危房户": None}),
    household("HSG004", "住房面积（平方米）", plain, lambda _: {"住房面积（平方米）": None}),
    household("HSG005", "危房级别", plain, lambda _: {"危房级别": "D级"}),
    household("HSG007", "住房安全来源", plain, lambda _: {"住房安全来源": None}),
    household(
        "HSG008", "住房面积（平方米）", lambda h: plain(h) and h.cells["是否搬迁户"] == "是",
        lambda h: {"住房面积（平方米）": 34 * len(h.members)},
    ),
    household("WAT001", "是否解决安全饮用水", plain, lambda _: _THIRSTY),
    household("WAT003", "是否解决安全饮用水", plain, lambda _: {"是否解决安全饮用水": None, "饮水安全": None}),
    household("WAT004", "饮水困难", plain, lambda _: {"饮水困难": "是"}),
    household("WAT010", "是否通生活用电", plain, lambda _: {"是否通生活用电": None}),
    household(
        "MED015", "综合保障", lambda h: plain(h) and not _disabled(h) and not h.cells["综合保障"],
        lambda _: {"综合保障": "残疾人补贴"},
    ),
    household(
        "MED012", "主要致贫原因", lambda h: plain(h) and not _ill(h) and h.cells["主要致贫原因"] == "因残" and bool(h.cells["健康帮扶"]),
        lambda _: {"主要致贫原因": "因病"}, count=2,
    ),
    household(
        "MED013", "主要致贫原因", lambda h: plain(h) and not _disabled(h) and h.cells["主要致贫原因"] == "因病" and not h.cells["综合保障"],
        lambda _: {"主要致贫原因": "因残", "综合保障": "临时救助"}, count=2,
    ),
    household(
        "MED014", "主要致贫原因", lambda h: plain(h) and not any(m.pupil for m in h.members),
        lambda _: {"主要致贫原因": "因学", "教育帮扶": "教育资助"}, count=2,
    ),
    household("MON022", "综合保障", lambda h: plain(h) and not h.cells["综合保障"], lambda _: {"综合保障": "低保"}),
)  # fmt: skip

INCOME: tuple[Fault, ...] = (
    household("INC001", "人均纯收入", rich, lambda _: {"人均纯收入": None}),
    household("INC002", "人均纯收入", rich, lambda h: {"人均纯收入": round(h.income + 1234.5, 2)}, count=4),
    household("INC003", "年收入", rich, lambda h: {"年收入": int(str(h.cells["年收入"])) + 700}),
    household("INC004", "其他转移性收入", rich, lambda h: {"其他转移性收入": int(str(h.cells["其他转移性收入"])) + 880}),
    household("INC005", "纯收入", rich, lambda h: {"纯收入": int(str(h.cells["年收入"])) + 300}),
    household("INC006", "人均纯收入", lambda h: plain(h) and _year(h) == 2020, lambda h: poorer(h, 3600), also=("INC007",)),
    household("INC007", "人均纯收入", lambda h: rich(h) and _year(h) < 2020, lambda h: poorer(h, 5100)),
    household(
        "INC012", "工资性收入", lambda h: h.exited and not h.monitored and not any(m.able for m in h.members),
        lambda h: moved(h, "其他转移性收入", "工资性收入"),
    ),
    household(
        "INC013", "工资性收入", lambda h: rich(h) and any(m.works for m in h.members),
        lambda h: moved(h, "工资性收入", "其他转移性收入"),
    ),
    household(
        "INC014", "转移性收入", lambda h: not h.monitored and h.cells["贫困户属性"] == "低保脱贫户" and not _older(h),
        lambda h: without(h, "转移性收入"),
    ),
    household(
        "INC016", "养老保险金", lambda h: plain(h) and _older(h), lambda h: moved(h, "养老保险金", "其他转移性收入"),
    ),
    household("INC018", "生产经营性支出", lambda h: plain(h) and bool(h.cells["生产经营性收入"]), lambda h: without(h, "生产经营性支出")),
)  # fmt: skip

STATUS: tuple[Fault, ...] = (
    household("STA001", "脱贫年度", lambda h: plain(h) and day(h, "首次识别时间", 0).year > 2015, lambda _: {"脱贫年度": 2014}),
    household("STA003", "脱贫年度", plain, lambda _: {"脱贫年度": None}),
    household(
        "STA004", "脱贫属性", plain, lambda _: {"脱贫属性": "未脱贫", "贫困户属性": "一般贫困户"}, also=("STA027",),
    ),
    household("STA005", "脱贫年度", lambda h: plain(h) and day(h, "首次识别时间", 0).year > 2014, lambda h: {"脱贫年度": day(h, "首次识别时间", 0).year}),
    household("STA007", "脱贫属性", plain, lambda _: {"脱贫属性": "返贫", "返贫年度": 2020, "贫困户属性": "一般贫困户"}),
    household(
        "STA002", "返贫年度", lambda h: plain(h) and _year(h) > 2016,
        lambda _: {"脱贫属性": "返贫", "返贫年度": 2015, "返贫原因": "因病", "贫困户属性": "一般贫困户"},
    ),
    household("STA009", "主要致贫原因", plain, lambda _: {"主要致贫原因": None}, count=2),
    household("STA009", "主要致贫原因", lambda h: plain(h) and _disabled(h) and _ill(h), lambda _: {"主要致贫原因": "因病,因残"}, count=2),
    household("STA010", "其他致贫原因", plain, lambda _: {"其他致贫原因": "缺技术,缺资金,交通条件落后"}),
    household("STA011", "其他致贫原因", plain, lambda h: {"其他致贫原因": h.cells["主要致贫原因"]}),
    household("STA012", "评议日期", plain, lambda _: {"评议日期": None}),
    household("STA013", "审核日期", plain, lambda h: {"审核日期": day(h, "申请日期", -40)}),
    household("STA014", "公示结束日期", plain, lambda h: {"公示结束日期": day(h, "公示开始日期", 3)}),
    household("STA020", "识别标准", plain, lambda _: {"识别标准": None}),
)  # fmt: skip

HELP: tuple[Fault, ...] = (
    household("AID001", "帮扶责任人", plain, lambda _: {"帮扶责任人": None}, count=4),
    household("AID003", "走访次数", plain, lambda _: {"走访次数": 3}),
    household("AID004", "最近走访日期", plain, lambda _: {"最近走访日期": date(2021, 2, 3)}),
    household("AID006", "帮扶责任人", plain, lambda h: {"帮扶责任人": h.members[1].cells["姓名"]}),
    household(
        "AID009",
        "健康帮扶",
        lambda h: plain(h) and h.cells["主要致贫原因"] == "因病" and not _disabled(h),
        lambda _: {"健康帮扶": None},
    ),
)

HOMES: tuple[Fault, ...] = READING + LIVING + INCOME + STATUS + HELP

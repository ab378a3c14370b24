"""Thirty villages with forty-six kinds of trouble: each household as it is in truth, and as it stands in the registry."""

from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from sample_data.county.books import write_table
from sample_data.county.faulty import build_faulty
from sample_data.county.population import build_county
from sample_data.county.records import Household

VILLAGES = 30
RULES = [
    "AID004",
    "AID006",
    "EDU001",
    "EDU002",
    "EDU004",
    "EDU005",
    "EDU006",
    "EDU008",
    "EDU010",
    "IDN001",
    "IDN002",
    "IDN003",
    "IDN006",
    "IDN008",
    "IDN009",
    "IDN010",
    "IDN011",
    "LAB010",
    "LAB012",
    "LAB013",
    "IDN022",
    "IDN023",
    "IDN024",
    "INC001",
    "INC021",
    "LAB001",
    "LAB002",
    "LAB003",
    "LAB005",
    "LAB008",
    "MED001",
    "MED008",
    "MED009",
    "MED011",
    "MED015",
    "REL001",
    "REL002",
    "REL003",
    "REL004",
    "REL005",
    "REL006",
    "REL007",
    "REL008",
    "REL009",
    "STA010",
    "WAT010",
]  # forty-six that few columns are enough for
OF_HOUSEHOLD = [
    "省",
    "市",
    "县",
    "乡镇",
    "行政村",
    "户编号",
    "户主姓名",
    "人数",
    "户联系电话",
    "其他致贫原因",
    "人均纯收入",
    "帮扶责任人",
    "最近走访日期",
    "综合保障",
    "年度",
    "是否通生活用电",
]
OF_MEMBER = [
    "人编号",
    "姓名",
    "性别",
    "证件类型",
    "证件号码",
    "出生日期",
    "民族",
    "与户主关系",
    "文化程度",
    "在校生状况",
    "失学或辍学原因",
    "健康状况",
    "劳动技能",
    "是否已务工",
    "务工时间（月）",
    "务工月收入",
    "成员联系电话",
    "公益性岗位",
    "公益性岗位(月数)",
]
EACH = 2  # households of each kind at most
TOWNS = ("青石镇", "白云乡", "河湾镇")


class Trouble(Struct, frozen=True):
    """One planted fault, and the household it stands in."""

    rule: str
    household: str  # 户编号
    column: str


class Village(Struct):
    """One village's households: (in truth, as the registry has it) by 户编号."""

    town: str
    name: str
    households: dict[str, tuple[Household, Household]] = field(default_factory=dict)
    file: str = ""


class Registry:
    """Thirty workbooks that can be written anew as often as something is corrected, spoilt again or taken out."""

    def __init__(self) -> None:
        self.villages = [
            Village(TOWNS[n % len(TOWNS)], f"示例{n + 1:02d}村", file=f"{n + 1:02d}_示例{n + 1:02d}村.xlsx")
            for n in range(VILLAGES)
        ]
        self.troubles = self._settle()
        self.wrong = {trouble.household for trouble in self.troubles}  # households that are not corrected yet
        self.out: set[str] = set()  # households whose rows were taken out of the workbook
        self.where = {code: village for village in self.villages for code in village.households}

    def _settle(self) -> list[Trouble]:
        truth, registry = build_county(), build_county()
        planted = build_faulty(registry).planted
        places = {str(home.cells["户编号"]): at for at, home in enumerate(truth)}
        count: Counter[str] = Counter()
        troubles, ill = [], set()
        for one in planted:
            code = one["household"]
            if one["rule"] in RULES and count[one["rule"]] < EACH and code in places and code not in ill and alone(one):
                count[one["rule"]] += 1
                ill.add(code)
                troubles.append(Trouble(one["rule"], code, one["column"]))
        touched = {str(one["household"]) for one in planted} | {other for one in planted for other in one["others"]}
        sound = [code for code in places if code not in touched][:VILLAGES]
        for number, code in enumerate([*sorted(ill), *sound]):
            village = self.villages[number % VILLAGES]
            for home in (truth[places[code]], registry[places[code]]):
                home.cells["乡镇"], home.cells["行政村"] = village.town, village.name
            village.households[code] = (truth[places[code]], registry[places[code]])
        return troubles

    def write(self, folder: Path) -> list[Path]:
        """Write every village's workbook, a sheet of people, as the registry has it now."""
        folder.mkdir(parents=True, exist_ok=True)
        for village in self.villages:
            homes = [pair[code in self.wrong] for code, pair in village.households.items() if code not in self.out]
            rows = [
                tuple(home.cells[name] for name in OF_HOUSEHOLD) + tuple(member.cells[name] for name in OF_MEMBER)
                for home in homes
                for member in home.rows
            ]
            write_table(folder / village.file, f"{village.name}花名册", (*OF_HOUSEHOLD, *OF_MEMBER), rows)
        return [folder / village.file for village in self.villages]


def alone(planted: dict[str, Any]) -> bool:
    """Whether a fault is of one household alone, and no other rule is said to find it too."""
    return not (planted["gathered"] or planted["others"] or planted["also"])

"""Two editions of one village for `fupin compare`: a village of the clean county in, 2019 and 2020 in two layouts out."""

from copy import deepcopy
from pathlib import Path

from msgspec import Struct, field

from sample_data.county.books import CREATED, new_page
from sample_data.county.records import Cell, Household

VILLAGE = "枫树坪村"
HOUSEHOLDS = 13
Row = list[Cell]
_PERSON = ("姓名", "证件号码", "与户主关系", "文化程度", "健康状况", "在校生状况")
_HOME = ("户编号", "脱贫属性", "是否危房户", "是否解决安全饮用水", "人均纯收入", "住房面积（平方米）")


class Home(Struct):
    """A household as both editions write it."""

    cells: dict[str, Cell]
    people: list[dict[str, Cell]] = field(default_factory=list)

    @property
    def head(self) -> Cell:
        """The name of the head."""
        return next(person["姓名"] for person in self.people if person["与户主关系"] == "户主")


def write_editions(folder: Path, county: list[Household]) -> None:
    """Write 枫树坪村2019.xlsx and 枫树坪村2020.xlsx below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    village = [
        home for home in county if home.cells["行政村"] == VILLAGE and len(home.members) > 1 and not home.monitored
    ]
    before = [
        Home(
            {name: home.cells[name] for name in _HOME},
            [{name: member.cells[name] for name in _PERSON} for member in home.members],
        )
        for home in village[:HOUSEHOLDS]
    ]
    _two_sheets(folder / f"{VILLAGE}2019.xlsx", before[:-1])
    _one_list(folder / f"{VILLAGE}2020.xlsx", _a_year_later(deepcopy(before)))


def _a_year_later(homes: list[Home]) -> list[Home]:
    """What became of the village: every class of difference once or twice."""
    _money(homes)
    old, son, small, large, mother = homes[2], homes[6], homes[5], homes[9], homes[8]
    child = old.people.pop()  # moved: to the household of a neighbour
    small.people.append({**child, "与户主关系": "其他"})
    parted = Home({**homes[3].cells, "户编号": f"{str(homes[3].cells['户编号'])[:-3]}901"}, homes[3].people[2:])
    homes[3].people = homes[3].people[:2]  # split: the son, his wife and their children are a household now
    for person, relation in zip(parted.people, ("户主", "配偶", "之子", "之子"), strict=True):
        person["与户主关系"] = relation
    small.people += [{**person, "与户主关系": "其他"} for person in mother.people]  # merged: two households became one
    son.people[0]["与户主关系"], son.people[1]["与户主关系"] = "配偶", "户主"  # head changed
    number = str(large.people[1]["证件号码"])  # a slip: two digits changed places, and the name sounds alike
    large.people[1].update({"证件号码": number[:14] + number[15] + number[14] + number[16:], "姓名": "刘香钰"})
    homes[10].people.pop()  # only left: the grandfather died
    homes[11].people.append(dict(homes[11].people[2]))  # repeated: one row entered twice
    homes[4].people[2]["在校生状况"] = "普通高中一年级"
    homes[0].people[1]["健康状况"] = "患有大病"
    kept = [home for home in homes if home is not mother]
    return [*kept, parted]  # the last household of `homes` is new: 2019 does not have it


def _money(homes: list[Home]) -> None:
    """Incomes of a year later, a floor plan measured anew, a house made safe."""
    for home, step in zip((homes[0], homes[1], homes[7]), (860.5, -412.0, 1500.0), strict=True):
        home.cells["人均纯收入"] = round(float(str(home.cells["人均纯收入"])) + step, 2)
    homes[4].cells["住房面积（平方米）"] = int(str(homes[4].cells["住房面积（平方米）"])) + 25
    homes[1].cells["脱贫属性"] = "已脱贫（不享受政策）"


def _two_sheets(path: Path, homes: list[Home]) -> None:
    """2019: households on one sheet, members on another."""
    import xlsxwriter

    above: Row = ["户编号", "户主姓名", "人数", *_HOME[1:]]
    households = [
        [home.cells["户编号"], home.head, len(home.people), *(home.cells[name] for name in _HOME[1:])] for home in homes
    ]
    people = [[home.cells["户编号"], *(person[name] for name in _PERSON)] for home in homes for person in home.people]
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        new_page(book, "户信息").fill([[f"{VILLAGE}建档立卡户信息（2019年12月31日）"], above, *households])
        new_page(book, "家庭成员").fill([[f"{VILLAGE}家庭成员（2019年12月31日）"], ["户编号", *_PERSON], *people])


def _one_list(path: Path, homes: list[Home]) -> None:
    """2020: one list of persons, other headings in another order, codes with their numbers, the latest household first."""
    import xlsxwriter

    heads: Row = ["序号", "家庭成员姓名", "身份证号", "与户主的关系", "健康情况", "学历", "在校生状况", "户编号", "脱贫属性",
                  "是否危房", "安全饮水", "家庭人均纯收入（元）", "住房面积"]  # fmt: skip
    rows: list[Row] = []
    for home in reversed(homes):
        for person in home.people:
            cells = home.cells
            rows.append([
                len(rows) + 1, person["姓名"], person["证件号码"], person["与户主关系"], person["健康状况"], person["文化程度"],
                person["在校生状况"], cells["户编号"], cells["脱贫属性"], cells["是否危房户"], cells["是否解决安全饮用水"],
                cells["人均纯收入"], cells["住房面积（平方米）"],
            ])  # fmt: skip
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        new_page(book, "花名册").fill([[f"样例县{VILLAGE}人口花名册（2020年12月31日）"], heads, *rows])

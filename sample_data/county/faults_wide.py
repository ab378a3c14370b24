"""Faults that need more than one record, or none: duplicates, changed heads, helpers, and the sheet itself."""

from itertools import pairwise

from sample_data.county.books import FIRST_ROW, Spoils, member_rows, total
from sample_data.county.faults_homes import plain
from sample_data.county.plot import Planted, Plot
from sample_data.county.records import Household, Member


def plant_wide(plot: Plot) -> None:
    """Plant them all."""
    same_number_twice(plot, "IDN004", 3)
    _same_head_twice(plot)
    _lost_members(plot)
    _no_head(plot)
    _child_as_head(plot)
    _gone_without_reason(plot)


def _spouses(home: Household) -> list[Member]:
    return [one for one in home.members if one.cells["与户主关系"] == "配偶" and len(str(one.cells["证件号码"])) == 18]


def _note(plot: Plot, planted: Planted, *homes: Household) -> None:
    plot.planted.append(planted)
    plot.touch(*homes)


def same_number_twice(plot: Plot, rule: str, count: int) -> None:
    """Give a wife the number of another household's wife of nearly the same age."""

    def suits(home: Household) -> bool:
        watched = home.monitored and not home.removed
        return bool(_spouses(home)) and (watched if rule == "MON017" else plain(home))

    homes = sorted(plot.free(suits), key=lambda home: (_spouses(home)[0].sex, _spouses(home)[0].born))
    left, last = count, 0
    for n, (one, other) in enumerate(pairwise(homes)):
        giver, taker = _spouses(one)[0], _spouses(other)[0]
        if (
            left
            and n > last + 1
            and giver.sex == taker.sex
            and abs(giver.age - taker.age) <= 2
            and one.head is not other.head
        ):
            taker.cells.update({"证件号码": giver.cells["证件号码"], "出生日期": giver.cells["出生日期"]})
            also = ("IDN004",) if rule == "MON017" else ()
            cells = ["证件号码", "出生日期"]
            _note(plot, Planted(rule, other, taker, "家庭成员", "证件号码", also, [one], cells=cells), one, other)
            left, last = left - 1, n
    if left:
        raise ValueError(f"{rule}: {left} pairs missing")


def _same_head_twice(plot: Plot) -> None:
    """Register one old person twice: two households of one, the same head's number."""
    homes = plot.free(lambda home: len(home.members) == 1 and not home.monitored and home.head.age > 70)
    homes = [home for home in homes if len(str(home.head.cells["证件号码"])) == 18]
    homes.sort(key=lambda home: (home.head.sex, home.head.born))
    for one, other in list(zip(homes[::2], homes[1::2], strict=False))[:3]:
        for heading in ("证件号码", "出生日期"):
            other.head.cells[heading] = one.head.cells[heading]
        other.head.cells["性别"] = one.head.cells["性别"]
        other.cells["户主证件号码"] = one.head.cells["证件号码"]
        planted = Planted("IDN017", other, None, "户信息", "户主证件号码", ("IDN004",), [one], cells=["户主证件号码"])
        _note(plot, planted, one, other)


def _lost_members(plot: Plot) -> None:
    """Mistype 户编号 on the household's row: it has no members then, and they no household."""
    for home in plot.free(lambda home: plain(home) and not home.cells["综合保障"])[:3]:
        right = str(home.cells["户编号"])
        home.cells["户编号"] = f"990199{right[6:]}"
        cells = ["户编号"]
        _note(plot, Planted("IDN013", home, None, "户信息", "户编号", cells=cells), home)
        plot.planted.append(Planted("IDN014", home, None, "户信息", "户编号", cells=cells, number=right))


def _no_head(plot: Plot) -> None:
    for home in plot.free(plain)[:3]:
        home.head.cells["与户主关系"] = "其他"
        _note(plot, Planted("REL001", home, home.head, "家庭成员", "与户主关系", cells=["与户主关系"]), home)


def _child_as_head(plot: Plot) -> None:
    """Make a schoolchild the head and the lone parent a member."""

    def suits(home: Household) -> bool:
        return plain(home) and len(home.members) == 2 and 9 <= home.members[1].age <= 16

    for home in plot.free(suits)[:3]:
        parent, child = home.members
        child.cells["与户主关系"] = "户主"
        parent.cells["与户主关系"] = "之父" if parent.sex == "男" else "之母"
        home.cells.update({"户主姓名": child.cells["姓名"], "户主证件号码": child.cells["证件号码"]})
        for member in home.rows:
            member.cells["户主姓名"] = child.cells["姓名"]
        _note(plot, Planted("REL009", home, child, "家庭成员", "与户主关系", cells=["与户主关系"]), home)


def _gone_without_reason(plot: Plot) -> None:
    for home in plot.free(lambda home: plain(home) and bool(home.left))[:3]:
        gone = home.left[0]
        gone.cells["人员变更原因"] = None
        _note(plot, Planted("STA022", home, gone, "家庭成员", "人员变更原因", cells=["人员变更原因"]), home)


def busy_helper(plot: Plot) -> None:
    """Hand three more households to a helper who has five."""
    loads: dict[object, list[Household]] = {}
    for home in plot.households:
        loads.setdefault(home.cells["帮扶责任人"], []).append(home)
    free = {id(home) for home in plot.free(lambda home: not home.monitored)}
    for name, helped in loads.items():
        village = helped[0].cells["行政村"]
        more = [home for home in plot.households if home.cells["行政村"] == village and id(home) in free]
        more = [home for home in more if home.cells["帮扶责任人"] != name and plain(home)][:3]
        if name and len(helped) == 5 and len(more) == 3 and all(id(home) in free for home in helped):
            plot.touch(*helped)
            for home in more:
                home.cells.update({"帮扶责任人": name, "帮扶单位名称": helped[0].cells["帮扶单位名称"]})
                _note(
                    plot,
                    Planted("AID002", home, None, "户信息", "帮扶责任人", others=helped, cells=["帮扶责任人"]),
                    home,
                )
            return
    raise ValueError("AID002: no helper with five households")


def spoil_sheet(plot: Plot) -> Spoils:
    """Merge a head's name over two households, hide two rows, and misstate two totals; called last."""
    spoils = Spoils()
    rows = member_rows(plot.households)
    for one, other in pairwise(plot.households):
        free = {id(home) for home in plot.free(plain)}
        if id(one) in free and id(other) in free and len(spoils.merges) < 3:
            last = rows[id(one.rows[-1])]
            spoils.merges.append(("户主姓名", last, last + 1))
            cells = ["户主姓名"]
            planted = Planted("FMT009", other, other.head, "家庭成员", "户主姓名", (), [one], cells=cells)
            _note(plot, planted, one, other)
    homes = plot.free(plain)[:2]
    spoils.hidden_rows += sorted(FIRST_ROW + plot.households.index(home) for home in homes)
    plot.touch(*homes)
    plot.planted.append(Planted("FMT012", None, None, "户信息", None))
    last = FIRST_ROW + len(plot.households)
    for heading, error in (("工资性收入", 1000), ("人数", 3)):
        spoils.totals[heading] = total(plot.households, heading) + error
        plot.planted.append(Planted("FMT010", None, None, "户信息", heading, row=last, cells=[heading]))
    return spoils

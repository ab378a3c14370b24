"""Laws of reading: wherever a clean rectangle of a registry is placed, and whatever stands around it, its typed table is the same."""

from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines import Engine, open_engine
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.sheet import Sheet
from fupin_cli.rules import load_rulebook
from fupin_cli.sheets import read_sheets
from fupin_cli.tables import build_tables, find_layouts
from tests.sketch import read_sketch, write_sketch
from tests.tables.headed import put

TODAY = Settings(today=date(2020, 12, 31))
OF_PERSON = {
    "证件号码": ["990101197003050015", "11010519491231002X", "990101197208110026", ""],
    "性别": ["男", "女", ""],
    "出生日期": ["'1970-03-05", "@1972-08-11", "'200506", ""],
    "健康状况": ["健康", "残疾、长期慢性病", ""],
    "务工时间": ["6", "0", "'11个月", ""],
}
OF_HOUSEHOLD = {
    "人均纯收入": ["4120", "3600.5", "0", "'3,200", ""],
    "危房户": ["是", "否", ""],
    "住房面积": ["80", "'46平方米", ""],
    "脱贫年度": ["2017", "'2019年", ""],
}
KEYS = ["户编号", "姓名", "与户主关系"]
NAMES = ["田丰收", "米小兰", "谷有余", "麦满仓", "秦百顺", "安平", "石磊"]
BANDS = ["基本信息", "家庭情况", "人口信息"]
TITLES = ["示例县清溪镇花名册", "柳湾村脱贫人口名单", "附件2"]
ABOVE = [
    *(f"| {title} |" for title in TITLES),
    "| 单位：元 |",
    "| 乡镇：清溪镇　村：柳湾村 |",
    "| 柳湾村 | | 填报日期：2020年1月6日 |",
    "",
]
BETWEEN = ["", "", "小计", "本页合计", "柳湾村（3户）", "heading"]
BELOW = [
    "",
    "总计",
    "| 注：1.收入按上年度填写。 |",
    "| 填表人：王一 | | 审核人：李二 |",
    "| 村委会（盖章） |",
    "| | | 2020年12月6日 |",
]


class Registry(Struct, frozen=True):
    """A clean rectangle: its columns, and households of members, each a text of the sketch for each column."""

    columns: list[str]
    households: list[list[dict[str, str]]]

    @property
    def drawn(self) -> str:
        rows = [[member[column] for column in self.columns] for home in self.households for member in home]
        return "\n".join(_line(row) for row in [self.columns, *rows])


class Placed(Struct, frozen=True):
    """The same registry on a sheet as a clerk keeps it."""

    drawn: str
    rows: list[int]  # where each member came to stand, as Excel counts


class Around(Struct, frozen=True):
    """How a registry is placed."""

    above: list[str]
    below: list[str]
    between: dict[int, list[str]]  # before which member, counted from 1, stands what
    jumps: dict[int, int]  # how many rows were deleted before a member
    shift: int  # blank columns before
    bands: list[int]  # how many columns each band covers; [] one heading row
    merged: bool  # bands are merged, not typed over their first column
    household: str  # its cells are repeated, left blank below the first row, or merged down
    hidden: list[int]  # which members' rows are hidden


@st.composite
def registries(draw):
    """A heading of known columns in any order, one to twelve members of one to four households."""
    own = draw(st.lists(st.sampled_from(list(OF_PERSON)), unique=True))
    of_home = draw(st.lists(st.sampled_from(list(OF_HOUSEHOLD)), unique=True))
    columns = draw(st.permutations([*KEYS, *own, *of_home]))
    households = []
    for number in range(draw(st.integers(1, 4))):
        shared = {column: draw(st.sampled_from(OF_HOUSEHOLD[column])) for column in of_home}
        shared["户编号"] = f"'99010100{number:02}"
        members = []
        for place in range(draw(st.integers(1, 3))):
            member = {column: draw(st.sampled_from(OF_PERSON[column])) for column in own}
            member |= {"姓名": draw(st.sampled_from(NAMES)), "与户主关系": ["户主", "配偶", "之子"][place]}
            members.append(shared | member)
        households.append(members)
    return Registry(columns, households)


@st.composite
def placements(draw):
    """Anything around a registry of at most twelve members and twelve columns."""
    return Around(
        above=draw(st.lists(st.sampled_from(ABOVE), max_size=4)),
        below=draw(st.lists(st.sampled_from(BELOW), max_size=4)),
        between=draw(
            st.dictionaries(st.integers(1, 11), st.lists(st.sampled_from(BETWEEN), min_size=1, max_size=2), max_size=3)
        ),
        jumps=draw(st.dictionaries(st.integers(1, 11), st.integers(1, 40), max_size=2)),
        shift=draw(st.integers(0, 3)),
        bands=draw(st.one_of(st.just([]), st.lists(st.integers(1, 5), min_size=12, max_size=12))),
        merged=draw(st.booleans()),
        household=draw(st.sampled_from(["repeated", "blank", "merged"])),
        hidden=draw(st.lists(st.integers(0, 11), max_size=2, unique=True)),
    )


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def placed(registry: Registry, around: Around) -> Placed:
    """Draw a registry as it was placed."""
    columns, lines, rows, hidden = registry.columns, list(around.above), [], []
    left = [""] * around.shift
    heading = [left + row for row in _heading(columns, around)]
    lines += map(_line, heading)
    row = len(lines)
    count = 0
    for home in registry.households:
        for place, member in enumerate(home):
            # a merged cell does not reach over a heading or a total: those stand between households
            if count and (place == 0 or around.household != "merged"):
                for what in around.between.get(count, ()):
                    if what == "heading" and around.bands and around.household != "repeated":
                        # 配偶 | 米小兰 right above a band printed again is still taken for a band itself
                        continue
                    drawn = _between(what, columns, heading, left)
                    lines += drawn
                    row += len(drawn)
                if jump := around.jumps.get(count):
                    row += jump
                    lines.append(f"... {row + 1}")
            lines.append(_line(left + [_cell(column, member, place, around) for column in columns]))
            row += 1
            rows.append(row)
            if count in around.hidden:
                hidden.append(str(row))
            count += 1
    for what in around.below:
        lines.append(_line(left + _total(what, columns)) if what.endswith("计") else what)
    options = f" {{rows={','.join(hidden)}}}" if hidden else ""
    return Placed("\n".join([f"# 册{options}", *lines]), rows)


def _heading(columns: list[str], around: Around) -> list[list[str]]:
    if not around.bands:
        return [columns]
    bands: list[str] = []
    for number, width in enumerate(around.bands):
        fill = "<" if around.merged else ""
        bands += [BANDS[number % len(BANDS)], *[fill] * (width - 1)]
    return [bands[: len(columns)], columns]


def _between(what: str, columns: list[str], heading: list[list[str]], left: list[str]) -> list[str]:
    if what == "heading":
        return [_line(row) for row in heading]
    if not what:
        return [""]
    if what.endswith("计"):
        return [_line(left + _total(what, columns))]
    return [_line(left + [what] + ["<"] * (len(columns) - 1))]


def _total(what: str, columns: list[str]) -> list[str]:
    """A row of totals: its word in the first column, an amount in every column of amounts."""
    return [what, *("9999" if column in ("人均纯收入", "住房面积") else "" for column in columns[1:])]


def _cell(column: str, member: dict[str, str], place: int, around: Around) -> str:
    shared = column in OF_HOUSEHOLD or column == "户编号"
    if place and shared and around.household != "repeated":
        return "^" if around.household == "merged" else ""
    return member[column]


@cache
def _dictionary():
    return load_rulebook().dictionary


def typed(engine: Engine, sheet: Sheet, columns: list[str]) -> list[tuple[object, ...]]:
    """Return of each member Excel's row, the first row of its household, and value and state of every column."""
    layouts = find_layouts(engine, sheet, _dictionary(), Wishes())
    layouts = [replace(layout, source=source) for source, layout in enumerate(layouts)]
    if not layouts:
        return []
    tables = build_tables(engine, layouts, _dictionary(), TODAY)
    own = tables.columns["人"]
    fields = [f'{"p" if column in own else "h"}."{column}{mark}"' for column in columns for mark in ("", "$")]
    return engine.rows(
        f"""SELECT p."_row", min(p."_row") OVER (PARTITION BY p."_household"), {", ".join(fields)}
FROM "人" AS p LEFT JOIN "户" AS h ON h."_id" = p."_household" ORDER BY p."_row\""""
    )


def typed_drawing(text: str, columns: list[str]) -> list[tuple[object, ...]]:
    """Put a drawn sheet into an engine and type it."""
    engine = open_engine()
    try:
        return typed(engine, put(engine, read_sketch(text)[0], 0, "registry.xlsx"), columns)
    finally:
        engine.close()


def moved(clean: list[tuple[object, ...]], rows: list[int]) -> list[tuple[object, ...]]:
    """Return the typed rows of the clean rectangle with the row numbers of the placed one."""
    return [(rows[one[0] - 2], rows[one[1] - 2], *one[2:]) for one in clean]


@settings(max_examples=30, deadline=None)
@given(registry=registries(), around=placements())
def test_a_registry_reads_the_same_wherever_it_is_placed(registry, around):
    clean = typed_drawing(registry.drawn, registry.columns)
    assert len(clean) == sum(map(len, registry.households))
    there = placed(registry, around)
    assert typed_drawing(there.drawn, registry.columns) == moved(clean, there.rows), there.drawn


@settings(max_examples=8, deadline=None)
@given(registry=registries(), around=placements())
def test_row_numbers_are_excels_through_a_real_workbook(registry, around, tmp_path_factory):
    there = placed(registry, around)
    path = write_sketch(tmp_path_factory.mktemp("law") / "registry.xlsx", there.drawn)
    engine = open_engine()
    try:
        (sheet,) = read_sheets(engine, path, 0)
        read = typed(engine, sheet, registry.columns)
    finally:
        engine.close()
    assert [row for row, *_ in read] == there.rows

"""A series of years: who came, went and came back, what moved, and every life that contradicts itself."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.engines import open_engine
from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.trend import run
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.model.trend import Flow, Trend
from fupin_cli.trends import Kept, flows, keep
from tests.sketch import write_sketch

HEADING = "| 户编号 | 户主姓名 | 姓名 | 与户主关系 | 性别 | 年龄 | 民族 | 证件号码 | 脱贫属性 | 监测对象类别 | 人均纯收入 | 人员状态 | 人员变更原因 |"
ZHANG, SON, LI, WANG, QIAN, SUN = (
    "11010519491231002X", "990101198001010014", "99010119700101001X", "990101197501010016", "990101199001010027",
    "990101200501010037",
)  # fmt: skip


def row(  # noqa: PLR0917 - one argument a column
    household,
    head,
    name,
    relation,
    sex,
    age,
    number,
    status,
    income,
    nation="汉族",
    standing="正常",
    reason="",
    monitored="",
):
    cells = (
        f"'{household}",
        head,
        name,
        relation,
        sex,
        age,
        nation,
        f"'{number}" if number else "",
        status,
        monitored,
        income,
        standing,
        reason,
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"


H1, H2, H3 = "990101000001", "990101000002", "990101000003"
YEAR_2018 = (
    row(H1, "张三", "张三", "户主", "女", 69, ZHANG, "已脱贫", 5000),
    row(H1, "张三", "张四", "之子", "男", 38, SON, "已脱贫", 5000),
    row(H2, "李一", "李一", "户主", "男", 48, LI, "未脱贫", 3000),
    row(H2, "李一", "钱一", "之女", "女", 28, QIAN, "未脱贫", 3000, standing="自然减少", reason="死亡"),
)  # fmt: skip
YEAR_2019 = (
    row(H1, "张三", "张三", "户主", "女", 68, ZHANG, "未脱贫", 2000),
    row(H3, "王一", "王一", "户主", "男", 44, WANG, "已脱贫", 6000),
    row(H3, "王一", "张四", "之女婿", "男", 39, SON, "已脱贫", 6000),
)
YEAR_2020 = (
    row(H1, "张三", "张三", "户主", "男", 69, ZHANG, "返贫", 2100, nation="满族"),
    row(H2, "李一", "李一", "户主", "男", 50, LI, "已脱贫", 3200),
    row(H2, "李一", "钱一", "之女", "女", 30, QIAN, "已脱贫", 3200),
    row(H3, "王一", "王乙", "户主", "男", 45, WANG, "已脱贫", 6000),
)


def drawn(folder: Path, year: int, rows: tuple[str, ...], heading: str = HEADING) -> str:
    path = folder / f"花名册{year}年.xlsx"
    write_sketch(path, "\n".join([f"# {year}年花名册", heading, *rows]))
    return str(path)


def trend(*editions: str, asked=(), **chosen) -> Trend:
    return run(Request((), Settings(today=datetime.date(2026, 1, 1), **chosen)), [str(one) for one in editions], asked)


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    folder = tmp_path_factory.mktemp("years")
    return [drawn(folder, year, rows) for year, rows in ((2018, YEAR_2018), (2019, YEAR_2019), (2020, YEAR_2020))]


@pytest.fixture(scope="module")
def found(years):
    return trend(*years)


def told(found: Trend) -> list[list[tuple[str, str | None]]]:
    return [[(finding.rule, finding.person) for finding in audit.findings] for audit in found.steps]


def test_entries_exits_and_returns_are_counted_over_all_editions(found):
    assert [edition.name for edition in found.editions] == ["2018-12-31", "2019-12-31", "2020-12-31"]
    assert [edition.households for edition in found.editions] == [
        Flow(here=2),
        Flow(here=2, entered=1, left=1),
        Flow(here=3, returned=1),
    ]
    assert [edition.persons for edition in found.editions] == [
        Flow(here=3),
        Flow(here=3, entered=1, left=1),
        Flow(here=4, entered=1, left=1, returned=1),  # 钱一 was never on the books; 李一 was
    ]
    assert [
        (one.edition, one.level, one.way, one.name, one.last, one.place.file.name, one.place.row) for one in found.passages
    ] == [
        (1, "户", "entered", "王一", 1, "花名册2019年.xlsx", 3),
        (1, "户", "left", "李一", 0, "花名册2018年.xlsx", 4),
        (2, "户", "returned", "李一", 2, "花名册2020年.xlsx", 3),
        (1, "人", "entered", "王一", 1, "花名册2019年.xlsx", 3),
        (1, "人", "left", "李一", 0, "花名册2018年.xlsx", 4),
        (2, "人", "entered", "钱一", 2, "花名册2020年.xlsx", 4),
        (2, "人", "left", "张四", 1, "花名册2019年.xlsx", 4),
        (2, "人", "returned", "李一", 2, "花名册2020年.xlsx", 3),
    ]  # fmt: skip


def test_every_contradiction_of_two_neighbours_is_told_with_both_places(found):
    assert told(found) == [
        [("IDN044", "张三"), ("INC009", "张三"), ("REL017", "张四"), ("STA029", "张三")],
        [("IDN036", "张三"), ("IDN038", "王乙"), ("STA039", "张三"), ("IDN039", "张三")],
    ]
    (moved,) = [finding for finding in found.steps[0].findings if finding.rule == "REL017"]
    assert moved.message == ("张四：上期在户990101000001，本期在户990101000003，没有写明分户、迁移等变更原因")
    (sex,) = [finding for finding in found.steps[1].findings if finding.rule == "IDN036"]
    assert [(place.file.name, place.row, place.cells, place.role) for place in sex.places] == [
        ("花名册2020年.xlsx", 2, ("E2",), "subject"),
        ("花名册2019年.xlsx", 2, ("E2",), "other"),
    ]


def test_the_dead_who_stand_there_again_are_told(tmp_path):
    dead = row(H1, "张三", "张四", "之子", "男", 38, SON, "已脱贫", 5000, standing="自然减少", reason="死亡")
    alive = row(H1, "张三", "张四", "之子", "男", 39, SON, "已脱贫", 5000)
    head = [row(H1, "张三", "张三", "户主", "女", age, ZHANG, "已脱贫", 5000) for age in (69, 70)]
    found = trend(drawn(tmp_path, 2018, (head[0], dead)), drawn(tmp_path, 2019, (head[1], alive)))
    assert told(found) == [[("IDN040", "张四")]]


def test_incomes_and_standings_are_summed_by_edition(found):
    second, third = (edition.income for edition in found.editions[1:])
    assert (second.median, second.mean, second.compared, second.fell_much, second.sharp) == (4000, 4000, 1, 1, 1)
    assert (third.compared, third.same, third.rose, third.rose_much, third.sharp) == (2, 1, 1, 0, 0)
    assert [(s.edition, s.before, s.after, s.households) for s in found.shifts if s.column == "脱贫属性"] == [
        (1, "已脱贫", "未脱贫", 1),
        (2, "已脱贫", "已脱贫", 1),
        (2, "未脱贫", "返贫", 1),
    ]


def test_the_limit_of_a_sharp_change_is_the_one_the_user_sets(years):
    income = trend(*years, given={"收入年际变化上限": 0.01}).editions[2].income
    assert (income.limit, income.rose, income.rose_much, income.sharp) == (0.01, 0, 1, 1)


def test_a_series_in_order_has_no_finding(tmp_path):
    files = []
    for year in (2018, 2019, 2020):
        age = year - 1950
        files.append(drawn(tmp_path, year, (
            row(H1, "张三", "张三", "户主", "女", age, ZHANG, "已脱贫", 5000 + year),
            row(H1, "张三", "张四", "之子", "男", year - 1980, SON, "已脱贫", 5000 + year),
        )))  # fmt: skip
    found = trend(*files)
    assert told(found) == [[], []]
    assert found.passages == ()
    assert [edition.persons for edition in found.editions] == [Flow(here=2)] * 3


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 2, 0)])
def test_the_order_of_the_files_changes_nothing(years, found, order):
    there, here = trend(*(years[place] for place in order)), found
    assert there.editions == here.editions
    assert (there.passages, there.shifts, told(there)) == (here.passages, here.shifts, told(here))


def test_a_person_without_a_number_is_neither_new_nor_gone(tmp_path):
    named = row(H1, "张三", "张四", "之子", "男", 38, SON, "已脱贫", 5000)
    blank = row(H1, "张三", "张四", "之子", "男", 39, "", "已脱贫", 5000)
    head = row(H1, "张三", "张三", "户主", "女", 69, ZHANG, "已脱贫", 5000)
    found = trend(drawn(tmp_path, 2018, (head, named)), drawn(tmp_path, 2019, (head, blank)))
    assert found.editions[1].persons == Flow(here=1, unclear=1, unkeyed=1)
    assert found.passages == ()


def test_an_edition_of_households_only_tells_nothing_of_persons(tmp_path, years):
    only = drawn(
        tmp_path, 2019, (f"| '{H1} | 张三 | 未脱贫 | 2000 |",), "| 户编号 | 户主姓名 | 脱贫属性 | 人均纯收入 |"
    )
    series = trend(years[0], only, years[2])
    assert [edition.has_persons for edition in series.editions] == [True, False, True]
    assert [edition.households for edition in series.editions] == [
        Flow(here=2),
        Flow(here=1, left=1),
        Flow(here=3, entered=1, returned=1),
    ]
    assert [one for one in series.passages if one.level == "人"] == []
    assert series.editions[2].persons == Flow(here=4, unclear=5)  # who was here in 2019, and who was not, nobody says


def test_a_household_with_a_new_number_is_followed_by_its_head(tmp_path):
    old = row(H1, "张三", "张三", "户主", "女", 69, ZHANG, "已脱贫", 5000)
    new = row(H2, "张三", "张三", "户主", "女", 70, ZHANG, "已脱贫", 5000)
    found = trend(drawn(tmp_path, 2018, (old,)), drawn(tmp_path, 2019, (new,)))
    assert found.editions[1].households == Flow(here=1)
    assert told(found) == [[]]


def test_an_edition_without_a_day_is_named_by_the_user_or_refused(tmp_path):
    (tmp_path / "旧").mkdir()
    old = tmp_path / "旧" / "old.xlsx"
    write_sketch(old, "\n".join(["# 花名册", HEADING, *YEAR_2018]))
    new = drawn(tmp_path, 2019, YEAR_2019)
    with pytest.raises(UsageError) as caught:
        trend(new, old)
    assert caught.value.zh == f"{old}：看不出是哪一期，各行、标题、文件名都没有日期；请写明日期，如 2019={old}。"
    found = trend(new, f"2018-06={old}")
    assert [edition.name for edition in found.editions] == ["2018-06-30", "2019-12-31"]
    assert told(found) == [[("IDN044", "张三"), ("INC009", "张三"), ("REL017", "张四"), ("STA029", "张三")]]


def test_the_day_the_user_gave_is_the_editions_for_the_next_one_too(tmp_path):
    heading = "| 户编号 | 姓名 | 与户主关系 | 证件号码 | 脱贫属性 | 脱贫年度 |"
    old, new = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_sketch(old, f"{heading}\n| '{H1} | 张三 | 户主 | '{ZHANG} | 未脱贫 | |")
    write_sketch(new, f"{heading}\n| '{H1} | 张三 | 户主 | '{ZHANG} | 已脱贫 | 2017 |")
    assert told(trend(f"2020-06={new}", f"2018={old}", select=("STA032",))) == [[("STA032", "张三")]]
    assert told(trend(f"2018={new}", f"2016={old}", select=("STA032",))) == [[]]


def test_files_named_by_one_day_are_one_edition(tmp_path, years, found):
    (tmp_path / "甲").mkdir()
    first, second = (write_sketch(tmp_path / "甲" / name, "\n".join(["# 花名册", HEADING, *rows]))
                     for name, rows in (("a.xlsx", YEAR_2018[:2]), ("b.xlsx", YEAR_2018[2:])))  # fmt: skip
    split = trend(f"2018={first}", years[1], f"2018={second}")
    assert split.editions[0].files == (str(first), str(second))
    assert [edition.persons for edition in split.editions] == [edition.persons for edition in found.editions[:2]]


def test_what_is_no_series_is_refused_in_one_sentence(tmp_path, years):
    def refusal(*editions, **chosen):
        with pytest.raises(UsageError) as caught:
            trend(*editions, **chosen)
        return caught.value.zh

    assert refusal(years[0]) == "只有一期，没有可比的：请给出两期或更多的登记表，每期一个文件或文件夹。"
    assert refusal(years[0], years[0]) == f"{years[0]}：这个文件给了两次；每期的文件只给一次。"
    copy = tmp_path / "又一个2018年.xlsx"
    copy.write_bytes(Path(years[0]).read_bytes())
    assert refusal(years[0], copy).endswith(
        "分不出先后；同一期的请放在一个文件夹里，不是同一期的请写明日期，如 2019=" + years[0] + "。"
    )
    assert refusal(years[0], f"去年={years[1]}") == (
        f"去年={years[1]}：“=”前要写这一期的日期，如 2019={years[1]} 或 2019-12-31={years[1]}。"
    )
    assert refusal(*years, select=("EDU001",)) == (
        "选定的规则中没有比较两期的；用 fupin rules list --scope 跨期 查看。"
    )
    assert refusal(*years, asked=[("人", SUN)]) == "--person：哪一期都没有这个人；请核对写法。"
    with pytest.raises(InputError):
        trend(years[0], tmp_path / "没有.xlsx")


def test_a_line_shows_one_person_or_household_over_the_years(years):
    found = trend(*years, asked=[("人", LI), ("户", H1)])
    li, first = found.lines
    assert [(point.there, point.household, point.status, point.income, point.members) for point in li.points] == [
        (True, H2, "未脱贫", 3000, ("李一",)),
        (False, None, None, None, ()),
        (True, H2, "已脱贫", 3200, ("李一", "钱一")),
    ]
    assert [point.status for point in first.points] == ["已脱贫", "未脱贫", "返贫"]
    assert {person for step in told(found) for _, person in step} == {"张三"}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 5), st.booleans()), min_size=2, max_size=5))
def test_whoever_is_here_came_or_stayed(editions):
    """The flows of drawn editions (person → on the books, or marked as left) are those counted by hand, and add up."""
    engine = open_engine()
    try:
        keep(engine, Tables((), persons=False, households=False, columns={}), 0)  # makes the tables
        kept = [Kept(Tables((), persons=True, households=True, columns={}), frozenset())] * len(editions)
        for n, own in enumerate(editions):
            for person, here in own.items():
                engine.run(
                    f"""INSERT INTO "期_人" (n, id, chain, name, here) VALUES ({n}, {person}, 'c{person}', '张{person}', {here})"""
                )
        counted = flows(engine, kept)["人"]
    finally:
        engine.close()
    ever: set[int] = set()
    was: set[int] = set()
    for n, own in enumerate(editions):
        now = {person for person, here in own.items() if here}
        wanted = Flow(len(now), len(now - ever), len(was - now), len((now & ever) - was)) if n else Flow(len(now))
        assert counted[n] == wanted
        assert n == 0 or wanted.here == len(was) + wanted.entered + wanted.returned - wanted.left
        ever, was = ever | now, now

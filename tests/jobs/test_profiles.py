"""A county's own profile in ten lines, as docs/rules/profiles.md has it, over a registry and its lists."""

import json
import re
from pathlib import Path

import pytest

from fupin_cli.jobs.profiles import profile_table
from tests.jobs.test_audit import fupin

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "profiles.md"
PERSONS = """
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 家庭人口 | 脱贫属性 | 脱贫年度 | 人均纯收入 | 监测对象类别 |
| '990101000001 | 张三 | 户主 | '990101196005010119 | 1 | 已脱贫 | 2020 | 4050 | |
| '990101000002 | 李四 | 户主 | '990101196208010223 | 1 | 已脱贫 | 2020 | 4300 | |
"""
CARS = """
| 证件号码 | 姓名 | 车辆类型 | 购置价格 |
| '990101196005010119 | 张三 | 小型轿车 | 60000 |
| '990101196208010223 | 李四 | 小型轿车 | 40000 |
"""
HOUSES = """
| 证件号码 | 姓名 | 城乡 | 取得方式 |
| '990101196005010119 | 张三 | 城镇 | 易地扶贫搬迁 |
| '990101196208010223 | 李四 | 城镇 | 购买 |
"""
WAGES = """
| 证件号码 | 姓名 | 缴费月数 |
| '990101196005010119 | 张三 | 24 |
"""


def documented() -> str:
    """Return the profile that the page shows."""
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return text


@pytest.fixture
def audited(sketch, tmp_path):
    """Audit the two households with three lists by a profile written as given, and what it takes of 河北-2018."""

    def run(text: str, *words: str) -> dict:
        folder = tmp_path / "本县规则" / "profiles"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "某县-2020.yaml").write_text(text, "utf-8")
        lists = {
            "车辆": sketch(CARS, "c.xlsx"),
            "房产": sketch(HOUSES, "h.xlsx"),
            "社保公积金": sketch(WAGES, "w.xlsx"),
        }
        code, out, err = fupin(
            "audit", sketch(PERSONS), "--rules", folder.parent, "--profile", "某县-2020", "--format", "json",
            *(word for name, file in lists.items() for word in ("--list", f"{name}={file}")), *words,
        )  # fmt: skip
        assert code in {0, 1}, err
        return json.loads(out)

    return run


def told(report: dict) -> list[tuple[str, str, str]]:
    return [(one["rule"], one["severity"], one["household"]) for one in report["findings"]]


def test_the_page_shows_ten_lines():
    assert len(documented().splitlines()) == 10


def test_the_documented_profile_judges_by_what_it_says_and_what_it_takes(audited):
    report = audited(documented(), "--select", "ENT,INC006")

    assert (report["as_of"], report["profile"]) == ("2020-12-31", "某县-2020")
    assert told(report) == [
        ("INC006", "error", "990101000001"),  # 4050 is not above the 4100 of the profile
        ("ENT004", "warning", "990101000001"),  # 60000; the other's 40000 is excused by the county's own item
        ("ENT006", "warning", "990101000002"),  # the first one's house is excused by the item taken of the province
    ]
    reasons = {one["rule"]: one["reason"] for one in report["rules"]["not_run"]}
    assert (reasons["ENT002"], reasons["ENT003"], reasons["ENT008"]) == ("profile", "list", "profile")
    (line,) = report["findings"][0]["parameters"]
    assert (line["value"], line["source"]) == (4100, "某县不得纳入的情形（2020年底）（某县动态管理办法（2020））")


def test_without_the_line_that_leaves_it_out_the_provinces_item_counts(audited):
    report = audited(documented().replace("without: [ENT002]\n", ""), "--select", "ENT002")

    assert told(report) == [("ENT002", "warning", "990101000001")]


def test_a_parameter_that_is_taken_names_the_profile_it_comes_from(audited):
    heir = (
        "name: 某县-2020\ntitle: 某县\nextends: 六个纳入-2020\nregion: '990101'\nas_of: 2021-12-31\nbasis: {convention: 虚构}\n"
        "items: [{rule: INC007, says: 要摸底, severity: notice}]\n"
    )

    report = audited(heir, "--select", "INC007")

    assert told(report) == [("INC007", "notice", "990101000001"), ("INC007", "notice", "990101000002")]
    (line,) = report["findings"][0]["parameters"]
    assert (line["value"], line["source"]) == (
        5000,
        "“两摸底”的六个纳入、三不纳入（2020年底；来源没有写明地方）（网页 51cfp 10271 [E10]）",
    )


@pytest.mark.parametrize(
    ("own", "asked", "found"),
    [
        ("", "error", []),
        (", severity: error", "error", [("ENT004", "error", "990101000001")]),
        (", severity: notice", "warning", []),
        (", severity: notice", "notice", [("ENT004", "notice", "990101000001")]),
    ],
)
def test_an_items_severity_decides_what_is_reported(audited, own, asked, found):
    text = documented().replace("\"车辆类型 LIKE '%摩托%'\"]", "\"车辆类型 LIKE '%摩托%'\"]" + own)

    report = audited(text, "--select", "ENT004", "--severity", asked)

    assert told(report) == found
    assert report["rules"]["run"] == (["ENT004"] if found else [])


def test_national_profiles_differ_by_the_line_of_their_year():
    table = profile_table([f"national-{year}" for year in range(2014, 2021)], None)

    (line,) = [row for row in table.parameters if (row.name, row.tier) == ("收入线", "国家标准")]
    assert [value.value if value else None for value in line.values] == [2800, 2855, 2952, None, 2995, 3218, None]
    assert [row.rule.id for row in table.rows] == []


def test_one_profile_has_the_values_that_its_day_and_place_decide():
    table = profile_table(["山东-2018"], None)

    lines = {row.tier: row.values[0].value for row in table.parameters if row.name == "收入线" and row.values[0]}
    assert lines == {"": 3609, "国家标准": 2995, "省定标准": 3609}
    assert [profile.name for profile in table.lines[0]] == ["national-2018", "national-2020"]


def test_a_row_has_the_lists_that_verify_it_and_an_item_for_each_profile():
    table = profile_table(["红塔-2018", "河北-2018"], None)

    (cars,) = [row for row in table.rows if row.rule.id == "ENT004"]
    (dead,) = [row for row in table.rows if row.rule.id == "ENT017"]
    assert cars.lists == ("车辆",)
    assert [item.exceptions[0] if item else None for item in cars.items] == [
        "购置价格 > 0 AND 购置价格 < 30000",
        "车辆类型 LIKE '%残疾%'",
    ]
    assert [item is None for item in dead.items] == [False, True]

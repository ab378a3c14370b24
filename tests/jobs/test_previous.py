"""Two years of one invented registry through the real command: --previous, what it finds, where, and what it refuses."""

import json

import pandas as pd
import pytest

import fupin_cli
from fupin_cli.errors import InputError, UsageError
from tests.jobs.test_audit import findings, fupin

HEADING = "| 户编号 | 姓名 | 与户主关系 | 性别 | 证件号码 | 脱贫属性 | 脱贫年度 | 人均纯收入 | 健康状况 |"
YEAR_2019 = f"""
# 2019年花名册
{HEADING}
| '990101000001 | 张三 | 户主 | 女 | '11010519491231002X | 已脱贫 | 2018 | 5000 | 残疾 |
| '990101000001 | 张四 | 之子 | 男 | '990101198001010018 | 已脱贫 | 2018 | 5000 | 健康 |
| '990101000001 | 张五 | 之孙女 | 女 | | 已脱贫 | 2018 | 5000 | 健康 |
| '990101000002 | 李一 | 户主 | 男 | '990101197001010016 | 未脱贫 | | 3000 | 长期慢性病 |
| '990101000002 | 李二 | 之女 | 女 | '990101200101010023 | 未脱贫 | | 3000 | 健康 |
"""
YEAR_2020 = f"""
# 2020年花名册
{HEADING}
| '990101000001 | 张三 | 户主 | 男 | '11010519491231002X | 未脱贫 | | 9000 | 健康 |
| '990101000003 | 张四 | 户主 | 男 | '990101198001010018 | 已脱贫 | 2018 | 5200 | 健康 |
| '990101000003 | 张五 | 之女 | 男 | | 已脱贫 | 2018 | 5200 | 健康 |
| '990101000003 | 李二 | 配偶 | 女 | '990101200101010023 | 已脱贫 | 2018 | 5200 | 残疾 |
| '990101000002 | 李一 | 户主 | 男 | '990101197001010016 | 已脱贫 | 2020 | 3300 | 长期慢性病 |
"""
TWO = "IDN036,MED025,STA029,STA030,STA032,INC009"


@pytest.fixture
def years(sketch):
    return sketch(YEAR_2019, "花名册2019年.xlsx"), sketch(YEAR_2020, "花名册2020年.xlsx")


def test_two_years_are_compared_person_by_person_and_household_by_household(years):
    earlier, now = years
    found = findings(now, "--previous", earlier, "--select", TWO, "--reveal")
    assert [(one["rule"], one["household"], one["person"]) for one in found] == [
        ("IDN036", "990101000001", "张三"),
        ("INC009", "990101000001", "张三"),
        ("MED025", "990101000001", "张三"),
        ("STA029", "990101000001", "张三"),  # out of poverty, then not, without 返贫
    ]
    assert found[1]["message"] == (
        "户编号990101000001（张三）：人均纯收入9000元，上期5000元，涨跌超过上期的0.5倍，没有说明"
    )


def test_the_earlier_value_is_shown_with_its_place(years):
    earlier, now = years
    (finding,) = findings(now, "--previous", earlier, "--select", "IDN036")
    assert finding["values"] == {"性别": "男", "上期 性别": "女"}
    assert [
        (place["file"], place["sheet"], place["row"], place["cells"], place["role"]) for place in finding["places"]
    ] == [
        (str(now), "2020年花名册", 2, ["D2"], "subject"),
        (str(earlier), "2019年花名册", 2, ["D2"], "other"),
    ]
    assert finding["message"] == "张*：性别上期填女，本期填男"


def test_a_household_that_split_and_a_blank_certificate_stay_unknown(years):
    earlier, now = years
    report = json.loads(fupin("audit", now, "--previous", earlier, "--select", TWO, "--format", "json")[1])
    rules = report["rules"]

    def counts(rule):
        return [rules[verdict][rule] for verdict in ("passed", "failed", "unknown", "not_applicable")]

    assert counts("IDN036") == [3, 1, 1, 0]  # 张五 has no number; 张四 and 李二 are met in their new household
    assert counts("STA030") == [0, 0, 1, 2]  # 990101000003 split off, its head was none: which household was it?
    assert rules["not_run"] == []


def test_without_the_option_the_rules_are_not_run_and_say_why(years):
    code, out, _ = fupin("audit", years[1], "--select", "INC009", "--format", "json")
    assert code == 0
    assert json.loads(out)["rules"]["not_run"] == [{"rule": "INC009", "reason": "previous", "missing": ["--previous"]}]


def test_a_column_the_earlier_edition_lacks_is_named(sketch, years):
    row = "| '990101000001 | 张三 | 户主 | '11010519491231002X |"
    earlier = sketch(f"| 户编号 | 姓名 | 与户主关系 | 证件号码 |\n{row}", "旧2019年.xlsx")
    out = fupin("audit", years[1], "--previous", earlier, "--select", "IDN036,INC009", "--format", "json")[1]
    assert json.loads(out)["rules"]["not_run"] == [
        {"rule": "INC009", "reason": "column", "missing": ["上期 人均纯收入"]},
    ]  # the sex is told by the certificate


def test_folders_and_several_files_are_one_earlier_edition(sketch, years):
    _, now = years
    first, *rest = YEAR_2019.strip().splitlines()[1:]
    sketch("\n".join([first, *rest[:3]]), "旧/甲村2019年.xlsx")
    other = sketch("\n".join([first, *rest[3:]]), "乙村2019年.xlsx")
    found = findings(now, "--previous", other.parent / "旧", "--previous", other, "--select", TWO)
    assert [one["rule"] for one in found] == ["IDN036", "INC009", "MED025", "STA029"]
    assert {place["file"] for one in found for place in one["places"] if place["role"] == "other"} == {
        str(other.parent / "旧" / "甲村2019年.xlsx")
    }


def test_an_edition_without_a_date_says_so_and_answers_nothing_of_its_day(sketch):
    old = sketch(YEAR_2019.replace("2019年", ""), "旧.xlsx")
    now = sketch(YEAR_2020, "花名册2020年.xlsx")
    report = json.loads(fupin("audit", now, "--previous", old, "--select", "STA032,IDN036", "--format", "json")[1])
    assert "上期有 7 行没有写明数据日期，凡要用上期日期的（如上期的年龄）都看不出。" in report["notes"]
    assert [report["rules"][verdict]["STA032"] for verdict in ("passed", "failed", "unknown")] == [0, 0, 2]
    assert "上期读到 2 户 5 人；本期 5 人中有 4 人在上期找到（按证件号码）。" in report["notes"]
    assert report["rules"]["failed"]["IDN036"] == 1


def test_an_earlier_edition_that_is_later_answers_nothing(years):
    earlier, now = years
    report = json.loads(fupin("audit", earlier, "--previous", now, "--select", "IDN036", "--format", "json")[1])
    assert report["rules"]["unknown"] == {"IDN036": 5}
    assert "上期读到 3 户 5 人；本期 5 人中有 0 人在上期找到（按证件号码）。" in report["notes"]


def test_the_same_file_in_both_editions_is_wrong_usage(years):
    _, now = years
    code, _, err = fupin("audit", now, "--previous", now)
    assert code == 2
    assert f"--previous {now}：这个文件也是本期的登记表；请给出上期的文件。" in err


def test_an_earlier_edition_that_cannot_be_read_stops_the_run(tmp_path, years):
    broken = tmp_path / "坏2019年.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    code, out, err = fupin("audit", years[1], "--previous", years[0], "--previous", broken)
    assert (code, out) == (3, "")
    assert "坏2019年.xlsx" in err
    with pytest.raises(InputError):
        fupin_cli.audit(years[1], previous=[years[0], tmp_path / "没有.xlsx"])


def test_the_python_api_takes_paths_and_frames(years):
    earlier, now = years
    frame = pd.read_excel(earlier, dtype=str, engine="openpyxl").assign(年度="2019")
    for previous in (earlier, str(earlier), [earlier], frame, [frame]):
        found = fupin_cli.audit(now, previous=previous, select=["IDN036"]).audit.findings
        assert [one.rule for one in found] == ["IDN036"], previous
    with pytest.raises(UsageError):
        fupin_cli.audit(now, previous=now)

"""Village sheets, households, lists of units and a ledger of doubts through the real command: what is judged, where it stands."""

import json

import pytest

from tests.jobs.test_audit import fupin

VILLAGES = """
| 2020年行政村基本情况 | < | < | < | < | < |
| 县 | 乡 | 村 | 总户数 | 村耕地面积 | 占比 |
| 样例县 | 清溪镇 | 柳湾村 | 300 | 5 | 60 |
| 样例县 | 清溪镇 | 石桥村 | 0 | 100 | 40 |
"""
HOUSEHOLDS = """
| 户编号 | 户主姓名 | 县 | 乡 | 村 | 耕地面积 | 帮扶单位 | 数据日期 |
| '990101000001 | 张三 | 样例县 | 清溪镇 | 柳湾村委会 | 4 | 水利局 | 2020-12-31 |
| '990101000002 | 李四 | 样例县 | 清溪镇 | 柳湾 | 3 | 样例县水利局 | 2020-12-31 |
| '990101000003 | 王五 | 样例县 | 清溪镇 | 石桥村 | 3 | 样例县水利局 | 2020-12-31 |
"""
UNITS = """
| 序号 | 单位名称 | 隶属关系 | 定点帮扶村 |
| 1 | 样例县水利局 | 县 | 柳湾村 |
| 2 | 样例县教育局 | 县 | 石桥村 |
"""
LEDGER = """
| 批次 | 问题编号 | 户编号 | 姓名 | 疑点内容 | 核实情况 | 是否属实 | 整改措施 | 核实人 | 完成时限 | 状态 |
| 1 | Y-001 | '990101000001 | 张三 | 收入偏低 |  |  |  |  | 2020-11-30 | 已下发 |
| 1 | Y-002 | '990101000002 | 李四 | 名下有车 | 确有一车 | 是 |  | 赵六一 | 2020-11-30 | 已反馈 |
| 2 | Y-002 | '990101000002 | 李四 | 名下有车 | 已过户 | 是 | 过户 | 赵六一、钱七一 | 2021-11-30 | 已销号 |
"""


def report(*words):
    code, out, err = fupin("audit", *words, "--format", "json")
    assert code in {0, 1}, err
    return json.loads(out)


def told(found):
    return sorted((each["rule"], each["row"], each["cells"], each["village"]) for each in found["findings"])


def test_a_village_is_judged_by_its_sheet_and_its_households(sketch):
    found = report(sketch(VILLAGES, "村.xlsx"), sketch(HOUSEHOLDS, "户.xlsx"), "--select", "VIL002,VIL004")
    assert told(found) == [("VIL002", 4, ["D4"], "石桥村"), ("VIL004", 3, ["E3"], "柳湾村")]
    assert all(each["file"].endswith("村.xlsx") for each in found["findings"])
    assert found["rules"]["passed"] == {"VIL002": 1, "VIL004": 1}
    assert {each["severity"] for each in found["findings"]} == {"error", "warning"}


def test_a_village_whose_households_are_not_in_the_file_is_not_judged_by_them(sketch):
    found = report(sketch(VILLAGES, "村.xlsx"), "--select", "VIL002,VIL004")
    assert told(found) == [("VIL002", 4, ["D4"], "石桥村")]
    assert found["rules"]["not_run"] == [{"rule": "VIL004", "reason": "column", "missing": ["耕地面积", "户编号"]}]


def test_villages_without_a_household_are_said_to_be_all_that_was_judged(sketch):
    sentence = "没有读到任何一户、任何一人：这些是村表，只判断了 2 个村；户和人的规则一条也没有判断，不等于没有问题。请给出户表或成员表。"
    said = fupin("audit", sketch(VILLAGES, "村.xlsx"), "--select", "VIL002")[1]
    assert "".join(sentence.split()) in "".join(said.split())


def test_the_share_of_a_village_follows_from_its_figures_or_is_told(sketch):
    found = report(sketch(VILLAGES, "村.xlsx"), "--select", "VIL012")
    assert [each["message"] for each in found["findings"]] == [
        "村表的占比“60”与表内数字不符：按总户数算应为 100.00%",
        "村表的占比“40”与表内数字不符：按总户数算应为 0.00%",
    ]


SHARES = """
| 县 | 乡 | 村 | 是否出列 | 出列年度 | 总户数 | 占比 | 贫困发生率 | 总人口数 |
| 样例县 | 清溪镇 | 柳湾村 | 是 | 2018 | 300 | %0.6 | %0.05 | 800 |
| 样例县 | 清溪镇 | 石桥村 | 是 | 2018 | 200 | %0.4 | %0.005 | 700 |
| 样例县 | 清溪镇 | 河口村 | 是 | 2018 | 0 | 0 | 0.6 | %7 |
"""


@pytest.mark.parametrize("name", ["村.xlsx", "村.xls"])
def test_a_cell_with_a_percent_format_is_the_percent_it_shows(sketch, name):
    found = report(
        sketch(SHARES, name), "--select", "VIL006,VIL012,FMT001,FMT006", "--as-of", "2019-12-31", "--region", "37",
        "--severity", "notice",
    )  # fmt: skip
    assert [(each["rule"], each["message"]) for each in found["findings"]] == [
        ("FMT001", "总人口数写的是“700%”，读不出数字（单元格是百分数）"),
        ("VIL006", "出列村柳湾村贫困发生率5%，高于2%"),
    ]


def test_a_unit_is_looked_up_on_the_list_of_units(sketch):
    found = report(
        sketch(HOUSEHOLDS, "户.xlsx"), "--list", f"帮扶单位={sketch(UNITS, '名录.xlsx')}", "--select", "AID007"
    )
    assert told(found) == [("AID007", 2, ["G2"], "柳湾村委会")]
    without = report(sketch(HOUSEHOLDS, "户.xlsx"), "--select", "AID007")
    assert without["rules"]["not_run"] == [{"rule": "AID007", "reason": "list", "missing": ["帮扶单位"]}]


def test_the_rows_of_a_ledger_are_judged_and_without_it_its_rules_do_not_run(sketch):
    home, ledger = sketch(HOUSEHOLDS, "户.xlsx"), sketch(LEDGER, "台账.xlsx")
    wanted = ("--select", "RND001,RND003,RND004,RND007", "--as-of", "2020-12-31")
    found = report(home, "--ledger", ledger, *wanted)
    assert [(each["rule"], each["row"], each["household"]) for each in found["findings"]] == [
        ("RND001", 2, "990101000001"),
        ("RND003", 3, "990101000002"),
        ("RND007", 3, "990101000002"),
    ]
    assert report(home, "--list", f"疑点台账={ledger}", *wanted)["findings"] == found["findings"]
    without = report(home, *wanted)["rules"]["not_run"]
    assert {(each["rule"], each["reason"]) for each in without} == {
        (rule, "ledger") for rule in ("RND001", "RND003", "RND004", "RND007")
    }


def test_a_file_that_is_no_ledger_is_said_not_to_be_one(sketch):
    code, _, err = fupin("audit", sketch(HOUSEHOLDS, "户.xlsx"), "--ledger", sketch(UNITS, "名录.xlsx"))
    assert code == 3
    assert (
        "名录.xlsx：不像“疑点台账”名单（工作表：Sheet1）。要找的是一行表头，含 疑点编号 和另一列；请检查表头。"
        in err.replace("\n", "")
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("帮扶单位", UNITS),
        ("水质检测", "| 行政村 | 供水点 | 检测日期 | 检测结论 |\n| 柳湾村 | 一号井 | 2020-05-01 | 合格 |"),
        ("区划", "| 区划代码 | 县 | 乡镇 | 行政村 |\n| '990101001001 | 样例县 | 清溪镇 | 柳湾村 |"),
        ("项目", "| 项目名称 | 项目类别 | 建设地点 |\n| 柳湾村道路 | 基础设施 | 柳湾村 |"),
        ("数据比对", "| 户编号 | 轮次 | 比对日期 |\n| '990101000001 | 1 | 2020-05-01 |"),
    ],
)
def test_the_rows_of_a_list_without_certificates_are_read(sketch, kind, text):
    found = report(sketch(HOUSEHOLDS, "户.xlsx"), "--list", f"{kind}={sketch(text, '名单.xlsx')}", "--select", "VIL002")
    (sheet,) = found["files"][1]["sheets"]
    assert (sheet["table"], sheet["first_row"], sheet["unmapped"]) == (f"名单:{kind}", 2, {})
    assert sheet["last_row"] == len(text.strip().splitlines())
    assert [out["reason"] for out in sheet["left_out_rows"]] == ["heading"]


def test_a_village_table_without_a_date_says_what_day_it_is_judged_at(sketch):
    undated = VILLAGES.replace("2020年", "")
    notes = report(sketch(undated, "村.xlsx"), "--select", "VIL002")["notes"]
    assert [note.partition("，")[0] for note in notes if "数据日期" in note] == ["有 2 行没有写明数据日期"]
    for words in ((sketch(VILLAGES, "dated.xlsx"),), (sketch(undated, "村.xlsx"), "--as-of", "2020-12-31")):
        assert not any("没有写明数据日期" in note for note in report(*words, "--select", "VIL002")["notes"])


def test_a_village_table_without_a_date_beside_its_dated_households_has_their_day(sketch):
    found = report(
        sketch(VILLAGES.replace("2020年", ""), "村.xlsx"), sketch(HOUSEHOLDS, "户.xlsx"), "--select", "VIL002"
    )
    assert (found["as_of"], [note for note in found["notes"] if "没有写明数据日期" in note]) == ("2020-12-31", [])

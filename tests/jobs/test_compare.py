"""`fupin compare` from files to the result: lists, folders, frames, failing files, villages, linkage, refusals."""

from pathlib import Path

import pandas as pd
import pytest

from fupin_cli.errors import InputError, UsageError
from tests.differences.compared import changes, compare, table, text_of

A, B = "11010519491231002X", "990101198001010018"
REGISTRY = f"""
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 性别 | 残疾等级 |
| '1 | 张三 | 户主 | {A} | 女 | 一级 |
| '1 | 张四 | 之子 | {B}43 | 男 | 三级 |
| '1 | 张五 | 之女 | | 女 | |
"""


def test_a_registry_meets_a_list_by_certificate(sketch):
    a = sketch(REGISTRY, "a.xlsx")
    listed = sketch(f"| 姓名 | 身份证号 | 残疾等级 |\n| 张三 | {A}12 | 壹级 |\n| 张肆 | {B}43 | 二级 |", "b.xlsx")
    result = compare(a, Path(f"残联={listed}"))
    one = result.tables[0]
    assert (one.table, one.keys, one.rows) == ("人", {"证件号码": 2}, (3, 2))
    assert [r.person for r in one.only_left] == ["张五"]
    assert sorted(changes(result)) == [("张四", "姓名", "张四", "张肆"), ("张四", "残疾等级", "三级", "二级")]


def test_two_lists_of_one_kind_meet_by_their_key(tmp_path):
    a = text_of(tmp_path / "a.csv", f"身份证号,姓名,参保状态\n{A},张三,正常\n{B},张四,正常\n")
    b = text_of(tmp_path / "b.csv", f"姓名,身份证号,参保状态\n张三,{A},停保\n李一,990101197001010016,正常\n")
    result = compare(Path(f"医保={a}"), Path(f"医保={b}"))
    assert changes(result, "医保") == [("张三", "参保状态", "正常", "停保")]
    assert [r.person for r in result.tables[0].only_left + result.tables[0].only_right] == ["张四", "李一"]


def test_a_list_nobody_knows_is_refused(tmp_path):
    with pytest.raises(UsageError, match="there is no list 没有的"):
        compare(tmp_path / "a.csv", Path("没有的=b.csv"))


def test_a_folder_is_a_side_and_its_failing_file_is_told(sketch, tmp_path):
    rows = REGISTRY.strip().splitlines()
    sketch("\n".join(rows[:3]), "左/一.xlsx")
    sketch("\n".join([rows[0], *rows[3:]]), "左/二.xlsx")
    text_of(tmp_path / "左" / "坏.xlsx", "no workbook")
    result = compare(tmp_path / "左", sketch(REGISTRY, "右.xlsx"))
    assert table(result).same == 3
    assert [path for path, _, _ in result.failed_files] == [str(tmp_path / "左" / "坏.xlsx")]


def test_frames_are_compared(sketch):
    left = pd.DataFrame({"证件号码": [A, B], "姓名": ["张三", "张四"], "务工时间": [3.0, None]})
    right = left.assign(务工时间=[3.0, 5.0])
    result = compare(left, right)
    assert changes(result) == [("张四", "务工时间", None, 5.0)]
    assert (result.left, result.right) == ("frame", "frame")


def test_villages_meet_by_their_place(sketch):
    head = "| 乡 | 村 | 是否贫困村 | 总户数 | 经度 |"
    a = sketch(f"{head}\n| 示例乡 | 甲村 | 是 | 300 | 101 |\n| 示例乡 | 乙村 | 否 | 200 | 102 |", "a.xlsx")
    b = sketch(f"{head}\n| 示例乡 | 乙村 | 否 | 210 | 102 |\n| 示例乡 | 丙村 | 否 | 100 | 103 |", "b.xlsx")
    result = compare(a, b)
    one = result.tables[0]
    assert (one.table, one.keys) == ("村", {"县+乡+村": 1})
    assert [(x.left_record.village, x.column, x.left, x.right) for x in one.changed] == [("乙村", "总户数", 200, 210)]
    assert [r.village for r in one.only_left + one.only_right] == ["甲村", "丙村"]


def test_tables_of_no_common_level_are_refused(sketch):
    people = sketch(f"| 证件号码 | 姓名 | 文化程度 |\n| {A} | 张三 | 小学 |", "a.xlsx")
    villages = sketch("| 乡 | 村 | 是否贫困村 | 总户数 | 经度 |\n| 示例乡 | 甲村 | 是 | 300 | 101 |", "b.xlsx")
    with pytest.raises(UsageError, match="no table in common"):
        compare(people, villages)


def test_one_table_alone_can_be_asked_for_and_another_name_is_refused(sketch):
    a = sketch(REGISTRY, "a.xlsx")
    assert [one.table for one in compare(a, a, tables=("户",)).tables] == ["户"]
    with pytest.raises(UsageError, match="no table 村 to compare; both sides have 人、户"):
        compare(a, a, tables=("村",))


def test_the_same_person_is_suspected_only_where_asked_for(sketch):
    head = "| 证件号码 | 姓名 | 性别 | 出生日期 |"
    others = "\n".join(f"| 99010119{60 + n}0101{n:03d}1 | 王{n} | 男 | @19{60 + n}-01-01 |" for n in range(30))
    a = sketch(f"{head}\n| {B} | 张四 | 男 | @1980-01-01 |\n{others}", "a.xlsx")
    b = sketch(f"{head}\n| 990101198001010081 | 张四 | 男 | @1980-01-01 |\n{others}", "b.xlsx")
    assert compare(a, b).suspected == ()
    (one,) = compare(a, b, link=True, least=0.5).suspected
    assert (one.left.person, one.right.person) == ("张四", "张四")


def test_a_side_that_is_not_there_is_told(tmp_path, sketch):
    with pytest.raises(InputError):
        compare(tmp_path / "没有.xlsx", sketch(REGISTRY, "b.xlsx"))


def test_old_and_new_code_lists_meet_by_meaning(sketch):
    head = "| 户编号 | 姓名 | 与户主关系 | 证件号码 | 贫困户属性 |"
    a = sketch(f"{head}\n| '1 | 张三 | 户主 | {A} | 五保户 |", "a.xlsx")
    b = sketch(f"{head}\n| '1 | 张三 | 户主 | {A} | 特困供养户 |", "b.xlsx")
    c = sketch(f"{head}\n| '1 | 张三 | 户主 | {A} | 低保户 |", "c.xlsx")
    assert changes(compare(a, b), "户") == []
    assert [cell[1:] for cell in changes(compare(a, c), "户")] == [("贫困户属性", "特困供养户", "低保户")]


def test_rows_that_were_left_out_of_a_side_are_told(sketch):
    head = "| 户编号 | 姓名 | 与户主关系 | 证件号码 | 就读学校 |"
    people = [f"| '{n} | 张{n} | 户主 | 99010119800101{n:03d}1 | {{}} |" for n in range(3)]
    twice = "\n".join(one.format(school) for one in people for school in ("甲校", "乙校"))
    a = sketch(f"{head}\n{twice}", "a.xlsx")
    b = sketch(f"{head}\n" + "\n".join(one.format("甲校") for one in people), "b.xlsx")
    result = compare(a, b)
    assert (table(result).same, table(result).rows) == (3, (3, 3))
    (note,) = [zh for zh, _ in result.notes if zh.startswith("左边")]
    assert "3" in note

"""What the reading says of itself: rule, place, text, note, how many, whose."""

import pytest

from fupin_cli.engines import open_engine
from fupin_cli.errors import InputError
from fupin_cli.model.table import LeftOut
from fupin_cli.tables import read_cell, tables_from_cells
from tests.tables.drawn import DICTIONARY, TODAY, built


def told(engine, rule):
    """Row, column, letter, raw text, note, how many, cells of each entry of a rule."""
    return engine.rows(f"""SELECT "row", "column", "letter", "raw", "note", "n", "cells" FROM "reading"
WHERE "rule" = '{rule}' ORDER BY "row" NULLS FIRST, "letter" """)


def test_a_number_that_cannot_be_read_is_told_with_its_household(sketch):
    engine, _ = built((sketch("| 户编号 | 姓名 | 人均纯收入 |\n| '1 | 张三 | 约3000 |"), "人"))
    assert told(engine, "FMT001") == [(2, "人均纯收入", "C", "约3000", "", 1, "C2")]
    assert engine.rows('SELECT r."household" = h."_id", r."person" = p."_id" FROM "reading" r, "户" h, "人" p') == [
        (True, True)
    ]


def test_writing_habits_are_told_once_a_column_and_kind(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 人均纯收入 |
        | '1     | 1,200      |
        | '2     | 3,400      |
        | '3     | 500元      |
        | '4     | 700        |
        """),
            "户",
        )
    )
    assert told(engine, "FMT006") == [
        (2, "人均纯收入", "B", "1,200", "带千分位逗号", 2, "B2,B3"),
        (4, "人均纯收入", "B", "500元", "带单位", 1, "B4"),
    ]


def test_at_most_twenty_cells_are_named(sketch):
    rows = "\n".join(f"| '{n} | 1,{n:03d} |" for n in range(100, 130))
    engine, _ = built((sketch(f"| 户编号 | 人均纯收入 |\n{rows}"), "户"))
    [(_, _, _, _, _, count, cells)] = told(engine, "FMT006")
    assert (count, cells.split(",")[0], cells.split(",")[-1], len(cells.split(","))) == (30, "B2", "B21", 20)


def test_numbers_kept_as_text_are_named_only_where_others_are_numbers(sketch):
    mixed, _ = built((sketch("| 户编号 | 人均纯收入 |\n| '1 | '3000 |\n| '2 | 4000 |", "a.xlsx"), "户"))
    texts, _ = built((sketch("| 户编号 | 人均纯收入 |\n| '1 | '3000 |\n| '2 | '4000 |", "b.xlsx"), "户"))
    assert told(mixed, "FMT006") == [(2, "人均纯收入", "B", "3000", "数字存成文本", 1, "B2")]
    assert told(texts, "FMT006") == []


def test_values_outside_an_open_code_list_are_told_once_a_value(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 与户主关系 | 民族 |
        | '1     | 张三 | 干儿子     | 火星 |
        | '1     | 李四 | 干儿子     |      |
        """),
            "人",
        )
    )
    assert told(engine, "COD001")[:1] == [(2, "与户主关系", "C", "干儿子", "之子", 2, "C2,C3")]


def test_values_outside_a_complete_code_list_are_told_cell_by_cell(sketch):
    engine, _ = built((sketch("| 户编号 | 危房户 |\n| '1 | 不知 |\n| '2 | 不知 |"), "户"))
    assert told(engine, "COD001") == [(2, "危房户", "B", "不知", "", 1, "B2"), (3, "危房户", "B", "不知", "", 1, "B3")]


def test_bare_codes_of_a_list_without_all_codes_are_told_once_a_column(sketch):
    engine, _ = built(
        (sketch("| 户编号 | 姓名 | 健康状况 |\n| '1 | 张三 | '02 |\n| '1 | 李四 | '03 |\n| '1 | 王五 | 火星 |"), "人")
    )
    assert told(engine, "COD001") == [
        (2, "健康状况", "C", "02", "只有代码", 2, "C2,C3"),
        (4, "健康状况", "C", "火星", "", 1, "C4"),
    ]


def test_a_heading_not_known_is_told_with_the_nearest_column(sketch):
    engine, _ = built((sketch("| 户编号 | 人均纯收人 | 空列 |\n| '1 | 3000 | |"), "户"))
    assert told(engine, "FMT008") == [(None, None, "B", "人均纯收人", "人均纯收入", 1, None)]


def test_a_range_merged_over_two_households_is_told_at_the_second(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 与户主关系 | 户联系电话  |
        | '1     | 张三 | 户主       | 13800000000 |
        | '1     | 张小 | 之子       | ^           |
        | '2     | 李四 | 户主       | ^           |
        """),
            "人",
        )
    )
    assert told(engine, "FMT009") == [(4, "户联系电话", "D", "13800000000", "D2:D4", 1, "D4")]


def test_two_heads_under_one_merged_number_are_told(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 与户主关系 |
        | '1     | 张三 | 户主       |
        | ^      | 李四 | 户主       |
        """),
            "人",
        )
    )
    assert told(engine, "FMT009") == [(3, "户编号", "A", "1", "A2:A3", 1, "A3")]


def test_a_cell_merged_over_household_rows_is_told(sketch):
    engine, _ = built((sketch("| 户编号 | 户联系电话 |\n| '1 | 13800000000 |\n| '2 | ^ |"), "户"))
    assert told(engine, "FMT009") == [(3, "户联系电话", "B", "13800000000", "B2:B3", 1, "B3")]


def test_a_helper_merged_over_households_is_no_fault(sketch):
    engine, _ = built((sketch("| 帮扶责任人 | 户编号 | 户主姓名 |\n| 王助人 | '1 | 张三 |\n| ^ | '2 | 李四 |"), "户"))
    assert told(engine, "FMT009") == []


def test_a_village_merged_over_households_is_no_fault(sketch):
    engine, _ = built((sketch("| 村 | 户编号 | 姓名 |\n| 石桥村 | '1 | 张三 |\n| ^ | '2 | 李四 |"), "人"))
    assert told(engine, "FMT009") == []


def test_a_total_that_is_not_the_sum_is_told(sketch):
    path = sketch("| 户编号 | 户主姓名 | 年收入 |\n| '1 | 张三 | 100 |\n| '2 | 李四 | 200 |\n| 合计 | | 350 |")
    engine, _ = built((path, "户"), left_out=[LeftOut(4, 4, "total")])
    assert told(engine, "FMT010") == [(4, "年收入", "C", "350", "合计为 350，明细之和为 300", 1, "C4")]


def test_totals_of_groups_and_of_all_agree(sketch):
    path = sketch("""
        | 户编号 | 年收入 |
        | '1     | 100.1  |
        | 小计   | 100.1  |
        | '2     | 200.2  |
        | 小计   | 200.2  |
        | 合计   | 300.3  |
        """)
    engine, _ = built((path, "户"), left_out=[LeftOut(3, 3, "total"), LeftOut(5, 6, "total")])
    assert told(engine, "FMT010") == []


def test_a_total_over_a_cell_that_cannot_be_read_is_not_judged(sketch):
    path = sketch("| 户编号 | 年收入 |\n| '1 | 约100 |\n| 合计 | 350 |")
    engine, _ = built((path, "户"), left_out=[LeftOut(3, 3, "total")])
    assert told(engine, "FMT010") == []


def test_rows_of_a_household_that_say_different_things_are_told_once_a_value(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 与户主关系 | 人均纯收入 |
        | '1     | 张三 | 户主       | 4000       |
        | '1     | 张妻 | 配偶       | 5000       |
        | '1     | 张小 | 之子       | 5000       |
        | '1     | 张女 | 之女       |            |
        """),
            "人",
        )
    )
    assert told(engine, "FMT011") == [(3, "人均纯收入", "D", "5000", "本户另有“4000”", 2, "D3")]
    assert engine.rows('SELECT "household" = (SELECT "_id" FROM "户"), "person" FROM "reading"') == [(True, None)]


def test_rows_that_differ_are_quoted_as_they_are_written(sketch):
    path = sketch("""
        | 户编号 | 姓名 | 与户主关系 | 人均纯收入 | 脱贫年度 |
        | '1     | 张三 | 户主       | '4,000元   | '2017年  |
        | '1     | 张妻 | 配偶       | 5000       | 2018     |
        """)
    engine, _ = built((path, "人"))
    assert told(engine, "FMT011") == [
        (3, "人均纯收入", "D", "5000", "本户另有“4,000元”", 1, "D3"),
        (3, "脱贫年度", "E", "2018", "本户另有“2017年”", 1, "E3"),
    ]


def test_tables_that_differ_are_quoted_as_they_are_written_however_many_others_agree(sketch):
    heading = "| 户编号 | 姓名 | 与户主关系 | 人均纯收入 |"
    path = sketch(f"""
        # 一组
        {heading}
        | '1 | 张三 | 户主 | '4,000元 |
        # 二组
        {heading}
        | '2 | 李四 | 户主 | 3000 |
        # 三组
        {heading}
        | '1 | 张妻 | 配偶 | '5,000元 |
        """)
    engine, _ = built((path, "人"))
    assert told(engine, "FMT011") == [(2, "人均纯收入", "D", "5,000元", "本户另有“4,000元”", 1, "D2")]


def test_hidden_rows_columns_and_sheets_with_rows_are_told(sketch):
    path = sketch("""
        # 花名册 {rows=3 columns=B}
        | 户编号 | 人均纯收入 |
        | '1     | 3000       |
        | '2     | 4000       |
        # 暂存 {hidden}
        | 户编号 | 人均纯收入 |
        | '3     | 5000       |
        """)
    engine, _ = built((path, "户"))
    assert told(engine, "FMT012") == [
        (None, "人均纯收入", "B", "人均纯收入", "隐藏的列", 2, None),
        (None, None, None, "花名册", "隐藏的行：3", 1, None),
        (None, None, None, "暂存", "整张工作表是隐藏的", 1, None),
    ]


def test_traditional_characters_in_a_place_are_told_once(sketch):
    engine, _ = built((sketch("| 户编号 | 村 |\n| '1 | 石橋村 |\n| '2 | 石橋村 |\n| '3 | 石桥村 |"), "户"))
    assert told(engine, "FMT013") == [(2, "村", "B", "石橋村", "", 2, "B2,B3")]


def test_a_clean_sheet_is_told_nothing_of(sketch):
    engine, _ = built(
        (
            sketch("""
        | 户编号 | 姓名 | 证件号码            | 与户主关系 | 人均纯收入 | 村     |
        | '1     | 张三 | '11010519491231002X | 户主       | 4000       | 石桥村 |
        """),
            "人",
        )
    )
    assert engine.rows('SELECT * FROM "reading"') == []


@pytest.mark.parametrize(
    ("rule", "given", "verdict"),
    [
        ("FMT001", {"列": "人均纯收入", "原值": "约3000", "类型": "text"}, "fail"),
        ("FMT001", {"列": "人均纯收入", "原值": "3000", "类型": "number"}, "pass"),
        ("FMT003", {"列": "证件号码", "原值": "110105194912310000", "类型": "数字"}, "fail"),
        ("FMT005", {"列": "人均纯收入", "原值": "=A1", "类型": "formula"}, "fail"),
        ("COD001", {"列": "危房户", "原值": "不知"}, "fail"),
        ("COD001", {"列": "危房户", "原值": "1"}, "pass"),
        ("FMT008", {"表头": "人均纯收人"}, "fail"),
        ("FMT008", {"表头": "人均 纯收入"}, "pass"),
    ],
)
def test_an_example_of_a_reading_rule_is_read_like_a_cell(rule, given, verdict):
    assert read_cell(rule, given, DICTIONARY) == verdict


def test_an_example_of_a_reading_rule_without_a_column_says_what_is_missing():
    with pytest.raises(InputError) as caught:
        read_cell("FMT001", {"原值": "3"}, DICTIONARY)
    assert caught.value.zh.startswith("读取规则 FMT001 的例子要写 列（数据字典中的列名）、原值、类型（")


def test_examples_of_one_call_are_kept_apart():
    engine = open_engine()
    persons = [
        {"_example": 0, "姓名": "张三", "与户主关系": "户主", "人均纯收入": "3,000"},
        {"_example": 0, "姓名": "张小", "与户主关系": "之子"},
        {"_example": 1, "姓名": "张三", "户编号": "7", "监测": ""},
        {"_example": 2, "姓名": "张三", "户编号": "7"},
    ]
    tables_from_cells(
        engine, DICTIONARY, persons, [{"_example": 2, "户编号": "7", "危房户": "是"}], {"车辆": []}, TODAY
    )
    assert engine.rows("""SELECT p."_example", p."姓名", h."_example", h."人均纯收入", h."危房户", h."危房户$", h."监测"
FROM "人" p JOIN "户" h ON h."_id" = p."_household" ORDER BY p."_id" """) == [
        (0, "张三", 0, 3000.0, None, 3, None),
        (0, "张小", 0, 3000.0, None, 3, None),
        (1, "张三", 1, None, None, 3, "否"),
        (2, "张三", 2, None, "是", 0, None),
    ]
    assert engine.rows('SELECT "_example", "证件前18位", "车辆类型" FROM "名单_车辆"') == []
    engine.close()


def test_an_error_written_as_text_in_an_example_is_an_error():
    engine = open_engine()
    tables_from_cells(engine, DICTIONARY, [{"姓名": "#N/A", "户联系电话": "#REF!"}], [], {}, TODAY)
    assert engine.rows('SELECT p."姓名$", h."户联系电话$" FROM "人" p, "户" h') == [(2, 2)]
    engine.close()


def test_an_example_may_say_which_rows_are_one_household():
    engine = open_engine()
    rows = [{"姓名": name, "_household": home} for name, home in (("张三", "a"), ("李四", "b"), ("张小", "a"))]
    tables = tables_from_cells(engine, DICTIONARY, rows, [], {}, TODAY)
    assert engine.rows('SELECT count(DISTINCT "_household"), count(*) FROM "人"') == [(2, 3)]
    assert tables.households
    engine.close()


def test_an_example_with_a_column_nobody_knows_is_refused():
    with pytest.raises(InputError) as caught:
        tables_from_cells(open_engine(), DICTIONARY, [{"年令": "3"}], [], {}, TODAY)
    assert caught.value.zh == "例子里的“年令”不是数据字典中的列；请改用 rules/tables/ 里的列名。"


def test_of_headings_gathered_into_one_column_the_odd_cell_is_named(sketch):
    text = """
        | 户编号 | 姓名 | 健康1 | 健康2 |
        | '1     | 张三 | 健康  | 火星  |
        | '1     | 李四 | 健康  |       |
        """
    engine, _ = built((sketch(text), "人"))
    assert [(row, raw, cells) for row, _, _, raw, _, _, cells in told(engine, "COD001")] == [(2, "火星", "D2")]


def test_a_merged_cell_that_cannot_be_read_is_told_once_where_it_stands(sketch):
    drawn = "| 户编号 | 姓名 | 村 | 数据日期 |\n| '1 | 张三 | =B2 | 去年底 |\n| '2 | 李四 | ^ | ^ |\n| '3 | 王五 | ^ | ^ |\n| '4 | 赵六 | =B5 | 2020-12-31 |"
    engine, _ = built((sketch(drawn), "人"))
    assert told(engine, "FMT005") == [
        (2, "村", "C", "=B2", "公式没有计算结果", 1, "C2"),
        (5, "村", "C", "=B5", "公式没有计算结果", 1, "C5"),
    ]
    assert told(engine, "FMT002") == [(2, "数据日期", "D", "去年底", "", 1, "D2")]
    whose = 'SELECT r."row", p."姓名" FROM "reading" r JOIN "人" p ON p."_id" = r."person" WHERE r."rule" = \'FMT005\' ORDER BY 1'
    assert engine.rows(whose) == [(2, "张三"), (5, "赵六")]

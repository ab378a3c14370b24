"""Where the rows of a table begin and end, and what is left out between, over drawn sheets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.model.settings import Wishes
from tests.tables.headed import layout_of, layouts_of, left_out, meanings, records

HEADING = "| 村 | 户编号 | 姓名 | 与户主关系 | 人均纯收入 |"


def test_rows_after_the_heading_are_the_body():
    layout = layout_of(f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 3200 |\n| 甲村 | '001001 | 李四 | 配偶 | 3200 |")
    assert (layout.first_row, layout.last_row) == (2, 3)
    assert left_out(layout) == []


def test_a_total_at_the_end_is_left_out():
    layout = layout_of(f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 3200 |\n| 合　　计 | | | | 3200 |")
    assert (layout.first_row, layout.last_row) == (2, 2)
    assert left_out(layout) == [(3, 3, "total")]


@pytest.mark.parametrize("total", ["小计", "甲村小计", "合计：", "共计32户", "总 计", "本页合计", "甲村 汇总"])
def test_totals_of_each_village_are_left_out(total):
    layout = layout_of(
        f"""
        {HEADING}
        | 甲村 | '001001 | 张三 | 户主 | 3200 |
        | {total} | | | | 3200 |
        | 乙村 | '001002 | 李四 | 户主 | 1000 |
        | {total} | | | | 1000 |
        """
    )
    assert records(layout) == {2, 4}
    assert left_out(layout) == [(3, 3, "total"), (5, 5, "total")]


@pytest.mark.parametrize("figure", ["甲村 计数", "总计数", "甲村 平均值"])
def test_what_a_spreadsheet_counts_below_a_group_is_nobody(figure):
    layout = layout_of(
        f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 3200 |\n| {figure} | | 1 | | |\n| 乙村 | '001002 | 李四 | 户主 | 1 |"
    )
    assert records(layout) == {2, 4}
    assert left_out(layout) == [(3, 3, "note")]


def test_a_total_may_stand_in_the_column_of_names():
    layout = layout_of(f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 3200 |\n| | 1户 | 合计 | | 3200 |")
    assert left_out(layout) == [(3, 3, "total")]


def test_a_person_with_a_number_is_a_record_whatever_the_remarks_say():
    layout = layout_of(
        f"{HEADING[:-1]}| 备注 |\n| 甲村 | '990101000001 | 张三 | 户主 | 3200 | 合计 |\n| 甲村 | | 李四 | 户主 | 1 | 收入合计 |"
    )
    assert records(layout) == {2, 3}


def test_amounts_without_any_name_at_the_end_are_a_total():
    layout = layout_of(f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 3200 |\n| | | | | 3200 |")
    assert (layout.last_row, left_out(layout)) == (2, [(3, 3, "total")])


def test_a_row_without_a_name_between_records_stays_a_record():
    layout = layout_of(
        f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 3200 |\n| 甲村 | | | 配偶 | 3200 |\n| 甲村 | '001002 | 王五 | 户主 | 1 |"
    )
    assert records(layout) == {2, 3, 4}


def test_a_heading_pasted_again_is_left_out():
    layout = layout_of(
        f"""
        {HEADING}
        | 甲村 | '001001 | 张三 | 户主 | 3200 |
        {HEADING}
        | 乙村 | '001002 | 李四 | 户主 | 1000 |
        """
    )
    assert records(layout) == {2, 4}
    assert left_out(layout) == [(3, 3, "repeated heading")]


def test_a_heading_of_two_rows_pasted_again_with_its_title_is_left_out():
    block = "| 某某村花名册 | < | < | < |\n| 户编号 | 家庭成员 | < | 人均纯收入 |\n| ^ | 姓名 | 与户主关系 | ^ |\n"
    layout = layout_of(f"{block}| '001001 | 张三 | 户主 | 3200 |\n{block}| '001002 | 李四 | 户主 | 1000 |")
    assert layout.heading_rows == (2, 3)
    assert records(layout) == {4, 8}
    assert left_out(layout) == [(5, 5, "band"), (6, 7, "repeated heading")]


def test_footers_and_notes_below_are_left_out():
    layout = layout_of(
        f"""
        {HEADING}
        | 甲村 | '001001 | 张三 | 户主 | 3200 |

        | 注：1.收入按上年度填写 |
        | 2.本表一式两份 |
        | 填表人：王五 | | 审核人：赵六 | | 填报日期： |
        | 村委会（盖章） |
        """
    )
    assert (layout.first_row, layout.last_row) == (2, 2)
    assert left_out(layout) == [(4, 5, "note"), (6, 7, "footer")]


def test_a_signature_with_a_name_beside_it_is_a_footer():
    layout = layout_of(f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 3200 |\n| 填表人： | | 王五 | | |")
    assert left_out(layout) == [(3, 3, "footer")]


def test_a_band_between_records_is_left_out():
    layout = layout_of(
        f"""
        {HEADING}
        | 甲村（1户） | < | < | < | < |
        | 甲村 | '001001 | 张三 | 户主 | 3200 |
        | 乙村（1户） |
        | 乙村 | '001002 | 李四 | 户主 | 1000 |
        """
    )
    assert records(layout) == {3, 5}
    assert left_out(layout) == [(2, 2, "band"), (4, 4, "band")]


def test_a_row_with_a_name_only_is_a_record():
    layout = layout_of(f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 3200 |\n| | | 李四 | | |")
    assert records(layout) == {2, 3}


@pytest.mark.parametrize("row", ["| {.village} | {.code} | {.name} | | |", "| ${data.v} | | ${data.name} | | ${x} |"])
def test_rows_of_a_template_are_left_out(row):
    layout = layout_of(f"{HEADING}\n{row}")
    assert (layout.first_row, layout.last_row) == (2, 1)
    assert left_out(layout) == [(2, 2, "template")]


def test_ruled_rows_with_a_serial_number_only_are_left_out():
    layout = layout_of("| 序号 | 户编号 | 姓名 | 与户主关系 |\n| 1 | '001001 | 张三 | 户主 |\n| 2 |\n| 3 |\n| 4 |")
    assert (layout.last_row, left_out(layout)) == (2, [(3, 5, "template")])


def test_ruled_rows_with_a_village_only_are_left_out():
    layout = layout_of(f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 1 |\n| 甲村 | | | | |\n| 甲村 | | | | |")
    assert records(layout) == {2}


def test_blank_rows_between_records_end_nothing():
    layout = layout_of(f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 1 |\n||\n||\n| 甲村 | '001002 | 李四 | 户主 | 2 |")
    assert (layout.first_row, layout.last_row, left_out(layout)) == (2, 5, [])


def test_a_village_table_ends_before_its_total():
    layout = layout_of("| 乡镇 | 村 | 总户数 | 贫困户数 |\n| 某镇 | 甲村 | 100 | 10 |\n| 合计 | | 100 | 10 |")
    assert layout.kind == "村"
    assert (layout.last_row, left_out(layout)) == (2, [(3, 3, "total")])


def test_two_tables_one_below_the_other_are_two_layouts():
    first, second = layouts_of(
        """
        | 户表 | < | < |
        | 户编号 | 户主姓名 | 家庭人口 |
        | '001001 | 张三 | 2 |
        ||
        | 成员表 | < | < | < |
        | 人编号 | 姓名 | 与户主关系 | 健康状况 |
        | '0010011 | 张三 | 户主 | 健康 |
        | '0010012 | 李四 | 配偶 | 健康 |
        """
    )
    assert (first.source, first.kind, first.title, first.first_row, first.last_row) == (0, "户", "户表", 3, 3)
    assert (second.source, second.kind, second.title, second.first_row, second.last_row) == (1, "人", "成员表", 7, 8)
    assert left_out(first) == []
    assert left_out(second) == []
    assert first.doubts == ()


def test_the_blocks_of_a_card_below_its_members_are_outside():
    layout = layout_of(
        """
        | 某某村户情档案 | < | < | < | < |
        | 乡镇：某镇 | 村：甲村 |
        | 家庭成员 | 姓名 | 与户主关系 | 性别 | 身份证号码 |
        | ^ | 张三 | 户主 | 男 | 990101198001010011 |
        | ^ | 李四 | 配偶 | 女 | 990101198101010012 |
        | 家庭信息 | 家庭类型 | 门牌 | 住房 | 收入来源 |
        | ^ | 一般 | 8号 | 砖木 | 务工 |
        | 走访情况 | 无 | < | < | < |
        """
    )
    assert (layout.kind, layout.first_row, layout.last_row) == ("人", 4, 5)
    assert left_out(layout) == [(6, 8, "outside")]


def test_rows_of_labels_end_a_card_without_merges():
    layout = layout_of(
        """
        | 姓名 | 与户主关系 | 性别 | 身份证号码 |
        | 张三 | 户主 | 男 | 990101198001010011 |
        | 开户银行 | 银行账号 | 家庭总收入 | 住房面积 |
        | 某银行 | 某号 | 3000 | 80 |
        """
    )
    assert (layout.first_row, layout.last_row) == (2, 2)
    assert left_out(layout) == [(3, 4, "outside")]


def test_values_that_read_like_headings_end_no_table():
    layout = layout_of(
        """
        | 村 | 户编号 | 户主姓名 | 备注 | 致贫原因 |
        | 甲村 | '001001 | 张三 | 住房面积 | 低保金 |
        | 甲村 | | 李四 | 住房面积 | 低保金 |
        | 甲村 | | 王五 | 无 | 因病 |
        """
    )
    assert records(layout) == {2, 3, 4}


def test_a_cell_merged_over_two_columns_is_no_record():
    layout = layout_of(f"{HEADING}\n| 甲村 | '001001 | 张三 | 户主 | 1 |\n| 走访 | 已走访 | < | < | 无 |")
    assert (layout.last_row, left_out(layout)) == (2, [(3, 3, "outside")])


def test_members_below_a_merged_name_belong_to_the_table():
    layout = layout_of("| 户编号 | 户主姓名 | 年收入 |\n| '001001 | 张三 | 100 |\n| ^ | ^ | 200 |")
    assert (layout.first_row, layout.last_row, left_out(layout)) == (2, 3, [])


def test_a_lookup_list_beside_the_table_adds_no_rows():
    layout = layout_of(
        f"""
        {HEADING[:-1]}| | 代码 | 乡镇代码表 |
        | 甲村 | '001001 | 张三 | 户主 | 1 | | 01 | 某镇 |
        | | | | | | | 02 | 某乡 |
        | | | | | | | 03 | 某街道 |
        """
    )
    assert (layout.first_row, layout.last_row) == (2, 2)
    assert left_out(layout) == [(3, 4, "outside")]


def test_an_empty_table_has_no_rows():
    layout = layout_of(HEADING)
    assert (layout.first_row, layout.last_row) == (2, 1)


def test_hidden_parts_with_rows_are_a_doubt():
    layout = layout_of(
        f"# 册 {{hidden rows=3 columns=E}}\n{HEADING}\n| 甲村 | '001 | 张三 | 户主 | 1 |\n| 甲村 | '002 | 李四 | 户主 | 1 |"
    )
    assert layout.doubts == (
        ("工作表“册”是隐藏的，也读了。", "sheet “册” is hidden; it was read too."),
        ("表中有 1 行是隐藏的，也读了。", "1 row(s) of the table are hidden; they were read too."),
        ("E 列是隐藏的，也读了。", "column(s) E are hidden; they were read too."),
    )


def test_a_mapping_makes_a_table_of_headings_nobody_knows():
    layout = layout_of("| 编码 | 谁 |\n| '001 | 张三 |", Wishes(mapping={"编码": "户编号", "谁": "户主姓名"}))
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名"}


LINES = st.lists(st.sampled_from(["||", "| 某某县花名册 |", "| 单位：元 |", "| 某某村 | | 填报日期： |"]), max_size=4)
ENDS = st.lists(
    st.sampled_from(
        ["||", "| 合计 | | | | 9 |", "| 注：按上年度填写 |", "| 填表人：王五 | | 审核人： |", "| 甲村（3户） |"]
    ),
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(above=LINES, below=ENDS, rows=st.integers(1, 6), shift=st.integers(0, 3))
def test_whatever_stands_around_a_clean_table_its_columns_and_rows_are_the_same(above, below, rows, shift):
    left = "| " * shift
    body = [f"{left}| 甲村 | '99010100000{i} | 张{i} | 户主 | {1000 + i} |" for i in range(rows)]
    layout = layout_of("\n".join([*above, left + HEADING, *body, *below]))
    first = len(above) + 2
    assert list(meanings(layout).values()) == ["村", "户编号", "姓名", "与户主关系", "人均纯收入"]
    assert records(layout) == set(range(first, first + rows))


def test_everything_printed_again_on_each_page_is_no_record():
    page = "| 某某村脱贫户花名册 | < | < | < |\n| 序号 | 基本信息 | 家庭情况 | 人口信息 |\n"
    page += "| 序号 | 户编号 | 姓名 | 与户主关系 |\n| 1 | 2 | 3 | 4 |\n"
    layout = layout_of(f"{page}| 1 | '001 | 田丰收 | 户主 |\n{page}| 2 | '002 | 谷有余 | 户主 |")
    assert records(layout) == {5, 10}
    assert left_out(layout) == [(6, 6, "band"), (7, 9, "repeated heading")]


def test_a_day_under_a_signature_is_no_person():
    layout = layout_of(
        "| 户编号 | 与户主关系 | 姓名 |\n| '001 | 户主 | 田丰收 |\n| | | 2020年12月6日 |\n| | | 二〇二〇年十二月 |"
    )
    assert (layout.last_row, left_out(layout)) == (2, [(3, 4, "footer")])


def test_a_title_over_the_serial_column_is_a_band_and_a_lone_serial_number_is_not():
    layout = layout_of(
        "| 序号 | 户编号 | 姓名 |\n| 1 | '001 | 田丰收 |\n| 清溪镇贫困人口花名册 | < | < |\n| 2 | '002 | 谷有余 |\n| 3 |"
    )
    assert left_out(layout) == [(3, 3, "band"), (5, 5, "template")]


def test_a_row_with_text_in_no_known_column_is_told_as_outside():
    layout = layout_of(
        "| 户编号 | 姓名 | 与户主关系 | 走访 |\n| '001 | 田丰收 | 户主 | 是 |\n| | | | 已走访 |\n| '002 | 谷有余 | 户主 | 是 |"
    )
    assert records(layout) == {2, 4}
    assert left_out(layout) in ([(3, 3, "band")], [(3, 3, "outside")])


def test_a_member_right_above_a_heading_printed_again_is_no_band_of_it():
    heading = "| 基本信息 | | | 家庭情况 |\n| 户编号 | 与户主关系 | 姓名 | 人均纯收入 |\n"
    layout = layout_of(
        f"{heading}| '001 | 户主 | 田丰收 | 1 |\n| | 配偶 | 米小兰 | |\n{heading}| '002 | 户主 | 谷有余 | 1 |"
    )
    assert records(layout) == {3, 4, 7}
    assert left_out(layout) == [(5, 6, "repeated heading")]
    assert layout.doubts == ()

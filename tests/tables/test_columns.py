"""What the headings of a table mean, over drawn sheets."""

import pytest

from fupin_cli.errors import UsageError
from fupin_cli.model.settings import Wishes
from fupin_cli.tables.columns import nearest_columns
from tests.tables.headed import dictionary, layout_of, layouts_of, meanings


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("1.户编号", "户编号"),
        ("（一）户编号", "户编号"),
        ("户\\n编号", "户编号"),
        ('"户　编　号 "', "户编号"),
        ("*户编号", "户编号"),
        ("B12 危房户", "危房户"),
        ("是否为危房户", "危房户"),
        ("是否危房户(是/否)", "危房户"),
        ("危房户（1.是2.否）", "危房户"),
        ("耕地面积(亩)", "耕地面积"),
        ("耕地面积", "耕地面积"),
        ("人均纯收入（元）", "人均纯收入"),
        ("务工时间(月)", "务工时间"),
        ("乡（镇）", "乡"),
        ("有无卫生厕所", "卫生厕所"),
        ("户主姓名：", "户主姓名"),
        ("风险是否已消除.1", "风险是否已消除"),
        ("风险是否已消除0", "风险是否已消除"),
    ],
)
def test_a_heading_is_known_however_it_is_dressed(written, column):
    layout = layout_of(f"| {written} | 人编号 | 与户主关系 |\n| x | '001 | 户主 |")
    assert meanings(layout)["A"] == column
    assert layout.columns[0].how in ("exact", "normalised")


@pytest.mark.parametrize("band", ["风险消除后", "风险消除后情况"])
def test_a_leaf_that_says_its_time_itself_is_read_below_a_band_that_says_it_too(band):
    layout = layout_of(f"""
        | 户编号 | 户主姓名 | {band} | < |
        | ^ | ^ | 风险消除后纯收入 | 人均纯收入 |
        | '001 | 张三 | 30000 | 8000 |
        """)
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名", "C": "风险消除后纯收入"}


def test_a_band_decides_whose_name_it_is():
    layout = layout_of(
        """
        | 户编号 | 户主 | < | 帮扶责任人信息 | 卡主 | < |
        | ^ | 姓名 | 身份证号 | 姓名 | 姓名 | 身份证号 |
        | '001001 | 张三 | x | 李四 | 王五 | y |
        """
    )
    assert layout.kind == "户"
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名", "C": "户主证件号码", "D": "帮扶责任人"}
    assert layout.unmapped == {"E": "卡主-姓名", "F": "卡主-身份证号"}


def test_amounts_after_the_risk_was_removed_are_not_the_amounts_of_the_year():
    layout = layout_of(
        """
        | 户编号 | 户主姓名 | 家庭收入 | 风险消除后 |
        | ^ | ^ | 工资性收入 | 工资性收入 |
        | '001001 | 张三 | 100 | 900 |
        """
    )
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名", "C": "工资性收入"}
    assert layout.unmapped == {"D": "风险消除后-工资性收入"}


def test_on_a_household_sheet_a_name_is_the_name_of_the_head():
    layout = layout_of(
        "| 户编号 | 姓名 | 身份证号 | 家庭人口 |\n| '001001 | 张三 | x | 3 |\n| '001002 | 李四 | y | 2 |"
    )
    assert layout.kind == "户"
    assert list(meanings(layout).values()) == ["户编号", "户主姓名", "户主证件号码", "家庭人口"]


def test_a_sheet_with_repeated_households_is_one_of_persons():
    layout = layout_of(
        "| 户编号 | 姓名 | 身份证号 | 家庭人口 |\n| '001001 | 张三 | x | 3 |\n| '001001 | 李四 | y | 3 |"
    )
    assert layout.kind == "人"
    assert list(meanings(layout).values()) == ["户编号", "姓名", "证件号码", "家庭人口"]


def test_a_household_number_merged_over_its_members_makes_a_sheet_of_persons():
    layout = layout_of("| 户编号 | 姓名 | 身份证号 |\n| '001001 | 张三 | x |\n| ^ | 李四 | y |\n| '001002 | 王五 | z |")
    assert layout.kind == "人"
    assert (layout.first_row, layout.last_row) == (2, 4)


def test_a_name_beside_the_name_of_the_head_is_a_member():
    layout = layout_of("| 户主姓名 | 家庭成员姓名 | 健康状况 |\n| 张三 | 李四 | 健康 |")
    assert layout.kind == "人"
    assert list(meanings(layout).values()) == ["户主姓名", "姓名", "健康状况"]


def test_the_user_may_say_what_a_heading_means():
    layout = layout_of("| 户编号 | 姓名 | 奇怪的列 |\n| '001001 | 张三 | 5 |", Wishes(mapping={"奇怪的列": "家庭人口"}))
    assert (layout.columns[2].column, layout.columns[2].how) == ("家庭人口", "given")


def test_a_mapping_to_an_unknown_column_is_refused_with_the_nearest():
    with pytest.raises(UsageError) as caught:
        layout_of("| 户编号 | 姓名 |\n| '001 | 张三 |", Wishes(mapping={"钱": "人均收入"}))
    assert caught.value.zh == "--map 钱=人均收入：没有叫“人均收入”的列，最接近的是“人均纯收入”。"
    assert caught.value.en == "--map 钱=人均收入: there is no column “人均收入”. The nearest is “人均纯收入”."


def test_a_heading_that_differs_in_a_telling_character_is_only_suggested():
    layout = layout_of("| 户编号 | 户主姓名 | 其他财产性收人 |\n| '001001 | 张三 | 5 |")
    assert layout.unmapped == {"C": "其他财产性收人"}
    assert nearest_columns(layout, dictionary()) == {"C": ("其他财产性收入", 85.7)}


def test_a_longer_heading_with_one_wrong_character_is_read_as_the_nearest():
    layout = layout_of("| 户编号 | 户主姓名 | 是否加入农民专业合做组织 |\n| '001001 | 张三 | 是 |")
    assert (layout.columns[2].column, layout.columns[2].how, layout.columns[2].score) == ("合作社", "nearest", 90.0)
    assert layout.doubts == (
        (
            "C 列“是否加入农民专业合做组织”按最接近的“合作社”读（相似度 90）；不对就加 --map 是否加入农民专业合做组织=列名。",
            "column C “是否加入农民专业合做组织” was read as “合作社”, the nearest (score 90); "
            "if that is wrong say --map 是否加入农民专业合做组织=COLUMN.",
        ),
    )


@pytest.mark.parametrize("heading", ["非危房户情况", "上年家庭总收入", "未参加城乡居民基本医疗保险", "户主联系人"])
def test_a_heading_with_another_meaning_is_not_taken_for_its_neighbour(heading):
    layout = layout_of(f"| 户编号 | 户主姓名 | {heading} |\n| '001001 | 张三 | 5 |")
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名"}
    assert layout.unmapped == {"C": heading}


def test_two_headings_for_one_column_leave_the_second_unread():
    layout = layout_of("| 户编号 | 户主姓名 | 风险是否已消除 | 风险是否已消除 |\n| '001001 | 张三 | 是 | 否 |")
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名", "C": "风险是否已消除"}
    assert layout.unmapped == {"D": "风险是否已消除"}
    assert layout.doubts == (
        (
            "C 列“风险是否已消除”和 D 列“风险是否已消除”都是“风险是否已消除”，只读了 C 列。",
            "column C “风险是否已消除” and column D “风险是否已消除” both mean “风险是否已消除”; only C was read.",
        ),
    )


def test_several_headings_are_gathered_where_the_dictionary_says_so():
    layout = layout_of("| 户编号 | 户主姓名 | 致贫/返贫风险1 | 致贫/返贫风险2 |\n| '001001 | 张三 | 因病 | 因学 |")
    assert [each.column for each in layout.columns[2:]] == ["致贫/返贫风险", "致贫/返贫风险"]
    assert layout.doubts == ()


def test_a_column_of_certificate_numbers_is_known_by_its_values():
    layout = layout_of(
        """
        | 人编号 | 姓名 | 与户主关系 | 号码 |
        | '001 | 张三 | 户主 | 990101198001010011 |
        | '002 | 李四 | 配偶 | 990101198101010012 |
        """
    )
    assert (layout.columns[3].column, layout.columns[3].how, layout.columns[3].score) == ("证件号码", "values", 100.0)
    assert layout.doubts == (
        (
            "D 列“号码”的内容是证件号码，按“证件号码”读；不对就加 --map 号码=列名。",
            "column D “号码” holds certificate numbers and was read as “证件号码”; "
            "if that is wrong say --map 号码=COLUMN.",
        ),
    )


def test_the_certificate_numbers_of_card_holders_are_not_the_members():
    layout = layout_of(
        """
        | 人编号 | 姓名 | 与户主关系 | 卡主证件 |
        | '001 | 张三 | 户主 | 990101198001010011 |
        | '002 | 李四 | 配偶 | 990101198101010012 |
        """
    )
    assert layout.unmapped == {"D": "卡主证件"}


def test_a_column_without_a_heading_is_unmapped_when_it_holds_something():
    layout = layout_of("| 户编号 | 户主姓名 |  | |\n| '001001 | 张三 | 某 | |")
    assert layout.unmapped == {"C": ""}


def test_an_amount_on_another_scale_is_not_read():
    layout = layout_of("| 户编号 | 户主姓名 | 年收入（万元） |\n| '001001 | 张三 | 1.5 |")
    assert layout.unmapped == {"C": "年收入（万元）"}
    assert layout.doubts == (
        (
            "C 列“年收入（万元）”的单位是万元，“年收入”的单位是元，没有读入。"
            "换算后再查，或确认单位写错后加 --map 年收入（万元）=年收入。",
            "column C “年收入（万元）” is in 万元, “年收入” is in 元: not read. "
            "Convert it, or when the unit is a slip say --map 年收入（万元）=年收入.",
        ),
    )


def test_a_unit_line_above_holds_for_every_amount_without_a_unit_of_its_own():
    layout = layout_of(
        "| 单位：万元 |\n| 户编号 | 户主姓名 | 年收入 | 人均纯收入（元） |\n| '001001 | 张三 | 1.5 | 3200 |"
    )
    assert layout.unmapped == {"C": "年收入"}
    assert meanings(layout)["D"] == "人均纯收入"


def test_the_columns_of_a_list_are_those_of_its_kind():
    layout = layout_of(
        "| 序号 | 车主身份证号 | 车辆类型 | 品牌 |\n| 1 | 990101198001010011 | 小型轿车 | 某牌 |",
        Wishes(list_name="车辆"),
    )
    assert layout.kind == "名单:车辆"
    assert meanings(layout) == {"B": "证件号码", "C": "车辆类型"}
    assert layout.unmapped == {"D": "品牌"}


def test_a_sheet_of_something_else_is_no_table():
    assert layouts_of("| 行业编号 | 行业 |\n| A01 | 种植 |\n| A02 | 养殖 |") == []


def test_one_known_column_is_no_table():
    assert layouts_of("| 姓名 | 颜色 |\n| 张三 | 红 |") == []


def test_only_the_sheets_asked_for_are_read():
    text = "# 一\n| 户编号 | 姓名 |\n| '001 | 张三 |\n# 二\n| 户编号 | 姓名 |\n| '001 | 张三 |"
    assert [each.sheet.name for each in layouts_of(text, Wishes(sheets=("二",)))] == ["二"]

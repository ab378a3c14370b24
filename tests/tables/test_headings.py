"""Where the heading stands and what its columns mean, over drawn sheets."""

import pytest

from fupin_cli.errors import UsageError
from fupin_cli.model.settings import Wishes
from fupin_cli.tables.columns import nearest_columns
from tests.tables.headed import dictionary, layout_of, layouts_of, meanings

PERSON_2017 = (
    "序号 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 "
    "劳动技能 务工状况 务工时间（月） 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 危房户 饮水安全 饮水困难 人均纯收入 联系电话"
)
PERSON_2017_SHORT = (
    "序号 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 "
    "劳动技能 务工时间（月） 参加大病医疗 脱贫属性 贫困户属性 主要致贫原因"
)
VILLAGE_2017 = (
    "序号 行政区划编码 县 乡（镇） 村 负责人 村办公电话 村属性 是否出列 总户数 总人口数 自然村数 贫困户数 贫困人口数 低保人口数 "
    "低保户数 五保人口数 五保户数 少数民族人口数 妇女人口数 残疾人口数 劳动力人数 外出务工人数 省 市（州）"
)
PERSON_2018 = "市 县 乡 村 人编号 姓名 性别 证件号码 与户主关系 健康状况 劳动技能 户编号 户主姓名 户主证件号码 家庭人口 脱贫标志 贫困户属性 变更年度"
HOUSEHOLD_2021 = (
    "省 市 县 乡 村 户编号 户主编号 户主姓名 户主证件号码 家庭人口数 是否危房户 人均纯收入 年收入 是否解决安全饮用水 年度 村办公电话 "
    "开户银行名称 银行卡号 识别标准 主要致贫原因 次要致贫原因 工资性收入 生产经营性收入 财产性收入 转移性收入 计划生育金 低保金 五保金 "
    "养老保险金 生态补偿金 其他转移性收入 生产经营性支出 纯收入 资产收益扶贫分红收入 其他财产性收入 耕地面积（亩） 水面面积 "
    "是否加入农民专业合作组织 退耕还林面积（亩） 林果面积（亩） 牧草地面积 林地面积（亩） 是否通生产用电 是否通生活用电 是否通广播电视 "
    "与村主干路距离 入户路类型 住房面积 是否有卫生厕所 主要燃料类型 危房级别 是否有龙头企业带动 是否有创业致富带头人带动"
)
PERSON_2021 = (
    "省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度 与户主关系 文化程度 "
    "在校生状况 劳动技能 务工时间（月） 健康状况 政治面貌 务工企业名称 是否享受低保 是否参加城镇职工基本养老保险 是否参加大病保险 "
    "是否参加新型农村合作医疗（城乡居民基本医疗保险） 是否参加城乡居民基本养老保险 失学或辍学原因 是否会讲普通话 是否参加商业补充医疗保险 "
    "是否国外务工 产业分类 是否接受大病医疗救助 是否接受其他健康扶贫 公益性岗位类型 公益性岗位(月数) 就业渠道 残疾类别 务工所在地 户主姓名 "
    "户主证件号码 是否参加城镇职工基本医疗保险 是否特困供养人员 残疾证办证年度 识别标准"
)
PERSON_2022 = (
    "序号 数据日期 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 "
    "劳动技能 务工时间（月） 是否参加大病保险 致贫原因1 危房户 是否解决安全饮用水 人均纯收入 户联系电话 人联系电话 首次识别时间 人员识别时间 "
    "户类型 易返贫致贫户(监测对象)类型 风险是否消除 风险识别时间 风险消除时间"
)


@pytest.mark.parametrize(
    ("order", "above", "kind", "known"),
    [
        (PERSON_2017, "", "人", 27),
        (PERSON_2017_SHORT, "", "人", 20),
        (VILLAGE_2017, "", "村", 24),
        (PERSON_2018, "", "人", 18),
        (HOUSEHOLD_2021, "", "户", 53),
        (PERSON_2021, "", "人", 47),
        (PERSON_2022, "| 已脱贫人口名单 |\n", "人", 31),
        (HOUSEHOLD_2021, "| 户信息 |\n| 导出时间 |\n", "户", 53),
    ],
    ids=["2017人", "2017人短", "2017村", "2018人", "2021户", "2021人", "2022名单", "2023户"],
)
def test_every_column_order_that_was_seen_is_read_whole(order, above, kind, known):
    names = order.split()
    layout = layout_of(f"{above}| {' | '.join(names)} |\n| {' | '.join('某' for _ in names)} |")
    assert layout.kind == kind
    assert len(layout.columns) == known
    assert layout.unmapped == {}
    assert layout.heading_rows == (1 + above.count("\n"),)
    assert layout.doubts == ()


@pytest.mark.parametrize("blank", [0, 1, 2, 5])
def test_a_heading_may_follow_blank_rows(blank):
    layout = layout_of("||\n" * blank + "| 户编号 | 姓名 | 与户主关系 |\n| '001 | 张三 | 户主 |")
    assert (layout.heading_rows, layout.first_row) == ((blank + 1,), blank + 2)


def test_titles_units_and_places_above_a_heading_are_no_heading():
    layout = layout_of(
        """
        | 附件1： |
        | 某某县2020年度贫困人口花名册 | < | < | < |
        | 县：某某县 | 乡镇： | 村： | 单位：元 |
        | 户编号 | 姓名 | 与户主关系 | 人均纯收入 |
        | '001 | 张三 | 户主 | 3200 |
        """
    )
    assert layout.heading_rows == (4,)
    assert layout.title == "某某县2020年度贫困人口花名册"
    assert [(each.first_row, each.last_row, each.reason) for each in layout.left_out] == [
        (1, 3, "title"),
        (4, 4, "heading"),
    ]


def test_a_block_of_instructions_above_a_heading_is_a_note():
    layout = layout_of(
        """
        | 填表说明：一律按户口簿填写，日期写成2020/04/29 | < | < |
        | 户编号 | 姓名 | 与户主关系 |
        | '001 | 张三 | 户主 |
        """
    )
    assert layout.heading_rows == (2,)
    assert layout.left_out[0].reason == "note"


def test_two_levels_with_merges_both_ways_make_one_heading():
    layout = layout_of(
        """
        | 户编号 | 户籍基础信息 | <    | <        | 收入       | <      |
        | ^      | 与户主的关系 | 姓名 | 文化程度 | 工资性收入 | 低保金 |
        | '001   | 户主         | 张三 | 小学     | 100        | 200    |
        """
    )
    assert layout.heading_rows == (1, 2)
    assert [each.heading for each in layout.columns] == [
        "户编号",
        "户籍基础信息-与户主的关系",
        "户籍基础信息-姓名",
        "户籍基础信息-文化程度",
        "收入-工资性收入",
        "收入-低保金",
    ]
    assert list(meanings(layout).values()) == ["户编号", "与户主关系", "姓名", "文化程度", "工资性收入", "低保金"]


def test_two_levels_without_merges_are_read_as_well():
    layout = layout_of(
        """
        | 户编号 | 家庭成员 |      |          | 家庭收入   |        |
        |        | 关系     | 姓名 | 文化程度 | 工资性收入 | 低保金 |
        | '001   | 户主     | 张三 | 小学     | 100        | 200    |
        """
    )
    assert layout.heading_rows == (1, 2)
    assert list(meanings(layout).values()) == ["户编号", "与户主关系", "姓名", "文化程度", "工资性收入", "低保金"]
    assert layout.columns[2].heading == "家庭成员-姓名"


def test_three_levels_make_one_heading():
    layout = layout_of(
        """
        | 搬迁户模板 | < | < | < | < |
        | *户编号 | 家庭基本情况 | < | < | 联系电话 |
        | ^ | 成员情况 | < | 人数 | ^ |
        | ^ | 姓名 | 与户主关系 | ^ | ^ |
        | '001 | 张三 | 户主 | 3 | '13800000000 |
        """
    )
    assert layout.heading_rows == (2, 3, 4)
    assert layout.columns[1].heading == "家庭基本情况-成员情况-姓名"
    assert list(meanings(layout).values()) == ["户编号", "姓名", "与户主关系", "家庭人口", "户联系电话"]
    assert layout.first_row == 5


def test_a_heading_merged_over_two_columns_names_the_first():
    layout = layout_of(
        """
        | 户编号 | 姓名 | < | 与户主关系 |
        | '001 | 张三 | < | 户主 |
        """
    )
    assert meanings(layout) == {"A": "户编号", "B": "姓名", "D": "与户主关系"}
    assert layout.doubts == ()


def test_a_heading_that_stands_only_in_the_second_row_takes_no_band_from_its_neighbour():
    layout = layout_of(
        """
        | 村 | 总户数 | 农业 | < | 贫困户数 |  |
        | ^ | ^ | 种植(户) | 养殖(户) | ^ | 贫困人口数 |
        | 甲村 | 100 | 1 | 2 | 20 | 60 |
        """
    )
    assert layout.kind == "村"
    assert meanings(layout) == {"A": "村", "B": "总户数", "E": "贫困户数", "F": "贫困人口数"}
    assert layout.unmapped == {"C": "农业-种植(户)", "D": "农业-养殖(户)"}


@pytest.mark.parametrize(
    "numbers",
    ["| ① | ② | ③ | ④ |", "| 1 | 2 | 3 | 4 |", "| 甲 | 乙 | 1 | 2 |", "| AAC001 | AAB002 | AAB006 | AAC082 |"],
)
def test_a_row_of_numbers_or_codes_below_a_heading_is_no_record(numbers):
    layout = layout_of(f"| 户编号 | 姓名 | 与户主关系 | 人均纯收入 |\n{numbers}\n| '001001 | 张三 | 户主 | 3200 |")
    assert layout.heading_rows == (1,)
    assert layout.first_row == 3
    assert (2, "heading") in [(each.last_row, each.reason) for each in layout.left_out]


def test_a_row_of_points_below_a_heading_is_no_record():
    layout = layout_of("| 户主姓名 | 家庭人口 | 人均纯收入 |\n| | 0.5 | 3 |\n| 张三 | 4 | 3200 |")
    assert layout.first_row == 3


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
